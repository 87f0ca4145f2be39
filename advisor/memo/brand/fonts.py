"""The fonts of a brand: only those that come with Typst or stand in the brand's own folder are used for PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import typst

from advisor.memo.looks import Face, Font, Looks
from advisor.memo.pdf.fonts import OWN_FONTS
from advisor.profile.texts import read_fields, read_text_field
from advisor.reading import Collector, Node, Scalar, did_you_mean, quote

LARGEST_FACE = 2_000_000
"""The bytes of a font file that a page may carry."""
_FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_FIELDS = ("text", "headings", "folder")
_KINDS = (".ttf", ".otf")
_WEIGHTS = (400, 600, 700)
"""The weights that a page shows."""


def read_fonts(node: Node | None, looks: Looks, folder: Path, problems: Collector) -> Looks:
    """The looks with the fonts of a brand, whose folder stands beside the brand file in `folder`.

    A font that cannot be found is noted, with what is used instead. Headings take the font of the text where nothing
    else is said.
    """
    if node is None or (isinstance(node, Scalar) and node.empty):
        return looks
    fields = read_fields(node, _FIELDS, "fonts", problems)
    given = _folder(fields.get("folder"), folder, problems)
    known = _known(given)
    text = _font(fields.get("text"), "text", known, problems)
    headings = _font(fields.get("headings"), "headings", known, problems)
    return replace(looks, text_font=text, heading_font=headings or text, font_folder=given)


def _folder(node: Node | None, beside: Path, problems: Collector) -> Path | None:
    name = read_text_field(node, "folder", problems)
    if node is None or name is None:
        return None
    folder = beside / name
    if not folder.is_dir():
        problems.add(node.place, "M106", f"there is no folder {quote(name)} beside the brand file; check the path")
        return None
    if not any(each.suffix.lower() in _KINDS for each in folder.iterdir()):
        problems.add(node.place, "M106", f"the folder {quote(name)} holds no font file ({', '.join(_KINDS)})")
        return None
    return folder.resolve()


def _known(folder: Path | None) -> dict[str, list[typst.FontInfo]]:
    """The fonts of every family, by its name in small letters, that are the same on every machine."""
    paths = [OWN_FONTS, folder] if folder else [OWN_FONTS]
    known: dict[str, list[typst.FontInfo]] = {}
    for each in typst.Fonts(include_system_fonts=False, font_paths=paths).fonts():
        known.setdefault(each.family.casefold(), []).append(each)
    return known


def _font(node: Node | None, name: str, known: dict[str, list[typst.FontInfo]], problems: Collector) -> Font | None:
    family = read_text_field(node, name, problems)
    if node is None or family is None:
        return None
    if not _FAMILY.fullmatch(family):
        message = f"{name}: {quote(family)} is no name of a font; letters A to Z, digits, spaces, - _ and . make one"
        problems.add(node.place, "M105", message)
        return None
    faces = known.get(family.casefold())
    if not faces:
        hint = did_you_mean(family, {each.family for group in known.values() for each in group})
        said = f"{name}: the font {quote(family)} comes neither with advisor nor in the folder of fonts{hint}"
        used = "the PDF is set in Source Sans Pro; HTML and Word show the font where the reader's computer has it"
        problems.note(node.place, "M107", f"{said}; {used}; put its files into a folder and name it: folder: fonts")
        return Font(family)
    own = [each for each in faces if each.path and Path(each.path).parent != OWN_FONTS]
    return Font(faces[0].family, True, tuple(_faces(own)))


def _faces(fonts: Iterable[typst.FontInfo]) -> Iterable[Face]:
    """The upright files of a brand that a page can carry, the lightest first."""
    shown = [each for each in fonts if each.style == "normal" and each.weight in _WEIGHTS]
    for each in sorted(shown, key=lambda each: (each.weight, str(each.path))):
        path = Path(str(each.path))
        if path.suffix.lower() in _KINDS and path.stat().st_size <= LARGEST_FACE:
            yield Face(each.weight, "ttf" if path.suffix.lower() == ".ttf" else "otf", path.read_bytes())
