"""Running cases through the default engine, checked by the second one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.advice import Adviser
from advisor.assurance.cases import Case, CaseResult
from advisor.assurance.compare import compared
from advisor.rulebook import Rulebook


def run_cases(cases: Iterable[Case], rulebook: Rulebook) -> Iterator[CaseResult]:
    """The result of each case, in order."""
    adviser = Adviser(rulebook)
    for case in cases:
        yield compared(case, adviser.advise(case.profile()))


def failure_lines(result: CaseResult) -> Iterator[str]:
    """A failed case for a person: its place and name, what differs, and the rules and facts that decided."""
    yield f"{result.case.place} {result.case.name}"
    for difference in result.differences:
        yield f"  {difference.said}, came {difference.came}"
        yield from (f"    {line}" for line in difference.decided)
