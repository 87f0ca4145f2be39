"""The rulebook as formulas for the Z3 solver: what is possible, what is settled, what can never be.

Import `is_available` first; everything else here needs `z3-solver`, the extra `proof`.
"""

from importlib.util import find_spec

WITHOUT_Z3 = "z3-solver is not installed, so nothing can be proven (pip install z3-solver)"


def is_available() -> bool:
    """Whether the solver is installed."""
    return find_spec("z3") is not None
