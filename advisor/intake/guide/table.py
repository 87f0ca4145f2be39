"""The guide as CSV: a row for each question, with empty columns for answers; nothing in it can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from advisor.intake.guide.content import Guide, Item
from advisor.phrases import phrases_in

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(guide: Guide) -> str:
    """The guide as values with separators (RFC 4180), which are commas but where a comma stands before decimals."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=phrases_in(guide.asked.language).writing.separator)
    for row in _rows(guide):
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue()


def _rows(guide: Guide) -> Iterator[list[str]]:
    heads, texts = guide.asked.texts.guide_heads, guide.asked.texts
    several, minimal = len(guide.chapters) > 1, any(chapter.unit for chapter in guide.chapters)
    before = [heads["unit"]] if several else []
    why = [heads["matters"]] if minimal else []
    _, question, answer, unit, low, high, *around = texts.heads
    described = [heads["name"], heads["who"], heads["only_if"], *why, heads["help"], heads["choices"], heads["allowed"]]
    yield [*before, heads["section"], heads["number"], question, *described, unit, answer, low, high, *around]
    room = [""] * (3 + len(around))
    for chapter in guide.chapters:
        for topic in chapter.topics:
            for item in topic.items:
                about = [chapter.unit] if several else []
                yield [*about, topic.title, str(item.number), *_described(item, guide, minimal=minimal), *room]


def _described(item: Item, guide: Guide, *, minimal: bool) -> list[str]:
    asked, question = guide.asked, item.question
    is_number = question.type == "number"
    choices = [*map(guide.head, question.columns), *guide.options(question), guide.offered(question)]
    return [
        question.ask,
        question.name,
        asked.wording.who[question.who],
        asked.condition(question),
        *([item.matters] if minimal else []),
        question.help,
        "; ".join([*filter(None, choices), asked.wording.unknown_word]),
        asked.allowed(question) if is_number else "",
        asked.unit(question) if is_number else "",
    ]


def _harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
