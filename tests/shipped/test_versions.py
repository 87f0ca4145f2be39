"""A profile of today against the shipped rulebook one version on: same advice, and nothing is dropped on the way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advice import Adviser
from advisor.engines.plain import PlainEngine
from advisor.interview.engine import Interview, Scope
from advisor.interview.storage import ProfileFile
from advisor.profile import Answer, Profile, read_profile
from advisor.rulebook import Rulebook, shipped_folder
from tests.cli.command import run
from tests.shipped.answers import ADVISER, PROFILES, RULEBOOK
from tests.shipped.next_version import ADDED, CHOICES, NEXT, NOW, REMOVED, called, next_rules

OLD = """\
advisor_profile: 1
organisation: {name: Example}
units:
  - name: Claims
    answers:
      ai_phase: pilot                      # as of May
      error_rate_pct: 3
      error_definition: {value: internal, source: board paper}
      cases_per_day: 200
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return Rulebook.load(next_rules(tmp_path_factory.mktemp("next") / "rules"))


@pytest.fixture(scope="module")
def interview(later: Rulebook) -> Interview:
    return Interview(later, PlainEngine(later), Scope(everything=True))


def today(answer: Answer) -> Answer:
    """An answer of the version before, in the words of the next one."""
    return replace(answer, value=CHOICES.get(answer.value, answer.value)) if isinstance(answer.value, str) else answer


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_answer_is_carried_over(path: Path, later: Rulebook) -> None:
    before, after = read_profile(path, RULEBOOK.questions), read_profile(path, later.questions)
    for old, new in zip(before.units, after.units, strict=True):
        counted = {called(name): today(answer) for name, answer in old.answers.items() if name != REMOVED}
        assert {**new.answers} == counted
        assert {*new.kept} == {*old.answers} & {REMOVED}


def test_the_advice_is_the_same(later: Rulebook) -> None:
    adviser = Adviser(later)
    for path in PROFILES:
        before = ADVISER.advise(read_profile(path, RULEBOOK.questions)).document.units
        after = adviser.advise(read_profile(path, later.questions)).document.units
        for old, new in zip(before, after, strict=True):
            for trait in ("verdict", "also", "recommended", "firm", "capacity", "capacity_ranges"):
                assert getattr(old, trait) == getattr(new, trait), (path, trait)
            assert old.erosion.level == new.erosion.level
            assert [(each.low, each.high) for each in old.patterns] == [(each.low, each.high) for each in new.patterns]
            assert [each.status for each in old.preparations] == [each.status for each in new.preparations]
            assert [each.id for each in old.findings] == [each.id for each in new.findings]


names = st.sampled_from(
    ["ai_phase", "months_live", "outcome_changed", "outcome_direction", "cases_per_day", "harm_incident"]
)
steps = st.lists(st.tuples(st.sampled_from(["answer", "unknown", "skip", "back"]), names), max_size=8)


@settings(max_examples=60)
@given(st.sampled_from(PROFILES), steps, st.randoms(use_true_random=False))
def test_nothing_is_dropped_in_an_interview(
    later: Rulebook, interview: Interview, path: Path, steps: list[tuple[str, str]], random: Random
) -> None:
    """An interview of the next version on a file of today: what was not answered anew is there, counted or aside."""
    text = path.read_text(encoding="utf-8") + ("" if random.random() < 0.5 else "# a last word\n")
    said = read_profile(text, RULEBOOK.questions)
    with TemporaryDirectory() as folder, ProfileFile(Path(folder) / "client.yaml", later) as file:
        file.create(text)
        unit = random.choice(file.read().units)
        state, touched = file.state(unit), set()
        for action, name in steps:
            question = called(name)
            if action == "skip":
                after = interview.skipped(state, question)
            elif action == "back":
                after = interview.back(state, question)
            else:
                answer = Answer("unknown") if action == "unknown" else an_answer(later, question, random)
                after = interview.answered(state, question, answer)
                touched.add(name)
            state = file.save(state, after)
        profile = file.read()
        assert_nothing_dropped(said, profile, unit.name, touched, file.state(state.unit).aside)
        assert comments(text) <= comments(file.path.read_text(encoding="utf-8"))


