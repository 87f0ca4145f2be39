"""Bad input gives a message that names the place, exit code 2, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command import PROFILES, run

HEAD = "advisor_profile: 1\norganisation: {name: Test}\nunits:\n  - name: one\n    answers:\n"


def profile(answers: str) -> bytes:
    return (HEAD + "".join(f"      {line}\n" for line in answers.splitlines())).encode()


LAUGHS = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
BAD = {
    "empty": (b"", "Y008"),
    "binary": (b"\x00\x01\x02PNG\xff" * 50, "Y005"),
    "not utf-8": (HEAD.encode() + b"      cases_per_day: \xff\xfe\n", "Y006"),
    "50 MB": (b"a" * 50_000_000, "Y004"),
    "deep nesting": (b"a: " + b"[" * 200_000, "Y015"),
    "billion laughs": (LAUGHS, "Y010"),
    "duplicate key": (profile("cases_per_day: 1\ncases_per_day: 2"), "Y012"),
    "unknown key": (b"advisor_profile: 1\norganisation: {name: x}\nunit: []\nunits: [{name: a}]\n", "P0"),
    "unknown question": (profile("cases_per_dy: 1"), "did you mean 'cases_per_day'"),
    "wrong type": (profile("cases_per_day: many"), "P0"),
    "nan": (profile("cases_per_day: .nan"), "P0"),
    "infinity": (profile("cases_per_day: .inf"), "P0"),
    "exponent": (profile("cases_per_day: 1e3"), "P0"),
    "sexagesimal": (profile("cases_per_day: 1:17"), "P0"),
    "norway": (profile("vulnerable_customers: NO"), "P0"),
    "out of range": (profile("error_rate_pct: 101"), "P0"),
    "too many decimals": (profile("error_rate_pct: 3.123"), "P0"),
    "range upside down": (profile("error_rate_pct: {low: 5, high: 3}"), "P0"),
    "control character": (HEAD.replace("Test", '"a\\x1b[31mb"').encode(), "Y007"),
    "bidi character": (HEAD.replace("Test", "a\u202eb").encode() + b"      cases_per_day: 1\n", "Y007"),
    "1 MB string": (HEAD.replace("Test", "x" * 1_000_000).encode() + b"      cases_per_day: 1\n", "Y016"),
    "10,000 units": (
        b"advisor_profile: 1\norganisation: {name: x}\nunits:\n"
        + b"".join(b"  - name: u%d\n" % n for n in range(10_000)),
        "P0",
    ),
    "list instead of mapping": (b"- a\n- b\n", "P0"),
    "tag": (b"!!python/object/apply:os.system ['true']\n", "Y011"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_profile_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    content, said = BAD[name]
    (tmp_path / "bad.yaml").write_bytes(content)
    done = run("memo", "bad.yaml", "-o", "memo.md", cwd=tmp_path)
    assert done.returncode == 2, done.stderr[-500:]
    assert done.stdout == ""
    assert "bad.yaml" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


COMMANDS = {
    "assess": ["assess", "bad.yaml", "--format", "json"],
    "explain": ["explain", "bad.yaml", "advice"],
    "memo as Word": ["memo", "bad.yaml", "-o", "memo.docx"],
    "check": ["profile", "check", "bad.yaml"],
    "interview": ["interview", "bad.yaml"],
    "assess standard input": ["assess", "-"],
    "explain standard input": ["explain", "-", "advice"],
    "memo of standard input": ["memo", "-", "-o", "memo.md"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_refuses_a_bad_profile_and_writes_nothing(command: str, tmp_path: Path) -> None:
    for name in ("empty", "bidi character", "unknown question"):
        content, said = BAD[name]
        (tmp_path / "bad.yaml").write_bytes(content)
        done = run(*COMMANDS[command], stdin=content, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, ""), (name, done.stderr[-500:])
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_answers_that_contradict_each_other_on_trial_are_not_said_to_be_tried() -> None:
    settings = ("failure_demand_share_pct=80", "transferred_in_pct=40")
    done = run("assess", PROFILES / "ikea.yaml", *(part for each in settings for part in ("--set", each)))
    assert (done.returncode, done.stdout) == (2, "")
    assert "P060" in done.stderr
    assert "tried" not in done.stderr


def test_all_problems_of_all_files_are_reported_at_once_and_no_advice_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(profile("cases_per_dy: 1\nerror_rate_pct: 101"))
    (tmp_path / "b.yaml").write_bytes(profile("ai_phase: life"))
    done = run("assess", "a.yaml", PROFILES / "ikea.yaml", "b.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["a.yaml:6:7", "a.yaml:7:23", "b.yaml:6:17"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess"], "PROFILE"),
        (["asess", "x"], "assess"),
        (["assess", "missing.yaml"], "missing.yaml"),
        (["assess", "."], "folder"),
        (["assess", "{ikea}", "--set", "cases_per_day"], "NAME=VALUE"),
        (["assess", "{ikea}", "--set", "cases_per_dy=3"], "cases_per_day"),
        (["assess", "{ikea}", "--set", "cases_per_day=x"], "--set"),
        (["assess", "{ikea}", "--unit", "nobody"], "nobody"),
        (["assess", "{ikea}", "--rules", "nowhere"], "nowhere"),
        (["assess", "{ikea}", "--format", "yaml"], "yaml"),
        (["explain", "{ikea}", "qualty"], "quality"),
        (["memo", "{ikea}", "-o", "nowhere/memo.md"], "nowhere"),
        (["memo", "{ikea}", "-o", "memo.xyz"], ".md"),
        (["memo", "{ikea}", "-o", "."], "."),
    ],
)
def test_a_bad_command_ends_with_two(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = run(*(argument.format(ikea=PROFILES / "ikea.yaml") for argument in arguments), cwd=tmp_path)
    assert done.returncode == 2, done.stderr[-500:]
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


RULE = (
    "layer: warnings\nrules:\n"
    "  - {id: mine, title: x, when: '%s', severity: info, says: x, because: x, sources: [judgement]}\n"
)
CIRCLE = """
layer: diagnosis
rules:
  - {id: a, title: x, when: bb, concludes: aa, severity: info, says: x, because: x, sources: [judgement]}
  - {id: b, title: x, when: aa, concludes: bb, severity: info, says: x, because: x, sources: [judgement]}
