"""The comparison of two rulebooks as lines for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from advisor.assurance.diff.causes import CausesOf
from advisor.assurance.diff.compare import Diff
from advisor.assurance.diff.everywhere import Everywhere
from advisor.assurance.diff.revision import Edit, Revision
from advisor.assurance.diff.traits import Change
from advisor.profile import Answer, profile_as_yaml

_LONGEST = 40
_MOST_SHOWN = 12


def lines(diff: Diff) -> Iterator[str]:
    """The comparison for a person at a terminal."""
    yield f"{_called(diff.old)} → {_called(diff.new)}"
    yield f"{len(diff.edits)} {'entry differs' if len(diff.edits) == 1 else 'entries differ'}"
    yield from _first(f"  {edit}{_label(edit)}: {_edited(edit)}" for edit in diff.edits)
    if diff.compared:
        yield ""
        yield f"Advice changes for {len(diff.units)} of {diff.compared} units"
    for unit in diff.units:
        yield f"  {unit.profile}, {unit.unit}"
        yield from (f"    {line}" for line in _changes(unit.changes, unit.causes))
    yield ""
    yield from _everywhere(diff.everywhere, diff.example_causes)


def as_json(diff: Diff) -> dict[str, Any]:
    """The comparison as JSON; the format is described in docs/rules-diff.md."""
    return {
        "advisor_rules_diff": 1,
        "old": _revision(diff.old),
        "new": _revision(diff.new),
        "edits": [
            {
                **_edit(edit),
                "what": edit.what,
                "decides": edit.may_decide,
                "fields": {name: {"from": one, "to": other} for name, (one, other) in edit.fields.items()},
            }
            for edit in diff.edits
        ],
        "compared_units": diff.compared,
        "units": [
            {
                "profile": unit.profile,
                "unit": unit.unit,
                "changes": _changes_as_json(unit.changes, unit.causes),
            }
            for unit in diff.units
        ],
        "everywhere": _everywhere_as_json(diff.everywhere, diff.example_causes),
    }


def _everywhere(found: Everywhere, causes: CausesOf) -> Iterator[str]:
    if found.apart:
        yield f"The questionnaires differ: {', '.join(found.apart)}. Compared without answers to these:"
    if found.checks:
        yield f"The checks refuse other answers: {', '.join(found.checks)}. Compared over profiles that both accept:"
    profiles = "Profiles that both accept" if found.checks else "All profiles"
    if found.says == "equal":
        yield f"{profiles}: the same advice for every one (proven)"
    elif found.says == "undecided":
        yield f"{profiles}: undecided; no difference was found, and these could not be proven equal:"
        yield from _first(f"  {why}" for why in found.why)
    else:
        yield f"{profiles}: not the same; for instance with these answers"
        assert found.example is not None
        yield from (f"  {line}" for line in profile_as_yaml(found.example).rstrip().splitlines())
        yield "the advice changes:"
        yield from (f"  {line}" for line in _changes(found.changes, causes))


def _changes(changes: Iterable[Change], causes: CausesOf) -> Iterator[str]:
    for change in changes:
        yield f"{change.trait}: {_value(change.before)} → {_value(change.after)}"
        yield f"  by {' or '.join(_set(edits) for edits in causes[change.trait])}"


def _everywhere_as_json(found: Everywhere, causes: CausesOf) -> dict[str, Any]:
    answers = found.example.units[0].answers if found.example else {}
    return {
        "says": found.says,
        "asked_differently": list(found.apart),
        "checked_differently": list(found.checks),
        "example": {name: _answer(answer) for name, answer in answers.items()} if found.example else None,
        "changes": _changes_as_json(found.changes, causes),
        "not_proven": list(found.why),
        "proven": found.proven,
    }


def _answer(answer: Answer) -> Any:
    if answer.state == "not_applicable":
        return {"not_applicable": answer.reason}
    if isinstance(answer.value, tuple):
        return [item if isinstance(item, str) else dict(item) for item in answer.value]
    return answer.value


def _changes_as_json(changes: Iterable[Change], causes: CausesOf) -> list[dict[str, Any]]:
    return [
        {
            "of": change.trait,
            "from": change.before,
            "to": change.after,
            "causes": [[_edit(edit) for edit in edits] for edits in causes[change.trait]],
        }
        for change in changes
    ]


def _edit(edit: Edit) -> dict[str, str]:
    return {"kind": edit.kind, "name": edit.name}


def _revision(revision: Revision) -> dict[str, Any]:
    frame = revision.rulebook.frame
    return {
        "where": revision.where,
        "name": frame.name,
        "version": frame.version,
        "digest": revision.rulebook.digest,
    }


def _called(revision: Revision) -> str:
    frame = revision.rulebook.frame
    return f"{revision.where} ({frame.name} {frame.version}, {revision.rulebook.digest[:15]})"


def _label(edit: Edit) -> str:
    return f" ({edit.label})" if edit.label else ""


def _edited(edit: Edit) -> str:
    if edit.what != "changed":
        return edit.what
    said = ", ".join(_field(name, *values) for name, values in edit.fields.items())
    return said if edit.may_decide else f"{said} (decides nothing)"


def _field(name: str, before: Any, after: Any) -> str:
    short = all(len(_value(value)) <= _LONGEST and not isinstance(value, dict) for value in (before, after))
    return f"{name} {_value(before)} → {_value(after)}" if short else name


def _value(value: Any) -> str:
    if value is None or value in ([], ()):
        return "none"
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return (
        ", ".join(f"{name} {_value(each)}" for name, each in value.items()) if isinstance(value, dict) else str(value)
    )


def _set(edits: Iterable[Edit]) -> str:
    return " together with ".join(map(str, edits))


def _first(texts: Iterable[str]) -> Iterator[str]:
    every = list(texts)
    yield from every[:_MOST_SHOWN]
    if len(every) > _MOST_SHOWN:
        yield f"  and {len(every) - _MOST_SHOWN} more (--format json lists all)"
