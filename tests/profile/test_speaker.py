"""One person among the respondents: found by role and number, in the order of the file."""

from __future__ import annotations

import pytest

from advisor.profile import Answer, Frozen, Unit, Voice
from advisor.profile.speaker import NoSuchSpeaker, Speaker, speakers

MEAN = Answer("answered", people=6)
UNIT = Unit(
    "Claims",
    respondents=(
        Voice("staff", people=8),
        Voice("manager"),
        Voice("staff"),
        Voice("staff", answers=Frozen({"clarity_staff": MEAN})),
        Voice("manager"),
    ),
)


def test_entries_of_several_people_have_no_number() -> None:
    assert speakers(UNIT) == [None, Speaker("manager", 1), Speaker("staff", 1), None, Speaker("manager", 2)]


@pytest.mark.parametrize(
    ("text", "place"), [("manager", 1), ("manager-1", 1), ("manager-2", 4), ("staff", 2), ("staff-2", 5), ("data", 5)]
)
def test_a_person_is_found_or_comes_next(text: str, place: int) -> None:
    speaker = Speaker.read(text)
    assert speaker is not None
    assert speaker.place(UNIT) == place
    assert Speaker.read(str(speaker)) == speaker


@pytest.mark.parametrize("text", ["staff-3", "manager-4", "data-2"])
def test_nobody_is_left_out(text: str) -> None:
    speaker = Speaker.read(text)
    assert speaker is not None
    with pytest.raises(NoSuchSpeaker, match=f"^{text} would be after .*, who has not been heard yet$"):
        speaker.place(UNIT)


@pytest.mark.parametrize("text", ["", "Ann", "manager-", "manager-0", "manager-1000", "data_owner", "staff 2", "-2"])
def test_a_name_is_nobody(text: str) -> None:
    assert Speaker.read(text) is None
