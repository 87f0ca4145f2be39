"""The rulebook as one SQL query, from the same lowering as the column engine. Needs `sqlglot`, the extra `sql`."""
