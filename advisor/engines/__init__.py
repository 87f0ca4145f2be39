"""Readers of the rulebook: each gives the same `Evaluation` for the same facts."""
