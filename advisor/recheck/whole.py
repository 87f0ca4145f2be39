"""The whole recheck: every unit of an earlier advice against a newer profile."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from advisor.advice import Advice, Adviser
from advisor.advice.expiry import days_after, last_day
from advisor.advice.numbers import as_json
from advisor.advice.recommendations import Recommendation
from advisor.advice.steps import MergedStep, merged_steps
from advisor.advice.wording import filled, shown
from advisor.language import Fact
from advisor.memo.record import EmbeddedStep
from advisor.phrases import phrases_in
from advisor.profile import Profile, StepReport, Unit
from advisor.profile.facts import facts_of
from advisor.reading import InvalidInput, Place, Problem
from advisor.recheck.earlier import Earlier, EarlierUnit, TimeEnd
from advisor.recheck.followed import is_followed
from advisor.recheck.replay import Cause, Fate, Moved, Replay, moved
from advisor.recheck.result import (
    Advised,
    ChangedAnswer,
    EndedByTime,
    NewStep,
    RecheckDocument,
    StepDone,
    UnitRechecked,
)


def recheck(
    earlier: Earlier, profile: Profile, adviser: Adviser, file: Path, picked: str | None = None
) -> RecheckDocument:
    """Follow every unit of an earlier advice to the answers of a newer profile; `file` is that of the earlier one.

    `picked` is the only unit that is left in the profile: of the others nothing is said.
    """
    advice = adviser.advise(profile)
    names = [unit.name for unit in advice.profile.units]
    known = [each.name for each in earlier.units]
    both = [each for each in earlier.units if each.name in names]
    if not both:
        units = f"its units are {', '.join(known)}, those of the profile {', '.join(names)}"
        raise InvalidInput([Problem(Place(str(file)), "A003", f"{units}; give the same name to the same unit")])
    day, first = advice.profile.engagement.date, earlier.date
    expires = None if first is None or earlier.valid_days is None else days_after(first, earlier.valid_days)
    left_out = [name for name in known if picked is not None and name != picked]
    return RecheckDocument(
        earlier=earlier.kind,
        earlier_date=_day(first),
        date=_day(day),
        same_rulebook=earlier.digest == adviser.rulebook.digest,
        expires=_day(expires),
        expired=_is_after(day, expires),
        units=[_Unit(each, names.index(each.name), advice, adviser, earlier).rechecked(expires) for each in both],
        gone=[name for name in known if name not in (*names, *left_out)],
        new=[name for name in names if name not in known],
        left_out=left_out,
    )


class _Unit:
    """One unit, then and now."""

    def __init__(self, earlier: EarlierUnit, place: int, advice: Advice, adviser: Adviser, whole: Earlier) -> None:
        self._earlier, self._rulebook, self._date = earlier, adviser.rulebook, whole.date
        self._now, self._unit = advice.document.units[place], advice.profile.units[place]
        self._today, self._currency = advice.profile.engagement.date, advice.profile.organisation.currency
        self._facts = facts_of(self._unit, self._rulebook)
        self._evaluation, self._engine = advice.units[place].evaluation, adviser.engine
        self._moves = moved(earlier.facts, self._unit, self._facts, self._rulebook)
        is_rulebook = earlier.tells_answers and whole.digest != adviser.rulebook.digest
        otherwise: Cause = "rulebook" if is_rulebook else "unknown"
        replay = Replay(adviser.rulebook, adviser.engine)
        self._fates = replay.fates(self._advised(), earlier.facts, self._facts, self._moves, otherwise)

    def _advised(self) -> list[Recommendation]:
        """The verdict, the uses, the steps."""
        earlier = self._earlier
        leading = [Recommendation("verdict", earlier.verdict)] if earlier.verdict else []
        uses = [Recommendation("pattern", name) for name in earlier.recommended]
        return [*leading, *uses, *(Recommendation("step", each.rules[0], tuple(each.rules)) for each in earlier.steps)]

    def rechecked(self, expires: datetime.date | None) -> UnitRechecked:
        """What there is to say of it; `expires` is the last day of every advice."""
        ends = [each for each in self._earlier.ends if each.kind != "step"]
        last = last_day(expires, (each.day for each in ends))
        advised = [each for each in self._fates if each.recommendation.kind != "step"]
        steps = [each for each in self._fates if each.recommendation.kind == "step"]
        asked = zip(self._earlier.steps, steps, strict=True)
        reported = [fate for step, fate in asked if fate.by and self._is_done(step)]
        done = [each for each in advised if self._is_followed(each, reported)]
        breaking = [each.by for each in advised if each.by and each not in done]
        first = min(breaking, key=self._moves.index, default=None)
        return UnitRechecked(
            unit=self._earlier.name,
            expires=_day(last),
            expired=_is_after(self._today, last),
            ends_by_time=[self._by_time(each) for each in ends],
            verdict_now=self._now.verdict_title,
            uses_now=[self._use(name) for name in self._now.recommended],
            tells_answers=self._earlier.tells_answers,
            changed=[self._changed(each) for each in self._moves],
            broke_first=None if first is None else self._changed(first),
            advised=[self._told(each, each in done) for each in advised],
            steps=[self._done(step, fate) for step, fate in zip(self._earlier.steps, steps, strict=True)],
            new_steps=[self._new(step) for step in merged_steps(self._now, self._rulebook) if self._is_new(step)],
        )

    def _is_followed(self, fate: Fate, reported: Sequence[Fate]) -> bool:
        """Whether it is the verdict and ended because one of the steps reported as done took away its reason."""
        if fate.recommendation.kind != "verdict" or not reported:
            return False
        before = self._engine.evaluate({**self._facts, **self._earlier.facts})
        return any(is_followed(fate, step, before, self._evaluation, self._rulebook) for step in reported)

    def _by_time(self, end: TimeEnd) -> EndedByTime:
        passed = None if end.day is None or self._today is None else self._today >= end.day
        is_verdict = end.kind == "verdict"
        return EndedByTime(
            kind="verdict" if is_verdict else "pattern",
            name=end.name,
            title=self._verdict(end.name) if is_verdict else self._use(end.name),
            on=_day(end.day),
            passed=passed,
            answers=[self._changed(each) for each in end.grown],
            not_moved=[each.question for each in end.grown if passed and self._facts[each.question] == each.before],
        )

    def _told(self, fate: Fate, done: bool) -> Advised:
        name, is_verdict = fate.recommendation.name, fate.recommendation.kind == "verdict"
        uses = ", ".join(self._use(name) for name in self._now.recommended)
        return Advised(
            kind="verdict" if is_verdict else "pattern",
            name=name,
            title=self._verdict(name) if is_verdict else self._use(name),
            stands=fate.stands,
            done=done,
            now=self._now.verdict_title if is_verdict else uses or None,
            cause=fate.cause,
            broken_by=self._by(fate),
        )

    def _verdict(self, name: str) -> str:
        titles = {each.name: each.title for each in self._rulebook.frame.verdicts}
        return titles.get(name) or self._earlier.verdict_title or name

    def _use(self, name: str) -> str:
        return next((each.use or each.title for each in self._rulebook.frame.patterns if each.name == name), name)

    def _by(self, fate: Fate) -> ChangedAnswer | None:
        return None if fate.by is None else self._changed(fate.by)

    def _changed(self, move: Moved) -> ChangedAnswer:
        name, question = move.question, self._rulebook.questions[move.question]
        signature = self._rulebook.scope[name]
        return ChangedAnswer(
            question=name,
            label=question.label or question.ask.rstrip("?"),
            from_=as_json(move.before, signature),
            to=as_json(move.after, signature),
            shown_from=self._shown(name, move.before),
            shown_to=self._shown(name, move.after),
            as_of=_day(move.as_of),
        )

    def _shown(self, name: str, fact: Fact) -> str:
        return shown(name, self._rulebook, {name: fact}, self._currency)

    def _done(self, step: EmbeddedStep, fate: Fate) -> StepDone:
        report = _report(self._unit, step.rules, self._codes(step.rules))
        due = None if self._date is None else days_after(self._date, step.within_days)
        is_open = fate.stands and (report is None or report.state == "started")
        return StepDone(
            rules=step.rules,
            codes=self._codes(step.rules),
            action=step.action,
            owner=step.owner,
            within_days=step.within_days,
            due=_day(due),
            state=None if report is None else report.state,
            date=None if report is None else _day(report.date),
            note=None if report is None else report.note,
            needed=fate.stands,
            ended_by=self._by(fate),
            overdue=None if due is None or self._today is None else is_open and self._today > due,
        )

    def _is_done(self, step: EmbeddedStep) -> bool:
        report = _report(self._unit, step.rules, self._codes(step.rules))
        return report is not None and report.state == "done"

    def _codes(self, rules: Sequence[str]) -> list[str]:
        known = self._rulebook.rules
        return list(dict.fromkeys(code for rule in rules if rule in known and (code := known[rule].code)))

    def _is_new(self, step: MergedStep) -> bool:
        before = {rule for each in self._earlier.steps for rule in each.rules}
        return not before.intersection(step.rules)

    def _new(self, step: MergedStep) -> NewStep:
        said = step.said(phrases_in(self._rulebook.spoken))
        return NewStep(
            rules=list(step.rules),
            codes=self._codes(step.rules),
            action=filled(said, self._rulebook, self._evaluation.facts, self._currency),
            owner=step.remedy.owner,
            within_days=step.remedy.within_days,
        )


_FAR = ("started", "dropped", "done")


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _is_after(day: datetime.date | None, last: datetime.date | None) -> bool | None:
    """Whether a last day has passed; none where one of the two is not known."""
    return None if day is None or last is None else day > last


def _report(unit: Unit, rules: Sequence[str], codes: Sequence[str]) -> StepReport | None:
    """What the profile says of a step, by any of its rules or codes; the one that has come farthest."""
    found = [report for name, report in (unit.steps or {}).items() if name in (*rules, *codes)]
    return max(found, key=lambda each: _FAR.index(each.state), default=None)
