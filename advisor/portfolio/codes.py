"""The codes of problems with a portfolio, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "T001": "The path leads to nothing that holds units.",
    "T002": "A column is neither a question nor anything else that is known.",
    "T003": "A column appears twice, or has no name.",
    "T004": "There is no column with the names of the units.",
    "T005": "A row has more or fewer cells than the table has columns.",
    "T006": "How the file is encoded cannot be told.",
    "T007": "Whether a comma or a point stands before decimals cannot be told.",
    "T008": "What separates the columns cannot be told.",
    "T009": "A cell is the error or the missing value of a formula, or a date.",
    "T010": "The file cannot be read as what its ending says.",
    "T011": "Quotes are not closed, or something follows them.",
    "T012": "A package is missing.",
    "T013": "A column that is to be carried along is one of the result's own, or holds no plain values.",
    "T014": "Another run writes the same file.",
    "T015": "The ending of the output names no format.",
    "T016": "The rulebook cannot be evaluated as columns.",
    "T017": "The workbook has several sheets, or none of that name.",
    "T018": "A part has other columns than the other parts.",
    "T019": "A column holds values of a type that cannot be an answer to its question.",
    "T020": "The worker that had a part died, again and again.",
    "T021": "A worker has another version than the program that asks it.",
    "T022": "The folder of results has rows of parts that are not there any more.",
}
