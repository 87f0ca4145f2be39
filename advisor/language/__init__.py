"""The expression language: parse, check types and units, meaning, lowering to any algebra.

`check` turns a text into a typed `Node`; `lower` folds a node over an `Algebra`; `ValueAlgebra` is the meaning itself and
`SourceAlgebra` writes it as Python source.
"""

from advisor.language.check import check
from advisor.language.lower import Algebra, lower
from advisor.language.nodes import Node, names_in
from advisor.language.scope import Kind, Origin, Scope, Signature
from advisor.language.source import SourceAlgebra
from advisor.language.syntax import ExpressionError
from advisor.language.trace import Trace, trace
from advisor.language.values import NOT_APPLICABLE, UNKNOWN, Fact, ValueAlgebra

__all__ = [
    "NOT_APPLICABLE",
    "UNKNOWN",
    "Algebra",
    "ExpressionError",
    "Fact",
    "Kind",
    "Node",
    "Origin",
    "Scope",
    "Signature",
    "SourceAlgebra",
    "Trace",
    "ValueAlgebra",
    "check",
    "lower",
    "names_in",
    "trace",
]
