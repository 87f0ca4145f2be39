"""What the result says of a profile that was written for an earlier questionnaire."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Adviser
from advisor.cli.markdown import summary
from advisor.cli.table import table
from advisor.profile import read_profile
from advisor.rulebook import Rulebook
from tests.profile.three_versions import three_versions

TEXT = """\
advisor_profile: 1
organisation: {name: X}
units:
  - name: Window sill
    answers: {dryness: 2, feed: sticks}
"""
KEPT = "Answers to questions that are not asked any more are kept and count for nothing: Mood."
NEW = "New since version 2.0.0 of the questionnaire, for which this was answered, and open: draught."


@pytest.fixture(scope="module")
def latest(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return three_versions(Path(tmp_path_factory.mktemp("versions")))[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, []),
        (TEXT.replace("sticks", "sticks, mood: 3"), [KEPT]),
        ("questionnaire: 2.0.0\n" + TEXT, [NEW]),
        ("questionnaire: 2.0.0\n" + TEXT.replace("sticks", "sticks, mood: 3"), [KEPT, NEW]),
        ("questionnaire: 3.0.0\n" + TEXT, []),
        ("questionnaire: 2.0.0\n" + TEXT.replace("dryness: 2", "dryness: 9"), []),
        ("questionnaire: 2.0.0\n" + TEXT.replace("dryness: 2", "dryness: 2, draught: false"), []),
    ],
)
def test_kept_answers_and_new_questions_are_told_where_they_matter(
    latest: Rulebook, text: str, said: list[str]
) -> None:
    advice = Adviser(latest).advise(read_profile(text, latest.questions))
    assert advice.document.units[0].notices == said
    for each in said:
        assert each in " ".join(table(advice).split())
        assert each in summary(advice)
