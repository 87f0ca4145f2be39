"""Coverage for a person: a summary, the gaps, and on request every rule with its atomic conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.assurance.coverage import SIDES, STATES, Coverage, Tried

_ROW = "{:<28}{:>7}{:>7}{:>7}{:>7}{:>8}{:>8}"


def summary_lines(coverage: Coverage, cases: int) -> Iterator[str]:
    """How many rules, atomic conditions and thresholds there are, and how many the cases have tried in which way."""
    rules, atoms = list(coverage.rules.values()), list(coverage.atoms.values())
    thresholds = [tried for atom, tried in coverage.atoms.items() if atom.threshold]
    yield _ROW.format(f"{cases} cases", "number", "true", "false", "open", "just at", "beyond")
    yield _row("rules", rules)
    yield _row("atomic conditions", atoms)
    yield _row("thresholds among them", thresholds, sides=True)


def gap_lines(coverage: Coverage) -> Iterator[str]:
    """One line for each gap, with the rule and the atomic condition."""
    yield from (f"{rule}: {gap}" for rule, gap in coverage.gaps())


def detail_lines(coverage: Coverage) -> Iterator[str]:
    """Every rule and atomic condition with how many cases made it true, false, open, and lie just at and beyond it."""
    yield _ROW.format("", "", "true", "false", "open", "just at", "beyond")
    for rule, tried in coverage.rules.items():
        yield from _detail(rule, tried, sides=False)
        for atom in coverage.atoms_in(rule):
            yield from _detail(f"  {atom.text}", coverage.atoms[atom], sides=atom.threshold is not None)


def _row(name: str, each: Iterable[Tried], *, sides: bool = False) -> str:
    every = list(each)
    states = [sum(bool(tried.states[state]) for tried in every) for state in STATES]
    at, beyond = (sum(bool(tried.sides[side]) for tried in every) for side in SIDES)
    ends = [at, beyond] if sides else ["", ""]
    return _ROW.format(name, len(every), *states, *ends)


def _detail(name: str, tried: Tried, *, sides: bool) -> Iterator[str]:
    states = [len(tried.states[state]) for state in STATES]
    ends = [len(tried.sides[side]) if sides else "" for side in SIDES]
    room = name
    if len(name) > 34:
        yield name
        room = ""
    yield _ROW.format(room, "", *states, *ends).rstrip()
