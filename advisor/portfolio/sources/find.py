"""From the paths on a command line to sources: files, folders, patterns, standard input."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from advisor.portfolio.sources.parquet import ParquetTable
from advisor.portfolio.sources.part import Source
from advisor.portfolio.sources.profiles import Profiles
from advisor.portfolio.sources.table import Table
from advisor.portfolio.sources.text import TextTable
from advisor.portfolio.sources.workbook import Workbook
from advisor.reading import InvalidInput, Place, Problem
from advisor.rulebook import Rulebook

ENDINGS = {
    ".yaml": "profile",
    ".yml": "profile",
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".parquet": "parquet",
    ".pq": "parquet",
}
STDIN = "<stdin>"
_LOOKED_AT = 1 << 16
_PROFILE = re.compile(rb"^advisor_profile[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """A file with units: where it is, what it is called in messages, of what kind it is.

    A name can be written down also where the system holds bytes that are no text.
    """

    path: Path
    name: str
    kind: str


def find(paths: Iterable[str], spool: Path, written: Iterable[Path] = ()) -> list[File]:
    """The files that paths name, each once; `-` is standard input, kept in the folder `spool`.

    `written` are files that the run will write: they are passed over in folders and patterns, and refused where they
    are named. Raises `InvalidInput` with every path that leads to nothing.
    """
    results = {path.resolve() for path in written}
    found: dict[Path, File] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            for file in _files(path, spool, results):
                found.setdefault(file.path.resolve(), file)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return list(found.values())


def _files(path: str, spool: Path, results: Collection[Path]) -> Iterator[File]:
    if path == "-":
        yield _standard_input(spool)
        return
    there = Path(path)
    names = [path] if there.exists() or not re.search(r"[*?\[]", path) else sorted(_matching(there))
    if not names:
        raise _nothing(path, "no file matches; check the pattern")
    for name in map(Path, names):
        if name.is_dir():
            yield from _in_folder(name, results)
        elif name.resolve() not in results:
            yield _file(name)
        elif names == [path]:
            raise InvalidInput([Problem(Place(path), "T015", "the result would take its place; name another output")])


def _matching(pattern: Path) -> Iterator[str]:
    yield from map(str, Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))))


def _in_folder(folder: Path, results: Collection[Path]) -> Iterator[File]:
    shown = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    files = [path for path in shown if path.suffix.lower() in ENDINGS and path.resolve() not in results]
    if not files:
        raise _nothing(str(folder), f"there is no file with units in it; these can be read: {', '.join(ENDINGS)}")
    yield from map(_file, files)


def _file(path: Path) -> File:
    if not path.exists():
        raise InvalidInput([Problem(Place(str(path)), "Y001", "there is no such file; check the path")])
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        ending = f"the ending '{path.suffix}'" if path.suffix else "a file without an ending"
        raise _nothing(str(path), f"{ending} says of no table or profile; these can be read: {', '.join(ENDINGS)}")
    try:
        with path.open("rb"):
            return File(path, os.fsencode(path).decode("utf-8", "backslashreplace"), kind)
    except OSError as error:
        raise InvalidInput([Problem(Place(str(path)), "Y003", f"it cannot be read ({error.strerror})")]) from error


def _standard_input(spool: Path) -> File:
    path = spool / "stdin"
    with path.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    with path.open("rb") as stream:
        begin = stream.read(_LOOKED_AT)
    if not begin.strip():
        raise InvalidInput([Problem(Place(STDIN), "Y008", "nothing came in")])
    kind = "parquet" if begin.startswith(b"PAR1") else "workbook" if begin.startswith(b"PK\3\4") else "text"
    return File(path, STDIN, "profile" if kind == "text" and _PROFILE.search(begin) else kind)


def open_all(files: Iterable[File], rulebook: Rulebook, keep: tuple[str, ...], sheet: str | None) -> list[Source]:
    """The sources of files, in order; profiles that follow one another are one source.

    Raises `InvalidInput` with everything that keeps a file from being read as a table of units.
    """
    sources: list[Source] = []
    profiles: list[File] = []
    problems: list[Problem] = []
    for file in files:
        if file.kind == "profile":
            profiles.append(file)
            continue
        sources += _profiles(profiles)
        profiles = []
        try:
            sources.append(_table(file, rulebook, keep, sheet))
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    return [*sources, *_profiles(profiles)]


def tables_of(sources: Iterable[Source]) -> Iterator[Table]:
    """The tables among sources, with what holds for all rows of each."""
    yield from (source.table for source in sources if isinstance(source, TextTable | Workbook | ParquetTable))


def _profiles(files: list[File]) -> list[Source]:
    size = sum(file.path.stat().st_size for file in files)
    return [Profiles(tuple((file.path, file.name) for file in files), size)] if files else []


def _table(file: File, rulebook: Rulebook, keep: tuple[str, ...], sheet: str | None) -> Source:
    match file.kind:
        case "text":
            return TextTable.open(file.path, file.name, rulebook, keep)
        case "workbook":
            return Workbook.open(file.path, file.name, rulebook, keep, sheet)
        case _:
            return ParquetTable.open(file.path, file.name, rulebook, keep)


def _nothing(path: str, message: str) -> InvalidInput:
    return InvalidInput([Problem(Place(path), "T001", message)])
