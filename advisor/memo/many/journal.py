"""What a folder of memos holds already, so that nothing that is current is written again.

A memo is current while its file is as it was written, byte by byte, and the key under which it was written is the
same: a digest of everything that it depends on. What somebody has edited or saved again is not current.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from filelock import FileLock, Timeout

from advisor.reading import InvalidInput, Place, Problem, write_atomically

_FILE, _LOCK = ".advisor-memos.jsonl", ".advisor-memos.lock"


def key_of(what: Mapping[str, Any]) -> str:
    """One text for everything that a memo depends on."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode("utf-8")).hexdigest()


def digest_of(path: Path) -> str:
    """Of a file as it stands; nothing where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


class Entry(NamedTuple):
    """Under which key something was written, and the digests of its files by their names in the folder.

    A file that had to be left as it was has no digest.
    """

    key: str
    files: Mapping[str, str]


@dataclass(slots=True)
class Journal:
    """The memory of a folder, to be used in a `with` block: what was written for each profile, by a name for it."""

    folder: Path
    _entries: dict[str, Entry] = field(default_factory=dict)
    _lock: FileLock = field(init=False)

    def __enter__(self) -> Self:
        """Take the folder, which is made where it is missing; `InvalidInput` where another run has it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / _LOCK, timeout=0)
            self._lock.acquire()
            self._entries = self._read()
        except Timeout:
            raise _refused(self.folder, "another run writes into it; wait for that or end it first") from None
        except OSError as error:
            said = f"it cannot be written to ({error.strerror}); choose another folder"
            raise _refused(self.folder, said) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the folder free, and write down in one step what it holds."""
        lines = "".join(_line(name, self._entries[name]) for name in sorted(self._entries))
        try:
            write_atomically(self.folder / _FILE, lines)
        finally:
            self._lock.release()

    def is_done(self, name: str, key: str) -> bool:
        """Whether all files were written under this key and are as they were written."""
        entry = self._entries.get(name)
        return entry is not None and entry.key == key and self.as_written(name) == entry.files

    def as_written(self, name: str, key: str | None = None) -> dict[str, str]:
        """The files that are as they were written, with their digests; under this key alone, where it is given."""
        entry = self._entries.get(name)
        files = entry.files if entry and key in (None, entry.key) else {}
        return {file: digest for file, digest in files.items() if digest and digest == digest_of(self.folder / file)}

    def keep(self, name: str, key: str, files: Mapping[str, str]) -> None:
        """Note at once what has been written, so that not even after a crash it is written again."""
        self._entries[name] = Entry(key, dict(files))
        with (self.folder / _FILE).open("a", encoding="utf-8") as stream:
            stream.write(_line(name, self._entries[name]))

    def _read(self) -> dict[str, Entry]:
        """The entries by name, the last one of each; a line that was not written to its end counts for nothing."""
        try:
            lines = (self.folder / _FILE).read_text(encoding="utf-8").split("\n")
        except (FileNotFoundError, UnicodeDecodeError):
            return {}
        entries: dict[str, Entry] = {}
        for line in lines:
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                found = json.loads(line)
                files = {str(file): str(digest) for file, digest in found["files"].items()}
                entries[str(found["profile"])] = Entry(str(found["key"]), files)
        return entries


def _line(name: str, entry: Entry) -> str:
    return json.dumps({"profile": name, "key": entry.key, "files": entry.files}) + "\n"


def _refused(folder: Path, why: str) -> InvalidInput:
    return InvalidInput([Problem(Place(str(folder)), "Y017", why)])
