"""The parts of a run on disk, so that an interrupted run goes on where it stopped.

A part is done when the file of its rows is there: it is written last, and in one step.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl
from filelock import FileLock, Timeout

from advisor.portfolio.evaluate import Evaluated
from advisor.portfolio.rejects import Reject, read_reject
from advisor.reading import InvalidInput, Place, Problem, write_atomically


@dataclass(slots=True)
class Journal:
    """The folder of one run, to be used in a `with` block; `what` says everything that its parts depend on.

    Parts of another run are thrown away.
    """

    folder: Path
    what: Mapping[str, Any]
    _lock: FileLock = field(init=False)

    def __enter__(self) -> Self:
        """Take the folder; `InvalidInput` where another run has it, or where it cannot be made."""
        self._lock = taken(self.folder, "lock")
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the folder free; it stays until `clear`."""
        self._lock.release()

    def _begin(self) -> None:
        key, named = fingerprint(self.what), self.folder / "run"
        if named.exists() and named.read_text(encoding="utf-8") == key:
            return
        for path in self.folder.iterdir():
            if path.name != "lock":
                path.unlink()
        write_atomically(named, key)

    def done(self, part: int) -> bool:
        """Whether a part has been evaluated."""
        return self._rows(part).exists()

    def height(self, part: int) -> tuple[int, int]:
        """How many rows and rejects a part has."""
        return pl.scan_parquet(self._rows(part)).select(pl.len()).collect().item(), len(self.rejects(part))

    def keep(self, part: int, found: Evaluated, *, with_answers: bool) -> None:
        """Put the results of a part aside."""
        lines = "".join(json.dumps(asdict(reject), ensure_ascii=False) + "\n" for reject in found.rejects)
        write_atomically(self._rejects(part), lines)
        if with_answers:
            write_atomically(self._answers(part), _parquet(found.answers))
        write_atomically(self._rows(part), _parquet(found.rows))

    def rejects(self, part: int) -> list[Reject]:
        """The rejects of a part."""
        with self._rejects(part).open(encoding="utf-8", newline="\n") as lines:
            return [read_reject(json.loads(line)) for line in lines]

    def rows(self, parts: int) -> list[Path]:
        """The rows of the first so many parts, in order, as Parquet."""
        return [self._rows(part) for part in range(parts)]

    def answers(self, parts: int) -> list[Path]:
        """The answers that were used, in order, as Parquet."""
        return [self._answers(part) for part in range(parts)]

    def clear(self) -> None:
        """Throw everything away."""
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _rows(self, part: int) -> Path:
        return self.folder / f"{part:06}.rows"

    def _answers(self, part: int) -> Path:
        return self.folder / f"{part:06}.answers"

    def _rejects(self, part: int) -> Path:
        return self.folder / f"{part:06}.rejects"


def taken(folder: Path, lock: str) -> FileLock:
    """The held lock on a folder, by the name of its file; the folder is made where it is not there.

    Raises `InvalidInput` where another run has it, or where it cannot be made.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        said = f"its folder cannot be written to ({error.strerror}); create it or choose another"
        raise InvalidInput([Problem(Place(str(folder.parent)), "Y017", said)]) from error
    held = FileLock(folder / lock, timeout=0)
    try:
        held.acquire()
    except Timeout:
        said = "another run writes to the same place; wait for it or end it first"
        raise InvalidInput([Problem(Place(str(folder)), "T014", said)]) from None
    return held


def fingerprint(what: Mapping[str, Any]) -> str:
    """One text for everything that a run depends on."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode("utf-8")).hexdigest()


def _parquet(frame: pl.DataFrame) -> bytes:
    stream = BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()
