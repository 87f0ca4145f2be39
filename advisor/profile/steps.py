"""What has been done of the steps that an earlier advice asked for: by rule, in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.profile.model import STEP_STATES, Frozen, StepReport, StepState
from advisor.profile.render import text_as_yaml
from advisor.profile.texts import read_date, read_fields, read_paragraphs, read_scalar
from advisor.reading import Collector, Mapping, Node, Scalar, did_you_mean, quote

_FORM = ("state", "date", "note")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,99}")


def read_steps(node: Node | None, problems: Collector) -> Frozen[StepReport] | None:
    """Read the reports on steps; none where nothing is reported."""
    if node is None or (isinstance(node, Scalar) and node.empty):
        return None
    if not isinstance(node, Mapping):
        problems.add(node.place, "P005", "steps needs lines of the form 'rule: done' here")
        return None
    reports = {key.text: _report(key, value, problems) for key, value in node.entries}
    return Frozen({name: report for name, report in reports.items() if report}) or None


def _report(key: Scalar, value: Node, problems: Collector) -> StepReport | None:
    if not _NAME.fullmatch(key.text):
        message = f"{quote(key.text)} is no rule; name it by its id or its code, such as no-ledger or GOV-02"
        problems.add(key.place, "P080", message)
    if not isinstance(value, Mapping):
        state = _state(value, key, problems)
        return StepReport(state, place=key.place) if state else None
    fields = read_fields(value, _FORM, f"the step {quote(key.text)}", problems)
    if "state" not in fields:
        problems.add(value.place, "P004", f"the step {quote(key.text)} has no state; write state: done")
        return None
    state = _state(fields["state"], key, problems)
    day = read_date(fields.get("date"), f"the date of {key.text}", problems)
    note = read_paragraphs(fields.get("note"), f"the note on {key.text}", problems)
    return StepReport(state, day, note, place=key.place) if state else None


def _state(node: Node, key: Scalar, problems: Collector) -> StepState | None:
    scalar = read_scalar(node, f"the step {key.text}", problems)
    if scalar is None:
        return None
    if scalar.text not in STEP_STATES:
        hint = f"{did_you_mean(scalar.text, STEP_STATES)}; known are {', '.join(STEP_STATES)}"
        problems.add(scalar.place, "P081", f"{key.text}: {quote(scalar.text)} is no state of a step{hint}")
        return None
    return scalar.text


def steps_as_yaml(steps: Frozen[StepReport]) -> Iterator[str]:
    """The lines under ``steps:``, without their indent."""
    for name, report in steps.items():
        parts = [f"state: {report.state}"]
        parts += [f"date: {report.date.isoformat()}"] if report.date else []
        parts += [f"note: {text_as_yaml(report.note)}"] if report.note else []
        yield f"{name}: {report.state}" if len(parts) == 1 else f"{name}: {{{', '.join(parts)}}}"
