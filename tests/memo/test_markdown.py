"""Markdown that keeps its shape, whatever a client wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.memo import MemoOptions, memo_blocks, memo_of, render_markdown
from advisor.memo.blocks import Table
from tests.memo.documents import client_texts, every_block, with_client_text
from tests.memo.samples import PROFILES, advice, adviser

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ALONE = MemoOptions(embeds=False)
_ALIVE = {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block", "s_open", "em_open"}


def _shape(markdown: str) -> list[str]:
    """The types of all tokens but texts, with their depth."""
    return [f"{token.level}{token.type}" for token in _flat(_MARKDOWN.parse(markdown)) if not _is_text(token)]


def _is_text(token: Token) -> bool:
    return token.type in ("text", "softbreak", "text_special", "inline")


def _flat(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *(token.children or ()))]


def _plain(markdown: str) -> str:
    return "".join(
        token.content for token in _flat(_MARKDOWN.parse(markdown)) if token.type in ("text", "text_special")
    )


@given(client_texts())
@example("x")
def test_client_text_stays_text(text):
    plain = render_markdown(memo_of(adviser().advise(with_client_text("x")), _ALONE))
    memo = render_markdown(memo_of(adviser().advise(with_client_text(text)), _ALONE))
    assert _shape(memo) == _shape(plain)
    assert text in " ".join(_plain(memo).split())


@given(client_texts())
def test_every_block_keeps_its_text(text):
    memo = replace(memo_of(advice("ikea"), _ALONE), blocks=every_block(text))
    alike = render_markdown(memo).replace("[^1]", "")
    shown = " ".join(_plain(alike).split())
    assert shown.count(text) >= 20
    assert not {token.type for token in _flat(_MARKDOWN.parse(alike))} & _ALIVE


@pytest.mark.parametrize("name", PROFILES)
def test_every_table_and_footnote_is_whole(name):
    memo = render_markdown(memo_of(advice(name), _ALONE))
    tokens = _flat(_MARKDOWN.parse(memo))
    tables = sum(isinstance(block, Table) for block in memo_blocks(advice(name)))
    assert sum(token.type == "table_open" for token in tokens) >= tables
    assert not {token.type for token in tokens} & _ALIVE
    marks, notes = set(re.findall(r"\[\^(\d+)\](?!:)", memo)), re.findall(r"(?m)^\[\^(\d+)\]: \S", memo)
    assert len(notes) == len(set(notes))
    assert marks == set(notes)
