"""Whether a part looks like the others: the same columns, and values that can be answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from advisor.portfolio.sources.heads import Heads
from advisor.reading import Place, Problem, quote
from advisor.rulebook.model import Question

_TEXTS = (pl.String, pl.Categorical, pl.Enum)
_WANTED = {
    "number": "numbers, or texts such as '3.2' and 'unknown'",
    "yes_no": "true and false, or texts such as 'yes' and 'unknown'",
    "choice": "texts",
    "choices": "lists of texts, or texts such as 'cost; speed'",
    "table": "lists of records, or texts that hold them",
}


def common_columns(parts: Iterable[Path]) -> tuple[str, ...]:
    """The columns that most of the parts have; a part that cannot be read has no say, and its own turn later."""
    counted = Counter[tuple[str, ...]]()
    named: dict[tuple[str, ...], tuple[str, ...]] = {}
    for part in parts:
        try:
            columns = tuple(pl.read_parquet_schema(part))
        except (pl.exceptions.PolarsError, OSError):
            continue
        counted[tuple(sorted(columns))] += 1
        named.setdefault(tuple(sorted(columns)), columns)
    return named[counted.most_common(1)[0][0]] if counted else ()


def other_columns(file: str, columns: Sequence[str], common: Sequence[str]) -> Iterator[Problem]:
    """What distinguishes the columns of a part from the common ones: with it, answers would be missing unseen."""
    for name in common:
        if name not in columns:
            said = f"the column {quote(name)} is missing, which the other parts have"
            yield Problem(Place(file), "T018", f"{said}; add it (empty where nothing is known)")
    for number, name in enumerate(columns, 1):
        if name not in common:
            said = f"the column {quote(name)} is not in the other parts; add it there, or leave it out"
            yield Problem(Place(file, 1, number), "T018", said)


def wrong_types(file: str, heads: Heads, schema: pl.Schema, questions: Mapping[str, Question]) -> Iterator[Problem]:
    """The columns in which no value could be an answer."""
    for name, columns in heads.asked.items():
        kind = questions[name].type
        for column in (columns[part] for part in ("", "low", "high") if part in columns):
            if not _can_answer(schema[column], kind):
                said = f"{column} holds {schema[column]}, which is no answer; write the column anew as {_WANTED[kind]}"
                yield Problem(Place(file, 1, heads.number(column)), "T019", said)


def _can_answer(dtype: pl.DataType, kind: str) -> bool:
    """Whether values of a type can answer a question of a kind, as `advisor.portfolio.sources` reads them."""
    if dtype == pl.Null or dtype in _TEXTS:
        return True
    match kind:
        case "number":
            return dtype.is_numeric()
        case "yes_no":
            return dtype.is_numeric() or dtype == pl.Boolean
        case "choices":
            return isinstance(dtype, pl.List) and dtype.inner in (*_TEXTS, pl.Null)
        case "table":
            return isinstance(dtype, pl.List) and dtype.inner in (pl.Struct, pl.Null)
        case _:
            return False
