"""`advisor portfolio` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from advisor.portfolio.codes import CODES
from tests.cli.command import PROFILES, at_terminal, run
from tests.portfolio.parted import TOO_LARGE

HEADER = "organisation,unit,ai_phase,months_live,cases_per_day,error_rate_pct,csat_change_pts,harm_running,region\n"
GOOD = [
    "Example,North,live,12,200,3.2,-4,no,EU",
    "Example,South,live,14.5,180,2,unknown,false,EU",
    "Example,East,pilot,,90,,n/a,,US",
]
TABLE = HEADER + "\n".join(GOOD) + "\n"


def written(folder: Path, text: str | bytes, name: str = "branches.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def portfolio(*arguments: object, stdin: bytes | str | None = None, cwd: Path | None = None, code: int = 0) -> Any:
    done = run("portfolio", *arguments, stdin=stdin, cwd=cwd)
    assert done.returncode == code, done.stderr
    return done


def rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def advised(*arguments: object, **more: Any) -> list[dict[str, str]]:
    return rows(portfolio(*arguments, "--format", "csv", **more).stdout)


def test_a_row_for_each_unit_with_the_advice_of_assess(tmp_path: Path) -> None:
    found = advised(written(tmp_path, TABLE), "--keep", "region")
    assert [row["unit"] for row in found] == ["North", "South", "East"]
    assert [row["row"] for row in found] == ["2", "3", "4"]
    assert [row["region"] for row in found] == ["EU", "EU", "US"]
    answers = "ai_phase: live, months_live: 12, cases_per_day: 200, error_rate_pct: 3.2, csat_change_pts: -4"
    unit = f"{{name: North, answers: {{{answers}, harm_running: false}}}}"
    profile = f"advisor_profile: 1\norganisation: {{name: Example}}\nunits: [{unit}]"
    (wanted,) = json.loads(run("assess", "-", "--no-outlook", "--format", "json", stdin=profile).stdout)["units"]
    north = found[0]
    assert (north["verdict"], north["erosion"]) == (wanted["verdict"], wanted["erosion"]["level"])
    scores = {each["pattern"]: each["low"] for each in wanted["patterns"]}
    assert {name: float(north[f"{name}.low"]) for name in scores} == scores


def test_every_format_says_the_same(tmp_path: Path) -> None:
    table = written(tmp_path, TABLE)
    files = [tmp_path / f"out{ending}" for ending in (".csv", ".xlsx", ".parquet", ".jsonl")]
    outputs = [part for file in files for part in ("-o", file)]
    done = portfolio(table, *outputs, "--keep", "region", "--findings")
    assert done.stdout == ""
    parquet = pl.read_parquet(files[2]).to_dicts()
    assert len(parquet) == 3
    assert [json.loads(line) for line in files[3].read_text().splitlines()] == parquet
    first, *_ = rows(files[0].read_text())
    assert {name: _typed(text, parquet[0][name]) for name, text in first.items()} == parquet[0]
    sheet = openpyxl.load_workbook(files[1]).active
    assert sheet is not None
    heads, *cells = sheet.iter_rows(values_only=True)
    assert [dict(zip(heads, row, strict=True)) for row in cells] == parquet
    assert any(name.startswith("finding.") for name in parquet[0])
    again = tmp_path / "again"
    again.mkdir()
    portfolio(table, *(part for file in files for part in ("-o", again / file.name)), "--keep", "region", "--findings")
    assert [file.read_bytes() for file in files] == [(again / file.name).read_bytes() for file in files]
    assert {path.name for path in again.iterdir()} == {*(file.name for file in files), "out.rejects.csv"}


def _typed(text: str, like: Any) -> Any:
    if text == "":
        return None
    return text == "true" if isinstance(like, bool) else type(like)(text) if like is not None else text


def test_bad_rows_go_to_the_rejects_and_the_others_are_advised_on(tmp_path: Path) -> None:
    bad = [
        "Example,West,live,12,200,103,,,EU",
        "Example,,live,12,200,1,,,EU",
        "Example,Short,live",
        'Example,"Open,live,12,200,1,,,EU',
        'Example,"After"x,live,12,200,1,,,EU',
        "Example,Words,soon,12,2e3,1,,maybe,EU",
    ]
    table = written(tmp_path, HEADER + "\n".join([GOOD[0], *bad, "", GOOD[1], ",,,,,,,,"]) + "\n")
    done = portfolio(table, "-o", tmp_path / "out.csv", "--keep", "region")
    assert "6 of 8 rows cannot be advised on" in done.stderr
    assert [row["unit"] for row in rows((tmp_path / "out.csv").read_text())] == ["North", "South"]
    rejects = rows((tmp_path / "out.rejects.csv").read_text())
    assert [(each["row"], each["column"], each["code"]) for each in rejects] == [
        ("3", "error_rate_pct", "P024"),
        ("4", "unit", "P004"),
        ("5", "", "T005"),
        ("6", "", "T011"),
        ("7", "", "T011"),
        ("8", "ai_phase; cases_per_day; harm_running", "P027; P022; P021"),
    ]
    assert "out of bounds" in rejects[0]["reason"]
    assert rejects[0]["unit"] == "West"


GERMAN = """unit;ai_phase;cases_per_day;error_rate_pct;harm_running;failure_demand_share_pct;transferred_in_pct
Nord;live;12;3,2;nein;;
Süd;lve;4,000;103,125;vielleicht;70;40
Ost;live;2e3;103;nein;70;40
Kurz;live
West;live;200;1.030;nein;70;40
"""
REASONS = {
    "Süd": "ai_phase „lve“: Diese Antwort steht nicht zur Wahl; nehmen Sie eine der vorgesehenen. Meinten Sie „live“? "
    "Zur Wahl stehen: planned, pilot, live. cases_per_day: 4,000 kann 4000 oder 4 heißen; schreiben Sie, was gemeint "
    "ist; eine ganze Spalte mit drei Nachkommastellen wird als ROUND(cases_per_day, 2) ausgegeben. "
    "error_rate_pct „103,125“: Die Zahl hat zu viele Nachkommastellen; runden Sie sie. Behalten werden höchstens 2. "
    "harm_running „vielleicht“: Eine Ja/Nein-Frage wird mit true oder false beantwortet.",
    "Ost": "cases_per_day „2e3“: Hier gehört eine einfache Zahl ohne Einheit hin; vor Nachkommastellen steht in dieser "
    "Datei ein Komma, zwischen Tausendern nichts. Erlaubt ist 0 oder mehr Fälle am Tag. error_rate_pct „103“: Die Zahl "
    "liegt außerhalb der Grenzen; berichtigen Sie sie oder schreiben Sie unknown. Erlaubt ist 0 bis 100 Prozent.",
    "": "Die Zeile hat mehr oder weniger Zellen als der Kopf der Tabelle; Zellen, die das Trennzeichen enthalten, "
    "gehören in Anführungszeichen.",
    "West": "error_rate_pct „1.030“: Die Zahl hat einen Punkt, die Datei setzt aber ein Komma vor Nachkommastellen; "
    "schreiben Sie ein Komma, und zwischen Tausender nichts.",
}


def test_in_german_all_separated_values_are_as_a_german_excel_takes_them(tmp_path: Path) -> None:
    """A mark of UTF-8 and semicolons, decimal commas, words in German; names and codes stay."""
    table, files = written(tmp_path, GERMAN), [tmp_path / "out.csv", tmp_path / "out.rejects.csv"]
    portfolio(table, "-o", files[0], "--language", "de")
    assert [file.read_bytes()[:3] for file in files] == [b"\xef\xbb\xbf"] * 2
    (north,), rejects = (rows(file.read_text("utf-8-sig"), ";") for file in files)
    assert [*rejects[0]] == ["Datei", "Zeile", "Einheit", "Spalte", "Code", "Grund"]
    assert {each["Einheit"]: each["Grund"] for each in rejects} == REASONS
    assert [each["Code"] for each in rejects] == ["P027; P045; P023; P021", "P022; P024", "T005", "T007"]
    assert rejects[0]["Spalte"] == "ai_phase; cases_per_day; error_rate_pct; harm_running"
    shown = portfolio(table, "--format", "csv", "--language", "de", "--rejects", tmp_path / "no.csv").stdout
    assert shown.encode() == files[0].read_bytes()[3:]
    (english,) = advised(table, "--rejects", tmp_path / "no.csv")
    assert {name: cell.replace(",", ".") for name, cell in north.items()} == english
    assert north["quality.low"] == "0,0"


def test_what_was_wrong_in_a_profile_and_together_is_said_in_german_and_put_right_is_read(tmp_path: Path) -> None:
    written(
        tmp_path, "advisor_profile: 1\norganisation: {name: E}\nunits: [{name: U, answers: {aht_min: 1.200}}]", "p.yaml"
    )
    written(tmp_path, GERMAN.replace("Nord;live;12;3,2;nein;;", "Nord;live;12;3,2;nein;70;40"))
    portfolio("p.yaml", "branches.csv", "--language", "de", "--rejects", "r.csv", cwd=tmp_path)
    profile, north, *_ = rows((tmp_path / "r.csv").read_text("utf-8-sig"), ";")
    assert (profile["Spalte"], profile["Zeile"]) == ("Zeile 3", "1")
    assert profile["Grund"] == "aht_min: 1.200 kann 1200 oder 1.2 heißen; schreiben Sie, was gemeint ist."
    assert north["Grund"].startswith("failure_demand_share_pct und transferred_in_pct: Nachfrage aus Versäumnissen")
    right = "\ufeff" + "".join(line + "\n" for line in GERMAN.splitlines()[:2])
    assert [row["unit"] for row in advised(written(tmp_path, right))] == ["Nord"]


@pytest.mark.parametrize(
    ("cell", "low", "said"),
    [
        ("4,25", "1.200", "1200 oder 1,2 heißen; {}"),
        ("4.25", "1,200", "1200 oder 1.2 heißen; {}"),
    ],
)
def test_german_recommends_what_the_file_takes(cell: str, low: str, said: str, tmp_path: Path) -> None:
    """The sign before decimals is the file's, not that of the cell; bounds that are far away are said beyond them."""
    wrong = "12,5" if "." in cell else "2e3"
    lines = [
        f"Nord;{cell};;;",
        f"Ost;;{low};1500;",
        "Süd;;;;99999999",
        f"West;{wrong};;;",
    ]
    head = "unit;error_rate_pct;cases_per_day.low;cases_per_day.high;aht_min"
    portfolio(written(tmp_path, "\n".join([head, *lines])), "--language", "de", "--rejects", tmp_path / "r.csv")
    east, south, west = (each["Grund"] for each in rows((tmp_path / "r.csv").read_text("utf-8-sig"), ";"))
    mark = "ein Punkt" if "." in cell else "ein Komma"
    assert said.format("schreiben Sie, was gemeint ist; eine ganze Spalte") in east
    assert "ROUND(cases_per_day.low, 2)" in east
    assert south.endswith("Erlaubt ist 0 bis 10.000.000 Minuten.")
    assert west.startswith(f"error_rate_pct „{wrong}“: Hier gehört")
    assert f"in dieser Datei {mark}, zwischen" in west


