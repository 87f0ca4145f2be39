"""The codes of problems in a brand file, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "B001": "This is not a brand file: `advisor_brand: 1` is missing, or the file is no mapping.",
    "B002": "The brand file is written for another version of the format.",
    "B003": "A colour is not written as a colour.",
    "B004": "A colour has too little contrast to what it stands on.",
    "B005": "A name of a font holds characters that none has.",
    "B006": "The folder of fonts cannot be used.",
    "B007": "A font cannot be found (a note).",
    "B008": "The logo is too large, or has no usable shape.",
    "B009": "The logo is not a picture that can be shown.",
    "B010": "The logo holds something that acts or is loaded from elsewhere.",
    "B011": "A text is too long for its place.",
    "B012": "A height is not a whole number of millimetres within its bounds.",
    "B013": "Charts do not take the colour of graphics (a note).",
}
