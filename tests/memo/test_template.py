"""A client's Word template: its styles, page, headers and footers, and nothing else of it, whatever it holds."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.memo import Memo, MemoOptions, memo_of
from advisor.memo.blocks import Bullets, Text, Title
from advisor.memo.contrast import GRAPHICS, contrast
from advisor.memo.looks import LOST, WHITE
from advisor.memo.word import render_word
from advisor.memo.word.template import CODES, Template, read_template
from advisor.reading import InvalidInput
from tests.memo.documents import every_block, strings_of
from tests.memo.samples import ROOT, advice

_FIELD = (
    '<w:r {0}><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:r {0}><w:instrText>{1}</w:instrText></w:r>",
    '<w:r {0}><w:fldChar w:fldCharType="separate"/></w:r>',
    "<w:r {0}><w:t>{2}</w:t></w:r>",
    '<w:r {0}><w:fldChar w:fldCharType="end"/></w:r>',
)
_FRAME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/frame"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def _client() -> Document:
    """A plain template with a page, a header, a footer, colours of its own and some text."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(216), Mm(279), Mm(50)
    section.header.paragraphs[0].text = "ACME header"
    section.footer.paragraphs[0].text = "ACME footer "
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Heading 2"].font.color.rgb = RGBColor(1, 2, 3)
    document.add_heading("The text of the client", 1)
    document.add_table(2, 2)
    return document


def _saved(document: Document, folder: Path, name: str = "client.docx") -> Path:
    path = folder / name
    document.save(str(path))
    return path


def _packed(path: Path, **changes: bytes | None) -> Path:
    """The same package with parts added, changed or (None) left out; in names `__` stands for a slash."""
    with zipfile.ZipFile(path) as package:
        parts: dict[str, bytes | None] = {name: package.read(name) for name in package.namelist()}
    parts.update({name.replace("__", "/").replace("CT", "[Content_Types].xml"): data for name, data in changes.items()})
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            if data is not None:
                package.writestr(name, data)
    return path


def _parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _memo(template: Template, text: str = "words") -> bytes:
    return render_word(replace(_usual(), blocks=every_block(text), looks=template.looks))


@cache
def _usual() -> Memo:
    return memo_of(advice("ikea"))


def _remove(document: Document, *names: str) -> None:
    for name in names:
        style = document.styles[name].element
        style.getparent().remove(style)


def _codes(template: Template) -> list[str]:
    return [problem.code for problem in template.removed]


def _add_field(paragraph: Any, instruction: str, shown: str) -> None:
    for piece in _FIELD:
        paragraph._p.append(parse_xml(piece.format(nsdecls("w"), instruction, shown)))


# --- what is used ---


def test_styles_page_header_and_footer_are_those_of_the_template(tmp_path):
    file = _memo(read_template(_saved(_client(), tmp_path)))
    document = docx.Document(io.BytesIO(file))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (216, 50)
    assert section.header.paragraphs[0].text == "ACME header"
    assert section.footer.paragraphs[0].text == "ACME footer "
    assert str(document.styles["Heading 2"].font.color.rgb) == "010203"
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.styles["Advisor Cell"].font.name is None


def test_the_text_of_the_template_is_not_carried_over(tmp_path):
    assert b"of the client" not in b"".join(_parts(_memo(read_template(_saved(_client(), tmp_path)))).values())


def test_every_string_of_the_memo_is_in_the_file(tmp_path):
    made = memo_of(advice("ikea"), MemoOptions(looks=read_template(_saved(_client(), tmp_path)).looks))
    parts = _parts(render_word(made))
    text = [
        " ".join("".join(part.text or "" for part in each.iter(qn("w:t"))).split())
        for name in ("word/document.xml", "word/footnotes.xml")
        for each in parse_xml(parts[name]).iter(qn("w:p"))
    ]
    text += [each.get("descr", "") for each in parse_xml(parts["word/document.xml"]).iter()]
    assert [words for words in strings_of(made) if words not in "\n".join(text)] == []


