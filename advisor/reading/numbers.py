"""Numbers as people type them: decimal comma or point, thousands separators, signs, shares such as "1 in 20"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"[+−-]?\s?\d+(?:[.,'’ \u00a0\u202f]\d+)*"
"""How a number may look; `read_number` says whether it is one."""
_SPACES = re.compile(r"[ '’\u00a0\u202f]")
_MOST_DIGITS = 30


class NotANumber(ValueError):
    """The digits and separators make no number."""


@dataclass(frozen=True, slots=True)
class Ambiguous(Exception):
    """A single separator with three digits behind it that this language would not write so."""

    thousands: Decimal
    decimals: Decimal


def read_number(text: str, *, decimal_comma: bool, decimals: int) -> Decimal:
    """The number that `text` writes, of which the question keeps `decimals` places.

    Where both separators stand, or one stands twice, they tell which is which. A single one with three digits behind
    it separates thousands where the language writes them so. Raises `NotANumber`, and `Ambiguous` for the other one.
    """
    text = text.strip().replace("−", "-")
    sign = -1 if text.startswith("-") else 1
    body = text.lstrip("+-").strip()
    if len(body) > _MOST_DIGITS:
        raise NotANumber
    body = _without_spaces(body)
    if "." in body and "," in body:
        point = max(".,", key=body.rindex)
        return sign * _joined(body, thousands="," if point == "." else ".", point=point)
    mark = "." if "." in body else ","
    parts = body.split(mark)
    if len(parts) == 1:
        return sign * _decimal(body)
    if len(parts) > 2:
        return sign * _joined(body, thousands=mark, point="")
    if not _could_be_thousands(parts):
        return sign * _decimal(".".join(parts))
    if mark != ("," if decimal_comma else "."):
        return sign * _decimal("".join(parts))
    fraction = sign * _decimal(".".join(parts))
    if decimals >= 3:
        return fraction
    raise Ambiguous(sign * _decimal("".join(parts)), round(fraction, decimals))


def _without_spaces(body: str) -> str:
    groups = _SPACES.split(body)
    whole = [re.split("[.,]", group)[0] if place == len(groups) - 1 else group for place, group in enumerate(groups)]
    if len(groups) > 1 and not _are_groups(whole):
        raise NotANumber
    return "".join(groups)


def _joined(body: str, thousands: str, point: str) -> Decimal:
    whole, _, fraction = body.partition(point) if point else (body, "", "")
    if not _are_groups(whole.split(thousands)) or (not fraction.isdigit() and fraction):
        raise NotANumber
    return _decimal(whole.replace(thousands, "") + ("." + fraction if fraction else ""))


def _are_groups(groups: list[str]) -> bool:
    first, *others = groups
    return first.isdigit() and 1 <= len(first) <= 3 and all(len(each) == 3 and each.isdigit() for each in others)


def _could_be_thousands(parts: list[str]) -> bool:
    return _are_groups(parts) and not parts[0].startswith("0")


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        raise NotANumber
    return Decimal(text)
