"""The codes of problems in a profile, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "P001": "This is not a profile: `advisor_profile: 1` is missing, or the file is no mapping.",
    "P002": "The profile is written for another version of the format.",
    "P003": "A key is not known here.",
    "P004": "Something required is missing.",
    "P005": "A list, a mapping or a text is needed here.",
    "P006": "Nothing is written after the key.",
    "P007": "A text is too long.",
    "P008": "A date is not a date.",
    "P009": "A country or currency is not written as its code.",
    "P010": "There are too many units.",
    "P011": "Two units have the same name.",
    "P012": "There is no unit.",
    "P020": "There is no such question.",
    "P021": "A yes/no question is not answered with true or false.",
    "P022": "A number is not written as a plain decimal number.",
    "P023": "A number has too many decimals.",
    "P024": "A number is out of bounds.",
    "P025": "Low, value and high are not in order.",
    "P026": "A range is incomplete, or the question takes none.",
    "P027": "There is no such choice.",
    "P028": "A choice is listed twice.",
    "P029": "Not applicable needs a reason.",
    "P030": "The evidence is none of the known words.",
    "P031": "Statements exclude each other.",
    "P032": "A table has too many rows.",
    "P040": "There is no unit of that name.",
    "P041": "A table cannot be given on the command line.",
    "P050": "The file is laid out in a way that cannot be edited by program.",
}
