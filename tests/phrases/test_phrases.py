"""The phrase books and the code know the same keys; what a phrase names is the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from advisor.phrases import languages, phrases_in
from advisor.phrases.books import FOLDER
from advisor.phrases.writing import writing_of
from advisor.reading import Mapping, compose, read_text

CODE = Path(__file__).parents[2] / "advisor"
FORMS = ("one", "few", "many", "none", "all")
every_language = pytest.mark.parametrize("language", languages())


def test_every_phrase_is_used():
    rooms = ("advice", "backtest", "cli", "memo", "phrases", "portfolio", "reread")
    files = [path for room in rooms for path in (CODE / room).rglob("*") if path.suffix in (".py", ".jinja")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    quote = r"[\"']"
    written = set(re.findall(rf"{quote}([a-z_]+\.[a-z_]+){quote}", code)) | set(
        re.findall(rf"{quote}([a-z_]+){quote}", code)
    )
    open_ = tuple(re.findall(rf"f{quote}([a-z_]+\.[a-z_]*)\{{", code))
    script = (CODE / "portfolio" / "dashboard" / "dashboard.js").read_text(encoding="utf-8")
    written |= {f"dash.{first or second}" for first, second in re.findall(r"words\.(\w+)|say\(\"(\w+)\"", script)}
    for key in phrases_in("en").keys:
        stem = ".".join(part for part in key.split(".") if part not in FORMS)
        assert stem in written or key in written or stem.startswith(open_), key


def test_no_phrase_names_what_the_rulebook_names():
    words = {"volume", "clarity", "recognition", "authority", "klarna", "klarheit", "befugnis", "anerkennung"}
    for language in languages():
        text = " ".join(phrases_in(language).raw(key) for key in phrases_in(language).keys).lower()
        assert words & set(re.findall(r"\w+", text)) == set()


@every_language
def test_no_key_stands_twice(language):
    found: Counter[str] = Counter()
    for file in (FOLDER / language).glob("*.yaml"):
        document = compose(read_text(file), str(file))
        assert isinstance(document, Mapping)
        for section, phrases in document.entries:
            assert isinstance(phrases, Mapping)
            found.update(f"{section.text}.{key.text}" for key, _ in phrases.entries)
    assert [key for key, times in found.items() if times > 1] == []


@every_language
def test_every_language_says_the_same(language):
    """The same keys, and in each phrase the same places."""
    english, other = phrases_in("en"), phrases_in(language)
    assert other.keys == english.keys
    for key in sorted(english.keys):
        assert places(other.raw(key)) == places(english.raw(key)), key


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(
    ("locale", "number", "signed", "percent", "long", "medium", "month", "first"),
    [
        ("en_GB", "1,234,567.8", "+3.05", "5%", "2 November 2026", "2 Nov 2026", "May 2025", True),
        ("de_DE", "1.234.567,8", "+3,05", "5\u00a0%", "2. November 2026", "02.11.2026", "Mai 2025", False),
    ],
)
def test_a_locale_writes_in_its_own_way(locale, number, signed, percent, long, medium, month, first):  # fmt: skip
    writing = writing_of(locale)
    assert writing.decimal(Fraction("1234567.80"), 2) == number
    assert writing.decimal(Fraction("3.05"), 2, signed=True) == signed
    assert writing.decimal(Fraction("-0.001"), 2) == "0"
    assert writing.decimal(Fraction(-7), 0) == "−7"
    assert writing.percent.format("5") == percent
    assert writing.money_first is first
    assert [writing.date(date(2026, 11, 2), form) for form in ("long", "medium")] == [long, medium]
    assert writing.dated("published 2025-05") == f"published {month}"
    assert writing.dated("2026-11-02; 2018-19; 2026-13-40; 12345-67") == f"{long}; 2018-19; 2026-13-40; 12345-67"
