"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation and what stands below it."""

    text: str
    below: tuple[Line, ...] = field(default=())
