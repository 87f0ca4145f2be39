"""Is a rulebook sound: its cases, what they cover, and what a careful reader would object to."""

from advisor.assurance.cases import Case, CaseResult, Difference, Expected
from advisor.assurance.codes import CODES
from advisor.assurance.coverage import Coverage, Observer, Tried
from advisor.assurance.read_cases import case_files, read_cases
from advisor.assurance.run import failure_lines, run_cases

__all__ = [
    "CODES",
    "Case",
    "CaseResult",
    "Coverage",
    "Difference",
    "Expected",
    "Observer",
    "Tried",
    "case_files",
    "failure_lines",
    "read_cases",
    "run_cases",
]
