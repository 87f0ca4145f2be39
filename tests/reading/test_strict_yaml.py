"""YAML is read without surprises, and every problem has its place."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Annotated

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.reading import (
    CODES,
    Collector,
    InvalidInput,
    Mapping,
    Place,
    Scalar,
    Sequence,
    compose,
    place_of,
    plain,
    strict_yaml,
)


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        compose(text, "f")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: &x b\n", "f:1:4 Y010 the anchor &x"),
        ("a: b\nc: *x\n", "f:2:4 Y010 the alias *x"),
        ("a: !!python/object:os.system b\n", "f:1:4 Y011 the tag 'tag:yaml.org,2002:python/object:os.system'"),
        ("a: ! b\n", "f:1:4 Y011 the tag '!'"),
        ("a: !!map {}\n", "f:1:4 Y011"),
        ("a: 1\nb: 2\na: 3\n", "f:3:1 Y012 the key 'a' stands already in line 1"),
        ("a: 1\n'a': 3\n", "f:2:1 Y012"),
        ("e\u0301: 1\n\u00e9: 3\n", "f:2:1 Y012"),
        ("a: 1\n---\nb: 2\n", "f:2:1 Y013 a second document"),
        ("? [a, b]\n: c\n", "f:1:3 Y014 a key must be a simple text"),
        ("{{a: b}: c}\n", "f:1:2 Y014"),
        ("[" * 21, "f:1:21 Y015 nested more than 20 levels"),
        ("a: " + "x" * 10_001, "f:1:4 Y016 the text has 10,001 characters"),
        ("", "f Y008 the file is empty"),
        ("# only a comment\n", "f Y008"),
        ("---\n", "f Y008"),
        ("a: b: c\n", "f:1:5 Y009 this is not valid YAML (mapping values are not allowed"),
        ("a:\n\t- b\n", "f:2:1 Y018 a tab stands here, and only spaces may indent; put spaces instead"),
        ("a:\n  b: c\n \td: e\n", "f:3:2 Y018 a tab stands here"),
        ("a:\n- b: c\n-\td: e\n\tf: g\n", "f:3:2 Y018 a tab stands here"),
        ("a: |\n  b\n\tc\n", "f:3:1 Y018 a tab stands here"),
        ("a: @b\n", "f:1:4 Y009"),
        ("a: [b\nc: d\n", "f:2:2 Y009"),
        ('a: "b\n', "f:2:1 Y009"),
        ("%YAML 9.9\n---\na: b\n", "f:1:1 Y009"),
        ('a: "\\u202e"\n', "f:1:4 Y007 the character U+202E"),
        ('a: "\\e[31m"\n', "f:1:4 Y007 the character U+001B"),
        ('a: "b\\rc"\n', "f:1:4 Y007 the character U+000D"),
        ('"\\0": b\n', "f:1:1 Y007 the character U+0000"),
        ("a: \ud800", "f:1:4 Y007 the character U+D800"),
    ],
)
def test_what_could_surprise_is_refused(text: str, start: str) -> None:
    assert problems(text)[0].startswith(start)


def test_everything_is_reported_at_once_in_file_order() -> None:
    found = problems("a: &x b\nc: !t d\na: *x\ne: [}\n")
    assert [line.split()[:2] for line in found] == [
        ["f:1:4", "Y010"],
        ["f:2:4", "Y011"],
        ["f:3:1", "Y012"],
        ["f:3:4", "Y010"],
        ["f:4:5", "Y009"],
    ]


def test_a_tab_names_the_lines_with_others() -> None:
    assert problems("a:\n\tb: c\nd: e\tf\n\tg: h\n  \ti: k\n")[0].endswith("put spaces instead (also in line 4, 5)")
    assert problems("a:\n" + "\tb: c\n" * 9)[0].endswith(" (also in line 3, 4, 5, 6, 7 and 3 more)")


def test_keys_that_appear_twice_leave_a_tree_where_there_is_a_place_for_problems() -> None:
    found = Collector()
    text = "a: 1\na: 2\nb: {c: 3, d: 4}\ne: [5]\nb: {c: 6, f: 7}\ne: [8]\nb: 9\n"
    assert plain(compose(text, "f", found)) == {"a": "1", "b": {"c": "3", "d": "4", "f": "7"}, "e": ["5", "8"]}
    with pytest.raises(InvalidInput) as caught:
        found.stop_if_any()
    assert [str(each).split()[:2] for each in caught.value.problems] == [
        ["f:2:1", "Y012"],
        ["f:5:1", "Y012"],
        ["f:6:1", "Y012"],
        ["f:7:1", "Y012"],
    ]
    with pytest.raises(InvalidInput, match="f:2:1 Y012"):
        compose("a: 1\na: 2\nb: *c\n", "f", found)


def test_a_hopeless_file_is_given_up() -> None:
    found = problems("".join(f"- &a{n} x\n" for n in range(2000)))
    assert len(found) == 501
    assert found[-1] == "f Y099 500 problems or more; the rest is not listed, correct these first"


def test_every_code_used_is_documented_and_every_documented_code_is_used() -> None:
    room = Path(strict_yaml.__file__).parent
    program = "".join(file.read_text(encoding="utf-8") for file in room.glob("*.py") if file.name != "codes.py")
    assert set(re.findall(r'"(Y\d{3})"', program)) == set(CODES)


@pytest.mark.parametrize(
    "raw", ["NO", "1:17", "012", "1.10", "1e3", "0x1f", "yes", "2026-01-01", ".inf", "1_000", "<<", "="]
)
def test_values_stay_the_text_that_was_written(raw: str) -> None:
    assert plain(compose(f"a: {raw}\n", "f")) == {"a": raw}


def test_nothing_written_is_none_and_quoted_nothing_is_text() -> None:
    text = "a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: Null\n"
    assert plain(compose(text, "f")) == {"a": None, "b": None, "c": None, "d": "", "e": "null", "f": "Null"}


def test_places_count_characters_from_one() -> None:
    tree = compose("äö: [x,\n  'y']\nz: |\n  text\n", "f")
    assert isinstance(tree, Mapping)
    names = [(key.text, key.place.line, key.place.column) for key, _ in tree.entries]
    assert names == [("äö", 1, 1), ("z", 3, 1)]
    items = tree.get("äö")
    assert isinstance(items, Sequence)
    assert items.items == (Scalar("x", False, Place("f", 1, 6)), Scalar("y", True, Place("f", 2, 3)))
    assert tree.get("z") == Scalar("text\n", True, Place("f", 3, 4))
    assert tree.get("none") is None


def test_a_thousand_million_laughs_are_refused_at_the_first() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert problems("\n".join(lines))[0].startswith("f:1:5 Y010")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_200_000_levels_do_not_exhaust_the_stack(opening: str) -> None:
    assert "Y015" in problems(opening * 200_000)[-1]


def test_20_levels_are_allowed() -> None:
    assert plain(compose("[" * 20 + "]" * 20, "f")) is not None


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    n: int
    pair: tuple[int, int] = (0, 0)


class _Outer(BaseModel):
    inner: list[_Inner]
    words: dict[Annotated[str, Field(max_length=3)], str] = {}


def test_a_schema_error_finds_its_place() -> None:
    tree = compose("inner:\n  - n: 1\n    m: 2\n  - {pair: [1, x]}\nwords:\n  long_word: a\n", "f")
    with pytest.raises(ValidationError) as caught:
        _Outer.model_validate(plain(tree))
    places = {error["type"]: str(place_of(tree, error["loc"])) for error in caught.value.errors()}
    assert places == {
        "extra_forbidden": "f:3:8",
        "int_parsing": "f:4:16",
        "missing": "f:4:5",
        "string_too_long": "f:6:3",
    }
    assert str(place_of(tree, ("inner", 0, "m"), of_key=True)) == "f:3:5"


def test_parts_that_the_file_does_not_have_are_passed_over() -> None:
    tree = compose("a:\n  - b: 1\n", "f")
    assert place_of(tree, ("a", 0, "function-after[x]", "b")) == Place("f", 2, 8)
    assert place_of(tree, ("a", 7)) == Place("f", 2, 3)
    assert place_of(tree, ()) == Place("f", 1, 1)


_words = st.text(string.ascii_letters + "äß: #-'\"[]{},&*!|>%@`\\\n0123456789", max_size=20)
_trees = st.recursive(_words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3))


@given(_trees)
def test_what_pyyaml_writes_is_read_back(value: object) -> None:
    text = yaml.dump(value, Dumper=_EveryTextQuoted, allow_unicode=True)
    assert plain(compose(text, "f")) == value


class _EveryTextQuoted(yaml.SafeDumper):
    """Writes what is meant as text in quotes, and nothing by reference."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_EveryTextQuoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, '"'))


@settings(max_examples=500)
@given(st.text(max_size=200) | st.text("ab:- \n[]{},&*!|>'\"#%?~\t", max_size=60))
@example("? ? a")
@example("- - - ? -")
def test_any_text_is_a_tree_or_refused(text: str) -> None:
    try:
        plain(compose(text, "f"))
    except InvalidInput as problem:
        assert problem.problems


@settings(max_examples=300)
@given(st.text("ab:- \n[]{},'\"#|>", max_size=40))
def test_the_parser_without_c_reads_the_same(text: str) -> None:
    fast, slow = _read_with(yaml.CBaseLoader, text), _read_with(yaml.BaseLoader, text)
    # The two differ in what they refuse at the edges of the grammar, never in what they read.
    assert fast == slow or "refused" in (fast, slow)


def _read_with(loader: type[yaml.BaseLoader] | type[yaml.CBaseLoader], text: str) -> object:
    usual, strict_yaml._LOADER = strict_yaml._LOADER, loader
    try:
        return [plain(compose(text, "f"))]
    except InvalidInput:
        return "refused"
    finally:
        strict_yaml._LOADER = usual
