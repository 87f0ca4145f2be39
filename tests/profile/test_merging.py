"""Several profiles become one: nothing is overwritten, nothing is lost, and the first file keeps its comments."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.profile import Frozen, Profile, merge, profile_as_yaml, read_profile
from advisor.profile.aside import answers_aside
from advisor.profile.merging import Merged
from advisor.profile.render import text_as_yaml
from advisor.profile.speaker import Speaker
from advisor.reading import InvalidInput
from tests.profile.samples import QUESTIONS, profiles
from tests.profile.test_write import LIVED_IN

A = """\
# Kept by hand
advisor_profile: 1
organisation: {name: Example Insurance, sector: insurance}   # the client
units:
  - name: Claims
    answers:
      # asked on Monday
      ai_phase: live   # sure
      error_rate_pct: 3
      csat_change_pts: unknown
      # cases_per_day:
    respondents:
      # the team
      - role: staff
        people: 6
        answers: {error_rate_pct: 40}
  # the other team
  - name: Post
    answers:
# last words
"""
B = """\
advisor_profile: 1
organisation: {name: example insurance, sector: bank, country: DE}
engagement: {reference: X-1, date: 2026-11-22}
about: all of it
units:
  - name: claims
    about: The claims.
    answers: {error_rate_pct: 4, cases_per_day: 200, csat_change_pts: -3, ai_phase: unknown}
    respondents:
      - role: staff
        people: 6
        answers: {error_rate_pct: 40}
      - {role: manager, answers: {harm_running: true}}
  - name: New
    answers: {ai_phase: pilot}
# set aside: {unit: Claims, question: harm_running, answer: true}
"""
MERGED = """\
# Kept by hand
advisor_profile: 1
organisation: {name: Example Insurance, sector: insurance, country: DE}   # the client
units:
  - name: Claims
    about: The claims.
    answers:
      # asked on Monday
      ai_phase: live   # sure
      error_rate_pct: 3
      csat_change_pts: -3
      cases_per_day: 200
    respondents:
      # the team
      - role: staff
        people: 6
        answers: {error_rate_pct: 40}
      - role: manager
        answers:
          harm_running: true
  # the other team
  - name: Post
    answers:
  - name: New
    answers:
      ai_phase: pilot
# last words
about: all of it
engagement:
  date: "2026-11-22"
  reference: X-1
