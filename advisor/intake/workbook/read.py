"""Reading a workbook that people filled in: every problem at once, each with its cell, and nothing passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.intake.files import bytes_of
from advisor.intake.questionnaire import Questionnaire, questionnaire
from advisor.intake.typed_cells import CellReader, as_text
from advisor.intake.workbook.answers import AnswerReader
from advisor.intake.workbook.cells import table_heads
from advisor.intake.workbook.earlier import as_it_stands, headings, kept_with, todays
from advisor.intake.workbook.hidden import Made, form_of, made_by
from advisor.intake.workbook.layout import COVER, COVER_FIELD, FIRST_CELL, HIDDEN_SHEET, At, Key
from advisor.intake.workbook.open import LARGEST_FILE, Sheet, open_workbook
from advisor.intake.workbook.rows import Row, check_headings, fields_by_name, question_rows, table_rows
from advisor.intake.workbook.tree import Parts, profile_tree
from advisor.profile import Profile
from advisor.profile.read import read_tree
from advisor.reading import Collector, Place, did_you_mean, quote
from advisor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook says, and what whoever reads it should know about it."""

    profile: Profile
    notes: tuple[str, ...]


def read_workbook(path: Path, rulebook: Rulebook) -> Filled:
    """Read a workbook; ``Path("-")`` is standard input. Raises `InvalidInput` with every problem and its cell."""
    data, file = bytes_of(path, LARGEST_FILE)
    sheets = open_workbook(data, file)
    return _Reading(sheets, made_by(sheets, file), rulebook, Place(file)).filled()


_MISSING = "is missing; take a workbook that still has it"


