"""The JSON of the advice: its schema, and that every sample keeps to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from advisor import Profile, Rulebook, advise
from advisor.advice.schema import advice_schema

ROOT = Path(__file__).parents[2]
PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load()


def test_the_committed_schema_is_current() -> None:
    """Renew it with: python -m tests.advice.test_contract"""
    assert json.loads((ROOT / "docs" / "advice.schema.json").read_text()) == advice_schema()


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_sample_keeps_to_the_schema(path: Path, rulebook: Rulebook) -> None:
    document = json.loads(advise(Profile.load(path, rulebook), rulebook).to_json())
    jsonschema.validate(document, advice_schema())
    for unit in document["units"]:
        shares = [pattern["share_pct"] for pattern in unit["patterns"] if pattern["share_pct"] is not None]
        assert not shares or sum(shares) + unit["reserve_pct"] == 100


def test_a_staff_answer_of_too_few_people_is_neither_used_nor_shown(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "advisor_profile: 1\norganisation: {name: x}\nunits:\n  - name: u\n    answers: {team_headcount: 40, "
        "staff_respondents: 4, clarity_mgr: 80, clarity_staff: 17, routine_time_share_pct: 61.23, "
        "staff_depth_share_pct: 50}\n"
    )
    advice = advise(Profile.load(path, rulebook), rulebook)
    (clarity, *_) = advice.document.units[0].preparations
    assert (clarity.status, clarity.one_sided, clarity.staff) == ("partial", True, None)
    assert "61.23" not in advice.to_json()
    assert "depth-lies-idle" not in [finding.id for finding in advice.document.units[0].findings]


if __name__ == "__main__":
    text = json.dumps(advice_schema(), indent=2, ensure_ascii=False) + "\n"
    (ROOT / "docs" / "advice.schema.json").write_text(text)
