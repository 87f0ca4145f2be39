"""The codes of problems with workbooks, printed questions and staff pulses, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "W001": "The file is no workbook (.xlsx), is protected by a password, or is damaged.",
    "W002": "The file is too large for a workbook of advisor.",
    "W003": "The workbook was not made by advisor, or in another version of its layout.",
    "W004": "A sheet is missing: removed or renamed.",
    "W005": "A sheet is none of advisor's; what stands on it would be lost.",
    "W006": "A heading was changed, or columns were moved.",
    "W007": "Cells were merged.",
    "W008": "Something stands where no answer belongs, and would be lost.",
    "W009": "A question is not in this rulebook, or is asked in another form.",
    "W010": "A question or a row of a table has two rows.",
    "W011": "A formula has no value, or an error for one.",
    "W012": "The cell holds something of another kind: a date, a time, true or false.",
    "W013": "A number cannot be understood.",
    "W014": "It is none of the answers that are offered.",
    "W015": "Something is said about an answer, but the answer is missing.",
    "W016": "Answers to one question exclude each other.",
    "W017": "There are too many units for one workbook.",
    "W018": "A package is not installed.",
    "F001": "The file is no export of a form tool: no CSV or workbook, too large, damaged, or without answers.",
    "F002": "A person's answer cannot be understood; it is not repeated.",
    "F003": "Something stands in a column without a heading.",
    "F004": "Two columns are the same question.",
    "F005": "No column is a question.",
    "F006": "What is named with --map does not exist, or can be no question.",
    "F007": "Too few people answered for anything to be told.",
    "F008": "A column is near to a question that no column is; somebody has to say whether it is that one.",
}
