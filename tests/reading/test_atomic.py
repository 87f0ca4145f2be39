"""Either the old file or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.reading import InvalidInput, replacing, write_atomically


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def refused(path: Path, data: bytes | str = "x") -> str:
    with pytest.raises(InvalidInput) as caught:
        write_atomically(path, data)
    return str(caught.value)


def test_text_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "ä\r\n")
    assert (tmp_path / "a").read_bytes() == b"\xc3\xa4\r\n"
    write_atomically(tmp_path / "a", b"\x00\xff")
    assert (tmp_path / "a").read_bytes() == b"\x00\xff"
    assert files_in(tmp_path) == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="no modes on Windows")
def test_the_mode_of_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_atomically(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_folders_and_missing_folders_are_named_with_a_remedy(tmp_path: Path) -> None:
    assert "Y017 it cannot be written: this is a folder; name a file in it" in refused(tmp_path)
    assert "the folder does not exist; create it first" in refused(tmp_path / "no" / "a")


@pytest.mark.skipif(os.name == "nt", reason="Windows calls both a missing folder")
def test_impossible_paths_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "a part of the path is not a folder" in refused(tmp_path / "file" / "a")
    assert "the file name is too long" in refused(tmp_path / ("x" * 300))


def test_a_failure_keeps_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    refused(path, "half a character \ud800")
    assert (path.read_text(), files_in(tmp_path)) == ("old", ["a"])


@pytest.mark.skipif(os.name == "nt", reason="needs limits on file size")
def test_a_disk_that_takes_no_more_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    program = (
        "import resource, sys, pathlib; from advisor.reading import write_atomically as w\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "w(pathlib.Path(sys.argv[1]), b'x' * 100_000)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert "Y017 it cannot be written: the file is larger than is allowed here" in done.stderr
    assert (path.read_text(), files_in(tmp_path)) == ("old", ["a"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o444)
    assert "no permission to write here" in refused(path)
    assert path.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    write_atomically(path, "through")
    reader.join(timeout=600)
    assert got == [b"through"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@given(st.binary(max_size=100))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("w") / "a"
    write_atomically(path, data)
    assert path.read_bytes() == data


def interrupted(target: Path) -> None:
    with replacing(target) as temporary:
        temporary.write_text("half of it")
        raise KeyboardInterrupt


def test_a_large_file_takes_its_place_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    target.write_text("old")
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("new, but not yet whole")
        assert target.read_text() == "old"
        temporary.write_text("new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    with pytest.raises(KeyboardInterrupt):
        interrupted(target)
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_a_large_file_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "rows.csv"
    with pytest.raises(InvalidInput, match="Y017 it cannot be written: the folder does not exist"), replacing(missing):
        pass
    with pytest.raises(InvalidInput, match="the disk is full"), replacing(tmp_path / "rows.csv"):
        raise OSError(errno.ENOSPC, "no space")
    assert list(tmp_path.iterdir()) == []


def test_a_large_file_goes_straight_to_a_device() -> None:
    with replacing(Path("/dev/null")) as path:
        assert path == Path("/dev/null")
    assert Path("/dev/null").is_char_device()
