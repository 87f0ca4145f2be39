"""Reading a staff pulse: from the export of a form tool to what the staff say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisor.intake.content import Cell
from advisor.intake.pulse.columns import Columns, Matched
from advisor.intake.pulse.export import Export, read_export
from advisor.intake.pulse.spoken import Spoken
from advisor.intake.pulse.summary import summary
from advisor.intake.questionnaire import Questionnaire, in_every_language
from advisor.profile import Answer, Frozen, Voice
from advisor.profile.model import Value
from advisor.profile.texts import one_line
from advisor.reading import Collector, InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

_LEAST = 5
"""From so many people upward staff are heard where the rulebook does not say."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the staff say together, of `minimum` people or more for each question.

    `withheld` are the questions that fewer answered, or too differently to be told; `unanswered` those that nobody did;
    `matched` says what became of the columns.
    """

    voice: Voice
    withheld: tuple[str, ...]
    unanswered: tuple[str, ...]
    matched: Matched
    minimum: int


def read_pulse(path: Path, rulebook: Rulebook, given: Mapping[str, str], day: date | None = None) -> Pulse:
    """Read an export; ``Path("-")`` is standard input. `given` names questions by their columns, `day` is its date.

    Raises `InvalidInput` with every problem, none of which repeats an answer, and where nothing may be told.
    """
    columns, problems = Columns(rulebook, given), Collector()
    export = read_export(path, columns.is_known)
    matched = columns.match(export.heads, export.file, problems)
    problems.stop_if_any()
    spoken = Spoken(_languages(export, rulebook), problems)
    people = [_answers(row, matched, spoken) for row in export.rows]
    problems.stop_if_any()
    minimum, told = least_people(rulebook), dict[str, Answer]()
    names = sorted(matched.questions.values(), key=[*rulebook.asked].index)
    for name in names:
        said = [answers[name] for answers in people if name in answers]
        answer = summary(said, rulebook.asked[name], minimum)
        told |= {name: answer} if answer else {}
    if not told:
        message = f"no question was answered by {minimum} people or more: nothing may be told, nothing was written"
        raise InvalidInput([Problem(Place(export.file), "F007", message)])
    number = sum(bool(answers) for answers in people)
    voice = Voice("staff", number, day, answers=Frozen(told))
    unanswered = tuple(name for name in names if not any(name in answers for answers in people))
    withheld = tuple(name for name in names if name not in {*told, *unanswered})
    return Pulse(voice, withheld, unanswered, matched, minimum)


def _answers(row: Mapping[int, Cell], matched: Matched, spoken: Spoken) -> dict[str, Value]:
    """What one person answered."""
    values = ((name, spoken.value(row[at], name)) for at, name in matched.questions.items() if at in row)
    return {name: value for name, value in values if value is not None}


def least_people(rulebook: Rulebook) -> int:
    """From how many people upward staff are heard."""
    policy = rulebook.frame.staff_answers
    return int(rulebook.parameters[policy.minimum].value) if policy else _LEAST


def _languages(export: Export, rulebook: Rulebook) -> list[Questionnaire]:
    """The questionnaire in every language, first the one of which most headings are."""
    heads = {one_line(str(cell.content)).casefold() for cell in export.heads.values()}

    def found(asked: Questionnaire) -> int:
        return sum(asked.titles.question(name).ask.casefold() in heads for name in rulebook.asked)

    return sorted(in_every_language(rulebook), key=lambda asked: (-found(asked), asked.language != "en"))


def told(pulse: Pulse) -> Iterator[str]:
    """What became of everything in the export, without anybody's answer."""
    least = pulse.minimum
    yield f"{pulse.voice.people} people answered; staff answers count from {least} people upward, question by question"
    for name, answer in pulse.voice.answers.items():
        what = "how many said what" if answer.tally else "the mean"
        yield f"{name}: {what}, of {answer.people} people"
    for name in pulse.withheld:
        yield f"{name}: withheld, since fewer than {least} people answered, or no two of them alike"
    if pulse.unanswered:
        yield f"answered by nobody: {', '.join(pulse.unanswered)}"
    if pulse.matched.personal:
        yield f"left out unread, since they tell who a person is: {', '.join(map(repr, pulse.matched.personal))}"
    for head, near in pulse.matched.unused.items():
        hint = f" (did you mean {near}? then add --map '{head}={near}')" if near else ""
        yield f"not used: {head!r}{hint}"
