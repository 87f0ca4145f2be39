"""The record that a memo carries along: what it was made from, so that it can be made again and compared."""

from __future__ import annotations

import datetime
import json
from dataclasses import is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

from advisor.advice import Advice
from advisor.advice.model import EndsByTime, MadeWith, TriedAnswer, UnitAdvice
from advisor.advice.steps import merged_steps
from advisor.advice.withheld import StaffStanding
from advisor.advice.wording import filled
from advisor.memo.document import Memo, MemoOptions
from advisor.memo.looks import USUAL
from advisor.memo.packed import ENCODER, as_fields, pack
from advisor.phrases import phrases_in
from advisor.profile import profile_as_yaml
from advisor.profile.render import answer_as_yaml
from advisor.profile.voices import Counts, HeardQuestion, Standing, only_said
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook.field_types import NOT_EMPTY, part
from advisor.rulebook.model import Parameter, Respondent

if TYPE_CHECKING:
    from advisor.advice.outlook import Outlook

FILE_NAME = "advisor-record.json"
"""What the record is called where a file has a name for it."""
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_WIDE = 2
"""So deep within each other things have a line each."""


@part
class EmbeddedView:
    """What one role said to a question, all its people together: an `answer` as a profile writes it, or none."""

    role: Respondent
    people: int
    standing: Standing
    answer: str | None
    tally: dict[str, int] | None


@part
class EmbeddedVoices:
    """What the roles said to a question, and how what counts came about; what counts stands in the profile."""

    question: str
    counts: Counts
    behind: list[Respondent]
    views: list[EmbeddedView]


@part
class EmbeddedProfile:
    """The profile as it may be passed on: the answers that count, in lines of YAML.

    By unit: `withheld` names the staff answers that were taken out, `staff` says so or that nobody knows whether they
    had to be, `voices` are what roles said. `unit` is the only one that was picked, `tried` what was only tried.
    """

    digest: str
    unit: str | None
    tried: list[TriedAnswer]
    withheld: dict[str, list[str]]
    staff: dict[str, StaffStanding]
    voices: dict[str, list[EmbeddedVoices]]
    lines: list[str]


@part
class EmbeddedOutlook:
    """What was settled and what was still possible for one unit."""

    open_questions: list[str]
    settled: dict[str, str]
    possible: dict[str, list[str]]
    undecided: dict[str, list[str]]
    deciding: dict[str, list[str]]
    note: str | None


@part
class EmbeddedStep:
    """One step: the rules that ask for it, what it says, its role and time."""

    rules: Annotated[list[str], NOT_EMPTY]
    action: str
    owner: str
    within_days: int


@part
class EmbeddedUnit:
    """What was advised for one unit, and what of it time ends; null in memos that were written before that was told."""

    unit: str
    verdict: str | None
    verdict_title: str | None
    recommended: list[str]
    findings: list[str]
    steps: list[EmbeddedStep]
    ends_by_time: list[EndsByTime] | None = None


@part
class Record:
    """The whole record.

    `flips` names the outcomes for which it was computed what would change them, `tripwires` says whether it was
    computed what breaks the advice, `robust` whether it was computed how robust it is; `outlooks` are there where it
    was computed what is settled. `looks` is the digest of the brand or template, null where there was none; `text` is
    the memo as it was written, compressed (`advisor.memo.packed`).
    """

    advisor_memo: Literal[1] = 1
    made_with: MadeWith
    date: datetime.date | None
    overridden: list[str]
    units: list[EmbeddedUnit]
    flips: list[str]
    tripwires: bool
    robust: bool
    outlooks: list[EmbeddedOutlook]
    profile: EmbeddedProfile
    parameters: list[Parameter]
    looks: str | None
    text: str


def record_of(advice: Advice, memo: Memo, options: MemoOptions) -> Record:
    """The record of a memo."""
    document = advice.document
    return Record(
        made_with=document.made_with,
        date=advice.profile.engagement.date,
        overridden=document.overridden,
        units=[_unit(unit, place, advice) for place, unit in enumerate(document.units)],
        flips=[each.outcome for each in advice.flips[0]] if advice.flips else [],
        tripwires=bool(advice.watched),
        robust=any(unit.robustness is not None for unit in document.units),
        outlooks=[_outlook(each) for each in advice.outlooks],
        profile=EmbeddedProfile(
            digest=document.profile.digest,
            unit=options.unit,
            tried=document.tried,
            withheld={each.unit.name: list(each.withheld) for each in advice.used if each.withheld},
            staff={each.unit.name: each.staff for each in advice.used if each.staff != "counted"},
            voices={each.unit.name: list(map(_voices, each.voices)) for each in advice.used if each.voices},
            lines=profile_as_yaml(advice.profile).rstrip("\n").split("\n"),
        ),
        parameters=list(advice.rulebook.as_written.parameters.values()),
        looks=None if options.looks == USUAL else options.looks.digest,
        text=pack(memo),
    )


