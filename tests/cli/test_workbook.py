"""`advisor workbook new` and `read`, as a person runs them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advisor.profile import Profile, digest
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES, run
from tests.intake.books import cell

RULEBOOK = Rulebook.load()


def fill(path: Path, **answers: Any) -> None:
    book = openpyxl.load_workbook(path)
    for name, answer in answers.items():
        cell(book, f"1 {name}").value = answer
    book.save(path)


def test_from_a_blank_workbook_to_advice(tmp_path: Path) -> None:
    new = run("workbook", "new", "-o", "client.xlsx", "--organisation", "Example AG", "--unit", "Claims", cwd=tmp_path)
    assert new.returncode == 0, new.stderr
    assert new.stdout == ""
    assert new.stderr == "wrote client.xlsx; once it is filled in: advisor workbook read client.xlsx -o client.yaml\n"
    fill(tmp_path / "client.xlsx", ai_phase="Live", ai_minutes_saved_per_case=4, cases_per_day=200)
    read = run("workbook", "read", "client.xlsx", "-o", "client.yaml", cwd=tmp_path)
    assert read.returncode == 0, read.stderr
    assert read.stderr.splitlines() == [
        "Claims: 3 of 126 questions have an answer",
        "wrote client.yaml; the advice: advisor assess client.yaml",
    ]
    profile = Profile.load(tmp_path / "client.yaml", RULEBOOK)
    assert profile.organisation.name == "Example AG"
    assert [*profile.units[0].answers] == ["ai_phase", "ai_minutes_saved_per_case", "cases_per_day"]
    assert run("assess", "client.yaml", cwd=tmp_path).returncode == 0


def test_a_profile_goes_into_a_workbook_and_comes_back(tmp_path: Path) -> None:
    sample = PROFILES / "healthy-insurer.yaml"
    assert run("workbook", "new", sample, "-o", tmp_path / "a.xlsx", "--language", "de").returncode == 0
    assert run("workbook", "read", tmp_path / "a.xlsx", "-o", tmp_path / "a.yaml").returncode == 0
    assert digest(Profile.load(tmp_path / "a.yaml", RULEBOOK)) == digest(Profile.load(sample, RULEBOOK))


def test_one_unit_and_one_respondent_of_a_profile(tmp_path: Path) -> None:
    sample = PROFILES / "healthy-insurer.yaml"
    done = run("workbook", "new", sample, "-o", tmp_path / "a.xlsx", "--unit", "Claims handling", "--for", "manager")
    assert done.returncode == 0, done.stderr
    assert run("workbook", "read", tmp_path / "a.xlsx", "-o", tmp_path / "a.yaml").returncode == 0
    (unit,) = Profile.load(tmp_path / "a.yaml", RULEBOOK).units
    assert unit.name == "Claims handling"
    assert {RULEBOOK.questions[name].who for name in unit.answers} == {"manager"}


def test_it_can_be_piped(tmp_path: Path) -> None:
    sample = (PROFILES / "ikea.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(sample, encoding="utf-8")
    assert run("workbook", "new", "a.yaml", "-o", "a.xlsx", cwd=tmp_path).returncode == 0
    data = (tmp_path / "a.xlsx").read_bytes()
    read = run("workbook", "read", "-", "-o", "-", stdin=data)
    assert read.returncode == 0, read.stderr
    assert read.stdout.startswith("advisor_profile: 1\n")
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames[0] == "Start here"
    assert run("assess", "-", stdin=read.stdout).stdout == run("assess", "-", stdin=sample).stdout


def test_a_file_that_exists_is_replaced_only_where_that_is_meant(tmp_path: Path) -> None:
    for command in (["new"], ["read", "a.xlsx"]):
        target = tmp_path / ("a.xlsx" if command == ["new"] else "a.yaml")
        if command == ["new"]:
            assert run("workbook", "new", "-o", target).returncode == 0
        else:
            target.write_text("mine", encoding="utf-8")
        before = target.read_bytes()
        refused = run("workbook", *command, "-o", target.name, cwd=tmp_path)
        assert refused.returncode == 2
        assert f"'{target.name}' exists; give another name, or --force to replace it" in refused.stderr
        assert target.read_bytes() == before
        assert run("workbook", *command, "-o", target.name, "--force", cwd=tmp_path).returncode == 0


def test_every_problem_is_reported_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "client.xlsx"
    run("workbook", "new", "-o", path)
    fill(path, ai_phase="Life", error_rate_pct=120)
    done = run("workbook", "read", path, "-o", tmp_path / "client.yaml")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "'The automation step'!D5 W014 ai_phase: 'Life' is none of the answers (did you mean 'live'?)",
        "'Quality of the work'!D7 P024 error_rate_pct: '120' is out of bounds; allowed is 0 to 100 %",
    ]
    assert not (tmp_path / "client.yaml").exists()


def test_answers_that_cannot_be_true_together_are_reported_with_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "client.xlsx"
    run("workbook", "new", "-o", path)
    fill(path, team_headcount=5, team_fte=9, error_rate_pct=0.05)
    done = run("workbook", "read", path, "-o", "-")
    assert done.returncode == 2
    assert "'Cases, people and hours'!D8 P060 team_fte and team_headcount: 5 people cannot fill 9" in done.stderr
    fill(path, team_fte=5)
    hint = run("workbook", "read", path, "-o", "-")
    assert hint.returncode == 0
    assert "warning: 'Quality of the work'!D7 P061 error_rate_pct" in hint.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "-o", "a.xlsx", "--language", "dee"], "'dee' is not known (did you mean 'de'?)"),
        (["new", "-o", "a.xlsx", "--unit", "A", "--unit", "A"], "'A' is named twice"),
        (["new", "nowhere.yaml", "-o", "a.xlsx"], "nowhere.yaml Y001 there is no such file"),
        (["new", PROFILES / "ikea.yaml", "-o", "a.xlsx", "--unit", "x"], "the profile has no unit 'x'"),
        (["new", PROFILES / "ikea.yaml", "-o", "a.xlsx", "--organisation", "x"], "PROFILE names the organisation"),
        (["new"], "Missing option '-o' / '--output'"),
        (["new", "-o", "nowhere/a.xlsx"], "nowhere/a.xlsx Y017 it cannot be written: the folder does not exist"),
        (["read", "nowhere.xlsx", "-o", "-"], "nowhere.xlsx Y001 there is no such file"),
        (["read", PROFILES / "ikea.yaml", "-o", "-"], "W001 it is not an Excel workbook"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run("workbook", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("package", "command"), [("xlsxwriter", "new"), ("openpyxl", "read")])
def test_a_package_that_is_missing_is_named_with_how_to_install_it(package: str, command: str, tmp_path: Path) -> None:
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    missing = f"raise ModuleNotFoundError('No module named {package}', name='{package}')\n"
    (shadow / f"{package}.py").write_text(missing, encoding="utf-8")
    arguments = ["new"] if command == "new" else ["read", "a.xlsx"]
    done = run("workbook", *arguments, "-o", "b", cwd=tmp_path, PYTHONPATH=f"{shadow}:{PROFILES.parent}")
    assert done.returncode == 2
    name = {"xlsxwriter": "XlsxWriter", "openpyxl": "openpyxl"}[package]
    assert f"W018 workbooks need a package that is not installed here; install it: pip install {name}" in done.stderr
