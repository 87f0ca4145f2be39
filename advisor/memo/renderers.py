"""The formats of a memo, by the ending of its file; each is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from advisor.memo.document import Memo
from advisor.reading import InvalidInput, Place, Problem

Renderer = Callable[[Memo], str | bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """Where the renderer of a format is, and the packages of the extra ``documents`` that it needs."""

    module: str
    function: str
    packages: tuple[str, ...] = ()


FORMATS = {
    ".md": Format("advisor.memo.markdown", "render_markdown"),
    ".html": Format("advisor.memo.html", "render_html", ("Jinja2", "vl-convert-python")),
    ".pdf": Format("advisor.memo.pdf", "render_pdf", ("typst", "font-source-sans-pro", "vl-convert-python")),
    ".docx": Format("advisor.memo.word", "render_word", ("python-docx", "XlsxWriter")),
}
CODES = {
    "M001": "The ending of the file names no format that a memo can be written in.",
    "M002": "The format needs a package that is not installed.",
    "M013": "The record that a memo carries cannot be read.",
}


def renderer_for(path: Path) -> Renderer:
    """What writes the format that the ending of `path` names; without one, or without its packages, `InvalidInput`."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        named = f"the ending '{path.suffix}'" if path.suffix else "a file without an ending"
        raise _invalid(path, "M001", f"{named} names no format of a memo; these work: {', '.join(FORMATS)}")
    chosen = FORMATS[ending]
    try:
        renderer: Renderer = getattr(import_module(chosen.module), chosen.function)
    except ModuleNotFoundError as error:
        needs = f"the memo as {ending} needs a package that is not installed here ({error.name})"
        raise _invalid(path, "M002", f"{needs}; install it: pip install {' '.join(chosen.packages)}") from error
    return renderer


def _invalid(path: Path, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(str(path)), code, message)])