def test_what_a_spreadsheet_could_run_is_escaped(tmp_path: Path) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "＝cmd"]
    text = HEADER + "".join(f"{each},{each} {number},live,,,,,,{each}\n" for number, each in enumerate(evil))
    portfolio(written(tmp_path, text), "-o", tmp_path / "o.csv", "-o", tmp_path / "o.xlsx", "--keep", "region")
    found = rows((tmp_path / "o.csv").read_text())
    assert [row["organisation"] for row in found] == [f"'{each}" for each in evil]
    assert [row["region"] for row in found] == [f"'{each}" for each in evil]
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith(tuple("=+-@＝")))


@pytest.mark.parametrize(
    ("encode", "told"),
    [
        (lambda text: text.encode("utf-8-sig"), ""),
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.encode("cp1252"), "Windows-1252"),
        (lambda text: text.replace("\n", "\r\n").encode(), ""),
        (lambda text: text.replace(",", "\t").encode(), "columns separated by tab"),
        (
            lambda text: text.replace(",", ";").replace("3.2", "3,2").replace("14.5", "14,5").encode(),
            "semicolon, comma",
        ),
    ],
)
def test_how_a_table_is_written_does_not_matter(tmp_path: Path, encode: Any, told: str) -> None:
    text = TABLE.replace("South", "Süd – Café")
    wanted = advised(written(tmp_path, text), "--keep", "region")
    done = portfolio(written(tmp_path, encode(text)), "--keep", "region", "--format", "csv")
    assert rows(done.stdout) == wanted
    assert told in done.stderr
    assert bool(done.stderr) == bool(told)


