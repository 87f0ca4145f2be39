"""Staff pulses: exports of every kind are understood, and only means and counts of enough people leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.intake.pulse import Pulse, in_new_profile, read_pulse, recorded
from advisor.intake.pulse.read import told
from advisor.profile import Answer, Frozen, Voice, read_profile
from advisor.reading import InvalidInput
from tests.intake.books import SHIPPED

AGREE, SCORE, SHARE = "clarity_staff_agree", "clarity_staff", "routine_time_share_pct"
GERMAN, ENGLISH = SHIPPED.in_language("de"), SHIPPED


def table(heads: Sequence[str], *rows: Sequence[object], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([heads, *rows])
    return text.getvalue()


def column(head: str, *answers: object) -> str:
    return table([head, "x"], *([answer, "x"] for answer in answers))


def pulse(data: str | bytes, tmp_path: Path, **given: str) -> Pulse:
    path = tmp_path / "answers.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_pulse(path, SHIPPED, given)


def answers(data: str | bytes, tmp_path: Path, **given: str) -> dict[str, Answer]:
    return dict(pulse(data, tmp_path, **given).voice.answers)


def problems(data: str | bytes, tmp_path: Path, **given: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        pulse(data, tmp_path, **given)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def mean(value: str, people: int) -> Answer:
    return Answer("answered", Decimal(value), people=people)


def tally(people: int, **counts: int) -> Answer:
    return Answer("answered", people=people, tally=Frozen(counts))


# ---------------------------------------------------------------------- encodings, delimiters, files


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_an_export_of_any_kind_is_read(delimiter: str, encoding: str, tmp_path: Path) -> None:
    head = GERMAN.questions[AGREE].ask
    text = table(["Zeitstempel", head, "Größe, „geschätzt“"], *[["1. 1.", "3,5", "ä; b"]] * 5, delimiter=delimiter)
    assert answers(text.encode(encoding), tmp_path) == {AGREE: mean("3.5", 5)}


def test_a_workbook_is_read_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Start time", ENGLISH.questions[AGREE].ask, "harm_running"])
    for number in range(6):
        sheet.append([date(2026, 11, 20), number % 2 + 3, bool(number)])
    book.save(tmp_path / "answers.xlsx")
    found = read_pulse(tmp_path / "answers.xlsx", SHIPPED, {}, date(2026, 11, 20)).voice
    assert found == Voice(
        "staff", 6, date(2026, 11, 20), answers=Frozen({"harm_running": tally(6, true=5), AGREE: mean("3.5", 6)})
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "F001 there are no answers in it"),
        (b"clarity_staff\n", "F001 there are no answers in it"),
        (b"a\0b\n1,2\n", "F001 it is not a text file (it holds NUL bytes)"),
        (b"clarity_staff\n\x81\n", "F001 its characters cannot be read"),
        (b"\xff\xfea", "F001 its characters cannot be read"),
        (b'clarity_staff,b\n1,2\n3,"4\n5,6\n', "answers.csv:3:1 F001 this is not as CSV should be (unexpected end"),
        (b"clarity_staff,b\n1,2,3\n", "answers.csv:2:3 F003 something stands in a column without a heading"),
        (b"PK\x03\x04", "W001 it is not an Excel workbook"),
        (b"x" * 5_000_001, "F001 it is larger than 5,000,000 bytes"),
        (
            b'clarity_staff\n"' + b"x" * 200_000 + b'"\n',
            "answers.csv:2:1 F001 this is not as CSV should be (field larger",
        ),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    (found,) = problems(data, tmp_path)
    assert said in found


def test_empty_rows_and_short_rows_are_no_answers(tmp_path: Path) -> None:
    data = "clarity_staff,clarity_staff_agree\n50,3\n\n,\n60,3\n70,3\n80\n90,3\n40,3\n"
    assert answers(data, tmp_path) == {AGREE: mean("3", 5), SCORE: mean("65", 6)}


# ---------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    "head",
    [
        "clarity_staff_agree",
        "How far do you agree: when I have time left, I know what to do next?",
        "  3. how far do you agree:  when I have time left, I know what to do next ",
        "G02Q05. How far do you agree: when I have time left, I know what to do next?",
        "Staff: I know what to do next",
        GERMAN.questions[AGREE].ask,
        f"“{GERMAN.questions[AGREE].label}” *",
    ],
)
def test_a_column_is_found_by_the_name_or_wording_of_its_question(head: str, tmp_path: Path) -> None:
    assert answers(column(head, 1, 2, 3, 4, 5), tmp_path) == {AGREE: mean("3", 5)}


def test_a_column_can_be_named(tmp_path: Path) -> None:
    data = column("Knows what to do", 1, 2, 3, 4, 5)
    assert answers(data, tmp_path, **{"knows what to do": AGREE}) == {AGREE: mean("3", 5)}
    both = table(["Mine", AGREE], *[[4, 1]] * 5)
    assert answers(both, tmp_path, Mine=AGREE) == {AGREE: mean("4", 5)}


STATEMENT = "When I have time left, I know what to do next"


@pytest.mark.parametrize(
    "head", [STATEMENT, f"1. {STATEMENT}", "Wenn ich Zeit übrig habe, weiß ich, was als Nächstes zu tun ist?"]
)
def test_what_statements_have_in_common_may_be_left_out(head: str, tmp_path: Path) -> None:
    assert answers(column(head, 1, 2, 3, 4, 5), tmp_path) == {AGREE: mean("3", 5)}


def test_what_is_only_near_to_a_question_is_neither_guessed_nor_passed_over(tmp_path: Path) -> None:
    head = "When I have time left I often know what to do next"
    data = table([head, "routine_time_share_pct"], *[[3, 60]] * 5)
    with pytest.raises(InvalidInput, match=r"F008 .*is near to the question clarity_staff_agree"):
        pulse(data, tmp_path)
    assert answers(data, tmp_path, **{head: AGREE})[AGREE] == mean("3", 5)
    assert list(answers(data, tmp_path, **{head: ""})) == ["routine_time_share_pct"]


def test_columns_that_are_no_question_are_told_and_persons_are_left_out(tmp_path: Path) -> None:
    heads = ["Timestamp", "E-Mail-Adresse", "Vorname", "IP", "Comment", "Clarity staff agree?", AGREE]
    found = pulse(table(heads, *[["t", "a@b", "Ann", "::1", "secret", 1, 3]] * 5), tmp_path)
    lines = list(told(found))
    assert "left out unread, since they tell who a person is: 'Timestamp', 'E-Mail-Adresse', 'Vorname', 'IP'" in lines
    assert "not used: 'Comment'" in lines
    hint = "(did you mean clarity_staff_agree? then add --map 'Clarity staff agree?=clarity_staff_agree')"
    assert f"not used: 'Clarity staff agree?' {hint}" in lines
    assert "secret" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("heads", "given", "said"),
    [
        (["a", "b"], {}, "answers.csv F005 no column is a question; name them with --map"),
        (
            [AGREE, "Staff: I know what to do next"],
            {},
            "answers.csv:1:2 F004 2 columns are the question clarity_staff_agree",
        ),
        ([AGREE], {"x": SCORE}, "--map F006 there is no column 'x'; there are: 'clarity_staff_agree'"),
        ([AGREE, "Score"], {"Skore": SCORE}, "--map F006 there is no column 'Skore' (did you mean 'Score'?)"),
        (
            [AGREE, "Score"],
            {"Score": "clarity_staf_agree"},
            "--map F006 there is no question 'clarity_staf_a",
        ),
        ([AGREE, "E-Mail"], {"E-Mail": SCORE}, "--map F006 'E-Mail' tells who a person is"),
        ([AGREE, "M"], {"M": "incentive_measures"}, "--map F006 incentive_measures is a table"),
        ([AGREE, "M"], {"M": "voices"}, "--map F006 there is no question 'voices'"),
    ],
)
def test_columns_that_cannot_be_right(heads: list[str], given: dict[str, str], said: str, tmp_path: Path) -> None:
    found = problems(table(heads, *[["1"] * len(heads)] * 5), tmp_path, **given)
    assert any(line.startswith(said) for line in found), found


def test_where_headings_are_missing_no_row_is_shown(tmp_path: Path) -> None:
    """The first row may be a person's answers."""
    found = problems(table(["Ann Example", "83.17"], *[["Ann Example", "83.17"]] * 5), tmp_path, Score=SCORE)
    assert len(found) == 2
    assert not any("Ann" in line or "83" in line for line in found)


