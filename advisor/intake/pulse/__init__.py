"""Staff pulses: what many people answered in a form tool, as means and counts; no single answer leaves this package."""

from __future__ import annotations

from advisor.intake.pulse.read import Pulse, read_pulse
from advisor.intake.pulse.record import Recorded, in_new_profile, recorded

__all__ = ["Pulse", "Recorded", "in_new_profile", "read_pulse", "recorded"]
