"""Contrast of two colours by the Web Content Accessibility Guidelines, and the nearest shade that has enough of it.

Source: WCAG 2.2, definitions of relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance) and contrast
ratio (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

from collections.abc import Callable

TEXT = 4.5
"""The least ratio of text to its ground (WCAG 2.2, success criterion 1.4.3, level AA)."""
LARGE_TEXT = 3.0
"""The same for text of at least 18 points, or 14 points in bold (1.4.3)."""
GRAPHICS = 3.0
"""The least ratio of a part of a picture to what it adjoins (1.4.11, level AA)."""
_LINEAR_UP_TO = 0.04045
_SHARES = (0.2126, 0.7152, 0.0722)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    return sum(share * _linear(part / 255) for share, part in zip(_SHARES, _parts(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def nearest_shade(colour: str, passes: Callable[[str], bool]) -> str:
    """The colour with as little black in it as makes it pass; black where nothing does."""
    shades = (mixed(colour, "#000000", black / 255) for black in range(256))
    return next(filter(passes, shades), "#000000")


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with that share of another one (0 to 1), each part by itself."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_UP_TO else float(((part + 0.055) / 1.055) ** 2.4)
