"""Flips in words: what would change the verdict, a pattern, a preparation or the erosion level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.advice.adviser import Advice
from advisor.advice.explain import Line
from advisor.advice.flips import Flipper, Flips
from advisor.advice.naming import NothingToExplain, named
from advisor.advice.outcome_words import outcome_title, outcome_word
from advisor.advice.wording import label_of, shown
from advisor.engines.changes import Change
from advisor.engines.checked import CheckedEngine
from advisor.engines.outcomes import EROSION, FIRST, PATTERN, PREPARATION, VERDICT
from advisor.language import Fact
from advisor.phrases import phrases_in
from advisor.profile import Unit
from advisor.profile.facts import facts_of
from advisor.reading import quote
from advisor.rulebook import Rulebook


def flip_lines(advice: Advice, name: str, engine: CheckedEngine) -> list[Line]:
    """For every unit the smallest sets of changeable answers that would change what `name` is."""
    flipper = Flipper(advice.rulebook, engine)
    outcome = _outcome(name, advice.rulebook)
    lines = []
    for unit in advice.profile.units:
        raw = facts_of(unit, advice.rulebook)
        flips = flipper.flips(raw, outcome)
        lines.append(Line(unit.name, tuple(_lines(flips, raw, advice))))
    return lines


def _outcome(name: str, rulebook: Rulebook) -> str:
    """The outcome that `name` stands for, in any spelling; a verdict or a level stands for what it is one of."""
    if name.strip().lower().replace(" ", "_") == FIRST:
        return FIRST
    (subject, *_) = named(name, rulebook)
    match subject.kind:
        case "pattern":
            return PATTERN + subject.name
        case "preparation":
            return PREPARATION + subject.name
        case "verdict":
            return VERDICT
        case "erosion":
            return EROSION
    frame = rulebook.frame
    names = [*(each.name for each in frame.patterns), *(each.name for each in frame.preparations)]
    listed = ", ".join([VERDICT, EROSION, FIRST, *names])
    raise NothingToExplain(f"{quote(name)} is nothing that flips; there are {listed}")


def _lines(flips: Flips, raw: Mapping[str, Fact], advice: Advice) -> Iterator[Line]:
    say = phrases_in(advice.rulebook.spoken)
    yield Line(say("flips.now", what=outcome_word(flips.outcome, flips.now, advice.rulebook)))
    for flip in flips.flips:
        what = outcome_word(flips.outcome, flip.leads_to, advice.rulebook)
        yield Line(say("flips.would_be", what=what), tuple(_change(each, raw, advice) for each in flip.changes))
    if not flips.flips:
        yield Line(say.count("flips.nothing_found", flips.searched))


def smallest_flips(flips: Iterable[Flips], advice: Advice, unit: Unit) -> Iterator[str]:
    """For each outcome that can be changed one line with its smallest change."""
    raw, say = facts_of(unit, advice.rulebook), phrases_in(advice.rulebook.spoken)
    for each in flips:
        if each.flips:
            flip = each.flips[0]
            changes = say.in_row([_change(change, raw, advice).text for change in flip.changes])
            what = outcome_word(each.outcome, flip.leads_to, advice.rulebook)
            outcome = outcome_title(each.outcome, advice.rulebook)
            yield say("flips.in_one_line", outcome=outcome, what=what, changes=changes)


def _change(change: Change, raw: Mapping[str, Fact], advice: Advice) -> Line:
    rulebook, currency = advice.rulebook, advice.profile.organisation.currency
    before, after = (
        shown(change.question, rulebook, {**raw, change.question: fact}, currency)
        for fact in (change.before, change.after)
    )
    label, name = label_of(change.question, rulebook), change.question
    return Line(phrases_in(rulebook.spoken)("flips.change", question=label, after=after, before=before, name=name))
