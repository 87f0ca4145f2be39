"""Which fields of the rulebook are texts for a reader, and the same rulebook with other texts in their place.

A text is named by its path: the list or part of the frame that it stands in, the name of the entry, the fields below.
What holds only one kind of text has no field in the path: ``("claims", "A1")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from advisor.rulebook.model import (
    Across,
    Check,
    Choice,
    Claim,
    Column,
    Erosion,
    FirstPlace,
    Headline,
    Measure,
    MemoTexts,
    Parameter,
    Pattern,
    Preparation,
    Question,
    Remedy,
    Removed,
    Revision,
    Rule,
    Score,
    Section,
    Selection,
    Source,
    StaffAnswers,
    Term,
    Verdict,
    Voices,
)
from advisor.rulebook.questionnaire import Questionnaire
from advisor.rulebook.sheet import Contents

Path: TypeAlias = tuple[str, ...]
TextAt: TypeAlias = Callable[[Path, str], str]
C = TypeVar("C", bound=Contents)

TEXTS: Mapping[type, tuple[str, ...]] = {
    Across: ("one", "many"),
    Check: ("says", "remedy"),
    Choice: ("label",),
    Claim: ("says",),
    Column: ("label", "choices"),
    Erosion: ("titles",),
    FirstPlace: ("says",),
    Headline: ("firm", "provisional", "open"),
    Measure: ("label", "because"),
    MemoTexts: ("question", "situation", "caveats"),
    Parameter: ("why", "label", "assumes"),
    Pattern: ("title", "means", "use", "worth_if", "assumes"),
    Preparation: ("title", "word", "question"),
    Question: ("label", "ask", "help", "choices", "columns", "changed"),
    Remedy: ("action", "owner", "about"),
    Removed: ("label", "why"),
    Revision: ("says",),
    Rule: ("title", "says", "because", "limits", "remedy"),
    Score: ("terms",),
    Section: ("title",),
    Selection: ("first",),
    Source: ("title", "where", "who", "when", "note"),
    StaffAnswers: ("note", "notice", "unsure"),
    Term: ("label",),
    Voices: ("contradictory",),
    Verdict: ("title", "headline", "across", "complication", "decision"),
}
"""The texts of each part; the first is the one that stands where a translation gives a text alone."""
_KEYS: Mapping[type, str] = {Choice: "value", Revision: "version", Term: "weight"}
"""What tells parts of a list apart; for others it is their name."""
FRAME = {
    name: name
    for name in ("patterns", "preparations", "verdicts", "selection", "erosion", "staff_answers", "voices", "memo")
}
FRAME["written"] = "units"
"""The parts of the frame that hold texts, by what a path calls them."""
LISTS = ("sections", "questions", "checks", "measures", "scores", "parameters", "rules", "sources", "claims")


def with_texts(contents: C, text_at: TextAt) -> C:
    """The same rulebook, each text of it replaced by what `text_at` says for its path."""
    frame = {field: _replaced(getattr(contents.frame, field), text_at, (name,)) for name, field in FRAME.items()}
    lists: dict[str, Any] = {name: _replaced(getattr(contents, name), text_at, (name,)) for name in LISTS}
    return replace(contents, frame=replace(contents.frame, **frame), **lists)


def texts_of(contents: Contents) -> Iterator[tuple[Path, str]]:
    """Every text of a rulebook with its path, in the order of the rulebook."""
    found: list[tuple[Path, str]] = []

    def note(path: Path, text: str) -> str:
        found.append((path, text))
        return text

    with_texts(contents, note)
    yield from found


def _replaced(value: Any, text_at: TextAt, path: Path) -> Any:
    match value:
        case None:
            return None
        case str():
            return text_at(path, value) if value else value
        case tuple():
            return tuple(_replaced(each, text_at, (*path, _key(each, place))) for place, each in enumerate(value, 1))
        case Questionnaire():
            removed = _replaced(value.removed, text_at, ("removed",))
            return replace(value, questions=_replaced(value.questions, text_at, path), removed=removed)
        case Mapping():
            return {key: _replaced(each, text_at, (*path, key)) for key, each in value.items()}
    fields = TEXTS[type(value)]
    alone = len(fields) == 1 and not isinstance(value, Selection)
    return replace(
        value,
        **{
            field: _replaced(getattr(value, field), text_at, path if alone else (*path, field))
            for field in fields
            if getattr(value, field) is not None
        },
    )


def _key(part: object, place: int) -> str:
    """What an entry of a list is called: its name, or its place where it has none."""
    return str(getattr(part, _KEYS.get(type(part), "name"), place))
