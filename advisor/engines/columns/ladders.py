"""The outcomes as columns ``outcome.<name>``, each an enumeration of its words."""

from __future__ import annotations

from advisor.engines.columns.expression import Expression, Kind, Words, by_case, column, literal
from advisor.engines.columns.sheet import Sheet
from advisor.engines.outcomes import FIRST, NO_PATTERN, NOT_RECOMMENDED, PATTERN, RECOMMENDED, Outcomes

OUTCOME = "outcome."


def write_outcomes(outcomes: Outcomes, sheet: Sheet) -> None:
    """Write what `Outcomes.of` tells of an evaluation."""
    words = outcomes.words()
    firsts = [
        (column(f"{PATTERN}{pattern}.rank").equals(literal(1, Kind.NARROW)), pattern) for pattern in outcomes.patterns
    ]
    cases: dict[str, tuple[list[tuple[Expression, str]], str]] = {FIRST: (firsts, NO_PATTERN)}
    for name, ladder in outcomes.ladders.items():
        cases[name] = (
            [(column(f"rule.{rule}"), word) for word, rules in ladder.steps for rule in rules],
            ladder.otherwise,
        )
    for pattern in outcomes.patterns:
        among = column(f"{PATTERN}{pattern}.rank").is_not_null()
        cases[PATTERN + pattern] = [(among, RECOMMENDED)], NOT_RECOMMENDED
    for name, (steps, otherwise) in cases.items():
        kind = Words(words[name])
        pairs = [(test, literal(word, kind)) for test, word in steps]
        last = literal(otherwise, kind)
        sheet.name(OUTCOME + name, by_case(pairs, last) if steps else last)
