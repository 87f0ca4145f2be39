"""What a workbook says of itself on its hidden sheet: who made it, for what, and what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from advisor.intake.questionnaire import Questionnaire
from advisor.intake.workbook.layout import FIRST_LIST, FORMAT, HIDDEN_SHEET, PULSE, Layout
from advisor.profile import Profile, Unit
from advisor.reading import InvalidInput, Place, Problem, quote
from advisor.rulebook import Question
from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.intake.workbook.open import Sheet


@dataclass(frozen=True, slots=True)
class Made:
    """How a workbook was made.

    `sheets` are the names of its sheets by what stands on them; `questions` have the form in which they are asked.
    """

    advisor: str
    rulebook: tuple[str, str, str]
    language: str
    sheets: Mapping[str, str]
    units: tuple[str, ...]
    questions: Mapping[str, str]
    questionnaire: str | None = None
    """The version of the questions that the profile was written for, where it stated one."""
    kept: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """By unit, answers of the profile to questions that are not asked any more, as YAML on one line."""


def write_hidden(sheet: Any, asked: Questionnaire, profile: Profile, layout: Layout) -> None:
    """Write the hidden sheet of an XlsxWriter workbook: a fact a row, its name first."""
    frame = asked.rulebook.frame
    facts = [
        ("advisor_workbook", FORMAT),
        ("advisor", __version__),
        ("rulebook", frame.name, frame.version, asked.rulebook.digest),
        ("language", asked.language),
        *(("sheet", role, name) for role, name in layout.sheets.items()),
        *(("unit", unit.name) for unit in profile.units),
        *([("questionnaire", profile.questionnaire)] if profile.questionnaire else []),
    ]
    for _, questions in asked.sections():
        facts += [("question", each.name, form_of(each)) for each in questions]
    if asked.who is None:
        facts += [fact for number, unit in enumerate(profile.units, 1) for fact in _kept(number, unit)]
    for row, fact in enumerate(facts):
        for column, text in enumerate(fact):
            sheet.write_string(row, column, text)
    sheet.protect("")
    sheet.very_hidden()


def made_by(sheets: Mapping[str, Sheet], file: str) -> Made:
    """What the hidden sheet says; `InvalidInput` where it is missing or of another layout."""
    facts = _facts(sheets[HIDDEN_SHEET]) if HIDDEN_SHEET in sheets else []
    first = facts[0] if facts else []
    if first and first[0] == PULSE:
        message = "this is the workbook of a staff pulse; read it with 'advisor pulse read'"
        raise InvalidInput([Problem(Place(file), "W003", message)])
    if len(first) < 2 or first[0] != "advisor_workbook":
        message = "it was not made by advisor; make one with 'advisor workbook new', and copy the answers into it"
        raise InvalidInput([Problem(Place(file), "W003", message)])
    if first[1] != FORMAT:
        message = f"its layout has the version {quote(first[1])}, this program reads '{FORMAT}'; {_OTHER}"
        raise InvalidInput([Problem(Place(file), "W003", message)])
    named: dict[str, list[list[str]]] = {}
    for name, *values in facts:
        named.setdefault(name, []).append(values)
    try:
        name, version, digest = named["rulebook"][0]
        return Made(
            advisor=named["advisor"][0][0],
            rulebook=(name, version, digest),
            language=named["language"][0][0],
            sheets=dict(named["sheet"]),
            units=tuple(unit for (unit,) in named["unit"]),
            questions=dict(named["question"]),
            questionnaire=named["questionnaire"][0][0] if "questionnaire" in named else None,
            kept=_kept_by_unit(named.get("kept", [])),
        )
    except (KeyError, IndexError, ValueError):
        message = "its hidden sheet was changed; take a workbook that was not, and copy the answers into it"
        raise InvalidInput([Problem(Place(file), "W003", message)]) from None


def _kept(number: int, unit: Unit) -> Iterator[tuple[str, ...]]:
    """What a unit keeps, in pieces that fit into cells; each piece between bars, as spaces alone are no content."""
    for name, said in unit.kept.items():
        for begin in range(0, len(said), _PIECE):
            yield "kept", str(number), name, f"|{said[begin : begin + _PIECE]}|"


def _kept_by_unit(pieces: Iterable[Sequence[str]]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for number, name, piece in pieces:
        unit = found.setdefault(int(number), {})
        unit[name] = unit.get(name, "") + piece[1:-1]
    return found


_PIECE = 30_000
"""Excel takes some more characters than these in a cell."""
_OTHER = "read it with the advisor that made it, or copy the answers into a new workbook"


def form_of(question: Question) -> str:
    """What an answer must not silently be taken over without: the type of the question and its unit."""
    return f"{question.type} {question.unit}".rstrip()


def _facts(sheet: Sheet) -> list[list[str]]:
    """The rows up to the lists of drop-downs, which stand to the right."""
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sheet.cells.items():
        if column < FIRST_LIST:
            rows.setdefault(row, []).append(str(cell.content))
    return [rows[row] for row in sorted(rows)]
