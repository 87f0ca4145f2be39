"""What one person says is written into that person's entry, and asked by what it can change beside other voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.interview.engine import Interview, Scope, State
from advisor.interview.storage import ProfileFile
from advisor.profile import Answer, Frozen, Unit, read_profile
from advisor.profile.aside import answers_aside
from advisor.profile.speaker import Speaker
from advisor.reading import InvalidInput
from tests.cli.command import run
from tests.engines.same import same
from tests.interview.test_engine import PLAIN, RULEBOOK, actions, done

HEAD = "advisor_profile: 1\nquestionnaire: 1.0.0\norganisation: {name: Client}  # by hand\nunits:\n  - name: Claims\n"
ALONE = f"{HEAD}    answers:\n      ai_phase: live   # recorded\n      # cases_per_day:\n"
HEARD = f"""{ALONE}    # who was heard
    respondents:
      - role: staff
        people: 7
        answers: {{clarity_staff: 62}}
      - {{role: manager, answers: {{harm_incident: true, team_headcount: 12}}}}   # on Monday
      - role: manager
        date: 2026-11-20
        answers:
          # first of all
          harm_incident: false   # sure
          team_headcount: 14
  - name: Post
    answers:
# last words
"""
MANAGER = Scope("manager")
YES, NO = Answer("answered", True), Answer("answered", False)


def state_of(text: str, speaker: Speaker) -> State:
    (unit, *_) = read_profile(text, RULEBOOK.questions).units
    return State(speaker.beginning(unit, date(2026, 11, 22)), speaker.place(unit))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "client.yaml").write_text(HEARD)
    return tmp_path


def interview(folder: Path, *lines: str, options: tuple[str, ...]) -> str:
    ended = run("interview", "client.yaml", "--unit", "Claims", *options, stdin="\n".join([*lines, ""]), cwd=folder)
    assert ended.returncode in (0, 3), ended.stderr
    return " ".join(ended.stdout.split())


def text_in(folder: Path) -> str:
    return (folder / "client.yaml").read_text()


def test_an_entry_begins_with_the_first_answer(folder: Path) -> None:
    interview(folder, "skip", "back", "stop", options=("--as", "data"))
    assert text_in(folder) == HEARD
    interview(folder, "cases_per_day = 200", "cases_per_day = 210", options=("--as", "data"))
    entry = f"      - role: data_owner\n        date: {date.today()}\n        answers:\n          cases_per_day: 210\n"
    assert text_in(folder) == HEARD.replace("  - name: Post\n", entry + "  - name: Post\n")
    again = interview(folder, options=("--as", "data-1", "--language", "de"))
    assert "Gehört als data-1 (" in again
    assert "Schon beantwortete Fragen: 1;" in again


def test_only_that_persons_entry_is_written(folder: Path) -> None:
    shown = interview(folder, "harm_incident = yes", "cases_per_day = 9", options=("--as", "manager-2"))
    assert "Questions answered already: 2;" in shown
    assert text_in(folder) == HEARD.replace("harm_incident: false ", "harm_incident: true ").replace(
        "team_headcount: 14\n", "team_headcount: 14\n          cases_per_day: 9\n"
    )
    interview(folder, "cases_per_day = 8", options=("--as", "manager"))
    assert "team_headcount: 12, cases_per_day: 8}}   # on Monday\n" in text_in(folder)


def test_what_others_said_is_asked_again_and_what_is_recorded_is_not() -> None:
    state, heard = state_of(HEARD, Speaker("manager", 3)), Interview(RULEBOOK, PLAIN, MANAGER)
    assert "harm_incident" in {*heard.view(state).askable}
    assert "ai_phase" not in heard.view(state).askable
    assert "clarity_staff" not in heard.view(state).open
    whole = Interview(RULEBOOK, PLAIN, replace(MANAGER, everything=True)).view(state)
    assert {"ai_phase", "harm_incident"} <= {*whole.askable}
    again = heard.view(heard.answered(state, "harm_incident", YES))
    assert "harm_incident" not in again.askable
    second = heard.view(state_of(HEARD, Speaker("manager", 2)))
    assert "harm_incident" not in second.askable


def test_the_advice_that_stands_is_that_on_all_voices() -> None:
    heard, recorder = Interview(RULEBOOK, PLAIN, MANAGER), Interview(RULEBOOK, PLAIN)
    state = state_of(HEARD.replace("harm_incident: false", "harm_incident: true"), Speaker("manager", 3))
    for after in (state, heard.answered(state, "harm_incident", YES), heard.answered(state, "harm_incident", NO)):
        assert same(heard.view(after).standing.facts, recorder.view(State(after.unit)).evaluation.facts)
    assert heard.view(state).standing.facts["harm_incident"] is True
    assert heard.view(state).evaluation.facts["harm_incident"] is None
    assert heard.view(heard.answered(state, "harm_incident", NO)).evaluation.facts["harm_incident"] is None


def test_staff_below_five_change_nothing_and_are_not_asked_twice(folder: Path) -> None:
    (folder / "client.yaml").write_text(ALONE)
    shown = interview(folder, "clarity_staff = 3", options=("--as", "staff"))
    assert "Now:" not in shown
    heard, state = Interview(RULEBOOK, PLAIN, Scope("staff")), state_of(text_in(folder), Speaker("staff"))
    assert dict(state.answers) == {"clarity_staff": state.answers["clarity_staff"]}
    assert "clarity_staff" not in heard.view(state).askable


def test_a_question_for_somebody_else_can_be_asked_all_the_same(folder: Path) -> None:
    shown = interview(folder, options=("--as", "manager-2", "--for", "data", "--all"))
    assert "asked of: data owner" in shown


@pytest.mark.parametrize(
    ("who", "says"),
    [("Ann", "'Ann' is nobody; say manager, staff or data"), ("manager-4", "manager-4 would be after manager-3")],
)
def test_nobody_else_is_heard(folder: Path, who: str, says: str) -> None:
    ended = run("interview", "client.yaml", "--unit", "Claims", "--as", who, cwd=folder)
    assert ended.returncode == 2
    assert says in " ".join(ended.stderr.split())
    assert text_in(folder) == HEARD


def test_answers_that_cannot_be_true_beside_other_voices_are_refused_without_telling_them(folder: Path) -> None:
    text = HEARD.replace(", team_headcount: 12", "").replace("          team_headcount: 14\n", "")
    voice = "      - {role: data_owner, answers: {team_headcount: 13}}\n"
    (folder / "client.yaml").write_text(text.replace("      - role: manager\n", voice + "      - role: manager\n"))
    shown = interview(folder, "team_fte = 40", "team_fte = 9", options=("--as", "manager-2"))
    refused = shown.partition("> team_fte = 40")[2].partition("> team_fte = 9")[0]
    assert "together with what others have said this cannot be true" in refused
    assert "team_headcount" in refused
    assert "13" not in refused
    assert "team_fte: 9\n" in text_in(folder)


@settings(max_examples=40, deadline=None)
@given(actions, st.randoms(use_true_random=False), st.sampled_from(["manager", "manager-2", "manager-3", "staff"]))
def test_after_every_step_the_entry_says_what_the_state_says(
    steps: list[tuple[str, str]], random: Random, who: str
) -> None:
    speaker = Speaker.read(who)
    with TemporaryDirectory() as name, ProfileFile(Path(name) / "client.yaml", RULEBOOK, speaker) as file:
        file.create(HEARD)
        before = file.read()
        state = file.state(before.units[0])
        for action, question in steps:
            after = done(state, action, question, random)
            assert file.save(state, after) == after
            state = after
            again = file.state(file.read().units[0])
            assert (again.answers, again.aside) == (state.answers, state.aside)
            assert others(file.read().units[0], again.speaker) == others(before.units[0], again.speaker)
            assert not {*state.aside} & {*state.answers}
        assert not answers_aside(file.path.read_text(), "Claims", RULEBOOK.questions)
        assert "# first of all\n" in file.path.read_text()


def others(unit: Unit, place: int | None) -> object:
    """What a unit says besides the entry of one person."""
    return unit.answers, [voice for each, voice in enumerate(unit.respondents) if each != place]


def test_edits_by_hand_meanwhile_are_kept(tmp_path: Path) -> None:
    with ProfileFile(tmp_path / "client.yaml", RULEBOOK, Speaker("manager", 2)) as file:
        file.create(HEARD)
        heard, state = Interview(RULEBOOK, PLAIN, MANAGER), file.state(file.read().units[0])
        text = HEARD.replace("ai_phase: live", "ai_phase: pilot").replace("team_headcount: 14", "team_headcount: 15")
        staff = "    respondents:\n      - {role: staff, answers: {clarity_staff: 3}}\n"
        file.path.write_text(text.replace("    respondents:\n", staff))
        after = file.save(
            state, heard.answered(state, "cases_per_day", Answer("answered", state.answers["team_headcount"].value))
        )
        assert (after.speaker, [*after.answers]) == (3, ["harm_incident", "team_headcount", "cases_per_day"])
        assert after.unit.answers["ai_phase"].value == "pilot"
        assert file.state(file.read().units[0]).unit == after.unit


@pytest.mark.parametrize("who", ["manager-2", "manager-3"])
@pytest.mark.parametrize("edit", ["removed", "another"])
def test_an_entry_that_became_another_persons_is_not_written_into(who: str, edit: str, tmp_path: Path) -> None:
    monday = HEARD.partition("      - {role: manager")[2].partition("\n")[0]
    line = f"      - {{role: manager{monday}\n"
    spoilt = HEARD.replace(line, "" if edit == "removed" else line * 2)
    with ProfileFile(tmp_path / "client.yaml", RULEBOOK, Speaker.read(who)) as file:
        file.create(HEARD)
        heard, state = Interview(RULEBOOK, PLAIN, MANAGER), file.state(file.read().units[0])
        file.path.write_text(spoilt)
        with pytest.raises(InvalidInput, match=f"I003 the entry of {who} is not what it was"):
            file.save(state, heard.answered(state, "harm_running", YES))
        assert file.path.read_text() == spoilt


def test_a_file_that_cannot_be_added_to_is_left_as_it_is(folder: Path) -> None:
    flow = (
        "advisor_profile: 1\nquestionnaire: 1.0.0\norganisation: {name: X}\nunits: [{name: Claims, respondents: ~}]\n"
    )
    (folder / "client.yaml").write_text(flow)
    ended = run("interview", "client.yaml", "--as", "manager", stdin="harm_incident = no\n", cwd=folder)
    assert ended.returncode == 2
    assert "P050 the file is laid out in a way that cannot be added to" in ended.stderr
    assert text_in(folder) == flow
    assert {each.name for each in folder.iterdir()} == {"client.yaml", ".client.yaml.lock"}


def test_a_talk_is_asked_for_in_a_new_file_too(tmp_path: Path) -> None:
    ended = run("interview", "new.yaml", "--as", "manager", stdin="Example\nClaims\nlive\n", cwd=tmp_path)
    assert ended.returncode == 3, ended.stderr
    (unit,) = read_profile(tmp_path / "new.yaml", RULEBOOK.questions).units
    assert unit.answers == Frozen()
    assert [(voice.role, len(voice.answers)) for voice in unit.respondents] == [("manager", 1)]


def test_it_is_said_where_nothing_is_asked(folder: Path) -> None:
    (folder / "client.yaml").write_text(ALONE + "      team_headcount: 3\n")
    assert "There is nothing to ask here: these" in interview(folder, options=("--as", "staff"))