# ---------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("question", "given", "meant"),
    [
        (SHARE, ["10", "20 %", "30%", "40,5", "1 in 2"], mean("30.1", 5)),
        (AGREE, ["1", "2", "2", "2", "2", "2", "2"], mean("1.86", 7)),
        (
            AGREE,
            ["5", "5", "5", "5", "5", "", "unknown", "weiß nicht", "Don't know", "-", "k. A.", "n/a"],
            mean("5", 5),
        ),
        ("harm_running", ["yes", "No", "ja", "NEIN", "true", "n"], tally(6, true=3, false=3)),
        ("harm_running", ["yes", "yes", "yes", "yes", "no"], tally(5, true=4)),
        ("ai_phase", ["Live, part of everyday work", "live", "Pilot", "In Betrieb", "live"], tally(5, live=4)),
        (
            "rework_kind",
            [
                "Reopened: the same case comes back, Rejected and handed in again",
                "Reopened: the same case comes back;Corrected before it left the unit",
                "reopened, resubmitted",
                "none of these",
                "Reopened: the same case comes back",
            ],
            tally(5, reopened=4, resubmitted=2),
        ),
    ],
)
def test_answers_are_put_together(question: str, given: list[str], meant: Answer, tmp_path: Path) -> None:
    assert answers(column(question, *given), tmp_path) == {question: meant}


