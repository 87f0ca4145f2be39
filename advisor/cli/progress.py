"""How far a long run is: a line on standard error, only where a person sees it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from advisor.portfolio.run import Progress


@contextmanager
def shown() -> Iterator[Callable[[Progress], None] | None]:
    """What shows progress in one line, which is gone at the end; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line()
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    def __init__(self) -> None:
        self._started = time.monotonic()
        self._resumed_at = 0.0
        self._width = 0

    def show(self, progress: Progress) -> None:
        """Say how many units are done, how fast, and how long the rest takes."""
        seconds = time.monotonic() - self._started
        if progress.before == progress.units:
            # All of it was there before: neither rate nor time left can be told from it.
            self._resumed_at = progress.share
            self._write(f"{progress.units:,} units were done before")
            return
        rate = (progress.units - progress.before) / max(seconds, 0.001)
        share = progress.share - self._resumed_at
        left = seconds * (1 - progress.share) / share if share > 0 else 0.0
        self._write(f"{progress.units:,} units ({progress.share:.0%}), {rate:,.0f} a second, {_duration(left)} left")

    def clear(self) -> None:
        """Make the line empty."""
        self._write("")
        click.echo("\r", nl=False, err=True)

    def _write(self, text: str) -> None:
        click.echo(f"\r{text:<{self._width}}", nl=False, err=True)
        self._width = len(text)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 5400 else f"{whole / 3600:.1f} h"
