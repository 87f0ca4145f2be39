"""A memo on a unit with respondents: made again from what counts, with nothing in it that one person said."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from advisor.advice import Advice
from advisor.advice.withheld import shareable
from advisor.memo import memo_of
from advisor.memo.packed import unpack
from advisor.memo.record import read_record
from advisor.profile import read_profile
from advisor.reread.derived import embedded_profile
from advisor.reread.verify import verify_memo
from tests.memo.documents import strings_of
from tests.memo.samples import adviser
from tests.reread.memos import rendered, verified

ONES = ("61.23", "52.17", "43.91", "38.77", "29.53", "12.89")
"""What each of the staff said alone; their mean is 39.75."""
_STAFF = "".join(
    f"      - role: staff\n        note: heard-{number}\n"
    f"        answers: {{routine_time_share_pct: {{value: {value}, source: from-{number}, note: said-{number}}}}}\n"
    for number, value in enumerate(ONES)
)
PROFILE = f"""\
advisor_profile: 1
organisation: {{name: Example, currency: EUR}}
engagement: {{date: 2026-11-16}}
units:
  - name: Claims
    answers: {{team_headcount: 40, cases_per_day: 200, ai_phase: live, ai_minutes_saved_per_case: 4}}
    respondents:
{_STAFF}\
      - role: staff
        people: 8
        answers: {{gov_owner: {{tally: {{true: 1, false: 7}}}}}}
      - role: staff
        people: 3
        answers: {{clarity_staff: 17.43}}
      - role: manager
        answers: {{gov_owner: true, error_rate_pct: 3, cases_per_day: 250, headcount_policy: freeze, clarity_mgr: 70}}
      - role: manager
        note: the deputy
        answers: {{headcount_policy: no_cuts_agreed}}
      - role: data_owner
        answers: {{error_rate_pct: {{value: 6, evidence: measured, source: QA log}}}}
"""


@cache
def made(text: str, language: str = "en") -> Advice:
    maker = adviser(language)
    profile = read_profile(text, maker.rulebook.questions)
    return maker.with_tripwires(maker.with_flips(maker.advise(profile), ["verdict"]))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".pdf"])
def test_it_is_made_again_in_its_language(ending: str, language: str, tmp_path: Path) -> None:
    found = verified(rendered(made(PROFILE, language), ending), ending, tmp_path)
    assert (found.is_same, found.notes) == (True, ()), found
    assert found.record.made_with.language == language


def test_nothing_that_one_person_said_is_in_it() -> None:
    memo = memo_of(made(PROFILE))
    record = read_record(memo.record or "", "memo")
    told = " ".join([memo.record or "", *strings_of(memo), *strings_of(unpack(record.text))])
    assert "39.75" in told
    alone = [*ONES, "17.43", *(f"{word}-{number}" for word in ("heard", "from", "said") for number in range(6))]
    assert [each for each in alone if each in told] == []
    assert "respondents:" not in "\n".join(record.profile.lines)
    assert record.profile.withheld == {"Claims": ["clarity_staff"]}
    assert record.profile.staff == {"Claims": "withheld"}


def test_a_view_is_that_of_all_of_a_role() -> None:
    record = read_record(memo_of(made(PROFILE)).record or "", "memo")
    voices = {each.question: each for each in record.profile.voices["Claims"]}
    views = {name: {view.role: view for view in each.views} for name, each in voices.items()}
    assert views["clarity_staff"]["staff"].standing == "withheld"
    assert views["clarity_staff"]["staff"].answer is None
    assert (views["headcount_policy"]["manager"].standing, views["headcount_policy"]["manager"].answer) == (
        "divided",
        None,
    )
    assert views["gov_owner"]["staff"].tally == {"false": 7}
    assert views["routine_time_share_pct"]["staff"].answer == "39.75"


def test_who_said_what_makes_no_other_record() -> None:
    """The same people together, each with another's answer: neither record nor digest tells the two apart."""
    other = PROFILE.replace(ONES[0], "swapped").replace(ONES[1], ONES[0]).replace("swapped", ONES[1])
    assert other != PROFILE
    assert memo_of(made(other)).record == memo_of(made(PROFILE)).record


def test_what_is_withheld_cannot_be_guessed_from_the_digest() -> None:
    answers = "{team_headcount: 4, clarity_staff: 17}"
    few = f"advisor_profile: 1\norganisation: {{name: x}}\nunits:\n  - name: u\n    answers: {answers}\n"
    assert made(few).document.profile.digest == made(few.replace("17", "71")).document.profile.digest
    enough = few.replace("team_headcount: 4", "team_headcount: 40")
    assert made(enough).document.profile.digest != made(enough.replace("17", "71")).document.profile.digest


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_digest_and_what_is_embedded_are_those_of_the_profile(language: str) -> None:
    book = adviser(language).rulebook
    record = read_record(memo_of(made(PROFILE, language)).record or "", "memo")
    given = shareable(read_profile(PROFILE, book.questions), book)
    again = embedded_profile(record, book, "memo")
    assert again.profile == given.profile
    assert [(each.question, each.counts, each.behind, each.differs) for each in again.units[0].voices] == [
        (each.question, each.counts, each.behind, each.differs) for each in given.units[0].voices
    ]
    assert again.digest == given.digest == record.profile.digest == made(PROFILE).document.profile.digest


def test_another_voice_is_a_change_of_the_profile(tmp_path: Path) -> None:
    (tmp_path / "m.md").write_bytes(rendered(made(PROFILE), ".md"))
    (tmp_path / "p.yaml").write_text(PROFILE)
    assert verify_memo(tmp_path / "m.md", profile=tmp_path / "p.yaml").is_same
    (tmp_path / "p.yaml").write_text(PROFILE.replace("cases_per_day: 250", "cases_per_day: 260"))
    assert verify_memo(tmp_path / "m.md", profile=tmp_path / "p.yaml").profile == (
        "Claims: cases_per_day: what the roles say has changed",
    )


def test_a_voice_of_a_question_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    memo = (
        rendered(made(PROFILE), ".md")
        .decode()
        .replace('"question": "gov_owner", "counts"', '"question": "x", "counts"')
    )
    found = verified(memo.encode(), ".md", tmp_path)
    assert any("there is no question 'x'" in each for each in found.faults), asdict(found)["faults"]
