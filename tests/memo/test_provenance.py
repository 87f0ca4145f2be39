"""Each statement carries the rules and answers behind it: in a footnote, beside it, or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from docx import Document
from pypdf import PdfReader

from advisor.memo import MemoOptions, memo_blocks, memo_of, renderer_for
from advisor.memo.blocks import (
    Block,
    Bullets,
    Callout,
    Decision,
    Heading,
    KeyFigures,
    Origin,
    PageBreak,
    Paragraph,
    Provenance,
    Steps,
    Table,
    texts,
)
from tests.cli.command import run
from tests.memo.samples import PROFILES, ROOT, advice, rulebook

# What explains how to read the memo, how far was searched, or that nothing is known, rests on no answer.
_EXPLAINS = (
    "Points from low to high", "Nothing is known yet on", "The lower of the two views", "Each unit stands for itself",
    "Days count from", "It was not computed", "Changes of ", "Here figures keep", "They follow from", "Not computed,",
    "One further figure", "The weakest evidence", "The order is that of weight", "Settled, whatever",
    "The fewest changed answers", "The darker a cell",
    "No change of up to", "Every answer that was measured",
    "None of the 18 points checked", "Where an answer is missing", "Every question that anything",
    "One answer that is farther", "The weakest evidence", "The order is that of weight", "Settled, whatever",
)  # fmt: skip
_COUNTS = re.compile(r"\d+ (further figures wait|more open questions?|answers that are farther|points are checked)")
ENDINGS = (".md", ".html", ".docx", ".pdf")


def _body(blocks: tuple[Block, ...]) -> list[Block]:
    end = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.words == "Appendix")
    return list(blocks[:end])


def _statements(name: str) -> Iterator[tuple[str, Origin | None]]:
    for block in _body(memo_blocks(advice(name))):
        if isinstance(block, KeyFigures):
            yield from ((each.label, each.origin) for each in block.figures)
        elif isinstance(block, Paragraph | Bullets | Callout | Decision | Steps):
            yield from ((text.words, text.origin) for text in texts(block) if text.words)


def _rests_on_nothing(words: str) -> bool:
    memo = rulebook().frame.memo
    fixed = (memo.question, *memo.caveats, *(text for group in memo.situation for text in group))
    is_fixed = words in fixed or words.startswith(_EXPLAINS) or bool(_COUNTS.match(words))
    return is_fixed or " not known; assumed " in words


@pytest.mark.parametrize("name", PROFILES)
def test_every_statement_carries_what_it_rests_on(name):
    bare = [words for words, origin in _statements(name) if origin is None and not _rests_on_nothing(words)]
    assert bare == []


def _text(mode: Provenance, ending: str) -> str:
    file = renderer_for((ROOT / "memo").with_suffix(ending))(
        memo_of(advice("klarna-2024"), MemoOptions(provenance=mode))
    )
    match ending:
        case ".pdf":
            assert isinstance(file, bytes)
            text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
        case ".docx":
            assert isinstance(file, bytes)
            document = Document(io.BytesIO(file))
            cells = [cell.text for table in document.tables for cell in table._cells]
            text = " ".join([*(each.text for each in document.paragraphs), *cells])
        case _:
            assert isinstance(file, str)
            text = file.replace("\\", "")
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.parametrize("ending", ENDINGS)
def test_in_the_margin_stand_the_codes_of_rules_and_the_names_of_answers(ending):
    text = _text("margin", ending)
    assert "[REC-17;ai_phase,months_live]" in text
    assert "[PRE-05]" in text
    assert "Rule:REC-17" not in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_without_provenance_there_are_neither_notes_nor_marks(ending):
    text = _text("off", ending)
    assert "[REC-17" not in text
    assert "Rule:REC-17" not in text
    assert "[^" not in text
    assert "doc-noteref" not in text


@pytest.mark.parametrize("ending", [".md", ".html", ".pdf"])
def test_a_footnote_says_it_in_words(ending):
    assert "Rule:REC-17Stabilisefirst.Documented:StageoftheAIstep;" in _text("footnotes", ending)


def test_the_command_takes_the_three_ways(tmp_path):
    wanted = {"footnotes": "[^1]", "margin": "[REC-17; ai\\_phase, months\\_live\\]", "off": "Sources"}
    for mode, words in wanted.items():
        done = run(
            "memo", ROOT / "profiles" / "klarna-2024.yaml", "--no-outlook", "--provenance", mode, "-o", "m.md",
            cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        memo = (tmp_path / "m.md").read_text()
        assert words in memo
        assert ("[^1]" in memo) == (mode == "footnotes")


def test_the_last_page_says_what_the_memo_was_made_with():
    blocks = memo_blocks(advice("healthy-insurer"))
    *_, page, heading, table = blocks
    assert isinstance(page, PageBreak)
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    made = advice("healthy-insurer").document.made_with
    rows = {row[0].words: row[1].words for row in table.rows}
    assert rows["Version of advisor"] == made.advisor
    assert rows["Engine"].startswith("plain")
    assert rows["Rulebook"] == f"{made.rulebook.name} {made.rulebook.version}"
    assert rows["Digest of the rulebook"] == made.rulebook.digest
    assert rows["Digest of the profile"] == advice("healthy-insurer").document.profile.digest
    assert rows["Date of the engagement"] == "2026-11-16"
