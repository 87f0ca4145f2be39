"""The memo as a Word file: real styles, headings, footnotes and page numbers, ready to be edited."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import docx
import docx.document

from advisor.memo.document import Memo
from advisor.memo.looks import Looks
from advisor.memo.word.body import Body
from advisor.memo.word.brand import add_brand
from advisor.memo.word.fit import fit
from advisor.memo.word.footnotes import add_footnotes
from advisor.memo.word.package import settled
from advisor.memo.word.page import complete_page, set_language, set_language_of_template, set_page, set_properties
from advisor.memo.word.record import add_record
from advisor.memo.word.styles import set_styles


def render_word(memo: Memo) -> bytes:
    """The whole memo as a Word file; the same memo gives the same bytes."""
    document = _of_template(memo, memo.looks.template) if memo.looks.template else _of_our_own(memo)
    set_properties(document, memo)
    if memo.one_page:
        fit(document, memo)
    body = Body(document, memo.provenance, memo.looks)
    for block, following in zip(memo.blocks, (*memo.blocks[1:], None), strict=False):
        body.add(block, following)
    add_footnotes(document, [origin.words for origin in body.notes.origins])
    if memo.record is not None:
        add_record(document, memo.record)
    file = BytesIO()
    document.save(file)
    return settled(file.getvalue())


def _of_our_own(memo: Memo) -> docx.document.Document:
    document = docx.Document(BytesIO(_styled(memo.furniture.language, memo.looks)))
    set_page(document, memo.furniture)
    add_brand(document, memo.looks)
    return document


@lru_cache(maxsize=2)
def _styled(language: str, looks: Looks) -> bytes:
    """Word's own template with our styles, which are the same in every memo of a folder."""
    document, file = docx.Document(), BytesIO()
    set_styles(document, language, looks)
    set_language(document, language)
    document.save(file)
    return file.getvalue()


def _of_template(memo: Memo, template: bytes) -> docx.document.Document:
    document = docx.Document(BytesIO(template))
    set_language_of_template(document, memo.furniture.language)
    complete_page(document, memo.furniture)
    return document
