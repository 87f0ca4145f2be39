"""A sheet with the questions of one section: a row for each, the answer beside it, what is known of it further on."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from advisor.intake.workbook.cells import items_of, quoted_name, shown_answer, shown_date, shown_number
from advisor.intake.workbook.layout import FIRST_CELL, HEAD, STATIC, At, Line, SectionSheet
from advisor.intake.workbook.looks import lines_of
from advisor.intake.workbook.pen import Pen
from advisor.profile import EVIDENCES, Answer
from advisor.rulebook import Question

_WIDTHS = {
    At.DONE: 4,
    At.QUESTION: 58,
    At.ANSWER: 30,
    At.UNIT: 12,
    At.LOW: 8,
    At.HIGH: 8,
    At.EVIDENCE: 14,
    At.SOURCE: 22,
    At.AS_OF: 12,
    At.NOTE: 28,
    At.REASON: 28,
}
_MARK = "✓"
_NOTHING = Answer("answered")
"""What is known beside an answer that is not there."""


def write_section(section: SectionSheet, pen: Pen) -> None:
    """Write the sheet of one section."""
    sheet = pen.sheet(section.name, tuple(_WIDTHS.values()), freeze=(HEAD + 1, At.ANSWER + 1))
    sheet.set_row(0, 30)
    pen.title(sheet, At.QUESTION, section.section.title, section.role)
    sheet.write_string(1, At.KEY, STATIC)
    pen.link(sheet, 1, At.QUESTION, (pen.layout.cover, 0, 0), pen.texts.back_to)
    sheet.set_row(HEAD, 32)
    for column, (head, note) in enumerate(zip(pen.texts.heads, pen.texts.head_notes, strict=True), At.DONE):
        pen.fixed(sheet, HEAD, column, head, "head")
        if note:
            pen.note(sheet, HEAD, column, note)
    for line in section.lines:
        _line(sheet, line, pen)
    _colours(sheet, section, pen)


def _colours(sheet: Any, section: SectionSheet, pen: Pen) -> None:
    """An answer changes its colour once it is given, or where the reason stands why there is none, but not both."""
    answers = (section.lines[0].row, At.ANSWER, section.lines[-1].row, At.ANSWER)
    done, answer, low, high, reason = (
        xl_rowcol_to_cell(section.lines[0].row, column, col_abs=True)
        for column in (At.DONE, At.ANSWER, At.LOW, At.HIGH, At.REASON)
    )
    both = {"type": "formula", "criteria": f'=AND({answer}&{low}&{high}<>"",{reason}<>"")', "stop_if_true": True}
    given = {"type": "formula", "criteria": f'={done}&{answer}<>""'}
    sheet.conditional_format(*answers, {**both, "format": pen.looks.of("contradiction")})
    sheet.conditional_format(*answers, {**given, "format": pen.looks.of("filled")})


def done_mark(line: Line, pen: Pen) -> str:
    """The mark of a question that has an answer, as its formula will show it."""
    assert line.question is not None
    return _MARK if line.question.name in pen.profile.units[line.unit - 1].answers else ""


def _line(sheet: Any, line: Line, pen: Pen) -> None:
    question = line.question
    if question is None:
        sheet.set_row(line.row, 26)
        for column in At:
            pen.put(sheet, line.row, column, None, "band")
        pen.unit_name(sheet, line.row, At.QUESTION, line.unit, "band")
        return
    sheet.write_string(line.row, At.KEY, str(line.key))
    answer = pen.profile.units[line.unit - 1].answers.get(question.name)
    if line.choice is not None:
        _choice(sheet, line, answer, pen)
        return
    _question(sheet, line.row, question, pen)
    _answer(sheet, line, question, answer, pen)
    _around(sheet, line.row, question, answer or _NOTHING, pen)
    _done(sheet, line, question, pen)
    sheet.set_row(line.row, max(24, 15 * _most_lines(question, answer, pen) + 9))


def _most_lines(question: Question, answer: Answer | None, pen: Pen) -> float:
    """How many lines the fullest cell of a row has; a line of grey is less high."""
    hint = _hint(question, pen)
    lines = [lines_of(question.ask, _WIDTHS[At.QUESTION]) + 0.8 * (lines_of(hint, 74) if hint else 0)]
    texts = {At.ANSWER: str(shown_answer(answer, question, pen.asked) or "")}
    if answer is not None:
        texts |= {At.SOURCE: answer.source or "", At.NOTE: answer.note or "", At.REASON: answer.reason or ""}
    return max(*lines, *(lines_of(text, _WIDTHS[column] - 2) for column, text in texts.items()))


def _hint(question: Question, pen: Pen) -> str:
    """When a question applies, whom it is for, and how several choices are marked."""
    whose = pen.texts.asked_of.format(who=pen.asked.wording.who[question.who])
    hints = [pen.asked.only_if(question), "" if pen.asked.who else whose]
    hints += [pen.texts.mark_each] if question.type == "choices" else []
    return " · ".join(each for each in hints if each)


def _question(sheet: Any, row: int, question: Question, pen: Pen) -> None:
    """The question, what a person has to know in grey, and its help as a note."""
    hint, look = _hint(question, pen), pen.looks.of("question")
    if hint:
        words = (pen.looks.of("ink"), question.ask, pen.looks.of("grey"), f"\n{hint}")
        sheet.write_rich_string(row, At.QUESTION, *words, look)
    else:
        sheet.write_string(row, At.QUESTION, question.ask, look)
    pen.note(sheet, row, At.QUESTION, question.help)


def _answer(sheet: Any, line: Line, question: Question, answer: Answer | None, pen: Pen) -> None:
    cell = xl_rowcol_to_cell(line.row, At.ANSWER)
    items = items_of(question, pen.asked)
    check = pen.checks.one_of(items) if items else pen.checks.number_or_unknown(cell, question)
    shown = shown_answer(answer, question, pen.asked)
    pen.field(sheet, (line.row, At.ANSWER), shown, "text" if items else "number", check)
    if question.type == "table":
        table = pen.layout.table(question)
        first = (table.name, table.rows_of(line.unit)[0], FIRST_CELL)
        pen.link(sheet, line.row, At.UNIT, first, pen.texts.see_sheet.format(sheet=table.name))
    else:
        pen.put(sheet, line.row, At.UNIT, pen.asked.unit(question) if question.type == "number" else "", "unit")


def _choice(sheet: Any, line: Line, answer: Answer | None, pen: Pen) -> None:
    assert line.choice is not None
    wording = pen.asked.wording
    pen.put(sheet, line.row, At.QUESTION, line.choice.label, "choice")
    chosen = answer.value if answer and isinstance(answer.value, tuple) else ()
    shown = wording.yes_word if line.choice.value in chosen else None
    pen.field(sheet, (line.row, At.ANSWER), shown, "text", pen.checks.one_of([wording.yes_word, wording.no_word]))
    sheet.set_row(line.row, 20)


def _around(sheet: Any, row: int, question: Question, answer: Answer, pen: Pen) -> None:
    """Range, evidence, source, date, note, and why the question does not apply."""
    for column, end in ((At.LOW, answer.low), (At.HIGH, answer.high)):
        if question.type == "number":
            shown = None if end is None else shown_number(end)
            pen.field(sheet, (row, column), shown, "optional number", pen.checks.number(question))
        else:
            pen.put(sheet, row, column, None, "no entry")
    words = pen.asked.wording.evidence
    evidence = words[answer.evidence] if answer.evidence != _NOTHING.evidence else None
    check = pen.checks.one_of([words[each] for each in EVIDENCES])
    pen.field(sheet, (row, At.EVIDENCE), evidence, "optional", check)
    day = shown_date(answer.as_of) if answer.as_of else None
    pen.field(sheet, (row, At.AS_OF), day, "optional date", pen.checks.date())
    for column, text in ((At.SOURCE, answer.source), (At.NOTE, answer.note), (At.REASON, answer.reason)):
        pen.field(sheet, (row, column), text, "optional", pen.checks.text())


def _done(sheet: Any, line: Line, question: Question, pen: Pen) -> None:
    """A mark that comes by itself once there is an answer."""
    below = len(question.choices) if question.type == "choices" else 0
    cells = [f"{xl_rowcol_to_cell(line.row, At.ANSWER)}:{xl_rowcol_to_cell(line.row + below, At.ANSWER)}"]
    cells += [f"{xl_rowcol_to_cell(line.row, At.LOW)}:{xl_rowcol_to_cell(line.row, At.HIGH)}"]
    cells.append(xl_rowcol_to_cell(line.row, At.REASON))
    if question.type == "table":
        table = pen.layout.table(question)
        rows = table.rows_of(line.unit)
        first = xl_rowcol_to_cell(rows[0], FIRST_CELL)
        last = xl_rowcol_to_cell(rows[-1], FIRST_CELL + len(question.columns) - 1)
        cells.append(f"{quoted_name(table.name)}!{first}:{last}")
    formula = f'=IF(COUNTA({",".join(cells)})>0,"{_MARK}","")'
    sheet.write_formula(line.row, At.DONE, formula, pen.looks.of("done"), done_mark(line, pen))
