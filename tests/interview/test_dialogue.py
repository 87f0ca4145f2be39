"""Through a pipe: `advisor interview client.yaml < answers.txt`."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from advisor.profile import Answer, read_profile
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES, run

RULEBOOK = Rulebook.load()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "client.yaml"
    done = run("profile", "new", file, "--organisation", "Example", "--unit", "Claims")
    assert done.returncode == 0, done.stderr
    return file


def interview(path: Path, *lines: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return run("interview", path, *options, stdin="".join(f"{line}\n" for line in lines))


def answers(path: Path) -> dict[str, Answer]:
    return dict(read_profile(path, RULEBOOK.questions).units[0].answers)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_answers_are_taken_in_the_order_of_the_questions_and_it_can_be_taken_up_again(path: Path) -> None:
    done = interview(path, "12 kg", "4 min", "gross")
    assert done.returncode == 3
    assert "in minutes, please" in done.stdout
    assert "decides whether the advice is “Fix the AI step first”" in flat(done.stdout)
    assert "more questions until the advice is settled" in flat(done.stdout)
    assert list(answers(path)) == ["ai_minutes_saved_per_case", "saving_checking"]
    again = interview(path)
    assert "Questions answered already: 2; going on" in flat(again.stdout)
    assert again.returncode == 3


def test_how_to_go_on_is_said_with_the_same_options(path: Path) -> None:
    done = interview(path, options=("--for", "data", "--language", "de"))
    assert f"Weiter mit: advisor interview {path} --for data --language de" in flat(done.stdout)


def test_the_patterns_between_which_a_question_decides_are_named(path: Path) -> None:
    known = ["ai_phase = planned", "harm_incident = no", "ai_minutes_saved_per_case = 4", "saving_checking = net"]
    known += ["ai_rework_rate_pct = 0", "ai_containment_pct = n/a it assists", "quality_decline_reported = n/a planned"]
    done = interview(path, *known, *["unknown"] * 40)
    assert "decides between “" in flat(done.stdout)


def test_a_settled_advice_is_said_and_ends_with_0(path: Path) -> None:
    done = interview(path, "ai_phase = live", "ai_minutes_saved_per_case = 0", "stop")
    assert done.returncode == 0, done.stdout
    assert "Settled: “Fix the AI step first”. No open answer can change that any more." in flat(done.stdout)
    assert "You can stop here" in done.stdout


def test_every_kind_of_answer_by_name(path: Path) -> None:
    done = interview(
        path,
        "cases_per_day: 1,200",
        "ai_minutes_saved_per_case = 3..5",
        "error_rate_pct = 1 in 20",
        "ai_phase = live",
        "csat_change_pts = unknown",
        "occupancy_pct = n/a no real-time queue",
        "ai_stop_measures = 1, 5",
        "harm_incident = no",
    )
    assert done.returncode == 3
    text = path.read_text()
    for line in (
        "cases_per_day: 1200",
        "ai_minutes_saved_per_case: {low: 3, high: 5}",
        "error_rate_pct: 5",
        "csat_change_pts: unknown",
        "occupancy_pct: {not_applicable: no real-time queue}",
        "ai_stop_measures: [cost, error_rate]",
        "harm_incident: false",
    ):
        assert line in text


def test_help_note_skip_and_back(path: Path) -> None:
    done = interview(path, "?", "note", "1", "QA log", "2026-09-30", "one month", "4", "back", "", "skip")
    said = flat(done.stdout)
    assert "Minutes of somebody's working time" in said
    assert "So far: 4 minutes" in said
    line = (
        "ai_minutes_saved_per_case: {value: 4, evidence: measured, source: QA log, as_of: 2026-09-30, note: one month}"
    )
    assert line in path.read_text()
    assert len(answers(path)) == 1


@pytest.mark.parametrize(
    ("language", "word", "asked", "wrong", "understood"),
    [
        ("en", "help", "Any of these numbers", "a number from 1 to 3, please", "understood"),
        ("de", "hilfe", "Beliebig viele dieser Nummern", "bitte eine Zahl von 1 bis 3", "verstanden"),
    ],
)
def test_the_choices_of_a_named_question_are_shown_and_what_was_chosen_is_said_in_words(
    path: Path, language: str, word: str, asked: str, wrong: str, understood: str
) -> None:
    typed = ("ai_phase = ?", f"ai_stop_measures = {word}", "? ai_phase", "ai_phase = 9", "ai_phase = 3", "stop")
    done = interview(path, *typed, options=("--language", language))
    *helped, refused, taken, _ = (flat(part) for part in done.stdout.split("\n> ")[1:])
    titles = RULEBOOK.in_language(language).questions
    choices = " ".join(f"{number} {each.label}" for number, each in enumerate(titles["ai_phase"].choices, 1))
    assert [choices in each for each in (*helped, refused)] == [True, False, True, True]
    assert asked in helped[1]
    assert titles["ai_phase"].ask in helped[0]
    assert wrong in refused
    assert taken.startswith(f"ai_phase = 3 {understood}: {titles['ai_phase'].choices[2].label}")
    assert answers(path)["ai_phase"].value == "live"


def test_help_on_a_question_is_its_choices_too_and_an_unknown_name_is_said(path: Path) -> None:
    typed = ("back harm_incident", "?", "2", "? ai_phse", "ai_stop_measures = 3, 1", "stop")
    out = interview(path, *typed).stdout
    *_, helped, taken, unknown, several, _ = (flat(part) for part in out.split("\n> ")[1:])
    assert "1 yes, 2 no Type an answer" in helped
    assert taken.startswith("2 understood: no")
    assert "there is no question “ai_phse” (did you mean “ai_phase”?)" in unknown
    assert "understood: Cost; Containment: contacts that end without a person" in several


def test_back_to_a_named_question_and_what_comes_back(path: Path) -> None:
    done = interview(path, "ai_phase = live", "months_live = 14", "back ai_phase", "planned", "ai_phase = pilot", "")
    said = flat(done.stdout)
    assert "Does not apply any more, kept for later: Months in use (months_live)" in said
    assert "Comes back because of this: Months in use (months_live)" in said
    assert "So far: 14 months" in said
    assert answers(path)["months_live"] == answers_of(months_live="14")["months_live"]
    assert "set aside" not in path.read_text()


def answers_of(**written: str) -> dict[str, Answer]:
    lines = "".join(f"      {name}: {text}\n" for name, text in written.items())
    head = "advisor_profile: 1\norganisation: {name: Example}\nunits:\n  - name: Claims\n    answers:\n"
    return dict(read_profile(head + lines, RULEBOOK.questions).units[0].answers)


def test_a_question_that_does_not_apply_is_not_answered_by_name(path: Path) -> None:
    done = interview(path, "ai_phase = planned", "months_live = 14", "back months_live")
    said = flat(done.stdout)
    assert said.count("does not apply, because of the answer to: Stage of the AI step (ai_phase)") == 2
    assert list(answers(path)) == ["ai_phase"]


def test_what_is_no_text_is_not_stored(path: Path) -> None:
    done = run("interview", path, stdin=b"n/a caf\xe9 closed\n")
    assert "characters that cannot be stored" in flat(done.stdout)
    assert answers(path) == {}


def test_what_was_set_aside_is_kept_over_a_stop(path: Path) -> None:
    interview(path, "ai_phase = live", "months_live = 14", "ai_phase = planned")
    assert "# set aside: {unit: Claims, question: months_live, answer: 14}" in path.read_text()
    assert "months_live" not in answers(path)
    assert run("profile", "check", path).returncode == 0
    done = interview(path, "ai_phase = live", "")
    assert "So far: 14 months" in done.stdout
    assert "months_live: 14" in path.read_text()


def test_rows_of_a_table_cell_by_cell(path: Path) -> None:
    done = interview(
        path, "back incentive_measures", "Handle time", "2", "60", "yes", "no", "Errors", "4", "x", "40", "", "1", ""
    )
    assert "in per cent, please" in done.stdout
    rows: Any = answers(path)["incentive_measures"].value
    first, second = rows
    assert (first["name"], first["kind"], first["weight_pct"]) == ("Handle time", "speed", 60)
    assert (second["has_target"], second["has_owner"]) == (None, True)


def test_rows_from_before_stand_until_the_new_ones_are_complete(path: Path) -> None:
    row = ["Handle time", "2", "60", "yes", "no"]
    interview(path, "back incentive_measures", *row, *row, "")
    interview(path, "back incentive_measures", "Errors", "4", "100", "yes", "yes")
    rows: Any = answers(path)["incentive_measures"].value
    assert len(rows) == 2


def test_a_command_is_never_stored_as_a_cell(path: Path) -> None:
    row = ["Handle time", "?", "Back", "2", "60", "yes", "no"]
    done = interview(path, "back incentive_measures", *row, "skip", "n/a no measure", "unknown", "1", "stop")
    said = flat(done.stdout)
    assert said.count("In a table type a value, unknown, ? (help) or stop.") == 4
    assert "One row for each measure behind targets" in said
    assert [row["name"] for row in rows_of(path)] == ["Handle time"]


def rows_of(path: Path) -> Any:
    return answers(path)["incentive_measures"].value


def test_a_row_that_cannot_be_true_beside_the_others_is_asked_again(path: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "checks.yaml").write_text(_ONE_WHOLE, encoding="utf-8")
    first, second = ["Handle time", "2", "60", "yes", "no"], ["Errors", "4", "50", "yes", "no"]
    asked = ["back incentive_measures", *first, *second, "Errors", "4", "40"]
    done = interview(path, *asked, "yes", "no", "stop", options=("--rules", str(house)))
    assert "The weights are 110 % together. Share out 100." in flat(done.stdout)
    assert done.stdout.count("Row 2: Measure") == 2
    assert [row["weight_pct"] for row in rows_of(path)] == [60, 40]
    assert run("profile", "check", path, "--rules", house).returncode == 0


_ONE_WHOLE = """checks:
  - id: weights-beyond-one-whole
    when: sum(weight_pct of incentive_measures) > 100
    severity: error
    says: The weights are {sum(weight_pct of incentive_measures)} % together.
    remedy: Share out 100.
