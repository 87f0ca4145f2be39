"""`advisor backtest` as a person runs it, above all on the example of the documentation."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import polars as pl
import pytest

from advisor.backtest.codes import CODES
from advisor.backtest.result import backtest_schema
from tests.cli.command import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "backtest-example.csv"
YEAR = ("--horizon", 365)
HEADER = "unit,date,outcome,outcome_date,observed_until,recontact_change_pct\n"
GOOD = "North,2024-03-31,yes,2024-12-01,,14\nNorth,2024-09-30,,,,0\nSouth,2024-03-31,no,,2025-12-31,1\n"


def backtest(*arguments: object, stdin: bytes | str | None = None, cwd: Path | None = None, code: int = 0) -> Any:
    done = run("backtest", *arguments, stdin=stdin, cwd=cwd)
    assert done.returncode == code, done.stderr
    return done


def found(*arguments: object, **more: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(backtest(*arguments, "--format", "json", **more).stdout)
    jsonschema.validate(document, backtest_schema())
    return document


def warning(document: dict[str, Any], name: str) -> dict[str, Any]:
    (wanted,) = (each for each in document["warnings"] if each["warning"] == name)
    assert isinstance(wanted, dict)
    return wanted


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return found(EXAMPLE, *YEAR)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house view with a threshold of its own, and with a question and a warning that the shipped rulebook lacks."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "view.yaml").write_text(
        "parameters:\n  - {name: recontact_red, value: 15}\n"
        "questions:\n  - {name: house_sign, section: quality, label: House sign, ask: Is it seen?, help: Look., "
        "who: manager, type: yes_no}\n"
        "layer: warnings\nrules:\n  - {id: house-warning, title: The house warns, when: house_sign == true, "
        "severity: warning, says: It is seen., because: It was seen before., sources: [judgement]}\n"
    )
    return folder


def test_the_committed_schema_is_current() -> None:
    """Renew it with: python -m tests.backtest.test_command"""
    assert json.loads((ROOT / "docs" / "backtest.schema.json").read_text()) == backtest_schema()


def test_the_example_of_the_documentation(example: dict[str, Any]) -> None:
    assert example["units"] == {
        "all": 34,
        "with_outcome": 12,
        "without_outcome": 18,
        "unknown": 2,
        "observed_too_short": 1,
        "not_assessed_in_time": 1,
    }
    assert example["assessments"] == {"read": 133, "rejected": 0, "used": 133}
    repeats = warning(example, "red-repeat-contacts")
    assert (repeats["hits"], repeats["misses"], repeats["false_alarms"], repeats["correct_rejections"]) == (9, 3, 6, 12)
    assert repeats["sensitivity"] == {"count": 9, "of": 12, "pct": 75.0, "low_pct": 46.77, "high_pct": 91.11}
    for each in example["warnings"]:
        assert each["hits"] + each["misses"] == 12
        assert each["false_alarms"] + each["correct_rejections"] == 18
    levels = [warning(example, f"erosion.{level}") for level in ("active", "early", "exposed")]
    assert [each["hits"] for each in levels] == sorted(each["hits"] for each in levels)
    assert all(each["organisation"] == "Invented example" for each in csv.DictReader(EXAMPLE.read_text().splitlines()))


def test_the_example_by_hand(example: dict[str, Any]) -> None:
    """Repeat contacts, whose threshold is 10 %, counted from the file."""
    rows = list(csv.DictReader(EXAMPLE.read_text().splitlines()))
    came = {row["unit"]: row["outcome_date"] for row in rows if row["outcome"] == "yes"}
    leads: dict[str, int] = {}
    for row in rows:
        if row["unit"] in came and float(row["recontact_change_pct"]) >= 10:
            lead = (pl.Series([came[row["unit"]], row["date"]]).str.to_date().diff()[1]).days * -1
            if 1 <= lead <= 365:
                leads[row["unit"]] = max(lead, leads.get(row["unit"], 0))
    repeats = warning(example, "red-repeat-contacts")
    assert repeats["hits"] == len(leads)
    assert repeats["lead_time"]["longest_days"] == max(leads.values())
    assert repeats["lead_time"]["median_days"] == sorted(leads.values())[len(leads) // 2]


def test_every_form_says_the_same(example: dict[str, Any]) -> None:
    repeats = warning(example, "red-repeat-contacts")
    table = backtest(EXAMPLE, *YEAR).stdout
    assert "12 had the outcome, 18 did not." in table
    assert "1 not observed for the whole horizon" in table
    assert re.search(r"Repeat contacts have risen \(DER-11\)\n +9/12 +6/18 +75% \(47–91\) +67% \(44–84\)", table)
    assert max(map(len, table.splitlines())) <= 80
    markdown = backtest(EXAMPLE, *YEAR, "--format", "markdown").stdout
    assert "| Repeat contacts have risen (DER-11) | 9/12 | 6/18 | 75% (47–91) |" in markdown.replace("\\", "")
    rows = list(csv.DictReader(io.StringIO(backtest(EXAMPLE, *YEAR, "--format", "csv").stdout)))
    assert [row["warning"] for row in rows] == [each["warning"] for each in example["warnings"]]
    (row,) = (row for row in rows if row["warning"] == "red-repeat-contacts")
    assert (row["rulebook"], int(row["hits"]), float(row["precision.pct"])) == ("rules", 9, repeats["precision"]["pct"])


def test_german(example: dict[str, Any]) -> None:
    separated = backtest(EXAMPLE, *YEAR, "--language", "de", "--format", "csv").stdout
    (row,) = (
        each
        for each in csv.DictReader(io.StringIO(separated), delimiter=";")
        if each["warning"] == "red-repeat-contacts"
    )
    repeats = warning(example, "red-repeat-contacts")
    assert row["precision.pct"] == str(repeats["precision"]["pct"]).replace(".", ",")
    table = backtest(EXAMPLE, *YEAR, "--language", "de").stdout
    assert "Bei 12 trat das Ereignis ein, bei 18 nicht." in table
    assert re.search(r"9/12 +6/18 +75\u00a0% \(47–91\)", table)
    german = found(EXAMPLE, *YEAR, "--language", "de")
    assert german["language"] == "de"
    assert [each["hits"] for each in german["warnings"]] == [each["hits"] for each in example["warnings"]]


def test_the_order_of_rows_and_the_kind_of_file_change_nothing(tmp_path: Path, example: dict[str, Any]) -> None:
    head, *rows = EXAMPLE.read_text().splitlines(keepends=True)
    upside_down = "".join([head, *reversed(rows)])
    assert found("-", *YEAR, stdin=upside_down) == example
    frame = pl.read_csv(EXAMPLE, infer_schema_length=None).with_columns(
        pl.col("date", "outcome_date", "observed_until").str.to_date()
    )
    frame.write_parquet(tmp_path / "p.parquet")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (frame.columns, *frame.iter_rows()):
        sheet.append(list(line))
    book.save(tmp_path / "p.xlsx")
    for file in ("p.parquet", "p.xlsx"):
        assert found(tmp_path / file, *YEAR) == example


def test_profiles_of_dated_engagements_with_a_table_of_outcomes(tmp_path: Path) -> None:
    for number, (day, change) in enumerate([("2024-03-31", 14), ("2024-09-30", 2)]):
        units = [
            f"{{name: {name}, answers: {{recontact_change_pct: {change}}}}}" for name in ("North", "South", "East")
        ]
        (tmp_path / f"p{number}.yaml").write_text(
            f"advisor_profile: 1\norganisation: {{name: Example}}\nengagement: {{date: {day}}}\n"
            f"units: [{', '.join(units)}]\n"
        )
    outcomes = tmp_path / "outcomes.csv"
    outcomes.write_text(
        "unit,outcome,outcome_date,observed_until\nNorth,yes,2024-12-01,\nSouth,no,,2025-12-31\nWest,no,,\n"
    )
    done = backtest(tmp_path, "--outcomes", outcomes, *YEAR, "--warning", "red-repeat-contacts", "--format", "json")
    assert "1 outcome is of a unit without any assessment" in done.stderr
    document = json.loads(done.stdout)
    assert document["assessments"] == {"read": 6, "rejected": 0, "used": 6}
    units = document["units"]
    assert (units["all"], units["with_outcome"], units["without_outcome"], units["unknown"]) == (3, 1, 1, 1)
    (repeats,) = document["warnings"]
    assert (repeats["hits"], repeats["false_alarms"], repeats["lead_time"]["longest_days"]) == (1, 1, 245)
    assert backtest(tmp_path, *YEAR, code=2).stderr.count("B005") == 1  # outcomes.csv is no assessment


def test_months_in_files_of_their_own_are_the_same_units(tmp_path: Path) -> None:
    march, september = HEADER + GOOD.splitlines()[0], HEADER + GOOD.splitlines()[1]
    (tmp_path / "03.csv").write_text(march)
    (tmp_path / "09.csv").write_text(september)
    document = found(tmp_path / "03.csv", tmp_path / "09.csv", *YEAR)
    assert (document["units"]["all"], document["units"]["with_outcome"]) == (1, 1)
    assert warning(document, "red-repeat-contacts")["lead_time"]["longest_days"] == 245


def test_too_few_outcomes_are_said_instead_of_a_rate(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(HEADER + GOOD)
    out = backtest(table, *YEAR).stdout
    assert "1 outcome: no rate can be said." in out
    assert "1 unit without the outcome: no false-alarm rate can be said." in out
    assert "%" not in out.split("lead in days")[1]
    document = found(table, *YEAR)
    assert {each["sensitivity"]["pct"] for each in document["warnings"]} == {None}


def test_rows_that_cannot_be_used_are_rejected_and_counted(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    bad = [
        "West,,no,,2025-12-31,1",
        "West,2024-03-31,perhaps,,,1",
        "West,2024-03-31,no,,2025-12-31,many",
        "=East,2024-03-31,yes,2024-12-01,,1",
        "=East,2024-04-30,no,,,1",
    ]
    table.write_text(HEADER + GOOD + "\n".join(bad) + "\n")
    done = backtest(table, *YEAR, "--format", "json", cwd=tmp_path)
    assert "5 of 8 assessments cannot be used; where and why: backtest.rejects.csv" in done.stderr
    assert json.loads(done.stdout)["assessments"] == {"read": 8, "rejected": 5, "used": 3}
    rows = list(csv.DictReader((tmp_path / "backtest.rejects.csv").read_text().splitlines()))
    assert {(row["row"], row["column"].split(";")[0], row["code"]) for row in rows} == {
        ("5", "date", "B001"),
        ("6", "outcome", "B002"),
        ("7", "recontact_change_pct", "P022"),
        ("8", "outcome", "B004"),
        ("9", "outcome", "B004"),
    }
    assert [row["unit"] for row in rows if row["code"] == "B004"] == ["'=East"] * 2
    backtest(table, *YEAR, "--format", "csv", "--language", "de", cwd=tmp_path)
    german = csv.DictReader((tmp_path / "backtest.rejects.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    said = {row["Code"]: row["Grund"] for row in german}
    assert said["B002"] == "„perhaps“: Das ist kein Ausgang; schreiben Sie yes, no oder unknown."
    assert "Erlaubt ist" in said["P022"]


def test_judgements_are_written_by_unit_and_warning(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(HEADER.replace("unit,", "unit,region,") + re.sub("^(\\w+),", "\\1,EU,", GOOD, flags=re.MULTILINE))
    files = [tmp_path / f"out{ending}" for ending in (".csv", ".xlsx", ".parquet", ".jsonl")]
    for file in files:
        done = backtest(table, *YEAR, "-o", file, "--keep", "region", "--keep", "unit", "--warning", "DER-11")
        assert f"wrote {file}" in done.stderr
    parquet = pl.read_parquet(files[2]).to_dicts()
    assert [json.loads(line) for line in files[3].read_text().splitlines()] == parquet
    sheet = openpyxl.load_workbook(files[1]).active
    assert sheet is not None
    heads, *cells = sheet.iter_rows(values_only=True)
    assert [dict(zip(heads, row, strict=True)) for row in cells] == parquet
    assert len(list(csv.DictReader(files[0].read_text().splitlines()))) == len(parquet)
    (north,) = (row for row in parquet if (row["unit"], row["warning"]) == ("North", "red-repeat-contacts"))
    assert north["region"] == "EU"
    assert (north["result"], north["first_warned"], north["lead_days"]) == ("hit", "2024-03-31", 245)


def test_two_rulebooks_beside_each_other(house: Path, tmp_path: Path) -> None:
    """One has a question of its own, which the other passes over; a pattern of rows is judged by both."""
    table = tmp_path / "t.csv"
    head, *rows = EXAMPLE.read_text().splitlines()
    table.write_text("\n".join([f"{head},house_sign", *(f"{row},yes" for row in rows)]) + "\n")
    document = found(table, *YEAR, "--rules", house, "--against", "shipped")
    against = document["against"]
    assert document["rulebook"]["digest"] != against["rulebook"]["digest"]
    assert against["only_in_rules"] == ["house-warning"]
    (repeats,) = (each for each in against["compared"] if each["warning"] == "red-repeat-contacts")
    pairs = repeats["with_outcome"]
    assert sum(pairs[name] for name in ("both", "only_rules", "only_against", "neither")) == 12
    assert (pairs["only_rules"], pairs["only_against"], pairs["p_value"]) == (0, 1, 1.0)
    assert [each["outcome"] for each in repeats["only_against"]] == ["yes"]
    assert warning(document, "red-repeat-contacts")["hits"] == pairs["both"]
    turned = found(table, *YEAR, "--against", house)
    assert turned["against"]["only_in_against"] == ["house-warning"]
    (other,) = (each for each in turned["against"]["compared"] if each["warning"] == "red-repeat-contacts")
    assert other["only_rules"] == repeats["only_against"]
    shown = backtest(table, *YEAR, "--rules", house, "--against", "shipped").stdout
    assert re.search(r"Repeat contacts have risen \(DER-11\)\n +8/12 +6/18 .*\n +9/12 +6/18 ", shown)
    assert "with the outcome, 0 warned by this one only and 1 by the other one only: p 1" in shown
    assert "warned by the other one only: Team" in shown
    assert "Only this rulebook has: The house warns (house-warning)." in shown
    figures = backtest(table, *YEAR, "--against", house, "--format", "csv").stdout
    assert {row["rulebook"] for row in csv.DictReader(io.StringIO(figures))} == {"rules", "against"}


def test_a_rulebook_against_itself_differs_in_nothing() -> None:
    against = found(EXAMPLE, *YEAR, "--against", "shipped")["against"]
    assert all(each["only_rules"] == each["only_against"] == [] for each in against["compared"])
    assert {each["with_outcome"]["p_value"] for each in against["compared"]} == {1.0}


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        ((), "unit,recontact_change_pct\nNorth,1\n", "t.csv:1:0 B005 there is no column 'date'; add it, or name"),
        ((), "unit,date\nNorth,2024-03-31\n", "B005 there is no column 'outcome'"),
        (("--date", "outcome"), HEADER + GOOD, "the column 'outcome' is named for two things"),
        (("--horizon", "30", "--least-lead", "60"), HEADER + GOOD, "60 days are more than the horizon of 30"),
        (("--horizon", "0"), HEADER + GOOD, "--horizon"),
        (("--confidence", "100"), HEADER + GOOD, "--confidence"),
        (("--warning", "load-only-shift"), HEADER + GOOD, "B006 there is no warning 'load-only-shift' (did you mean"),
        (("--outcomes", "absent.csv"), HEADER + GOOD, "absent.csv Y001"),
        (("--outcomes", "t.csv"), HEADER + GOOD, "'t.csv' is read for assessments already"),
        (("--against", "absent"), HEADER + GOOD, "absent R001 is not a folder"),
        (("-o", "x.html"), HEADER + GOOD, "x.html T015 judgements are rows"),
        ((), HEADER.replace("unit", "unit,region") + GOOD, "T002 there is no question 'region'"),
        (("--keep", "verdict"), HEADER + GOOD, "T013"),
        (("--keep", "result"), HEADER + GOOD, "--keep result T013 this is a column of the judgements"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(
    tmp_path: Path, arguments: tuple[str, ...], text: str, said: str
) -> None:
    (tmp_path / "t.csv").write_text(text)
    done = backtest("t.csv", *arguments, cwd=tmp_path, code=2)
    assert said in done.stderr
    assert done.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv"}


def test_an_outcome_that_could_be_of_two_organisations_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "organisation,unit,date\nA,North,2024-03-31\nB,North,2024-03-31\nB,South,2024-03-31\n"
    )
    (tmp_path / "o.csv").write_text("unit,outcome,outcome_date\nNorth,yes,2024-06-30\nSouth,yes,2024-06-30\n")
    done = backtest("t.csv", "--outcomes", "o.csv", "--format", "json", cwd=tmp_path)
    assert "0 of 3 assessments cannot be used, nor can 1 rows of outcomes" in done.stderr
    assert json.loads(done.stdout)["units"]["unknown"] == 2
    (row,) = csv.DictReader((tmp_path / "backtest.rejects.csv").read_text().splitlines())
    assert (row["file"], row["row"], row["unit"], row["code"]) == ("o.csv", "2", "North", "B007")


def test_no_rows_judge_nothing(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(HEADER)
    assert "No unit can be judged." in backtest(table).stdout
    assert found(table)["units"]["all"] == 0


def test_every_code_is_explained() -> None:
    room = ROOT / "advisor" / "backtest"
    program = "".join(file.read_text() for file in room.rglob("*.py") if file.name != "codes.py")
    assert set(re.findall(r'"(B\d{3})"', program)) == set(CODES)
    documented = (ROOT / "docs" / "backtest.md").read_text()
    assert all(code in documented for code in CODES)


if __name__ == "__main__":
    schema = json.dumps(backtest_schema(), indent=2, ensure_ascii=False) + "\n"
    (ROOT / "docs" / "backtest.schema.json").write_text(schema)
