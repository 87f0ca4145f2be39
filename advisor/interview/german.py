"""What the interview says of its own, in German."""

from __future__ import annotations

from advisor.interview.german_problems import GERMAN_PROBLEMS
from advisor.interview.wording import Wording

GERMAN = Wording(
    decimal_comma=True,
    commands={
        "hilfe": "help",
        "zurück": "back",
        "zurueck": "back",
        "unbekannt": "unknown",
        "entfällt": "not_applicable",
        "entfaellt": "not_applicable",
        "weiter": "skip",
        "notiz": "note",
        "ende": "stop",
        "stopp": "stop",
    },
    yes=("ja", "j", "yes", "y", "true", "1"),
    no=("nein", "n", "no", "false", "2"),
    yes_word="ja",
    no_word="nein",
    none_of_them=("keine", "keines", "nichts", "none", "0", "[]"),
    problems=GERMAN_PROBLEMS,
    no_such_characters=(
        "diese Zeile enthält Zeichen, die nicht gespeichert werden können; bitte ohne Pfeil- und Sondertasten eingeben"
    ),
    too_long="das ist zu lang; höchstens {most} Zeichen",
    answer_yes_or_no="bitte ja, nein oder unbekannt",
    number_of_choice="bitte eine Zahl von 1 bis {most} oder unbekannt",
    did_you_mean=" (meinten Sie „{word}“?)",
    no_range_here="bitte eine einzelne Zahl",
    value_in_range="der Wert muss in der Spanne liegen, zum Beispiel 4 (3..5)",
    range_turned="die Spanne beginnt mit der kleineren Zahl: {high}..{low}",
    ambiguous=(
        "{text} könnte {thousands} oder {decimals} heißen; bitte ohne Trennzeichen oder mit höchstens zwei "
        "Nachkommastellen schreiben"
    ),
    too_many_decimals="höchstens {most} Nachkommastellen: {rounded}",
    allowed={
        (True, True): "erlaubt ist {low} bis {high}",
        (True, False): "erlaubt ist {low} oder mehr",
        (False, True): "erlaubt ist bis {high}",
        (False, False): "erlaubt ist jede Zahl",
    },
    in_unit="bitte in {unit} oder unbekannt",
    a_number="bitte eine Zahl oder unbekannt",
    no_such_question="die Frage „{name}“ gibt es nicht",
    not_asked="die Frage „{name}“ wird seit Version {version} nicht mehr gestellt",
    does_not_apply="diese Frage entfällt wegen der Antwort auf: {names}; ändern Sie zuerst jene",
    not_with_others=(
        "zusammen mit dem, was andere gesagt haben, kann das nicht sein: {names}; trifft es zu, geben Sie hier "
        "unbekannt ein und halten Sie fest, was gilt (derselbe Befehl ohne --as)"
    ),
    nothing_before="davor wurde nichts gefragt; nennen Sie die Frage, zum Beispiel: zurück cases_per_day",
    nothing_to_keep=(
        "es wurde nichts eingegeben; bitte eine Antwort, ? für Hilfe, unbekannt, entfällt, weiter oder ende"
    ),
    no_such_evidence="bitte eine Zahl oder ein Wort aus diesen oder nichts: {choices}",
    not_a_date="bitte ein Datum als Jahr-Monat-Tag, zum Beispiel 2026-11-22, oder nichts",
    reason_needed="ob eine Frage entfällt, braucht einen Grund; ohne ihn wurde nichts geändert",
    how_to=(
        "Geben Sie eine Antwort ein oder: ? (Hilfe), zurück, unbekannt, entfällt GRUND, weiter (jetzt nicht), notiz, "
        "ende. Eine Zahl darf eine Spanne sein (3..5). Eine andere Frage beantworten oder ändern Sie mit ihrem Namen: "
        "cases_per_day = 200 oder: zurück cases_per_day."
    ),
    one_of="Eine dieser Nummern:",
    any_of="Beliebig viele dieser Nummern, mit Komma getrennt; keine, wenn nichts zutrifft:",
    yes_or_no="1 ja, 2 nein",
    number_in="Eine Zahl in {unit}; {allowed}.",
    number="Eine Zahl; {allowed}.",
    so_far="Bisher: {answer}",
    said_before="in einer früheren Sitzung beantwortet; was eine Person gesagt hat, wird nicht noch einmal gezeigt",
    keep_with_enter="Die Eingabetaste behält das bei.",
    prompt="> ",
    who={"manager": "Führungskraft", "staff": "Team", "data_owner": "wer die Daten hat"},
    asked_of="gefragt ist: {who}",
    unknown_word="unbekannt",
    not_applicable_word="entfällt: {reason}",
    row="Zeile {number}: {label}",
    row_ends="(eine leere Eingabe beendet die Tabelle)",
    in_a_table=(
        "In einer Tabelle geben Sie einen Wert ein oder: unbekannt, ? (Hilfe), ende. Eine leere Eingabe lässt eine "
        "Zelle unbekannt; am Anfang einer Zeile beendet sie die Tabelle."
    ),
    ask_reason="Warum entfällt die Frage? ",
    ask_evidence="Wie gut ist das bekannt? {choices} ",
    evidence={
        "measured": "gemessen",
        "documented": "dokumentiert",
        "stated": "angegeben",
        "estimated": "geschätzt",
        "inferred": "abgeleitet",
    },
    ask_source="Woher stammt es? ",
    ask_date="Von welchem Tag (etwa 22.11.2026)? ",
    ask_note="Notiz: ",
    note_kept="Wird mit der Antwort gespeichert; nun die Antwort selbst.",
    why_verdict="entscheidet, ob die Empfehlung „{word}“ lautet",
    why_between="entscheidet zwischen {patterns}",
    why_first="entscheidet, welche Verwendung an erster Stelle steht",
    why_preparation="entscheidet, wie es um „{name}“ steht",
    why_erosion="entscheidet, ob die Qualität erodiert",
    why_figure="wird gebraucht für: {name}",
    why_finding="zeigt, ob das zutrifft: {name}",
    why_returned="kommt wieder, weil sich eine Antwort geändert hat, auf der sie beruht",
    left="noch {least} bis {most} Fragen, bis die Empfehlung feststeht",
    left_one="noch 1 Frage, dann steht die Empfehlung fest",
    left_at_most="noch höchstens {most} Fragen, die daran etwas ändern können",
    understood="verstanden: {answer}",
    returned="Kommt deshalb wieder: {names}",
    set_aside="Entfällt jetzt, für später aufgehoben: {names}",
    now="Jetzt: {what}",
    no_longer="Nicht mehr: {what}",
    verdict_is="die Empfehlung lautet „{title}“",
    recommended="empfohlen: {title}",
    preparation={
        "missing": "„{title}“ fehlt",
        "partial": "„{title}“ ist teilweise vorhanden",
        "in_place": "„{title}“ ist vorhanden",
    },
    red="rot: {label}",
    so_far_heading="Stand nach „{section}“:",
    not_known_yet="noch nicht bekannt",
    settled_proven="Es steht fest: „{title}“. Keine offene Antwort kann das noch ändern.",
    settled_sampled=(
        "Keine von {draws} zufälligen Ergänzungen der offenen Antworten ändert „{title}“. Das ist kein Beweis; "
        "das Paket z3-solver bringt den Löser mit, der einen führen kann."
    ),
    settled_all="Keine offene Frage kann die Empfehlung noch ändern.",
    settled_rest="Keine der hier verbliebenen Fragen kann die Empfehlung noch ändern.",
    nothing_here="Hier ist nichts zu fragen: Diese Fragen sind beantwortet oder entfallen.",
    and_word="und",
    may_stop=(
        "Sie können hier aufhören (ende); die nächsten Fragen vervollständigen Zahlen, Befunde und Vorbereitungen."
    ),
    welcome="Gespräch über „{unit}“. {how_to}",
    heard_as=(
        "Gehört als {speaker} ({who}): Die Antworten stehen als die einer einzelnen Person neben dem, was festgehalten "
        "ist und was andere sagen. Ergebnisse nennen, was eine Rolle sagt, nie, wer was gesagt hat."
    ),
    resumed="Schon beantwortete Fragen: {answered}; es geht dort weiter.",
    stale="Diese Antworten stehen in der Datei, obwohl ihre Frage entfällt: {names}. Bis zum Löschen zählen sie.",
    kept="Nicht mehr gefragt; diese Antworten bleiben in der Datei und zählen für nichts: {names}.",
    new_since="Neu seit Version {version}, für die die Datei geschrieben wurde: {names}.",
    name_organisation="Name der Organisation: ",
    name_unit="Name der Einheit (ein Team, eine Abteilung, ein Kanal): ",
    not_begun="Angehalten, bevor die Datei begonnen wurde; es wurde nichts geschrieben.",
    stopped="Angehalten; jede Antwort steht in {path}. Weiter mit: {again}",
    finished="Fertig; jede Antwort steht in {path}. Zur Empfehlung: advisor assess {path}",
    left_open="Bleibt vorerst offen: {names}",
    unasked="Nicht gestellte Fragen, die die Empfehlung nicht ändern können: {number}; --all stellt auch sie.",
    skipped_left="Übersprungene Fragen: {number}; sie kommen beim nächsten Mal wieder.",
    cannot_save="Die Antwort ist nicht gespeichert: {problem}",
    try_again="Beheben Sie das und drücken Sie die Eingabetaste (die Antwort bleibt erhalten): ",
)
