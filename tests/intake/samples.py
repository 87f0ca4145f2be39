"""Profiles at random, with every form that an answer has."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from advisor.profile import Answer, Engagement, Frozen, Organisation, Profile, Unit
from advisor.rulebook import Column, Rulebook
from tests.profile.samples import answers_to, texts

_UNKNOWN = ("unknown", "unbekannt", "n/a")
_optional = st.none() | texts
_paragraphs = _optional | st.just("two\nlines: =1+1 and '_x000D_'")


_long = ", ".join(f'{field}: "{" _x0041_" * 1200}"' for field in ("value", "note", "source", "evidence"))
"""Texts of nearly the greatest length that a profile takes; together longer than a cell of a workbook."""
_kept = st.sampled_from(["7", "unknown", '"=1+1"', '{value: 7.5, note: "Mostly: good"}', f"{{{_long}}}"]) | (
    texts.map(lambda text: json.dumps(text, ensure_ascii=False))
)
"""Answers to questions that are not asked any more, as a profile keeps them."""


def _cells(column: Column) -> st.SearchStrategy[Any]:
    if column.type == "number":
        return st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
    if column.type == "yes_no":
        return st.booleans()
    if column.type == "choice":
        return st.sampled_from([choice.value for choice in column.choices])
    return (texts | st.sampled_from(["=1+1", "+49", "-", "@here", "007", "1.5", "TRUE", "_x0041_"])).filter(
        lambda text: text.casefold() not in _UNKNOWN
    )


@st.composite
def answers_of(draw: st.DrawFn, rulebook: Rulebook) -> Frozen[Answer]:
    """Answers to some of the questions."""
    names = draw(st.lists(st.sampled_from(sorted(rulebook.questions)), unique=True))
    return Frozen({name: draw(_answer(rulebook, name)) for name in names})


def _answer(rulebook: Rulebook, name: str) -> st.SearchStrategy[Answer]:
    question = rulebook.questions[name]
    if question.type != "table":
        return answers_to(question)
    cells = {column.name: st.none() | _cells(column) for column in question.columns}
    rows = st.lists(st.fixed_dictionaries(cells).map(Frozen), max_size=4).map(tuple)
    bare = rows.map(lambda value: Answer("answered", value))
    return bare | st.builds(
        Answer, st.just("answered"), rows, evidence=st.just("measured"), source=_optional, note=_paragraphs
    )


def profiles(rulebook: Rulebook) -> st.SearchStrategy[Profile]:
    """Profiles of one to three units."""
    names = st.lists(texts, min_size=1, max_size=3, unique_by=str.casefold)
    return names.flatmap(lambda given: _profiles(given, rulebook))


def _profiles(names: list[str], rulebook: Rulebook) -> st.SearchStrategy[Profile]:
    kept = st.dictionaries(st.sampled_from(sorted(rulebook.questions.removed)), _kept).map(Frozen)
    units = st.tuples(
        *(st.builds(Unit, st.just(name), answers_of(rulebook), about=_paragraphs, kept=kept) for name in names)
    )
    return st.builds(
        Profile,
        organisation=st.builds(
            Organisation,
            name=texts,
            sector=_optional,
            country=st.sampled_from([None, "NO"]),
            currency=st.sampled_from([None, "EUR"]),
            about=_paragraphs,
        ),
        units=units,
        engagement=st.builds(
            Engagement,
            prepared_for=_optional,
            prepared_by=_optional,
            date=st.none() | st.dates(),
            reference=_optional,
        ),
        about=_paragraphs,
    )
