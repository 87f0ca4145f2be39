"""What the writers of a memo look at: one unit's advice with everything behind it, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from advisor.advice import Advice
from advisor.advice.asking import asked_first
from advisor.advice.figures import Figures, figure, score, span
from advisor.advice.model import FindingResult, Number, OpenQuestion, UnitAdvice
from advisor.advice.waits import Dependencies
from advisor.advice.wording import SENTENCE, filled_with, label_of, shown
from advisor.language import Fact
from advisor.language.trace import is_settled
from advisor.language.values import is_inapplicable_fact, is_known_fact
from advisor.memo.blocks import Block, Heading, Origin, Paragraph, Text
from advisor.memo.citations import Citations
from advisor.phrases import Phrases
from advisor.profile import Unit
from advisor.profile.voices import HeardQuestion
from advisor.rulebook import SEVERITIES, Rulebook, Severity
from advisor.rulebook.model import PLACEHOLDER, Question

if TYPE_CHECKING:
    from advisor.advice.ageing import Ending
    from advisor.advice.flips import Flips
    from advisor.advice.outlook import Outlook
    from advisor.advice.tripwires import Watched

_FIGURES = re.compile(r"( \(.*\))?\.")
"""What stands behind a title that is said again."""


@dataclass(frozen=True, slots=True)
class View:
    """One unit and how to speak of it.

    `level` is the level of its parts' headings, `said` what was said of it already, `once` what the memo explained;
    `voices` are what roles said; `outlook`, `flips`, `watched` and `endings` are there where they were
    computed.
    """

    advice: Advice
    unit: UnitAdvice
    answers: Unit
    known: Dependencies
    say: Phrases
    cite: Citations
    level: int
    once: set[str]
    voices: tuple[HeardQuestion, ...] = ()
    outlook: Outlook | None = None
    flips: tuple[Flips, ...] | None = None
    watched: tuple[Watched, ...] | None = None
    endings: tuple[Ending, ...] | None = None
    said: set[str] = field(default_factory=set)
    worded_before: dict[tuple[str, bool], str] = field(default_factory=dict)
    """Values in words by name and whether all digits stand: a memo says many of them several times."""
    origins_before: dict[tuple[tuple[str, ...], bool], Origin] = field(default_factory=dict)
    """What rules look at: many of them are the origin of several statements."""

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the advice was made with."""
        return self.advice.rulebook

    @property
    def open_questions(self) -> list[OpenQuestion]:
        """The open questions of the unit, in the order in which to ask them."""
        return asked_first(self.unit.open_questions, self.outlook)

    @property
    def currency(self) -> str | None:
        """The client's currency."""
        return self.advice.profile.organisation.currency

    def label(self, name: str) -> str:
        """A question, measure or parameter by its short name."""
        label = label_of(name, self.rulebook)
        return name.replace("_", " ") if label == name else label.rstrip("?")

    @property
    def figures(self) -> Figures:
        """What writes its numbers."""
        return Figures(self.known, self.answers, self.currency)

    def value(self, name: str) -> str:
        """A value as a person says it, see `Figures.value`; of a choice the words before its explanation."""
        if name not in self.rulebook.measures:
            return self.exact(name)
        key = name, False
        if key not in self.worded_before:
            self.worded_before[key] = self.figures.value(name)
        return self.worded_before[key]

    def exact(self, name: str) -> str:
        """A value in words with its unit and all its digits; of a choice the words before its explanation."""
        key = name, True
        if key not in self.worded_before:
            self.worded_before[key] = self.worded(name, self.known.evaluation.facts.get(name))
        return self.worded_before[key]

    def worded(self, name: str, fact: Fact) -> str:
        """What a name would be called with that value."""
        if isinstance(fact, str | frozenset) and name in self.rulebook.questions and not is_inapplicable_fact(fact):
            return self.chosen(name, [fact] if isinstance(fact, str) else fact)
        return shown(name, self.rulebook, {name: fact}, self.currency)

    def chosen(self, name: str, words: Iterable[str], key: str = "list.comma") -> str:
        """Choices of a question by the short form of their labels."""
        chosen = set(words)
        labels = [said for value, said in short_labels(self.rulebook.questions[name]).items() if value in chosen]
        return self.say(key).join(labels) or self.say("word.none")

    def fact(self, name: str) -> str:
        """A value with its label."""
        return self.say("finding.fact", label=self.label(name), value=self.value(name))

    def speaking(self, name: str) -> str:
        """A value, with its label where the number alone says nothing."""
        value = self.value(name)
        return self.fact(name) if value.replace(self.say.writing.point, "").isdecimal() else value

    def is_known(self, name: str) -> bool:
        """Whether a name has a value."""
        return name in self.rulebook.parameters or is_known_fact(self.known.evaluation.facts[name])

    def is_settled(self, name: str) -> bool:
        """Whether a name has one value, not a range."""
        if name in self.rulebook.parameters:
            return True
        return self.is_known(name) and is_settled(self.known.evaluation.facts[name])

    def applies(self, name: str) -> bool:
        """Whether a name is not marked not applicable."""
        return not is_inapplicable_fact(self.known.evaluation.facts[name])

    def filled(self, text: str, **own: str) -> str:
        """A sentence of the rulebook with values, and what only the memo knows, put in."""
        return filled_with(text, lambda name: own[name] if name in own else self.value(name), self.say)

    def tells(self, text: str) -> bool:
        """Whether all values that a sentence names are known."""
        return all(self.is_known(name) for name in PLACEHOLDER.findall(text))

    def says(self, finding: FindingResult) -> str:
        """What a finding says, without the sentences whose values nobody knows."""
        return filled_with(self.rulebook.rules[finding.id].says, self.value, self.say, first=False)

    def facts(self, finding: FindingResult) -> list[str]:
        """The known facts behind a finding with their labels; where indicators are counted, those of its condition."""
        scope, names = self.rulebook.scope, list(finding.facts)
        if any(scope[name].origin == "group" for name in names):
            names = [name for name in self.rulebook.names_of_conditions[finding.id] if name in finding.facts]
        known = [name for name in names if self.is_known(name) or scope[name].origin == "group"]
        return [self._counted(name) if scope[name].origin == "group" else self.fact(name) for name in known]

    def _counted(self, name: str) -> str:
        """How many indicators of a group are certainly true, or known."""
        group, _, what = name.rpartition("_")
        frame = self.rulebook.frame.erosion
        key = {frame.red: "red", frame.structural: "structural"}[group]
        low, _ = self.known.evaluation.facts[name]
        return self.say(f"reasons.{key}_{what}", number=low, all=len(self.rulebook.groups[group].rules))

    def fresh(self, *texts: str) -> str:
        """The sentences of the texts that were not said of this unit before; from now on they are."""
        kept, prefix = [], self.say("finding.so_far", says="")
        for sentence in (each for text in texts for each in SENTENCE.split(text.strip()) if each):
            if sentence.removeprefix(prefix) not in self.said:
                self.said.add(sentence.removeprefix(prefix))
                kept.append(sentence)
        return " ".join(kept)

    def first_time(self, key: str, **values: object) -> list[Block]:
        """A paragraph that explains something, the first time that the memo needs it."""
        if key in self.once:
            return []
        self.once.add(key)
        return [Paragraph(Text(self.say(key, **values)))]

    def heading(self, words: str, below: int = 0) -> Heading:
        """A heading of this unit."""
        return Heading(words, self.level + below)

    def led(self, finding: FindingResult, *texts: str, unit: str = "") -> tuple[str, str]:
        """The lead of a finding, which says whether it is provisional and of which unit, and what is new in its texts.

        The lead is the title, or the first sentence where that is the title again, with figures in brackets.
        """
        words, title = self.fresh(*texts), finding.title
        first, *others = SENTENCE.split(words)
        if first.startswith(title) and _FIGURES.fullmatch(first, len(title)):
            words, title = " ".join(others), first.removesuffix(".")
        title = self.say("across.named", unit=unit, what=title) if unit else title
        lead = self.say("finding.provisional" if finding.provisional else "finding.lead", title=title)
        return lead, words

    def origin(self, *findings: FindingResult) -> Origin:
        """What findings rest on."""
        return self.origin_of_rules(*(each.id for each in findings))

    def origin_of_rules(self, *ids: str, titled: bool = True) -> Origin:
        """What rules look at, whether they hold or not; many rules are named by their codes alone."""
        if (ids, titled) not in self.origins_before:
            self.origins_before[ids, titled] = self._origin_of_rules(ids, titled)
        return self.origins_before[ids, titled]

    def _origin_of_rules(self, ids: tuple[str, ...], titled: bool) -> Origin:
        rules = [self.rulebook.rules[each] for each in dict.fromkeys(ids)]
        names = [name for each in rules for name in sorted(self.known.rests_of_rule(each.id))]
        codes = [each.code or each.id for each in rules]
        titles = [f"{each.code or ''} {each.title}".strip() for each in rules] if titled else [*dict.fromkeys(codes)]
        why = self.say.count("origin.rule", len(titles), rules=self.say.in_row(titles)) if titles else ""
        sources = self.cite.all(source for each in rules for source in each.sources)
        return self._origin(tuple(codes), tuple(dict.fromkeys(names)), sources, why)

    def origin_of_indicators(self) -> Origin:
        """What the indicators of erosion look at."""
        group = self.rulebook.groups.get(self.rulebook.frame.erosion.red)
        return self.origin_of_rules(*(group.rules if group else ()), titled=False)

    def origin_of(self, names: Iterable[str], sources: Iterable[str], why: str = "") -> Origin:
        """What a figure rests on."""
        return self._origin((), tuple(dict.fromkeys(names)), self.cite.all(sources), why)

    def origin_of_names(self, *names: str, why: str = "") -> Origin | None:
        """The answers and measures behind values that a sentence shows; none where nothing is known of them."""
        answers = sorted({each for name in names for each in self.known.rests_of(name)})
        measures = [self.rulebook.measures[name] for name in names if name in self.rulebook.measures]
        sources = [source for each in measures for source in each.sources]
        return self.origin_of(answers, sources, why) if answers else None

    def _origin(self, rules: tuple[str, ...], names: tuple[str, ...], sources: tuple[str, ...], start: str) -> Origin:
        parts = [start, *self._by_evidence(names)]
        if sources:
            parts.append(self.say("origin.sources", sources=self.say.in_row(sources)))
        return Origin(" ".join(part for part in parts if part), rules, names, sources)

    def _by_evidence(self, names: Iterable[str]) -> Iterator[str]:
        """Answers by their labels, a sentence for those of the same evidence."""
        labels: dict[str, list[str]] = {}
        for name in names:
            labels.setdefault(self._evidence(name), []).append(self.label(name))
        for evidence, those in labels.items():
            words = self.say(f"evidence.{evidence}")
            capital = f"{words[:1].upper()}{words[1:]}"
            yield self.say("origin.answers", evidence=capital, answers=self.say.in_row(those))

    def _evidence(self, name: str) -> str:
        answer = self.answers.answers.get(name)
        if answer is None:
            return "derived"
        return answer.evidence if answer.state == "answered" else answer.state

    def findings(self, *layers: str, least: Severity = "info") -> list[FindingResult]:
        """The findings of some layers of at least a severity, the most severe first."""
        floor = SEVERITIES.index(least)
        found = [each for each in self.unit.findings if each.layer in layers and _rank(each) >= floor]
        return sorted(found, key=lambda each: -_rank(each))

    def told(
        self, findings: Sequence[FindingResult], tell: Callable[[FindingResult], tuple[str, ...]]
    ) -> Iterator[Text]:
        """Findings with what is new in them."""
        for each in findings:
            said_before = len(self.said)
            lead, words = self.led(each, *tell(each))
            if len(self.said) > said_before:
                grave = f"finding.{each.severity}"
                lead = self.say(grave, lead=lead) if self.say.has(grave) else lead
                yield Text(words, lead, self.origin(each))

    def number(self, name: str) -> float:
        """A settled number as it is drawn."""
        fact = self.known.evaluation.facts[name]
        assert isinstance(fact, tuple)
        return float(Fraction(fact[0], self.rulebook.scope[name].scale))

    def figure(self, number: Number | None) -> str:
        """A share in per cent, a weight or the points of a term."""
        return figure(number, self.say)

    def support(self, low: Number | None, high: Number | None) -> str:
        """The support of a pattern, as every score is written."""
        return score(low, high, self.say)

    def span(self, low: Number | None, high: Number | None) -> str:
        """The points of a term from low to high."""
        return span(low, high, self.say)


def _rank(finding: FindingResult) -> int:
    return SEVERITIES.index(finding.severity)


_EXPLAINED = re.compile(r"[:,] ")
"""What follows explains a choice."""


@lru_cache(maxsize=1_000)
def short_labels(question: Question) -> Mapping[str, str]:
    """Its choices without what follows a colon or comma, as written where two would then be the same."""
    cut = {choice.value: _EXPLAINED.split(choice.label, maxsplit=1)[0] for choice in question.choices}
    shared = Counter(cut.values())
    return {each.value: cut[each.value] if shared[cut[each.value]] == 1 else each.label for each in question.choices}
