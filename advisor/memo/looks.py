"""How a memo looks: colours, fonts, logo and what stands on every page; every renderer takes its looks from here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from advisor.memo.contrast import mixed

WHITE = "#ffffff"
NOTE_GROUND, WARNING_GROUND, CRITICAL_GROUND = "#f1f4f7", "#fdf3e1", "#fdeceb"
LOST, LOST_EDGE = "#c9d1d9", "#8b95a1"
"""The grey of what a bar loses, and its edge."""
_SOFTNESS = 0.905
"""How much white is in the ground of a decision."""

LogoKind = Literal["png", "jpeg", "svg"]


@dataclass(frozen=True, slots=True)
class Face:
    """A font file of a family: its weight (400 is regular, 700 bold) and its bytes."""

    weight: int
    kind: Literal["ttf", "otf"]
    data: bytes


@dataclass(frozen=True, slots=True)
class Font:
    """A family by its name; `found` says whether the PDF can be set in it, `faces` are its given upright files."""

    family: str
    found: bool = False
    faces: tuple[Face, ...] = ()


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture with what it says to who does not see it, and its height on paper in millimetres."""

    kind: LogoKind
    data: bytes
    alternative: str
    height: int


@dataclass(frozen=True, slots=True)
class Looks:
    """Colours as ``#rrggbb``, fonts, logo and texts.

    `accent` is for words (headings, links), `graphics` for rules and edges, `bars` for charts, `title` for the answer
    at the top. Without a font each format has its own. `font_folder` holds the given font files. `template` is a
    Word file without text, whose styles, page, headers and footers a Word memo takes.
    """

    ink: str = "#1b2430"
    quiet: str = "#55606e"
    title: str = "#1b2430"
    accent: str = "#0b6e69"
    graphics: str = "#0b6e69"
    bars: str = "#0b6e69"
    text_font: Font | None = None
    heading_font: Font | None = None
    font_folder: Path | None = None
    logo: Logo | None = None
    footer: str = ""
    confidentiality: str = ""
    template: bytes | None = None

    @property
    def soft(self) -> str:
        """The ground of a decision: the colour of graphics with much white."""
        return mixed(self.graphics, WHITE, _SOFTNESS)

    @property
    def heats(self) -> dict[str, str]:
        """The grounds of a heat map, the darker the more: shades of the colour of words, which all can be read on."""
        return {"low": mixed(self.accent, WHITE, 0.86), "high": mixed(self.accent, WHITE, 0.54), "full": self.accent}

    @property
    def digest(self) -> str:
        """Names everything that can be seen of them, wherever the files lay."""
        seen = asdict(self) | {"font_folder": None}
        text = json.dumps(seen, default=lambda data: hashlib.sha256(data).hexdigest())
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every colour on which words stand."""
        return (WHITE, NOTE_GROUND, WARNING_GROUND, CRITICAL_GROUND, self.soft)


USUAL = Looks()
