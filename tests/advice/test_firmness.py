"""How firm a verdict is: what open answers could still put before it is said wherever the verdict is."""

from __future__ import annotations

from random import Random

import pytest

from advisor.advice import advise
from advisor.advice.model import UnitAdvice, stands_firm
from advisor.engines.completions import Completions, open_questions
from advisor.engines.outcomes import VERDICT, Outcomes
from advisor.engines.plain import PlainEngine
from advisor.memo import memo_of
from advisor.memo.markdown import render_markdown
from advisor.profile import Profile
from advisor.profile.facts import facts_of
from advisor.rulebook import Rulebook
from tests.cli.command import PROFILES, run

RULEBOOK = Rulebook.load()
PLAIN = PlainEngine(RULEBOOK)
NAMES = [verdict.name for verdict in RULEBOOK.frame.verdicts]
SAMPLES = sorted(path.stem for path in PROFILES.glob("*.yaml"))


def profile(name: str) -> Profile:
    return Profile.load(PROFILES / f"{name}.yaml", RULEBOOK)


def units(name: str) -> list[UnitAdvice]:
    return list(advise(profile(name), RULEBOOK).document.units)


@pytest.mark.parametrize("name", SAMPLES)
def test_completed_answers_lead_to_what_was_said_to_be_open_only(name: str) -> None:
    outcomes, random = Outcomes(RULEBOOK), Random(7)
    for unit, advised in zip(profile(name).units, units(name), strict=True):
        facts = facts_of(unit, RULEBOOK)
        completions = Completions(RULEBOOK, facts, open_questions(RULEBOOK, facts, PLAIN.evaluate(facts).facts))
        found = {outcomes.of(PLAIN.evaluate(completions.draw(random)))[VERDICT] for _ in range(100)}
        leading = NAMES.index(advised.verdict or "")
        assert {each for each in found if NAMES.index(each) < leading} <= set(advised.verdicts_before)
        if advised.verdict_firm:
            assert found == {advised.verdict}


def test_there_are_firm_and_open_verdicts_among_the_samples() -> None:
    assert {unit.verdict_firm for name in SAMPLES for unit in units(name)} == {True, False}


def test_a_verdict_behind_an_open_one_is_not_firm() -> None:
    (unit,) = units("klarna-2025")
    assert (unit.verdict, unit.verdicts_before, unit.verdict_firm) == ("recover_quality_first", ["fix_ai_first"], False)
    assert not stands_firm(unit)
    given = ("ai_minutes_saved_per_case=2", "ai_rework_rate_pct=50", "ai_rework_min=60")
    tried = [part for answer in given for part in ("--set", answer)]
    shown = run("assess", PROFILES / "klarna-2025.yaml", *tried).stdout.splitlines()
    assert next(line.split(maxsplit=1)[1] for line in shown if line.startswith("Verdict")) == "Fix the AI step first"


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_assess_says_what_could_still_come_first(form: str) -> None:
    shown = " ".join(run("assess", PROFILES / "klarna-2025.yaml", "--format", form).stdout.split())
    assert "could still put another verdict first; not excluded yet: “Fix the AI step first”" in shown


def test_page_one_of_the_memo_says_it() -> None:
    memo = render_markdown(memo_of(advise(profile("klarna-2025"), RULEBOOK)))
    page_one = memo.split("## ")[1]
    assert "Open answers could still put another step first; not excluded yet: “Fix the AI step first”." in page_one


def test_a_firm_answer_has_no_reservation() -> None:
    shown = run("assess", PROFILES / "healthy-insurer.yaml").stdout
    assert "Firm            yes\n" in shown
    assert "could still" not in "".join(line for line in shown.splitlines() if line.startswith("Firm"))
