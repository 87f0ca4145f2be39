"""Slides as a file, where what they need is installed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from advisor.advice import Advice
from advisor.memo.document import MemoOptions
from advisor.reading import InvalidInput, Place, Problem, write_atomically

SLIDES = ".pptx"
"""The ending of the only format of slides."""
_USUAL = MemoOptions()


def check_deck(path: Path) -> None:
    """Refuse a file that cannot become slides, by its ending or for want of a package, with `InvalidInput`."""
    if path.suffix.lower() != SLIDES:
        raise _invalid(path, "M001", f"slides have one format, {SLIDES}: give the file that ending")
    try:
        import_module("advisor.memo.deck")
    except ModuleNotFoundError as error:
        needs = f"slides need a package that is not installed here ({error.name})"
        raise _invalid(path, "M002", f"{needs}; install it: pip install python-pptx python-docx XlsxWriter") from error


def write_deck(advice: Advice, path: Path, options: MemoOptions = _USUAL) -> None:
    """Write the slides on a profile; what cannot be written raises `InvalidInput`."""
    check_deck(path)
    from advisor.memo.deck import render_slides, slides_of

    write_atomically(path, render_slides(slides_of(advice, options)))


def _invalid(path: Path, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(str(path)), code, message)])