"""


def test_what_looks_mistaken_is_kept_and_hinted_at_once(path: Path) -> None:
    row = ["Handle time", "2", "60", "yes", "no"]
    lines = ["recontact_rate_pct = 0.3", "error_rate_pct = 0.3", "recontact_rate_pct = 0.3", "back incentive_measures"]
    done = interview(path, *lines, *row, *row, "")
    said = flat(done.stdout)
    assert said.count("Did you mean 30?") == 1
    assert said.count("The weights of the measures are 120 % together.") == 1
    assert answers(path)["recontact_rate_pct"].value == Decimal("0.3")


def test_how_well_it_is_known_is_one_of_the_numbers_or_words(path: Path) -> None:
    done = interview(path, "note", "9" * 5000, "6", "", "", "", "", "4", "note", "Estimated", "", "", "", "gross")
    assert done.returncode == 3, done.stderr
    said = "a number or a word of these, or nothing: 1 measured, 2 documented, 3 stated, 4 estimated, 5 inferred"
    assert flat(done.stdout).count(said) == 2
    found = answers(path)
    assert (found["ai_minutes_saved_per_case"].evidence, found["saving_checking"].evidence) == ("stated", "estimated")
    german = ("--language", "de")
    done = interview(path, "note", "ge", "gesch", "", "", "", "ai_use_share_pct = 40", options=german)
    assert flat(done.stdout).count("bitte eine Zahl oder ein Wort aus diesen oder nichts: 1 gemessen") == 1
    assert answers(path)["ai_use_share_pct"].evidence == "estimated"


def test_a_name_that_is_no_question_is_not_read_as_an_answer(path: Path) -> None:
    done = interview(path, "case_per_day = 310", "xyz = 4", "case_per_day: 310")
    said = flat(done.stdout)
    assert said.count("there is no question “case_per_day” (did you mean “cases_per_day”?)") == 2
    assert "there is no question “xyz” >" in said
    assert answers(path) == {}


def test_a_question_that_is_left_open_for_another_is_named(path: Path) -> None:
    said = flat(interview(path, *["unknown"] * 6, "harm_incident = no", "skip").stdout)
    assert said.count("Left open for now: ") == 1
    assert "Left open for now: How the saving was established (saving_measured_by)" in said


def test_a_slip_in_a_note_loses_nothing_that_was_said_before_it(path: Path) -> None:
    done = interview(path, "note", "1", "\x1b[A", "QA log", "31.9.2026", "2026-09-30", "one month", "4")
    assert "a date as year-month-day" in flat(done.stdout)
    kept = answers(path)["ai_minutes_saved_per_case"]
    assert (kept.evidence, kept.source, str(kept.as_of), kept.note) == ("measured", "QA log", "2026-09-30", "one month")


def test_of_one_persons_questions_nothing_is_said_about_the_others(path: Path) -> None:
    done = interview(path, *["unknown"] * 20, options=("--for", "staff", "--all"))
    assert done.returncode == 0
    assert "No open question can change the advice" not in flat(done.stdout)


def test_what_was_skipped_leaves_the_interview_resumable(path: Path) -> None:
    done = interview(path, *["skip"] * 20, options=("--section", "clarity", "--all"))
    assert "Questions skipped: " in flat(done.stdout)
    assert done.returncode == 3


def test_hand_edits_and_comments_survive(path: Path) -> None:
    text = path.read_text().replace(
        "      # ai_phase:\n", "      # agreed with Ms Weber, 3 June\n      ai_phase: live   # since spring\n"
    )
    path.write_text(text)
    done = interview(path, "ai_minutes_saved_per_case = 4")
    assert done.returncode == 3
    after = path.read_text()
    assert "      # agreed with Ms Weber, 3 June\n      ai_phase: live   # since spring\n" in after
    assert [line for line in text.splitlines() if line not in after.splitlines()] == [
        "      # ai_minutes_saved_per_case:"
    ]


def test_what_the_answers_mean_is_told_as_they_come(path: Path) -> None:
    done = interview(
        path,
        "ai_phase = live",
        "cases_per_day = 200",
        "ai_minutes_saved_per_case = 4",
        "ai_use_share_pct = 100",
        "csat_change_pts = -8",
        "clarity_mgr = 20",
        "harm_incident = yes",
        "harm_incident = no",
    )
    said = flat(done.stdout)
    assert "Gross hours: 13.33 hours a day" in said
    assert "Now: red: Satisfaction has fallen" in said
    assert "Now: “Clarity” is missing" in said
    assert "Now: the advice is “Recover quality first”" in said
    assert "No longer: the advice is “Recover quality first”" in said


def test_one_persons_and_one_sections_questions(path: Path) -> None:
    done = interview(path, "skip", options=("--for", "data", "--section", "demand"))
    assert "asked of: data owner" in flat(done.stdout)
    assert "manager" not in done.stdout
    everything = interview(path, *["unknown"] * 30, options=("--section", "demand", "--all"))
    assert everything.returncode == 0
    section = {name for name, question in RULEBOOK.questions.items() if question.section == "demand"}
    assert {*answers(path)} == section


def test_a_new_file_is_begun_by_its_two_names(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    stopped = run("interview", path, stdin="Example\n")
    assert stopped.returncode == 3
    assert "nothing was written" in stopped.stdout
    assert not path.exists()
    done = run("interview", path, stdin="\n?\nExample: 1 & Co\n?\nClaims\n4\n")
    assert done.returncode == 3, done.stderr
    profile = read_profile(path, RULEBOOK.questions)
    assert (profile.organisation.name, profile.units[0].name) == ("Example: 1 & Co", "Claims")
    assert len(profile.units[0].answers) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--section", "demnd"), "did you mean 'demand'?"),
        (("--language", "fr"), "there are: de, en"),
        (("--unit", "Clams"), "did you mean 'Claims'?"),
    ],
)
def test_wrong_options_are_refused(path: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("interview", path, *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_several_units_have_to_be_told_apart() -> None:
    done = run("interview", PROFILES / "healthy-insurer.yaml")
    assert done.returncode == 2
    assert "the profile has several units" in done.stderr


@pytest.mark.parametrize("where", ["-", "nowhere/client.yaml"])
def test_where_nothing_can_be_kept_nothing_is_asked(where: str, tmp_path: Path) -> None:
    done = run("interview", where, stdin="Example\nClaims\n4\n", cwd=tmp_path)
    assert done.returncode == 2
    assert "Name of the organisation" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_is_reported_and_left_alone(path: Path) -> None:
    path.write_text("advisor_profile: 1\nunits: [\n")
    done = interview(path, "4")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert path.read_text() == "advisor_profile: 1\nunits: [\n"


def test_without_any_standard_input_it_ends_at_once(path: Path) -> None:
    command = f'"{sys.executable}" -m advisor interview "{path}" <&-'
    done = subprocess.run(command, shell=True, capture_output=True, timeout=600, cwd=PROFILES.parent, check=False)
    assert done.returncode == 3, done.stderr


def test_when_nobody_reads_the_questions_the_answers_are_still_saved(path: Path) -> None:
    """A pipe whose reader has gone ends the output; what is still piped in is an answer like any other."""
    command = f'set -o pipefail; {{ sleep 3; echo 4; }} | "{sys.executable}" -m advisor interview "{path}" | head -1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=600, cwd=PROFILES.parent, check=False)
    assert (done.returncode, done.stderr) == (3, b"")
    assert answers(path)["ai_minutes_saved_per_case"].value == 4


def test_what_a_console_cannot_show_is_replaced(path: Path) -> None:
    done = run("interview", path, stdin="4\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 3, done.stderr


def test_an_answer_that_cannot_be_true_beside_the_others_is_refused(path: Path) -> None:
    """Failure demand and transferred work are shares of one volume."""
    done = interview(
        path, "failure_demand_share_pct = 70", "transferred_in_pct = 40", "transferred_in_pct = 20", "stop"
    )
    assert "(transferred_in_pct): Failure demand and transferred work are 110 % of the volume together." in flat(
        done.stdout
    )
    assert answers(path)["transferred_in_pct"].value == 20


def test_a_file_that_says_what_cannot_be_is_refused_before_the_first_question(path: Path) -> None:
    interview(path, "failure_demand_share_pct = 70", "stop")
    text = path.read_text(encoding="utf-8").replace("failure_demand_share_pct: 70", _IMPOSSIBLE)
    path.write_text(text, encoding="utf-8")
    done = interview(path, "1")
    assert done.returncode == 2
    assert "P060" in done.stderr
    assert path.read_text(encoding="utf-8") == text


_IMPOSSIBLE = "failure_demand_share_pct: 70\n      transferred_in_pct: 40"


def test_a_long_prompt_is_wrapped_between_words(path: Path) -> None:
    done = run("interview", path, stdin="note\n1\n\n\n\n4\n", COLUMNS="50")
    assert "How well is it known? 1 measured, 2 documented, 3\nstated, 4 estimated, 5 inferred 1\n" in done.stdout
