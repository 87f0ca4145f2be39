"""What the dashboard's list of units is filled from: columns of short values, and the words for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from advisor.engines.outcomes import EROSION, NO_VERDICT, VERDICT
from advisor.portfolio.insight.overview import Overview
from advisor.portfolio.insight.similar import Neighbour
from advisor.portfolio.insight.told import Told
from advisor.portfolio.results import FINDING, FREE_HOURS, GROWTH, LATER_HOURS, RECOMMENDED
from advisor.portfolio.sources.heads import ORGANISATION, UNIT
from advisor.portfolio.summary import NOT_YET
from advisor.portfolio.words import Words
from advisor.rulebook.model import NOT_ASSESSED, PREPARATION_STATUSES

TONES = {NOT_ASSESSED: "none", "in_place": "good", "partial": "half", "missing": "bad"}
_SEVERE = ("stop", "critical")
_FOR_SCRIPT = (
    *("search", "any", "verdict", "use", "erosion", "clear", "shown", "none_shown", "unit", "organisation", "support"),
    *("view_advice", "view_preparations", "view_erosion", "view_hours", "firm", "yes", "no", "level", "red", "not_red"),
    *(
        "open",
        "free_hours",
        "later_hours",
        "net",
        "growth",
        "findings",
        "previous",
        "next",
        "page_of",
        "printed",
        "close",
        "shares",
    ),
    *("found", "alike", "another", "alike_pct", "same_answers", "here_there", "sort"),
)
"""The phrases that the script uses."""
_LEFT_OPEN = {
    name: f"{{{name}}}"
    for name in ("shown", "all", "pattern", "page", "pages", "number", "share", "here", "there", "column")
}
"""What the script puts in."""


def as_json(overview: Overview, words: Words) -> str:
    """The data as JSON that can stand inside HTML."""
    text = json.dumps(_Data(overview, words).all(), ensure_ascii=False, separators=(",", ":"))
    # Nothing in it may end the element that it stands in.
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def level_tones(levels: Sequence[str]) -> dict[str, str]:
    """How erosion levels look: the strongest is bad, the last good."""
    tones = dict.fromkeys(levels, "half") | {levels[0]: "bad", levels[-1]: "good"}
    return tones | {NOT_ASSESSED: "none", NOT_YET: ""}


class _Data:
    def __init__(self, overview: Overview, words: Words) -> None:
        self.overview, self.words, self.rulebook = overview, words, overview.rulebook
        self.listed = overview.listed
        self.told = Told(overview.rulebook)
        self.texts: dict[str, int] = {}
        self.questions: dict[str, int] = {}
        self.names = [each.name for each in self.rulebook.frame.patterns]
        self.verdicts = list(words.verdicts)
        self.statuses = [*PREPARATION_STATUSES, NOT_ASSESSED]
        self.levels = [*self.rulebook.frame.erosion.levels, NOT_ASSESSED, NOT_YET]
        erosion = self.rulebook.frame.erosion
        groups = [
            self.rulebook.groups[group] for group in (erosion.red, erosion.structural) if group in self.rulebook.groups
        ]
        self.indicators = [rule for group in groups for rule in group.rules]

    def all(self) -> dict[str, Any]:
        say, rules = self.words.say, self.rulebook.rules
        units = self.units()
        tones = level_tones(self.rulebook.frame.erosion.levels)
        return {
            "words": {name: say(f"dash.{name}", **_LEFT_OPEN) for name in _FOR_SCRIPT},
            "verdicts": [[name, title] for name, title in self.words.verdicts.items()],
            "patterns": [[name, title] for name, title in self.words.patterns.items()],
            "preparations": [[name, title] for name, title in self.words.preparations.items()],
            "statuses": [[word, say(f"status.{word}"), TONES[word]] for word in self.statuses],
            "levels": [[word, self.words.word(EROSION, word), tones[word]] for word in self.levels],
            "indicators": [rules[rule].title for rule in self.indicators],
            "rules": [[rule.title, rule.severity, say(f"severity.{rule.severity}")] for rule in rules.values()],
            "organisations": sorted(set(self.listed[ORGANISATION])),
            "units": units,
            "questions": [self.told.question(name) for name in self.questions],
            "texts": list(self.texts),
        }

    def units(self) -> dict[str, Any]:
        listed, rules = self.listed, list(self.rulebook.rules)
        organisations = {name: place for place, name in enumerate(sorted(set(listed[ORGANISATION])))}
        severe = [f"findings.{each}" for each in _SEVERE if f"findings.{each}" in listed.columns]
        net = list(self.rulebook.frame.capacity)[1]
        findings = listed.select(FINDING + rule for rule in rules).iter_rows()
        marks = listed.select(FINDING + rule for rule in self.indicators).iter_rows()
        return {
            "name": listed[UNIT].to_list(),
            "organisation": [organisations[name] for name in listed[ORGANISATION]],
            "verdict": [self.verdicts.index(word or NO_VERDICT) for word in listed[VERDICT]],
            "uses": [
                [self.names.index(name) for name in (text or "").split(", ") if name] for text in listed[RECOMMENDED]
            ],
            "share": [listed[f"{name}.share_pct"].to_list() for name in self.names],
            "firm": [int(firm) for firm in listed["firm"]],
            "low": [listed[f"{name}.low"].to_list() for name in self.names],
            "high": [listed[f"{name}.high"].to_list() for name in self.names],
            "statuses": [
                [self.statuses.index(word) for word in row]
                for row in listed.select(each.name for each in self.rulebook.frame.preparations).iter_rows()
            ],
            "level": [self.levels.index(word) for word in listed[EROSION]],
            "marks": ["".join("?" if each is None else str(int(each)) for each in row) for row in marks],
            "free": listed[FREE_HOURS].to_list(),
            "later": listed[LATER_HOURS].to_list(),
            "net": listed[net].to_list(),
            "growth": listed[GROWTH].to_list(),
            "severe": listed.select(severe).sum_horizontal().to_list(),
            "found": [[place for place, stands in enumerate(row) if stands] for row in findings],
            "near": [[self.neighbour(place, each) for each in similar.nearest] for place, similar in self.similar()],
            "other": [
                self.neighbour(place, similar.other) if similar.other else None for place, similar in self.similar()
            ],
        }

    def similar(self) -> Iterable[tuple[int, Any]]:
        return enumerate(self.overview.similar)

    def neighbour(self, place: int, near: Neighbour) -> list[Any]:
        """The place of a neighbour, how alike it is in per cent, and what is different."""
        differs = [
            [self.questions.setdefault(name, len(self.questions)), *(self.text(name, at) for at in (place, near.place))]
            for name in near.differs
        ]
        return [near.place, round(100 * (1 - near.distance)), differs]

    def text(self, question: str, place: int) -> int:
        said = self.overview.answer(self.told, question, place)
        return self.texts.setdefault(said, len(self.texts))
