"""A closer look at a portfolio: who stands out and why, who is like whom, where hours are free."""
