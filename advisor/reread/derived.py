"""The advice that a record leads to, with the rulebook that is here."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice import Advice, Adviser
from advisor.advice.outlook import Outlook
from advisor.advice.withheld import Shareable
from advisor.engines.outcomes import Outcomes
from advisor.memo.record import EmbeddedOutlook, Record
from advisor.profile import Frozen, Unit, read_profile
from advisor.rulebook import Rulebook


def embedded_profile(record: Record, rulebook: Rulebook, file: str) -> Shareable:
    """The profile that a record holds; one that the questions of today cannot read raises `InvalidInput`."""
    text = "\n".join([*record.profile.lines, ""])
    profile = read_profile(text, rulebook.questions, f"{file}, the embedded profile")
    units = tuple(_with_trials(unit, record) for unit in profile.units)
    withheld = tuple(tuple(record.profile.withheld.get(unit.name, ())) for unit in units)
    return Shareable(replace(profile, units=units), withheld, record.profile.digest)


def _with_trials(unit: Unit, record: Record) -> Unit:
    """The unit with a mark on the answers that were only tried."""
    tried = {each.question: each.value for each in record.profile.tried if each.unit == unit.name}
    marked = {name: replace(answer, tried=tried.get(name)) for name, answer in unit.answers.items()}
    return replace(unit, answers=Frozen(marked))


def advised_again(record: Record, shared: Shareable, adviser: Adviser) -> Advice:
    """The advice on that profile; what it was made with, and what was settled, as the record has it."""
    advice = adviser.advise_on(shared)
    outcomes = [name for name in record.flips if name in Outcomes(adviser.rulebook).words()]
    advice = adviser.with_flips(advice, outcomes) if outcomes else advice
    advice = adviser.with_tripwires(advice) if record.tripwires else advice
    document = replace(advice.document, made_with=record.made_with, overridden=record.overridden)
    outlooks = tuple(map(_outlook, record.outlooks)) if _fits(record, adviser.rulebook) else ()
    return replace(advice, document=document, outlooks=outlooks)


def _outlook(embedded: EmbeddedOutlook) -> Outlook:
    def tuples(words: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
        return {name: tuple(each) for name, each in words.items()}

    return Outlook(
        tuple(embedded.open_questions),
        embedded.settled,
        tuples(embedded.possible),
        tuples(embedded.undecided),
        tuples(embedded.deciding),
        note=embedded.note,
    )


def _fits(record: Record, rulebook: Rulebook) -> bool:
    """Whether the rulebook knows every question and outcome that the outlooks name, for every unit."""
    known = Outcomes(rulebook).words()

    def fits(each: EmbeddedOutlook) -> bool:
        settled = {name: [word] for name, word in each.settled.items()}
        words = [entry for part in (settled, each.possible, each.undecided) for entry in part.items()]
        asked = {*each.open_questions, *(name for names in each.deciding.values() for name in names)}
        return all({*said} <= {*known.get(name, ())} for name, said in words) and asked <= {*rulebook.questions}

    return len(record.outlooks) in (0, len(record.units)) and all(map(fits, record.outlooks))
