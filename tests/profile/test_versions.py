"""An older profile against a newer rulebook: nothing that was answered is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from advisor.profile import (
    Answer,
    Frozen,
    Profile,
    blank_profile,
    changes_since,
    digest,
    merge,
    profile_as_yaml,
    profile_schema,
    read_answers,
    read_profile,
    with_answers,
    write_answers,
)
from advisor.profile.aside import answers_aside, write_aside
from advisor.reading import Collector, InvalidInput, compose
from advisor.rulebook import Rulebook
from advisor.rulebook.questionnaire import Questionnaire
from tests.profile.test_schema import as_an_editor_reads
from tests.profile.three_versions import COUNT, NAMES, STICKS, VERSIONS, three_versions

FIRST = """\
# Kept by hand.
advisor_profile: 1  # the format
organisation: {name: Example}
units:
  - name: Window sill
    answers:
      feed: sticks             # until spring
      "mood": {value: 7.5, note: 'Mostly: good'}   # asked once
      pests:
        - {name: Aphids, count: 12}
        - {name: unknown, count: unknown}
      # about the pot
      pot: 40
"""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Rulebook]:
    return three_versions(tmp_path_factory.mktemp("versions"))


def problems(text: str, rulebook: Rulebook) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_profile(text, rulebook.questions, "f")
    return list(map(str, caught.value.problems))


def test_the_first_version_reads_with_the_third(versions: list[Rulebook]) -> None:
    profile = read_profile(FIRST, versions[2].questions, "f")
    (unit,) = profile.units
    assert {name: answer.value for name, answer in unit.answers.items()} == {
        "fertiliser": "long_term",
        "pests": (Frozen({"name": "Aphids", "number": Decimal(12)}), Frozen({"name": None, "number": None})),
        "pot": Decimal(40),
    }
    assert unit.kept == {"mood": '{value: 7.5, note: "Mostly: good"}'}
    assert profile.questionnaire is None
    gone = "'mood' is not asked any more since version 2.0.0 (Nobody could tell)"
    assert list(map(str, changes_since(profile, versions[2].questions, "f"))) == [
        "f:7:7 P070 'feed' is called 'fertiliser' today; the answer is carried over",
        "f:7:13 P070 fertiliser: the choice 'sticks' is called 'long_term' today; the answer is carried over",
        "f:10:26 P070 'count' is called 'number' today; the answer is carried over",
        "f:11:27 P070 'count' is called 'number' today; the answer is carried over",
        f"f:8:7 P071 {gone}; the answer is kept and counts for nothing",
        "f P072 Window sill: new since the first version, as the profile states none, and not answered: draught",
    ]


@pytest.mark.parametrize("rulebook", [0, 1, 2])
def test_its_own_version_has_nothing_to_say(versions: list[Rulebook], rulebook: int) -> None:
    asked = versions[rulebook].questions
    text = blank_profile(asked, versions[rulebook].sections)
    profile = read_profile(text, asked)
    assert profile.questionnaire == VERSIONS[rulebook]
    assert list(changes_since(profile, asked, "f")) == []
    assert with_answers(profile, {NAMES["feed"][rulebook]: STICKS[rulebook]}, asked).units[0].answers  # type: ignore[dict-item]


def test_an_edit_keeps_the_rest_and_brings_names_and_version_up_to_date(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    changes = {"fertiliser": Answer("answered", "none"), "draught": Answer("answered", True)}
    edited = write_answers(FIRST, "Window sill", changes, asked)
    assert edited == (
        FIRST.replace("the format\n", "the format\nquestionnaire: 3.0.0\n")
        .replace("feed: sticks ", "fertiliser: none ")
        .replace("pot: 40\n", "pot: 40\n      draught: true\n")
    )
    again = read_profile(edited, asked)
    assert again.questionnaire == "3.0.0"
    assert again.units[0].kept == read_profile(FIRST, asked).units[0].kept
    removed = write_answers(edited, "Window sill", {"fertiliser": None, "pot": None}, asked)
    assert [*read_profile(removed, asked).units[0].answers] == ["pests", "draught"]
    assert '"mood": {value: 7.5' in removed


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ("questionnaire: 1.0.0  # ours\n", "questionnaire: 3.0.0  # ours\n"),
        ("questionnaire: '2'\n", "questionnaire: 3.0.0\n"),
        ("questionnaire:\n", "questionnaire: 3.0.0\n"),
        ("questionnaire: # none\n", "questionnaire: 3.0.0 # none\n"),
        ("questionnaire: 3\n", "questionnaire: 3\n"),
        ("questionnaire: 4.1\n", "questionnaire: 4.1\n"),
    ],
)
def test_the_version_that_a_file_states_is_raised_and_never_lowered(
    versions: list[Rulebook], head: str, stated: str
) -> None:
    text = head + FIRST
    edited = write_answers(text, "Window sill", {"pot": Answer("answered", Decimal(5))}, versions[2].questions)
    assert edited == (stated + FIRST).replace("pot: 40", "pot: 5")


def test_the_version_finds_its_place_in_one_line(versions: list[Rulebook]) -> None:
    text = "{advisor_profile: 1, organisation: {name: X}, units: [{name: U, answers: {pot: 1}}]}"
    edited = write_answers(text, "U", {"pot": Answer("unknown")}, versions[0].questions)
    assert edited == text.replace("profile: 1,", "profile: 1, questionnaire: 1.0.0,").replace("pot: 1", "pot: unknown")


def test_an_old_placeholder_takes_the_answer_under_its_new_name(versions: list[Rulebook]) -> None:
    blank = blank_profile(versions[0].questions, versions[0].sections, unit="U")
    edited = write_answers(blank, "U", {"fertiliser": Answer("answered", "none")}, versions[2].questions)
    assert edited == blank.replace("      # feed:\n", "      fertiliser: none\n").replace(
        "questionnaire: 1.0.0", "questionnaire: 3.0.0"
    )


def test_what_is_neither_asked_nor_renamed_nor_removed_is_a_mistake(versions: list[Rulebook]) -> None:
    assert problems(FIRST.replace("feed:", "feding:"), versions[2]) == [
        "f:7:7 P020 there is no question 'feding'; 'advisor profile new' lists all questions"
    ]
    assert "P020 there is no question 'feding' (did you mean 'feeding'?)" in problems(
        FIRST.replace("feed:", "feding:"), versions[1]
    )[0]  # fmt: skip
    assert "P027 fertiliser has no choice 'stick'" in problems(FIRST.replace("sticks", "stick"), versions[2])[0]
    assert "P020 there is no question 'fertiliser'" in problems(FIRST.replace("feed", "fertiliser"), versions[1])[0]


def test_the_old_name_and_the_new_one_together_are_a_contradiction(versions: list[Rulebook]) -> None:
    text = FIRST.replace("      pot:", "      feeding: none\n      pot:")
    assert problems(text, versions[2]) == [
        "f:13:7 P039 'feed' and 'feeding' are one, called 'fertiliser' today; keep one of the two"
    ]
    in_a_row = FIRST.replace("count: 12", "count: 12, number: 13")
    assert problems(in_a_row, versions[2]) == [
        "f:10:37 P039 'count' and 'number' are one, called 'number' today; keep one of the two"
    ]


def test_an_answer_out_of_new_bounds_is_told_what_has_changed(versions: list[Rulebook]) -> None:
    text = FIRST.replace("pot: 40", "pot: 80")
    assert read_profile(text, versions[0].questions).units[0].answers["pot"].value == 80
    (line,) = problems(text, versions[2])
    assert line == (
        "f:13:12 P024 pot: '80' is out of bounds; allowed is 0 to 60; "
        "changed in version 2.0.0 (At most 60; before, at most 100)"
    )
    (line,) = problems("questionnaire: 2.0.0\n" + text, versions[2])
    assert line == "f:14:12 P024 pot: '80' is out of bounds; allowed is 0 to 60"


def test_a_number_in_another_unit_is_never_taken_for_one_of_today(versions: list[Rulebook]) -> None:
    text = FIRST + "      cups: 3\n"
    (line,) = problems("questionnaire: 2.0.0\n" + text, versions[2])
    assert line == (
        "f:15:7 P038 cups is changed in version 3.0.0 (In millilitres; before, in cups), and this profile was written "
        "for version 2.0.0; give the answer anew or remove it, then write 'questionnaire: 3.0.0' at the top"
    )
    (line,) = problems(text, versions[2])
    assert "this profile does not say for which version it was written" in line
    assert read_profile("questionnaire: 3.0.0\n" + text, versions[2].questions).units[0].answers["cups"].value == 3
    for state in ("unknown", "{not_applicable: none}"):
        read = read_profile(FIRST + f"      cups: {state}\n", versions[2].questions)
        assert read.units[0].answers["cups"].state != "answered"


def test_an_answer_given_today_in_an_old_file_is_one_of_today(versions: list[Rulebook]) -> None:
    edited = write_answers(FIRST, "Window sill", {"cups": Answer("answered", Decimal(700))}, versions[2].questions)
    assert read_profile(edited, versions[2].questions).units[0].answers["cups"].value == 700


def test_a_version_that_is_none_is_refused(versions: list[Rulebook]) -> None:
    assert problems("questionnaire: spring\n" + FIRST, versions[2]) == [
        "f:1:16 P013 questionnaire: 'spring' is no version; write that of the rulebook, such as 3.0.0"
    ]


def test_a_profile_of_a_later_rulebook_is_read_as_far_as_it_is_known(versions: list[Rulebook]) -> None:
    profile = read_profile("questionnaire: 4.0\n" + FIRST, versions[0].questions, "f")
    (note,) = map(str, changes_since(profile, versions[0].questions, "f"))
    assert note.startswith("f:1:16 P073 the profile was written for version 4.0, later than this rulebook (1.0.0)")


def test_that_a_profile_is_of_a_later_rulebook_is_said_beside_its_errors(versions: list[Rulebook]) -> None:
    later, unknown = problems(of("{weather: 3}", "4.0"), versions[0])
    assert later.startswith("f:2:16 P073 the profile was written for version 4.0")
    assert unknown.startswith("f:6:15 P020 there is no question 'weather'")


def test_new_questions_are_told_until_they_are_answered(versions: list[Rulebook]) -> None:
    asked = versions[2].questions

    def told(text: str) -> list[str]:
        found = changes_since(read_profile(text, asked), asked, "f")
        return [problem.message for problem in found if problem.code == "P072"]

    text = "questionnaire: 2.0.0\n" + FIRST
    assert told(text) == ["Window sill: new since version 2.0.0, and not answered: draught"]
    assert told(text + "      draught: unknown\n") == []
    assert told("questionnaire: 3.0\n" + FIRST) == []


def test_setting_an_old_name_sets_the_question_and_a_removed_one_is_refused(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    profile = read_profile(FIRST, asked)
    assert with_answers(profile, {"feed": "none"}, asked).units[0].answers["fertiliser"].value == "none"
    with pytest.raises(InvalidInput, match=r"'mood' is not asked any more since version 2.0.0"):
        with_answers(profile, {"mood": "3"}, asked)
    with pytest.raises(InvalidInput, match="'feed' and 'fertiliser' are one, called 'fertiliser'"):
        with_answers(profile, {"feed": "none", "fertiliser": "none"}, asked)


def test_a_case_of_the_rulebook_cannot_give_what_counts_for_nothing(versions: list[Rulebook]) -> None:
    found = Collector()
    given = compose("{feed: sticks, mood: 3}", "f")
    assert [*read_answers(given, versions[2].questions, found)] == ["fertiliser"]
    with pytest.raises(InvalidInput, match=r"f:1:16 P020 'mood' is not asked any more since version 2.0.0 .*; remove"):
        found.stop_if_any()


def test_the_digest_does_not_depend_on_the_names_of_its_time(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    today = FIRST.replace("feed: sticks", "fertiliser: long_term").replace("count:", "number:")
    assert digest(read_profile(FIRST, asked)) == digest(read_profile(today, asked))
    without = FIRST.replace("""      "mood": {value: 7.5, note: 'Mostly: good'}   # asked once\n""", "")
    assert digest(read_profile(without, asked)) != digest(read_profile(FIRST, asked))


