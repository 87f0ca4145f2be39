"""Memos in files, and what it takes to change them as people and programs do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from advisor.advice import Advice
from advisor.memo import MemoOptions, memo_of, renderer_for
from advisor.reread.verify import Verification, verify_memo

ENDINGS = (".md", ".html", ".docx", ".pdf")


def rendered(advice: Advice, ending: str, options: MemoOptions | None = None) -> bytes:
    """A memo in the format of an ending."""
    file = renderer_for(Path("memo").with_suffix(ending))(memo_of(advice, options or MemoOptions()))
    return file if isinstance(file, bytes) else file.encode()


def verified(data: bytes, ending: str, folder: Path) -> Verification:
    """What `verify-memo` finds out about a file."""
    path = folder / f"memo{ending}"
    path.write_bytes(data)
    return verify_memo(path)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip file with one of its parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, change(content) if entry == name else content)
    return packed.getvalue()


def replaced(data: bytes, ending: str, old: str, new: str) -> bytes:
    """A text or Word file in which somebody wrote `new` in place of the first `old` that is shown."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return with_part(data, "word/document.xml", change) if ending == ".docx" else change(data)
