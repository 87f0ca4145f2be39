"""An HTML memo read back: what it shows, its pictures and its looks."""

from __future__ import annotations

import re
from hashlib import sha256
from html.parser import HTMLParser

from advisor.memo.html import RECORD_ID
from advisor.reread.passages import Passage, settled

_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|fig.*|footer|form|h[1-6r]|header|html|"
    "legend|li|main|nav|[ou]l|p|pre|section|summary|t(?:able|body|d|foot|h|head|itle|r)"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIVE = (
    *("script", "style", "iframe", "frame", "object", "embed", "link", "base", "svg", "math", "template", "noscript"),
    *("form", "input", "button", "select", "textarea", "video", "audio", "canvas", "map", "area", "dialog", "portal"),
)
"""What can show or do something that is no text."""
_LEADING = ("src", "href", "data", "action", "value")
"""The attributes that say what it shows or where it leads."""


def read_html(text: str) -> tuple[str | None, list[Passage]]:
    """The record, if there is one, and the passages."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    return page.record, page.passages


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self.record: str | None = None
        self._words: list[str] = []
        self._under = ""
        self._raw: list[str] | None = None
        """What stands in a script or style that is open."""
        self._is_record = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if _BLOCKS.fullmatch(tag):
            self.end()
        if tag in ("script", "style"):
            self._raw = []
            self._is_record = tag == "script" and given.get("id") == RECORD_ID
        elif tag in _ALIVE:
            self._note(f"<{tag}> {' '.join(given.get(name) or '' for name in _LEADING)}")
        self._leads_away(tag, given)
        if tag == "img":
            self._note(given.get("alt") or "")
            self._note(_digest(f"img {given.get('alt')}", given.get("src") or ""))
        self._changed_looks(tag, given)

    def _leads_away(self, tag: str, given: dict[str, str | None]) -> None:
        """A link out of the memo, and what it tells a browser; one that saves it may say how it is coded."""
        href, told = given.get("href") or "", given.get("http-equiv") or ""
        if tag == "a" and not href.startswith("#"):
            self._note(f"<a> {href}")
        if tag == "meta" and told.casefold() not in ("", "content-type"):
            self._note(f"<meta> {told} {given.get('content')}")

    def _changed_looks(self, tag: str, given: dict[str, str | None]) -> None:
        """What hides or moves an element, or acts: none of our own elements has any of it."""
        for name, value in given.items():
            if name in ("style", "hidden") or name.startswith("on"):
                self._note(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self._raw is not None:
            self._take_raw(tag, "".join(self._raw))
            self._raw = None
        if tag in _HEADINGS:
            self._under = settled("".join(self._words)) or self._under
        if _BLOCKS.fullmatch(tag):
            self.end()

    def _take_raw(self, tag: str, content: str) -> None:
        if self._is_record:
            self.record = content
        else:
            self._note(_digest(tag, settled(content)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._raw is None:
            self._words.append(data)
        else:
            self._raw.append(data)

    def end(self) -> None:
        """A passage ends."""
        words = settled("".join(self._words))
        self._words.clear()
        self._note(words)

    def _note(self, words: str) -> None:
        if words:
            self.passages.append(Passage(self._under, settled(words)))


def _digest(what: str, content: str) -> str:
    return f"{what} ({sha256(content.encode()).hexdigest()[:12]})"
