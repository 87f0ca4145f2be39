"""What is refused before YAML is looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.reading import InvalidInput, decode, read_text


def refused(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_text(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: b\nc: \x00", " Y005 it is not a text file"),
        (b"a: b\nc: caf\xe9\n", ":2:7 Y006 byte 0xE9 is not UTF-8"),
        ("ä: ä".encode() + b"\xff", ":1:5 Y006 byte 0xFF"),
        ("a: b".encode("utf-16"), " Y006 it is UTF-16; save it as UTF-8"),
        (b"a: b\nx\x1b[31m: c\n", ":2:2 Y007 the character U+001B ESCAPE"),
        ("a: b\n\nxy \u202e: c\n".encode(), ":3:4 Y007 the character U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a: \u2066b\n".encode(), ":1:4 Y007 the character U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("a: b\x85c\n".encode(), ":1:5 Y007 the character U+0085"),
        ("a: b\ufeff\n".encode(), ":1:5 Y007 the character U+FEFF"),
        (b"a: b\x7f\n", ":1:5 Y007 the character U+007F"),
    ],
)
def test_bad_bytes_are_refused_with_their_place(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(data)
    assert refused(path).startswith(f"{path}{said}")


def test_every_unwanted_character_is_reported() -> None:
    with pytest.raises(InvalidInput) as caught:
        decode(b"a\x01\nb\x02\x03\n", "f")
    places = [(p.place.line, p.place.column) for p in caught.value.problems]
    assert places == [(1, 2), (2, 2), (2, 3)]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    assert read_text(path) == "a: b\r\n"


def test_texts_in_other_scripts_and_emoji_are_kept() -> None:
    text = "name: Łódź 東京 مثال 👩\u200d💻\tx\n"
    assert decode(text.encode(), "f") == text


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert " Y001 there is no such file" in refused(tmp_path / "none.yaml")
    assert " Y002 this is a folder" in refused(tmp_path)


def test_a_path_that_no_system_takes_is_refused(tmp_path: Path) -> None:
    assert os.name == "nt" or " Y003 " in refused(tmp_path / ("x" * 5000))
    assert " Y003 " in refused(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text("a: b\n")
    path.chmod(0)
    assert " Y003 no permission to read it" in refused(path)


def test_a_file_of_50_mb_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert " Y004 it is larger than 5,000,000 bytes" in refused(path)


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"x" * 100)
    assert len(read_text(path, limit=100)) == 100
    with pytest.raises(InvalidInput):
        read_text(path, limit=99)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless device")
def test_an_endless_device_is_refused() -> None:
    assert " Y004 " in refused(Path("/dev/zero"))


def test_the_name_of_a_file_cannot_reach_the_terminal_raw() -> None:
    assert str(InvalidInput([])) == ""
    assert "\x1b" not in refused(Path("no\x1b[2Jfile"))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "f")
    except InvalidInput as problem:
        assert problem.problems
    else:
        assert text.encode() == data.removeprefix(b"\xef\xbb\xbf")
