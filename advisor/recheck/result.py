"""What a recheck found, as data: what `advisor recheck --format json` prints. Unknown is null, dates are texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal

from advisor.recheck.replay import Cause
from advisor.rulebook.field_types import part, written_name


@part
class ChangedAnswer:
    """An answer that is another one now; `as_of` is the date that the newer profile gives it."""

    question: str
    label: str
    from_: Any
    to: Any
    shown_from: str
    shown_to: str
    as_of: str | None


@part
class EndedByTime:
    """A verdict or a use of the hours that time alone ends, as the earlier file tells it.

    `on` is the first day on which it does not hold any more, null where the earlier file names none; `passed` says
    whether that day has come by the newer profile's date, null where one of the two is not known. `not_moved` are the
    questions whose answers the newer profile still gives as they were then, though the day has come. The `as_of` of
    `answers` is that day.
    """

    kind: Literal["verdict", "pattern"]
    name: str
    title: str
    on: str | None
    passed: bool | None
    answers: list[ChangedAnswer]
    not_moved: list[str]


@part
class Advised:
    """A verdict or a use of the hours that was advised: whether it stands, what broke it.

    `now` is what is advised now; null where nothing is. `done` says of a verdict that it does not stand because it was
    followed: a step that is reported as done took away its reason, and nothing else came up
    (`advisor.recheck.followed`). A use of the hours is never done.
    """

    kind: Literal["verdict", "pattern"]
    name: str
    title: str
    stands: bool
    done: bool
    now: str | None
    cause: Cause | None
    broken_by: ChangedAnswer | None


@part
class StepDone:
    """A step that was asked for: what the newer profile reports on it, and whether its reason still holds.

    `state` is null where nothing is reported; `overdue` is null where it has no date by which it is due.
    """

    rules: list[str]
    codes: list[str]
    action: str
    owner: str
    within_days: int
    due: str | None
    state: Literal["started", "done", "dropped"] | None
    date: str | None
    note: str | None
    needed: bool
    ended_by: ChangedAnswer | None
    overdue: bool | None


@part
class NewStep:
    """A step that is asked for now and was not before."""

    rules: list[str]
    codes: list[str]
    action: str
    owner: str
    within_days: int


@part
class UnitRechecked:
    """One unit. `broke_first` is the first changed answer, in the order of dates, that broke something advised.

    One that ended a verdict because it was followed did not break it.
    `tells_answers` says whether the earlier file has all answers, as those of the first versions had not; only what it
    tells can be among the changed ones. `expires` is the last day on which its advice was to stand, by the days of
    every advice or by time alone (`ends_by_time`), whichever is earlier; `expired` is null where one of the dates is
    not known.
    """

    unit: str
    expires: str | None
    expired: bool | None
    ends_by_time: list[EndedByTime]
    verdict_now: str | None
    uses_now: list[str]
    tells_answers: bool
    changed: list[ChangedAnswer]
    broke_first: ChangedAnswer | None
    advised: list[Advised]
    steps: list[StepDone]
    new_steps: list[NewStep]


@part
class RecheckDocument:
    """An earlier advice against a newer profile.

    `expires` is what every advice of that rulebook stands for; single units may say an earlier day. `expired` is null
    where one of the two dates is not known; `gone` and `new` are units that only one of them has, `left_out` those that
    were not looked at, since another one was picked.
    """

    advisor_recheck: Literal[1] = 1
    earlier: Literal["memo", "advice"]
    earlier_date: str | None
    date: str | None
    same_rulebook: bool
    expires: str | None
    expired: bool | None
    units: list[UnitRechecked]
    gone: list[str]
    new: list[str]
    left_out: list[str]

    @property
    def stands(self) -> bool:
        """Whether everything that was advised still stands and has not expired."""
        expired = self.expired or any(unit.expired for unit in self.units)
        return not (expired or self.gone or any(not each.stands for unit in self.units for each in unit.advised))

    def to_json(self) -> str:
        """The same bytes on every run."""
        fields = asdict(self, dict_factory=lambda items: {written_name(name): value for name, value in items})
        return json.dumps(fields, indent=2, ensure_ascii=False) + "\n"