def test_numbers_with_three_decimals_are_read_where_their_column_tells_so(tmp_path: Path) -> None:
    head = "unit;cases_per_day;staff_respondents;error_rate_pct\n"
    wanted = advised(written(tmp_path, head + "a;4;7;3.12\nb;1234.5;8;2.5\n"))
    text = head + "a;4,000;7;3,120\nb;1234,500;8;2,500\n"
    done = portfolio(written(tmp_path, text), "--format", "csv")
    assert rows(done.stdout) == wanted
    assert "comma before decimals, three decimals in cases_per_day\n" in done.stderr
    open_still = text.replace("1234,500", "12,500").replace(",", ".")
    portfolio(written(tmp_path, open_still), "-o", tmp_path / "out.csv", "--rejects", tmp_path / "no.csv")
    rejects = rows((tmp_path / "no.csv").read_text())
    found = [(each["row"], each["column"], each["code"]) for each in rejects]
    assert found == [("2", "cases_per_day", "P045"), ("3", "cases_per_day", "P045")]
    written_again = open_still
    for each in rejects:
        offered = re.match(r"cases_per_day: '(\S+)' could be \S+ or \S+; write \S+ or (\S+), whichever", each["reason"])
        assert offered is not None
        written_again = written_again.replace(offered[1], offered[2], 1)
        assert each["reason"].endswith("is exported as ROUND(cases_per_day, 2)")
    assert len(advised(written(tmp_path, written_again))) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Träger".encode("mac-roman"), "T006"),
        (b"a\0b", "T006"),
        ("name;value\nx;1\n", "T008"),
        ("unit,error_rate_pct,colour\nx,1,red\n", "T002"),
        ("unit,error_rate_pc\nx,1\n", "did you mean 'error_rate_pct'"),
        ("unit,unit\nx,1\n", "T003"),
        ("error_rate_pct\n1\n", "T004"),
        ("", "T008"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_clear_problem(tmp_path: Path, text: str | bytes, code: str) -> None:
    done = portfolio(written(tmp_path, text), "-o", tmp_path / "out.csv", code=2)
    assert code in done.stderr
    assert not (tmp_path / "out.csv").exists()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nothing.csv"], "Y001"),
        (["*.xlsm"], "T001"),
        (["folder"], "T001"),
        (["branches.csv", "-o", "out.doc"], "T015"),
        (["branches.csv", "-o", "out.csv", "-o", "./out.csv"], "T015"),
        (["branches.csv", "-o", "branches.csv"], "T015"),
        (["branches.csv", "-o", "missing/out.csv"], "Y017"),
        (["false.xlsx"], "T010"),
        (["false.parquet"], "T010"),
        (["branches.csv", "--keep", "verdict"], "T013"),
    ],
)
def test_wrong_paths_and_outputs(tmp_path: Path, arguments: list[str], code: str) -> None:
    (tmp_path / "folder").mkdir()
    table = written(tmp_path, HEADER.replace(",region", "") + "E,North,live,12,200,3.2,-4,no\n")
    for name in ("false.xlsx", "false.parquet"):
        written(tmp_path, "no such thing", name)
    done = portfolio(*arguments, cwd=tmp_path, code=2)
    assert f" {code} " in done.stderr
    assert table.read_text().startswith("organisation")


