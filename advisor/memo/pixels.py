"""A logo as a picture of pixels: Word before 2016 and many programs for slides show no SVG."""

from __future__ import annotations

import json

from advisor.memo.looks import Logo

_DOTS_PER_INCH = 600
_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(json(bytes(sys.inputs.picture))), format: "svg", height: int(sys.inputs.height) * 1mm)
"""


def pixels_of(logo: Logo) -> bytes:
    """The logo as PNG or JPEG; a drawing is drawn at its height on paper."""
    if logo.kind != "svg":
        return logo.data
    import typst

    inputs = {"picture": json.dumps(list(logo.data)), "height": str(logo.height)}
    drawn = typst.compile(_PICTURE, format="png", ppi=_DOTS_PER_INCH, ignore_system_fonts=True, sys_inputs=inputs)
    assert isinstance(drawn, bytes)
    return drawn
