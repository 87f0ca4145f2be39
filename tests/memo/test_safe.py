"""What holds of a memo in every format: client text is text, the same input gives the same bytes, nothing is lost."""

from __future__ import annotations

import getpass
import io
import os
import platform
import re
import signal
import subprocess
import sys
import unicodedata
import warnings
import zipfile
import zlib
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from advisor.cli import advisor as command
from advisor.cli.exits import run
from advisor.memo import Memo, MemoWarning, memo_of, renderer_for
from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Decision,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Particulars,
    Table,
    Text,
    Title,
)
from tests.memo.samples import ROOT, advice

FORMATS = ("md", "html", "docx", "pdf")
_DECEIVING = [
    *(("\\u202E", "md"), ("\\u200F", "html"), ("\\u2066", "docx"), ("\\x00", "pdf")),
    *(("\\x1B", "md"), ("\\u200B", "html"), ("\\uFEFF", "docx"), ("\\uD800", "pdf")),
]
every_format = pytest.mark.parametrize("ending", FORMATS)
SCRIPTS = {
    "Arabic": "شركة التأمين المثالية ١٢٣",
    "Hebrew": "חברת הביטוח לדוגמה 123",
    "Persian": "شرکت بیمه نمونه",
    "Chinese": "示例保险公司（理赔部）",
    "Japanese": "株式会社サンプル保険",
    "Korean": "예시 보험 주식회사",
    "Devanagari": "उदाहरण बीमा कंपनी",
    "Tamil": "எடுத்துக்காட்டு காப்பீடு",
    "Thai": "บริษัทประกันภัยตัวอย่าง",
    "Khmer": "ក្រុមហ៊ុនធានារ៉ាប់រង",
    "Amharic": "ምሳሌ ኢንሹራንስ",
    "Georgian": "სანიმუშო დაზღვევა",
    "Armenian": "Օրինակ ապահովագրություն",
    "Cyrillic": "Примерное страхование «Ёлка»",
    "Greek": "Υπόδειγμα ΑΕ",
    "Vietnamese": "Công ty Bảo hiểm Mẫu",
    "marks": "e\u0301a\u0308 Z̃a̐l̲g̈o",
    "emoji": "team 🚀 👩🏽‍💻 🇩🇪",
    "beyond the plane": "𝒜𝓁𝓅𝒽𝒶 𠮷野家",
}


@cache
def _usual() -> Memo:
    return memo_of(advice("ikea"))


def _blocks(text: str) -> tuple[Block, ...]:
    """Where a client's text stands in a memo, without what makes it slow."""
    run = Text(text)
    return (
        Title(text),
        Particulars(((text, text),)),
        Heading(text, 2),
        Paragraph(run),
        Bullets((run,)),
        Callout("warning", run),
        Decision(run, (("by", text),)),
        KeyFigures((Figure(text, "1"),)),
        Table((Column("a"), Column("b")), ((run, Text("b")),)),
    )


_PLACES = 10


def _rendered(ending: str, text: str) -> bytes:
    furniture = replace(_usual().furniture, organisation=text, reference=text, prepared_by=text, prepared_for=text)
    memo = replace(_usual(), blocks=_blocks(text), furniture=furniture)
    made = renderer_for(Path(f"memo.{ending}"))(memo)
    return made.encode() if isinstance(made, str) else made


class _Words(HTMLParser):
    """What a page says."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def _read(ending: str, file: bytes) -> str:
    """What a reader of the file sees in its text."""
    if ending == "pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            return "".join(ElementTree.fromstring(package.read("word/document.xml")).itertext())
    page = _Words()
    page.feed(MarkdownIt("commonmark").enable("table").render(file.decode()) if ending == "md" else file.decode())
    return page.words


def _squeezed(text: str) -> str:
    """Without white space and hyphens: where lines end is a matter of the page."""
    return "".join(char for char in text if not char.isspace() and char not in "\u00ad-")


# --- client text is text ---


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_every_script_stands_as_it_was_written(ending, script):
    text = SCRIPTS[script]
    assert _read(ending, _rendered(ending, text)).count(text) >= _PLACES


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_in_the_pdf_or_its_characters_are_named(script):
    """Nothing is lost in silence: what the memo's own font lacks is named, with its number where no font has it."""
    text = SCRIPTS[script]
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        file = _rendered("pdf", text)
    assert all(isinstance(each.message, MemoWarning) for each in raised)
    said = " ".join(str(each.message) for each in raised)
    shown = _squeezed(_read("pdf", file))
    for char in {char for char in text if unicodedata.category(char)[0] in "LN"}:
        # A reader of PDF may give the parts of a joined letter, or the letter that is drawn in its place.
        drawn = {char, unicodedata.normalize("NFKC", char), f"[U+{ord(char):04X}]"}
        assert f"U+{ord(char):04X}" in said or " more" in said or any(each in shown for each in drawn), char


@every_format
@pytest.mark.parametrize("text", ["w" * 10_000, "many words " * 909 + "a"], ids=["one word", "words"])
def test_ten_thousand_characters_are_all_there(ending, text):
    assert len(text) == 10_000
    shown = _squeezed(_read(ending, _rendered(ending, text)))
    letter = text[0]
    assert shown.count(letter) >= text.count(letter) * (_PLACES - 1)


