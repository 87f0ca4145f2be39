"""The memo on a portfolio, in every format, and the phrases of the room."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from advisor.engines.outcomes import VERDICT
from tests.cli.command import PROFILES, run

ROOM = Path(__file__).parents[2] / "advisor" / "portfolio"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("memo")
    outputs = [part for ending in (".md", ".docx", ".pdf", ".csv") for part in ("-o", folder / f"memo{ending}")]
    done = run("portfolio", PROFILES, *outputs)
    assert done.returncode == 0, done.stderr
    return folder


def test_its_figures_are_those_of_the_rows(written: Path) -> None:
    text = (written / "memo.md").read_text()
    rows = list(csv.DictReader(io.StringIO((written / "memo.csv").read_text())))
    assert text.startswith(f"# Of {len(rows)} units, ")
    redeploy = sum(row[VERDICT] == "redeploy" for row in rows)
    assert f"{redeploy} can redeploy their hours" in text
    for row in rows:
        assert row["unit"].split(" (")[0] in text
    hours = sum(float(row["free_hours_per_day"] or 0) for row in rows)
    assert f"{hours:.1f} a day altogether" in text


def test_reasons_name_rules_answers_and_sources(written: Path) -> None:
    text = (written / "memo.md").read_text()
    notes = re.findall(r"^\[\^\d+\]: (.*)$", text, re.MULTILINE)
    assert len(notes) > 5
    assert all(note.startswith("Rule") for note in notes)
    assert "Sources" in text
    assert "{" not in text


def test_every_format_holds_the_same_answer(written: Path) -> None:
    title = (written / "memo.md").read_text().splitlines()[0].removeprefix("# ")
    document = Document(str(written / "memo.docx"))
    assert title in [paragraph.text for paragraph in document.paragraphs]
    pages = PdfReader(written / "memo.pdf").pages
    assert title in " ".join(pages[0].extract_text().split())


def test_the_same_portfolio_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    run("portfolio", PROFILES, "-o", tmp_path / "memo.docx", "-o", tmp_path / "memo.md", "-o", tmp_path / "b.html")
    for name in ("memo.docx", "memo.md"):
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes()
    run("portfolio", PROFILES, "-o", tmp_path / "c.html")
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "c.html").read_bytes()


def test_a_memo_that_exists_is_replaced_only_when_that_is_meant(tmp_path: Path) -> None:
    table, memo, board = tmp_path / "t.csv", tmp_path / "memo.md", tmp_path / "board.html"
    table.write_text("organisation,unit,ai_phase\nA,B,live\n")
    memo.write_text("what somebody wrote")
    board.write_text("an earlier one")
    refused = run("portfolio", table, "-o", memo, "-o", board)
    assert refused.returncode == 2
    assert f"'{memo}' exists; give another name, or --force to replace it" in refused.stderr
    assert (memo.read_text(), board.read_text()) == ("what somebody wrote", "an earlier one")
    assert run("portfolio", table, "-o", board).returncode == 0
    assert run("portfolio", table, "-o", memo, "--force").returncode == 0
    assert memo.read_text().startswith("# ")


def test_client_texts_stay_texts(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "organisation,unit,ai_phase\n" + "".join(f"A|B *c* <d>,[x](http://e) `{n}`,live\n" for n in range(6))
    )
    for name in ("m.md", "m.docx", "m.pdf", "m.html"):
        done = run("portfolio", table, "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
    assert r"\[x\](http" in (tmp_path / "m.md").read_text()


def test_nothing_but_rejects_is_a_memo_too(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("unit,error_rate_pct\nx,101\ny,-1\n")
    for name in ("m.md", "m.docx", "m.pdf", "m.html"):
        done = run("portfolio", tmp_path / "t.csv", "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
    text = (tmp_path / "m.md").read_text()
    assert text.startswith("# No unit could be advised on")
    assert "P024: A number is out of bounds." in text
    done = run("portfolio", tmp_path / "t.csv", "-o", tmp_path / "de.md", "--language", "de")
    assert "P024: Die Zahl liegt außerhalb der Grenzen" in (tmp_path / "de.md").read_text()


def test_hours_that_nobody_knows_are_not_nought(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("organisation,unit,ai_phase\nA,One,live\nA,Two,pilot\n")
    done = run("portfolio", table, "-o", tmp_path / "m.md")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "m.md").read_text().splitlines()
    heads = next(number for number, line in enumerate(lines) if "hours free a day" in line)
    place = [cell.strip() for cell in lines[heads].split("|")].index("hours free a day")
    assert lines[heads + 2].split("|")[place].strip().strip("*") == "not known"


def test_only_hours_that_are_free_now_are_added_up(tmp_path: Path) -> None:
    desks = [("Planned", "planned", "", 600), ("Live", "live", 8, 200), ("New", "live", 1, 100)]
    rows = [f"A,{unit},{phase},{months},4,{cases},system,pooled_queue,6" for unit, phase, months, cases in desks]
    questions = (
        "ai_phase,months_live,ai_minutes_saved_per_case,cases_per_day,saving_measured_by,work_mode,backlog_weeks"
    )
    (tmp_path / "t.csv").write_text("\n".join([f"organisation,unit,{questions}", *rows]))
    done = run("portfolio", tmp_path / "t.csv", "-o", tmp_path / "m.md", "-o", tmp_path / "r.csv", "--format", "table")
    assert done.returncode == 0, done.stderr
    read = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text())))
    assert [(row["free_hours_per_day"], row["later_hours_per_day"]) for row in read] == [
        ("0.0", "34.0"),
        ("11.33", ""),
        ("5.67", ""),
    ]
    text = (tmp_path / "m.md").read_text()
    for said in (text, " ".join(done.stdout.split())):
        assert "Hours are free in 2 units, 17 a day altogether. Of these, 17 in 2 units may not be moved yet:" in said
        assert "In 1 unit 34 hours a day are forecast to come free after go-live; they are not counted as free." in said
    assert "hours free a day, as far as known; 17 of them not to be moved yet" in text
    assert "| New, held back by “Stabilise first” |" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("is what all 2 units are told", "For all 2 units no use of the hours can be recommended yet")),
        (
            "de",
            ("ist die Empfehlung für alle 2 Einheiten", "Für alle 2 Einheiten lässt sich noch keine Verwendung der"),
        ),
    ],
)
def test_what_is_said_of_all_units_is_not_said_of_most(tmp_path: Path, language: str, said: tuple[str, str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("organisation,unit,ai_phase\nA,One,live\nA,Two,pilot\n")
    done = run("portfolio", table, "-o", tmp_path / "m.md", "--language", language)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "m.md").read_text()
    assert all(sentence in text for sentence in said)


def test_a_unit_may_stand_out_without_a_reason(tmp_path: Path) -> None:
    """Nothing is cited then, and a heading or a list without anything below it would break a format."""
    rows = "\n".join(f"A,B{number},planned,freeze,limited" for number in range(4))
    table = tmp_path / "t.csv"
    table.write_text(
        f"organisation,unit,ai_phase,headcount_policy,human_path\n{rows}\nA,C,planned,growth_allowed,always\n"
    )
    outputs = [part for ending in (".md", ".docx", ".pdf") for part in ("-o", tmp_path / f"memo{ending}")]
    done = run("portfolio", table, *outputs)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "memo.md").read_text()
    assert "### C\n\nErosion: cannot show before go-live (the only one of 5)." in text
    assert "Sources" not in text
