"""The expression language: parse, check types and units, meaning, lowering to any algebra.

`check.check` turns a text into a typed `Node`; `lower` folds a node over an `Algebra`; `ValueAlgebra` is the meaning
itself and `source.SourceAlgebra` writes it as Python source. The last two are needed to compile a rulebook only, so
they are not loaded here.
"""

from advisor.language.lower import Algebra, lower
from advisor.language.nodes import Node, names_in
from advisor.language.scope import Kind, Origin, Scope, Signature
from advisor.language.trace import Trace, trace, waits
from advisor.language.values import NOT_APPLICABLE, UNKNOWN, Fact, ValueAlgebra

__all__ = [
    "NOT_APPLICABLE",
    "UNKNOWN",
    "Algebra",
    "Fact",
    "Kind",
    "Node",
    "Origin",
    "Scope",
    "Signature",
    "Trace",
    "ValueAlgebra",
    "lower",
    "names_in",
    "trace",
    "waits",
]
