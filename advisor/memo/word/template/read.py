"""Reading a template: from a client's Word file to one that holds its looks and every style that a memo needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.shared import Mm

from advisor.memo.looks import Looks
from advisor.memo.word.package import settled
from advisor.memo.word.page import text_width
from advisor.memo.word.template.clean import clean
from advisor.memo.word.template.package import open_package
from advisor.memo.word.template.styles import Fate, fill_styles
from advisor.memo.word.template.theme import looks_of
from advisor.reading import InvalidInput, Place, Problem

NARROWEST = Mm(80)
"""The least width of text in which a memo's tables can be read."""


@dataclass(frozen=True, slots=True)
class Template:
    """The looks that a template gives, what became of each style, and what was left out of it."""

    looks: Looks
    styles: tuple[Fate, ...]
    removed: tuple[Problem, ...]
    page: str


def read_template(path: Path) -> Template:
    """Read a Word document or template (.docx, .dotx) for its styles, page, headers and footers; nothing in it is run.

    Raises `InvalidInput` where it cannot be used.
    """
    document = open_package(path)
    place = Place(str(path))
    try:
        removed = clean(document)
        looks = looks_of(document)
        styles = fill_styles(document, looks)
        width = text_width(document)
        page = _page(document)
        file = BytesIO()
        document.save(file)
    except Exception as error:
        # A package whose parts contradict each other raises errors of every kind.
        said = f"its parts contradict each other ({type(error).__name__}); open it in Word and save it anew as .docx"
        raise InvalidInput([Problem(place, "D001", said)]) from error
    if width < NARROWEST:
        said = f"its text is {width.mm:.0f} mm wide; a memo needs {NARROWEST.mm:.0f} mm: change its page or margins"
        raise InvalidInput([Problem(place, "D005", said)])
    problems = tuple(Problem(place, code, f"left out: {words}") for code, words in removed)
    return Template(replace(looks, template=settled(file.getvalue())), styles, problems, page)


def _page(document: Document) -> str:
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    size = f"{section.page_width.mm:.0f} × {section.page_height.mm:.0f} mm, text {text_width(document).mm:.0f} mm wide"
    kinds = {"header": section._sectPr.xpath("w:headerReference"), "footer": section._sectPr.xpath("w:footerReference")}
    return ", ".join([size, *(f"its {name}" if found else f"the memo's {name}" for name, found in kinds.items())])
