"""The YAML files of a rulebook, laid over each other, as nodes with their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from advisor.reading import (
    Collector,
    InvalidInput,
    Mapping,
    Node,
    Place,
    Problem,
    Scalar,
    Sequence,
    compose,
    did_you_mean,
    read_text,
)

LISTS = (
    "sources",
    "claims",
    "context_only",
    "parameters",
    "sections",
    "questions",
    "removed",
    "checks",
    "measures",
    "rules",
    "invariants",
)
_KEYS = (*LISTS, "rulebook", "score", "layer", "language")
_KEY_OF = dict.fromkeys(("rules", "checks", "invariants", "sources", "claims"), "id") | {"context_only": "claim"}


@dataclass(frozen=True, slots=True)
class WrittenLanguage:
    """What one file says in a language; `folder` counts the folders of the rulebook from 0, overlays after it."""

    node: Mapping
    folder: int


@dataclass(slots=True)
class Parts:
    """Everything the files say, not yet typed: items by list, in file order, later folders over earlier ones."""

    frame: Node | None = None
    items: dict[str, dict[str, Node]] = field(default_factory=lambda: {name: {} for name in LISTS})
    layers: dict[str, str] = field(default_factory=dict)
    scores: list[Node] = field(default_factory=list)
    languages: dict[str, list[WrittenLanguage]] = field(default_factory=dict)
    """What is written in each language, by its code; later folders after earlier ones."""
    overridden: list[str] = field(default_factory=list)
    replaced: dict[str, Node] = field(default_factory=dict)
    """Parameters that an overlay changed, as they stood before the first one did."""
    restated: dict[tuple[str, str], int] = field(default_factory=dict)
    """Fields of parameters that an overlay gives anew, such as the reason, with the number of its folder."""
    given_here: set[str] = field(default_factory=set)
    """Parameters of the folder that is being read."""
    folder: int = 0
    """The number of the folder that is being read."""


def read_parts(folders: Iterable[Path], problems: Collector) -> Parts:
    """Read the folders in order; a later one may add anything and override parameters by name."""
    parts = Parts()
    for order, folder in enumerate(folders):
        parts.given_here.clear()
        parts.folder = order
        files = sorted(path for path in folder.rglob("*.yaml") if not path.name.endswith(".cases.yaml"))
        if not files:
            where = "holds no .yaml file" if folder.is_dir() else "is not a folder"
            problems.add(Place(str(folder)), "R001", f"{where}; name a folder with rulebook files")
        for path in files:
            _read_file(path, parts, problems, overlay=order > 0)
    return parts


def _read_file(path: Path, parts: Parts, problems: Collector, *, overlay: bool) -> None:
    try:
        document = compose(read_text(path), str(path), problems)
    except InvalidInput as error:
        problems.add_all(error.problems)
        return
    if not isinstance(document, Mapping):
        problems.add(document.place, "R002", "a rulebook file is a mapping at the top")
        return
    layer = document.get("layer")
    for key, value in document.entries:
        if key.text in LISTS:
            _add_items(key.text, value, parts, problems, overlay=overlay)
            if key.text == "rules":
                _note_layer(value, layer, parts, problems)
        elif key.text == "rulebook" and not overlay:
            if parts.frame is not None:
                problems.add(key.place, "R004", f"'rulebook' is already in {parts.frame.place}; one file holds it")
            parts.frame = value
        elif key.text == "score":
            parts.scores.append(value)
        elif key.text == "language":
            _add_language(value, parts, problems)
        elif key.text not in _KEYS or key.text == "rulebook":
            hint = did_you_mean(key.text, _KEYS) or f"; keys are {', '.join(_KEYS)}"
            problems.add(key.place, "R002", f"unknown key '{key.text}'{hint}")


def _add_items(key: str, value: Node, parts: Parts, problems: Collector, *, overlay: bool) -> None:
    if not isinstance(value, Sequence):
        problems.add(value.place, "R002", f"'{key}' must be a list")
        return
    known = parts.items[key]
    for item in value.items:
        label = item.get(_KEY_OF.get(key, "name")) if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(label, Scalar):
            problems.add(
                item.place, "R003", f"each of '{key}' is a mapping with the field '{_KEY_OF.get(key, 'name')}'"
            )
        elif label.text not in known and overlay and key == "parameters" and item.get("why") is None:
            hint = did_you_mean(label.text, known)
            message = f"there is no parameter '{label.text}' to override{hint}; a new one also has unit, status and why"
            problems.add(label.place, "R003", message)
        elif label.text not in known:
            known[label.text] = item
            parts.given_here.add(label.text)
        elif overlay and key == "parameters" and label.text not in parts.given_here:
            parts.given_here.add(label.text)
            parts.replaced.setdefault(label.text, known[label.text])
            known[label.text] = _laid_over(known[label.text], item)
            parts.overridden.append(label.text)
            parts.restated |= {(label.text, given.text): parts.folder for given, _ in item.entries}
        else:
            before = known[label.text].place
            problems.add(label.place, "R004", f"'{label.text}' is already in {before}; give it another name")


def _add_language(value: Node, parts: Parts, problems: Collector) -> None:
    code = value.get("code") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(code, Scalar):
        problems.add(value.place, "R003", "a language is a mapping with the field 'code', such as de")
        return
    parts.languages.setdefault(code.text, []).append(WrittenLanguage(value, parts.folder))


def _laid_over(below: Node, above: Mapping) -> Mapping:
    """The fields of `above`, completed by those of `below`."""
    assert isinstance(below, Mapping)
    given = {key.text for key, _ in above.entries}
    kept = tuple((key, value) for key, value in below.entries if key.text not in given)
    return Mapping(above.entries + kept, above.place)


def _note_layer(value: Node, layer: Node | None, parts: Parts, problems: Collector) -> None:
    if not isinstance(layer, Scalar):
        problems.add(value.place, "R002", "a file with 'rules' names their 'layer' at the top")
        return
    if isinstance(value, Sequence):
        for item in value.items:
            label = item.get("id") if isinstance(item, Mapping) else None
            if isinstance(label, Scalar):
                parts.layers[label.text] = layer.text


def missing(folder: Path) -> InvalidInput:
    """The error for a rulebook without its frame."""
    return InvalidInput(
        [Problem(Place(str(folder)), "R011", "no file holds the key 'rulebook' (see docs/rulebook.md)")]
    )
