"""The formats of a memo, by the ending of its file; each is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.memo.document import Memo
from advisor.reading import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from advisor.memo.brand import Brand
    from advisor.memo.word.template import Template

Renderer = Callable[[Memo], str | bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """Where the renderer of a format is, and the packages of the extra ``documents`` that it needs."""

    module: str
    function: str
    packages: tuple[str, ...] = ()


FORMATS = {
    ".md": Format("advisor.memo.markdown", "render_markdown"),
    ".html": Format("advisor.memo.html", "render_html", ("Jinja2",)),
    ".pdf": Format("advisor.memo.pdf", "render_pdf", ("typst", "font-source-sans-pro")),
    ".docx": Format("advisor.memo.word", "render_word", ("python-docx", "XlsxWriter")),
}
_OF_BRANDS = ("typst", "font-source-sans-pro")
CODES = {
    "M001": "The ending of the file names no format that a memo can be written in.",
    "M002": "The format needs a package that is not installed.",
    "M003": "An option does not fit one of several profiles.",
    "M013": "The record that a memo carries cannot be read.",
}


def renderer_for(path: Path) -> Renderer:
    """What writes the format that the ending of `path` names; without one, or without its packages, `InvalidInput`."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        named = f"the ending '{path.suffix}'" if path.suffix else "a file without an ending"
        raise _invalid(path, "M001", f"{named} names no format of a memo; these work: {', '.join(FORMATS)}")
    chosen = FORMATS[ending]
    renderer: Renderer = loaded(chosen.module, chosen.function, path, f"the memo as {ending}", chosen.packages)
    return renderer


def loaded(module: str, name: str, path: Path, what: str, packages: tuple[str, ...]) -> Any:
    """What `module` calls `name`; `InvalidInput` on `path` where a package is not installed that `what` needs."""
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        needs = f"{what} needs a package that is not installed here ({error.name})"
        raise _invalid(path, "M002", f"{needs}; install it: pip install {' '.join(packages)}") from error


def brand_of(path: Path) -> Brand:
    """What a brand file asks for; raises `InvalidInput` with every problem, or without the packages that it needs."""
    brand: Brand = loaded("advisor.memo.brand", "read_brand", path, "a brand", _OF_BRANDS)(path)
    return brand


def brand_schema_of() -> dict[str, Any]:
    """The JSON Schema of brand files; `InvalidInput` without the packages that brands need."""
    made = loaded("advisor.memo.brand", "brand_schema", Path("brand.schema.json"), "a brand", _OF_BRANDS)
    schema: dict[str, Any] = made()
    return schema


def template_of(path: Path) -> Template:
    """The looks of a Word template; raises `InvalidInput` where it, or a package for it, cannot be used."""
    read = loaded("advisor.memo.word.template", "read_template", path, "a Word template", FORMATS[".docx"].packages)
    template: Template = read(path)
    return template


def _invalid(path: Path, code: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(str(path)), code, message)])
