"""From the rows of a part to the rows of results: as columns, and by the plain engine what columns cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from advisor.engines.columns.answers import WITHHELD, is_answered, without_traceable_answers
from advisor.engines.columns.engine import BEYOND, ColumnsEngine
from advisor.engines.columns.layout import BeyondLimits
from advisor.engines.columns.rows import row_of
from advisor.engines.plain import PlainEngine
from advisor.language import Fact
from advisor.portfolio.rejects import Reject
from advisor.portfolio.results import ANSWERED, COLUMNS, EVALUATED_BY, PLAIN, Results
from advisor.portfolio.sources.part import FILE, HINTS, ROW, Intake, Part
from advisor.profile.facts import facts_of
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

_PLACE = "…place"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The results of a part (`Results.all`), its rejects, and the answers that were used: `WHERE` and their columns."""

    rows: pl.DataFrame
    rejects: list[Reject]
    answers: pl.DataFrame


class Evaluator:
    """Reads and evaluates parts with one rulebook; `InvalidInput` where columns cannot express the rulebook."""

    def __init__(self, rulebook: Rulebook, keep: tuple[str, ...] = ()) -> None:
        try:
            self._engine = ColumnsEngine(rulebook)
        except BeyondLimits as limit:
            said = (
                f"this rulebook cannot be evaluated as columns ({limit}); use 'advisor assess', one profile at a time"
            )
            raise InvalidInput([Problem(Place(rulebook.frame.name), "T016", said)]) from limit
        self.rulebook = rulebook
        self.layout = self._engine.layout
        self.intake = Intake(self.layout, keep)
        self.results = Results(self.layout, keep)
        self._plain = PlainEngine(rulebook)
        self._withheld = without_traceable_answers(self.layout)
        asked = [name for name, question in rulebook.questions.items() if question.is_asked]
        answered = [is_answered(self.layout, name).cast(pl.Int64) for name in asked]
        self._answered = pl.sum_horizontal(answered).alias(ANSWERED)

    def evaluate(self, part: Part) -> Evaluated:
        """The results of a part."""
        taken = part.take(self.intake)
        frame = taken.frame.with_columns(self._withheld).with_row_index(_PLACE)
        counted = frame.select(self._answered)
        kept = [*self.results.identity, HINTS, WITHHELD, _PLACE]
        plan = frame.select(*kept, *self.layout.answers).lazy()
        evaluated = self._engine.evaluate(plan, self.results.wanted).collect().hstack(counted)
        left = dict(taken.too_large)
        left |= {
            place: self._facts(part, frame, place) for place in evaluated.filter(BEYOND)[_PLACE] if place not in left
        }
        columns = evaluated.with_columns(pl.lit(COLUMNS).alias(EVALUATED_BY)).drop(BEYOND)
        rows = self._with_plain(self.results.of(columns), columns, left)
        return Evaluated(rows, taken.rejects, frame.select(FILE, ROW, *self.layout.answers))

    def _facts(self, part: Part, frame: pl.DataFrame, place: int) -> Mapping[str, Fact]:
        where = frame.row(place, named=True)
        found = part.unit(where[FILE], where[ROW], self.rulebook)
        assert found is not None
        return facts_of(found[1], self.rulebook)

    def _with_plain(
        self, results: pl.DataFrame, columns: pl.DataFrame, left: Mapping[int, Mapping[str, Fact]]
    ) -> pl.DataFrame:
        """The results with the rows of some units, by place, as the plain engine has them."""
        if not left:
            return results
        rows = []
        for place, facts in left.items():
            cells = row_of(self.layout, self._plain.evaluate(facts))
            row = columns.row(place, named=True)
            rows.append(row | {name: cells[name] for name in self.results.wanted} | {EVALUATED_BY: PLAIN})
        wide = {name: pl.Int128() if kind == pl.Int64 else kind for name, kind in columns.schema.items()}
        plain = self.results.of(pl.DataFrame(rows, schema=wide)).cast(results.schema)
        places = pl.Series(_PLACE, list(left), dtype=pl.get_index_type())
        others = results.with_row_index(_PLACE).filter(~pl.col(_PLACE).is_in(places.to_list()))
        return pl.concat([others, plain.insert_column(0, places)]).sort(_PLACE).drop(_PLACE)
