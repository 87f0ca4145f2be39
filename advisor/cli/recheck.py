"""`advisor recheck`: an earlier advice against a newer profile."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import completion
from advisor.cli.exits import Findings
from advisor.cli.options import Reading, reading_options
from advisor.cli.terminal import width

if TYPE_CHECKING:
    from advisor.phrases import Phrases
    from advisor.recheck.result import (
        Advised,
        ChangedAnswer,
        EndedByTime,
        NewStep,
        RecheckDocument,
        StepDone,
        UnitRechecked,
    )

_LABEL = 15
_LANGUAGE = click.option(
    "--language",
    default="",
    metavar="CODE",
    shell_complete=completion.languages,
    help="The language, such as de; if none is named, that of OLD.",
)
_EXAMPLES = """
\b
Examples:
  advisor recheck memo.docx client.yaml
  advisor recheck advice.json client.yaml --format json
  advisor recheck memo.pdf client.yaml --set error_rate_pct=5     (what would end)
  advisor recheck memo.docx client.yaml || echo "look again"
"""


@click.command("recheck", epilog=_EXAMPLES)
@click.argument("earlier", metavar="OLD", shell_complete=completion.files)
@click.argument("profile", metavar="PROFILE", shell_complete=completion.files)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the result is written.",
)
@partial(reading_options, language=_LANGUAGE)
def command(earlier: str, profile: str, reading: Reading, form: str) -> None:
    """Say what has become of an earlier advice, by the answers of a newer PROFILE.

    OLD is a memo of any format that carries its record, or what 'advisor assess --format json' wrote. Which answer
    ended something first (by the dates of the answers), what ends, what stands, what was done of the steps ('steps:'
    in the profile), and whether the advice has expired, by its days or by time alone. With --unit nothing is said of
    the other units. Exit code 0: everything stands; 1: something ends, done or not, or has expired.
    """
    from advisor.advice import Adviser
    from advisor.phrases import phrases_in
    from advisor.recheck import open_earlier, recheck

    file = open_earlier(Path(earlier))
    reading = replace(reading, language=reading.language or file.language)
    found = recheck(
        file.read_by(reading.rulebook),
        reading.profile(profile),
        Adviser(reading.rulebook, reading.engine),
        file.path,
        reading.unit,
    )
    if form == "json":
        click.echo(found.to_json(), nl=False)
    else:
        for line in _Report(phrases_in(reading.rulebook.spoken)).lines(earlier, profile, found):
            click.echo(line)
    if not found.stands:
        raise Findings


@dataclass(frozen=True, slots=True)
class _Report:
    """Writes what was found for people at a terminal."""

    say: Phrases

    def lines(self, earlier: str, profile: str, found: RecheckDocument) -> Iterator[str]:
        """The whole report."""
        first, second = (
            self.say("recheck.of_day", day=self._day(day)) if day else "" for day in (found.earlier_date, found.date)
        )
        yield self.say("recheck.head", earlier=earlier, first=first, profile=profile, second=second)
        if not found.same_rulebook:
            yield from self._field("recheck.rulebook", self.say("recheck.other_rulebook"))
        yield from self._field("recheck.until", self._expiry(found))
        for name in found.gone:
            yield from self._field("recheck.gone", self.say("recheck.gone_unit", unit=name))
        for name in found.left_out:
            yield from self._field("recheck.left_out", self.say("recheck.left_out_unit", unit=name))
        for name in found.new:
            yield from self._field("recheck.new", self.say("recheck.new_unit", unit=name))
        for unit in found.units:
            yield ""
            yield click.style(unit.unit, underline=True)
            yield from self._unit(unit)

    def _expiry(self, found: RecheckDocument) -> str:
        known = [unit.expires for unit in found.units if unit.expires]
        if not known:
            return self.say("recheck.no_validity" if found.earlier_date else "recheck.no_date")
        last = max(known)
        is_past = found.date is not None and found.date > last
        key = "not_known" if found.date is None else "expired" if is_past else "valid"
        said = self.say(f"recheck.{key}", day=self._day(last))
        said = self.say("recheck.not_all", said=said) if min(known) != last else said
        return self.say("recheck.not_dated", said=said) if len(known) < len(found.units) else said

    def _until(self, each: EndedByTime) -> str:
        """When time alone ends it, and whether the newer profile goes on as if none had passed."""
        key = "recheck.grown" if each.passed else "recheck.grows"
        answers = self.say.listed([self.say(key, label=one.label, value=one.shown_to) for one in each.answers])
        words = {"title": self.say(f"recheck.{each.kind}", title=each.title), "answers": answers}
        if each.on is None:
            return self.say("recheck.ends_undated", **words)
        said = self.say("recheck.ended_on" if each.passed else "recheck.ends_on", day=self._day(each.on), **words)
        same = [self._not_moved(one) for one in each.answers if one.question in each.not_moved]
        return self.say("recheck.not_moved", said=said, answers=self.say.listed(same)) if same else said

    def _not_moved(self, answer: ChangedAnswer) -> str:
        return self.say("recheck.as_before", label=answer.label, value=answer.shown_from)

    def _unit(self, unit: UnitRechecked) -> Iterator[str]:
        yield from self._fields("recheck.until", map(self._until, unit.ends_by_time))
        if unit.broke_first:
            yield from self._field("recheck.broke_first", self._change(unit.broke_first))
        for each in (each for each in unit.advised if not each.stands):
            yield from self._field(
                "recheck.completed" if each.done else "recheck.falls", self._fallen(each), _colour(each)
            )
        for each in (each for each in unit.advised if each.stands):
            yield from self._field("recheck.stands", self._title(each))
        if not unit.advised:
            yield from self._field("recheck.stands", self.say("recheck.nothing_advised"))
        yield from self._fields("recheck.answers", map(self._change, unit.changed))
        if not unit.changed:
            key = "recheck.none_changed" if unit.tells_answers else "recheck.none_told"
            yield from self._field("recheck.answers", self.say(key))
        yield from self._fields("recheck.steps", map(self._step, unit.steps))
        yield from self._fields("recheck.new_steps", map(self._new_step, unit.new_steps))

    def _change(self, each: ChangedAnswer) -> str:
        values = {"label": each.label, "now": each.shown_to, "before": each.shown_from, "question": each.question}
        if each.as_of is None:
            return self.say("recheck.change", **values)
        return self.say("recheck.change_dated", day=self._day(each.as_of), **values)

    def _title(self, each: Advised) -> str:
        return self.say(f"recheck.{each.kind}", title=each.title)

    def _fallen(self, each: Advised) -> str:
        change = self._change(each.broken_by) if each.broken_by else ""
        why = self.say(f"recheck.by_{each.cause}", change=change)
        now = each.now or self.say("recheck.no_verdict" if each.kind == "verdict" else "recheck.no_use")
        return self.say("recheck.fallen", title=self._title(each), now=now, why=why)

    def _step(self, step: StepDone) -> str:
        names, key = _names(step.codes or step.rules), "recheck.step_noted" if step.note else "recheck.step"
        return self.say(key, state=self._state(step), action=step.action, names=names, owner=step.owner, note=step.note)

    def _new_step(self, step: NewStep) -> str:
        return self.say("recheck.new_step", action=step.action, names=_names(step.codes or step.rules))

    def _state(self, step: StepDone) -> str:
        state = self.say(f"recheck.{step.state or 'not_reported'}")
        if step.date:
            state = self.say("recheck.on_day", state=state, day=self._day(step.date))
        if step.state in ("done", "dropped"):
            return self.say("recheck.doubtful", state=state) if step.state == "done" and step.needed else state
        if not step.needed:
            return self.say("recheck.not_needed")
        if step.due is None:
            return self.say.count("recheck.due_within", step.within_days, state=state)
        return self.say("recheck.overdue" if step.overdue else "recheck.due", state=state, day=self._day(step.due))

    def _day(self, day: str) -> str:
        return self.say.date(date.fromisoformat(day), "medium")

    def _fields(self, label: str, texts: Iterable[str]) -> Iterator[str]:
        """Texts below each other, the first one beside the label."""
        for place, text in enumerate(texts):
            yield from _wrapped("" if place else self.say(label), text)

    def _field(self, label: str, text: str, colour: str | None = None) -> Iterator[str]:
        yield from _wrapped(self.say(label), text, colour)


def _colour(each: Advised) -> str:
    return "green" if each.done else "red"


def _names(names: list[str]) -> str:
    return ", ".join(names)


def _wrapped(label: str, text: str, colour: str | None = None) -> list[str]:
    """A text beside its label, on as many lines as it takes."""
    lines = textwrap.wrap(
        text,
        max(width(), 40),
        initial_indent=label.ljust(_LABEL),
        subsequent_indent=" " * _LABEL,
        break_on_hyphens=False,
    )
    lines[0] = lines[0].replace(label, click.style(label, fg=colour), 1) if colour else lines[0]
    return lines
