"""The built-in evaluator: the meaning of docs/rulebook.md, compiled to Python when the rulebook is loaded."""

from advisor.engines.plain.compiled import Program
from advisor.engines.plain.engine import PlainEngine

__all__ = ["PlainEngine", "Program"]
