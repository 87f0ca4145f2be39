"""The engine: whatever is done, in whatever order, the state is what the file says."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.engines.checked import CheckedEngine
from advisor.engines.completions import Completions
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.plain import PlainEngine
from advisor.engines.quick import QuickEngine
from advisor.interview.engine import Interview, Scope, State
from advisor.interview.storage import ProfileFile
from advisor.profile import Answer, Unit, blank_profile
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from tests.shipped.answers import profile_of

RULEBOOK = Rulebook.load()
PLAIN = PlainEngine(RULEBOOK)
EVERYTHING = Interview(RULEBOOK, PLAIN, Scope(everything=True))
ADAPTIVE = Interview(RULEBOOK, PLAIN)
CONDITIONAL = ("ai_phase", "months_live", "outcome_changed", "outcome_direction", "outputs_fell", "outputs_fallen")
OTHERS = ("harm_incident", "harm_running", "team_headcount", "clarity_staff_agree", "released_fte_claimed")


def begin(**answers: object) -> State:
    return State(profile_of(**answers).units[0])


def some_answer(name: str, random: Random) -> Answer:
    question = RULEBOOK.questions[name]
    if random.random() < 0.15:
        return Answer("unknown")
    if random.random() < 0.1:
        return Answer("not_applicable", reason="it is so")
    drawn = Completions(RULEBOOK, facts_of(Unit("x"), RULEBOOK), [name])
    fact = drawn.draw(random)[name]
    if question.type == "number":
        number = round(fact[0] / 100) if fact[0] > fact[1] - 1 and abs(fact[0]) < 10**9 else 0
        low, high = int(question.minimum or 0), int(question.maximum or 0)
        return read_answer(name, str(min(max(number, low), high)))
    if question.type == "yes_no":
        return Answer("answered", bool(fact))
    if question.type == "choices":
        return Answer("answered", tuple(choice.value for choice in question.choices if choice.value in fact))
    return Answer("answered", fact)


def read_answer(name: str, text: str) -> Answer:
    profile = profile_of(**{name: int(text)})
    return profile.units[0].answers[name]


names = st.sampled_from(CONDITIONAL + OTHERS)
actions = st.lists(st.tuples(st.sampled_from(["answer", "answer", "skip", "back", "back to"]), names), max_size=14)


@settings(max_examples=60)
@given(actions, st.randoms(use_true_random=False))
def test_after_every_step_the_file_says_what_the_state_says(steps: list[tuple[str, str]], random: Random) -> None:
    with TemporaryDirectory() as folder, ProfileFile(Path(folder) / "client.yaml", RULEBOOK) as file:
        file.create(blank_profile(RULEBOOK.questions, RULEBOOK.sections, unit="Unit"))
        state = file.state(file.read().units[0])
        for action, name in steps:
            after = done(state, action, name, random)
            assert file.save(state, after) == after
            state = after
            again = file.state(file.read().units[0])
            assert again.unit == state.unit
            assert again.aside == state.aside
            assert not {*state.aside} & {*state.unit.answers}


def done(state: State, action: str, name: str, random: Random) -> State:
    if action == "answer":
        asked = EVERYTHING.view(state).next
        asked_name = asked.question if asked and random.random() < 0.5 else name
        if RULEBOOK.questions[asked_name].type == "table":
            return EVERYTHING.skipped(state, asked_name)
        return EVERYTHING.answered(state, asked_name, some_answer(asked_name, random))
    if action == "skip":
        return EVERYTHING.skipped(state, name)
    return EVERYTHING.back(state, name if action == "back to" else None)


@settings(max_examples=50)
@given(actions, st.randoms(use_true_random=False))
def test_no_answer_counts_whose_question_does_not_apply(steps: list[tuple[str, str]], random: Random) -> None:
    """Whatever the order, only an answer given to such a question by name is left standing."""
    state = begin()
    by_name: set[str] = set()
    for action, name in steps:
        before = {*state.unit.answers}
        state = done(state, action, name, random)
        by_name |= {*state.unit.answers} - before
    for name in EVERYTHING.stale(state):
        assert state.passed[-1:] == (name,) or name in by_name


@settings(max_examples=100)
@given(names, names, st.randoms(use_true_random=False))
def test_going_back_and_saying_the_same_changes_nothing(first: str, second: str, random: Random) -> None:
    state = begin(ai_phase="live", outcome_changed=True, harm_incident=True, team_headcount=9, outputs_fell=True)
    state = ADAPTIVE.answered(state, first, some_answer(first, random))
    state = ADAPTIVE.answered(state, second, some_answer(second, random))
    back = ADAPTIVE.back(state)
    assert back.wanted == second
    assert back.unit == state.unit
    answer = back.before(second)
    assert answer is not None
    again = ADAPTIVE.answered(back, second, answer)
    assert (again.unit, again.aside, again.returned) == (state.unit, state.aside, state.returned)


def test_a_changed_answer_sets_its_dependants_aside_and_brings_them_back_with_what_was_said() -> None:
    state = begin(ai_phase="live", months_live=14, outcome_changed=True, outcome_direction="better")
    state = ADAPTIVE.answered(state, "ai_phase", Answer("answered", "planned"))
    assert {*state.unit.answers} == {"ai_phase"}
    assert {*state.aside} == {"months_live", "outcome_changed", "outcome_direction"}
    state = ADAPTIVE.answered(state, "ai_phase", Answer("answered", "pilot"))
    assert state.returned == ("months_live", "outcome_changed", "outcome_direction")
    view = ADAPTIVE.view(state)
    assert view.next is not None
    assert view.next.question == "months_live"
    before = state.before("months_live")
    assert before == read_answer("months_live", "14")
    assert before is not None
    state = ADAPTIVE.answered(state, "months_live", before)
    state = ADAPTIVE.answered(state, "outcome_changed", Answer("answered", True))
    assert state.returned == ("outcome_direction",)
    unchanged = ADAPTIVE.answered(ADAPTIVE.back(state), "outcome_changed", Answer("answered", False))
    assert unchanged.returned == ()
    assert {*unchanged.aside} == {"outcome_direction"}


def test_a_dependant_that_still_applies_is_asked_again_and_stands_until_then() -> None:
    state = begin(ai_phase="live", months_live=14)
    state = ADAPTIVE.answered(state, "ai_phase", Answer("answered", "pilot"))
    assert state.returned == ("months_live",)
    assert "months_live" in state.unit.answers
    assert ADAPTIVE.skipped(state, "months_live").returned == ()


def test_evidence_alone_brings_nothing_back() -> None:
    state = begin(ai_phase="live", months_live=14)
    state = ADAPTIVE.answered(state, "ai_phase", Answer("answered", "live", source="the plan"))
    assert state.returned == ()


def test_skipped_questions_are_left_out_in_this_sitting_only() -> None:
    state = begin()
    first = ADAPTIVE.view(state).next
    assert first is not None
    skipped = ADAPTIVE.skipped(state, first.question)
    following = ADAPTIVE.view(skipped).next
    assert following is not None
    assert following.question != first.question
    assert ADAPTIVE.view(State(skipped.unit)).next == first


def test_what_can_change_nothing_is_not_asked() -> None:
    """A documented harm settles the verdict; then nothing is asked that only an explanation would show."""
    interview = Interview(RULEBOOK, CheckedEngine(RULEBOOK))
    state = begin(ai_minutes_saved_per_case=0, harm_incident=True)
    asked = []
    while (view := interview.view(state)).next is not None:
        asked.append(view.next.question)
        state = interview.answered(state, view.next.question, Answer("unknown"))
        assert len(asked) <= len(RULEBOOK.questions)
    assert "error_definition" not in asked
    assert view.askable


def test_the_scope_limits_who_is_asked_and_about_what() -> None:
    for scope in (Scope("staff", None, True), Scope(None, "erosion", True), Scope("manager", "quality", True)):
        view = Interview(RULEBOOK, PLAIN, scope).view(begin(ai_phase="live", team_headcount=9))
        assert view.askable
        for name in view.askable:
            question = RULEBOOK.questions[name]
            assert scope.who in (None, question.who)
            assert scope.section in (None, question.section)


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_settled_means_that_no_completion_leads_elsewhere(seed: int) -> None:
    """Answer at random until the headline is settled; then no way to answer the rest changes it."""
    random = Random(seed)
    outcomes, quick = Outcomes(RULEBOOK), QuickEngine(RULEBOOK, Outcomes(RULEBOOK))
    state = begin()
    while True:
        view = ADAPTIVE.view(state)
        if ADAPTIVE.is_settled(view) or view.next is None:
            break
        name = view.next.question
        if RULEBOOK.questions[name].type == "table":
            state = ADAPTIVE.answered(state, name, Answer("answered", ()))
        else:
            state = ADAPTIVE.answered(state, name, some_answer(name, random))
    completions = Completions(RULEBOOK, view.facts, view.open)
    for _ in range(200):
        found = outcomes.of(quick.evaluate(completions.draw(random)))
        assert found[VERDICT] == view.headline.verdict


def test_the_same_answers_give_the_same_question() -> None:
    state = begin(ai_phase="live", cases_per_day=200)
    one, other = (Interview(RULEBOOK, PLAIN).view(state) for _ in range(2))
    assert (one.next, one.left) == (other.next, other.left)


def test_staff_answers_of_few_people_are_not_looked_at() -> None:
    answers = {"team_headcount": 4, "clarity_staff": 10}
    view = ADAPTIVE.view(begin(**answers))
    assert view.evaluation.facts["clarity_staff"][0] != 1000
    assert "clarity_staff" not in view.askable
