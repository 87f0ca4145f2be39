"""No answer of a single respondent appears in anything that a command writes: planted ones are searched everywhere."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.voices.samples import profile_text

NUMBERS = ["83.17", "11.93", "67.41", "29.63", "53.87", "97.19"]
"""What six people answer; their mean, 57.2, is none of them."""
FEW = ["41.39", "59.71", "23.57"]
"""What three people answer, too few to be heard."""
MANAGERS = ["13.37", "73.31"]
"""What two managers say who contradict each other."""
WORDS = ["ZEBRANOTE", "QUAGGASOURCE", "OKAPIREASON"]
"""Free texts of single people."""
STAFF = [
    f"clarity_staff: {{value: {number}, note: ZEBRANOTE, source: QUAGGASOURCE}}\n"
    f"recognition_staff_agree: {2 + place / 100}\n"
    f"gov_owner: {'true' if place else 'false'}\n"
    f"authority_decision_limit: {'none' if place else 'with_approval'}\n"
    "occupancy_pct: {not_applicable: OKAPIREASON}"
    for place, number in enumerate(NUMBERS)
]
ANSWERS = "ai_phase: live\nai_minutes_saved_per_case: 4\ncases_per_day: 200\nteam_headcount: 12"
SECRETS = re.compile("|".join(map(re.escape, [*NUMBERS, *FEW, *MANAGERS, *WORDS])))


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    few = [("staff", f"routine_time_share_pct: {number}") for number in FEW]
    managers = [("manager", f"advisory_unmet_pct: {number}\nauthority_decision_limit: own") for number in MANAGERS]
    text = profile_text(ANSWERS, *[("staff", said) for said in STAFF], *few, *managers)
    (folder / "client.yaml").write_text(
        text.replace("      - role: staff\n", "      - role: staff\n        note: ZEBRANOTE\n")
    )
    return folder


COMMANDS = [
    ("assess", "client.yaml"),
    ("assess", "client.yaml", "--format", "markdown", "--engine", "plain"),
    ("assess", "client.yaml", "--format", "json", "--outlook", "--flips"),
    ("assess", "client.yaml", "--set", "clarity_staff=12"),
    ("assess", "client.yaml", "--flips"),
    *(("explain", "client.yaml", name, "--steps") for name in ("verdict", "erosion", "quality", "volume", "advice")),
    *(("explain", "client.yaml", name, "--steps") for name in ("clarity", "authority", "recognition")),
    *(("explain", "client.yaml", name, "--steps") for name in ("clarity_staff", "routine_time_share_pct", "voices")),
    *(("explain", "client.yaml", name, "--steps") for name in ("PRE-15", "WRN-25", "WRN-26", "GOV-01", "REC-12")),
    ("explain", "client.yaml", "clarity", "--flips"),
    ("memo", "client.yaml", "-o", "-"),
    ("profile", "check", "client.yaml"),
    ("rules", "sameness", "--profiles", "client.yaml", "--random", "0", "--format", "json"),
    ("rules", "diff", "shipped", "house", "--profiles", "client.yaml", "--format", "json"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_writes_a_single_answer(arguments: tuple[str, ...], planted: Path) -> None:
    house = planted / "house"
    house.mkdir(exist_ok=True)
    changed = "parameters:\n  - {name: prep_missing_below, value: 60, why: Strict.}\n"
    (house / "parameters.yaml").write_text(changed)
    done = run(*arguments, cwd=planted)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout
    assert not SECRETS.findall(done.stdout + done.stderr)


def test_what_is_told_is_the_staff_together(planted: Path) -> None:
    shown = run("explain", "client.yaml", "clarity_staff", cwd=planted).stdout
    assert "staff 57.2 of 100 (6 people)" in " ".join(shown.split())
    shown = run("explain", "client.yaml", "authority_decision_limit", cwd=planted).stdout
    assert "staff “No” (5 of 6)" in shown
    assert "approval" not in shown, "what one person said of several"


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_no_memo_holds_a_single_answer(ending: str, planted: Path) -> None:
    done = run("memo", "client.yaml", "-o", f"memo.{ending}", "--no-outlook", cwd=planted)
    assert done.returncode == 0, done.stderr
    text = _text_of((planted / f"memo.{ending}").read_bytes(), ending)
    assert "Staff are shown together" in " ".join(text.split())
    assert not SECRETS.findall(text + done.stderr)


def _text_of(file: bytes, ending: str) -> str:
    if ending == "docx":
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            xml = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
            return re.sub(r"<[^>]+>", "", xml)
    if ending == "pdf":
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(file))
        attached = b" ".join(each for found in reader.attachments.values() for each in found).decode("utf-8", "replace")
        return " ".join(page.extract_text() for page in reader.pages) + attached
    return file.decode()


def test_an_interview_tells_no_single_answer(planted: Path) -> None:
    (planted / "talk.yaml").write_text((planted / "client.yaml").read_text())
    typed = "clarity_staff\n?\nback clarity_staff\n?\nskip\nroutine_time_share_pct =\nunknown\nstop\n"
    done = run("interview", "talk.yaml", "--all", stdin=typed, cwd=planted)
    assert done.returncode in (0, 3), done.stderr
    assert not SECRETS.findall(done.stdout + done.stderr)


@pytest.mark.parametrize("who", ["staff-1", "staff-9", "staff-10", "manager-1", "manager-3"])
def test_a_sitting_with_one_person_tells_nothing_of_others_nor_of_an_earlier_one(who: str, planted: Path) -> None:
    (planted / "talk.yaml").write_text((planted / "client.yaml").read_text())
    questions = ("clarity_staff", "advisory_unmet_pct", "authority_decision_limit", "occupancy_pct")
    typed = "".join(f"back {name}\n?\n1 kg\nskip\n" for name in questions) + "routine_time_share_pct =\nunknown\nstop\n"
    done = run("interview", "talk.yaml", "--all", "--as", who, stdin=typed, cwd=planted)
    assert done.returncode in (0, 3), done.stderr
    assert f"Heard as {who} (" in done.stdout
    assert not SECRETS.findall(done.stdout + done.stderr)


def test_what_merging_says_of_respondents_is_where_they_stand(planted: Path) -> None:
    other = (planted / "client.yaml").read_text().replace("cases_per_day: 200", "cases_per_day: 201")
    (planted / "other.yaml").write_text(other)
    done = run("profile", "merge", "client.yaml", "other.yaml", "-o", "all.yaml", "--force", cwd=planted)
    assert done.returncode == 1
    assert "these respondents of Claims stand in client.yaml:" in done.stderr
    assert "cases_per_day is not what client.yaml:" in done.stderr
    assert not SECRETS.findall(done.stdout + done.stderr)


WRONG = [
    ("clarity_staff: 83.17, recognition_staff: 183.17", "P024"),
    ("clarity_staff: 83.1777", "P023"),
    ("clarity_staff: {value: 83.17, high: 11.93}", "P026"),
    ("gov_owner: ZEBRANOTE", "P021"),
    ("ai_phase: {tally: {ZEBRANOTE: 1}}", "P027"),
    ("clarity_staff: {value: 83.17, sauce: ZEBRANOTE}", "P003"),
    ("incentive_measures: [{name: OKAPIREASON, weight_pct: 183.17}]", "P024"),
]


@pytest.mark.parametrize("command", [("assess",), ("profile", "check"), ("memo", "-o", "x.md"), ("interview",)])
@pytest.mark.parametrize(("said", "code"), WRONG)
def test_no_message_repeats_a_wrong_answer(command: tuple[str, ...], said: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(profile_text("", ("staff", "ai_phase: live")).replace("ai_phase: live", said))
    text = profile_text("").replace("respondents:\n", f"respondents:\n      - {{role: staff, answers: {{{said}}}}}\n")
    (tmp_path / "p.yaml").write_text(text)
    done = run(*command, "p.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert f" {code} " in done.stderr
    assert not SECRETS.findall(done.stdout + done.stderr)


def test_what_cannot_be_true_together_is_said_of_the_staff_together(tmp_path: Path) -> None:
    """A check of the rulebook shows values: those that count, never those of one person."""
    house = tmp_path / "house"
    house.mkdir()
    check = (
        "{id: mine, when: clarity_staff > 40, severity: error, says: 'It is {clarity_staff}.', remedy: 'Look again.'}"
    )
    (house / "checks.yaml").write_text(f"checks:\n  - {check}\n")
    (tmp_path / "p.yaml").write_text(profile_text("", *[("staff", said) for said in STAFF]))
    done = run("assess", "p.yaml", "--rules", "house", cwd=tmp_path)
    assert done.returncode == 2
    assert "P060 clarity_staff: It is 57.2. Look again." in done.stderr
    assert not SECRETS.findall(done.stderr)


def test_the_digest_does_not_tell_what_one_person_said(planted: Path) -> None:
    """Two profiles whose staff differ one by one and are alike together have the same digest."""
    text = (planted / "client.yaml").read_text()
    turned = text
    for one, other in zip(NUMBERS, [*NUMBERS[1:], NUMBERS[0]], strict=True):
        turned = turned.replace(f"value: {one},", f"VALUE: {other},")
    turned = turned.replace("VALUE", "value").replace(FEW[0], "44.44")
    (planted / "turned.yaml").write_text(turned)
    assert turned != text
    one, other = (run("assess", name, cwd=planted).stdout for name in ("client.yaml", "turned.yaml"))
    assert one == other
