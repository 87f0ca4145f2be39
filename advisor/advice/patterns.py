"""The patterns side by side: scores with their terms, caps, exclusions, shares and money."""

from __future__ import annotations

from fractions import Fraction

from advisor.advice.model import CapResult, PatternResult, TermResult
from advisor.advice.numbers import as_json, number, optional
from advisor.advice.waits import Dependencies
from advisor.engines.scoring import FULL, Scored
from advisor.language import names_in
from advisor.rulebook.model import Pattern, Term


def pattern_results(known: Dependencies, *, with_shares: bool) -> list[PatternResult]:
    """One result for each pattern, in the order of the rulebook; hour shares only where the verdict allows them."""
    shares = known.evaluation.selection.shares if with_shares else {}
    scored = {each.pattern: each for each in known.evaluation.selection.patterns}
    return [
        _result(pattern, scored[pattern.name], known, shares.get(pattern.name))
        for pattern in known.rulebook.frame.patterns
    ]


def _result(pattern: Pattern, scored: Scored, known: Dependencies, share: int | None) -> PatternResult:
    score = known.rulebook.scores[pattern.name]
    return PatternResult(
        pattern=pattern.name,
        title=pattern.title,
        low=optional(scored.low),
        high=optional(scored.high),
        excluded_by=list(scored.excluded_by),
        open_exclusions=list(scored.open_exclusions),
        share_pct=share,
        money_per_year=optional(_money(scored, share)),
        terms=[_term(term, pattern.name, place, scored, known) for place, term in enumerate(score.terms)],
        caps=[_cap(rule, known, open_=rule in scored.open_caps) for rule in (*scored.caps, *scored.open_caps)],
    )


def _money(scored: Scored, share: int | None) -> Fraction | None:
    """What the hours of this share are worth: that part of what all the hours would be worth."""
    return None if scored.worth is None or share is None else scored.worth * share / FULL


def _term(term: Term, pattern: str, place: int, scored: Scored, known: Dependencies) -> TermResult:
    rulebook = known.rulebook
    node = rulebook.terms[pattern][place]
    points = scored.terms[place]
    facts = known.facts(firm=True)
    names = [name for name in names_in(node) if name in rulebook.questions or name in rulebook.measures]
    return TermResult(
        of=term.of,
        label=term.label,
        weight=number(rulebook.scope[term.weight].value or 0),
        low=number(points[0]) if points else None,
        high=number(points[1]) if points else None,
        facts={name: as_json(facts[name], rulebook.scope[name]) for name in names},
        waits=sorted(known.waits_for(node, firm=True)),
    )


def _cap(rule: str, known: Dependencies, *, open_: bool) -> CapResult:
    cap = known.rulebook.rules[rule].caps
    assert cap is not None
    return CapResult(rule=rule, at=number(known.rulebook.scope[cap.at].value or 0), open=open_)