@pytest.mark.parametrize(
    ("question", "bad", "wanted"),
    [
        (AGREE, "9", "allowed is 1 to 5"),
        (AGREE, "much", "allowed is 1 to 5"),
        (AGREE, "3..4", "allowed is 1 to 5"),
        (AGREE, "2.345", "allowed is 1 to 5"),
        (SHARE, "101", "allowed is 0 to 100"),
        ("harm_running", "1", "yes; no"),
        ("ai_phase", "retired", "Planned, not yet used on real cases; Pilot"),
        ("ai_phase", "2", "Planned, not yet used on real cases; Pilot"),
        ("rework_kind", "reopened, whatever", "Reopened"),
    ],
)
def test_a_bad_answer_is_named_by_its_place_and_not_repeated(
    question: str, bad: str, wanted: str, tmp_path: Path
) -> None:
    good = {AGREE: "3", SHARE: "3", "harm_running": "yes", "ai_phase": "live", "rework_kind": "reopened"}[question]
    found = problems(column(question, good, good, bad, good, good, good, bad), tmp_path)
    assert [line.split(" ")[:3] for line in found] == [
        [f"answers.csv:{line}:1", "F002", f"{question}:"] for line in (4, 8)
    ]
    assert all(wanted in line for line in found)
    assert not any(bad in line.partition(wanted)[0].partition("F002")[2] for line in found if len(bad) > 1)


def test_lines_are_counted_where_answers_have_several(tmp_path: Path) -> None:
    data = f'{AGREE},note\n3,"two\nlines"\n9,x\n'
    assert problems(data, tmp_path)[0].startswith("answers.csv:4:1 F002")


# ---------------------------------------------------------------------- only from five people upward


def test_fewer_than_five_are_withheld_question_by_question(tmp_path: Path) -> None:
    rows = [[number, 50 if number < 5 else "", ""] for number in range(1, 6)]
    found = pulse(table([AGREE, SCORE, SHARE], *rows), tmp_path)
    assert found.voice == Voice("staff", 5, answers=Frozen({AGREE: mean("3", 5)}))
    assert found.withheld == (SCORE,)
    assert found.unanswered == (SHARE,)
    lines = list(told(found))
    assert f"{SCORE}: withheld, since fewer than 5 people answered, or no two of them alike" in lines
    assert f"answered by nobody: {SHARE}" in lines


def test_where_too_few_answered_everything_nothing_is_written(tmp_path: Path) -> None:
    found = problems(column(AGREE, 1, 2, 3, 4), tmp_path)
    assert found == [
        "answers.csv F007 no question was answered by 5 people or more: nothing may be told, nothing was written"
    ]


def test_what_one_person_alone_said_is_not_counted_out(tmp_path: Path) -> None:
    given = ["planned", "live", "live", "live", "live", "live"]
    assert answers(column("ai_phase", *given), tmp_path) == {"ai_phase": tally(6, live=5)}
    apart = [choice.value for choice in SHIPPED.questions["saving_measured_by"].choices]
    assert "F007" in problems(column("saving_measured_by", *apart), tmp_path)[0]


