"""The rulebook as Polars expressions: many units at once, one row each.

Import `is_available` first; everything else here needs `polars`, the extra `columns`.
"""

from importlib.util import find_spec

WITHOUT_POLARS = "polars is not installed, so many units cannot be evaluated at once (pip install polars)"


def is_available() -> bool:
    """Whether Polars is installed."""
    return find_spec("polars") is not None
