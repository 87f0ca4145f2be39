"""The logo of a brand: what kind of picture it is by its content, whether it can be shown, and that it only shows."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path

import typst

from advisor.memo import plain_svg
from advisor.memo.looks import Logo, LogoKind, Looks
from advisor.profile.texts import one_line, read_fields, read_required_text, read_scalar, read_text_field
from advisor.reading import Collector, InvalidInput, Node, Place, Scalar, quote
from advisor.reading.text_file import read_bytes

LARGEST_LOGO = 400_000
"""Bytes: every page and every file carries them."""
MOST_PIXELS = 4_000
LONGEST_ALTERNATIVE = 200
HEIGHTS = (5, 30)
"""Millimetres."""
WIDEST = 120
"""Millimetres: the width of a page without its margins, less a third."""
_USUAL_HEIGHT = 12
_FIELDS = ("file", "alternative", "height")
_TRIAL = b"#image(bytes(json(bytes(sys.inputs.picture))), format: sys.inputs.format, width: 3cm)"
_TYPST_FORMATS: dict[LogoKind, str] = {"png": "png", "jpeg": "jpg", "svg": "svg"}


class _Unusable(Exception):
    """Why a picture cannot be a logo: a code and a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_logo(node: Node | None, looks: Looks, folder: Path, problems: Collector) -> Looks:
    """The looks with the logo of a brand, whose file is named from `folder`."""
    if node is None or (isinstance(node, Scalar) and node.empty):
        return looks
    fields = read_fields(node, _FIELDS, "logo", problems)
    name = read_required_text(fields.get("file"), node.place, "the file of the logo", problems)
    alternative = _alternative(fields.get("alternative"), node.place, problems)
    height = _height(fields.get("height"), problems)
    if not name:
        return looks
    place = fields["file"].place
    try:
        data = read_bytes(folder / name, LARGEST_LOGO)
        kind = _checked(data, height)
    except InvalidInput as error:
        problems.add_all(
            problem._replace(place=place, message=f"{quote(name)}: {problem.message}") for problem in error.problems
        )
        return looks
    except _Unusable as error:
        problems.add(place, error.code, f"the logo {quote(name)} {error}")
        return looks
    return replace(looks, logo=Logo(kind, data, alternative, height))


def _alternative(node: Node | None, parent: Place, problems: Collector) -> str:
    if node is None:
        problems.add(parent, "P004", "the alternative text of the logo is missing; write what it says, such as a name")
        return ""
    scalar = read_scalar(node, "the alternative text", problems)
    text = one_line(scalar.text) if scalar else ""
    if len(text) > LONGEST_ALTERNATIVE:
        message = f"the alternative text has {len(text):,} characters; at most {LONGEST_ALTERNATIVE} are allowed"
        problems.add(node.place, "M111", message)
    return text


def _height(node: Node | None, problems: Collector) -> int:
    text = read_text_field(node, "height", problems)
    if node is None or text is None:
        return _USUAL_HEIGHT
    low, high = HEIGHTS
    if not (text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high):
        message = f"height: {quote(text)} is not a whole number of millimetres from {low} to {high}"
        problems.add(node.place, "M112", message)
        return _USUAL_HEIGHT
    return int(text)


def _checked(data: bytes, height: int) -> LogoKind:
    """The kind of a picture; raises `_Unusable`."""
    if len(data) > LARGEST_LOGO:
        raise _Unusable(
            "M108", f"is larger than {LARGEST_LOGO:,} bytes; every copy of the memo carries it: make it smaller"
        )
    kind = _kind(data)
    if kind is None:
        raise _Unusable("M109", "is neither PNG nor JPEG nor SVG by its content; save it as one of them")
    try:
        said = plain_svg.why_unsafe(data) if kind == "svg" else None
        if said:
            raise _Unusable("M110", f"holds {said}; save it as a plain drawing, or as PNG")
        width, tall = _size(data, kind)
        typst.compile(
            _TRIAL,
            ignore_system_fonts=True,
            sys_inputs={"picture": json.dumps(list(data)), "format": _TYPST_FORMATS[kind]},
        )
    except (ValueError, typst.TypstError) as error:
        raise _Unusable("M109", f"is damaged, or no complete picture ({error}); save it anew") from error
    if kind != "svg" and max(width, tall) > MOST_PIXELS:
        raise _Unusable("M108", f"has {width:.0f} × {tall:.0f} pixels; at most {MOST_PIXELS:,} each way are allowed")
    if width / tall * height > WIDEST:
        at_most = f"{WIDEST} mm are there; choose a smaller height, or another form of the logo"
        raise _Unusable("M108", f"would be {width / tall * height:.0f} mm wide where it is {height} mm high; {at_most}")
    return kind


def _kind(data: bytes) -> LogoKind | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    start = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "svg" if start.startswith(b"<") and b"<svg" in data[:20_000] else None


def _size(data: bytes, kind: LogoKind) -> tuple[float, float]:
    """Width and height; raises `ValueError` where they cannot be found."""
    match kind:
        case "svg":
            return plain_svg.size(data)
        case "png":
            width, height = _unpacked(">II", data, 16)
        case "jpeg":
            height, width = _unpacked(">HH", data, _frame(data) + 5)
    if not width or not height:
        raise ValueError("no size")
    return width, height


def _frame(data: bytes) -> int:
    """Where the segment of a JPEG begins that holds its size (a start of frame, C0 to CF without C4, C8 and CC)."""
    place = 2
    while True:
        marker, length = _unpacked(">HH", data, place)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            return place
        place += 2 + length


def _unpacked(form: str, data: bytes, place: int) -> tuple[int, int]:
    try:
        one, two = struct.unpack_from(form, data, place)
    except struct.error as error:
        raise ValueError("it ends too early") from error
    return one, two
