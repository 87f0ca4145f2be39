"""The advice: the result object, how findings become it, and why."""

from advisor.advice.adviser import Advice, Adviser, advise

__all__ = ["Advice", "Adviser", "advise"]
