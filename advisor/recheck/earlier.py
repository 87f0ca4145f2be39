"""An earlier advice: from a memo of any format, or from the JSON of `advisor assess`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, NoReturn

from advisor.advice.model import AdviceDocument, EndsByTime, UnitAdvice
from advisor.advice.steps import merged_steps
from advisor.language import Fact, Signature
from advisor.memo.record import EmbeddedStep, Record, first_line, refuse_record
from advisor.phrases import languages
from advisor.profile.facts import facts_of
from advisor.reading import InvalidInput, Place, Problem, decode
from advisor.reading.text_file import check_size, read_bytes
from advisor.recheck.answers import fact_told, facts_told
from advisor.recheck.replay import Moved
from advisor.reread import read_memo
from advisor.reread.derived import embedded_profile
from advisor.reread.files import LARGEST_MEMO
from advisor.rulebook import Rulebook

ENGLISH = "en"
_WITHOUT_VOICES: dict[str, list[Any]] = {"voices": [], "by_voice": []}


@dataclass(frozen=True, slots=True)
class TimeEnd:
    """Something that time alone was to end from `day` on, where the file names one, and the answers grown by then."""

    kind: Literal["verdict", "pattern", "step"]
    name: str
    day: datetime.date | None
    grown: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class EarlierUnit:
    """What was advised for one unit, and the answers behind it: all (`tells_answers`), or those that the file tells.

    `ends` is what time alone was to end, as the file tells it.
    """

    name: str
    verdict: str | None
    verdict_title: str | None
    recommended: tuple[str, ...]
    steps: tuple[EmbeddedStep, ...]
    ends: tuple[TimeEnd, ...]
    facts: Mapping[str, Fact]
    tells_answers: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier advice. `valid_days` is for how many days it was to stand; `digest` is that of its rulebook."""

    kind: Literal["memo", "advice"]
    date: datetime.date | None
    digest: str
    valid_days: int | None
    units: tuple[EarlierUnit, ...]


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """An earlier advice as its file has it: the record of a memo, or an advice as JSON."""

    path: Path
    content: Record | AdviceDocument

    @property
    def language(self) -> str:
        """The language that it is written in, or English where that is none of ours."""
        language = self.content.made_with.language
        return language if language in languages() else ENGLISH

    def read_by(self, rulebook: Rulebook) -> Earlier:
        """What was advised, as far as this rulebook knows it."""
        if isinstance(self.content, Record):
            return _from_record(self.content, str(self.path), rulebook)
        return _from_json(self.content, str(self.path), rulebook)


def open_earlier(path: Path) -> EarlierFile:
    """Read an earlier advice, whatever the name of the file; anything else raises `InvalidInput`."""
    data = read_bytes(path, LARGEST_MEMO)
    check_size(data, str(path), LARGEST_MEMO)
    if data.lstrip()[:1] in (b"{", b"["):
        return EarlierFile(path, _document(decode(data, str(path), LARGEST_MEMO), str(path)))
    return EarlierFile(path, read_memo(path).record)


def _from_record(record: Record, file: str, rulebook: Rulebook) -> Earlier:
    profile = embedded_profile(record, rulebook, file).profile
    facts = {unit.name: facts_of(unit, rulebook) for unit in profile.units}
    days = {each.name: int(each.value) for each in record.parameters}
    try:
        ends = [tuple(_ends(unit.ends_by_time or (), rulebook)) for unit in record.units]
    except ValueError as error:
        refuse_record(file, f"what time ends cannot be read ({error}); ask for the memo as it was sent")
    return Earlier(
        kind="memo",
        date=record.date,
        digest=record.made_with.rulebook.digest,
        valid_days=days.get(rulebook.frame.memo.valid_for or ""),
        units=tuple(
            EarlierUnit(
                unit.unit,
                unit.verdict,
                unit.verdict_title,
                tuple(unit.recommended),
                tuple(unit.steps),
                ended,
                facts.get(unit.unit, {}),
                tells_answers=True,
            )
            for unit, ended in zip(record.units, ends, strict=True)
        ),
    )


