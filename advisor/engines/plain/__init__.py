"""The built-in evaluator: the meaning of docs/rulebook.md, compiled to Python when the rulebook is loaded."""

from advisor.engines.plain.engine import PlainEngine
from advisor.engines.plain.program import Program, compile_steps

__all__ = ["PlainEngine", "Program", "compile_steps"]
