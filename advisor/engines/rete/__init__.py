"""The default engine: durable_rules, driven so that only what it does reliably is asked of it.

Conditions become positive tests on two rails, *certainly true* and *certainly false*; nothing is negated, joined on
fields, divided or left out of a fact that a test looks at. Numbers reach it as integers, everything compound as a
settled symbol.
"""

from advisor.engines.rete.compiled import BeyondLimits
from advisor.engines.rete.engine import ReteEngine, is_available

__all__ = ["BeyondLimits", "ReteEngine", "is_available"]