@pytest.mark.parametrize(("char", "ending"), _DECEIVING)
def test_what_could_deceive_is_refused_before_anything_is_written(tmp_path, capsys, char, ending):
    source = (ROOT / "profiles" / "ikea.yaml").read_text(encoding="utf-8")
    profile, old = tmp_path / "client.yaml", tmp_path / f"memo.{ending}"
    profile.write_text(source.replace("name: Ingka Group (IKEA)", f'name: "Ingka{char} Group"'), encoding="utf-8")
    assert char in profile.read_text(encoding="utf-8")
    old.write_bytes(b"old")
    assert run(command, ["memo", str(profile), "--no-outlook", "-o", str(old)]) == 2
    assert re.search(r"client\.yaml:\d+:\d+ (Y007|Y009)", capsys.readouterr().err)
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_long_name_leaves_room_for_the_text_of_each_page(ending):
    memo = replace(_usual(), furniture=replace(_usual().furniture, organisation="n" * 2_000, reference="r" * 2_000))
    made = renderer_for(Path(f"memo.{ending}"))(memo)
    assert isinstance(made, bytes)
    if ending == "pdf":
        heads = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages[1:]]
    else:
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            names = [name for name in package.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
            heads = ["".join(ElementTree.fromstring(package.read(name)).itertext()) for name in names]
    heads = [head for head in heads if head]
    assert heads
    assert all("n" * 89 + "…" in head and "r" * 39 + "…" in head for head in heads)


# --- the same bytes ---

_WRITES_ALL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from advisor.memo import write_memo
from tests.memo.samples import adviser, profile
made = adviser().advise(profile("klarna-2024"))
for ending in ("md", "html", "docx", "pdf"):
    write_memo(made, Path(sys.argv[2]) / f"memo.{ending}")
"""


def test_other_processes_write_the_same_bytes_in_every_format(tmp_path):
    """Whatever the time zone, the hash seed, the locale, the folder and the user."""
    written = []
    for zone, seed, locale in (("UTC", "1", "C"), ("Pacific/Auckland", "77", "de_DE.UTF-8")):
        folder = tmp_path / f"folder {seed}"
        folder.mkdir()
        environment = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "HOME": str(folder)}
        environment |= {"USER": f"user{seed}", "PYTHONUTF8": "1"}
        program = [sys.executable, "-c", _WRITES_ALL, str(ROOT), str(folder)]
        subprocess.run(program, check=True, capture_output=True, cwd=folder, env=environment)
        written.append({file.name: file.read_bytes() for file in folder.glob("memo.*")})
    assert set(written[0]) >= {f"memo.{ending}" for ending in FORMATS}
    for ending in FORMATS:
        assert written[0][f"memo.{ending}"] == written[1][f"memo.{ending}"], ending


# --- an interrupted write ---

_KILLED = """
import os, signal, sys
def killed(descriptor):
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = killed
from advisor.cli import main
sys.exit(main())
"""
_FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
from advisor.cli import main
sys.exit(main())
"""


def _advisor(*arguments: str, program: str) -> subprocess.CompletedProcess[str]:
    started = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(started, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


@every_format
def test_a_memo_that_is_killed_while_it_is_written_leaves_the_old_one(tmp_path, ending):
    old = tmp_path / f"memo.{ending}"
    old.write_bytes(b"old")
    done = _advisor("memo", "profiles/ikea.yaml", "--no-outlook", "--force", "-o", str(old), program=_KILLED)
    assert done.returncode == -signal.SIGKILL
    assert old.read_bytes() == b"old"


@every_format
def test_a_disk_that_is_full_leaves_the_old_memo_and_says_so(tmp_path, ending):
    old = tmp_path / f"memo.{ending}"
    old.write_bytes(b"old")
    done = _advisor("memo", "profiles/ikea.yaml", "--no-outlook", "--force", "-o", str(old), program=_FULL)
    assert done.returncode == 2
    assert "Y017 it cannot be written" in done.stderr
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(old.name, b"old")]


# --- metadata ---


def _unpacked(ending: str, file: bytes) -> bytes:
    """Every byte that the file holds, unpacked; of a package also what it holds of packages."""
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            parts = [(name, package.read(name)) for name in package.namelist()]
        return b"".join(_unpacked("docx", data) if name.endswith(".xlsx") else data for name, data in parts)
    if ending == "pdf":
        return file + b"".join(_inflated(part) for part in file.split(b"stream\n")[1:])
    return file


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error:
        return b""


@every_format
def test_nothing_of_this_machine_is_in_the_file(ending):
    made = renderer_for(Path(f"memo.{ending}"))(_usual())
    held = _unpacked(ending, made.encode() if isinstance(made, str) else made)
    user = getpass.getuser()
    traces = [str(ROOT), str(Path.home()), sys.prefix, *([platform.node()] if len(platform.node()) > 5 else [])]
    traces += [user] if len(user) > 5 else []
    assert [trace for trace in traces if trace.encode() in held] == []


def test_the_pdf_says_of_itself_what_is_stated_and_nothing_else():
    made = renderer_for(Path("memo.pdf"))(_usual())
    assert isinstance(made, bytes)
    metadata = PdfReader(io.BytesIO(made)).metadata
    assert metadata is not None
    assert set(metadata) <= {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate"}
    assert str(metadata.get("/CreationDate", "D:1980")).startswith("D:1980")


def test_the_page_says_of_itself_what_is_stated_and_nothing_else():
    page = renderer_for(Path("memo.html"))(_usual())
    assert isinstance(page, str)
    named = [part.partition('"')[0] for part in page.split('<meta name="')[1:]]
    assert set(named) <= {"viewport", "referrer", "author", "date"}


def test_the_word_file_says_of_itself_what_is_stated_and_nothing_else():
    made = renderer_for(Path("memo.docx"))(_usual())
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        core = ElementTree.fromstring(package.read("docProps/core.xml"))
    stated = {each.tag.partition("}")[2]: each.text for each in core if each.text}
    assert set(stated) <= {"title", "creator", "language", "created", "modified", "revision"}
    assert stated["created"] == stated["modified"]
    assert stated["created"].startswith("1980-01-01")
