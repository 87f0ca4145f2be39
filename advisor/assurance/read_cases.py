"""Reading `*.cases.yaml`: answers as in a profile, names as in the rulebook, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.assurance.cases import Case
from advisor.assurance.read_expected import Expectations
from advisor.profile import Unit, read_answers, unit_errors
from advisor.profile.texts import read_fields, read_items, read_paragraphs, read_required_text
from advisor.reading import Collector, InvalidInput, Mapping, Node, Place, compose, quote, read_text
from advisor.rulebook import Rulebook

ENDING = ".cases.yaml"
CASE = ("name", "about", "given", "expect")


def case_files(folders: Iterable[Path]) -> list[Path]:
    """The case files in and below the folders (or the files themselves), in the order of their paths."""
    found: dict[Path, Path] = {}
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob(f"*{ENDING}")):
            found.setdefault(path.resolve(), path)
    return list(found.values())


def read_cases(folders: Iterable[Path], rulebook: Rulebook) -> list[Case]:
    """Every case below the folders; raises `InvalidInput` with all problems of all files."""
    problems, folders = Collector(), list(folders)
    cases = [case for path in case_files(folders) for case in _read_file(path, rulebook, problems)]
    if not cases and not len(problems):
        where = ", ".join(map(str, folders))
        problems.add(Place(where), "X006", f"holds no case; write one into a file that ends in {ENDING}")
    _check_names(cases, problems)
    problems.stop_if_any()
    return cases


def _read_file(path: Path, rulebook: Rulebook, problems: Collector) -> Iterator[Case]:
    try:
        document = compose(read_text(path), str(path), problems)
    except InvalidInput as error:
        problems.add_all(error.problems)
        return
    if not isinstance(document, Mapping) or document.get("cases") is None:
        problems.add(document.place, "X001", "a case file holds 'cases:' and under it a list of cases")
        return
    fields = read_fields(document, ("cases",), "a case file", problems)
    for item in read_items(fields["cases"], "cases", problems):
        case = _read_case(item, rulebook, problems)
        if case:
            yield case


def _read_case(node: Node, rulebook: Rulebook, problems: Collector) -> Case | None:
    fields = read_fields(node, CASE, "a case", problems)
    if not isinstance(node, Mapping):
        return None
    name = read_required_text(fields.get("name"), node.place, "the name of the case", problems)
    before, expectations = len(problems), Expectations(rulebook, problems)
    expected = tuple(expectations.read(fields["expect"])) if "expect" in fields else ()
    if not expected and len(problems) == before:
        problems.add(node.place, "X005", f"the case {quote(name)} expects nothing; name something under 'expect:'")
    answers = read_answers(fields.get("given"), rulebook.questions, problems)
    problems.add_all(unit_errors(Unit(name, answers), rulebook))
    return Case(
        name=name,
        answers=answers,
        expected=expected,
        place=node.place,
        about=read_paragraphs(fields.get("about"), "about", problems),
    )


def _check_names(cases: Iterable[Case], problems: Collector) -> None:
    first: dict[str, Place] = {}
    for case in cases:
        if case.name in first:
            problems.add(case.place, "X004", f"{quote(case.name)} is already in {first[case.name]}; rename one")
        first.setdefault(case.name, case.place)
