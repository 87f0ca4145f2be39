"""Memos with texts that a renderer might take for something else, and what a rendering has to hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from advisor.memo import Memo
from advisor.memo.blocks import (
    Bar,
    BarPart,
    Block,
    Bullets,
    Callout,
    Chart,
    Decision,
    Figure,
    Heading,
    HeatMap,
    HeatRow,
    KeyFigures,
    Origin,
    PageBreak,
    Paragraph,
    Particulars,
    ReferenceLine,
    Step,
    Steps,
    Table,
    Text,
    Title,
)
from advisor.memo.blocks import Column as Head
from advisor.profile import Frozen, Profile
from advisor.reading.text_file import unwanted_character
from tests.memo.samples import profile

HOSTILE = (
    "| a | b |",
    "<script>alert(1)</script> <!-- -->",
    "# no heading",
    "- no list",
    "1. no list",
    "```no code```",
    "`no code` **no bold** _no_ ~~no~~",
    "[no link](http://example.org) ![no](x) <http://example.org> http://example.org",
    "{{ no.template }} {% no %} $no$ &amp; &lt;",
    '#eval("1") @note <label> $x$ /* no */ // no',
    "[^1]: no note [^1]",
    "    four spaces",
    "--- === *** ___ +++",
    "\\",
    "> no quote",
    ":smile:",
    "=SUM(A1)",
    "\"' onload=alert(1)",
    "A&B <w:t>no</w:t> ]]>",
    "العربية 中文 é́",
)


def client_texts() -> st.SearchStrategy[str]:
    """Texts as a profile may hold them: what is alive in some format, and anything else."""
    alive = st.text(alphabet="|<>#-+*_`~[](){}!\\&;:=$^@/'\".1 ax\u00a0", min_size=1, max_size=40)
    any_ = st.text(min_size=1, max_size=40).filter(lambda text: unwanted_character(text) is None)
    return st.one_of(st.sampled_from(HOSTILE), alive, any_).map(lambda text: " ".join(text.split())).filter(bool)


def with_client_text(text: str) -> Profile:
    """The IKEA profile with one text in every place that takes one."""
    source = profile("ikea")
    (unit,) = source.units
    answers = {
        name: replace(answer, source=text, note=text) if answer.state == "answered" else answer
        for name, answer in unit.answers.items()
    }
    organisation = replace(source.organisation, name=text, currency=None)
    engagement = replace(source.engagement, prepared_for=text, prepared_by=text, reference=text)
    unit = replace(unit, name=text, about=text, answers=Frozen(answers))
    return replace(source, organisation=organisation, engagement=engagement, about=text, units=(unit,))


def every_block(text: str) -> tuple[Block, ...]:
    """One block of each kind, with a text in every place."""
    run = Text(text, text, Origin(text))
    return (
        Title(text),
        Particulars(((text, text),)),
        *(Heading(text, level) for level in (2, 3, 4, 5)),
        Paragraph(run),
        Bullets((run, Text(text))),
        Bullets((run,), numbered=True),
        Callout("warning", run),
        Callout("critical", run),
        Callout("note", run),
        Decision(run, ((text, text),)),
        KeyFigures((Figure(text, text), Figure(text, text))),
        Table((Head(text), Head(text, "right")), ((run, Text("")), (Text(text), Text(text)))),
        HeatMap(text, (text,) * 4, (HeatRow(text, ((text, "low"), (text, "high"), (text, "full"))),)),
        HeatMap(text, (text, text), (HeatRow(text, ((text, "none"),)), HeatRow(text, ((text, "open"),)))),
        Chart(
            title=text,
            bars=(Bar(text, text, (BarPart(2, "full"), BarPart(1, "open"))), Bar(text, text, (BarPart(1, "lost"),), 1)),
            span=(0, 4),
            alternative=text,
            lines=(ReferenceLine(text, 3),),
            key=(("full", text), ("lost", text), ("open", text)),
        ),
        PageBreak(),
        Steps((text, text, text, text), (Step(run, text, text, text),)),
        PageBreak(dense=True),
        Bullets((run, run)),
        Table((Head(text), Head(text)), ((Text("", text), Text("")), (run, Text(text)))),
    )


def strings_of(memo: Memo) -> Iterator[str]:
    """Every string that a reader must find, as a reader sees it: runs of white space are one space."""
    for block in memo.blocks:
        for words in _strings(block):
            if shown := " ".join(words.split()):
                yield shown


def _strings(part: object) -> Iterator[str]:
    match part:
        case Callout(text=text):
            yield from _strings(text)
        case Chart(title, bars, _, alternative, lines):
            yield from (title, alternative, *(line.label for line in lines))
            yield from (words for bar in bars for words in (bar.label, bar.shown))
        case Bullets(items=items):
            yield from _strings(items)
        case HeatRow(label, cells):
            yield from (label, *(words for words, _ in cells))
        case Head(head=head):
            yield head
        case Origin(words=words):
            yield words
        case str():
            yield part
        case tuple():
            for each in part:
                yield from _strings(each)
        case _:
            for name in getattr(part, "__slots__", ()):
                yield from _strings(getattr(part, name))


def goes_on(words: str, pages: Sequence[str]) -> bool:
    """Whether a text, such as a long footnote, begins on one page and ends on the next."""
    return any(
        words[:place] in page and words[place:] in following
        for page, following in pairwise(pages)
        for place in range(1, len(words))
    )