def test_tables_and_charts_keep_within_the_page(tmp_path):
    document = docx.Document(io.BytesIO(_memo(read_template(_saved(_client(), tmp_path)))))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    width = section.page_width - section.left_margin - section.right_margin
    grids = [[int(each.get(qn("w:w"))) * 635 for each in table._tbl.tblGrid] for table in document.tables]
    assert grids
    assert all(sum(grid) == pytest.approx(width, rel=0.01) for grid in grids)
    assert all(shape.width <= width for shape in document.inline_shapes)


def test_page_numbers_are_added_where_the_template_has_no_footer(tmp_path):
    template = read_template(_saved(docx.Document(), tmp_path))
    assert template.page.endswith("the memo's header, the memo's footer")
    parts = _parts(_memo(template))
    assert any(b"NUMPAGES" in data for name, data in parts.items() if "footer" in name)
    header = docx.Document(io.BytesIO(_memo(template))).sections[0].header.paragraphs[0]
    stops = [stop.alignment for stop in header.paragraph_format.tab_stops]
    assert stops.count(WD_TAB_ALIGNMENT.RIGHT) == 1
    assert stops.count(WD_TAB_ALIGNMENT.CLEAR) == len(stops) - 1 > 0


def test_headers_of_an_earlier_section_hold_for_the_last_one(tmp_path):
    document = _client()
    document.add_section()
    assert docx.Document(io.BytesIO(_memo(read_template(_saved(document, tmp_path))))).sections[0].header.paragraphs[
        0
    ].text == ("ACME header")


def test_a_word_template_is_taken_as_well(tmp_path):
    path = _saved(_client(), tmp_path, "client.dotx")
    types = _parts(path.read_bytes())["[Content_Types].xml"]
    _packed(path, CT=types.replace(b"document.main+xml", b"template.main+xml"))
    assert b"template.main" not in _parts(_memo(read_template(path)))["[Content_Types].xml"]


# --- styles ---


def test_missing_styles_are_named_and_what_is_used_instead(tmp_path):
    document = _client()
    _remove(document, "Heading 3", "Heading 4", "List Number", "Strong")
    template = read_template(_saved(document, tmp_path))
    used = {fate.name: fate.used for fate in template.styles if not fate.found and not fate.own}
    assert used["Heading 3"] == "made from Heading 2, a fifth smaller"
    assert used["Heading 4"] == "made from Heading 3, a fifth smaller"
    assert set(used) == {"Heading 3", "Heading 4", "List Number", "Strong", "footnote text", "footnote reference"}
    made = docx.Document(io.BytesIO(_memo(template)))
    heading: Any = made.styles["Heading 4"]
    assert heading.base_style.name == "Heading 3"
    assert made.styles["Heading 2"].font.size > made.styles["Heading 3"].font.size >= heading.font.size
    assert heading.element.xpath("w:pPr/w:outlineLvl")[0].get(qn("w:val")) == "3"


@pytest.mark.parametrize("gone", [("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 5"), ("Normal",)])
def test_a_template_without_the_plainest_styles_still_makes_a_memo(tmp_path, gone):
    document = _client()
    _remove(document, *gone)
    file = _memo(read_template(_saved(document, tmp_path)))
    names = {style.name for style in docx.Document(io.BytesIO(file)).styles}
    assert set(gone) <= names


def test_styles_of_another_language_are_known_by_their_names(tmp_path):
    """German Word has other ids; what refers to them follows."""
    path = _saved(_client(), tmp_path)
    xml = _parts(path.read_bytes())["word/styles.xml"].decode()
    for old, new in (("Heading1", "berschrift1"), ("Heading2", "berschrift2"), ("Normal", "Standard")):
        xml = re.sub(rf'(w:(?:styleId|val)=)"{old}"(?!/><w:name)', rf'\1"{new}"', xml)
    xml = xml.replace('<w:name w:val="Standard"/>', '<w:name w:val="Normal"/>')
    template = read_template(_packed(path, word__styles=None, **{"word__styles.xml": xml.encode()}))
    assert {fate.name for fate in template.styles if not fate.found and not fate.own} == {
        "footnote text",
        "footnote reference",
    }
    document = docx.Document(io.BytesIO(_memo(template)))
    assert {p._p.style for p in document.paragraphs} >= {"Heading1", "Heading2"}
    ids = [style.style_id for style in document.styles]
    assert len(ids) == len(set(ids))
    based = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:basedOn"))}
    assert based <= set(ids)


