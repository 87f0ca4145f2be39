"""The memo as a Word file: real styles, headings, footnotes and page numbers, ready to be edited."""

from __future__ import annotations

from io import BytesIO

from docx import Document

from advisor.memo.document import Memo
from advisor.memo.word.body import Body
from advisor.memo.word.fit import fit
from advisor.memo.word.footnotes import add_footnotes
from advisor.memo.word.package import settled
from advisor.memo.word.page import set_language, set_page, set_properties
from advisor.memo.word.styles import set_styles


def render_word(memo: Memo) -> bytes:
    """The whole memo as a Word file; the same memo gives the same bytes."""
    document = Document()
    set_styles(document, memo.furniture.language)
    set_properties(document, memo)
    set_language(document, memo.furniture.language)
    set_page(document, memo.furniture)
    if memo.one_page:
        fit(document, memo)
    body = Body(document, memo.provenance)
    for block, following in zip(memo.blocks, (*memo.blocks[1:], None), strict=False):
        body.add(block, following)
    add_footnotes(document, [origin.words for origin in body.notes.origins])
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue())
