"""What a memo is made of: a small closed union of immutable blocks. Writers make them, renderers read them.

Blocks hold plain text only. Whatever a text looks like, a renderer shows it as text; fixed words (labels, column
heads) are in the blocks too, so that a renderer has no language of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, TypeAlias

Align = Literal["left", "right"]
Kind = Literal["warning", "critical", "note"]
Provenance = Literal["footnotes", "margin", "off"]
"""Where statements show what they rest on."""
Tone = Literal["full", "open", "lost"]
"""How a part of a bar looks: dark for what counts, grey for what is taken away, an outline for what is still open."""
Heat = Literal["none", "low", "high", "full", "open"]
"""How dark the ground of a cell is, from white to dark; open is not known, which is no shade between the others."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a statement rests on: the rules by code, answers and sources by name, and all of it in words for a note."""

    words: str
    rules: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the margin: rules and answers; sources where there is neither."""
        parts = [", ".join(dict.fromkeys(names)) for names in (self.rules, self.answers)]
        return "; ".join(part for part in parts if part) or ", ".join(self.sources)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words; `lead` stands before it in bold."""

    words: str
    lead: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """The answer, in one sentence; the first block of a memo."""

    words: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """To whom, from whom, when: labels with their values."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part (level 2) or of what stands below it (3 to 5)."""

    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    head: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has one cell per column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat map: its label, and its cells with their words and their heat."""

    label: str
    cells: tuple[tuple[str, Heat], ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table in which the ground of a cell shows how much its words weigh; the title is what it shows.

    `heads` are those of the labels and of the cells. The words alone say everything, so nothing depends on shades.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    @property
    def texts(self) -> tuple[tuple[Text, ...], ...]:
        """The rows as those of a table."""
        return tuple((Text(row.label), *(Text(words) for words, _ in row.cells)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure."""

    label: str
    value: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A few figures to be seen at a glance."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A warning or a note that must not be overlooked."""

    kind: Kind
    text: Text


@dataclass(frozen=True, slots=True)
class Decision:
    """What is asked of the reader; `fields` say by whom and by when."""

    text: Text
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, by which role, by whom in person, until when."""

    action: Text
    role: str
    person: str
    due: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one horizon, under the heads of action, role, person and date."""

    heads: tuple[str, str, str, str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar, from where the part before it ends; a negative length leads to the left."""

    length: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart from `start` on, and its figures as the reader sees them.

    Its parts are in the order full, open, lost.
    """

    label: str
    shown: str
    parts: tuple[BarPart, ...]
    start: float = 0

    @property
    def ends(self) -> tuple[float, ...]:
        """Where the bar starts and where each of its parts ends."""
        return tuple(accumulate((part.length for part in self.parts), initial=self.start))


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """What bars are measured against, and what that value means."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on one scale. The title is what they show; `alternative` says all figures to who does not see them.

    `span` holds the ends of the scale, `key` says what tones mean.
    """

    title: str
    bars: tuple[Bar, ...]
    span: tuple[float, float]
    alternative: str
    lines: tuple[ReferenceLine, ...] = ()
    key: tuple[tuple[Tone, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page where there are pages; what follows is `dense` where it is looked up rather than read through.

    Dense parts may stand in columns; where they do, one needs no new page after another.
    """

    dense: bool = False


Block: TypeAlias = (
    Title
    | Particulars
    | Heading
    | Paragraph
    | Bullets
    | Table
    | HeatMap
    | KeyFigures
    | Chart
    | Callout
    | Decision
    | Steps
    | PageBreak
)


def heads_rows(row: Sequence[Text]) -> bool:
    """Whether a row of a table only says what the rows below it are about: a lead, and nothing else."""
    first, *others = row
    return bool(others and first.lead and not first.words) and not any(cell.lead or cell.words for cell in others)


def texts(block: Block) -> Iterator[Text]:
    """Every text of a block that may have an origin, in reading order."""
    match block:
        case Paragraph(text) | Callout(text=text) | Decision(text=text):
            yield text
        case Bullets(items=items):
            yield from items
        case Table(rows=rows):
            for row in rows:
                yield from row
        case Steps(steps=steps):
            yield from (step.action for step in steps)
        case _:
            return
