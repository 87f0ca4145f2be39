"""The rulebook as columns: many units at once, one row each.

`plan` lowers a rulebook once. `engine` computes it with `polars`, the extra `columns`; `advisor.engines.sql` writes it
as SQL.
"""
