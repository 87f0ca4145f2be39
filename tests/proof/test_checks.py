"""The solver looks at valid profiles only."""

from __future__ import annotations

import pytest

from advisor.engines.completions import open_questions
from advisor.language.check import check
from advisor.language.values import unknown_fact
from advisor.rulebook import Rulebook
from tests.shipped.answers import PLAIN, RULEBOOK

pytest.importorskip("z3")
from advisor.engines.proof.encoding import Encoding
from advisor.engines.proof.prover import ask
from advisor.engines.proof.space import Space


def says(condition: str, rulebook: Rulebook = RULEBOOK, **answers: float):
    """Whether some completion of the answers fulfils the condition."""
    facts = {name: unknown_fact(rulebook.scope[name].kind) for name in rulebook.questions}
    facts |= {name: (value, value) for name, value in answers.items()}
    names = open_questions(rulebook, facts, PLAIN.evaluate(facts).facts)
    encoding = Encoding(rulebook, Space(rulebook, facts, names))
    return ask(encoding, [encoding.lowered(check(condition, rulebook.scope, "truth"), False).true])


def test_shares_of_one_whole():
    assert says("transferred_in_pct > 30", failure_demand_share_pct=7000).says == "impossible"
    assert says("transferred_in_pct >= 30", failure_demand_share_pct=7000).facts["transferred_in_pct"] == (3000, 3000)


def test_an_answer_that_the_condition_does_not_read_fits_too():
    found = says("team_fte > 12").facts
    assert found["team_headcount"][0] >= found["team_fte"][0] > 1200


def test_what_does_not_apply_stands_in_nobodys_way():
    """Below five people nobody is asked, so nobody can be too many."""
    assert says("team_headcount == 0 and not applicable(staff_respondents)").says == "possible"
