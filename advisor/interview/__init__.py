"""Questions to a person: a pure engine that says what comes next, and a front for lines that drives it."""
