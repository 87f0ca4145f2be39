"""A brand file: read strictly, its colours readable, its logo nothing but a picture, its texts text in every format."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from docx import Document
from font_source_sans_pro import __file__ as source_sans
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from PIL import Image
from pypdf import PdfReader

from advisor.memo import MemoOptions, memo_of
from advisor.memo.blocks import Chart, Paragraph, Text, Title
from advisor.memo.brand import CODES, brand_schema, read_brand
from advisor.memo.brand.colours import ROLES, lowest
from advisor.memo.contrast import GRAPHICS, contrast, luminance, nearest_shade
from advisor.memo.document import Memo, MemoWarning
from advisor.memo.drawing import svg
from advisor.memo.html import render_html
from advisor.memo.looks import LOST, USUAL, Font, Looks
from advisor.memo.pdf import render_pdf
from advisor.memo.word import render_word
from advisor.profile import CODES as PROFILE_CODES
from advisor.reading import CODES as READING_CODES
from advisor.reading import InvalidInput
from tests.memo.documents import HOSTILE
from tests.memo.samples import ROOT, advice

SAMPLE = ROOT / "docs" / "brand" / "brand.yaml"
_SHORT = (Title("t"), Paragraph(Text("words")))
_COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{}</svg>'
)


def _memo(looks: Looks) -> Memo:
    return memo_of(advice("ikea"), MemoOptions(looks=looks))


def _written(folder: Path, text: str, **files: bytes | str) -> Path:
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        folder.joinpath(name.replace("_", ".")).write_bytes(data)
    path = folder / "brand.yaml"
    path.write_text(f"advisor_brand: 1\n{text}", encoding="utf-8")
    return path


def _problems(path: Path) -> list[tuple[int, int, str]]:
    with pytest.raises(InvalidInput) as raised:
        read_brand(path)
    return [(each.place.line, each.place.column, each.code) for each in raised.value.problems]


def _alternatives(node: Any) -> Iterator[str]:
    """The alternative texts in the tree of tags of a PDF."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _alternatives(child)
    elif isinstance(node, dict):
        yield from [node["/Alt"]] if "/Alt" in node else []
        yield from _alternatives(node["/K"]) if "/K" in node else ()


def _page_text(file: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file)).pages]


# --- contrast ---


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # The values that the guidelines' own calculators give.
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_luminance_goes_from_black_to_white():
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)


@given(_COLOURS)
def test_the_nearest_shade_passes_and_none_before_it_does(colour):
    def passes(shade: str) -> bool:
        return contrast(shade, "#ffffff") >= 4.5

    shade = nearest_shade(colour, passes)
    assert passes(shade)
    if passes(colour):
        assert shade == colour
    else:
        lighter = [f"#{''.join(f'{min(int(shade[i : i + 2], 16) + 2, 255):02x}' for i in (1, 3, 5))}"]
        assert not any(passes(each) for each in lighter)


@settings(max_examples=40)
@given(_COLOURS, _COLOURS)
@example("#ffffff", "#ffffff")
def test_a_colour_that_cannot_be_read_is_refused_with_a_shade_that_can(tmp_path_factory, accent, graphics):
    """Whatever the colours: the brand is read, or each failing colour is named and the shades proposed are accepted."""
    folder = tmp_path_factory.mktemp("brand")
    text = 'colours:\n  accent: "{}"\n  graphics: "{}"\n'
    try:
        looks = read_brand(_written(folder, text.format(accent, graphics))).looks
    except InvalidInput as error:
        # The shade of one colour is the nearest while the other is what it is: its ground depends on it.
        for _ in range(3):
            for problem in error.problems:
                assert problem.code == "M104"
                assert "WCAG 2.2" in problem.message
                shade = problem.message.rpartition(" ")[2]
                accent, graphics = (shade, graphics) if problem.message.startswith("accent") else (accent, shade)
            try:
                looks = read_brand(_written(folder, text.format(accent, graphics))).looks
                break
            except InvalidInput as again:
                error = again
        else:
            pytest.fail(f"{accent} and {graphics} are still refused")
    for name, role in ROLES.items():
        assert lowest(name, getattr(looks, name), looks)[0] >= role.needs
    assert contrast(looks.bars, LOST) >= GRAPHICS