def _voices(heard: HeardQuestion) -> EmbeddedVoices:
    views = [
        EmbeddedView(
            role=view.role,
            people=view.people,
            standing=view.standing,
            answer=None if view.answer is None else answer_as_yaml(only_said(view.answer)),
            tally=None if view.tally is None else dict(view.tally),
        )
        for view in heard.views
    ]
    return EmbeddedVoices(question=heard.question, counts=heard.counts, behind=list(heard.behind), views=views)


def _unit(unit: UnitAdvice, place: int, advice: Advice) -> EmbeddedUnit:
    facts, currency = advice.units[place].evaluation.facts, advice.profile.organisation.currency
    say = phrases_in(advice.rulebook.spoken)
    steps = [
        EmbeddedStep(
            rules=list(step.rules),
            action=filled(step.said(say), advice.rulebook, facts, currency),
            owner=step.remedy.owner,
            within_days=step.remedy.within_days,
        )
        for step in merged_steps(unit, advice.rulebook)
    ]
    return EmbeddedUnit(
        unit=unit.unit,
        verdict=unit.verdict,
        verdict_title=unit.verdict_title,
        recommended=unit.recommended,
        findings=[each.id for each in unit.findings],
        steps=steps,
        ends_by_time=unit.ends_by_time,
    )


def _outlook(outlook: Outlook) -> EmbeddedOutlook:
    def lists(words: Any) -> dict[str, list[str]]:
        return {name: list(each) for name, each in words.items()}

    return EmbeddedOutlook(
        open_questions=list(outlook.open_questions),
        settled=dict(outlook.settled),
        possible=lists(outlook.possible),
        undecided=lists(outlook.undecided),
        deciding=lists(outlook.deciding),
        note=outlook.note,
    )


def as_text(record: Record) -> str:
    """The record as JSON, a line for each thing, safe inside HTML and XML; the same record gives the same text."""
    return _laid_out(record, 0).translate(_ESCAPED)


def _laid_out(value: Any, depth: int) -> str:
    """JSON in which what lies deep is on one line; a text that begins a line has space before it."""
    is_wide = not isinstance(value, str) and (depth < _WIDE or (isinstance(value, list) and depth == _WIDE))
    if isinstance(value, Parameter):
        return _parameter(value)
    value = as_fields(value) if is_wide and is_dataclass(value) else value
    if not value or not is_wide or not isinstance(value, dict | list):
        return ENCODER.encode(value)
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {_laid_out(part, depth + 1)}" for key, part in value.items()]
        return "{" + inner + f",{inner}".join(lines) + outer + "}"
    return "[" + inner + f",{inner}".join(_laid_out(part, depth + 1) for part in value) + outer + "]"


@lru_cache(maxsize=1_000)
def _parameter(parameter: Parameter) -> str:
    """The same parameters are in every memo of a rulebook."""
    return ENCODER.encode(parameter)


def with_record(memo: Memo, advice: Advice, options: MemoOptions) -> Memo:
    """The memo with its record as text."""
    return replace(memo, record=as_text(record_of(advice, memo, options)))


def read_record(text: str, file: str) -> Record:
    """The record that a file holds; what is wrong with it raises `InvalidInput`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        fields = json.loads(text)
        if not isinstance(fields, dict) or fields.get("advisor_memo") != 1:
            refuse_record(file, "this advisor does not know its version; use the one that wrote the memo")
        return TypeAdapter(Record).validate_python(fields)
    except (ValidationError, ValueError, RecursionError) as error:
        refuse_record(file, f"it cannot be read ({first_line(error)}); ask for the memo as it was sent")


def first_line(error: Exception) -> str:
    """What is wrong, in one line: the first fault where fields do not fit."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error).split("\n", 1)[0]


def refuse_record(file: str, message: str) -> NoReturn:
    """Refuse what a file carries as its record."""
    raise InvalidInput([Problem(Place(file), "M013", f"the embedded record: {message}")])
