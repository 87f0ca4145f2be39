"""The result of a backtest for people: as a table, in Markdown, and as rows."""