def test_answers_set_aside_come_back_under_their_new_name(versions: list[Rulebook]) -> None:
    was = write_aside(FIRST, "Window sill", {"feed": Answer("answered", "sticks")}, versions[0].questions)
    asked = versions[2].questions
    assert answers_aside(was, "Window sill", asked) == {"fertiliser": Answer("answered", "long_term")}
    assert write_aside(was, "Window sill", {"fertiliser": None}, asked) == FIRST
    mood = write_aside(FIRST, "Window sill", {"mood": Answer("answered", Decimal(3))}, versions[0].questions)
    assert answers_aside(mood, "Window sill", asked) == {}
    assert write_aside(mood, "Window sill", {"fertiliser": None}, asked) == mood


@pytest.mark.parametrize("rulebook", [0, 1, 2])
def test_an_editor_accepts_what_the_reader_does(versions: list[Rulebook], rulebook: int) -> None:
    schema = profile_schema(versions[rulebook].questions)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(as_an_editor_reads(compose("questionnaire: 1.0.0\n" + FIRST, "f")))
    assert not validator.is_valid(as_an_editor_reads(compose(FIRST.replace("feed:", "feding:"), "f")))
    assert not validator.is_valid(as_an_editor_reads(compose("questionnaire: spring\n" + FIRST, "f")))
    answers: Any = schema["$defs"]["unit"]["properties"]["answers"]["properties"]  # type: ignore[index, call-overload]
    assert {name for name, each in answers.items() if each.get("deprecated")} == {
        0: set(),
        1: {"feed", "mood"},
        2: {"feed", "feeding", "mood", "repotted"},
    }[rulebook]


