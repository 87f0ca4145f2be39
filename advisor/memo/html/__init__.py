"""The memo as one HTML file: nothing that runs, nothing loaded from elsewhere, fit for a phone and for paper."""

from __future__ import annotations

from base64 import b64encode
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from advisor.memo import blocks
from advisor.memo.document import Memo
from advisor.memo.drawing import WIDTH, svg
from advisor.memo.html.brand import brand_style, logo_address
from advisor.memo.html.tables import heat_map, steps, table
from advisor.memo.html.texts import Texts
from advisor.memo.looks import Looks

_FOLDER = Path(__file__).parent
RECORD_ID = "advisor-record"


def render_html(memo: Memo) -> str:
    """The whole memo as one HTML text; the same memo gives the same text."""
    style = _style() + brand_style(memo.looks)
    notes = Texts(memo.provenance)
    parts = [(type(block).__name__, block) for block in memo.blocks]
    return _template().render(
        memo=memo,
        parts=parts,
        notes=notes,
        style=style,
        style_digest=b64encode(sha256(style.encode()).digest()).decode(),
        anchors=_Anchors(),
        table=table,
        heat_map=heat_map,
        steps=steps,
        picture=partial(_picture, memo.looks),
        logo=logo_address(memo.looks),
        fonts="@font-face" in style,
        picture_width=WIDTH,
        record_id=RECORD_ID,
    )


def _picture(looks: Looks, chart: blocks.Chart) -> str:
    """A chart as an address that holds the whole picture: in it, no style or script of a picture can act."""
    return f"data:image/svg+xml;base64,{b64encode(svg(chart, looks).encode()).decode()}"


class _Anchors:
    """Numbers the parts of the memo as they come: once for the contents, once for the text."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def next(self, place: str) -> str:
        """The anchor of the next part, counted apart for each place of the page."""
        self._given[place] = self._given.get(place, 0) + 1
        return f"part-{self._given[place]}"


@cache
def _style() -> str:
    return _FOLDER.joinpath("memo.css").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("memo.html.jinja")
