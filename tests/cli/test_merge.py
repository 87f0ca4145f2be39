"""`advisor profile merge` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import PROFILES, run

HEAD = "advisor_profile: 1\norganisation: {name: Client}\nunits:\n  - name: Claims\n    answers: "
RESPONDENTS = "    respondents:\n      - {role: staff, people: 8, answers: {clarity_staff: 42}}\n"
FILES = {
    "a.yaml": HEAD + "{ai_phase: live, error_rate_pct: 3}   # mine\n",
    "b.yaml": HEAD + "{cases_per_day: 200}\n" + RESPONDENTS,
    "c.yaml": HEAD + "{error_rate_pct: 4}\n",
    "wrong.yaml": HEAD + "{ai_phase: life}\n",
    "other.yaml": HEAD.replace("Client", "Another") + "{}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_was_merged_is_a_profile_like_any_other(folder: Path) -> None:
    done = run("profile", "merge", "a.yaml", "b.yaml", "-o", "all.yaml", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "wrote all.yaml\n")
    text = (folder / "all.yaml").read_text()
    assert "# mine" in text
    checked = run("profile", "check", "all.yaml", cwd=folder)
    assert checked.returncode == 0
    assert "3 of 126 questions answered" in checked.stdout
    assert (folder / "a.yaml").read_text() == FILES["a.yaml"]


def test_conflicts_are_listed_with_both_places_and_nothing_is_lost(folder: Path) -> None:
    done = run("profile", "merge", "a.yaml", "b.yaml", "c.yaml", "-o", "all.yaml", cwd=folder)
    assert done.returncode == 1
    assert "conflict: c.yaml:5:31 P043 Claims: error_rate_pct is not what a.yaml:5:47 says" in done.stderr
    assert "wrote all.yaml; 1 conflict, kept as a comment at its end" in done.stderr
    text = (folder / "all.yaml").read_text()
    assert "error_rate_pct: 3" in text
    assert "# not taken from c.yaml: {unit: Claims, question: error_rate_pct, answer: 4}\n" in text


def test_standard_output_holds_the_profile_alone(folder: Path) -> None:
    done = run("profile", "merge", "a.yaml", "c.yaml", "-o", "-", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.startswith("advisor_profile: 1\n")
    assert run("profile", "check", "/dev/stdin", stdin=done.stdout, cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.yaml", "-o", "all.yaml"], "two or more different profiles"),
        (["a.yaml", "a.yaml", "-o", "all.yaml"], "two or more different profiles"),
        (["a.yaml", "b.yaml"], "-o"),
        (["a.yaml", "b.yaml", "-o", "c.yaml"], "'c.yaml' exists"),
        (["a.yaml", "missing.yaml", "-o", "all.yaml"], "missing.yaml Y001"),
        (["a.yaml", "wrong.yaml", "-o", "all.yaml"], "wrong.yaml:5:25 P027"),
        (["a.yaml", "other.yaml", "-o", "all.yaml"], "P042 this profile is of 'Another'"),
        (["a.yaml", "b.yaml", "-o", "all.yaml", "--unit", "Clams"], "did you mean 'Claims'?"),
        (["a.yaml", "b.yaml", "-o", "nowhere/all.yaml"], "the folder does not exist"),
        (["a.yaml", "b.yaml", "-o", "."], "exists"),
        (["a.yaml", "b.yaml", "-o", "all.yaml", "--rules", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_merged_ends_with_two_and_writes_nothing(arguments: list[str], said: str, folder: Path) -> None:
    done = run("profile", "merge", *arguments, cwd=folder)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_text() for path in folder.iterdir()} == FILES


def test_answers_that_cannot_be_true_together_are_refused_with_both_files(folder: Path) -> None:
    (folder / "d.yaml").write_text(HEAD + "{failure_demand_share_pct: 60}\n")
    (folder / "e.yaml").write_text(HEAD + "{transferred_in_pct: 60}\n")
    done = run("profile", "merge", "d.yaml", "e.yaml", "-o", "all.yaml", cwd=folder)
    assert done.returncode == 2
    assert "d.yaml:5:" in done.stderr
    assert "P060" in done.stderr
    assert not (folder / "all.yaml").exists()


def test_the_first_file_can_be_the_output_with_force(folder: Path) -> None:
    done = run("profile", "merge", "a.yaml", "b.yaml", "-o", "a.yaml", "--force", cwd=folder)
    assert done.returncode == 0
    assert "clarity_staff: 42" in (folder / "a.yaml").read_text()


def test_it_is_said_when_comments_could_not_be_kept(folder: Path) -> None:
    (folder / "flow.yaml").write_text(
        "# mine\nadvisor_profile: 1\norganisation: {name: Client}\nunits: [{name: Others, answers: {ai_phase: live}}]\n"
    )
    done = run("profile", "merge", "flow.yaml", "b.yaml", "-o", "all.yaml", cwd=folder)
    assert done.returncode == 0
    assert (
        "note: flow.yaml could not be added to as it is laid out; it is written anew, without comments" in done.stderr
    )


def test_sample_profiles_of_one_client_merge(tmp_path: Path) -> None:
    one, other = PROFILES / "klarna-2024.yaml", PROFILES / "klarna-2025.yaml"
    done = run("profile", "merge", one, other, "-o", tmp_path / "all.yaml")
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr


def test_help_shows_examples() -> None:
    shown = run("profile", "merge", "--help").stdout
    assert "Examples:" in shown
    assert "advisor profile merge client.yaml staff.yaml data.yaml -o all.yaml" in shown


def test_a_talk_with_a_manager_becomes_what_managers_say(folder: Path) -> None:
    done = run("profile", "merge", "a.yaml", "c.yaml", "--as", "manager", "-o", "all.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "wrote all.yaml\n")
    shown = run("explain", "all.yaml", "error_rate_pct", cwd=folder).stdout
    assert "managers 4%" in shown
    assert "On record: 3%; that counts." in shown
