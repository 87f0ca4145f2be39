"""Slides as a file, where what they need is installed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from advisor.advice import Advice
from advisor.reading import InvalidInput, Place, Problem, write_atomically

_ENDING = ".pptx"


def check_deck(path: Path) -> None:
    """Refuse a file that cannot become slides, by its ending or for want of a package, with `InvalidInput`."""
    if path.suffix.lower() != _ENDING:
        raise _invalid(path, "M001", f"slides have one format, {_ENDING}: give the file that ending")
    try:
        import_module("advisor.memo.deck")
    except ModuleNotFoundError as error:
        needs = f"slides need a package that is not installed here ({error.name})"
        raise _invalid(path, "M002", f"{needs}; install it: pip install python-pptx python-docx XlsxWriter") from error


def write_deck(advice: Advice, path: Path) -> None:
    """Write the slides on a profile; what cannot be written raises `InvalidInput`."""
    check_deck(path)
    from advisor.memo.deck import deck_of, render_deck

    write_atomically(path, render_deck(deck_of(advice)))


def _invalid(path: Path, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(str(path)), code, message)])