def _from_json(document: AdviceDocument, file: str, rulebook: Rulebook) -> Earlier:
    name = rulebook.frame.memo.valid_for
    try:
        return Earlier(
            kind="advice",
            date=None if document.profile.date is None else datetime.date.fromisoformat(document.profile.date),
            digest=document.made_with.rulebook.digest,
            valid_days=None if name is None else int(rulebook.parameters[name].value),
            units=tuple(_unit(unit, rulebook) for unit in document.units),
        )
    except ValueError as error:
        _refuse_advice(file, str(error))


def _document(text: str, file: str) -> AdviceDocument:
    from pydantic import TypeAdapter, ValidationError

    try:
        found = json.loads(text)
        if isinstance(found, list) and len(found) == 1:
            (found,) = found
        if isinstance(found, list) and found:
            _refuse(file, "A002", f"it holds {len(found)} advices; write the one that is meant to a file of its own")
        document = TypeAdapter(AdviceDocument).validate_python(_as_of_today(found))
        if len({unit.unit for unit in document.units}) < len(document.units):
            raise ValueError("two of its units have the same name")
        return document
    except (ValidationError, ValueError, RecursionError) as error:
        _refuse_advice(file, first_line(error))


def _as_of_today(found: Any) -> Any:
    """An advice with what the first versions did not write yet: it was in English, and nobody had respondents."""
    if not isinstance(found, dict):
        return found
    made, units = found.get("made_with"), found.get("units")
    if isinstance(made, dict):
        made = {"language": ENGLISH, **made}
    if isinstance(units, list):
        units = [{**_WITHOUT_VOICES, **each} if isinstance(each, dict) else each for each in units]
    return {**found, "made_with": made, "units": units}


def _unit(unit: UnitAdvice, rulebook: Rulebook) -> EarlierUnit:
    return EarlierUnit(
        unit.unit,
        unit.verdict,
        unit.verdict_title,
        tuple(unit.recommended),
        _steps(unit, rulebook),
        tuple(_ends(unit.ends_by_time or (), rulebook)),
        facts_told(unit, rulebook),
        tells_answers=unit.answers is not None,
    )


def _ends(told: Iterable[EndsByTime], rulebook: Rulebook) -> Iterator[TimeEnd]:
    """What time ends, by answers that are still asked for; `ValueError` for a day or an answer that is none."""
    for each in told:
        if not each.answers:
            raise ValueError(f"no answer is named by which {each.name} ends")
        day = None if each.on is None else datetime.date.fromisoformat(each.on)
        names = [rulebook.questions.renamed.get(answer.question, answer.question) for answer in each.answers]
        if all(name in rulebook.questions for name in names):
            scope = rulebook.scope
            grown = (
                Moved(name, _known(answer.from_, scope[name]), _known(answer.to, scope[name]), day)
                for name, answer in zip(names, each.answers, strict=True)
            )
            yield TimeEnd(each.kind, each.name, day, tuple(grown))


def _known(value: Any, signature: Signature) -> Fact:
    """An answer that has to be there, with both its ends: an open one does not grow."""
    fact = fact_told(value, signature)
    if fact is None:
        raise ValueError(f"an answer to {signature.name} is open")
    return fact


def _steps(unit: UnitAdvice, rulebook: Rulebook) -> tuple[EmbeddedStep, ...]:
    """The steps with the rules that ask for them; those of rules that are gone stand for themselves."""
    known = [each for each in unit.findings if each.id in rulebook.rules and rulebook.rules[each.id].remedy]
    merged = [
        EmbeddedStep(
            rules=list(step.rules),
            action="; ".join(dict.fromkeys(each.remedy.action for each in step.findings if each.remedy)),
            owner=step.remedy.owner,
            within_days=min(each.remedy.within_days for each in step.findings if each.remedy),
        )
        for step in merged_steps(replace(unit, findings=known), rulebook)
    ]
    gone = [
        EmbeddedStep(
            rules=[each.id], action=each.remedy.action, owner=each.remedy.owner, within_days=each.remedy.within_days
        )
        for each in unit.findings
        if each.remedy and each not in known
    ]
    return (*merged, *gone)


def _refuse_advice(file: str, why: str) -> NoReturn:
    remedy = "give a memo, or what 'advisor assess --format json' wrote"
    _refuse(file, "A001", f"it is no advice that this advisor knows ({why}); {remedy}")


def _refuse(file: str, code: str, message: str) -> NoReturn:
    raise InvalidInput([Problem(Place(file), code, message)])