# ---------------------------------------------------------------- nothing is dropped, whatever is done in between

_answers: Mapping[str, st.SearchStrategy[str]] = {
    "feed": st.sampled_from(["none", "{sticks}", "unknown", "{{value: {sticks}, evidence: measured}}"]),
    "pests": st.sampled_from(["[]", "[{{name: Aphids, {count}: 3}}]", "[{{{count}: unknown}}]", "unknown"]),
    "mood": st.sampled_from(["7.5", "unknown", "{{not_applicable: 'no: mood'}}", "{{value: 3, note: x}}"]),
    "repotted": st.sampled_from(["true", "unknown"]),
    "draught": st.sampled_from(["true", "false"]),
    "cups": st.sampled_from(["unknown", "{{not_applicable: never}}"]),
    "pot": st.sampled_from(["40", "{{low: 1, high: 2, source: ruler}}"]),
}


def as_written(name: str, answer: str, version: int, comment: str) -> str:
    return f"      {NAMES[name][version]}: {answer.format(sticks=STICKS[version], count=COUNT[version])}{comment}\n"


@settings(max_examples=150)
@given(st.data(), st.sampled_from([0, 1]), st.randoms(use_true_random=False))
def test_nothing_is_dropped(versions: list[Rulebook], data: st.DataObject, version: int, random: Random) -> None:
    """A profile of one version, edited with this one or any later one, step by step, loses no answer and no comment."""
    asked = [name for name, named in NAMES.items() if named[version]]
    said = {name: data.draw(_answers[name], name) for name in data.draw(st.lists(st.sampled_from(asked), unique=True))}
    head = data.draw(st.sampled_from(["", f"questionnaire: {VERSIONS[version]}\n"]))
    lines = [as_written(name, answer, version, f"  # {name} by hand") for name, answer in said.items()]
    text = f"advisor_profile: 1\n{head}organisation: {{name: X}}\nunits:\n  - name: U\n    answers:\n{''.join(lines)}"
    untouched = {*said}
    for _ in range(data.draw(st.integers(0, 4))):
        version = data.draw(st.integers(version, 2))
        name = data.draw(st.sampled_from(sorted(name for name, named in NAMES.items() if named[version])))
        change = data.draw(st.sampled_from([Answer("unknown"), Answer("not_applicable", reason="x"), None]))
        text = write_answers(text, "U", {str(NAMES[name][version]): change}, versions[version].questions)
        untouched.discard(name)
    profile = read_profile(text, versions[2].questions)
    assert_all_there(profile, {name: said[name] for name in untouched}, versions[2])
    assert all(f"# {name} by hand" in text for name in untouched)
    assert read_profile(profile_as_yaml(profile), versions[2].questions) == profile


