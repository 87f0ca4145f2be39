"""The condition under which a question applies, in words for somebody who has the questionnaire on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from advisor.intake.texts import Texts
from advisor.interview.titles import Titles
from advisor.language import Node, nodes
from advisor.language.constants import constant
from advisor.language.written import written


def only_if(name: str, titles: Titles, texts: Texts) -> str:
    """Such as "Stage of the AI step: Pilot or Live"; nothing where the question always applies."""
    step = titles.rulebook.question_steps.get(name)
    return "" if step is None or step.applies_when is None else _in_words(step.applies_when, titles, texts)


def _in_words(node: Node, titles: Titles, texts: Texts) -> str:
    match node:
        case nodes.All(operands):
            return "; ".join(_in_words(each, titles, texts) for each in operands)
        case nodes.Some(operands):
            return f"; {texts.or_word} ".join(_in_words(each, titles, texts) for each in operands)
        case nodes.ChoiceIn(nodes.Name() as name, choices):
            return _said(name, _choices(name, choices, titles, texts), titles)
        case nodes.Name() if node.signature.kind == "truth":
            return _said(node, titles.wording.yes_word, titles)
        case nodes.TruthIs(name, value):
            return _said(name, titles.cell(value, titles.question(name.signature.name)), titles)
        case nodes.Compare(op, nodes.Name() as name, end) if op in _SAYS and constant(end) is not None:
            number = titles.reader.shown(_decimal(end))
            return _said(name, getattr(texts, _SAYS[op]).format(number=number), titles)
        case _:
            return written(node)


def _decimal(node: Node) -> Decimal:
    value = constant(node)
    assert value is not None
    return Decimal(value.numerator) / value.denominator


_SAYS = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}


def _said(name: nodes.Name, what: str, titles: Titles) -> str:
    return f"{titles.label(name.signature.name)}: {what}"


def _choices(name: nodes.Name, chosen: Iterable[str], titles: Titles, texts: Texts) -> str:
    labels = [each.label for each in titles.question(name.signature.name).choices if each.value in chosen]
    return f" {texts.or_word} ".join(re.split("[:,]", label)[0] for label in labels)
