"""The guide as Markdown: boxes to tick as a task list, lines to write on."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.intake.guide.content import Chapter, Guide, Item
from advisor.memo.markdown import escaped
from advisor.rulebook import Question

_SHORT, _LONG = "________", "____________________________"
_EMPTY_ROWS = 5


def render(guide: Guide) -> str:
    """The guide as one text."""
    return "\n\n".join(_blocks(guide)) + "\n"


def _blocks(guide: Guide) -> Iterator[str]:
    texts = guide.asked.texts
    yield f"# {escaped(guide.title)}"
    if guide.about:
        yield escaped(" · ".join(guide.about))
    yield "\n".join(f"- {label}: {_LONG}" for label in texts.guide_filled_in)
    yield "\n\n".join(map(escaped, texts.guide_how_to))
    for chapter in guide.chapters:
        yield from _chapter(chapter, guide)


def _chapter(chapter: Chapter, guide: Guide) -> Iterator[str]:
    level = "##"
    if chapter.unit:
        yield f"## {escaped(chapter.unit)}"
        level = "###"
    if not chapter.topics:
        yield escaped(guide.asked.texts.guide_nothing)
    for topic in chapter.topics:
        yield f"{level} {escaped(topic.title)}"
        for item in topic.items:
            yield from _item(item, guide)


def _item(item: Item, guide: Guide) -> Iterator[str]:
    yield f"**{item.number}. {escaped(item.question.ask)}**"
    hint = guide.hint(item)
    if hint:
        yield f"*{escaped(hint)}*"
    yield escaped(item.question.help)
    yield from _room(item.question, guide)


def _room(question: Question, guide: Guide) -> Iterator[str]:
    texts = guide.asked.texts
    if question.type == "number":
        unit = f" {escaped(guide.asked.unit(question))}" if question.unit else ""
        ends = texts.guide_from_to.format(line=_SHORT)
        yield f"{texts.guide_answer}: {_SHORT}{unit} {ends} ({escaped(guide.asked.allowed(question)).rstrip('.')})"
    if question.type == "table":
        yield _table([guide.head(column) for column in question.columns])
        yield escaped(guide.offered(question))
    boxes = [*guide.options(question), guide.asked.wording.unknown_word]
    lines = [f"- [ ] {escaped(option)}" for option in boxes]
    lines.append(f"- [ ] {texts.guide_does_not_apply.format(line=_LONG)}")
    yield "\n".join(lines)
    yield f"{texts.guide_known}: {_LONG}"


def _table(heads: list[str]) -> str:
    lines = [[escaped(head) for head in heads], ["---"] * len(heads), *[[" "] * len(heads)] * _EMPTY_ROWS]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
