"""Slides read back: what stands on each, in its tables and in its notes, and the figures of charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from advisor.reread.package import Parts, number_of, read_parts
from advisor.reread.passages import ALTERNATIVE, Passage, Spot, settled

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DESCRIPTION = "{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr"
_SLIDES = re.compile(r"ppt/slides/slide\d+\.xml")
_NOTES = re.compile(r"ppt/notesSlides/notesSlide\d+\.xml")
_COMMENTS = re.compile(r"ppt/comments/[^/]+\.xml")
_CHARTS = re.compile(r"ppt/charts/chart\d*\.xml")


def read_slides(data: bytes) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages; a file that is broken or could do harm raises `Harmful`."""
    return read_parts(data, _passages, "file of slides")


def _passages(parts: Parts) -> Iterator[Passage]:
    slides = {name: parts.xml(name) for name in parts.named(_SLIDES)}
    for name, slide in slides.items():
        yield from _paragraphs(slide, Spot("slide", number_of(name)))
    for name in parts.named(_NOTES):
        yield from _paragraphs(parts.xml(name), Spot("slide_notes", number_of(name)))
    yield from parts.comments(_COMMENTS)
    yield from parts.figures(_CHARTS)
    for slide in slides.values():
        described = (settled(each.get("descr") or "") for each in slide.iter(_DESCRIPTION))
        yield from (Passage(ALTERNATIVE, words) for words in described if words)


def _paragraphs(part: Element, where: Spot) -> Iterator[Passage]:
    """The paragraphs that say something; fields, such as a number of a slide, are filled in by the program."""
    for each in part.iter(f"{_A}p"):
        runs = [run.find(f"{_A}t") for run in each.iter(f"{_A}r")]
        words = settled("".join(text.text or "" for text in runs if text is not None))
        if words:
            yield Passage(where, words)