def an_answer(later: Rulebook, name: str, random: Random) -> Answer:
    choices = later.questions[name].choices
    if later.questions[name].type == "number":
        return Answer("answered", low=(later.questions[name].minimum), high=later.questions[name].maximum)
    return Answer("answered", random.choice(choices).value if choices else random.random() < 0.5)


def comments(text: str) -> set[str]:
    """Full-line comments; the one of a placeholder makes way for its answer, and those set aside may come back."""
    found = {line.strip() for line in text.splitlines() if line.lstrip().startswith("# ")}
    return {line for line in found if not line.endswith(":") and not line.startswith("# set aside")}


def assert_nothing_dropped(
    said: Profile, now: Profile, unit: str, touched: set[str], aside: Mapping[str, Answer]
) -> None:
    assert [each.name for each in said.units] == [each.name for each in now.units]
    for old, new in zip(said.units, now.units, strict=True):
        for name, answer in old.answers.items():
            if new.name != unit or name not in touched:
                if name == REMOVED:
                    assert name in new.kept
                else:
                    assert {**aside, **new.answers}[called(name)] == today(answer), name


# ---------------------------------------------------------------- the real command, of the next version


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the rules of the next version."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(shipped_folder().parent / "advisor", folder / "advisor")
    next_rules(folder / "rules")
    return folder


def test_the_command_of_the_next_version_reads_checks_asks_and_advises(tmp_path: Path, installed: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_text(f"questionnaire: {NOW}\n{OLD}")

    def later(*arguments: object, stdin: str = "") -> Any:
        return run(*arguments, stdin=stdin, cwd=installed, PYTHONPATH=str(installed))

    checked = later("profile", "check", path)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout == f"{path}: Claims: fine; 3 of 126 questions answered\n"
    assert f"note: {path}:7:7 P070 'ai_phase' is called 'ai_phase_v2' today" in checked.stderr
    assert f"note: {path}:7:17 P070 ai_phase_v2: the choice 'pilot' is called 'trial' today" in checked.stderr
    assert f"note: {path}:9:7 P071 '{REMOVED}' is not asked any more since version {NEXT}" in checked.stderr
    assert f"note: {path} P072 Claims: new since version {NOW}, and not answered: {ADDED}" in checked.stderr

    asked = later(
        "interview", path, stdin=f"ai_phase = 3\n{REMOVED} = 1\nback {REMOVED}\nmonths_live = 5\nai_phase: 2\nstop\n"
    )
    assert asked.returncode == 3, asked.stderr
    said = " ".join(asked.stdout.split())
    assert f"Not asked any more; these answers stay in the file and count for nothing: {REMOVED}." in said
    assert f"New since version {NOW}, for which the file was written: {ADDED} ({ADDED})." in said
    assert said.count(f"the question “{REMOVED}” is not asked any more since version {NEXT}") == 2
    assert (
        path.read_text()
        == (f"questionnaire: {NEXT}\n" + OLD).replace("ai_phase: pilot     ", "ai_phase_v2: trial     ")
        + "      months_live_v2: 5\n"
    )

    advised = later("assess", path, "--set", "cases_per_day=300", "--format", "json")
    assert advised.returncode == 0, advised.stderr
    document = json.loads(advised.stdout)
    assert document["tried"] == [{"unit": "Claims", "question": "cases_per_day_v2", "value": "300"}]
    assert REMOVED in document["units"][0]["notices"][0]
    assert later("explain", path, "cases_per_day").stdout == later("explain", path, "cases_per_day_v2").stdout
    assert f"'{REMOVED}' is not asked any more since version {NEXT}" in later("explain", path, REMOVED).stderr
    assert later("rules", "list", "removed").stdout.split() == [
        *(REMOVED, "since", f"{NEXT}:", "It", "only", "explained", "another", "answer.")
    ]
    assert "why:             It only explained another answer." in later("rules", "show", REMOVED).stdout
    assert "was:             cases_per_day" in later("rules", "show", "cases_per_day").stdout