"""
TWICE = """
parameters:
  - {name: mine, value: 1, unit: '', status: judgement, why: x}
  - {name: mine, value: 2, unit: '', status: judgement, why: x}
"""
BAD_RULES = {
    "unknown name": (RULE % "cases_per_dy > 3", "cases_per_day"),
    "type": (RULE % "ai_phase > 3", "ai_phase"),
    "unit": (RULE % "aht_min > net_hours_day", "mixes units"),
    "constant zero": (RULE % "cases_per_day / 0 > 1", "divides by zero"),
    "not a condition": (RULE % "cases_per_day + 1", "condition"),
    "python": (RULE % "__import__(1)", "E013"),
    "cycle": (CIRCLE, "circle"),
    "twice": (TWICE, "R004"),
    "nonsense": ("hello: world\n", "R002"),
}


@pytest.mark.parametrize("name", BAD_RULES)
def test_a_bad_rulebook_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    content, said = BAD_RULES[name]
    (tmp_path / "rules.yaml").write_text(content)
    done = run("assess", PROFILES / "ikea.yaml", "--rules", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "memo.md").symlink_to("/dev/full")
    done = run("memo", PROFILES / "ikea.yaml", "--no-outlook", "-o", "memo.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["memo.md"]
    with Path("/dev/full").open("wb") as full:
        import subprocess
        import sys

        shown = subprocess.run(
            [sys.executable, "-m", "advisor", "assess", str(PROFILES / "ikea.yaml")],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=PROFILES.parent,
            timeout=600,
            check=False,
        )
    assert shown.returncode == 2
    assert b"Traceback" not in shown.stderr


@pytest.mark.skipif(not Path("/sys").exists(), reason="needs a folder that even root cannot write to")
def test_a_folder_that_takes_no_files_is_said() -> None:
    done = run("memo", PROFILES / "ikea.yaml", "--no-outlook", "-o", "/sys/memo.md")
    assert done.returncode == 2
    assert "no permission to write here" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run("memo", PROFILES / "ikea.yaml", "--no-outlook", "-o", tmp_path / "memo.md")
    assert done.returncode == 2


def test_a_user_without_a_home_is_advised_too():
    """As in a container with a user of its own: nothing can be kept between runs, and nothing has to be."""
    done = run("rules", "show", "growth_noticeable", HOME="~", XDG_CACHE_HOME="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "growth_noticeable" in done.stdout
