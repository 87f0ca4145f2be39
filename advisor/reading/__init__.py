"""Reading and writing files strictly: every problem has a place, a code and a next step."""

from __future__ import annotations

from advisor.reading.atomic import replacing, write_atomically
from advisor.reading.codes import CODES
from advisor.reading.nodes import Mapping, Node, Scalar, Sequence, place_of, plain
from advisor.reading.problems import Collector, InvalidInput, Place, Problem, did_you_mean, quote
from advisor.reading.strict_yaml import compose
from advisor.reading.text_file import decode, read_text

__all__ = [
    "CODES",
    "Collector",
    "InvalidInput",
    "Mapping",
    "Node",
    "Place",
    "Problem",
    "Scalar",
    "Sequence",
    "compose",
    "decode",
    "did_you_mean",
    "place_of",
    "plain",
    "quote",
    "read_text",
    "replacing",
    "write_atomically",
]
