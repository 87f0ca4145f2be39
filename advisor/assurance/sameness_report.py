"""Frequencies beside each other, as lines for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from advisor.assurance.sameness import Frequencies

_NAME, _WIDTH = 44, 100


def lines(groups: Mapping[str, Frequencies], *, everything: bool = False) -> Iterator[str]:
    """Each outcome and finding with its share of the units of each group, then what never tells units apart."""
    first = next(iter(groups.values()))
    yield _row("", [f"{name} ({group.units})" for name, group in groups.items()])
    for outcome, words in first.outcomes.items():
        if outcome.startswith("pattern."):
            continue
        yield outcome
        yield from (
            _counts(f"  {word}", [group.words[outcome, word] for group in groups.values()], groups) for word in words
        )
    yield "recommended"
    yield from (
        _counts(f"  {pattern}", [group.recommended[pattern] for group in groups.values()], groups)
        for pattern in first.recommended
    )
    yield "finding"
    shown = first.rules if everything else _most_common(groups)
    yield from (_counts(f"  {rule}", [group.fired[rule] for group in groups.values()], groups) for rule in shown)
    if len(shown) < len(first.rules):
        yield f"  and {len(first.rules) - len(shown)} more (--all lists them)"
    for name, group in groups.items():
        yield ""
        yield from _not_telling(name, group)


def as_json(groups: Mapping[str, Frequencies]) -> dict[str, Any]:
    """The numbers of units, by group."""
    return {
        "advisor_rules_sameness": 1,
        "groups": {
            name: {
                "units": group.units,
                "outcomes": {outcome: group.words_of(outcome) for outcome in group.outcomes},
                "findings": {rule: group.fired[rule] for rule in group.rules},
                "always": group.always(),
                "never": group.never(),
                "same_for_all": group.constant(),
            }
            for name, group in groups.items()
        },
    }


def _most_common(groups: Mapping[str, Frequencies], number: int = 15) -> list[str]:
    *_, last = groups.values()
    return [rule for rule, _ in last.fired.most_common(number)]


def _not_telling(name: str, group: Frequencies) -> Iterator[str]:
    constant, always, never = group.constant(), group.always(), group.never()
    if not (constant or always or never):
        yield f"{name}: every rule and outcome tells units apart"
    for what, names in (
        ("outcomes that are the same for all", constant),
        ("rules that fire for all", always),
        ("rules that fire for none", never),
    ):
        if names:
            yield f"{name}: {len(names)} {what}"
            yield from wrap(
                ", ".join(names), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
            )


def _counts(name: str, counts: list[int], groups: Mapping[str, Frequencies]) -> str:
    shares = zip(counts, groups.values(), strict=True)
    return _row(name, [f"{count}  {_percent(count, group.units)}" for count, group in shares])


def _percent(count: int, units: int) -> str:
    return f"{round(100 * count / units) if units else 0:>3}%"


def _row(name: str, cells: list[str]) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{cell:>18}" for cell in cells).rstrip()
