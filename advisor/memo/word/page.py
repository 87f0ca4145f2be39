"""What is on every page, and what the file says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from advisor.memo.document import Furniture, Memo
from advisor.memo.word.xml import element, field, run

_NO_DATE = date(1980, 1, 1)
TEXT_WIDTH = Mm(170)
_HEADER_LINE = Pt(12)
_LONGEST_PROPERTY = 255


def set_properties(document: Document, memo: Memo) -> None:
    """Title, author, language and date as stated, and nothing else: the template's own leave the file."""
    own, furniture = document.core_properties, memo.furniture
    own.title, own.author = memo.title[:_LONGEST_PROPERTY], furniture.prepared_by[:_LONGEST_PROPERTY]
    own.language = furniture.language
    own.comments = own.keywords = own.subject = own.category = own.last_modified_by = ""
    own.revision = 1
    day = furniture.date or _NO_DATE
    own.created = own.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for name, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[name]


def set_language(document: Document, language: str) -> None:
    """The language of what nothing else names one for, and hyphenation, which long words in narrow columns need."""
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    settings.find(qn("w:defaultTabStop")).addnext(element("<w:autoHyphenation/>"))


def set_language_of_template(document: Document, language: str) -> None:
    """The language of the memo in all styles of a template, which may name others."""
    styles = document.styles.element
    for each in styles.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    normal = document.styles["Normal"].element.get_or_add_rPr()
    if normal.find(qn("w:lang")) is None:
        normal.append(element(f'<w:lang w:val="{language}"/>'))


def text_width(document: Document) -> Length:
    """How wide the text of the first section is."""
    section = document.sections[0]
    margins = (section.left_margin, section.right_margin, section.gutter)
    return Emu((section.page_width or Mm(210)) - sum(margin or 0 for margin in margins))


def text_height(document: Document) -> Length:
    """How high the text of the first page is; headers and footers that are higher than their margins take of it."""
    section = document.sections[0]
    own = section.different_first_page_header_footer
    header, footer = (section.first_page_header, section.first_page_footer) if own else (section.header, section.footer)
    above = max(abs(section.top_margin or 0), _reach(section.header_distance, header))
    below = max(abs(section.bottom_margin or 0), _reach(section.footer_distance, footer))
    return Emu((section.page_height or Mm(297)) - above - below)


def _reach(distance: Length | None, part: _Header | _Footer) -> int:
    """How far a header or footer reaches from the edge of the page, reckoned by its lines and pictures."""
    if part.is_linked_to_previous:
        return 0
    pictures = sum(int(each) for each in part._element.xpath(".//wp:inline/wp:extent/@cy"))
    return (distance or 0) + len(part._element.xpath(".//w:p")) * _HEADER_LINE + pictures


def set_page(document: Document, furniture: Furniture) -> None:
    """A4, the organisation and the reference above the text from page 2 on, the page number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    complete_page(document, furniture)


def complete_page(document: Document, furniture: Furniture) -> None:
    """What a page without headers or footers lacks: the organisation and the reference above, the page number below."""
    section, width = document.sections[0], text_width(document)
    headless, footless = (not section._sectPr.xpath(f"w:{name}Reference") for name in ("header", "footer"))
    if headless and footless:
        section.different_first_page_header_footer = True
    first = section.different_first_page_header_footer
    if headless:
        above = section.header.paragraphs[0]
        above.text = "\t".join(furniture.heads)
        for stop in document.styles["Header"].paragraph_format.tab_stops:
            above.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        above.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    for place in (section.footer, section.first_page_footer) if footless and first else (section.footer,) * footless:
        below = place.paragraphs[0]
        _page_number(below, furniture.page)


def _page_number(paragraph: Paragraph, words: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    before, rest = words.split("{number}")
    between, after = rest.split("{total}")
    xml = run(before) + field("PAGE", "1") + run(between) + field("NUMPAGES", "1") + run(after)
    for each in element(f"<w:p>{xml}</w:p>"):
        paragraph._p.append(each)
