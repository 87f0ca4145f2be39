"""Which open questions to ask first: one order for page one, the list of open questions, slides and the terminal.

First those on which the advice and the first use turn most often, as the outlook found them; then the others by what
waits for them. Where no outlook was worked out, that alone is the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.advice.model import OpenQuestion
from advisor.engines.outcomes import FIRST, VERDICT

if TYPE_CHECKING:
    from advisor.advice.outlook import Outlook

MOST_NAMED = 3
"""So many questions an outlook names for one outcome."""


def asked_first(questions: Sequence[OpenQuestion], outlook: Outlook | None) -> list[OpenQuestion]:
    """Open questions in the order in which to ask them; what would be withheld settles nothing and comes no earlier."""
    named = deciding(outlook)
    return sorted(
        questions,
        key=lambda each: (
            named.index(each.question) if each.question in named and each.state != "withheld" else len(named)
        ),
    )


def deciding(outlook: Outlook | None) -> list[str]:
    """The questions that an outlook names for the advice, then for the first use; none where there is none."""
    if outlook is None:
        return []
    return list(
        dict.fromkeys(name for each in (VERDICT, FIRST) for name in outlook.deciding.get(each, ())[:MOST_NAMED])
    )
