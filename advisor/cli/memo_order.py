"""What `advisor memo` is asked to write, and one memo of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.cli.options import Reading

if TYPE_CHECKING:
    from advisor.advice import Advice, Adviser
    from advisor.memo import MemoOptions
    from advisor.profile import Profile

DECK = ".pptx"


@dataclass(frozen=True)
class Order:
    """How profiles are read and advised on, and what becomes of the advice: a memo, its page one, or slides.

    `force`: also in place of a file that somebody edited.
    """

    reading: Reading
    options: MemoOptions
    outlook: bool = True
    robust: bool = False
    deck: bool = False
    force: bool = False

    def adviser(self) -> Adviser:
        """What advises on all profiles."""
        from advisor.advice import Adviser

        return Adviser(self.reading.rulebook, self.reading.engine)

    def advice(self, adviser: Adviser, profile: Profile) -> tuple[Advice, list[str]]:
        """The advice with all that a memo says of it, and what a person has to know of how it was made.

        A page and slides do not say what would change it, so that is not computed for them; which questions to ask
        first they say as the whole memo does, by the outlook.
        """
        advice = adviser.advise(profile)
        advice = adviser.with_expiry(adviser.with_outlook(advice) if self.outlook else advice)
        if not (self.deck or self.options.one_page):
            advice = adviser.with_tripwires(adviser.with_flips(advice))
            advice = adviser.with_robustness(advice) if self.robust else advice
        notes = {*(each.note for each in advice.outlooks), advice.document.made_with.note}
        return advice, sorted(note for note in notes if note)

    def write(self, advice: Advice, path: Path, unit: str | None = None) -> list[str]:
        """Write the memo or the slides, on one unit where it is named; gives what a person has to know of the file."""
        from advisor.memo import MemoWarning, write_deck, write_memo

        options = replace(self.options, unit=unit or self.reading.unit)
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter("ignore")
            warnings.simplefilter("always", MemoWarning)
            if self.deck:
                write_deck(advice, path, options)
            else:
                write_memo(advice, path, options)
        return [str(warning.message) for warning in raised]
