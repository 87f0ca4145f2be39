"""How a command ends: exit codes, messages without tracebacks, quiet pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import IO, Any

import click

FINE, FINDINGS, INVALID, RESUMABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130
_REPORT = (
    "This is an error in advisor, not in your input. Please report it with the lines above, "
    "and with the profile if you may share it."
)


class Findings(Exception):
    """Findings at or above `--fail-level`, or a rulebook that did not pass: exit code 1."""


class Resumable(Exception):
    """An interview stopped before the advice was settled; it can be taken up again: exit code 3."""


class Told(click.ClickException):
    """What went wrong has been told already: exit code 2, or 70 where some of it was an error of advisor."""

    def __init__(self, *, internal: bool) -> None:
        super().__init__("")
        self.internal = internal

    def show(self, file: IO[Any] | None = None) -> None:
        """Say nothing more."""


class ReaderGone(Exception):
    """Nobody reads the output any more, as after `| head -1`: that is no error."""


def colour_wanted() -> bool | None:
    """Whether output may be coloured: `NO_COLOR` and a dumb terminal say no, otherwise click decides by the stream."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and turn everything that can happen into an exit code and, on standard error, a message."""
    _open_closed_streams()
    try:
        command.main(args=list(arguments), prog_name="advisor", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        return _ended(error)
    return FINE


def _open_closed_streams() -> None:
    """Python has no stream at all where the caller closed it (`>&-`); what is written then goes nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _ended(error: BaseException) -> int:
    match error:
        case click.ClickException():
            error.show()
            return INTERNAL if isinstance(error, Told) and error.internal else INVALID
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort() | KeyboardInterrupt():
            begun_line = "" if isinstance(error, click.Abort) else "\n"  # click has ended the line already
            click.echo(f"{begun_line}interrupted", err=True)
            return INTERRUPTED
        case ReaderGone() | BrokenPipeError():
            _close_quietly()
            return FINE
        case Findings():
            return FINDINGS
        case Resumable():
            return RESUMABLE
        case SystemExit():
            return error.code if isinstance(error.code, int) else INTERNAL
    return _invalid_or_internal(error)


def _invalid_or_internal(error: BaseException) -> int:
    from advisor.reading import InvalidInput

    if isinstance(error, InvalidInput):
        click.echo(str(error), err=True)
        return INVALID
    if isinstance(error, OSError):
        click.echo(f"{error.filename or 'output'}: {error.strerror or error}; check space and permissions", err=True)
        return INVALID
    if isinstance(error, RecursionError | MemoryError):
        click.echo("the input is too large or too deeply nested", err=True)
        return INVALID
    import traceback
    from pathlib import Path

    for line in traceback.format_exception_only(error):
        click.echo(line.rstrip(), err=True)
    place = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(f"in {place.name}, {Path(place.filename).name} line {place.lineno}", err=True)
    click.echo(_REPORT, err=True)
    return INTERNAL


def _close_quietly() -> None:
    """The reader has gone: nothing more can be said, and Python must not try when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
