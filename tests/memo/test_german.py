"""The memo in German: read whole, with German numbers, and in no format with a word of English."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from advisor.memo import memo_blocks, memo_of, render_markdown
from advisor.memo.blocks import Chart, Column, Heading, Origin, Paragraph, Table, Text, Title, texts
from advisor.memo.html import render_html
from advisor.memo.pdf import render_pdf
from advisor.memo.word import render_word
from advisor.phrases import phrases_in
from advisor.rulebook.texts import texts_of
from tests.memo.documents import goes_on, strings_of
from tests.memo.samples import PROFILES, advice, advice_with_outlook, rulebook
from tests.memo.test_golden import FOLDER, WITH_OUTLOOK
from tests.phrases.test_untranslated import written_by_the_client

READ = ("article-example", "healthy-insurer", "ikea", "klarna-2024")
SHORT = 12
"""Texts of fewer letters, such as "none" and "volume", also stand within words of other languages."""


def without_record(memo: str) -> str:
    memo = memo.partition("\n## Datensatz für")[0]
    memo = re.sub(r"sha256:[0-9a-f]{64}", "sha256:…", memo)
    return re.sub(r"(?m)^\| (Version von advisor|Engine|Regelwerk) \|.*$", r"| \1 | … |", memo)


@pytest.mark.parametrize("name", READ)
def test_memo_reads_as_it_was_approved(name):
    if name in WITH_OUTLOOK:
        pytest.importorskip("z3")
    made = advice_with_outlook(name, "de") if name in WITH_OUTLOOK else advice(name, "de")
    memo = without_record(render_markdown(memo_of(made)))
    path = FOLDER / "de" / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(memo, encoding="utf-8")
    assert memo == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PROFILES)
def test_no_text_is_english(name):
    memo = " ".join(strings_of(memo_of(advice(name, "de")))).replace("\u00a0", " ")
    for text in sorted(written_by_the_client(advice(name).profile), key=len, reverse=True):
        memo = memo.replace(" ".join(text.split()), "")
    assert [text for text in english_pieces() if text in memo] == []


def english_pieces() -> set[str]:
    """What stands between the places of English texts that have a German one."""
    german = rulebook().languages["de"].texts
    originals = [text for path, text in texts_of(rulebook()) if path in german and german[path] != text]
    originals += [phrases_in("en").raw(key) for key in phrases_in("en").keys]
    translations = [*german.values(), *(phrases_in("de").raw(key) for key in phrases_in("de").keys)]
    pieces, shared = (
        {piece.strip() for text in each for piece in re.split(r"\{[^{}]*\}", text)}
        for each in (originals, translations)
    )
    return {piece for piece in pieces - shared if len(re.sub(r"[^A-Za-z]", "", piece)) >= SHORT}


@pytest.mark.parametrize("name", PROFILES)
def test_the_figures_are_the_same_in_both_languages(name):
    english, german = (figures(memo_blocks(advice(name, code)), point) for code, point in (("en", "."), ("de", ",")))
    assert german == english


def figures(blocks: tuple[Any, ...], point: str) -> Counter[str]:
    """The numbers before the appendix, whose dates are written in other ways, with a point and no separators."""
    end = next(place for place, block in enumerate(blocks) if getattr(block, "words", "") in ("Appendix", "Anhang"))
    words = [f"{text.lead} {text.words}" for block in blocks[:end] for text in texts(block)]
    words += [block.words for block in blocks[:end] if isinstance(block, Heading)]
    words += [f"{block.title} {block.alternative}" for block in blocks[:end] if isinstance(block, Chart)]
    separator = "," if point == "." else r"\."
    number = re.compile(rf"\d+(?:{separator}\d{{3}})*(?:{re.escape(point)}\d+)?")
    found = (each for text in words for each in number.findall(text))
    return Counter(re.sub(separator, "", each).replace(point, ".") for each in found)


@pytest.mark.parametrize("name", ["healthy-insurer", "klarna-2024"])
def test_every_format_holds_every_string(name):
    memo = memo_of(advice(name, "de"))
    pages = [letters(page.extract_text()) for page in PdfReader(io.BytesIO(render_pdf(memo))).pages]
    with zipfile.ZipFile(io.BytesIO(render_word(memo))) as package:
        word = "".join(package.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))
    written = {"html": render_html(memo), "word": word}
    plain = {form: letters(re.sub(r"<[^>]*>", "", text)) for form, text in written.items()}
    for words in strings_of(memo):
        shown = letters(words)
        assert shown in plain["word"] or shown in letters(written["word"]), words
        assert shown in plain["html"] or shown in letters(written["html"]), words
    body = [letters(text.words) for block in memo.blocks for text in texts(block) if len(text.words) < 200]
    assert [words for words in body if words not in "".join(pages) and not goes_on(words, pages)] == []


def letters(text: str) -> str:
    """Letters and figures alone: marks are escaped and lines end in ways of each format."""
    return re.sub(r"[\W_]+", "", unescape(text))


def test_every_format_names_its_language():
    memo = memo_of(advice("klarna-2024", "de"))
    root: Any = PdfReader(io.BytesIO(render_pdf(memo))).trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    assert '<html lang="de-DE">' in render_html(memo)
    with zipfile.ZipFile(io.BytesIO(render_word(memo))) as package:
        styles, settings = (package.read(f"word/{part}.xml").decode() for part in ("styles", "settings"))
        properties = package.read("docProps/core.xml").decode()
    assert '<w:lang w:val="de-DE" w:eastAsia="de-DE"/>' in styles
    assert "<w:autoHyphenation/>" in settings
    assert "<dc:language>de-DE</dc:language>" in properties


def test_a_word_that_is_longer_than_its_column_breaks_where_german_words_do():
    word, others = "Bearbeitungszeitüberschreitungswahrscheinlichkeit", "viele kurze Wörter " * 8
    table = Table(tuple(map(Column, "abcdefgh")), ((Text(word), *(Text(others),) * 7),))
    memo = replace(memo_of(advice("klarna-2024", "de")), blocks=(Title("t"), table))
    lines = PdfReader(io.BytesIO(render_pdf(memo))).pages[0].extract_text().split("\u00ad\n")
    assert [line.split()[-1] for line in lines[:-1]] == ["Bearbeitungs", "zeitüber", "schreitungs", "wahrschein"]
    assert lines[-1].startswith("lichkeit")


def test_only_a_word_of_a_note_that_is_longer_than_a_line_breaks():
    few, long = "Bearbeitungszeitüberschreitung " * 20, "Bearbeitungszeitüberschreitungs" * 8
    for words, breaks in ((few, 0), (long, 1)):
        blocks = (Title("t"), Paragraph(Text("Satz", origin=Origin(words))))
        memo = replace(memo_of(advice("klarna-2024", "de")), blocks=blocks)
        text = PdfReader(io.BytesIO(render_pdf(memo))).pages[0].extract_text()
        assert text.count("\u00ad") == breaks


def test_quotation_marks_are_german():
    memo = render_markdown(memo_of(advice("healthy-insurer", "de")))
    body = memo.split("## Anhang")[0]
    assert body.count("„") == body.count("“") > 50
    assert "”" not in body
