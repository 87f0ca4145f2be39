"""The codes of problems with a Word template, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "D001": "The file is no Word document.",
    "D002": "The file is too large, or unpacks to too much.",
    "D003": "The file holds macros, or names itself a file with macros.",
    "D004": "The file declares a document type or entities.",
    "D005": "Its page leaves too little room for the text.",
    "D010": "Something is loaded from elsewhere; it is left out (a note).",
    "D011": "An object, a control or an embedded font is left out (a note).",
    "D012": "A field that fetches or runs something is left out; its last result stays (a note).",
    "D013": "Settings that act, such as a mail merge, are left out (a note).",
}
