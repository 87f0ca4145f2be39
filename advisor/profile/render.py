"""Answers and texts as YAML that reads back as what was meant."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from advisor.profile.digest import plain_number
from advisor.profile.model import Answer, Cell, Row, Value

_HARMLESS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ](?:[\w ()./%+-]*[\w).%])?")
_SURPRISING = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "unknown", "nan", "inf"}


def text_as_yaml(text: str) -> str:
    """Write a text plainly where that is safe anywhere in YAML, otherwise in double quotes."""
    if _HARMLESS.fullmatch(text) and text.lower() not in _SURPRISING:
        return text
    return json.dumps(text, ensure_ascii=False)


def answer_as_yaml(answer: Answer) -> str:
    """Write an answer on one line, as briefly as it can be said."""
    if answer.state == "not_applicable":
        people = f", people: {answer.people}" if answer.people is not None else ""
        return f"{{not_applicable: {text_as_yaml(answer.reason or '')}{people}}}"
    if answer.state == "unknown":
        return f"{{value: unknown, note: {text_as_yaml(answer.note)}}}" if answer.note else "unknown"
    parts = _parts(answer)
    if answer.value is not None and list(parts) == ["value"]:
        return parts["value"]
    return "{" + ", ".join(f"{key}: {text}" for key, text in parts.items()) + "}"


def answer_as_rows(answer: Answer, indent: int) -> str | None:
    """Write a bare table as a line per row; None where the answer is no bare table."""
    rows = [row for row in answer.value if not isinstance(row, str)] if isinstance(answer.value, tuple) else []
    if not rows or list(_parts(answer)) != ["value"]:
        return None
    return "".join(f"\n{' ' * indent}- {_row(row)}" for row in rows)


def _parts(answer: Answer) -> dict[str, str]:
    parts = {
        "value": None if answer.value is None else _value(answer.value),
        "low": None if answer.low is None else plain_number(answer.low),
        "high": None if answer.high is None else plain_number(answer.high),
        "tally": answer.tally and "{" + ", ".join(f"{word}: {said}" for word, said in answer.tally.items()) + "}",
        "people": None if answer.people is None else str(answer.people),
        "evidence": None if answer.evidence == "stated" else answer.evidence,
        "source": answer.source and text_as_yaml(answer.source),
        "as_of": answer.as_of and answer.as_of.isoformat(),
        "note": answer.note and text_as_yaml(answer.note),
    }
    return {key: text for key, text in parts.items() if text}


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_cell(item) if isinstance(item, str) else _row(item) for item in value) + "]"
    return _cell(value)


def _row(row: Row) -> str:
    return "{" + ", ".join(f"{name}: {_cell(cell)}" for name, cell in row.items()) + "}"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "unknown"
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, Decimal):
        return plain_number(cell)
    # The choices `yes` and `no` are texts to every reader of YAML 1.2, and stay bare as in the questionnaire.
    return cell if cell in ("yes", "no") else text_as_yaml(cell)
