"""The codes of problems in a brand file, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "M101": "This is not a brand file: `advisor_brand: 1` is missing, or the file is no mapping.",
    "M102": "The brand file is written for another version of the format.",
    "M103": "A colour is not written as a colour.",
    "M104": "A colour has too little contrast to what it stands on.",
    "M105": "A name of a font holds characters that none has.",
    "M106": "The folder of fonts cannot be used.",
    "M107": "A font cannot be found (a note).",
    "M108": "The logo is too large, or has no usable shape.",
    "M109": "The logo is not a picture that can be shown.",
    "M110": "The logo holds something that acts or is loaded from elsewhere.",
    "M111": "A text is too long for its place.",
    "M112": "A height is not a whole number of millimetres within its bounds.",
    "M113": "Charts do not take the colour of graphics (a note).",
}
