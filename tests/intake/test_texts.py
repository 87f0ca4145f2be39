"""The texts of workbooks and guides: complete, and the same names filled in in both languages."""

from __future__ import annotations

import pytest

from advisor.intake.english import ENGLISH
from advisor.intake.german import GERMAN
from advisor.intake.texts import Texts
from advisor.intake.workbook.layout import COVER_FIELDS, At
from tests.interview.test_languages import places


@pytest.mark.parametrize("field", Texts.__dataclass_fields__)
def test_both_languages_say_the_same(field: str) -> None:
    english, german = getattr(ENGLISH, field), getattr(GERMAN, field)
    if isinstance(english, str):
        assert places(english) == places(german)
        assert bool(english) == bool(german)
    elif field == "no_answer":
        assert all(text == text.casefold().strip(" .") for text in (*english, *german))
    elif isinstance(english, tuple):
        assert [(bool(text), places(text)) for text in english] == [(bool(text), places(text)) for text in german]
    else:
        assert [(key, places(text)) for key, text in english.items()] == [
            (k, places(text)) for k, text in german.items()
        ]


@pytest.mark.parametrize("texts", [ENGLISH, GERMAN])
def test_every_field_of_the_first_sheet_has_a_label(texts: Texts) -> None:
    for field in COVER_FIELDS:
        assert texts.fields[field]
    assert len(texts.heads) == len(texts.head_notes) == len(At) - 1
