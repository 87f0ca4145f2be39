"""The codes of problems with files and with YAML itself, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "Y001": "The file does not exist.",
    "Y002": "A file is needed, but the path is a folder.",
    "Y003": "The file cannot be read.",
    "Y004": "The file is too large.",
    "Y005": "The file is not a text file.",
    "Y006": "The file is not UTF-8.",
    "Y007": "The text holds a control, bidirectional or otherwise invisible character.",
    "Y008": "The file is empty.",
    "Y009": "The file is not valid YAML.",
    "Y010": "Anchors and aliases (& and *) are not allowed.",
    "Y011": "Tags (!) are not allowed.",
    "Y012": "A key appears twice in one mapping.",
    "Y013": "The file holds several documents.",
    "Y014": "A key is not a simple text.",
    "Y015": "The file is nested too deeply.",
    "Y016": "A text is too long.",
    "Y017": "The file cannot be written.",
    "Y018": "A tab stands where only spaces may indent.",
    "Y099": "There are too many problems to list them all.",
}
