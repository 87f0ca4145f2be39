"""`advisor pulse read`, as a person runs it; no single answer is anywhere afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from advisor.profile import Profile
from advisor.rulebook import Rulebook
from tests.cli.command import run

RULEBOOK = Rulebook.load()
SCORES = ["83.17", "11.93", "67.41", "29.63", "53.87", "97.19"]
"""What six people answer; their mean, 57.2, is none of them."""
SECRETS = re.compile(
    "|".join(map(re.escape, [*SCORES, "Ann Example", "a@example.org", "2026-11-19", "too noisy here"]))
)
HEADS = "Timestamp,Name,E-Mail,clarity_staff,Does somebody answer for the freed time?,Comment"
ROWS = [
    f"2026-11-19,Ann Example,a@example.org,{score},{'yes' if score > '5' else 'no'},too noisy here" for score in SCORES
]
EXPORT = "\n".join([HEADS, *ROWS]) + "\n"
HEAD = "advisor_profile: 1\norganisation: {name: Example}\nunits:\n"
CLIENT = f"{HEAD}  - name: Claims  # keep this\n    answers:\n      ai_phase: live\n"
MAPPED = ("--map", "Does somebody answer for the freed time?=gov_owner")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answers.csv").write_text(EXPORT, encoding="utf-8")
    (tmp_path / "client.yaml").write_text(CLIENT, encoding="utf-8")
    return tmp_path


def test_the_staff_are_added_to_a_profile(folder: Path) -> None:
    done = run("pulse", "read", "answers.csv", "-o", "client.yaml", "--date", "2026-11-20", *MAPPED, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "6 people answered; staff answers count from 5 people upward, question by question",
        "clarity_staff: the mean, of 6 people",
        "gov_owner: how many said what, of 6 people",
        "left out unread, since they tell who a person is: 'Timestamp', 'Name', 'E-Mail'",
        "not used: 'Comment'",
        "wrote client.yaml; the advice: advisor assess client.yaml",
    ]
    added = (
        "    respondents:\n      - role: staff\n        people: 6\n        date: 2026-11-20\n        answers:\n"
        "          clarity_staff: {value: 57.2, people: 6}\n"
        "          gov_owner: {tally: {true: 4, false: 2}, people: 6}\n"
    )
    dated = CLIENT.replace("advisor_profile: 1\n", f"advisor_profile: 1\nquestionnaire: {RULEBOOK.questions.version}\n")
    assert (folder / "client.yaml").read_text(encoding="utf-8") == dated + added
    again = run("pulse", "read", "answers.csv", "-o", "client.yaml", "--date", "2026-11-20", *MAPPED, cwd=folder)
    assert again.stderr.endswith("client.yaml has this already; nothing was changed\n")
    assert (folder / "client.yaml").read_text(encoding="utf-8") == dated + added


def test_no_single_answer_is_anywhere(folder: Path) -> None:
    """Not on the screen, not in the profile, not in what is made of it; also where a cell is wrong."""
    done = run("pulse", "read", "answers.csv", "-o", "client.yaml", *MAPPED, cwd=folder)
    (folder / "wrong.csv").write_text(EXPORT.replace("11.93", "1193.1"), encoding="utf-8")
    wrong = run("pulse", "read", "wrong.csv", "-o", "other.yaml", *MAPPED, cwd=folder)
    assert wrong.returncode == 2
    assert "wrong.csv:3:4 F002 clarity_staff: this cannot be understood; allowed is 0 to 100" in wrong.stderr
    assert "1193" not in wrong.stderr
    assert not (folder / "other.yaml").exists()
    shown = [done.stdout, done.stderr, wrong.stdout, wrong.stderr, (folder / "client.yaml").read_text(encoding="utf-8")]
    for arguments in (("assess",), ("profile", "check"), ("questions", "--minimal")):
        result = run(*arguments, "client.yaml", cwd=folder)
        assert result.returncode == 0, result.stderr
        shown += [result.stdout, result.stderr]
    assert run("workbook", "new", "client.yaml", "-o", "client.xlsx", cwd=folder).returncode == 0
    book = openpyxl.load_workbook(folder / "client.xlsx")
    shown += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not SECRETS.search("\n".join(shown))


def test_fewer_than_five_write_nothing(folder: Path) -> None:
    (folder / "few.csv").write_text("\n".join([HEADS, *ROWS[:4]]) + "\n", encoding="utf-8")
    for target in ("client.yaml", "new.yaml"):
        done = run("pulse", "read", "few.csv", "-o", target, cwd=folder)
        assert done.returncode == 2
        assert done.stderr == (
            "few.csv F007 no question was answered by 5 people or more: nothing may be told, nothing was written\n"
        )
    assert (folder / "client.yaml").read_text(encoding="utf-8") == CLIENT
    assert not (folder / "new.yaml").exists()


def test_a_new_profile_is_begun_and_can_be_merged(folder: Path) -> None:
    arguments = ("--unit", "Claims", "--organisation", "Example")
    done = run("pulse", "read", "answers.csv", "-o", "pulse.yaml", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    merged = run("profile", "merge", "client.yaml", "pulse.yaml", "-o", "all.yaml", cwd=folder)
    assert merged.returncode == 0, merged.stderr
    (unit,) = Profile.load(folder / "all.yaml", RULEBOOK).units
    assert [voice.people for voice in unit.respondents] == [6]
    piped = run("pulse", "read", "-", "-o", "-", *arguments, stdin=EXPORT)
    assert piped.stdout == (folder / "pulse.yaml").read_text(encoding="utf-8")


def test_staff_who_are_there_already_are_told(folder: Path) -> None:
    run("pulse", "read", "answers.csv", "-o", "client.yaml", "--date", "2025-11-20", cwd=folder)
    done = run("pulse", "read", "answers.csv", "-o", "client.yaml", "--date", "2026-11-20", cwd=folder)
    assert done.returncode == 0
    assert "warning: client.yaml has 6 of the staff already, asked on 2025-11-20; both count" in done.stderr
    assert len(Profile.load(folder / "client.yaml", RULEBOOK).units[0].respondents) == 2


def test_from_the_workbook_for_staff_to_the_profile(tmp_path: Path) -> None:
    new = run(
        "workbook", "new", "-o", "pulse.xlsx", "--for", "staff", "--language", "de", "--unit", "Team", cwd=tmp_path
    )
    assert new.returncode == 0, new.stderr
    assert "advisor pulse read pulse.xlsx -o client.yaml" in new.stderr
    book = openpyxl.load_workbook(tmp_path / "pulse.xlsx")
    sheet = book["Antworten"]
    asked = [cell.value for cell in sheet[1]]
    spoken = RULEBOOK.in_language("de").questions
    staff = [question for question in RULEBOOK.asked.values() if question.who == "staff"]
    assert asked == [spoken[question.name].ask for question in staff]
    for row, score in enumerate(SCORES, 2):
        sheet.cell(row, 1).value = float(score)
        sheet.cell(row, 2).value = "unbekannt"
    book.save(tmp_path / "pulse.xlsx")
    done = run("pulse", "read", "pulse.xlsx", "-o", "client.yaml", "--unit", "Team", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (unit,) = Profile.load(tmp_path / "client.yaml", RULEBOOK).units
    assert {name: str(answer.value) for name, answer in unit.respondents[0].answers.items()} == {staff[0].name: "57.2"}
    refused = run("workbook", "read", "pulse.xlsx", "-o", "-", cwd=tmp_path)
    assert refused.returncode == 2
    assert "W003 this is the workbook of a staff pulse; read it with 'advisor pulse read'" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["answers.csv", "-o", "client.yaml", "--map", "Comment"], "'Comment' is not COLUMN=QUESTION"),
        (["answers.csv", "-o", "client.yaml", "--map", "a=b", "--map", "a=c"], "'a' is named twice"),
        (
            ["answers.csv", "-o", "client.yaml", "--map", "Coment=gov_owner"],
            "'Coment' (did you mean 'Comment'?)",
        ),
        (["answers.csv", "-o", "client.yaml", "--unit", "x"], "the profile has no unit 'x'; there are: Claims"),
        (["answers.csv", "-o", "client.yaml", "--date", "20.11.2026"], "'20.11.2026' does not match the format"),
        (["answers.csv"], "Missing option '-o' / '--output'"),
        (["nowhere.csv", "-o", "client.yaml"], "nowhere.csv Y001 there is no such file"),
        (["answers.csv", "-o", "answers.csv"], "answers.csv:1:1 P001 this is not a profile"),
        (["client.yaml", "-o", "client.yaml"], "F005 no column is a question"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(arguments: list[str], said: str, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("pulse", "read", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
