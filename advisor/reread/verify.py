"""Whether a memo still says what its own record leads to, and if not, what differs and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from advisor.memo import SLIDES, memo_of
from advisor.memo.looks import USUAL, Looks
from advisor.memo.record import Record
from advisor.reading import InvalidInput, Place, Problem
from advisor.reread.again import Again, Maker
from advisor.reread.by_hand import edits_by_hand, has_looks, rendered_again, written_memo
from advisor.reread.files import Found, read_memo
from advisor.reread.passages import Edit
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
    written = written_memo(found, looks)
    rulebook, change = rulebook_of(found.record, overlays)
    again = Again(found.record, written, rulebook, change, str(path), _maker(found))
    data = rendered_again(found, written)
    edited = tuple(edits_by_hand(found, data))
    return Verification(
        record=found.record,
        edited=edited,
        rulebook=change,
        derived=tuple(again.differences()),
        faults=tuple(again.faults()),
        profile=() if profile is None else tuple(again.changes_to(profile)),
        notes=(*again.notes(), *again.notes_on_bytes(same=bool(edited) or data == found.data)),
    )


def _check_looks(found: Found, looks: Looks, file: str) -> None:
    """Refuse to compare pages in other looks than those of the memo; Markdown has none."""
    if has_looks(found, looks):
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


def _maker(found: Found) -> Maker:
    if found.ending != SLIDES:
        return memo_of
    from advisor.memo.deck import slides_of

    return slides_of
