"""What a rulebook says about several voices: how they become one, and the table of where they differ."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.reading import Collector, did_you_mean
from advisor.rulebook.model import Column, Question
from advisor.rulebook.sheet import Sheet

RECORDED, ELSEWHERE = "recorded", "elsewhere"
"""What the consultant recorded, as one of the sides; and the section of a row whose own the table does not offer."""
SIDES = (RECORDED, "manager", "data_owner", "staff")
WORDS, FIGURES = "words", "figures"
COLUMNS = {
    "question": "text",
    "section": "choice",
    "one": "choice",
    "other": "choice",
    "one_says": "text",
    "other_says": "text",
    "kind": "choice",
    "apart_pct": "number",
    "settled": "yes_no",
}
"""The columns that such a table may have, and their types; how they are filled is told in docs/rulebook.md."""
_ORDERED = ("number", "yes_no", "choice")


def check_voices(sheet: Sheet, problems: Collector) -> None:
    """Note where a question cannot be combined as it says, and what is wrong with a table drawn from respondents."""
    for name, question in sheet.questions.items():
        for mistake in _mistakes(question):
            problems.add(sheet.places["questions"][name], "R014", f"'{name}': {mistake}")
    drawn = [question for question in sheet.questions.values() if not question.is_asked]
    for question in drawn[1:]:
        message = f"'{drawn[0].name}' is drawn from the respondents already; '{question.name}' cannot be too"
        problems.add(sheet.places["questions"][question.name], "R015", message)
    for question in drawn[:1]:
        for mistake in _table_mistakes(question, [section.name for section in sheet.sections]):
            problems.add(sheet.places["questions"][question.name], "R015", f"'{question.name}': {mistake}")


def _mistakes(question: Question) -> Iterator[str]:
    how = question.combined_by
    if how in ("lowest", "highest") and question.type not in _ORDERED:
        yield f"there is no {how} answer to a question of type {question.type}; write combine: agree"
    if how == "mean_of_staff" and question.type == "table":
        yield "tables of several people have no mean; write combine: agree"


def _table_mistakes(question: Question, sections: list[str]) -> Iterator[str]:
    if question.type != "table":
        yield "what is drawn from the respondents is a table; write type: table"
    if question.combine or question.applies_when or question.follows_from or question.changeable:
        yield "nobody is asked it, so it has no combine, applies_when, follows_from or changeable"
    offered = {"section": (*sections, ELSEWHERE), "one": SIDES, "other": SIDES, "kind": (WORDS, FIGURES)}
    for column in question.columns:
        if COLUMNS.get(column.name) != column.type:
            known = ", ".join(f"{name} ({kind})" for name, kind in COLUMNS.items())
            yield f"no column '{column.name}' of type {column.type} can be filled; there are {known}"
        elif column.type == "choice":
            yield from _choice_mistakes(column, offered[column.name])


def _choice_mistakes(column: Column, offered: tuple[str, ...]) -> Iterator[str]:
    words = [choice.value for choice in column.choices]
    for word in words:
        if word not in offered:
            yield f"the column '{column.name}' never holds '{word}'{did_you_mean(word, offered)}"
    if column.name == "section":
        missing = [] if ELSEWHERE in words else [ELSEWHERE]
    else:
        missing = [word for word in offered if word not in words]
    if missing:
        yield f"the column '{column.name}' may also hold {', '.join(missing)}; offer it"