def assert_all_there(profile: Profile, said: Mapping[str, str], rulebook: Rulebook) -> None:
    unit = profile.units[0]
    for name, answer in said.items():
        today = NAMES[name][2]
        if today is None:
            assert name in unit.kept
        else:
            line = as_written(name, answer, 2, "")
            alone = f"advisor_profile: 1\norganisation: {{name: X}}\nunits:\n  - name: U\n    answers:\n{line}"
            assert unit.answers[today] == read_profile(alone, rulebook.questions).units[0].answers[today]


def test_a_profile_object_keeps_what_is_not_asked_any_more(versions: list[Rulebook]) -> None:
    profile = read_profile("questionnaire: 1.0.0\n" + FIRST, versions[2].questions)
    changed = replace(profile, units=(replace(profile.units[0], answers=Frozen()),))
    assert read_profile(profile_as_yaml(changed), versions[2].questions) == changed


def kept_by(text: str, asked: Questionnaire) -> tuple[dict[str, str], dict[str, str]]:
    """What the first unit of a text keeps, and what its last respondent does."""
    unit = read_profile(text, asked).units[0]
    return dict(unit.kept), dict(unit.respondents[-1].kept) if unit.respondents else {}


def of(answers: str, version: str = "1.0.0") -> str:
    head = f"advisor_profile: 1\nquestionnaire: {version}\norganisation: {{name: Example}}\n"
    return f"{head}units:\n  - name: Window sill\n    answers: {answers}\n"


