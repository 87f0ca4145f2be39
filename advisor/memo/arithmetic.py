"""The arithmetic line by line: every figure of the rulebook that could be computed, with this client's values."""

from __future__ import annotations

from advisor.advice.assumptions import assumed_in
from advisor.memo.blocks import Block, Bullets, Column, Paragraph, Table, Text
from advisor.memo.formulas import Formulas
from advisor.memo.view import View
from advisor.memo.waterfall import waterfall
from advisor.rulebook import Measure


def arithmetic(view: View) -> list[Block]:
    """The chain to the freed hours, then the other figures, then what could not be computed."""
    capacity = list(view.rulebook.frame.capacity.values())
    coded = [name for name, measure in view.rulebook.measures.items() if measure.code]
    known = [name for name in capacity if view.is_known(name)]
    chain = _behind(_reached([*coded, *capacity], capacity, view), view) if known else []
    others = [name for name in _behind(_reached(coded, coded, view), view) if name not in chain and _stands(name, view)]
    lines, further = _lines(chain, view), _lines(others, view)
    blocks: list[Block] = [view.heading(_headline(view))]
    blocks += view.first_time("arithmetic.exact") if lines else []
    blocks += waterfall(view)
    blocks += [lines] if lines else [Paragraph(Text(view.say("arithmetic.nothing")))]
    if further:
        blocks += [view.heading(view.say("arithmetic.further"), 1), further]
    blocks += _missing(capacity, [name for name in coded if name not in capacity], view)
    caveats = [Text(view.fresh(text)) for text in view.rulebook.frame.memo.caveats]
    if lines and caveats and "caveats" not in view.once:
        view.once.add("caveats")
        blocks += [view.heading(view.say("arithmetic.caveats"), 1), Bullets(tuple(caveats))]
    return blocks


def _stands(name: str, view: View) -> bool:
    """Whether a further figure is settled, rests on an answer, and on no assumption that the advice does not make."""
    assumed = assumed_in(name, view.known, view.currency)
    return view.is_settled(name) and bool(view.known.rests_of(name)) and assumed <= {*view.unit.assumptions}


def _headline(view: View) -> str:
    known = [name for name in view.rulebook.frame.capacity.values() if view.is_known(name)]
    if len(known) < 2:
        return view.say("arithmetic.heading_open")
    first, last = known[0], known[-1]
    return view.say(
        "arithmetic.heading",
        first=view.value(first),
        start=view.say.within(view.label(first)),
        last=view.value(last),
        end=view.say.within(view.label(last)),
    )


def _reached(names: list[str], ends: list[str], view: View) -> list[str]:
    """Those of the names that are known, rest on an answer, and lead to one of the ends."""
    leading = set(_behind(ends, view))
    return [name for name in names if name in leading and view.is_known(name) and view.known.rests_of(name)]


def _behind(names: list[str], view: View) -> list[str]:
    """The measures and all number measures that they read in the branches that are taken, in the rulebook's order."""
    found = view.known.formulas_behind(names)
    return [name for name, measure in view.rulebook.measures.items() if name in found and measure.type == "number"]


def _lines(names: list[str], view: View) -> Table | None:
    formulas = Formulas(view)
    shown = [view.rulebook.measures[name] for name in names if view.is_known(name)]
    rows = [_line(each, view, formulas) for each in shown if _says_more(each, view, formulas)]
    heads = ("code", "quantity", "calculation", "result")
    columns = tuple(Column(view.say(f"arithmetic.{head}"), "right" if head == "result" else "left") for head in heads)
    return Table(columns, tuple(rows)) if rows else None


def _says_more(measure: Measure, view: View, formulas: Formulas) -> bool:
    """Whether a line is more than another name for a figure that stands elsewhere."""
    return measure.code is not None or not formulas.takes_over(view.rulebook.formulas[measure.name])


def _line(measure: Measure, view: View, formulas: Formulas) -> tuple[Text, ...]:
    origin = view.origin_of(sorted(view.known.rests_of(measure.name)), measure.sources, measure.because or "")
    result = view.exact(measure.name)
    calculation = formulas.written(view.rulebook.formulas[measure.name], result)
    return (
        Text(measure.code or ""),
        Text(measure.label, origin=origin),
        Text("" if result == calculation else calculation),
        Text(result),
    )


def _missing(capacity: list[str], others: list[str], view: View) -> list[Block]:
    """What is still to be computed: the freed hours by name, the other figures by their number."""
    wanting = [view.label(name) for name in capacity if not view.is_known(name)]
    parts = [view.say("arithmetic.missing", labels=view.say.in_row(wanting))] if wanting else []
    number = sum(not view.is_known(name) and view.applies(name) for name in others)
    parts += [view.say.count("arithmetic.more_missing", number)] if number else []
    return [Paragraph(Text(" ".join(parts)))] if parts else []
