"""The folder of parts, and the folder of their results, in which every name follows from that of the part.

`part-7.parquet` has its rows in `part-7.parquet` and its rejects, if there are any, in `_rejects/part-7.parquet.csv`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from advisor.portfolio.journal import taken
from advisor.portfolio.sources.find import ENDINGS, find
from advisor.reading import InvalidInput, Place, Problem

REJECTS = "_rejects"
LEFT_OVER = ".tmp"
"""How hidden names end of what is being written; after a crash it is left over."""


def parts_in(answers: Path) -> list[Path]:
    """The parts of a folder, by name; raises `InvalidInput` where it has none, or units in other formats too."""
    files = find([str(answers)], answers)
    others = [file for file in files if file.kind != "parquet"]
    if others:
        said = "only Parquet can be advised on in parts; write it as Parquet, or move it away"
        raise InvalidInput(Problem(Place(file.name), "T001", said) for file in others)
    return [file.path.absolute() for file in files]


def rows_of(advice: Path, part: str) -> Path:
    """Where the rows of a part go."""
    return advice / part


def rejects_of(advice: Path, part: str) -> Path:
    """Where the rejects of a part go."""
    return advice / REJECTS / f"{part}.csv"


def forget(advice: Path, part: str) -> None:
    """Remove what an earlier run made of a part."""
    rows_of(advice, part).unlink(missing_ok=True)
    rejects_of(advice, part).unlink(missing_ok=True)


@contextmanager
def held(advice: Path, parts: Sequence[Path]) -> Iterator[None]:
    """The folder of results for one run alone, without what crashes left in it.

    Raises `InvalidInput` where another run has it, where it cannot be made, is that of the parts, or holds other rows.
    """
    if advice.resolve() in {part.parent.resolve() for part in parts}:
        said = "the results would take the place of the parts; name another folder"
        raise InvalidInput([Problem(Place(str(advice)), "T015", said)])
    lock = taken(advice, ".lock")
    try:
        taken_away = _strangers(advice, {part.name for part in parts})
        if taken_away:
            raise InvalidInput(taken_away)
        (advice / REJECTS).mkdir(exist_ok=True)
        _tidy(advice)
        yield
    finally:
        _tidy(advice)
        lock.release()


def _strangers(advice: Path, parts: set[str]) -> list[Problem]:
    said = "these rows are of no part that is there now; remove the file, or name another folder for the results"
    shown = [path for path in sorted(advice.iterdir()) if not path.name.startswith(".") and path.is_file()]
    return [
        Problem(Place(str(path)), "T022", said)
        for path in shown
        if ENDINGS.get(path.suffix.lower()) == "parquet" and path.name not in parts
    ]


def _tidy(advice: Path) -> None:
    for folder in (advice, advice / REJECTS):
        for path in folder.glob(f".*{LEFT_OVER}"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
