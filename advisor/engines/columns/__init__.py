"""The rulebook as Polars expressions: many units at once, one row each. Needs `polars`, the extra `columns`."""

from importlib.util import find_spec

if find_spec("polars") is None:
    raise ModuleNotFoundError("polars is not installed, so many units cannot be evaluated at once (pip install polars)")
