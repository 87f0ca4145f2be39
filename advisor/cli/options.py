"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from advisor.cli import completion

if TYPE_CHECKING:
    from advisor.profile import Profile, Unit
    from advisor.rulebook import Rulebook
    from advisor.rulebook.model import Respondent

Command = Callable[..., None]
WHO: dict[str, Respondent] = {"manager": "manager", "staff": "staff", "data": "data_owner"}
"""The roles as they are typed."""
_MOST_NAMED = 5

for_option = click.option(
    "--for",
    "who",
    type=click.Choice([*WHO]),
    callback=lambda ctx, parameter, word: word and WHO[word],
    help="Only what this person is asked.",
)
rules_option = click.option(
    "--rules",
    "overlays",
    multiple=True,
    metavar="DIR",
    shell_complete=completion.folders,
    help="Lay the rulebook in DIR over the shipped one (repeatable).",
)
language_option = click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="CODE",
    shell_complete=completion.languages,
    help="The language, such as de.",
)
_READING_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["rete", "plain"]),
        default="rete",
        show_default=True,
        help="The engine whose result is shown; the other one checks it.",
    ),
    rules_option,
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        shell_complete=completion.settings,
        help="Try an answer without touching the file (repeatable).",
    ),
    click.option("--unit", metavar="NAME", shell_complete=completion.units, help="Only this unit of the profile."),
)


@dataclass(frozen=True)
class Reading:
    """How profiles are read and evaluated, as the command line says."""

    engine: Literal["rete", "plain"]
    overlays: tuple[str, ...]
    settings: tuple[str, ...]
    unit: str | None
    language: str

    @cached_property
    def rulebook(self) -> Rulebook:
        """The shipped rulebook with the overlays, in the language of the result.

        What overlays set implausibly or do not translate goes to standard error.
        """
        rulebook = load_rulebook(self.overlays)
        spoken = in_language(rulebook, self.language)
        _check_phrases(self.language)
        if self.overlays:
            from advisor.assurance.lint import overlay_warnings

            for warning in overlay_warnings(rulebook, map(Path, self.overlays)):
                click.echo(f"warning: {warning}", err=True)
            _warn_of_untranslated(rulebook, self.language)
        return spoken

    def profile(self, path: str) -> Profile:
        """A profile with tried answers, cut down to one unit where one is named; hints go to standard error."""
        from advisor.profile import check_profile

        profile = self._with_tried_answers(path)
        for hint in check_profile(profile, self.rulebook):
            click.echo(f"warning: {hint}", err=True)
        if self.settings:
            units = ", ".join(unit.name for unit in profile.units)
            click.echo(f"note: tried {' '.join(self.settings)} in {units}; the file is unchanged", err=True)
        return profile

    def _with_tried_answers(self, path: str) -> Profile:
        from advisor.profile import read_profile

        profile = read_profile(Path(path), self.rulebook.questions)
        if self.unit is not None:
            profile = only_unit(self.unit, profile)
        settings = _settings(self.settings)
        if not settings:
            return profile
        from advisor.profile import with_answers

        return with_answers(profile, settings, self.rulebook.questions)


def reading_options(command: Command, language: Callable[[Command], Command] = language_option) -> Command:
    """Give a command the options of `Reading`, and a `Reading` as its argument `reading`.

    `language` is the option by which a command names one, where that is another than usual.
    """

    @wraps(command)
    def with_reading(
        engine: Literal["rete", "plain"],
        overlays: tuple[str, ...],
        settings: tuple[str, ...],
        unit: str | None,
        language: str,
        **others: Any,
    ) -> None:
        command(reading=Reading(engine, overlays, settings, unit, language), **others)

    decorated: Command = with_reading
    for option in reversed((*_READING_OPTIONS, language)):
        decorated = option(decorated)
    return decorated


def load_rulebook(overlays: tuple[str, ...]) -> Rulebook:
    """The shipped rulebook with `overlays` laid over it."""
    from advisor.rulebook import Rulebook

    return Rulebook.load(overlays=[Path(folder) for folder in overlays])


def in_language(rulebook: Rulebook, code: str) -> Rulebook:
    """The rulebook with its texts in the language that `--language` names."""
    from advisor.reading import did_you_mean

    if code not in rulebook.languages:
        hint = did_you_mean(code, rulebook.languages) or f"; there are: {', '.join(sorted(rulebook.languages))}"
        raise click.BadParameter(f"'{code}' is not known{hint}", param_hint="--language")
    return rulebook.in_language(code)


def _check_phrases(code: str) -> None:
    """Refuse a language that a rulebook speaks, but the program does not."""
    from advisor.phrases import languages

    if code not in languages():
        spoken = ", ".join(languages())
        raise click.BadParameter(f"results cannot be written in '{code}'; there are: {spoken}", param_hint="--language")


def _warn_of_untranslated(rulebook: Rulebook, code: str) -> None:
    """Say what a rulebook does not say in a language: it stands in the result as it is."""
    from advisor.rulebook.languages import untranslated

    missing = [name for _, name, _ in untranslated(rulebook.languages[code], rulebook)]
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (", …" if len(missing) > _MOST_NAMED else "")
        click.echo(f"warning: not translated into '{code}', so shown as it stands: {named}", err=True)


def _settings(texts: tuple[str, ...]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for name, value in map(_setting, texts):
        if name in settings:
            raise click.BadParameter(f"'{name}' is set twice; give it one value", param_hint="--set")
        settings[name] = value
    return settings


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(f"'{text}' is not NAME=VALUE, for instance cases_per_day=250", param_hint="--set")
    return name.strip(), value


def only_unit(name: str, profile: Profile) -> Profile:
    """The profile cut down to the unit that `--unit` names."""
    from dataclasses import replace

    return replace(profile, units=(unit_option(name, profile),))


def unit_option(name: str | None, profile: Profile) -> Unit:
    """The unit that `--unit` names; without a name the only one."""
    from advisor.reading import did_you_mean

    names = [unit.name for unit in profile.units]
    if name is None and len(names) > 1:
        raise click.BadParameter(f"the profile has several units: {', '.join(names)}; name one", param_hint="--unit")
    unit = profile.units[0] if name is None else profile.unit(name)
    if unit is None:
        hint = did_you_mean(name or "", names) or f"; there are: {', '.join(names)}"
        raise click.BadParameter(f"the profile has no unit '{name}'{hint}", param_hint="--unit")
    return unit
