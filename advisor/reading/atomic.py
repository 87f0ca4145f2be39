"""Writing a file so that a crash, a full disk or a power cut leaves either the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from advisor.reading.problems import InvalidInput, Place, Problem

_REMEDIES = {
    errno.ENOENT: "the folder does not exist; create it first",
    errno.ENOTDIR: "a part of the path is not a folder; check the path",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.EACCES: "no permission to write here; choose another folder or ask its owner",
    errno.EPERM: "no permission to write here; choose another folder or ask its owner",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EDQUOT: "your disk quota is used up; make room and try again",
    errno.EFBIG: "the file is larger than is allowed here; choose another folder",
    errno.ENAMETOOLONG: "the file name is too long; choose a shorter one",
}


def write_atomically(path: Path, data: bytes | str) -> None:
    """Replace or create a file in one step; what cannot be written raises `InvalidInput` and changes nothing."""
    try:
        _write(path, data.encode("utf-8") if isinstance(data, str) else data)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: Exception) -> InvalidInput:
    return InvalidInput([Problem(Place(str(path)), "Y017", f"it cannot be written: {_remedy(error)}")])


def _remedy(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return _REMEDIES.get(error.errno) or os.strerror(error.errno)
    return str(error)


def _write(path: Path, content: bytes) -> None:
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        # A device or a pipe, such as /dev/stdout: replacing it would break the machine.
        path.write_bytes(content)
        return
    target = Path(os.path.realpath(path))
    temporary = _beside(target)
    try:
        _write_through(temporary, content, mode)
        temporary.replace(target)
        _keep_name(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:40]}.{os.urandom(6).hex()}.tmp")


def _keep_name(folder: Path) -> None:
    """Bring the new name to the disk too, where the system can: else a power cut could bring the old file back."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(path: Path) -> int | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "is write-protected")
    return mode


def _write_through(temporary: Path, content: bytes, mode: int | None) -> None:
    with temporary.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        temporary.chmod(stat.S_IMODE(mode))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write a large file to, which takes the place of `path` when it is whole.

    Where something fails, nothing has changed; what cannot be written raises `InvalidInput`.
    """
    try:
        mode = _mode(path)
        if mode is not None and not stat.S_ISREG(mode):
            yield path
            return
        target = Path(os.path.realpath(path))
        temporary = _beside(target)
        try:
            # By itself a writer might say less clearly that there is no folder, or no permission.
            temporary.open("xb").close()
            yield temporary
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
            temporary.replace(target)
            _keep_name(target.parent)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise _not_written(path, error) from error
