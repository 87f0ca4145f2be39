"""Texts with their origins as HTML. Hundreds of them are in a memo, for which macros of a template would be slow."""

from __future__ import annotations

from markupsafe import Markup, escape

from advisor.memo.blocks import Origin, Provenance, Text
from advisor.memo.footnotes import Footnotes


class Texts(Footnotes):
    """Writes texts, and knows from where footnotes are called, so that a reader can go back."""

    def __init__(self, provenance: Provenance) -> None:
        """Begin without footnotes."""
        super().__init__(provenance)
        self._calls: dict[int, int] = {}

    def call(self, origin: Origin | None) -> Markup:
        """The number of the footnote, where one is called."""
        return Markup(self._call(origin))

    def beside(self, origin: Origin | None) -> Markup:
        """The mark beside a statement, where marks are in the margin."""
        return Markup(self._beside(origin))

    def inline(self, text: Text) -> str:
        """A text with its footnote or its mark, as HTML to be put together further: a `Markup` takes twice as long."""
        return f"{self._said(text)}{self._beside(text.origin)}"

    def stated(self, text: Text) -> Markup:
        """A statement of its own, which has its mark in a column beside it, where there is room."""
        said, beside = self._said(text), self._beside(text.origin)
        return Markup(f'<span class="stated"><span>{said}</span>{beside}</span>' if beside else said)

    def _said(self, text: Text) -> str:
        lead = f"<strong>{escape(text.lead)}</strong>{' ' if text.words else ''}" if text.lead else ""
        return f"{lead}{escape(text.words) if text.words else ''}{self._call(text.origin)}"

    def _call(self, origin: Origin | None) -> str:
        called = self.called(origin)
        if called is None:
            return ""
        number = self.number(called)
        time = self._calls[number] = self._calls.get(number, 0) + 1
        link = f'<a href="#note-{number}" id="call-{number}-{time}" role="doc-noteref">{number}</a>'
        return f"<sup>{link}</sup>"

    def _beside(self, origin: Origin | None) -> str:
        mark = self.margin(origin)
        return f' <small class="mark">[{escape(mark)}]</small>' if mark else ""
