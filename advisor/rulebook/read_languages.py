"""Reading the texts in other languages, and whether what they translate exists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from advisor.reading import Collector, Node, Place, did_you_mean, place_of
from advisor.rulebook.languages import Language
from advisor.rulebook.sheet import Sheet
from advisor.rulebook.typing_parts import typed

_TITLED = ("sections", "patterns", "preparations", "verdicts", "erosion", "measures", "rules")


def languages_of(nodes: Mapping[str, list[Node]], sheet: Sheet, problems: Collector) -> dict[str, Language]:
    """The languages written in `nodes`, by code; of the same text in two folders the later one holds."""
    found = {}
    for code, written in nodes.items():
        parts = [language for node in written if (language := typed(Language, node, problems)) is not None]
        for node, language in zip(written, parts, strict=False):
            _check_names(language, node, sheet, problems)
        if parts:
            found[code] = _joined(parts)
    return found


def _joined(parts: list[Language]) -> Language:
    joined = parts[0]
    for later in parts[1:]:
        lists = ("units", "questions", *_TITLED)
        fields: dict[str, Any] = {name: {**getattr(joined, name), **getattr(later, name)} for name in lists}
        joined = replace(joined, **fields)
    return joined


def _check_names(language: Language, node: Node, sheet: Sheet, problems: Collector) -> None:
    """Note texts of entries that the rulebook does not hold."""

    def known(names: Collection[str], given: Collection[str], what: str, *path: str) -> None:
        for name in given:
            if name not in names:
                place: Place = place_of(node, (*path, name), of_key=True)
                problems.add(place, "R005", f"there is no {what} '{name}'{did_you_mean(name, names)}")

    for list_name, names in _titled_names(sheet).items():
        known(names, getattr(language, list_name), list_name.removesuffix("s"), list_name)
    known(sheet.questions, language.questions, "question", "questions")
    for name, texts in language.questions.items():
        question = sheet.questions.get(name)
        if question is None:
            continue
        path = ("questions", name)
        known([choice.value for choice in question.choices], texts.choices, "choice", *path, "choices")
        columns = {column.name: column for column in question.columns}
        known(columns, texts.columns, "column", *path, "columns")
        for column, inside in texts.columns.items():
            values = [choice.value for choice in columns[column].choices] if column in columns else inside.choices
            known(values, inside.choices, "choice", *path, "columns", column, "choices")


def _titled_names(sheet: Sheet) -> dict[str, Collection[str]]:
    frame = sheet.frame
    return {
        "sections": [section.name for section in sheet.sections],
        "patterns": [pattern.name for pattern in frame.patterns],
        "preparations": [preparation.name for preparation in frame.preparations],
        "verdicts": [verdict.name for verdict in frame.verdicts],
        "erosion": [*frame.erosion.titles],
        "measures": sheet.measures,
        "rules": sheet.rules,
    }
