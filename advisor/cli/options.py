"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from advisor.profile import Profile
    from advisor.rulebook import Rulebook

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

rules_option = click.option(
    "--rules", "overlays", multiple=True, metavar="DIR", help="Lay the rulebook in DIR over the shipped one (repeatable)."
)
engine_option = click.option(
    "--engine", type=click.Choice(["rete", "plain"]), default="rete", show_default=True, help="The engine whose result is shown."
)
set_option = click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Try an answer without touching the file (repeatable)."
)
unit_option = click.option("--unit", metavar="NAME", help="Only this unit of the profile.")


def load_rulebook(overlays: tuple[str, ...]) -> Rulebook:
    """The shipped rulebook with the overlays of the command line."""
    from advisor.rulebook import Rulebook

    return Rulebook.load(overlays=[Path(folder) for folder in overlays])


def load_profile(path: str, rulebook: Rulebook, settings: tuple[str, ...] = (), unit: str | None = None) -> Profile:
    """A profile with tried answers, cut down to one unit where one is named."""
    from advisor.profile import read_profile, with_answers

    profile = read_profile(Path(path), rulebook.questions)
    if settings:
        profile = with_answers(profile, dict(map(_setting, settings)), rulebook.questions, unit)
    return profile if unit is None else _only(profile, unit)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"'{text}' is not NAME=VALUE, for instance cases_per_day=250", param_hint="--set")
    return name.strip(), value


def _only(profile: Profile, name: str) -> Profile:
    from dataclasses import replace

    from advisor.reading import did_you_mean

    unit = profile.unit(name)
    if unit is None:
        names = [each.name for each in profile.units]
        hint = did_you_mean(name, names) or f"; there are: {', '.join(names)}"
        raise click.BadParameter(f"the profile has no unit '{name}'{hint}", param_hint="--unit")
    return replace(profile, units=(unit,))


def write_out(text: str, output: str | None) -> None:
    """To standard output, or atomically to a file."""
    if output in (None, "-"):
        click.echo(text, nl=False)
        return
    from advisor.reading import write_atomically

    assert output is not None
    write_atomically(Path(output), text)
