"""`advisor memo` into a folder: several profiles, or each unit of them, in several processes."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli import exits
from advisor.cli.memo_order import Order
from advisor.cli.options import only_unit

if TYPE_CHECKING:
    from advisor.advice import Adviser
    from advisor.memo.many import Failed, Journal
    from advisor.profile import Profile


@dataclass(frozen=True, slots=True)
class _Job:
    """A profile, where its memo goes, and what decides whether that is current.

    With their digests, `current` are files that need not be written, `ours` those that nobody has touched.
    """

    profile: str
    name: str
    key: str
    current: Mapping[str, str]
    ours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Written:
    """All files of a job by their names in the folder, with their digests, and what a person has to know of them.

    `left` says of those without a digest why they were left as they were.
    """

    files: Mapping[str, str]
    left: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The folder, the ending of its files, and whether each unit gets one of its own in a folder for the profile."""

    folder: Path
    ending: str
    per_unit: bool
    alone: bool


def write_folder(order: Order, profiles: Sequence[str], folder: Path, ending: str, *, per_unit: bool) -> None:
    """Write a memo on each profile, or on each of its units; what cannot be written is told, and ends with code 2."""
    from advisor.memo.many import Journal

    profiles = list({Path(profile).resolve(): profile for profile in profiles}.values())
    place = _Place(folder, ending, per_unit, len(profiles) == 1)
    tally = _Tally()
    with Journal(folder) as journal:
        jobs = _jobs(order, profiles, place, journal)
        to_do = [job for job in jobs if not journal.is_done(job.name, job.key)]
        tally.current = sum(len(job.current) for job in jobs)
        try:
            _write(order, place, to_do, journal, tally)
        except KeyboardInterrupt:
            click.echo("\nstopped; the same command goes on from there", err=True)
            raise
        finally:
            tally.tell(folder)
    tally.end()


def _jobs(order: Order, profiles: Sequence[str], place: _Place, journal: Journal) -> list[_Job]:
    from advisor.memo.looks import USUAL
    from advisor.memo.many import digest_of, file_names, key_of
    from advisor.version import __version__

    what = {
        "advisor": __version__,
        "rulebook": order.reading.rulebook.digest,
        "language": order.reading.language,
        "engine": order.reading.engine,
        "settings": order.reading.settings,
        "unit": order.reading.unit,
        "options": [
            asdict(replace(order.options, looks=USUAL)),
            order.options.looks.digest,
            [order.outlook, order.robust, order.deck, place.ending, place.per_unit],
        ],
    }
    names = file_names(Path(profile).stem for profile in profiles)
    keys = [key_of({**what, "profile": digest_of(Path(profile))}) for profile in profiles]
    return [
        _Job(profile, name, key, journal.as_written(name, key), journal.as_written(name))
        for profile, name, key in zip(profiles, names, keys, strict=True)
    ]


def _write(order: Order, place: _Place, jobs: Sequence[_Job], journal: Journal, tally: _Tally) -> None:
    from advisor.memo.many import Failed, run_all

    if not jobs:
        return
    bar = click.progressbar(length=len(jobs), label="Memos", file=sys.stderr, hidden=not sys.stderr.isatty())
    with bar, contextlib.closing(run_all(jobs, _work, _prepare, (order, place))) as results:
        for job, result in results:
            if not isinstance(result, Failed):
                journal.keep(job.name, job.key, result.files)
            tally.add(job, result)
            bar.update(1)


@dataclass(slots=True)
class _Tally:
    """What came out, to be told when the line of progress is gone."""

    written: int = 0
    current: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, Failed]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def add(self, job: _Job, result: _Written | Failed) -> None:
        if isinstance(result, _Written):
            self.written += sum(map(bool, result.files.values())) - len(job.current)
            self.left += [(job.profile, why) for why in result.left]
            self.notes += [(job.profile, note) for note in result.notes]
        else:
            self.failed.append((job.profile, result))

    def tell(self, folder: Path) -> None:
        for profile, note in sorted([*self.notes, *self.left]):
            click.echo(f"{profile}: {note}", err=True)
        for profile, failed in sorted(self.failed, key=lambda each: each[0]):
            for line in failed.why.splitlines():
                click.echo(line if line.startswith(profile) else f"{profile}: {line}", err=True)
        parts = [f"wrote {self.written:,} to {folder}"]
        parts += [f"{self.current:,} there already and current"] if self.current else []
        parts += [f"{len(self.left):,} left unchanged, see above"] if self.left else []
        parts += [f"{len(self.failed):,} could not be written, see above"] if self.failed else []
        click.echo("; ".join(parts), err=True)

    def end(self) -> None:
        """End with an error where something failed or was left: of the program, if anything of that was."""
        if self.failed or self.left:
            raise exits.Told(internal=any(failed.internal for _, failed in self.failed))


class _Worker:
    """What a process needs for every job, made once."""

    order: Order
    place: _Place
    adviser: Adviser


def _prepare(order: Order, place: _Place) -> None:
    # What a rulebook has to be told about was told once already, by the process that gives out the work.
    with contextlib.redirect_stderr(io.StringIO()):
        _Worker.order, _Worker.place, _Worker.adviser = order, place, order.adviser()


def _work(job: _Job) -> _Written:
    from advisor.memo.many import digest_of
    from advisor.reading import InvalidInput, Place, Problem

    told = io.StringIO()
    try:
        with contextlib.redirect_stderr(told):
            profile = _Worker.order.reading.profile(job.profile)
    except click.UsageError as error:
        raise InvalidInput([Problem(Place(job.profile), "M003", error.format_message())]) from error
    notes = told.getvalue().splitlines()
    files, left = dict(job.current), []
    for file, part, unit in _parts(job, profile, _Worker.place):
        if file in job.current:
            continue
        ours = file in job.ours and job.ours[file] == digest_of(_Worker.place.folder / file)
        why = None if ours else _why_left(file)
        if why:
            left.append(why)
        else:
            notes += _write_part(file, part, unit)
        files[file] = "" if why else digest_of(_Worker.place.folder / file)
    return _Written(files, tuple(left), tuple(notes))


def _why_left(file: str) -> str | None:
    """Why a file is left as it is, in a sentence."""
    from advisor.reread.by_hand import why_kept

    order, path = _Worker.order, _Worker.place.folder / file
    why = None if order.force else why_kept(path, order.options.looks)
    return f"'{path}' {why}; it is left as it is; move it away, or give --force to replace it" if why else None


def _parts(job: _Job, profile: Profile, place: _Place) -> Iterator[tuple[str, Profile, str | None]]:
    """Each file with what it is about: the whole profile, or one unit of it."""
    from advisor.memo.many import file_names

    if not place.per_unit:
        yield f"{job.name}{place.ending}", profile, None
        return
    units = [unit.name for unit in profile.units]
    for unit, name in zip(units, file_names(units), strict=True):
        inside = "" if place.alone else f"{job.name}/"
        yield f"{inside}{name}{place.ending}", only_unit(unit, profile), unit


def _write_part(file: str, profile: Profile, unit: str | None) -> list[str]:
    order, path = _Worker.order, _Worker.place.folder / file
    path.parent.mkdir(exist_ok=True)
    advice, notes = order.advice(_Worker.adviser, profile)
    return [*notes, *order.write(advice, path, unit)]
