"""Workbooks as advisor makes them, and what a person may do to them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from advisor.intake.questionnaire import questionnaire
from advisor.intake.workbook.layout import At
from advisor.intake.workbook.read import Filled, read_workbook
from advisor.intake.workbook.write import workbook_of
from advisor.profile import Organisation, Profile, Unit
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook
from advisor.rulebook.model import Removed, Respondent
from advisor.rulebook.questionnaire import Questionnaire

Values = dict[str | tuple[str, int], Any]
"""What is filled in, by the key of its row, or by that and a column."""
SHIPPED = Rulebook.load()
NAMES = (
    "ai_phase",
    "months_live",
    "ai_minutes_saved_per_case",
    "error_rate_pct",
    "cost_per_error",
    "rework_kind",
    "harm_incident",
    "csat_change_pts",
    "incentive_measures",
    "ai_stop_measures",
)
"""Some questions of every type."""
GONE = {name: Removed(name=name, version="1.0.0", why="Nobody could tell.") for name in ("mood", "mood_table")}
"""Questions that are not asked any more."""
SMALL = replace(
    SHIPPED,
    questions=Questionnaire({name: SHIPPED.questions[name] for name in NAMES}, SHIPPED.questions.version, GONE),
)
BLANK = Profile(Organisation("Example Insurance", currency="EUR"), (Unit("Claims"),))


def made(
    profile: Profile = BLANK, language: str = "en", rulebook: Rulebook = SMALL, who: Respondent | None = None
) -> bytes:
    """A workbook for a profile."""
    asked = questionnaire(rulebook, language, who, profile.organisation.currency)
    return workbook_of(profile, asked)


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after somebody has opened it, changed it and saved it."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell(book: Any, key: str, column: int = At.ANSWER) -> Any:
    """The cell of a row, found by its key as the reader does."""
    for sheet in book:
        for row in sheet.iter_rows(max_col=1):
            if row[0].value == key:
                return sheet.cell(row[0].row, column + 1)
    raise KeyError(key)


def filled(values: Values, data: bytes | None = None) -> bytes:
    """The workbook with values filled in."""

    def fill(book: Any) -> None:
        for at, value in values.items():
            key, column = at if isinstance(at, tuple) else (at, At.ANSWER)
            cell(book, key, column).value = value

    return edited(made() if data is None else data, fill)


def read(data: bytes, tmp_path: Path, rulebook: Rulebook = SMALL) -> Filled:
    """What advisor reads in a workbook."""
    path = tmp_path / "filled.xlsx"
    path.write_bytes(data)
    return read_workbook(path, rulebook)


def problems(data: bytes, tmp_path: Path, rulebook: Rulebook = SMALL) -> list[str]:
    """What advisor says is wrong with a workbook; the path of the file is left out."""
    try:
        read(data, tmp_path, rulebook)
    except InvalidInput as error:
        return [str(problem).replace(f"{tmp_path}/", "") for problem in error.problems]
    return []


def with_cached_value(data: bytes, value: str) -> bytes:
    """The workbook with a value for each formula, as Excel saves them; openpyxl saves none."""
    return with_part(data, "xl/worksheets/", lambda xml: re.sub(r"</f><v ?/>|</f><v></v>", f"</f><v>{value}</v>", xml))


def with_part(data: bytes, begins: str, change: Callable[[str], str]) -> bytes:
    """The workbook with parts of its package changed."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part.decode()) if name.startswith(begins) else part)
    return packed.getvalue()
