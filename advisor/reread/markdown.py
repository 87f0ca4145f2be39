"""A Markdown memo read back, however an editor has laid it out anew."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.reread.passages import Passage, settled

_SHOWN = ("text", "code_inline", "html_inline", "text_special")
_BREAKS = ("softbreak", "hardbreak")


def read_markdown(text: str) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    records = [token for token in tokens if _is_record(token)]
    record = records[-1].content if records else None
    return record, list(_passages(token for token in tokens if token not in records[-1:]))


def _is_record(token: Token) -> bool:
    return token.type == "fence" and token.info.strip() == "json" and '"advisor_memo"' in token.content


def _passages(tokens: Iterator[Token]) -> Iterator[Passage]:
    under, in_heading = "", False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        words = settled(_words(token))
        if words:
            under = words if in_heading else under
            yield Passage(under, words)


def _words(token: Token) -> str:
    if token.type == "inline":
        return "".join(_inline(each) for each in token.children or ())
    return token.content if token.type in ("fence", "code_block", "html_block") else ""


def _inline(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type in ("image", "link_open"):
        return f"{token.content}{token.attrGet('src') or token.attrGet('href') or ''} "
    return token.content if token.type in _SHOWN else ""
