"""Files that are no workbook, or that would do harm: refused at once, with what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.intake.workbook.open import LARGEST_FILE
from advisor.intake.workbook.read import read_workbook
from advisor.reading import InvalidInput
from tests.intake.books import SMALL, made, problems, with_part

OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
WORKBOOK = made()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "W001 the file is empty"),
        (b"a,b\n1,2\n", "W001 it is not an Excel workbook, or is damaged (File is not a zip file)"),
        (WORKBOOK[: len(WORKBOOK) // 2], "W001 it is not an Excel workbook, or is damaged"),
        (OLD_OFFICE + b"\0" * 600, "W001 it is a file of an older Office; save it as an Excel workbook"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "W001 it is protected by a password"),
        (packed(**{"content.xml": b"<a/>"}), "W001 it is an OpenDocument file; save it as"),
        (packed(**{"xl/workbook.bin": b"x"}), "W001 it is a binary Excel workbook; save it as"),
        (packed(**{"word/document.xml": b"<a/>"}), "W001 it is a package, but no workbook; save it as"),
        (packed(**{"xl/workbook.xml": b"<a/>"}), "W001 it is damaged, or uses what cannot be read"),
        (packed(**{"xl/workbook.xml": b"<a"}), "W001 it is damaged, or uses what cannot be read"),
        (packed(**{"xl/workbook.xml": b"", "a": b"0" * 61_000_000}), "W002 it unpacks to 61,000,000 bytes in 2 parts"),
        (
            packed(**{"xl/workbook.xml": b"", "a": b"<c r='A1'/>" * 500_000}),
            "W002 its sheets have, merge or link 500",
        ),
        (packed(**{"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "W001 its part 'xl/workbook.xml' declares"),
        (packed(**{"xl/workbook.xml": "<!DOCTYPE a>".encode("utf-16")}), "W001 its part 'xl/workbook.xml' declares"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    (found,) = problems(data, tmp_path)
    assert found.startswith(f"filled.xlsx {said}")


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A:XFD", "1:1048576", "$A$1:$B$1048576"])
@pytest.mark.parametrize("kind", ["mergeCell", "hyperlink"])
def test_areas_that_would_fill_the_memory_are_refused(kind: str, area: str, tmp_path: Path) -> None:
    part = f'<{kind}s count="1"><{kind} ref="{area}"/></{kind}s></worksheet>'
    data = with_part(WORKBOOK, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("</worksheet>", part))
    assert re.match(r"filled.xlsx W002 its sheets have, merge or link [\d,]+ cells", problems(data, tmp_path)[0])


def test_a_file_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InvalidInput, match=f"W002 it is larger than {LARGEST_FILE:,} bytes; is it the right file"):
        read_workbook(path, SMALL)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_a_path_that_leads_nowhere(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "x.xlsx")
    with pytest.raises(InvalidInput, match=r"Y00[12]"):
        read_workbook(tmp_path / "x.xlsx", SMALL)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    """Whatever happens to the parts of a workbook, nothing but `InvalidInput` is raised."""
    parts = ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/comments2.xml"]
    part = data.draw(st.sampled_from(parts))

    def damage(xml: str) -> str:
        at = data.draw(st.integers(0, len(xml)))
        length = data.draw(st.integers(0, 40))
        return xml[:at] + data.draw(st.text(max_size=10)) + xml[at + length :]

    problems(with_part(WORKBOOK, part, damage), tmp_path)