def test_the_usual_looks_pass_their_own_test():
    for name, role in ROLES.items():
        assert lowest(name, getattr(USUAL, name), USUAL)[0] >= role.needs
    assert contrast(USUAL.bars, LOST) >= GRAPHICS


def test_charts_keep_apart_in_greyscale_what_a_brand_would_blur(tmp_path):
    brand = read_brand(_written(tmp_path, 'colours:\n  accent: "#7a1f3d"\n  graphics: "#d9642e"\n'))
    assert (brand.looks.graphics, brand.looks.bars) == ("#d9642e", "#7a1f3d")
    assert [(note.code, note.place.line, note.place.column) for note in brand.notes] == [("M113", 4, 13)]
    chart = next(block for block in _memo(brand.looks).blocks if isinstance(block, Chart))
    assert "#7a1f3d" in svg(chart, brand.looks)
    assert USUAL.bars not in svg(chart, brand.looks)


# --- reading ---


def test_every_problem_is_told_at_once_with_its_place(tmp_path):
    text = """colors: {}
colours:
  accent: #7a1f3d
  ink: red
  title: "#ffe000"
fonts:
  text: "Foo'; } body { display: none"
  folder: nowhere
logo:
  file: gone.svg
  height: 500
footer: "%s"
confidentiality: [no]
""" % ("x" * 161)
    assert _problems(_written(tmp_path, text)) == [
        (2, 1, "P003"),
        (4, 10, "M103"),
        (5, 8, "M103"),
        (6, 10, "M104"),
        (8, 9, "M105"),
        (9, 11, "M106"),
        (11, 3, "P004"),
        (11, 9, "Y001"),
        (12, 11, "M112"),
        (13, 9, "M111"),
        (14, 18, "P005"),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "advisor_profile: 1\n", 'advisor_brand: "1"\n', "advisor_brand: 2\n"])
def test_another_file_is_no_brand(tmp_path, text):
    path = tmp_path / "brand.yaml"
    path.write_text(text)
    assert {code for _, _, code in _problems(path)} <= {"M101", "M102", "Y008"}


def test_a_first_line_that_is_missing_or_a_key_that_appears_twice_hides_nothing(tmp_path):
    path = tmp_path / "brand.yaml"
    path.write_text("footer: a\ncolours: {accent: red}\nfooter: b\nlogos: c\n")
    assert _problems(path) == [(1, 1, "M101"), (2, 19, "M103"), (3, 1, "Y012"), (4, 1, "P003")]


def test_a_message_names_ratio_ground_and_remedy(tmp_path):
    with pytest.raises(InvalidInput) as raised:
        read_brand(_written(tmp_path, 'colours:\n  title: "#fa0"\n'))
    assert str(raised.value).endswith(
        "brand.yaml:3:10 M104 title #ffaa00 has a contrast of 1.90:1 to the ground #ffffff on which it stands; "
        "large text needs 3:1 (WCAG 2.2, 1.4.3); the nearest shade that has it is #ca8700"
    )
    assert 3 <= contrast("#ca8700", "#ffffff") < 3.02


@pytest.mark.parametrize("name", ["footer", "confidentiality"])
@pytest.mark.parametrize("char", ["\\u202E", "\\x00", "\\u200B", "\\x1B"])
def test_characters_that_deceive_are_refused(tmp_path, name, char):
    assert [code for *_, code in _problems(_written(tmp_path, f'{name}: "a{char}b"\n'))] == ["Y007"]


