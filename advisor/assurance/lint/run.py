"""All checks of the lint, their remarks in the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from advisor.assurance.lint.conditions import constant_conditions, literal_thresholds, negated_questions
from advisor.assurance.lint.parameters import implausible_parameters
from advisor.assurance.lint.remarks import Located, Remark
from advisor.assurance.lint.texts import duplicate_texts, missing_sources
from advisor.assurance.lint.unused import unread_findings, unused_measures, unused_parameters, unused_questions
from advisor.reading import Collector, Mapping, Place, Scalar
from advisor.rulebook import Rulebook
from advisor.rulebook.files import read_parts

_CHECKS: tuple[Callable[[Rulebook], Iterator[Remark]], ...] = (
    unused_questions,
    unused_measures,
    unused_parameters,
    constant_conditions,
    unread_findings,
    missing_sources,
    duplicate_texts,
    literal_thresholds,
    negated_questions,
    implausible_parameters,
)


def lint(rulebook: Rulebook, folders: Iterable[Path]) -> list[Located]:
    """Every remark on the rulebook that was read from `folders`, in the order of the files."""
    places = _places(folders)
    found = [Located(remark, places[remark.kind, remark.name]) for check in _CHECKS for remark in check(rulebook)]
    files = list(dict.fromkeys(place.file for place in places.values()))
    return sorted(found, key=lambda each: (files.index(each.place.file), each.place.line, each.remark.code))


def overlay_warnings(rulebook: Rulebook, overlays: Iterable[Path]) -> list[Located]:
    """What whoever uses overlays should know before the advice: the values they set outside the plausible range."""
    places = _places(overlays)
    remarks = [remark for remark in implausible_parameters(rulebook) if (remark.kind, remark.name) in places]
    return [Located(remark, places[remark.kind, remark.name]) for remark in remarks]


def _places(folders: Iterable[Path]) -> dict[tuple[str, str], Place]:
    """Where each entry stands; the rulebook itself does not keep it."""
    parts = read_parts(folders, Collector())
    places = {(kind, name): node.place for kind, items in parts.items.items() for name, node in items.items()}
    for node in parts.scores:
        pattern = node.get("pattern") if isinstance(node, Mapping) else None
        if isinstance(pattern, Scalar):
            places["scores", pattern.text] = node.place
    return places