@pytest.mark.parametrize("mine", ["{pot: 40}", "\n      pot: 40", "{}", "\n      # pot:", "{repotted: true, pot: 40}"])
def test_a_merged_profile_keeps_what_any_of_them_has_kept(versions: list[Rulebook], mine: str) -> None:
    asked = versions[2].questions
    merged = merge({"a": of(mine, "3.0.0"), "b": of('{mood: {value: 7.5, note: "Mostly: good"}}')}, asked)
    kept, _ = kept_by(merged.text, asked)
    assert kept.pop("mood") == '{value: 7.5, note: "Mostly: good"}'
    assert kept == ({"repotted": "true"} if "repotted" in mine else {})
    assert (merged.conflicts, merged.comments_kept) == ((), True)
    assert merged.profile.units[0].kept == read_profile(merged.text, asked).units[0].kept
    again = merge({"a": merged.text, "b": of('{mood: {value: 7.5, note: "Mostly: good"}}')}, asked)
    assert again.text == merged.text


def test_different_answers_that_are_only_kept_are_a_conflict_as_any_other(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    merged = merge({"a": of("{mood: 7}"), "b": of("{mood: 8}"), "c": of("{mood: 7, repotted: true}")}, asked)
    assert kept_by(merged.text, asked)[0] == {"mood": "7", "repotted": "true"}
    assert list(map(str, merged.conflicts)) == [
        "b:6:21 P043 Window sill: mood is not what a:6:21 says; that stays, this becomes a comment at the end"
    ]
    assert merged.text.endswith("# not taken from b: {unit: Window sill, question: mood, answer: 8}\n")


def test_what_becomes_a_voice_keeps_it_too(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    for answers in ("{mood: 8, pot: 3}", "{mood: 8}"):
        merged = merge({"a": of("{mood: 7}"), "b": of(answers)}, asked, role="manager")
        assert kept_by(merged.text, asked) == ({"mood": "7"}, {"mood": "8"})
        assert merged.conflicts == ()


def test_comments_on_what_was_left_out_are_carried_over(versions: list[Rulebook]) -> None:
    asked = versions[2].questions
    aside = "# set aside: {unit: Window sill, question: mood, answer: 8}\n"
    left = "# not taken from c: {unit: Window sill, question: pot, answer: 9}\n"
    merged = merge({"a": of("{pot: 40}"), "b": of("{pot: 40}") + aside + left}, asked)
    assert merged.text == of("{pot: 40}") + aside + left
    assert merge({"a": merged.text, "b": of("{pot: 40}") + aside + left}, asked).text == merged.text
