"""Markdown that keeps its shape, whatever a client wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.memo import memo_blocks, render_markdown
from advisor.memo.blocks import Bullets, Heading, Origin, Paragraph, Table, Text, Title
from advisor.memo.blocks import Column as Head
from advisor.profile import Frozen, Profile
from advisor.reading.text_file import unwanted_character
from tests.memo.samples import PROFILES, advice, adviser, profile

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ALIVE = {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block", "s_open", "em_open"}
HOSTILE = (
    "| a | b |",
    "<script>alert(1)</script> <!-- -->",
    "# no heading",
    "- no list",
    "1. no list",
    "```no code```",
    "`no code` **no bold** _no_ ~~no~~",
    "[no link](http://example.org) ![no](x) <http://example.org> http://example.org",
    "{{ no.template }} {% no %} $no$ &amp; &lt;",
    "[^1]: no note [^1]",
    "    four spaces",
    "--- === *** ___ +++",
    "\\",
    "> no quote",
    ":smile:",
    "=SUM(A1)",
    "العربية 中文 é́",
)


def _texts() -> st.SearchStrategy[str]:
    alive = st.text(alphabet="|<>#-+*_`~[](){}!\\&;:=$^.1 ax\u00a0", min_size=1, max_size=40)
    any_ = st.text(min_size=1, max_size=40).filter(lambda text: unwanted_character(text) is None)
    return st.one_of(st.sampled_from(HOSTILE), alive, any_).map(lambda text: " ".join(text.split())).filter(bool)


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


def _with(text: str) -> Profile:
    """The IKEA profile with one text in every place that takes one."""
    source = profile("ikea")
    (unit,) = source.units
    answers = {name: replace(answer, source=text, note=text) for name, answer in unit.answers.items()}
    organisation = replace(source.organisation, name=text, currency=None)
    engagement = replace(source.engagement, prepared_for=text, prepared_by=text, reference=text)
    unit = replace(unit, name=text, about=text, answers=Frozen(answers))
    return replace(source, organisation=organisation, engagement=engagement, about=text, units=(unit,))


@given(_texts())
@example("x")
def test_client_text_stays_text(text):
    plain = render_markdown(memo_blocks(adviser().advise(_with("x"))))
    memo = render_markdown(memo_blocks(adviser().advise(_with(text))))
    assert _shape(memo) == _shape(plain)
    assert text in " ".join(_plain(memo).split())


@given(_texts())
def test_every_block_keeps_its_text(text):
    blocks = (
        Title(text),
        Heading(text, 2),
        Paragraph(Text(text, text, Origin(text))),
        Bullets((Text(text), Text(text, text))),
        Bullets((Text(text),), numbered=True),
        Table((Head(text), Head("b")), ((Text(text), Text("")),)),
    )
    alike = render_markdown(blocks).replace("[^1]", "")
    assert _plain(alike).count(text) >= 9
    assert not {token.type for token in _flat(_MARKDOWN.parse(alike))} & _ALIVE


@pytest.mark.parametrize("name", PROFILES)
def test_every_table_and_footnote_is_whole(name):
    memo = render_markdown(memo_blocks(advice(name)))
    tokens = _flat(_MARKDOWN.parse(memo))
    tables = sum(isinstance(block, Table) for block in memo_blocks(advice(name)))
    assert sum(token.type == "table_open" for token in tokens) >= tables
    assert not {token.type for token in tokens} & _ALIVE
    marks, notes = set(re.findall(r"\[\^(\d+)\](?!:)", memo)), re.findall(r"(?m)^\[\^(\d+)\]: \S", memo)
    assert len(notes) == len(set(notes))
    assert marks == set(notes)
