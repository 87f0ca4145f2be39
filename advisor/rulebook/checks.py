"""Reading the checks between answers."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.language import Scope, names_in
from advisor.language.check import check
from advisor.language.syntax import ExpressionError
from advisor.reading import Collector
from advisor.rulebook.constants import settled_parts
from advisor.rulebook.constraint import EXPRESSION, Constraint
from advisor.rulebook.model import Check
from advisor.rulebook.sheet import Sheet

ANSWER = "answer"
"""What a check that holds for every question of a unit calls the question."""


def read_constraints(sheet: Sheet, problems: Collector) -> tuple[Constraint, ...]:
    """The checks of a rulebook, one for each question where they hold for a unit; notes what is wrong with them."""
    return tuple(each for stated in sheet.checks.values() for each in _constraints(stated, sheet, problems))


def _constraints(stated: Check, sheet: Sheet, problems: Collector) -> Iterator[Constraint]:
    place = sheet.places["checks"][stated.id]
    plain = {name: known for name, known in sheet.scope.items() if known.origin in ("question", "parameter")}
    scopes: list[Scope] = [plain]
    if stated.of_unit is not None:
        of_unit = [name for name, question in sheet.questions.items() if question.unit == stated.of_unit]
        scopes = [{**plain, ANSWER: sheet.scope[name]} for name in of_unit]
        if not of_unit:
            problems.add(place, "R005", f"'{stated.id}': no question has the unit '{stated.of_unit}'")
    for scope in scopes:
        try:
            condition = check(stated.when, scope, "truth")
            texts = EXPRESSION.findall(f"{stated.says} {stated.remedy}")
            shown = {text: check(text, scope, "number") for text in texts}
        except ExpressionError as error:
            problems.add(place, error.code, f"{stated.id}: {error.message}")
            return
        settled = list(settled_parts(condition))
        if settled and stated.of_unit is not None:
            continue  # the bounds of this question already say it
        for each in settled:
            problems.add(place, "R012", f"{stated.id}: {each}")
        questions = tuple(name for name, known in names_in(condition).items() if known.origin == "question")
        yield Constraint(stated, condition, questions, shown)