def test_a_style_of_another_kind_or_with_an_id_of_ours_is_moved_aside(tmp_path):
    document = _client()
    _remove(document, "Strong")
    document.styles.add_style("Strong", 1)
    document.styles.add_style("Something else", 1).element.set(qn("w:styleId"), "AdvisorCell")
    styles = docx.Document(io.BytesIO(_memo(read_template(_saved(document, tmp_path))))).styles
    assert styles["Strong"].type == 2
    assert styles["Strong (template)"].type == 1
    assert styles["Something else"].style_id == "AdvisorCellTemplate"


def test_a_style_of_a_memo_that_the_template_has_is_used(tmp_path):
    document = _client()
    document.styles.add_style("Advisor Warning", 1).font.color.rgb = RGBColor(9, 9, 9)
    template = read_template(_saved(document, tmp_path))
    assert next(fate for fate in template.styles if fate.name == "Advisor Warning").found
    styles = docx.Document(io.BytesIO(_memo(template))).styles
    assert str(styles["Advisor Warning"].font.color.rgb) == "090909"


@pytest.mark.parametrize("whole", [True, False])
def test_lists_have_bullets_and_numbers_from_one(tmp_path, whole):
    """With the template's numbering, and without any."""
    document = _client()
    if not whole:
        for name in ("List Bullet", "List Number"):
            properties = document.styles[name].element.pPr
            properties.remove(properties.numPr)
        key = next(key for key, each in document.part.rels.items() if each.reltype == RELATIONSHIP_TYPE.NUMBERING)
        del document.part.rels[key]
    template = read_template(_saved(document, tmp_path))
    assert [fate.used for fate in template.styles if fate.name.startswith("List ")] == (
        ["", ""] if whole else ["with the memo's own bullets", "with the memo's own numbers"]
    )
    numbered = Bullets((Text("a"), Text("b")), numbered=True)
    blocks = (Title("t"), Bullets((Text("x"),)), numbered, numbered)
    parts = _parts(render_word(replace(_usual(), blocks=blocks, looks=template.looks)))
    numbers = re.findall(r'<w:numId w:val="(\d+)"/>', parts["word/document.xml"].decode())
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = parse_xml(parts["word/numbering.xml"])
    known = [each.get(qn("w:numId")) for each in numbering.iter(qn("w:num"))]
    assert set(numbers) <= set(known)
    assert len(known) == len(set(known))


def test_charts_take_the_theme_as_dark_as_they_need(tmp_path):
    path = _saved(_client(), tmp_path)
    theme = _parts(path.read_bytes())["word/theme/theme1.xml"].decode()
    bright = re.sub(r'(<a:accent1>\s*<a:srgbClr val=)"\w+"', r'\1"FFCC00"', theme)
    assert "FFCC00" in bright
    looks = read_template(_packed(path, **{"word__theme__theme1.xml": bright.encode()})).looks
    assert contrast(looks.graphics, WHITE) >= GRAPHICS
    assert contrast(looks.bars, LOST) >= GRAPHICS
    assert looks.bars not in ("#ffcc00", "#0b6e69")


# --- what is refused and what leaves ---


def test_macros_are_refused(tmp_path):
    path = _packed(_saved(_client(), tmp_path), **{"word__vbaProject.bin": b"x"})
    types = _parts(path.read_bytes())["[Content_Types].xml"]
    other = _packed(
        _saved(_client(), tmp_path, "named.docx"),
        CT=types.replace(b"openxmlformats-officedocument.wordprocessingml.document", b"ms-word.document.macroEnabled"),
    )
    for each in (path, other):
        with pytest.raises(InvalidInput, match="D003 it holds macros; save it"):
            read_template(each)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "D001"),
        (b"no package", "D001"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "D001"),
        (b"PK\x03\x04" + bytes(50), "D001"),
    ],
)
def test_what_is_no_word_file_is_refused(tmp_path, data, code):
    path = tmp_path / "client.docx"
    path.write_bytes(data)
    with pytest.raises(InvalidInput, match=code):
        read_template(path)


