"""Reading a brand file strictly: all problems at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from advisor.memo.brand.colours import read_colours
from advisor.memo.brand.fonts import read_fonts
from advisor.memo.brand.logo import read_logo
from advisor.memo.looks import USUAL, Looks
from advisor.profile.texts import read_fields, read_text_field
from advisor.reading import Collector, Mapping, Node, Problem, Scalar, compose, quote, read_text

VERSION = "1"
LONGEST_LINE = 160
"""Characters of a line at the foot of each page."""
TOP = ("advisor_brand", "colours", "fonts", "logo", "footer", "confidentiality")


@dataclass(frozen=True, slots=True)
class Brand:
    """The looks that a brand file asks for, and what is worth knowing although nothing is wrong."""

    looks: Looks
    notes: tuple[Problem, ...]


def read_brand(path: Path) -> Brand:
    """Read a brand file; its logo and folder of fonts are named from where it stands.

    Raises `InvalidInput` with every problem, in the order of the file.
    """
    problems = Collector()
    root = compose(read_text(path), str(path), problems)
    _check_marker(root, problems)
    fields = read_fields(root, TOP, "a brand", problems)
    looks = read_colours(fields.get("colours"), USUAL, problems)
    looks = read_fonts(fields.get("fonts"), looks, path.parent, problems)
    looks = read_logo(fields.get("logo"), looks, path.parent, problems)
    footer = _line(fields.get("footer"), "footer", problems)
    confidentiality = _line(fields.get("confidentiality"), "confidentiality", problems)
    problems.stop_if_any()
    return Brand(replace(looks, footer=footer, confidentiality=confidentiality), problems.notes)


def _check_marker(root: Node, problems: Collector) -> None:
    entries = root.entries if isinstance(root, Mapping) else ()
    marker = root.get("advisor_brand") if isinstance(root, Mapping) else None
    if marker is None:
        problems.add(root.place, "M101", "this is not a brand file; its first line must be 'advisor_brand: 1'")
    elif not isinstance(marker, Scalar) or marker.quoted or marker.text != VERSION:
        said = quote(marker.text) if isinstance(marker, Scalar) else "something else"
        message = f"the format's version is {said}, this program reads 'advisor_brand: {VERSION}' (no quotes)"
        problems.add(marker.place, "M102", message)
    if not any(key.text in TOP for key, _ in entries) or (isinstance(marker, Scalar) and marker.text != VERSION):
        # Nothing else that could be said about another kind of file would help.
        problems.stop_if_any()


def _line(node: Node | None, what: str, problems: Collector) -> str:
    text = read_text_field(node, what, problems) or ""
    if node is not None and len(text) > LONGEST_LINE:
        message = f"{what} has {len(text):,} characters; at most {LONGEST_LINE} fit at the foot of a page, shorten it"
        problems.add(node.place, "M111", message)
    return text