@given(
    rows=st.lists(
        st.tuples(
            st.none() | st.integers(100, 500),
            st.none() | st.booleans(),
            st.none() | st.sampled_from(["planned", "pilot", "live"]),
        ),
        min_size=5,
        max_size=30,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_means_and_counts_are_right_and_of_enough_people(
    rows: list[tuple[int | None, bool | None, str | None]], tmp_path: Path
) -> None:
    def shown(row: tuple[int | None, bool | None, str | None]) -> list[str]:
        number, truth, word = row
        return [
            "" if number is None else f"{number / 100}",
            "" if truth is None else "yes" if truth else "no",
            word or "",
        ]

    data = table([AGREE, "harm_running", "ai_phase"], *map(shown, rows))
    by_column = [[row[place] for row in rows if row[place] is not None] for place in range(3)]
    enough = [len(said) >= 5 for said in by_column]
    if not any(enough):
        return
    found = answers(data, tmp_path)
    assert (AGREE in found) == enough[0]
    if enough[0]:
        numbers = [Decimal(number) / 100 for number in by_column[0] if isinstance(number, int)]
        assert found[AGREE] == Answer(
            "answered", round(sum(numbers, Decimal(0)) / len(numbers), 2), people=len(numbers)
        )
    for name, place in (("harm_running", 1), ("ai_phase", 2)):
        answer = found.get(name)
        words = [str(word).lower() for word in by_column[place]]
        counts = {word: words.count(word) for word in words if words.count(word) > 1}
        assert (answer is not None) == (enough[place] and bool(counts))
        if answer is not None:
            assert answer.people == len(words)
            assert dict(answer.tally or {}) == counts


# ---------------------------------------------------------------------- the profile

SAID = {SCORE: mean("42", 8), "gov_owner": tally(8, true=2, false=6)}
VOICE = Voice("staff", 8, date(2026, 11, 20), answers=Frozen(SAID))
HEAD = "advisor_profile: 1\norganisation: {name: Example}\nunits:\n"
PROFILES = [
    f"{HEAD}  - name: Claims  # mine\n    answers:\n      ai_phase: live\n",
    f"{HEAD}- name: Claims\n  answers: {{}}\n- name: Sales\n# the end\n",
    (
        "advisor_profile: 1\r\norganisation: {name: Example}\r\nunits:\r\n  - name: Claims\r\n    respondents:\r\n"
        "      - role: staff\r\n        people: 9\r\n        answers: {clarity_staff: 60}\r\n    answers: {}\r\n"
    ),
]


@pytest.mark.parametrize("text", PROFILES)
def test_staff_are_added_to_a_profile_and_nothing_else_changes(text: str) -> None:
    before = read_profile(text, SHIPPED.questions)
    added = recorded(text, "client.yaml", before.units[0], VOICE, SHIPPED.questions)
    after = read_profile(added.text, SHIPPED.questions)
    assert after.units[0].respondents == (*before.units[0].respondents, VOICE)
    assert after.units[0].answers == before.units[0].answers
    assert after.units[1:] == before.units[1:]
    lines = added.text.splitlines(keepends=True)
    assert [line for line in text.splitlines(keepends=True) if line not in lines] == []
    assert added.others == before.units[0].respondents
    again = recorded(added.text, "client.yaml", after.units[0], VOICE, SHIPPED.questions)
    assert (again.text, again.is_new) == (added.text, False)


def test_a_profile_that_cannot_be_added_to_is_left_alone() -> None:
    text = "{advisor_profile: 1, organisation: {name: Example}, units: [{name: Claims, respondents: ~}]}\n"
    unit = read_profile(text, SHIPPED.questions).units[0]
    with pytest.raises(InvalidInput, match=r"client.yaml P050 the file is laid out in a way that cannot be added to"):
        recorded(text, "client.yaml", unit, VOICE, SHIPPED.questions)


def test_a_new_profile_says_nothing_else() -> None:
    profile = read_profile(in_new_profile(VOICE, "Example", "Claims"), SHIPPED.questions)
    assert profile.organisation.name == "Example"
    assert [(unit.name, unit.answers, unit.respondents) for unit in profile.units] == [("Claims", Frozen(), (VOICE,))]
