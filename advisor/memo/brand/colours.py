"""The colours of a brand: as they are written, and whether they can be read where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from advisor.memo.contrast import GRAPHICS, LARGE_TEXT, TEXT, contrast, nearest_shade
from advisor.memo.looks import LOST, WHITE, Looks
from advisor.profile.texts import read_fields, read_scalar
from advisor.reading import Collector, Node, Place, Scalar, quote

_COLOUR = re.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Role:
    """What a colour of a brand is for, the ratio that it needs, and the grounds on which it stands."""

    use: str
    needs: float
    why: str
    grounds: Callable[[Looks], tuple[str, ...]]


def _page_alone(looks: Looks) -> tuple[str, ...]:
    return (WHITE,)


_TEXT_WHY = "text needs 4.5:1 (WCAG 2.2, 1.4.3)"
ROLES = {
    "ink": Role("the text", TEXT, _TEXT_WHY, lambda looks: looks.grounds),
    "quiet": Role("labels, notes and small print", TEXT, _TEXT_WHY, lambda looks: looks.grounds),
    "accent": Role("headings and links", TEXT, _TEXT_WHY, lambda looks: looks.grounds),
    "title": Role("the answer at the top", LARGE_TEXT, "large text needs 3:1 (WCAG 2.2, 1.4.3)", _page_alone),
    "graphics": Role(
        "rules, edges and bars",
        GRAPHICS,
        "graphics need 3:1 (WCAG 2.2, 1.4.11)",
        lambda looks: (WHITE, looks.soft),
    ),
}
"""The colours that a brand may set, by name."""


def read_colours(node: Node | None, looks: Looks, problems: Collector) -> Looks:
    """The looks with the colours of a brand; unreadable ones are reported, and why charts take another one is noted.

    Where only `accent` or `ink` is set, graphics and title take it too.
    """
    if node is None or (isinstance(node, Scalar) and node.empty):
        return looks
    entries = read_fields(node, ROLES, "colours", problems)
    read = {name: _colour(entry, name, problems) for name, entry in entries.items()}
    given = {name: colour for name, colour in read.items() if colour}
    inherited: dict[str, Any] = {
        "graphics": given.get("accent", looks.graphics),
        "title": given.get("ink", looks.title),
    }
    looks = replace(looks, **{**inherited, **given})
    for name, colour in given.items():
        _check(name, colour, looks, entries[name].place, problems)
    return _with_bars(looks, entries["graphics"].place if "graphics" in entries else node.place, problems)


def lowest(name: str, colour: str, looks: Looks) -> tuple[float, str]:
    """The lowest contrast of a colour in its role, and to which ground."""
    looks = replace(looks, graphics=colour) if name == "graphics" else looks
    return min((contrast(colour, ground), ground) for ground in ROLES[name].grounds(looks))


def ratio(value: float) -> str:
    """A contrast ratio as it is written: never better than it is."""
    return f"{floor(value * 100) / 100:.2f}:1"


def _colour(node: Node, name: str, problems: Collector) -> str | None:
    if isinstance(node, Scalar) and node.empty:
        said = "a colour needs quotes, since YAML takes what stands behind a bare # for a comment"
        problems.add(node.place, "M103", f'{name}: {said}; write {name}: "#1b2430"')
        return None
    scalar = read_scalar(node, name, problems)
    if scalar is None:
        return None
    text = scalar.text.strip()
    if not _COLOUR.fullmatch(text):
        message = f'{name}: {quote(text)} is not a colour; write red, green and blue in hexadecimal, such as "#1b2430"'
        problems.add(node.place, "M103", message)
        return None
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _check(name: str, colour: str, looks: Looks, place: Place, problems: Collector) -> None:
    role = ROLES[name]
    reached, ground = lowest(name, colour, looks)
    if reached < role.needs:
        better = nearest_shade(colour, lambda shade: lowest(name, shade, looks)[0] >= role.needs)
        said = f"{name} {colour} has a contrast of {ratio(reached)} to the ground {ground} on which it stands"
        problems.add(place, "M104", f"{said}; {role.why}; the nearest shade that has it is {better}")


def _with_bars(looks: Looks, place: Place, problems: Collector) -> Looks:
    """Bars in the colour of graphics, or of words where that is too near to the grey of what a bar loses.

    A ratio of luminances says how distinct the two are in print without colours, and to who sees colours otherwise.
    """
    distinct = contrast(looks.graphics, LOST)
    if distinct >= GRAPHICS:
        return replace(looks, bars=looks.graphics)
    said = f"charts take accent {looks.accent} instead of graphics {looks.graphics}"
    why = f"which has a contrast of {ratio(distinct)} to the grey {LOST} beside it in a bar, and needs 3:1"
    problems.note(place, "M113", f"{said}, {why}")
    return replace(looks, bars=looks.accent)
