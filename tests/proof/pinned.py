"""The encoding with every variable held to given facts: what the solver then says must be what the engine says."""

from __future__ import annotations

from math import inf
from typing import Any

import z3

from advisor.engines.evaluation import Evaluation
from advisor.engines.outcomes import Outcomes, outcome_facts
from advisor.engines.proof.encoding import Encoding, Left
from advisor.engines.proof.numbers import constant, equal
from advisor.engines.proof.products import Beyond
from advisor.engines.proof.results import Results
from advisor.engines.proof.space import Space
from advisor.engines.proof.terms import Flag
from advisor.language import Fact
from advisor.language.check import check
from advisor.rulebook import Rulebook
from advisor.rulebook.invariants import outcome_signatures

ENOUGH = 100_000_000
"""Work that no question with every variable held comes near; unlike a time, it is the same on a busy machine."""


def fits(fact: Fact, name: str, rulebook: Rulebook) -> bool:
    """Whether a variable of an open question can stand for the fact: no range, nothing out of bounds, no table."""
    signature = rulebook.scope[name]
    if signature.kind == "table":
        return False
    if signature.kind != "number" or fact[0] in (-inf, inf) or fact[0] != fact[0]:
        return True
    low, high = signature.low, signature.high
    inside = (low is None or fact[0] >= low * signature.scale) and (high is None or fact[0] <= high * signature.scale)
    return bool(fact[0] == fact[1] and inside)


def pins(space: Space, rulebook: Rulebook, facts: dict[str, Fact]) -> list[Any]:
    """What holds the variables of a space to facts."""
    held: list[Any] = []
    for name in sorted(space.open_names):
        fact, signature = facts[name], rulebook.scope[name]
        number = signature.kind == "number"
        refused = fact == "n/a" or (number and fact[0] != fact[0])
        given = refused or not (fact is None or (number and fact[0] == -inf))
        if space.openness == "any":
            held += [space.boolean(f"{name}?") == given, space.boolean(f"{name} n/a") == refused]
        if refused or not given:
            continue
        if signature.kind == "choices":
            held += [space.boolean(f"{name}={word}") == (word in fact) for word in signature.choices]
        elif signature.kind == "truth":
            held.append(space.boolean(name) == fact)
        else:
            held.append(space.integer(name) == (fact[0] if number else signature.choices.index(fact)))
    return held


def _of_results(encoding: Encoding, rulebook: Rulebook, found: Evaluation) -> list[tuple[str, Flag, bool]]:
    """What the advice comes to: the words of outcomes, shares and reserve."""
    outcomes = Outcomes(rulebook)
    results, facts = Results(encoding, outcomes), outcome_facts(rulebook, outcomes, found)
    claims: list[tuple[str, Flag, bool]] = []
    for name, signature in outcome_signatures(rulebook.frame).items():
        if signature.kind == "choice":
            claims += [(f"{name} {word}", flag, facts[name] == word) for word, flag in results.words(name).items()]
        else:
            scope = {**rulebook.scope, name: signature}
            node = check(f"{name} == {facts[name][0]}", scope, "truth")
            claims.append((f"{name} {facts[name]}", results.condition(node).true, True))
    return claims


def is_possible_in_a_looser_reading(rulebook: Rulebook, facts: dict[str, Fact], found: Evaluation, left: Left) -> bool:
    """Whether what the engines say remains possible where measures or scores are left open."""
    names = [name for name in rulebook.questions if fits(facts[name], name, rulebook)]
    space = Space(rulebook, facts, names, "any")
    encoding = Encoding(rulebook, space, left)
    solver = z3.Solver(ctx=space.context)
    solver.set("rlimit", ENOUGH)
    for rule in rulebook.rules:
        try:
            rails = [(encoding.rule(rule), found.truth[rule])]
            if rule in found.firm_truth:
                rails.append((encoding.rule(rule, firm=True), found.firm_truth[rule]))
        except Beyond:
            continue
        for each, truth in rails:
            for flag, said in ((each.true, truth is True), (each.false, truth is False)):
                solver.add(flag == said if not isinstance(flag, bool) else z3.BoolVal(flag == said, space.context))
    solver.add(*encoding.constraints, *pins(space, rulebook, facts))
    return bool(solver.check() == z3.sat)


def differences(rulebook: Rulebook, facts: dict[str, Fact], found: Evaluation, openness: Any = "any") -> list[str]:
    """The rules and selections on which the solver says something else than the engine; «beyond» is passed over."""
    return compared_with_proof(rulebook, facts, found, openness)[0]


def compared_with_proof(
    rulebook: Rulebook, facts: dict[str, Fact], found: Evaluation, openness: Any = "any"
) -> tuple[list[str], int]:
    """What the solver says differently, and how many findings and scores it cannot express."""
    names = [name for name in rulebook.questions if fits(facts[name], name, rulebook)]
    space = Space(rulebook, facts, names, openness)
    encoding = Encoding(rulebook, space)
    claims: list[tuple[str, Flag, bool]] = []
    skipped = 0
    for rule in rulebook.rules:
        for firm, truth in ((False, found.truth), (True, found.firm_truth)):
            if rule not in truth:
                continue
            try:
                rails = encoding.rule(rule, firm=firm)
            except Beyond:
                skipped += 1
                continue
            claims += [(f"{rule} {firm} true", rails.true, truth[rule] is True)]
            claims += [(f"{rule} {firm} false", rails.false, truth[rule] is False)]
    try:
        encoding.value("recommends_any")
        first = found.selection.recommended[0] if found.selection.recommended else None
        facts_of_selection = found.selection.facts() | {
            f"first_{each.pattern}": each.pattern == first for each in found.selection.patterns
        }
        claims += [(name, encoding.selected[name].true, truth) for name, truth in facts_of_selection.items()]
        claims += _of_results(encoding, rulebook, found)
        for term, each in zip(encoding.selecting.scored, found.selection.patterns, strict=True):
            claims.append((f"{each.pattern} assessed", term.assessed, each.low is not None))
            if each.low is not None and each.high is not None:
                ends = (("low", term.low, each.low), ("high", term.high, each.high))
                claims += [
                    (f"{each.pattern} {side}", equal(end, constant(value).low), True) for side, end, value in ends
                ]
    except Beyond:
        skipped += len(found.selection.patterns)
    solver = z3.Solver(ctx=space.context)
    solver.set("rlimit", ENOUGH)
    solver.add(*encoding.constraints, *pins(space, rulebook, facts))
    assert solver.check() == z3.sat, f"the facts are no solution: {solver.reason_unknown()}"
    model = solver.model()
    told = [
        f"{what}: {said} instead of {truth}"
        for what, flag, truth in claims
        if (said := flag if isinstance(flag, bool) else z3.is_true(model.eval(flag, model_completion=True))) != truth
    ]
    return told, skipped
