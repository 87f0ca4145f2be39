"""Reading the checks between answers."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.language import Scope, names_in
from advisor.language.check import check
from advisor.language.syntax import ExpressionError
from advisor.reading import Collector, did_you_mean
from advisor.rulebook.constants import settled_parts
from advisor.rulebook.constraint import EXPRESSION, Constraint
from advisor.rulebook.model import Check
from advisor.rulebook.sheet import Sheet

ANSWER = "answer"
"""What a check that holds for several questions alike calls the question."""


def read_constraints(sheet: Sheet, problems: Collector) -> tuple[Constraint, ...]:
    """The checks of a rulebook, one for each question where they hold for several; notes what is wrong with them."""
    return tuple(each for stated in sheet.checks.values() for each in _constraints(stated, sheet, problems))


def _constraints(stated: Check, sheet: Sheet, problems: Collector) -> Iterator[Constraint]:
    place = sheet.places["checks"][stated.id]
    plain = {name: known for name, known in sheet.scope.items() if known.origin in ("question", "parameter")}
    scopes: list[Scope] = [plain]
    alike = stated.of or stated.of_unit is not None
    if alike:
        scopes = [{**plain, ANSWER: sheet.scope[name]} for name in _questions(stated, sheet, problems)]
    elif stated.but_for is not None:
        said = f"'{stated.id}': 'but_for' leaves out questions of 'of' or 'of_unit', and there is neither; remove it"
        problems.add(place, "R005", said)
    for scope in scopes:
        try:
            condition = check(stated.when, scope, "truth")
            texts = EXPRESSION.findall(f"{stated.says} {stated.remedy}")
            shown = {text: check(text, scope, "number") for text in texts}
        except ExpressionError as error:
            problems.add(place, error.code, f"{stated.id}: {error.message}")
            return
        settled = list(settled_parts(condition))
        if settled and alike:
            continue  # the bounds of this question already say it
        for each in settled:
            problems.add(place, "R012", f"{stated.id}: {each}")
        questions = tuple(name for name, known in names_in(condition).items() if known.origin == "question")
        yield Constraint(stated, condition, questions, shown)


def _questions(stated: Check, sheet: Sheet, problems: Collector) -> list[str]:
    """The questions for each of which a check holds; notes what there is none of."""
    place, asked = sheet.places["checks"][stated.id], sheet.questions
    for name in stated.of:
        if name not in asked:
            problems.add(place, "R005", f"'{stated.id}': there is no question '{name}'{did_you_mean(name, asked)}")
    named = _named(stated, sheet)
    if stated.of_unit is not None and all(asked[name].unit != stated.of_unit for name in asked):
        problems.add(place, "R005", f"'{stated.id}': no question has the unit '{stated.of_unit}'")
    if stated.but_for is None:
        return named
    other = sheet.checks.get(stated.but_for)
    if other is None:
        hint = did_you_mean(stated.but_for, sheet.checks)
        problems.add(place, "R005", f"'{stated.id}': there is no check '{stated.but_for}'{hint}")
        return []
    if other.but_for is not None or not (other.of or other.of_unit is not None):
        said = (
            f"'{stated.id}': the check '{other.id}' in 'but_for' needs 'of' or 'of_unit', and no 'but_for' of its own"
        )
        problems.add(place, "R005", said)
        return []
    left = _named(other, sheet)
    return [name for name in named if name not in left]


def _named(stated: Check, sheet: Sheet) -> list[str]:
    """The questions that a check names itself or by their unit, each once."""
    asked = sheet.questions
    of_unit = [name for name in asked if stated.of_unit is not None and asked[name].unit == stated.of_unit]
    return list(dict.fromkeys(name for name in (*stated.of, *of_unit) if name in asked))
