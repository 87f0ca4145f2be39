"""A report for a person and for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from advisor.assurance.verify.obligations import TITLES
from advisor.assurance.verify.run import Report, Result
from advisor.rulebook import Rulebook


def report_lines(report: Report) -> Iterator[str]:
    """A line for each group with its numbers, then everything that does not hold, with its counterexample."""
    for group, title in TITLES.items():
        results = [result for result in report.results if result.obligation.group == group]
        if results:
            yield f"{title:<76} {_count(results)}"
    for result in report.results:
        if result.says != "holds":
            yield ""
            yield f"{result.says.upper()}: {result.obligation.says} ({result.how})"
            if result.counterexample:
                yield from (f"  {line}" for line in result.counterexample.text.splitlines())
    yield ""
    bad = [result for result in report.results if result.says != "holds"]
    undecided = sum(result.says == "undecided" for result in bad)
    if bad:
        yield f"{len(bad) - undecided} violated, {undecided} undecided, of {len(report.results)}"
    else:
        yield f"all {len(report.results)} hold, for every valid profile"


def _count(results: list[Result]) -> str:
    held = sum(result.says == "holds" for result in results)
    return f"{held} of {len(results)}" if held < len(results) else f"{held}"


def report_json(report: Report, rulebook: Rulebook) -> str:
    """The whole report as JSON."""
    frame = rulebook.frame
    document = {
        "advisor_verify": 1,
        "rulebook": {"name": frame.name, "version": frame.version, "digest": rulebook.digest},
        "passed": report.passed,
        "results": [_as_json(result) for result in report.results],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _as_json(result: Result) -> dict[str, Any]:
    about = result.obligation
    return {
        "group": about.group,
        "name": about.name,
        "says": about.says,
        "result": result.says,
        "how": result.how,
        "counterexample": result.counterexample.text if result.counterexample else None,
    }
