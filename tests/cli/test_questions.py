"""`advisor questions`, as a person runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document

from tests.cli.command import PROFILES, run

IKEA = PROFILES / "ikea.yaml"


def test_markdown_goes_to_standard_output() -> None:
    done = run("questions", "--for", "manager")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("# Interview guide\n\nFor the manager\n\n- Unit: ____")
    assert "**1. How far is the AI step in this unit?**" in done.stdout


def test_the_ending_decides_the_format(tmp_path: Path) -> None:
    for name in ("guide.md", "guide.docx", "guide.csv"):
        done = run("questions", "--for", "data", "--language", "de", "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert done.stderr == f"wrote {tmp_path / name}\n"
    assert (tmp_path / "guide.md").read_text(encoding="utf-8").startswith("# Gesprächsleitfaden\n")
    assert Document(str(tmp_path / "guide.docx")).paragraphs[0].text == "Gesprächsleitfaden"
    assert (tmp_path / "guide.csv").read_bytes().startswith("\ufeffThema;Nr.;Frage;".encode())


def test_a_format_that_is_named_prevails_and_can_be_piped(tmp_path: Path) -> None:
    done = run("questions", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0]["Name"] == "ai_phase"
    run("questions", "--format", "markdown", "-o", tmp_path / "guide.txt")
    assert (tmp_path / "guide.txt").read_text(encoding="utf-8").startswith("# Interview guide")


def test_minimal_asks_less_than_everything_and_nothing_that_was_answered() -> None:
    every = list(csv.DictReader(io.StringIO(run("questions", "--format", "csv").stdout)))
    done = run("questions", "--format", "csv", "--minimal", IKEA)
    assert done.returncode == 0, done.stderr
    open_ = list(csv.DictReader(io.StringIO(done.stdout)))
    names = {row["Name"] for row in open_}
    assert names < {row["Name"] for row in every}
    assert not names & {"ai_phase", "months_live", "advisory_unmet_pct"}
    assert open_[0]["Why"]
    assert run("questions", "--minimal", "-", "--format", "csv", stdin=IKEA.read_bytes()).stdout == done.stdout


def test_one_unit_of_several() -> None:
    done = run("questions", "--minimal", PROFILES / "healthy-insurer.yaml", "--unit", "Claims handling")
    assert done.returncode == 0
    assert "## Claims handling" in done.stdout
    assert "Policy administration" not in done.stdout


def test_a_file_that_exists_is_replaced_only_where_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("filled in", encoding="utf-8")
    refused = run("questions", "-o", "guide.md", cwd=tmp_path)
    assert refused.returncode == 2
    assert (tmp_path / "guide.md").read_text(encoding="utf-8") == "filled in"
    assert run("questions", "-o", "guide.md", "--force", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--unit", "Claims"], "only --minimal is about units"),
        (["--minimal", IKEA, "--unit", "Claims"], "the profile has no unit 'Claims'"),
        (["--minimal", "nowhere.yaml"], "nowhere.yaml Y001"),
        (["--language", "dee"], "'dee' is not known (did you mean 'de'?)"),
        (["--format", "pdf"], "'pdf' is not one of 'markdown', 'docx', 'csv'"),
        (["-o", "nowhere/guide.md"], "the folder does not exist; create it first"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run("questions", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_word_without_its_package_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "docx.py").write_text("raise ModuleNotFoundError('No module named docx', name='docx')\n", "utf-8")
    done = run(
        "questions", "--format", "docx", "-o", "g.docx", cwd=tmp_path, PYTHONPATH=f"{tmp_path}:{PROFILES.parent}"
    )
    assert done.returncode == 2
    assert "g.docx W018 the guide as Word needs a package that is not installed here" in done.stderr
