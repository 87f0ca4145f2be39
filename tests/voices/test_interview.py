"""An interview about a unit with respondents: what they settle is not asked, what they contradict is."""

from __future__ import annotations

from pathlib import Path

from advisor.engines.plain import PlainEngine
from advisor.interview.engine import Interview, Scope, State, View
from tests.cli.command import run
from tests.voices.samples import RULEBOOK, profile, profile_text

EVERYTHING = Interview(RULEBOOK, PlainEngine(RULEBOOK), Scope(everything=True))
STAFF = "staff 8"


def view(answers: str, *voices: tuple[str, str]) -> View:
    return EVERYTHING.view(State(profile(answers, *voices).units[0]))


def test_what_respondents_settle_counts_and_is_not_asked() -> None:
    seen = view("", ("data_owner", "cases_per_day: 200"), (STAFF, "clarity_staff: 42"))
    assert seen.facts["cases_per_day"] == (20000, 20000)
    assert {"cases_per_day", "clarity_staff"}.isdisjoint(seen.askable)


def test_what_is_contradictory_withheld_or_not_known_is_asked() -> None:
    voices = (
        ("manager", "gov_owner: true\ngov_ledger: unknown"),
        ("data_owner", "gov_owner: false"),
        ("staff 3", "clarity_staff: 42"),
    )
    assert {"gov_owner", "gov_ledger", "clarity_staff"} <= {*view("", *voices).askable}


def test_nobody_is_asked_where_respondents_differ() -> None:
    assert "voices" not in {*view("").open, *view("", (STAFF, "gov_owner: true")).open}


def test_the_record_goes_into_the_file_and_respondents_stay(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_text(profile_text("ai_phase: live", ("manager", "gov_owner: true"), ("data_owner", "gov_owner: false")))
    done = run("interview", "client.yaml", "--all", stdin="gov_owner = yes\nvoices = 3\nstop\n", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    text = path.read_text()
    assert "      gov_owner: true\n" in text
    assert text.endswith(
        profile_text("", ("manager", "gov_owner: true"), ("data_owner", "gov_owner: false")).split("respondents:")[1]
    )
    assert "On record: yes; that counts." in run("explain", "client.yaml", "gov_owner", cwd=tmp_path).stdout
