"""The formats of a guide; each is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from advisor.intake.guide.content import Guide
from advisor.reading import InvalidInput, Place, Problem

Renderer = Callable[[Guide], str | bytes]
FORMATS: Mapping[str, tuple[str, str]] = {
    "markdown": (".md", "advisor.intake.guide.markdown"),
    "docx": (".docx", "advisor.intake.guide.word"),
    "csv": (".csv", "advisor.intake.guide.table"),
}
"""The ending of each format and the module that renders it."""


def renderer_of(format_: str, file: str) -> Renderer:
    """What writes a format; `InvalidInput` on `file` where a package for it is not installed."""
    try:
        renderer: Renderer = import_module(FORMATS[format_][1]).render
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] != "docx":
            raise
        message = "the guide as Word needs a package that is not installed here; install it: pip install python-docx"
        raise InvalidInput([Problem(Place(file), "W018", message)]) from error
    return renderer