def test_folders_patterns_and_standard_input_are_one_portfolio(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    written(inner, TABLE, "a.csv")
    pl.read_csv(inner / "a.csv", infer_schema=False).write_parquet(inner / "b.parquet")
    written(inner, (PROFILES / "ikea.yaml").read_bytes(), "c.yaml")
    written(inner, "left alone", "notes.md")
    out = inner / "out.csv"
    for _ in range(2):  # the result of the first run is no input of the second
        portfolio(inner, "-o", out, "--keep", "region")
        found = rows(out.read_text())
        assert [Path(row["file"]).name for row in found] == ["a.csv"] * 3 + ["b.parquet"] * 3 + ["c.yaml"]
    one_by_one = [advised(inner / name, "--keep", "region") for name in ("a.csv", "b.parquet", "c.yaml")]
    assert found == [row for each in one_by_one for row in each]
    assert advised(str(inner / "[ab].*"), "--keep", "region") == found[:6]
    for name in ("a.csv", "b.parquet", "c.yaml"):
        piped = advised("-", "--keep", "region", stdin=(inner / name).read_bytes())
        assert [row["verdict"] for row in piped] == [r["verdict"] for r in found if Path(r["file"]).name == name]
        assert {row["file"] for row in piped} == {"<stdin>"}


def test_a_profile_costs_only_the_unit_that_is_wrong(tmp_path: Path) -> None:
    text = (
        "advisor_profile: 1\norganisation: {name: Example}\nunits:\n"
        "  - {name: good, answers: {ai_phase: live}}\n"
        "  - {name: bad, answers: {ai_phase: soon, error_rate: 1}}\n"
        "  - {name: Good, answers: {ai_phase: live}}\n"
        "  - {name: impossible, answers: {team_headcount: 10, team_fte: 500}}\n"
    )
    written(tmp_path, text, "a.yaml")
    written(tmp_path, "units: [", "b.yaml")
    portfolio(tmp_path, "-o", tmp_path / "out.csv")
    assert [row["unit"] for row in rows((tmp_path / "out.csv").read_text())] == ["good"]
    rejects = rows((tmp_path / "out.rejects.csv").read_text())
    assert [(Path(each["file"]).name, each["row"], each["code"]) for each in rejects] == [
        ("a.yaml", "2", "P027; P020"),
        ("a.yaml", "3", "P011"),
        ("a.yaml", "4", "P060"),
        ("b.yaml", "0", "Y009"),
    ]


def test_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    book.create_sheet("notes").append(["nothing", "here"])
    sheet.append(["unit", "error_rate_pct", "harm_running", "error_rate_pct.as_of", "cases_per_day"])
    sheet.append(["sum", 0.1 + 0.2, True, __import__("datetime").datetime(2026, 9, 30), 200])
    sheet.append(["text", "3.2", "WAHR", "2026-09-30", 200])
    sheet.append(["formula", "=1+1", None, None, 200])
    sheet.append(["error", "#N/A", None, None, 200])
    sheet.append([])
    sheet.append(["", 1, None, None, 200])
    sheet.append(["beyond", 1, None, None, 200, "x"])
    sheet["B5"].data_type = "e"
    book.save(tmp_path / "b.xlsx")
    done = portfolio(tmp_path / "b.xlsx", "-o", tmp_path / "out.jsonl")
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["unit"], row["row"], row["answered"]) for row in found] == [("sum", 2, 3), ("text", 3, 3)]
    rejects = rows((tmp_path / "out.rejects.csv").read_text())
    assert [(each["row"], each["column"], each["code"]) for each in rejects] == [
        ("4", "error_rate_pct", "T009"),
        ("5", "error_rate_pct", "T009"),
        ("7", "unit", "P004"),
        ("8", "", "T005"),
    ]
    assert "let it compute" in rejects[0]["reason"]
    assert "4 of 6" in done.stderr


