"""What is to be written, by the endings of files; checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from advisor.reading import InvalidInput, Place, Problem

ROWS, DASHBOARD, MEMO = "rows", "dashboard", "memo"
ENDINGS = {
    **dict.fromkeys((".csv", ".xlsx", ".parquet", ".pq", ".jsonl", ".ndjson"), ROWS),
    ".html": DASHBOARD,
    **dict.fromkeys((".docx", ".pdf", ".md"), MEMO),
}
_PACKAGES = {"polars": "polars", "numpy": "numpy", "openpyxl": "openpyxl", "xlsxwriter": "XlsxWriter"}


@dataclass(frozen=True, slots=True)
class Output:
    """A file, and what goes into it."""

    path: Path
    kind: str


@dataclass(frozen=True, slots=True)
class Outputs:
    """All files of a run. `rejects` is where rejects go; `work` where its parts are kept, if it can be resumed."""

    files: tuple[Output, ...]
    rejects: Path

    @property
    def work(self) -> Path | None:
        """The hidden folder beside the first file."""
        if not self.files:
            return None
        path = self.files[0].path
        return path.with_name(f".{path.name}.parts")

    @property
    def looks_closer(self) -> bool:
        """Whether units have to be compared with one another."""
        return any(file.kind != ROWS for file in self.files)

    def paths(self) -> list[Path]:
        """Every file that is written."""
        return [*(file.path for file in self.files), self.rejects]


def outputs_of(paths: Sequence[str], rejects: str | None) -> Outputs:
    """What the options say; raises `InvalidInput` with everything that cannot be written, and packages that lack."""
    problems = list(_missing_packages())
    files = []
    for path in map(Path, paths):
        kind = ENDINGS.get(path.suffix.lower())
        if kind is None:
            named = f"the ending '{path.suffix}'" if path.suffix else "a file without an ending"
            problems.append(
                Problem(Place(str(path)), "T015", f"{named} names no format; these work: {', '.join(ENDINGS)}")
            )
        else:
            files.append(Output(path, kind))
    beside = files[0].path.with_suffix(".rejects.csv") if files else Path("portfolio.rejects.csv")
    rejected = Path(rejects) if rejects else beside
    problems += _twice([*(file.path for file in files), rejected])
    if problems:
        raise InvalidInput(dict.fromkeys(problems))
    for file in files:
        if file.kind == MEMO:
            from advisor.memo import renderer_for

            renderer_for(file.path)
    return Outputs(tuple(files), rejected)


def _missing_packages() -> Iterable[Problem]:
    missing = [package for module, package in _PACKAGES.items() if find_spec(module) is None]
    if missing:
        said = "many units at once need packages that are not installed here"
        yield Problem(Place("advisor portfolio"), "T012", f"{said}; install them: pip install {' '.join(missing)}")


def _twice(paths: Sequence[Path]) -> Iterable[Problem]:
    seen = set[Path]()
    for path in paths:
        if path.resolve() in seen:
            yield Problem(Place(str(path)), "T015", "two results would be written to this file; name another one")
        seen.add(path.resolve())
