"""The arithmetic line by line: every figure of the rulebook that could be computed, with this client's values."""

from __future__ import annotations

from advisor.language import names_in
from advisor.memo.blocks import Block, Bullets, Column, Paragraph, Table, Text
from advisor.memo.formulas import Formulas
from advisor.memo.view import View
from advisor.rulebook import Measure


def arithmetic(view: View) -> list[Block]:
    """The chain to the freed hours, then the other figures, then what could not be computed."""
    chain = _behind(list(view.rulebook.frame.capacity.values()), view)
    coded = [name for name, measure in view.rulebook.measures.items() if measure.code]
    others = [name for name in _behind(coded, view) if name not in chain]
    lines, further = _lines(chain, view), _lines(others, view)
    blocks: list[Block] = [view.heading(_headline(view))]
    blocks += [lines] if lines else [Paragraph(Text(view.say("arithmetic.nothing")))]
    if further:
        blocks += [view.heading(view.say("arithmetic.further"), 1), further]
    blocks += _missing([*chain, *others], view)
    caveats = [Text(view.fresh(text)) for text in view.rulebook.frame.memo.caveats]
    if lines and caveats and "caveats" not in view.once:
        view.once.add("caveats")
        blocks += [view.heading(view.say("arithmetic.caveats"), 1), Bullets(tuple(caveats))]
    return blocks


def _headline(view: View) -> str:
    known = [name for name in view.rulebook.frame.capacity.values() if view.is_known(name)]
    if len(known) < 2:
        return view.say("arithmetic.heading_open")
    first, last = known[0], known[-1]
    return view.say("arithmetic.heading", first=view.value(first), start=view.label(first), last=view.value(last),
                    end=view.label(last))


def _behind(names: list[str], view: View) -> list[str]:
    """The measures and all number measures that they read, in the rulebook's order."""
    formulas = view.rulebook.formulas
    found, open_ = set(names), list(names)
    while open_:
        read = {name for name in names_in(formulas[open_.pop()]) if name in formulas} - found
        found |= read
        open_ += read
    return [name for name, measure in view.rulebook.measures.items() if name in found and measure.type == "number"]


def _lines(names: list[str], view: View) -> Table | None:
    formulas = Formulas(view)
    rows = [_line(view.rulebook.measures[name], view, formulas) for name in names if view.is_known(name)]
    heads = ("code", "quantity", "calculation", "result")
    columns = tuple(Column(view.say(f"arithmetic.{head}"), "right" if head == "result" else "left") for head in heads)
    return Table(columns, tuple(rows)) if rows else None


def _line(measure: Measure, view: View, formulas: Formulas) -> tuple[Text, ...]:
    node = view.rulebook.formulas[measure.name]
    origin = view.origin_of(sorted(view.known.rests_on(node)), measure.sources, measure.because or "")
    calculation, result = formulas.written(node), view.value(measure.name)
    return (
        Text(measure.code or ""),
        Text(measure.label, origin=origin),
        Text("" if calculation == result else calculation),
        Text(result),
    )


def _missing(names: list[str], view: View) -> list[Block]:
    labels = [view.label(name) for name in names if not view.is_known(name) and view.applies(name)]
    return [Paragraph(Text(view.say("arithmetic.missing", labels=view.say.in_row(labels))))] if labels else []
