"""What somebody changed in a memo by hand: the file against the text that its own record holds."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

from advisor.memo import SLIDES, Memo, MemoWarning, renderer_for
from advisor.memo.looks import USUAL, Looks
from advisor.memo.packed import NotPacked, unpack
from advisor.memo.record import refuse_record
from advisor.reading import InvalidInput
from advisor.reread.files import Found, passages_of, read_memo
from advisor.reread.passages import Edit, edits, edits_of_words
from advisor.version import __version__

_UNREAD = {
    "M010": "is not a memo that advisor wrote",
    "M012": "has no record: it is from another program, or written with --no-embed; "
    "so it cannot be told whether it was edited",
}
"""Why a file that cannot be read as a memo is kept, by the code of the problem."""


def why_kept(path: Path, looks: Looks = USUAL) -> str | None:
    """Why a new memo must not take the place of this file: somebody may have changed it, if only a picture or a colour.

    None where nothing is lost: it holds, to the byte, what advisor wrote.

    `looks` are those of the new memo, in which the old one may have been written, too.
    """
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        found = read_memo(path)
        if not has_looks(found, USUAL) and not has_looks(found, looks):
            return "is in the looks of another brand or template, so it cannot be told whether it was edited"
        written = rendered_again(found, written_memo(found, looks if has_looks(found, looks) else USUAL))
        if written == found.data:
            return None
        number = len(edits_by_hand(found, written))
    except InvalidInput as error:
        first = error.problems[0]
        return _UNREAD.get(first.code, f"cannot be read as a memo of advisor ({first.message})")
    if found.record.made_with.advisor != __version__:
        return f"is by advisor {found.record.made_with.advisor}, so it cannot be told whether it was edited"
    if not number:
        return "was changed since advisor wrote it: not its words, but perhaps pictures or how they look"
    passages = "1 passage" if number == 1 else f"{number:,} passages"
    return f"was changed by hand since advisor wrote it: {passages}"


def has_looks(found: Found, looks: Looks) -> bool:
    """Whether a memo was written in these looks; Markdown has none."""
    return found.ending == ".md" or found.record.looks == (None if looks == USUAL else looks.digest)


def written_memo(found: Found, looks: Looks = USUAL) -> Memo:
    """The memo as it was written, from its record, in these looks."""
    try:
        return replace(unpack(found.record.text), record=found.written.strip("\n"), looks=looks)
    except NotPacked as error:
        refuse_record(found.file, f"its text cannot be read ({error}); ask for the memo as it was sent")


def edits_by_hand(found: Found, data: bytes) -> list[Edit]:
    """What the file says otherwise than `data`, the memo that its record holds in the same format."""
    if data == found.data:
        return []
    compare = edits_of_words if found.ending == ".pdf" else edits
    return compare(passages_of(data, found.ending, found.file)[1], found.passages)


def rendered_again(found: Found, written: Memo) -> bytes:
    """The memo that its record holds as a file in the same format."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MemoWarning)
        try:
            rendered = _rendered(found, written)
        except ValueError as error:
            refuse_record(found.file, f"its text is none of a memo ({error}); ask for the file as it was sent")
    return rendered.encode() if isinstance(rendered, str) else rendered


def _rendered(found: Found, written: Memo) -> str | bytes:
    if found.ending != SLIDES:
        return renderer_for(Path(found.file).with_suffix(found.ending))(written)
    from advisor.memo.deck import render_slides

    return render_slides(written)
