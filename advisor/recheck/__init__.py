"""An earlier advice against a newer profile: what broke, what falls, what stands, what was done."""

from __future__ import annotations

from advisor.recheck.codes import CODES
from advisor.recheck.earlier import Earlier, open_earlier
from advisor.recheck.result import RecheckDocument
from advisor.recheck.whole import recheck

__all__ = ["CODES", "Earlier", "RecheckDocument", "open_earlier", "recheck"]