# set aside: {unit: Claims, question: harm_running, answer: true}
# not taken from b.yaml: sector of organisation: bank
# not taken from b.yaml: {unit: Claims, question: error_rate_pct, answer: 4}
"""


def merged(*texts: str, unit: str | None = None) -> Merged:
    return merge({f"{'abcd'[place]}.yaml": text for place, text in enumerate(texts)}, QUESTIONS, unit)


def test_what_is_new_is_added_and_the_rest_of_the_first_file_stays() -> None:
    found = merged(A, B)
    assert found.text == MERGED
    assert found.comments_kept
    assert read_profile(found.text, QUESTIONS) == found.profile


def test_conflicts_name_both_places() -> None:
    stays = "that stays, this becomes a comment at the end"
    assert [str(each) for each in merged(A, B).conflicts] == [
        f"b.yaml:2:49 P043 sector of organisation is not what a.yaml:3:49 says; {stays}",
        f"b.yaml:8:31 P043 Claims: error_rate_pct is not what a.yaml:9:23 says; {stays}",
    ]


def test_what_needs_no_decision_is_a_note() -> None:
    notes = [str(each) for each in merged(A, B).notes]
    assert [note.split(" P044 ")[0] for note in notes] == ["b.yaml:8:71", "b.yaml:8:85", "b.yaml:10:9"]
    assert "csat_change_pts is answered here and unknown in a.yaml:10:24; taken" in notes[0]
    assert "ai_phase is unknown here; the answer in a.yaml:8:17 stays" in notes[1]
    assert "these respondents of Claims stand in a.yaml:14:9 already; they count once" in notes[2]


def test_of_three_files_the_places_are_those_where_it_stands() -> None:
    third = A.replace("error_rate_pct: 3\n", "cases_per_day: 7\n").replace("sector: insurance", "country: AT")
    found = merged(A, B, third)
    last = [str(each) for each in found.conflicts][2:]
    assert [re.findall(r"[a-d]\.yaml:\d+", each) for each in last] == [
        ["c.yaml:3", "b.yaml:2"],
        ["c.yaml:9", "b.yaml:8"],
    ]
    assert found.text.count("# not taken from c.yaml") == 2


def test_one_unit_alone_is_added_to() -> None:
    found = merged(A, B, unit="CLAIMS")
    assert [unit.name for unit in found.profile.units] == ["Claims", "Post"]
    assert "cases_per_day: 200" in found.text
    assert [unit.name for unit in merged(A, B, unit="New").profile.units] == ["Claims", "Post", "New"]
    assert "cases_per_day: 200" not in merged(A, B, unit="New").text


def test_the_same_entry_in_two_files_is_the_same_people_once_for_each_time() -> None:
    staff = "      - {role: staff, answers: {harm_running: true}}\n"
    head = "advisor_profile: 1\norganisation: {name: X}\nunits:\n  - name: U\n    respondents:\n"
    assert len(merged(head + staff * 2, head + staff * 3).profile.units[0].respondents) == 3
    other = staff.replace("role: staff", "role: staff, date: 2026-11-20")
    assert len(merged(head + staff, head + other).profile.units[0].respondents) == 2


def test_other_organisations_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"^b\.yaml:2:22 P042 this profile is of 'Another'"):
        merged(A, B.replace("example insurance", "Another"))


def test_what_is_wrong_in_any_file_is_reported_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        merged(A.replace("live", "life"), B.replace("pilot", "plot"))
    assert [problem.place.file for problem in caught.value.problems] == ["a.yaml", "b.yaml"]


def test_more_units_than_a_profile_holds_are_refused() -> None:
    head = "advisor_profile: 1\norganisation: {name: X}\nunits:\n"
    one, other = (head + "".join(f"  - name: {letter}{n}\n" for n in range(300)) for letter in "ab")
    with pytest.raises(InvalidInput, match="P010"):
        merged(one, other)


HEAD = "advisor_profile: 1\norganisation: {name: X}\nunits:\n"
LAYOUTS = {
    "everything in one line": "{advisor_profile: 1, organisation: {name: X}, units: [{name: U, answers: {}}]}\n",
    "a unit in braces": HEAD + "  - {name: U, answers: {ai_phase: live}}\n",
    "respondents in brackets": HEAD + "  - name: U\n    respondents: [{role: manager}]   # one\n",
    "empty brackets": HEAD + "  - name: U\n    respondents: []\n",
    "nobody": HEAD + "  - name: U\n    respondents:  # who\n      # nobody yet\n",
    "nobody, and more": HEAD + "  - name: U\n    respondents:\n    answers:\n      ai_phase: live\n  - name: V\n",
}
SPOKEN = "{value: 42, people: 7, note: '=1: {so}'}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_respondents_are_added_wherever_they_stand(layout: str) -> None:
    other = f"{HEAD}  - name: U\n    respondents:\n      - role: staff\n        people: 8\n        note: 'a: b'\n"
    other += f"        answers: {{error_rate_pct: {SPOKEN}}}\n      - role: manager\n        date: 2026-11-22\n"
    found = merged("# mine\n" + LAYOUTS[layout], other)
    assert found.comments_kept
    assert {"# mine", "# one", "# who", "# nobody yet"} & {*re.findall("# .*", LAYOUTS[layout])} <= {
        *re.findall("# .*", found.text)
    }
    before = read_profile(LAYOUTS[layout], QUESTIONS).units[0].respondents
    assert found.profile.units[0].respondents == (*before, *read_profile(other, QUESTIONS).units[0].respondents)
    assert read_profile(found.text, QUESTIONS) == found.profile


UNKNOWN_LAYOUTS = {
    "in one line": "{advisor_profile: 1, organisation: {name: X}, units: [{name: U, respondents: ~}]}\n",
    "nothing, in words": HEAD + "  - name: U\n    respondents: ~\n",
}


@pytest.mark.parametrize("layout", UNKNOWN_LAYOUTS)
def test_what_cannot_be_added_to_is_written_anew_with_what_was_left_out(layout: str) -> None:
    left_out = '# set aside: {unit: U, question: cases_per_day, answer: 5}\n# not taken from "z: y": about: x\n'
    other = f"{HEAD}  - name: U\n    respondents:\n      - role: staff\n"
    found = merged(UNKNOWN_LAYOUTS[layout] + "# mine\n" + left_out, other)
    assert not found.comments_kept
    assert "# mine" not in found.text
    assert found.text.endswith(left_out)
    assert len(found.profile.units[0].respondents) == 1


def test_line_ends_stay_as_they_are() -> None:
    found = merged(A.replace("\n", "\r\n"), B)
    assert found.comments_kept
    assert found.text == merged(A, B).text.replace("\n", "\r\n")


def test_a_file_without_an_end_of_line_is_added_to() -> None:
    assert merged(A.rstrip("\n"), B).profile == merged(A, B).profile


def test_a_lived_in_file_is_added_to_where_it_can_be() -> None:
    for unit in read_profile(LIVED_IN, QUESTIONS).units:
        other = (
            "advisor_profile: 1\norganisation: {name: Example}\nunits:\n"
            f"  - name: {unit.name}\n    about: More.\n    answers: {{ai_stop_measures: [cost]}}\n"
        )
        found = merged(LIVED_IN, other)
        assert (found.comments_kept, found.conflicts == ()) == (True, unit.about is None)


ONE_UNIT = "advisor_profile: 1\norganisation: {name: x}\nunits:\n  - name: u\n    answers: {cases_per_day: 3}\n"


def test_what_is_reported_on_steps_comes_together() -> None:
    mine = f"{ONE_UNIT}    steps:\n      no-ledger: done   # in June\n"
    theirs = f"{ONE_UNIT}    steps: {{no-ledger: dropped, GOV-02: {{state: started, note: half}}}}\n"
    found = merged(mine, theirs)
    left_out = "# not taken from b.yaml: {unit: u, steps: {no-ledger: dropped}}\n"
    assert found.text == f"{mine}      GOV-02: {{state: started, note: half}}\n{left_out}"
    (conflict,) = found.conflicts
    assert str(conflict).startswith("b.yaml:6:13 P043 u: the step no-ledger is not what a.yaml:7:7 says")
    assert merged(ONE_UNIT, theirs).text.startswith(f"{ONE_UNIT}    steps:\n      no-ledger: dropped\n      GOV-02:")


def of_one_client(several: list[Profile]) -> list[Profile]:
    return [replace(each, organisation=replace(each.organisation, name="Client")) for each in several]


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(profiles, min_size=2, max_size=3).map(of_one_client))
def test_nothing_is_lost(several: list[Profile]) -> None:
    found = merged(*map(profile_as_yaml, several))
    assert read_profile(found.text, QUESTIONS) == found.profile
    left_out = found.text.count("# not taken from")
    assert left_out >= len(found.conflicts)
    for each in several:
        for unit in each.units:
            (into,) = [there for there in found.profile.units if there.name.casefold() == unit.name.casefold()]
            for name, answer in unit.answers.items():
                kept = into.answers[name] == answer
                listed = any(f": {name} is " in problem.message for problem in (*found.conflicts, *found.notes))
                assert kept or listed
            assert {*unit.respondents} <= {*into.respondents}
            for rule, report in unit.steps.items() if unit.steps else ():
                listed = any(f": the step {rule} is " in problem.message for problem in found.conflicts)
                assert listed or (into.steps is not None and into.steps[rule] == report)


def test_a_profile_that_was_read_is_written_without_its_places() -> None:
    read = read_profile(B.rpartition("#")[0], QUESTIONS)
    assert str(read.engagement.date) == "2026-11-22"
    written = profile_as_yaml(read)
    assert read_profile(written, QUESTIONS) == read
    assert profile_as_yaml(read_profile(written, QUESTIONS)) == written
    found = merged(written, written)
    assert (found.text, found.conflicts, found.profile) == (written, (), read)


@given(profiles)
def test_a_profile_merged_with_itself_is_itself(profile: Profile) -> None:
    text = profile_as_yaml(profile)
    found = merged(text, text)
    assert found.text == text
    assert found.conflicts == ()


@given(profiles)
def test_what_an_empty_profile_of_the_client_is_added_to_is_all_there(profile: Profile) -> None:
    name = text_as_yaml(profile.organisation.name)
    empty = f"advisor_profile: 1\n# mine\norganisation: {{name: {name}}}\nunits:\n  - name: Z Z\n"
    found = merged(empty, profile_as_yaml(profile))
    named = [unit for unit in found.profile.units if unit.name != "Z Z" or unit.answers or unit.respondents]
    assert {unit.name: unit for unit in profile.units if unit.name.casefold() != "z z"} == {
        unit.name: unit for unit in named if unit.name.casefold() != "z z"
    }
    assert found.comments_kept
    assert "# mine" in found.text


def test_what_was_set_aside_in_the_first_file_stays() -> None:
    aside = "# set aside: {unit: Claims, question: harm_running, answer: false}\n"
    found = merged(A + aside, B)
    assert answers_aside(found.text, "Claims", QUESTIONS)["harm_running"].value is False
    assert isinstance(found.profile.units[0].answers, Frozen)


def test_what_another_file_records_can_be_what_one_person_says() -> None:
    files = {"a.yaml": A, "b.yaml": B.replace("error_rate_pct: 40", "error_rate_pct: 41")}
    found = merge(files, QUESTIONS, role="data_owner")
    (claims, _, new) = found.profile.units
    assert dict(claims.answers) == dict(read_profile(A, QUESTIONS).units[0].answers)
    assert [voice.role for voice in claims.respondents] == ["staff", "data_owner", "staff", "manager"]
    said = claims.respondents[1]
    assert (said.people, str(said.date)) == (1, "2026-11-22")
    assert said.answers == read_profile(B, QUESTIONS).units[0].answers
    assert [voice.role for voice in new.respondents] == ["data_owner"]
    assert [each.message.split(" is ")[0] for each in found.conflicts] == ["sector of organisation"]
    again = merge({"a.yaml": found.text, "b.yaml": files["b.yaml"]}, QUESTIONS, role="data_owner")
    assert again.profile == found.profile


def test_what_a_person_has_set_aside_stays_that_persons() -> None:
    aside = "# set aside: {unit: claims, respondent: manager-1, question: harm_running, answer: true}\n"
    managers = "    respondents:\n      - {role: manager, answers: {harm_running: unknown}}\n"
    a = A.replace("    respondents:\n", managers)
    b = B.replace("harm_running: true}}", "harm_running: true, ai_phase: live}}") + aside
    found = merged(a, b).text
    assert answers_aside(found, "Claims", QUESTIONS) == answers_aside(b, "Claims", QUESTIONS)
    assert not answers_aside(found, "Claims", QUESTIONS, Speaker("manager", 1))
    assert answers_aside(found, "Claims", QUESTIONS, Speaker("manager", 2))["harm_running"].value is True
    assert merged(found, b).text == found


def test_what_a_file_of_ones_own_has_set_aside_is_that_persons_afterwards() -> None:
    files = {"a.yaml": A, "b.yaml": B + "# set aside: {unit: Post, question: harm_running, answer: true}\n"}
    found = merge(files, QUESTIONS, role="data_owner").text
    assert not answers_aside(found, "Claims", QUESTIONS)
    assert answers_aside(found, "Claims", QUESTIONS, Speaker("data_owner"))["harm_running"].value is True