def test_a_workbook_is_refused_and_so_is_what_does_not_exist(tmp_path):
    path = _packed(_saved(_client(), tmp_path), **{"word__document.xml": None, "xl__workbook.xml": b"<a/>"})
    with pytest.raises(InvalidInput, match="D001 it is a package, but no Word document"):
        read_template(path)
    with pytest.raises(InvalidInput, match="Y001"):
        read_template(tmp_path / "gone.docx")


def test_entities_and_bombs_are_refused(tmp_path):
    path = _saved(_client(), tmp_path)
    styles = _parts(path.read_bytes())["word/styles.xml"]
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + styles.partition(b"?>")[2]
    with pytest.raises(InvalidInput, match=r"D004 its part 'word/styles\.xml' declares"):
        read_template(_packed(path, **{"word__styles.xml": bomb}))
    path = _saved(_client(), tmp_path, "big.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/big.bin", bytes(61_000_000))
    with pytest.raises(InvalidInput, match="D002 it unpacks to"):
        read_template(path)


def test_a_page_without_room_is_refused(tmp_path):
    document = _client()
    document.sections[0].left_margin = Mm(150)
    with pytest.raises(InvalidInput, match="D005 its text is 34 mm wide"):
        read_template(_saved(document, tmp_path))


def _acting(folder: Path) -> Path:
    """A template with everything that acts or is loaded from elsewhere, in its header where that is possible."""
    document = _client()
    header, main = document.sections[0].header, document.part
    link = header.part.relate_to("http://example.org/track", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    picture = header.part.relate_to("http://example.org/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    ole = Part(
        PackURI("/word/embeddings/o.bin"), "application/vnd.openxmlformats-officedocument.oleObject", b"x", main.package
    )
    embedded = header.part.relate_to(ole, RELATIONSHIP_TYPE.OLE_OBJECT)
    drawing = Part(PackURI("/word/media/x.svg"), "image/svg+xml", _SVG.format("<script/>").encode(), main.package)
    scripted = header.part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
    namespaces = (
        f'{nsdecls("w", "r", "a", "wp", "pic")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    for xml in (
        f'<w:hyperlink r:id="{link}" {{0}}><w:r><w:t>words of a link</w:t></w:r></w:hyperlink>',
        f'<w:r {{0}}><w:drawing><a:graphic><a:blip r:link="{picture}"/></a:graphic></w:drawing></w:r>',
        f'<w:r {{0}}><w:object><v:shape/><o:OLEObject r:id="{embedded}"/></w:object></w:r>',
        f'<w:r {{0}}><w:pict><v:imagedata r:id="{scripted}"/></w:pict></w:r>',
        '<w:r {0}><w:pict><v:shape href="http://example.org/b"/></w:pict></w:r>',
        '<w:r {0}><w:pict><v:imagedata src="//example.org/c"/></w:pict></w:r>',
        '<w:fldSimple w:instr=" INCLUDETEXT c:\\\\secret.docx " {0}><w:r><w:t>kept words</w:t></w:r></w:fldSimple>',
    ):
        header.paragraphs[0]._p.append(parse_xml(xml.format(namespaces)))
    _add_field(header.paragraphs[0], ' DDEAUTO cmd "/c calc" ', "shown last")
    _add_field(header.paragraphs[0], " PAGE ", "1")
    settings = document.settings.element
    remote = main.part_related_by(RELATIONSHIP_TYPE.SETTINGS).relate_to(
        "http://example.org/evil.dotm",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    settings.insert(0, parse_xml(f'<w:attachedTemplate r:id="{remote}" {nsdecls("w", "r")}/>'))
    settings.insert(1, parse_xml(f"<w:mailMerge {nsdecls('w')}/>"))
    document.core_properties.author = "Client author"
    main.relate_to("http://example.org/frame", _FRAME, is_external=True)
    return _saved(document, folder)


def test_what_acts_or_is_loaded_leaves_and_is_told(tmp_path):
    template = read_template(_acting(tmp_path))
    told = "\n".join(map(str, template.removed))
    for words in (
        "D010 left out: a link to 'http://example.org/track'",
        "D010 left out: a picture to 'http://example.org/a.png'",
        "D010 left out: the remote template to 'http://example.org/evil.dotm'",
        "D010 left out: frame to 'http://example.org/frame'",
        "D010 left out: an address 'http://example.org/b'",
        "D010 left out: an address '//example.org/c'",
        "D011 left out: an embedded object (oleObject)",
        "D012 left out: the field INCLUDETEXT",
        "D012 left out: the field DDEAUTO",
        "D013 left out: a mail merge",
    ):
        assert words in told
    assert set(_codes(template)) <= set(CODES)
    parts = _parts(_memo(template))
    everything = b"".join(parts.values())
    for trace in (
        b"example.org",
        b"External",
        b"oleObject",
        b"DDEAUTO",
        b"INCLUDETEXT",
        b"mailMerge",
        b"Client author",
    ):
        assert trace not in everything, trace
    assert b"<script" not in everything
    header = next(data for name, data in parts.items() if re.fullmatch(r"word/header\d*\.xml", name))
    words = "".join(each.text or "" for each in parse_xml(header).iter(qn("w:t")))
    assert words == "ACME headerwords of a linkkept wordsshown last1"
    assert b"PAGE" in header


def test_every_reference_of_the_memo_leads_to_a_part_of_it(tmp_path):
    document = docx.Document(io.BytesIO(_memo(read_template(_acting(tmp_path)))))
    for part in (document.part, *(each.target_part for each in document.part.rels.values())):
        if hasattr(part, "element"):
            ids = re.findall(r'r:(?:id|embed|link)="([^"]+)"', part.blob.decode())
            assert set(ids) <= set(part.rels), part.partname


def test_the_properties_are_those_of_the_memo(tmp_path):
    core = _parts(_memo(read_template(_acting(tmp_path))))["docProps/core.xml"].decode()
    assert "Client author" not in core
    assert "docProps/app.xml" not in _parts(_memo(read_template(_acting(tmp_path))))


def test_the_same_template_gives_the_same_bytes(tmp_path):
    path = _acting(tmp_path)
    assert _memo(read_template(path)) == _memo(read_template(path))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_damaged_template_gives_a_message(tmp_path_factory, data):
    """Any part of a package cut, or any byte of it changed."""
    folder = tmp_path_factory.mktemp("damaged")
    path = _acting(folder)
    parts = _parts(path.read_bytes())
    name = data.draw(st.sampled_from(sorted(parts)))
    cut = data.draw(st.integers(0, len(parts[name])))
    byte = data.draw(st.binary(max_size=2))
    rest = parts[name][cut + data.draw(st.integers(0, 40)) :]
    with zipfile.ZipFile(path, "w") as package:
        for each, content in parts.items():
            package.writestr(each, parts[name][:cut] + byte + rest if each == name else content)
    try:
        assert _memo(read_template(path)).startswith(b"PK")
    except InvalidInput as error:
        assert {problem.code for problem in error.problems} <= set(CODES)


# --- the command ---


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "advisor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_command_says_what_a_template_lacks(tmp_path):
    document = _client()
    _remove(document, "Heading 4")
    done = _run("check-template", str(_saved(document, tmp_path)))
    assert done.returncode == 0
    assert "216 × 279 mm, text 134 mm wide, its header, its footer; its own text is not carried over" in done.stdout
    assert re.search(r"Heading 4 +missing +made from Heading 3", done.stdout)
    (tmp_path / "no.docx").write_text("no")
    assert _run("check-template", str(tmp_path / "no.docx")).returncode == 2


def test_the_memo_in_a_template_says_what_was_left_out(tmp_path):
    path = _acting(tmp_path)
    done = _run("memo", "profiles/ikea.yaml", "--no-outlook", "--template", str(path), "-o", str(tmp_path / "m.docx"))
    assert done.returncode == 0
    assert "D010 left out: the remote template" in done.stderr
    assert "no style footnote text, footnote reference; what is used: advisor check-template" in done.stderr


@pytest.mark.parametrize("more", [("-o", "m.pdf"), ("-o", "-"), ("-o", "m.docx", "--brand", "docs/brand/brand.yaml")])
def test_a_template_is_for_word_alone(tmp_path, more):
    done = _run("memo", "profiles/ikea.yaml", "--template", str(_saved(_client(), tmp_path)), *more)
    assert done.returncode == 2
    assert "--template" in done.stderr
