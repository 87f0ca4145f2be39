"""Texts, dates and shapes: what every part of a profile is read with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from advisor.reading import Collector, Mapping, Node, Place, Scalar, Sequence, did_you_mean, quote

LONGEST_TEXT = 2_000
_SPACES = re.compile(r"\s+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_line(text: str) -> str:
    """Give the text on one line, in Unicode's composed form, without spaces at its ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def read_fields(node: Node, known: Collection[str], what: str, problems: Collector) -> dict[str, Node]:
    """Give the entries of a mapping; keys that are not known are reported and left out."""
    if not isinstance(node, Mapping):
        problems.add(node.place, "P005", f"{what} needs keys with values here: {', '.join(known)}")
        return {}
    before: Node | None = None
    for key, value in node.entries:
        if key.text not in known:
            hint = _cut_number(before, key) or did_you_mean(key.text, known) or f"; known are {', '.join(known)}"
            problems.add(key.place, "P003", f"{what} has no key {quote(key.text)}{hint}")
        before = value
    return {key.text: value for key, value in node.entries if key.text in known}


def _cut_number(before: Node | None, key: Scalar) -> str:
    """In braces a comma ends an entry, so that `4,5` became a 4 and a key 5."""
    if isinstance(before, Scalar) and before.text.isdecimal() and key.text.isdecimal():
        return f"; if this was a number, write {before.text}.{key.text}"
    return ""


def read_items(node: Node, what: str, problems: Collector) -> tuple[Node, ...]:
    """Give the items of a list."""
    if isinstance(node, Sequence):
        return node.items
    problems.add(node.place, "P005", f"{what} needs a list here, each item after '- ' or all in [brackets]")
    return ()


def read_scalar(node: Node, what: str, problems: Collector) -> Scalar | None:
    """Give the scalar; a list, a mapping or nothing at all is reported."""
    if not isinstance(node, Scalar):
        problems.add(node.place, "P005", f"{what} needs a single value here, not a list or keys")
        return None
    if node.empty or not node.text.strip():
        problems.add(node.place, "P006", f"nothing is written for {what}; write a value or remove the line")
        return None
    return node


def read_text_field(node: Node | None, what: str, problems: Collector) -> str | None:
    """Read an optional text on one line."""
    text = read_paragraphs(node, what, problems)
    return one_line(text) if text else None


def read_paragraphs(node: Node | None, what: str, problems: Collector) -> str | None:
    """Read an optional text that may have several lines."""
    if node is None or (isinstance(node, Scalar) and node.empty):
        return None
    scalar = read_scalar(node, what, problems)
    if scalar is None:
        return None
    text = unicodedata.normalize("NFC", scalar.text).strip()
    if len(text) > LONGEST_TEXT:
        message = f"{what} has {len(text)} characters; at most {LONGEST_TEXT} are allowed, shorten it"
        problems.add(scalar.place, "P007", message)
    return text


def read_required_text(node: Node | None, parent: Place, what: str, problems: Collector) -> str:
    """Read a text that must be there; where it is not, the parent is named."""
    if node is None:
        problems.add(parent, "P004", f"{what} is missing")
        return ""
    scalar = read_scalar(node, what, problems)
    return (read_text_field(scalar, what, problems) or "") if scalar else ""


def read_date(node: Node | None, what: str, problems: Collector) -> date | None:
    """Read an optional date, written as year-month-day."""
    text = read_text_field(node, what, problems)
    if node is None or text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    problems.add(node.place, "P008", f"{what}: {quote(text)} is not a date; write year-month-day, such as 2026-11-22")
    return None
