"""All checks of the lint, their remarks in the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from advisor.assurance.lint.conditions import constant_conditions, literal_thresholds, negated_questions
from advisor.assurance.lint.parameters import implausible_parameters
from advisor.assurance.lint.remarks import Located, Remark
from advisor.assurance.lint.texts import duplicate_texts, missing_labels, missing_sources, missing_translations
from advisor.assurance.lint.unused import unread_findings, unused_measures, unused_parameters, unused_questions
from advisor.reading import Collector, Place, Scalar
from advisor.reading import Mapping as YamlMapping
from advisor.rulebook import Rulebook
from advisor.rulebook.files import Parts, read_parts

_CHECKS: tuple[Callable[[Rulebook], Iterator[Remark]], ...] = (
    unused_questions,
    unused_measures,
    unused_parameters,
    constant_conditions,
    unread_findings,
    missing_sources,
    missing_labels,
    duplicate_texts,
    literal_thresholds,
    negated_questions,
    implausible_parameters,
)


def lint(rulebook: Rulebook, folders: Iterable[Path]) -> list[Located]:
    """Every remark on the rulebook that was read from `folders`, in the order of the files."""
    folders = list(folders)
    parts = read_parts(folders, Collector())
    places = _places(parts)
    found = [Located(remark, places[remark.kind, remark.name]) for check in _CHECKS for remark in check(rulebook)]
    found += _untranslated(rulebook, parts, places, folders)
    files = list(dict.fromkeys(place.file for place in places.values()))
    return sorted(found, key=lambda each: (files.index(each.place.file), each.place.line, each.remark.code))


def overlay_warnings(rulebook: Rulebook, overlays: Iterable[Path]) -> list[Located]:
    """What whoever uses overlays should know before the advice: the values they set outside the plausible range."""
    places = _places(read_parts(overlays, Collector()))
    remarks = [remark for remark in implausible_parameters(rulebook) if (remark.kind, remark.name) in places]
    return [Located(remark, places[remark.kind, remark.name]) for remark in remarks]


def _untranslated(
    rulebook: Rulebook, parts: Parts, places: Mapping[tuple[str, str], Place], folders: Iterable[Path]
) -> Iterator[Located]:
    """Missing translations of what stands in a folder that speaks the language: a house need not speak them all."""
    for code, written in parts.languages.items():
        files = [Path(each.node.place.file) for each in written]
        speaking = [folder for folder in folders if any(file.is_relative_to(folder) for file in files)]
        for remark in missing_translations(rulebook, code):
            place = places[remark.kind, remark.name]
            if any(Path(place.file).is_relative_to(folder) for folder in speaking):
                yield Located(remark, place)


def _places(parts: Parts) -> dict[tuple[str, str], Place]:
    """Where each entry stands; the rulebook itself does not keep it."""
    places = {(kind, name): node.place for kind, items in parts.items.items() for name, node in items.items()}
    if parts.frame is not None:
        places["rulebook", "rulebook"] = parts.frame.place
    for node in parts.scores:
        pattern = node.get("pattern") if isinstance(node, YamlMapping) else None
        if isinstance(pattern, Scalar):
            places["scores", pattern.text] = node.place
    return places
