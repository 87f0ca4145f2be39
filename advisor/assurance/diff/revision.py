"""A rulebook as one of two that are compared, what was edited between them, and one of them with some of the edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from advisor.reading import Collector, InvalidInput, Place, Problem, Scalar
from advisor.reading import Mapping as YamlMapping
from advisor.rulebook import Rulebook, shipped_folder
from advisor.rulebook.files import LISTS, Parts, missing, read_parts
from advisor.rulebook.load import of_parts

SHIPPED = "shipped"
HEAD = "rulebook.yaml"
WORDING = frozenset(
    (
        *("title", "says", "because", "limits", "remedy", "label", "ask", "help", "question", "word", "means", "use"),
        *("sources", "why", "status", "plausible", "code", "where", "seen", "quote", "note", "explains", "assumes"),
        *("name", "version", "unit", "units", "signed", "section", "step", "changeable", "least_changed", "memo"),
        *("since", "was", "changed", "worth_if"),
    )
)
"""Fields that decide nothing: texts, sources and how things are shown."""
_WITHOUT_EFFECT = ("sources", "claims", "context_only", "sections", "removed")


@dataclass(frozen=True, slots=True)
class Revision:
    """One of the two rulebooks: where it stands, its parts as written, and as loaded."""

    where: str
    parts: Parts
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry that is not the same in both: `fields` has what was changed, with the values before and after.

    `label` is what a reader calls it, where the rulebook says so.
    """

    kind: str
    name: str
    what: Literal["added", "removed", "changed"]
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict, compare=False)
    label: str | None = field(default=None, compare=False)

    @property
    def may_decide(self) -> bool:
        """Whether advice can change by it: what is only added waits to be read, and wording decides nothing."""
        if self.kind in _WITHOUT_EFFECT:
            return False
        if self.what == "changed":
            return not WORDING.issuperset(self.fields)
        return self.kind in ("rules", "scores")

    def __str__(self) -> str:
        """How it is called in a report."""
        return f"{self.kind.removesuffix('s')} {self.name}" if self.kind != "rulebook" else "rulebook.yaml"


def read_revision(where: str) -> Revision:
    """A folder with a rulebook.yaml as a whole rulebook, another one laid over the shipped one; or `shipped`.

    Raises `InvalidInput` with every problem that was found.
    """
    folder = Path(where)
    if where == SHIPPED and not folder.exists():
        folder = shipped_folder()
    if not folder.is_dir():
        raise InvalidInput([Problem(Place(where), "R001", f"is not a folder; name one, or '{SHIPPED}'")])
    folders = (folder,) if (folder / HEAD).is_file() else (shipped_folder(), folder)
    problems = Collector()
    parts = read_parts(folders, problems)
    if parts.frame is None:
        problems.stop_if_any()
        raise missing(folder)
    return Revision(where, parts, of_parts(parts, problems))


def edits_between(old: Rulebook, new: Rulebook) -> list[Edit]:
    """Everything that is not the same in both, by list and in the order of the files."""
    head = Edit("rulebook", "", "changed", _fields(asdict(old.frame), asdict(new.frame)))
    found = [head] if head.fields else []
    for kind in (*LISTS, "scores"):
        found += _edits(kind, _entries(old, kind), _entries(new, kind))
    return found


def _entries(rulebook: Rulebook, kind: str) -> dict[str, Any]:
    if kind == "sections":
        return {section.name: section for section in rulebook.sections}
    if kind == "removed":
        return dict(rulebook.questions.removed)
    entries: Mapping[str, Any] = getattr(rulebook, kind)
    return dict(entries)


def _edits(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    for name in dict.fromkeys((*old, *new)):
        label = getattr(new[name] if name in new else old[name], "label", None)
        if name not in old or name not in new:
            yield Edit(kind, name, "added" if name in new else "removed", label=label)
        else:
            fields = _fields(_as_fields(old[name]), _as_fields(new[name]))
            if fields:
                yield Edit(kind, name, "changed", fields, label)


def _as_fields(entry: Any) -> dict[str, Any]:
    return {"why": entry} if isinstance(entry, str) else asdict(entry)


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def with_edits(old: Revision, new: Revision, edits: Iterable[Edit]) -> Rulebook | None:
    """The old rulebook with some of the edits, and with every name that the new one adds; None where that is none.

    What a rulebook adds without reading it changes nothing, and lets the edits be tried one by one.
    """
    parts, there = _with_additions(old.parts, new.parts), new.parts
    for edit in edits:
        if edit.kind == "rulebook":
            parts.frame = there.frame
        elif edit.kind == "scores":
            parts.scores = [node for node in parts.scores if _pattern(node) != edit.name]
            parts.scores += [node for node in there.scores if _pattern(node) == edit.name]
        elif edit.what == "removed":
            del parts.items[edit.kind][edit.name]
        else:
            parts.items[edit.kind][edit.name] = there.items[edit.kind][edit.name]
            if edit.kind == "rules":
                parts.layers[edit.name] = there.layers[edit.name]
    try:
        return of_parts(_without_history(parts), Collector())
    except InvalidInput:
        return None


def _with_additions(old: Parts, new: Parts) -> Parts:
    parts = copy(old)
    parts.items = {
        kind: dict(entries) if kind == "rules" else {**entries, **_others(new.items[kind], entries)}
        for kind, entries in old.items.items()
    }
    parts.layers = dict(old.layers)
    parts.scores = list(old.scores)
    return parts


def _without_history(parts: Parts) -> Parts:
    """The parts without old names: in a mixture of two versions an old name of one is a question of the other."""
    parts.items["removed"] = {}
    for name, node in parts.items["questions"].items():
        if isinstance(node, YamlMapping):
            entries = tuple(entry for entry in node.entries if entry[0].text != "was")
            parts.items["questions"][name] = YamlMapping(entries, node.place)
    return parts


def _others(entries: Mapping[str, Any], but: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if name not in but}


def _pattern(node: object) -> str | None:
    pattern = node.get("pattern") if isinstance(node, YamlMapping) else None
    return pattern.text if isinstance(pattern, Scalar) else None
