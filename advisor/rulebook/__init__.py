"""The rulebook: YAML files read into one immutable, typed and checked value."""

from advisor.rulebook.model import (
    LAYERS,
    SEVERITIES,
    Choice,
    Column,
    Layer,
    Measure,
    Parameter,
    Question,
    Remedy,
    Rule,
    Section,
    Severity,
)
from advisor.rulebook.rulebook import Rulebook, shipped_folder

__all__ = [
    "LAYERS",
    "SEVERITIES",
    "Choice",
    "Column",
    "Layer",
    "Measure",
    "Parameter",
    "Question",
    "Remedy",
    "Rule",
    "Rulebook",
    "Section",
    "Severity",
    "shipped_folder",
]
