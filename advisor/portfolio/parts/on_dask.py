"""The parts of a folder on the workers of a Dask cluster, which all see both folders under the same paths.

Dask hands out the parts, and again where a worker dies; that a part can be done again is the affair of
`advisor.portfolio.parts.part`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.portfolio.evaluate import Evaluator
from advisor.portfolio.parts.digest import together
from advisor.portfolio.parts.folder import REJECTS, forget, held, parts_in
from advisor.portfolio.parts.looks import common_columns
from advisor.portfolio.parts.part import Made, Order, advise_part
from advisor.portfolio.run import Progress, Tell
from advisor.portfolio.sources.heads import read_heads
from advisor.reading import InvalidInput, Place, Problem

if TYPE_CHECKING:
    from distributed import Client, Future

_Found = Made | tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run: the parts that could be advised on, by name, and what is wrong with the others."""

    advice: Path
    parts: tuple[Made, ...]
    problems: tuple[Problem, ...]

    @property
    def units(self) -> int:
        """How many rows went in."""
        return sum(made.units for made in self.parts)

    @property
    def rejected(self) -> int:
        """How many of them are rejects."""
        return sum(made.rejected for made in self.parts)

    @property
    def flags(self) -> Mapping[str, int]:
        """How many units were evaluated by `plain`, have staff answers `withheld`, or `hints`."""
        return sum((Counter(made.flags) for made in self.parts), Counter())

    @property
    def digest(self) -> str:
        """The digest of all rows that came out (`advisor.portfolio.parts.digest`)."""
        return together(made.digest for made in self.parts)

    def __str__(self) -> str:
        """Give the counts and the digest on one line."""
        before = sum(made.before for made in self.parts)
        earlier = f" ({before:,} of them done before)" if before else ""
        rejects = f" (where and why: {self.advice / REJECTS})" if self.rejected else ""
        return (
            f"{len(self.parts):,} parts{earlier}: {self.units - self.rejected:,} units advised on, "
            f"{self.rejected:,} rejected{rejects}; digest {self.digest}"
        )


class BadParts(InvalidInput):
    """Some parts could not be advised on; the others are done, and `outcome` says what they come to."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.problems)
        self.outcome = outcome

    def __str__(self) -> str:
        """Give what is done, then one line per problem."""
        return f"some parts cannot be advised on; the others are done: {self.outcome}\n{super().__str__()}"


def advise_parts(
    answers: Path,
    advice: Path,
    client: Client,
    evaluator: Evaluator,
    *,
    findings: bool = False,
    tell: Tell | None = None,
) -> Outcome:
    """Advise on every part in the folder `answers`, and write a part of results for each into `advice`.

    Parts whose results are there already are passed over. `findings` asks for a column for each finding; `tell` hears
    how far it is. Raises `InvalidInput` before anything is done where no part can be advised on, and `BadParts` at the
    end where some could not be.
    """
    parts = parts_in(answers)
    rulebook, keep = evaluator.rulebook, evaluator.intake.keep
    columns = common_columns(parts)
    if columns:
        read_heads(columns, Place(str(answers)), rulebook.questions, keep)
    order = Order(rulebook, advice.absolute(), answers.absolute().stem, columns, keep, findings)
    made, problems = list[Made](), list[Problem]()
    with held(order.advice, parts), closing(_gathered(client, parts, order)) as gathered:
        for number, (part, found) in enumerate(gathered, 1):
            if isinstance(found, Made):
                made.append(found)
            else:
                forget(order.advice, part.name)
                problems += found
            if tell:
                tell(_progress(made, number / len(parts)))
    outcome = Outcome(advice, tuple(sorted(made, key=lambda each: each.part)), tuple(sorted(problems)))
    if problems:
        raise BadParts(outcome)
    return outcome


def _progress(made: Sequence[Made], share: float) -> Progress:
    return Progress(sum(each.units for each in made), share, sum(each.units for each in made if each.before))


def _gathered(client: Client, parts: Sequence[Path], order: Order) -> Generator[tuple[Path, _Found], None, None]:
    """What became of each part, as soon as it is known; what fails in another way than in the part is raised."""
    from distributed import as_completed

    # A task of its own, not scattered data: Dask makes it again on another worker where the one that has it dies.
    asked = client.submit(_same, order, pure=False)
    futures = dict(zip(client.map(_job, parts, order=asked, pure=False), parts, strict=True))
    try:
        for future in as_completed(futures):
            yield futures[future], _found(future, futures[future])
    finally:
        client.cancel([asked, *futures])


def _same(order: Order) -> Order:
    return order


def _job(part: Path, order: Order) -> _Found:
    try:
        return advise_part(part, order)
    except InvalidInput as error:
        return error.problems


def _found(future: Future[_Found], part: Path) -> _Found:
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        died = f"every worker that had it died ({error.allowed_failures + 1} tried), for want of memory perhaps"
        said = f"{died}; write smaller parts or give workers more memory, and read their logs"
        return (Problem(Place(part.name), "T020", said),)