def test_every_code_is_explained_and_every_explained_code_is_used():
    used = {
        code
        for path in (ROOT / "advisor" / "memo" / "brand").glob("*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"([A-Z]\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used <= {*CODES, *PROFILE_CODES, *READING_CODES}
    assert set(CODES) <= used


def test_the_schema_is_that_of_the_program_and_takes_the_sample():
    committed = json.loads(SAMPLE.with_name("brand.schema.json").read_text(encoding="utf-8"))
    assert committed == brand_schema()
    Draft202012Validator.check_schema(committed)
    sample = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    validator = Draft202012Validator(committed)
    assert list(validator.iter_errors(sample)) == []
    wrongs: list[dict[str, Any]] = [
        {"colours": {"accent": "red"}},
        {"colors": {}},
        {"logo": {"file": "a.svg"}},
        {"footer": "x" * 161},
    ]
    for wrong in wrongs:
        assert not validator.is_valid({"advisor_brand": 1, **wrong}), wrong


# --- fonts ---


def test_a_font_that_cannot_be_found_is_named_and_another_is_used(tmp_path):
    brand = read_brand(_written(tmp_path, "fonts:\n  text: Corporate Sans\n"))
    (note,) = brand.notes
    assert (note.place.line, note.code) == (3, "M107")
    assert "'Corporate Sans'" in note.message
    assert "Source Sans Pro" in note.message
    assert brand.looks.text_font == brand.looks.heading_font == Font("Corporate Sans")
    page, file = render_html(_memo(brand.looks)), render_word(_memo(brand.looks))
    assert 'font-family: "Corporate Sans", "Source Sans 3"' in page
    assert "font-src" not in page
    assert b'w:ascii="Corporate Sans"' in zipfile.ZipFile(io.BytesIO(file)).read("word/styles.xml")
    assert _fonts(render_pdf(_memo(brand.looks))) == _fonts(render_pdf(_memo(USUAL)))


def test_a_given_font_is_in_pdf_and_page(tmp_path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for weight in ("Regular", "Bold"):
        shutil.copy(Path(source_sans).with_name("files") / f"SourceSansPro-{weight}.ttf", fonts)
    brand = read_brand(_written(tmp_path, "fonts:\n  text: source sans pro\n  folder: fonts\n"))
    assert brand.notes == ()
    assert brand.looks.text_font is not None
    assert (brand.looks.text_font.family, brand.looks.text_font.found) == ("Source Sans Pro", True)
    page = render_html(_memo(brand.looks))
    assert re.findall(r"font-weight: (\d+); src: url\(data:font/ttf;base64,", page) == ["400", "700"]
    assert "img-src data:; font-src data:; base-uri" in page


def test_a_font_of_typst_sets_the_headings():
    fonts = _fonts(render_pdf(_memo(read_brand(SAMPLE).looks)))
    assert any("LibertinusSerif" in each for each in fonts)
    assert not any("LibertinusSerif" in each for each in _fonts(render_pdf(_memo(USUAL))))


def _fonts(file: bytes) -> set[str]:
    pages: list[Any] = list(PdfReader(io.BytesIO(file)).pages)
    found = {font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}
    return {name.partition("+")[2] for name in found}


# --- logo ---

_LOGO = "logo:\n  file: logo.svg\n  alternative: a name\n"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<image href="http://example.org/a.png"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<use xlink:href="other.svg#a"/>',
        '<a href="http://example.org"><rect/></a>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="#a"/>',
        "<style>@import 'http://example.org/a.css';</style>",
        "<style>rect { fill: url(http://example.org/a) }</style>",
        "<style>rect { fill: u\\72l(//example.org) }</style>",
        '<rect style="fill: url( //example.org )"/>',
        '<rect fill="url(&quot;http://example.org&quot;)"/>',
        '<g xml:base="http://example.org/"><rect/></g>',
        '<set attributeName="href" to="x"/>',
        '<animate attributeName="x"/>',
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_a_logo_that_acts_or_loads_is_refused(tmp_path, inside):
    path = _written(tmp_path, _LOGO, logo_svg=_DRAWING.format(inside))
    assert _problems(path) == [(3, 9, "M110")]


def test_entities_in_a_logo_are_refused(tmp_path):
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + _DRAWING.format("<text>&a;</text>")
    assert _problems(_written(tmp_path, _LOGO, logo_svg=bomb)) == [(3, 9, "M110")]


@pytest.mark.parametrize(
    "inside", ['<rect fill="url(#g)"/>', '<use href="#a"/>', "<style>rect{fill:url('#g')}</style>"]
)
def test_a_plain_drawing_is_taken(tmp_path, inside):
    looks = read_brand(_written(tmp_path, _LOGO, logo_svg=_DRAWING.format(inside))).looks
    assert looks.logo is not None
    assert looks.logo.kind == "svg"


def _png() -> bytes:
    return _picture("PNG")


def _jpeg() -> bytes:
    return _picture("JPEG")


def _picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("make", "kind"), [(_png, "png"), (_jpeg, "jpeg")])
def test_the_kind_is_that_of_the_content(tmp_path, make, kind):
    looks = read_brand(_written(tmp_path, _LOGO, logo_svg=make())).looks
    assert looks.logo is not None
    assert looks.logo.kind == kind
    address = re.search(r'class="logo" src="data:image/(\w+);base64,([^"]+)" alt="a name"', render_html(_memo(looks)))
    assert address
    assert (address[1], b64decode(address[2])) == (kind, make())
    assert Document(io.BytesIO(render_word(_memo(looks)))).inline_shapes[0].height.mm == pytest.approx(12, abs=0.1)
    assert render_pdf(_memo(looks)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "M109"),
        (b"GIF89a....", "M109"),
        (b"<html><script>1</script></html>", "M109"),
        (_png()[:-30], "M109"),
        (_png()[:20], "M109"),
        (_jpeg()[: len(_jpeg()) // 2], "M109"),
        (b"\xff\xd8\xff", "M109"),
        (_DRAWING.format("<rect>").encode(), "M109"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "M109"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 1"></svg>', "M109"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 10"></svg>', "M108"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400_000), "M108"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_refused(tmp_path, data, code):
    assert _problems(_written(tmp_path, _LOGO, logo_svg=data)) == [(3, 9, code)]


@settings(max_examples=40)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"<svg ", _png(), _jpeg()]),
)
def test_whatever_the_picture_holds_the_answer_is_a_message(tmp_path_factory, data, start):
    folder = tmp_path_factory.mktemp("logo")
    try:
        assert read_brand(_written(folder, _LOGO, logo_svg=start + data)).looks.logo
    except InvalidInput as error:
        assert {problem.code for problem in error.problems} <= {"M108", "M109", "M110"}


# --- what comes of it ---


def test_the_page_shows_the_brand_and_stays_closed():
    looks = read_brand(SAMPLE).looks
    page = render_html(_memo(looks))
    assert looks.logo is not None
    assert 'alt="Harbour and Vale"' in page
    assert looks.confidentiality in page
    assert f"<footer>{looks.footer}</footer>" in page
    assert "--accent: #7a1f3d" in page
    assert re.findall(r'(?:src|href)="(?!#|data:)([^"]*)"', page) == []
    assert "default-src 'none'" in page
    assert re.findall("<script[^>]*>", page) == ['<script type="application/json" id="advisor-record">']


def test_lines_and_logo_are_on_the_pages_of_the_pdf():
    looks = read_brand(SAMPLE).looks
    file = render_pdf(_memo(looks))
    for page in _page_text(file):
        assert "".join(looks.confidentiality.split()) in page
        assert "".join(looks.footer.split()) in page
    root: Any = PdfReader(io.BytesIO(file)).trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert "Harbour and Vale" in _alternatives(root["/StructTreeRoot"])


def test_lines_logo_and_colours_are_in_the_word_file():
    looks = read_brand(SAMPLE).looks
    document = Document(io.BytesIO(render_word(_memo(looks))))
    section = document.sections[0]
    for place in (section.footer, section.first_page_footer):
        assert [each.text for each in place.paragraphs][:2] == [looks.confidentiality, looks.footer]
    (logo,) = [each for each in document.inline_shapes if each._inline.docPr.get("descr") == "Harbour and Vale"]
    assert logo.height.mm == pytest.approx(14, abs=0.1)
    numbers = [each._inline.docPr.get("id") for each in document.inline_shapes]
    assert len(numbers) == len(set(numbers))
    assert str(document.styles["Heading 2"].font.color.rgb) == "7A1F3D"


def test_the_charts_of_word_take_the_colours():
    file = zipfile.ZipFile(io.BytesIO(render_word(_memo(read_brand(SAMPLE).looks))))
    charts = [file.read(name).decode() for name in file.namelist() if name.startswith("word/charts/chart")]
    assert charts
    assert all("B3475F" in chart and "0B6E69" not in chart for chart in charts)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isascii()])
def test_what_is_alive_elsewhere_is_text_in_a_brand(text):
    shown = " ".join(text.split())
    plain = read_brand(SAMPLE).looks
    assert plain.logo is not None
    looks = replace(plain, footer=shown, confidentiality=shown, logo=replace(plain.logo, alternative=shown))
    page = render_html(replace(_memo(looks), blocks=_SHORT))
    usual = render_html(replace(_memo(plain), blocks=_SHORT))
    assert re.findall("<[a-z]+", page) == re.findall("<[a-z]+", usual)
    assert unescape(page).count(shown) >= 3
    pages = _page_text(render_pdf(replace(_memo(looks), blocks=_SHORT)))
    assert all(each.count("".join(shown.split())) >= 2 for each in pages)
    word = zipfile.ZipFile(io.BytesIO(render_word(replace(_memo(looks), blocks=_SHORT))))
    footers = [
        ElementTree.fromstring(word.read(name)) for name in word.namelist() if "footer" in name and "rels" not in name
    ]
    assert footers
    assert all("".join(each.itertext()).count(shown) == 2 for each in footers)


def test_a_character_that_no_font_has_is_named_in_a_brand_too():
    looks = replace(USUAL, footer="a \U000f1234 b", confidentiality="مرحبا 中文")
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        file = render_pdf(replace(_memo(looks), blocks=_SHORT))
    assert all(isinstance(each.message, MemoWarning) for each in raised)
    assert any("U+F1234" in str(each.message) for each in raised)
    assert all("a[U+F1234]b" in page for page in _page_text(file))


@pytest.mark.parametrize("ending", ["html", "pdf", "docx"])
def test_other_processes_write_the_same_bytes(tmp_path, ending):
    files = []
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2")):
        file = tmp_path / f"{seed}.{ending}"
        command = [sys.executable, "-m", "advisor", "memo", str(ROOT / "profiles" / "ikea.yaml"), "--no-outlook"]
        environment = {"PYTHONPATH": str(ROOT), "TZ": zone, "PYTHONHASHSEED": seed, "HOME": str(tmp_path)}
        command += ["--brand", str(SAMPLE), "-o", str(file)]
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=environment)
        files.append(file.read_bytes())
    assert files[0] == files[1]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "advisor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_command_checks_a_brand(tmp_path):
    done = _run("brand", "check", str(SAMPLE))
    assert (done.returncode, done.stderr) == (0, f"{SAMPLE}: fine\n")
    assert "accent    #7a1f3d   8.78:1 on #fdeceb, needs 4.5:1" in done.stdout
    done = _run("brand", "check", str(_written(tmp_path, 'colours: {ink: "#aaa"}\n')))
    assert done.returncode == 2
    assert "brand.yaml:2:16 M104 ink #aaaaaa" in done.stderr
    assert json.loads(_run("brand", "schema").stdout) == brand_schema()


