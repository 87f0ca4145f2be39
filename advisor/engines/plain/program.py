"""Steps of a rulebook as one Python function.

Each name becomes a local variable, each rule one conditional expression over its two rails. A name whose firm reading
can differ gets a second variable: the ending is ``_A`` for the assumed reading, ``_F`` for the firm one. Numbers stay
integers; what divides by a name is an exact fraction until it is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from advisor.engines.plain.compiled import End, Program
from advisor.language import Node, Signature, lower
from advisor.language.source import Ends, Rails, SourceAlgebra
from advisor.rulebook import Rulebook
from advisor.rulebook.plan import (
    FindingStep,
    GroupStep,
    MeasureStep,
    QuestionStep,
    RuleStep,
    SelectionStep,
    Step,
    key_of_name,
)


def compile_steps(rulebook: Rulebook, steps: Iterable[Step], *, with_terms: bool = False) -> Program:
    """The function that takes `Working` through `steps`; with the score terms if asked for."""
    writer = ProgramWriter(rulebook)
    for step in steps:
        writer.step(step)
    if with_terms:
        writer.terms()
    return writer.program()


def rule_variable(rule: str, firm: bool) -> str:
    """How a rule is called in the source; the capital keeps `a` in the firm reading apart from a rule `a-f`."""
    return f"r_{rule.replace('-', '_')}_{'F' if firm else 'A'}"


def name_variable(name: str, firm: bool) -> str:
    """How a name is called in the source; the capital keeps the low end `n_A_l` of `n` apart from a name `n_l`."""
    return f"v_{name}_{'F' if firm else 'A'}"


class ProgramWriter:
    """Writes the statements of one function and notes which variables they read and set.

    The function changes `Working` in place and returns the tuples that were asked for with `give`.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.algebra = SourceAlgebra(lambda signature: self._variable(signature, False))
        self.lines = self.algebra.statements
        self.reads: dict[str, str] = {}
        self.set: set[str] = set()
        self.facts: dict[str, str] = {}
        self.firm: dict[str, str] = {}
        self.truth: dict[str, str] = {}
        self.firm_truth: dict[str, str] = {}
        self.term_lines: dict[str, str] = {}
        self.given: list[str] = []
        self._written: dict[str, str] = {}

    def step(self, step: Step) -> None:
        """Write one step in the assumed reading and, where it can differ, in the firm one."""
        match step:
            case RuleStep():
                self._readings(f"rule:{step.rule}", lambda firm: self._rule(step, firm))
            case MeasureStep():
                self._readings(step.name, lambda firm: self._measure(step, firm))
            case QuestionStep():
                self._readings(step.name, lambda firm: self._question(step, firm))
            case FindingStep():
                self._readings(step.name, lambda firm: self._finding(step, firm))
            case GroupStep():
                self._readings(f"group:{step.group}", lambda firm: self._group(step, firm))
            case SelectionStep():
                raise ValueError("the selection is no part of a program")

    def terms(self) -> None:
        """Write the terms of every score, in the firm reading."""
        for pattern, score in self.rulebook.scores.items():
            parts = []
            for term, node in zip(score.terms, self.rulebook.terms[pattern], strict=True):
                ends: Ends = self._lowered(node, firm=True)
                scale = 10**term.decimals
                parts.append(f"({_rounded(ends.low, scale, ends.scale)}, {_rounded(ends.high, scale, ends.scale)})")
            self.term_lines[pattern] = f"({', '.join(parts)},)"

    def end(self, signature: Signature, which: End, firm: bool) -> str:
        """The source of one end of a number as a whole number."""
        end = "l" if which in ("low", "bottom") else "h"
        absent = "or_lowest" if which in ("low", "top") else "or_highest"
        return f"{absent}({self._variable(signature, firm)}_{end})"

    def three(self, node: Node, firm: bool) -> str:
        """The source of a condition as 1 (certainly true), 0 (certainly false) or 2."""
        rails: Rails = self._lowered(node, firm)
        return f"(1 if {rails.true} else 0 if {rails.false} else 2)"

    def give(self, values: Iterable[str]) -> None:
        """Let the function return these values as one more tuple."""
        self.given.append(f"({''.join(f'{value}, ' for value in values)})")

    def program(self) -> Program:
        """Compile what was written."""
        inputs = [source for name, source in self.reads.items() if name not in self.set]
        outputs = {
            "facts": self.facts,
            "firm": self.firm,
            "truth": self.truth,
            "firm_truth": self.firm_truth,
            "terms": self.term_lines,
        }
        body = [
            "facts, firm, truth, firm_truth, terms = w.facts, w.firm, w.truth, w.firm_truth, w.terms",
            *inputs,
            *self.lines,
            # one by one: an update with all of them at once builds a second dictionary and takes twice as long
            *(f"{table}[{name!r}] = {value}" for table, values in outputs.items() for name, value in values.items()),
            f"return ({''.join(f'{each}, ' for each in self.given)})",
        ]
        source = "def program(w):\n" + "\n".join(f"    {line}" for line in body) + "\n"
        return Program(compile(source, "<rulebook>", "exec"), self.algebra.constants)

    def _readings(self, key: str, write: Callable[[bool], None]) -> None:
        write(False)
        if key in self.rulebook.assumed:
            write(True)

    def _variable(self, signature: Signature, firm: bool) -> str:
        key = key_of_name(signature)
        reading = firm and key in self.rulebook.assumed
        variable = name_variable(signature.name, reading)
        source = "firm" if reading else "facts"
        ends = f"{variable}_l, {variable}_h" if signature.kind == "number" else variable
        self.reads.setdefault(variable, f"{ends} = {source}[{signature.name!r}]")
        return variable

    def _lowered(self, node: Node, firm: bool) -> Any:
        algebra = SourceAlgebra(lambda signature: self._variable(signature, firm), firm)
        algebra.share(self.algebra)
        return lower(node, algebra)

    def _assign(self, target: str, source: str) -> None:
        """Set a variable, from an earlier one where that was set to the same."""
        self.lines.append(f"{target} = {self._written.get(source, source)}")
        self._written.setdefault(source, target)

    def _question(self, step: QuestionStep, firm: bool) -> None:
        signature = self.rulebook.scope[step.name]
        variable = name_variable(step.name, firm)
        is_number = signature.kind == "number"
        target = f"{variable}_l, {variable}_h" if is_number else variable
        if step.applies_when is None and step.follows_from is None:
            return
        raw = f"facts[{step.name!r}]"
        unanswered = f"{raw} == (-INF, INF)" if is_number else f"{raw} is None"
        inapplicable, follows = "NO_NUMBER" if is_number else "'n/a'", raw
        if step.follows_from is not None:
            follows = self._as_fact(self._lowered(step.follows_from, firm), signature)
        if step.applies_when is not None:
            applies: Rails = self._lowered(step.applies_when, firm)
            follows = f"{inapplicable} if {applies.false} else {follows}"
        self.set.add(variable)
        self._assign(target, f"({follows}) if {unanswered} else {raw}")
        self._note(signature, variable, firm)

    def _as_fact(self, lowered: Any, signature: Signature) -> str:
        if isinstance(lowered, Ends):
            low, high = (_rounded(end, signature.scale, lowered.scale) for end in (lowered.low, lowered.high))
            return f"({low}, {high})"
        return _three(lowered) if isinstance(lowered, Rails) else str(lowered)

    def _measure(self, step: MeasureStep, firm: bool) -> None:
        signature = self.rulebook.scope[step.name]
        lowered = self._lowered(step.formula, firm)
        variable = name_variable(step.name, firm)
        if isinstance(lowered, Ends):
            low, high = (_rounded(end, signature.scale, lowered.scale) for end in (lowered.low, lowered.high))
            self._assign(f"{variable}_l, {variable}_h", f"{low}, {high}")
        else:
            self._assign(variable, self._as_fact(lowered, signature))
        self.set.add(variable)
        self._note(signature, variable, firm)

    def _rule(self, step: RuleStep, firm: bool) -> None:
        variable = rule_variable(step.rule, firm)
        self._assign(variable, _three(self._lowered(step.condition, firm)))
        self.set.add(variable)
        (self.firm_truth if firm else self.truth)[step.rule] = variable

    def _rule_read(self, rule: str, firm: bool) -> str:
        reading = firm and f"rule:{rule}" in self.rulebook.assumed
        variable = rule_variable(rule, reading)
        self.reads.setdefault(variable, f"{variable} = {'firm_truth' if reading else 'truth'}[{rule!r}]")
        return variable

    def _finding(self, step: FindingStep, firm: bool) -> None:
        variable = name_variable(step.name, firm)
        rules = [self._rule_read(rule, firm) for rule in step.rules]
        true, false = (
            " or ".join(f"{rule} is True" for rule in rules),
            " and ".join(f"{rule} is False" for rule in rules),
        )
        self.lines.append(f"{variable} = {rules[0] if len(rules) == 1 else _three(Rails(true, false))}")
        self.set.add(variable)
        self._note(self.rulebook.scope[step.name], variable, firm)

    def _group(self, step: GroupStep, firm: bool) -> None:
        rules = [self._rule_read(rule, firm) for rule in step.rules]
        count = name_variable(f"{step.group}_count", firm)
        low = " + ".join(f"({rule} is True)" for rule in rules)
        high = " + ".join(f"({rule} is not False)" for rule in rules)
        self.lines.append(f"{count}_l, {count}_h = {low}, {high}")
        algebra = SourceAlgebra(lambda signature: self._variable(signature, firm), firm)
        known = [algebra.known(self.rulebook.scope[name]) for name in step.quantities]
        name = name_variable(f"{step.group}_known", firm)
        sure = " + ".join(rails.true for rails in known)
        possible = " + ".join(f"(not {rails.false})" for rails in known)
        self.lines.append(f"{name}_l, {name}_h = {sure}, {possible}")
        for variable, what in ((count, "count"), (name, "known")):
            self.set.add(variable)
            self._note(self.rulebook.scope[f"{step.group}_{what}"], variable, firm)

    def _note(self, signature: Signature, variable: str, firm: bool) -> None:
        value = f"({variable}_l, {variable}_h)" if signature.kind == "number" else variable
        (self.firm if firm else self.facts)[signature.name] = value


def _three(rails: Rails) -> str:
    return f"True if {rails.true} else False if {rails.false} else None"


def _rounded(end: str, scale: int, divisor: int) -> str:
    return f"round_ratio({end}, {scale}, {divisor})"
