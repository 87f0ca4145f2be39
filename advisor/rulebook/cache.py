"""What reading and compiling a rulebook gives, kept between runs: it would take most of a short run's time.

Only rulebooks and phrase books are kept, never client data. An entry is named by the content of all files that it was
made from, the version of advisor and of Python; it is used only if it is whole and belongs to the user. Without a
folder to write to everything is made anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from advisor.version import __version__

if TYPE_CHECKING:
    from advisor.rulebook.rulebook import Rulebook

T = TypeVar("T")
_MOST_ENTRIES = 16
_CHECK_LENGTH = 32


def fingerprint(folders: Iterable[Path]) -> str:
    """Names the content of folders, for this version of advisor (down to its own source) and Python."""
    digest = hashlib.sha256(f"{__version__}|{sys.version}|{_newest_source()}".encode())
    for folder in folders:
        digest.update(b"\0folder\0")
        for path in sorted(folder.rglob("*.yaml")):
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def kept(name: str, make: Callable[[], T]) -> T:
    """The entry `name`, made and kept where there is none."""
    folder = cache_folder()
    if folder is None:
        return make()
    file = folder / f"{name}.pickle"
    found: T | None = _read(file)
    if found is None:
        found = make()
        _write(file, found)
    return found


def kept_for(rulebook: Rulebook, name: str, make: Callable[[], T]) -> T:
    """What was made from a rulebook; it is kept only where the rulebook itself is."""
    return kept(f"{name}-{rulebook.fingerprint}", make) if rulebook.fingerprint else make()


def cache_folder() -> Path | None:
    """Where entries are kept, by the custom of the system; None for a user without a home, as in some containers."""
    with suppress(RuntimeError):
        return _customary_folder()
    return None


def _customary_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "advisor" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "advisor"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "advisor"


@cache
def _newest_source() -> int:
    package = Path(__file__).resolve().parent.parent
    return max(path.stat().st_mtime_ns for path in package.rglob("*.py"))


def _read(file: Path) -> Any:
    try:
        status = file.stat()
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
            return None
        content = file.read_bytes()
        check, payload = content[:_CHECK_LENGTH], content[_CHECK_LENGTH:]
        return pickle.loads(payload) if hashlib.sha256(payload).digest() == check else None
    except Exception:
        return None


def _write(file: Path, entry: object) -> None:
    payload = pickle.dumps(entry, pickle.HIGHEST_PROTOCOL)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(payload).digest() + payload)
        unfinished.replace(file)
        _forget_oldest(file.parent)
    except OSError:
        return


def _forget_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime_ns)
    for path in entries[:-_MOST_ENTRIES]:
        path.unlink(missing_ok=True)