class _Reading:
    """One workbook while it is read."""

    def __init__(self, sheets: Mapping[str, Sheet], made: Made, rulebook: Rulebook, place: Place) -> None:
        self.sheets = sheets
        self.made = made
        self.rulebook = rulebook
        self.forms = {todays(Key(1, name), rulebook.questions).question: form for name, form in made.questions.items()}
        self.place = place
        self.problems = Collector()
        self.rows: dict[Key, Row] = {}

    def filled(self) -> Filled:
        self.check_sheets()
        cover = self.sheets.get(self.made.sheets.get(COVER, ""))
        fields = fields_by_name(cover, COVER_FIELD, self.problems) if cover else {}
        asked = self.asked(fields)
        for role, name in self.made.sheets.items():
            if name in self.sheets:
                self.add_rows(role, self.sheets[name], asked)
        cells = CellReader(asked, self.problems)
        answers = self.answers(cells)
        for unit, kept in self.made.kept.items():
            answers[unit] = {**kept_with(kept, self.place), **answers.get(unit, {})}
        tree = profile_tree(fields, self.made, answers, cells, self.place)
        profile = read_tree(tree, self.rulebook.questions, self.problems)
        return Filled(profile, tuple(self.notes()))

    def asked(self, fields: Mapping[str, Row]) -> Questionnaire:
        """The questionnaire in the language of the workbook and the currency that stands in it."""
        language = self.made.language if self.made.language in self.rulebook.languages else "en"
        row = fields.get("organisation currency")
        cell = row.cells.get(COVER_FIELD) if row else None
        currency = as_text(cell.content).strip() if cell else None
        return questionnaire(self.rulebook, language, currency=currency)

    def check_sheets(self) -> None:
        """Report sheets that are missing, sheets that are none of advisor's, and merged cells."""
        names = {sheet.role: sheet.name for sheet in self.sheets.values() if sheet.role}
        for role, name in self.made.sheets.items():
            if name not in self.sheets:
                now = f"is called {quote(names[role])} now; call it as before" if role in names else _MISSING
                self.problems.add(self.place, "W004", f"the sheet {quote(name)} {now}")
        known = {HIDDEN_SHEET, *self.made.sheets.values(), *names.values()}
        for sheet in self.sheets.values():
            if sheet.name not in known and sheet.cells:
                cell = next(iter(sheet.cells.values()))
                said = f"the sheet is none of this workbook, and holds {quote(as_text(cell.content))}"
                self.problems.add(cell.place, "W005", f"{said}; copy what it says where it belongs, then delete it")
            for at, area in sheet.merged.items():
                self.problems.add(sheet.place(*at), "W007", f"the cells {area} are merged; unmerge them")

    def add_rows(self, role: str, sheet: Sheet, asked: Questionnaire) -> None:
        """Find the rows of a sheet, unless its headings are not as they were."""
        kind, _, name = role.partition(" ")
        name = self.rulebook.questions.renamed.get(name, name)
        rows: dict[Key, Row] = {}
        if kind == "section" and check_headings(sheet, At.DONE, asked.texts.heads, self.problems):
            rows = question_rows(sheet, self.problems)
        if kind == "table":
            known = name in self.rulebook.questions
            heads = table_heads(asked.titles.question(name), asked) if known else [*headings(sheet, FIRST_CELL)]
            if check_headings(sheet, FIRST_CELL, heads, self.problems):
                rows = table_rows(sheet, len(heads), self.problems)
        self.rows |= {todays(key, self.rulebook.questions): row for key, row in rows.items()}

    def answers(self, cells: CellReader) -> dict[int, Parts]:
        """The answers of each unit by its number, in the form of a profile."""
        rows = {key: row for key, row in self.rows.items() if not key.part}
        reader = AnswerReader(cells, rows, self.parts())
        found: dict[int, Parts] = {}
        for key, row in rows.items():
            if key.unit > len(self.made.units) and reader.is_filled(key):
                message = f"this is of a unit {key.unit}, which the workbook does not have; delete the row"
                self.problems.add(row.place(At.QUESTION), "W008", message)
            elif reader.is_filled(key) and key.question in self.rulebook.questions.not_asked:
                kept = as_it_stands(row, reader.parts.get(key, {}), self.forms.get(key.question, ""), cells)
                if kept is not None:
                    found.setdefault(key.unit, {})[key.question] = kept
            elif reader.is_filled(key) and self.is_asked_alike(key):
                answer = reader.answer(key, cells.asked.titles.question(key.question))
                if answer is not None:
                    found.setdefault(key.unit, {})[key.question] = answer
        return found

    def parts(self) -> dict[Key, dict[str, Row]]:
        """The filled-in rows of choices and tables, by the question that they belong to."""
        found: dict[Key, dict[str, Row]] = {}
        for key, row in self.rows.items():
            if key.part and row.cells:
                found.setdefault(replace(key, part=""), {})[key.part] = row
        for key, rows in found.items():
            if key not in self.rows:
                message = f"the row of {key.question} that this belongs to is gone; take a workbook that still has it"
                self.problems.add(next(iter(rows.values())).place(At.QUESTION), "W008", message)
        return found

    def is_asked_alike(self, key: Key) -> bool:
        """Whether the rulebook asks a question in the form in which it was answered."""
        question = self.rulebook.asked.get(key.question)
        was = self.forms.get(key.question, "")
        if question is not None and form_of(question) == was:
            return True
        if question is None:
            hint = did_you_mean(key.question, self.rulebook.asked)
            said = f"there is no question {quote(key.question)} in this rulebook{hint}"
        else:
            said = f"{key.question} was asked as {quote(was)}, and is {quote(form_of(question))} now"
        message = f"{said}; {self.made_with()}: read it with that one, or empty the row"
        self.problems.add(self.rows[key].place(At.ANSWER), "W009", message)
        return False

    def made_with(self) -> str:
        name, version, _ = self.made.rulebook
        return f"the workbook was made with advisor {self.made.advisor} and the rulebook {name} {version}"

    def notes(self) -> Iterator[str]:
        """What is no mistake, but good to know."""
        if self.made.rulebook[2] != self.rulebook.digest:
            frame = self.rulebook.frame
            yield f"{self.made_with()}; it was read with {frame.name} {frame.version}"
        asked = self.rulebook.questions
        answered = {key.question for key, row in self.rows.items() if row.cells}
        renamed = {old: new for old, new in asked.renamed.items() if old in self.made.questions and new in answered}
        if renamed:
            yield f"these questions have other names today, and their answers were carried over: {_pairs(renamed)}"
        if gone := [name for name in asked.not_asked if name in answered]:
            yield f"these are not asked any more; their answers are kept, and count for nothing: {', '.join(gone)}"
        found = {(key.unit, key.question) for key in self.rows}
        units = range(1, len(self.made.units) + 1)
        gone = [name for name in self.forms if any((unit, name) not in found for unit in units)]
        if gone:
            yield f"rows of these questions are no longer in the workbook, and count as not asked: {', '.join(gone)}"


def _pairs(renamed: Mapping[str, str]) -> str:
    return ", ".join(f"{old} (now {new})" for old, new in renamed.items())