@pytest.mark.parametrize(
    ("library", "arguments", "package"),
    [
        ("typst", ["brand", "check", "docs/brand/brand.yaml"], "typst"),
        ("typst", ["memo", "profiles/ikea.yaml", "--brand", "docs/brand/brand.yaml", "-o", "m.docx"], "typst"),
        ("typst", ["brand", "schema"], "typst"),
        ("docx", ["check-template", "client.docx"], "python-docx"),
    ],
)
def test_without_a_package_the_message_says_what_to_install(library, arguments, package):
    program = f"import sys; sys.modules[{library!r}] = None; from advisor.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert f"M002 a {'brand' if library == 'typst' else 'Word template'} needs a package" in done.stderr
    assert f"pip install {package}" in done.stderr


def test_a_wrong_brand_leaves_the_old_memo(tmp_path):
    old = tmp_path / "memo.html"
    old.write_text("old")
    brand = _written(tmp_path, 'colours: {ink: "#aaa"}\n')
    done = _run("memo", "profiles/ikea.yaml", "--brand", str(brand), "-o", str(old))
    assert done.returncode == 2
    assert old.read_text() == "old"


def test_markdown_says_that_it_has_no_looks():
    done = _run("memo", "profiles/ikea.yaml", "--no-outlook", "--brand", str(SAMPLE), "-o", "-")
    assert done.returncode == 0
    assert "note: Markdown has no looks" in done.stderr
