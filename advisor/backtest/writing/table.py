"""A backtest at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from advisor.backtest.writing.told import Told

_WIDTHS = (8, 13, 15, 15, 15, 14)


def table(told: Told, width: int) -> Iterator[str]:
    """The lines: what was judged, two for each warning that came up, and the comparison."""
    yield told.heading()
    for sentence in told.opening():
        yield from wrap(sentence, width, initial_indent="  ", subsequent_indent="    ")
    if told.shown():
        yield ""
        yield _row(told.heads())
        yield "-" * width
    for warning in told.shown():
        yield from wrap(told.title(warning), width)
        yield _row(told.cells(warning))
        for why in told.missed(warning):
            yield from wrap(why, width, initial_indent="  ", subsequent_indent="    ")
    for sentence in told.never():
        yield ""
        yield from wrap(sentence, width, subsequent_indent="  ", break_on_hyphens=False)
    yield from _compared(told, width)
    yield ""
    yield from wrap(told.made_with(), width)


def _compared(told: Told, width: int) -> Iterator[str]:
    against = told.found.against
    if against is None:
        return
    yield ""
    yield from wrap(told.compared_with(against), width)
    pairs = list(told.compared(against))
    if pairs:
        yield from ("", _row(told.heads()), "-" * width)
    for pair in pairs:
        yield from wrap(pair.title, width)
        yield from (_row(pair.here), _row(pair.there))
        for sentence in pair.said:
            yield from wrap(sentence, width, initial_indent="  ", subsequent_indent="    ")
    yield ""
    for sentence in told.beside(against):
        yield from wrap(sentence, width, subsequent_indent="  ", break_on_hyphens=False)


def _row(cells: Sequence[str]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
