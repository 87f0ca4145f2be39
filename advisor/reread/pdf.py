"""A PDF memo read back: the words of each page, what was laid over it, and what the pictures say."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, TypeVar

from pypdf import PageObject, PdfReader

from advisor.memo.record import FILE_NAME
from advisor.reread.passages import ALTERNATIVE, Passage, Spot, settled
from advisor.reread.refusals import Harmful

MOST_PAGES = 3_000
MOST_BYTES = 20_000_000
"""Of the record."""
_DEEPEST = 200
_PAINTS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"Do", b"sh", b"INLINE IMAGE")


_Read = TypeVar("_Read")


def read_pdf(data: bytes) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and every word with its page; a file that is broken raises `Harmful`."""
    return _read(data, lambda pdf: (_record(pdf), list(_passages(pdf))))


def read_pdf_record(data: bytes) -> str | None:
    """The record alone, which takes a tenth of the time; a file that is broken raises `Harmful`."""
    return _read(data, _record)


def _read(data: bytes, read: Callable[[PdfReader], _Read]) -> _Read:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = PdfReader(BytesIO(data))
        if len(pdf.pages) > MOST_PAGES:
            raise Harmful(f"it has more than {MOST_PAGES:,} pages")
        return read(pdf)
    except Harmful:
        raise
    except Exception as error:
        # A broken PDF makes the reader fail in any way; none of them is worth a traceback.
        raise Harmful(f"it is no sound PDF ({type(error).__name__}: {error})"[:200]) from error


def _record(pdf: PdfReader) -> str | None:
    for attached in pdf.attachment_list:
        if attached.name == FILE_NAME:
            content = attached.content
            if len(content) > MOST_BYTES:
                raise Harmful(f"its record is larger than {MOST_BYTES:,} bytes")
            return content.decode("utf-8")
    return None


def _passages(pdf: PdfReader) -> Iterator[Passage]:
    for number, page in enumerate(pdf.pages, 1):
        under = Spot("page", number)
        yield from (Passage(under, word) for word in settled(page.extract_text()).split())
        yield Passage(Spot("painted", number), f"[{_painted(page)}]")
        for annotation in page.get("/Annots") or ():
            yield from _laid_over(annotation.get_object(), under)
    root: Any = pdf.trailer["/Root"]
    if "/StructTreeRoot" in root:
        yield from (Passage(ALTERNATIVE, settled(words)) for words in _alternatives(root["/StructTreeRoot"], 0))


def _painted(page: PageObject) -> int:
    """How many shapes and pictures a page paints: what covers words is one more."""
    contents = page.get_contents()
    return 0 if contents is None else sum(operator in _PAINTS for _, operator in contents.operations)


def _laid_over(annotation: Any, under: Spot) -> Iterator[Passage]:
    """What covers a page or adds to it; links of our own lead to notes."""
    kind = str(annotation.get("/Subtype"))
    if kind != "/Link" or "/A" in annotation:
        yield Passage(under, settled(f"[{kind.strip('/')} {annotation.get('/Contents') or ''}]"))


def _alternatives(node: Any, depth: int) -> Iterator[str]:
    """The words that stand for pictures, in the tree of tags."""
    if depth > _DEEPEST:
        raise Harmful("its tags are nested too deeply")
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _alternatives(child, depth + 1)
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node:
            yield from _alternatives(node["/K"], depth + 1)
