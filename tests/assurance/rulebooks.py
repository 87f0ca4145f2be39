"""The shipped rulebook with a few cases or rules beside it, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from advisor.assurance import Case, CaseResult, read_cases, run_cases
from advisor.reading import InvalidInput
from advisor.rulebook import Rulebook

SHIPPED = Rulebook.load()


def written(folder: Path, text: str, name: str = "some.cases.yaml") -> Path:
    """A file in the folder; the text may be indented."""
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def cases_of(folder: Path, text: str) -> list[Case]:
    return read_cases([written(folder, text)], SHIPPED)


def results_of(folder: Path, text: str) -> list[CaseResult]:
    return list(run_cases(cases_of(folder, text), SHIPPED))


def problems_of(folder: Path, text: str) -> list[str]:
    try:
        cases_of(folder, text)
    except InvalidInput as error:
        return [f"{problem.place.line} {problem.code}" for problem in error.problems]
    return []
