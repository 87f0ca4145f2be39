"""Whether a memo still says what its own record leads to, and if not, what differs and why."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from advisor.memo import SLIDES, Memo, MemoWarning, memo_of, renderer_for
from advisor.memo.looks import USUAL, Looks
from advisor.memo.packed import NotPacked, unpack
from advisor.memo.record import Record, refuse_record
from advisor.reading import InvalidInput, Place, Problem
from advisor.reread.again import Again, Maker
from advisor.reread.files import Found, passages_of, read_memo
from advisor.reread.passages import Edit, edits, edits_of_words
from advisor.reread.rulebooks import RulebookChange, rulebook_of
from advisor.version import __version__


@dataclass(frozen=True, slots=True)
class Verification:
    """What differs between a memo as it is, as it was written, and as it would be written now.

    `edited` are passages changed by hand, `derived` those that would read differently now, `faults` say why the record
    cannot be as it was written or cannot be followed, `profile` which answers differ from another profile. `notes`
    are no differences.
    """

    record: Record
    edited: tuple[Edit, ...]
    rulebook: RulebookChange | None
    derived: tuple[Edit, ...]
    faults: tuple[str, ...]
    profile: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.edited or self.rulebook or self.derived or self.faults or self.profile)

    @property
    def is_of_another_version(self) -> bool:
        """Whether another version of advisor wrote the memo."""
        return self.record.made_with.advisor != __version__


def verify_memo(
    path: Path, overlays: Sequence[Path] = (), profile: Path | None = None, looks: Looks = USUAL
) -> Verification:
    """Compare a memo of any format with what its record leads to; what is no memo raises `InvalidInput`.

    `looks` are those that it was written in: what stands on its pages besides the text is compared, too.
    """
    found = read_memo(path)
    _check_looks(found, looks, str(path))
    written = replace(written_memo(found, str(path)), looks=looks)
    rulebook, change = rulebook_of(found.record, overlays)
    again = Again(found.record, written, rulebook, change, str(path), _maker(found))
    return Verification(
        record=found.record,
        edited=tuple(_edited(found, written, str(path))),
        rulebook=change,
        derived=tuple(again.differences()),
        faults=tuple(again.faults()),
        profile=() if profile is None else tuple(again.changes_to(profile)),
        notes=tuple(again.notes()),
    )


def _check_looks(found: Found, looks: Looks, file: str) -> None:
    """Refuse to compare pages in other looks than those of the memo; Markdown has none."""
    if found.ending == ".md" or found.record.looks == (None if looks == USUAL else looks.digest):
        return
    if found.record.looks is None:
        said = "it was written without a brand or template; leave out --brand and --template"
    elif looks == USUAL:
        said = (
            "it was written in the looks of a brand or template; name its file: --brand FILE, or --template FILE.docx"
        )
    else:
        said = "it was written in other looks than these; name the brand or template as it was then"
    raise InvalidInput([Problem(Place(file), "M015", said)])


def written_memo(found: Found, file: str) -> Memo:
    """The memo as it was written, from its record."""
    try:
        return replace(unpack(found.record.text), record=found.written)
    except NotPacked as error:
        refuse_record(file, f"its text cannot be read ({error}); ask for the memo as it was sent")


def _maker(found: Found) -> Maker:
    if found.ending != SLIDES:
        return memo_of
    from advisor.memo.deck import slides_of

    return slides_of


def _rendered(found: Found, written: Memo, file: str) -> str | bytes:
    if found.ending != SLIDES:
        return renderer_for(Path(file).with_suffix(found.ending))(written)
    from advisor.memo.deck import render_slides

    try:
        return render_slides(written)
    except ValueError as error:
        refuse_record(file, f"its text is none of slides ({error}); ask for the file as it was sent")


def _edited(found: Found, written: Memo, file: str) -> list[Edit]:
    """What the file says otherwise than the memo that its record holds, in the same format."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MemoWarning)
        rendered = _rendered(found, written, file)
    data = rendered.encode() if isinstance(rendered, str) else rendered
    if data == found.data:
        return []
    compare = edits_of_words if found.ending == ".pdf" else edits
    return compare(passages_of(data, found.ending, file)[1], found.passages)
