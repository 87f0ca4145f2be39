"""How robust the advice on one unit is: its inputs and thresholds vary together, a hundred thousand times.

Needs `numpy` and `polars`, the extra `robust`.
"""

CODES = {"U001": "A package is missing."}
