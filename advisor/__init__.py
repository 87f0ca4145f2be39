"""Rules-based advice on what to do with the time that AI sets free.

    from pathlib import Path
    from advisor import Profile, Rulebook, advise, write_memo

    rulebook = Rulebook.load()
    advice = advise(Profile.load(Path("client.yaml"), rulebook), rulebook)
    write_memo(advice, Path("memo.md"))

Importing this package loads nothing else, so that the command line starts at once.
"""

from __future__ import annotations

from advisor.version import __version__

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all that stands here
if TYPE_CHECKING:
    from typing import Any

    from advisor.advice import Advice, advise
    from advisor.memo import write_memo
    from advisor.profile import Profile
    from advisor.reading import InvalidInput
    from advisor.rulebook import Rulebook

__all__ = ["Advice", "InvalidInput", "Profile", "Rulebook", "__version__", "advise", "write_memo"]

_ROOMS = {
    "Advice": "advisor.advice",
    "InvalidInput": "advisor.reading",
    "Profile": "advisor.profile",
    "Rulebook": "advisor.rulebook",
    "advise": "advisor.advice",
    "write_memo": "advisor.memo",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'advisor' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_ROOMS[name]), name)