def test_numbers_that_have_a_type_are_never_asked_about_and_texts_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["unit", "cases_per_day"], ["typed", 1.2], ["text", "1.200"], ["many", 1200.0], ["fine", 1.234]):
        sheet.append(row)
    for row_number in (2, 4):
        sheet.cell(row_number, 2).number_format = "#,##0.000"
    book.save(tmp_path / "b.xlsx")
    portfolio(tmp_path / "b.xlsx", "-o", tmp_path / "out.jsonl")
    found = [json.loads(line)["unit"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert found == ["typed", "many"]
    rejects = rows((tmp_path / "out.rejects.csv").read_text())
    assert [(each["unit"], each["code"]) for each in rejects] == [("text", "P045"), ("fine", "P023")]

    typed = pl.DataFrame({"unit": ["u", "v"], "cases_per_day": ["1.200", "1200"]})
    typed = typed.with_columns(pl.col("cases_per_day").cast(pl.Decimal(10, 3)))
    typed = typed.with_columns(kept=pl.lit("2.500").cast(pl.Decimal(10, 3)))
    typed.write_parquet(tmp_path / "typed.parquet")
    assert [row["kept"] for row in advised(tmp_path / "typed.parquet", "--keep", "kept")] == ["2.500"] * 2


def test_a_sheet_is_chosen_only_where_one_has_units(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("north", "south"):
        sheet = book.create_sheet(name)
        sheet.append(["unit", "ai_phase"])
        sheet.append([name, "live"])
    book.save(tmp_path / "b.xlsx")
    assert "north, south" in portfolio(tmp_path / "b.xlsx", code=2).stderr
    assert [row["unit"] for row in advised(tmp_path / "b.xlsx", "--sheet", "south")] == ["south"]
    assert "T017" in portfolio(tmp_path / "b.xlsx", "--sheet", "west", code=2).stderr


def test_the_table_sums_up_and_fits_a_narrow_terminal(tmp_path: Path) -> None:
    out = portfolio(written(tmp_path, TABLE), "--keep", "region").stdout
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "3 units in 1 organisation" in out
    assert "What to do next" in out
    assert "North              Not enough is known…" in out
    assert "insufficient_data" not in out
    assert "insufficient_data" in portfolio(tmp_path / "branches.csv", "--keep", "region", "--format", "csv").stdout
    assert not list(tmp_path.glob("*rejects*"))


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ("60", "Customer se… Erst vorberei… Mehr Bera… ??- anfällig"),
        (
            "120",
            "Customer service, Verizon       Erst vorbereiten" + 22 * " " + "Mehr Beratung, weniger… ??- anfällig",
        ),
    ],
)
def test_the_table_says_the_titles_in_the_width_of_the_terminal(columns: str, line: str) -> None:
    profiles = [PROFILES / f"{name}.yaml" for name in ("verizon-2025", "healthy-insurer")]
    shown = at_terminal("portfolio", *profiles, "--language", "de", COLUMNS=columns, NO_COLOR="1")
    table = shown.rpartition("\r")[2]
    assert line in table
    assert "K Klarheit, B Befugnis, A Anerkennung" in table
    assert "\x1b" not in table
    assert max(map(len, table.partition("---")[2].splitlines())) <= int(columns)


def test_rejects_without_an_output_go_to_a_file_too(tmp_path: Path) -> None:
    written(tmp_path, "unit,error_rate_pct\nx,101\n")
    done = portfolio("branches.csv", cwd=tmp_path)
    assert "No unit could be advised on" in done.stdout
    assert len(rows((tmp_path / "portfolio.rejects.csv").read_text())) == 1
    portfolio("branches.csv", "--rejects", "r.csv", cwd=tmp_path)
    assert (tmp_path / "r.csv").read_text() == (tmp_path / "portfolio.rejects.csv").read_text()


def test_progress_is_shown_to_a_person_only(tmp_path: Path) -> None:
    table = written(tmp_path, TABLE)
    shown = at_terminal("portfolio", table, "--keep", "region", "--format", "csv")
    assert "3 units (100%)" in shown
    assert "a second" in shown
    assert "left" in shown
    assert portfolio(table, "--keep", "region", "--format", "csv").stderr == ""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "profiles"
    folder.mkdir()
    for number in range(1_600):
        answers = f"{{ai_phase: live, months_live: {number % 40}, cases_per_day: {number}}}"
        text = f"advisor_profile: 1\norganisation: {{name: E}}\nunits: [{{name: u{number}, answers: {answers}}}]\n"
        (folder / f"{number:05}.yaml").write_text(text if number % 97 else "units: [")
    return folder


STOPPING = """
import os, signal, sys

def stop(event, details):
    if event == "open" and ".000001.rows" in str(details[0]):
        os.kill(os.getpid(), signal.{how})

sys.addaudithook(stop)
"""


def start(folder: Path, out: Path, how: signal.Signals) -> subprocess.Popen[bytes]:
    """A run that sends itself a signal as it begins to write its second part."""
    hook = out.with_name("hook")
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(STOPPING.format(how=how.name))
    command = [sys.executable, "-m", "advisor", "portfolio", str(folder), "-o", str(out)]
    environment = {**os.environ, "PYTHONPATH": f"{hook}{os.pathsep}{PROFILES.parent}"}
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_run_goes_on_and_gives_the_same_bytes(many: Path, tmp_path: Path, how: signal.Signals) -> None:
    whole, out = tmp_path / "whole.csv", tmp_path / "out.csv"
    portfolio(many, "-o", whole)
    process, parts = start(many, out, how), tmp_path / ".out.csv.parts"
    assert process.wait() == (-signal.SIGKILL if how == signal.SIGKILL else 130)
    done_before = {path.name: path.stat().st_mtime_ns for path in parts.glob("*.rows")}
    assert [*done_before] == ["000000.rows"]
    assert not out.exists()
    shown = at_terminal("portfolio", many, "-o", out)
    assert "500 units were done before" in shown
    assert out.read_bytes() == whole.read_bytes()
    assert (tmp_path / "out.rejects.csv").read_bytes() == (tmp_path / "whole.rejects.csv").read_bytes()
    assert not parts.exists()


def test_a_changed_input_begins_anew_and_two_runs_do_not_mix(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    process = start(many, out, signal.SIGSTOP)
    os.waitpid(process.pid, os.WUNTRACED)
    assert "T014" in portfolio(many, "-o", out, code=2).stderr
    process.kill()
    process.wait()
    first = many / "00001.yaml"
    first.write_text(first.read_text().replace("u1,", "changed,"))
    assert "done before" not in at_terminal("portfolio", many, "-o", out)
    assert rows(out.read_text())[0]["unit"] == "changed"


def test_nothing_is_lost(tmp_path: Path, many: Path) -> None:
    portfolio(many, "-o", tmp_path / "out.csv")
    advised_on, rejected = (rows((tmp_path / name).read_text()) for name in ("out.csv", "out.rejects.csv"))
    assert len(advised_on) + len(rejected) == 1_600
    assert len(rejected) == 17


def test_what_is_not_as_usual_with_units_is_said(tmp_path: Path) -> None:
    answers = {**TOO_LARGE, "staff_respondents": "3", "clarity_staff": "50", "occupancy_pct": "0.85"}
    table = f"unit,{','.join(answers)}\na,{','.join(answers.values())}\nb{',' * len(answers)}\n"
    done = portfolio(written(tmp_path, table), "--format", "csv")
    assert "1 unit has numbers too large for columns" in done.stderr
    assert "1 unit has staff answers that are withheld" in done.stderr
    assert "1 unit has answers or a name that look mistaken" in done.stderr
    large_one, other = rows(done.stdout)
    assert (large_one["evaluated_by"], large_one["withheld"]) == ("plain", "true")
    assert "occupancy_pct" in large_one["hints"]
    assert (other["evaluated_by"], other["withheld"], other["hints"]) == ("columns", "false", "")


def test_a_missing_package_is_named_with_the_remedy(tmp_path: Path) -> None:
    code = (
        "import sys, importlib.util as util; find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'polars' else find(name, *more)\n"
        "from advisor.cli import main; sys.argv = ['advisor', 'portfolio', 'x.csv']; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROFILES.parent)},
    )
    assert done.returncode == 2
    assert "T012" in done.stderr
    assert "pip install polars" in done.stderr


def test_every_code_is_used_and_listed() -> None:
    room = PROFILES.parent / "advisor" / "portfolio"
    program = "".join(path.read_text() for path in room.rglob("*.py") if path.name != "codes.py")
    assert set(re.findall(r"\"(T\d{3})\"", program)) == set(CODES)


def test_a_table_without_rows_is_an_empty_portfolio(tmp_path: Path) -> None:
    table = written(tmp_path, HEADER)
    assert portfolio(table, "--keep", "region").stdout == "No unit could be advised on.\n"
    portfolio(table, "--keep", "region", "-o", tmp_path / "out.csv")
    assert rows((tmp_path / "out.csv").read_text()) == []


def test_a_profile_carries_what_its_engagement_says(tmp_path: Path) -> None:
    profile = (
        "advisor_profile: 1\norganisation: {name: x}\nengagement: {date: 2026-03-31}\nunits: [{name: u, answers: {}}]\n"
    )
    (row,) = advised(written(tmp_path, profile, "p.yaml"), "--keep", "date", "--keep", "reference")
    assert (row["date"], row["reference"]) == ("2026-03-31", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
@pytest.mark.parametrize("name", [b"a\xffb", "a\u2028b".encode(), "a\x85b".encode(), b"a\nb"])
def test_files_with_odd_names_lose_nothing(tmp_path: Path, name: bytes) -> None:
    table = written(tmp_path, "unit,error_rate_pct\ngood,1\nbad,much\n", os.fsdecode(name + b".csv"))
    profile = written(tmp_path, "units: [", os.fsdecode(name + b".yaml"))
    assert "wrote out.csv (1 unit)" in portfolio(table, profile, "-o", "out.csv", cwd=tmp_path).stderr
    (advised_on,) = rows((tmp_path / "out.csv").read_text(encoding="utf-8"))
    assert advised_on["unit"] == "good"
    found = rows((tmp_path / "out.rejects.csv").read_text(encoding="utf-8"))
    assert [each["unit"] for each in found] == ["bad", ""]
