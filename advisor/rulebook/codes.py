"""The codes of problems with a rulebook, in one table for the documentation."""

from __future__ import annotations

CODES: dict[str, str] = {
    "R001": "The folder of the rulebook does not exist or holds no YAML file.",
    "R002": "A rulebook file must be one mapping with known keys at the top.",
    "R003": "A field is missing, unknown or of the wrong type.",
    "R004": "A name is given twice.",
    "R005": "A name is not known.",
    "R006": "The names depend on each other in a circle.",
    "R007": "A rule reads a result of a later layer, itself or through a measure.",
    "R008": "A verdict or an exclusion rests on an assumption.",
    "R009": "A source or claim is not in the bibliography.",
    "R010": "A text names something that it cannot show.",
    "R011": "A part of the rulebook is missing.",
    "R012": "A comparison is always true or always false.",
    "R013": "A parameter has a value with which the program cannot work.",
    "R014": "A translation shows other values than the text that it translates.",
    "R015": "A version is later than that of the rulebook.",
    "R016": "How several voices become one does not fit the question.",
    "R017": "The table that is drawn from the respondents is not as the program fills it.",
    "R018": "By a step, a least change or its growth no answer to a question could change.",
    "E…": "An expression cannot be used; the message names the part.",
}
