"""The advice that a record leads to, with the rulebook that is here."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice import Advice, Adviser
from advisor.advice.outlook import Outlook
from advisor.advice.withheld import Shareable, UsedUnit
from advisor.engines.outcomes import Outcomes
from advisor.memo.record import EmbeddedOutlook, EmbeddedProfile, EmbeddedVoices, Record
from advisor.profile import Answer, Frozen, Unit, read_profile
from advisor.profile.answers import read_answer
from advisor.profile.voices import HeardQuestion, View
from advisor.reading import Collector, InvalidInput, Place, Problem, compose, quote
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Question


def embedded_profile(record: Record, rulebook: Rulebook, file: str) -> Shareable:
    """The profile that a record holds; one that the questions of today cannot read raises `InvalidInput`."""
    text, where = "\n".join([*record.profile.lines, ""]), f"{file}, the embedded profile"
    profile = read_profile(text, rulebook.questions, where)
    units = tuple(_used(_with_trials(unit, record), record.profile, rulebook, where) for unit in profile.units)
    return Shareable(replace(profile, units=tuple(each.unit for each in units)), units)


def _used(unit: Unit, embedded: EmbeddedProfile, rulebook: Rulebook, where: str) -> UsedUnit:
    return UsedUnit(
        unit=unit,
        voices=tuple(_heard(each, unit, rulebook, where) for each in embedded.voices.get(unit.name, ())),
        withheld=tuple(embedded.withheld.get(unit.name, ())),
        staff=embedded.staff.get(unit.name, "counted"),
    )


def _heard(voices: EmbeddedVoices, unit: Unit, rulebook: Rulebook, where: str) -> HeardQuestion:
    name, does_count = voices.question, voices.counts in ("combined", "recorded")
    question = rulebook.questions.get(name)
    if question is None:
        raise InvalidInput([Problem(Place(where), "P020", f"there is no question {quote(name)}")])
    views = tuple(
        View(
            role=view.role,
            people=view.people,
            standing=view.standing,
            answer=None if view.answer is None else _answer(view.answer, question, where),
            tally=None if view.tally is None else Frozen(view.tally),
        )
        for view in voices.views
    )
    return HeardQuestion(
        name, voices.counts, unit.answers.get(name) if does_count else None, tuple(voices.behind), views
    )


def _answer(text: str, question: Question, where: str) -> Answer | None:
    problems = Collector()
    answer = read_answer(compose(text, where), question, problems)
    problems.stop_if_any()
    return answer


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
    advice = adviser.with_expiry(advice) if any(unit.ends_by_time is not None for unit in record.units) else advice
    advice = adviser.with_tripwires(advice) if record.tripwires else advice
    advice = adviser.with_robustness(advice) if record.robust else advice
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
