"""The comments of a blank profile around its questions, in the languages that the program speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from advisor.profile.values import Span
from advisor.rulebook.languages import CURRENCY, Language


@dataclass(frozen=True, slots=True)
class BlankTexts:
    """The texts in one language.

    The head has places for ``schema``, ``organisation``, ``unit`` and the line ``questionnaire``.
    """

    head: str
    forms: Mapping[str, str]
    span: Span
    asked_of: str
    who: Mapping[str, str]
    applies_when: str
    units: Mapping[str, str] = field(default_factory=dict)
    """What units are called; one that is not here is called as in the rulebook."""


ENGLISH = BlankTexts(
    head="""\
# yaml-language-server: $schema={schema}
#
# Answer what you know: remove the '# ' before a question's name and write the answer after it.
# Leave the rest as it is; a question without an answer counts as not asked. An answer may also be
#   unknown                                      asked, and nobody here knows
#   {{not_applicable: why}}                        the question makes no sense for this work, and why
#   {{value: 3.2, low: 2.5, high: 4, evidence: measured, source: QA log, as_of: 2026-09-30, note: why}}
# low and high are for numbers. With a value the value counts, and the range only in `assess --robust`; without one the
# range counts everywhere, {{low: 2.5, high: 4}}. evidence is measured, documented, stated, estimated or inferred.
advisor_profile: 1
{questionnaire}organisation:
  name: {organisation}
  # sector: insurance
  # country: DE
  # currency: EUR
engagement:
  # prepared_for:
  # prepared_by:
  # date: 2026-11-22
  # reference:
units:
  - name: {unit}
    answers:
""",
    forms={
        "number": "number",
        "yes_no": "true or false",
        "choice": "one of",
        "choices": "a list of any of these, such as [a, b], or []",
        "table": "a list of rows, each {column: value, …}; a value may be unknown",
        "text": "text",
    },
    span=Span(),
    asked_of="asked of",
    who={"manager": "manager", "staff": "staff", "data_owner": "data owner"},
    applies_when="applies when",
)

GERMAN = BlankTexts(
    head="""\
# yaml-language-server: $schema={schema}
#
# Beantworten Sie, was Sie wissen: das „# “ vor dem Namen der Frage entfernen und die Antwort dahinter schreiben.
# Alles andere bleibt, wie es ist; eine Frage ohne Antwort gilt als nicht gefragt. Eine Antwort kann auch sein
#   unknown                                      gefragt, und niemand hier weiß es
#   {{not_applicable: warum}}                      die Frage ergibt für diese Arbeit keinen Sinn, und warum
#   {{value: 3.2, low: 2.5, high: 4, evidence: measured, source: Protokoll, as_of: 2026-09-30, note: warum}}
# low und high gibt es bei Zahlen. Mit einem Wert zählt der Wert und die Spanne nur bei `assess --robust`; ohne Wert
# zählt die Spanne überall, {{low: 2.5, high: 4}}. evidence ist measured, documented, stated, estimated oder inferred.
# Zahlen haben hier einen Punkt vor den Nachkommastellen und nichts zwischen den Tausendern.
advisor_profile: 1
{questionnaire}organisation:
  name: {organisation}
  # sector: insurance
  # country: DE
  # currency: EUR
engagement:
  # prepared_for:
  # prepared_by:
  # date: 2026-11-22
  # reference:
units:
  - name: {unit}
    answers:
""",
    forms={
        "number": "Zahl",
        "yes_no": "true (ja) oder false (nein)",
        "choice": "eines von",
        "choices": "eine Liste von beliebig vielen davon, zum Beispiel [a, b], oder []",
        "table": "eine Liste von Zeilen, jede {Spalte: Wert, …}; ein Wert darf unknown sein",
        "text": "Text",
    },
    span=Span("erlaubt ist", "{low} bis {high}", "mindestens {low}", "höchstens {high}", "jede Zahl"),
    asked_of="gefragt ist",
    who={"manager": "Führungskraft", "staff": "Team", "data_owner": "wer die Daten hat"},
    applies_when="gilt, wenn",
)


def blank_texts(language: Language) -> BlankTexts:
    """The texts of a language; English where the program does not speak it."""
    if language.code != "de":
        return ENGLISH
    units = {unit: each.says if CURRENCY in each.words[0] else each.words[0] for unit, each in language.units.items()}
    return replace(GERMAN, units=units)
