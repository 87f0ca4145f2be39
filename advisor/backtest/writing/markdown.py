"""A backtest in Markdown, for a report or a ticket."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.backtest.writing.told import Told
from advisor.memo.markdown import escaped


def markdown(told: Told) -> str:
    """The whole document."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    yield f"# {escaped(told.heading())}"
    yield ""
    yield from (f"- {escaped(sentence)}" for sentence in told.opening())
    if told.shown():
        yield from ("", *_heads(told))
    for warning in told.shown():
        why = "".join(f"; {each}" for each in told.missed(warning))
        yield _row([told.title(warning) + why, *told.cells(warning)])
    for sentence in told.never():
        yield from ("", escaped(sentence))
    yield from _compared(told)
    yield from ("", escaped(told.made_with()))


def _compared(told: Told) -> Iterator[str]:
    against = told.found.against
    if against is None:
        return
    yield from ("", escaped(told.compared_with(against)))
    pairs = list(told.compared(against))
    if pairs:
        yield from ("", *_heads(told))
    for pair in pairs:
        yield _row([pair.title, *pair.here])
        yield _row([told.say.in_row([told.say("backtest.other"), *pair.said]), *pair.there])
    yield from ("", *(escaped(sentence) for sentence in told.beside(against)))


def _heads(told: Told) -> Iterator[str]:
    yield _row([told.say("backtest.warning"), *told.heads()])
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
