"""What is wrong with a profile's file or a row of a table, in German, by code.

The place and the words concerned are said besides.
"""

from __future__ import annotations

GERMAN_PROBLEMS: dict[str, str] = {
    "B001": "Das Datum der Einschätzung fehlt oder ist keines; schreiben Sie es als Jahr-Monat-Tag, etwa 2026-11-22.",
    "B002": "Das ist kein Ausgang; schreiben Sie yes, no oder unknown.",
    "B003": (
        "Das Datum des Ausgangs oder das Ende der Beobachtung fehlt, ist kein Datum oder widerspricht dem Ausgang; "
        "ergänzen oder berichtigen Sie es."
    ),
    "B004": "Zeilen derselben Einheit sagen Verschiedenes über ihren Ausgang; berichtigen Sie sie.",
    "B007": "Mehrere Organisationen haben eine Einheit dieses Namens; ergänzen Sie eine Spalte organisation.",
    "I001": "Ein anderes Gespräch hat diese Datei gerade geöffnet; beenden Sie erst jenes.",
    "I002": "In diesen Ordner kann nicht geschrieben werden; legen Sie ihn an oder wählen Sie einen anderen.",
    "I003": (
        "Der Eintrag der Person, die gehört wird, ist von Hand zu einem anderen geworden; stellen Sie die Einträge "
        "unter respondents wieder her, oder beenden Sie das Gespräch und beginnen Sie es neu."
    ),
    "P001": "Das ist kein Profil; die erste Zeile muss „advisor_profile: 1“ lauten.",
    "P002": "Das Profil ist in einer anderen Version des Formats geschrieben; gelesen wird „advisor_profile: 1“.",
    "P003": "Diese Angabe ist hier nicht bekannt; prüfen Sie die Schreibweise oder löschen Sie die Zeile.",
    "P004": "Eine Angabe fehlt, die nötig ist; ergänzen Sie sie.",
    "P005": "Hier wird etwas anderes erwartet (eine Liste, Zeilen „Frage: Antwort“ oder ein Text).",
    "P006": "Hinter der Angabe steht nichts; ergänzen Sie den Wert oder löschen Sie die Zeile.",
    "P007": "Der Text ist zu lang; kürzen Sie ihn.",
    "P008": "Das ist kein Datum; schreiben Sie es als Jahr-Monat-Tag, etwa 2026-11-22.",
    "P009": "Land oder Währung steht nicht als Kürzel da; schreiben Sie etwa DE und EUR.",
    "P010": "Das Profil hat zu viele Einheiten; teilen Sie es.",
    "P011": "Zwei Einheiten heißen gleich; geben Sie jeder einen eigenen Namen.",
    "P012": "Das Profil hat keine Einheit; führen Sie unter units: mindestens eine mit „- name: …“ auf.",
    "P013": "Das ist keine Version eines Fragebogens; schreiben Sie die des Regelwerks.",
    "P020": "Diese Frage gibt es nicht; prüfen Sie den Namen.",
    "P021": "Eine Ja/Nein-Frage wird mit true oder false beantwortet.",
    "P022": "Hier gehört eine einfache Zahl ohne Einheit hin, in einem Profil mit Dezimalpunkt.",
    "P023": "Die Zahl hat zu viele Nachkommastellen; runden Sie sie.",
    "P024": "Die Zahl liegt außerhalb der Grenzen; berichtigen Sie sie oder schreiben Sie unknown.",
    "P025": "low, value und high stehen nicht in dieser Reihenfolge; berichtigen Sie sie.",
    "P026": "low und high gehören zusammen und nur zu Zahlen; ergänzen Sie das fehlende oder schreiben Sie value.",
    "P027": "Diese Antwort steht nicht zur Wahl; nehmen Sie eine der vorgesehenen.",
    "P028": "Eine Antwort ist doppelt aufgeführt; löschen Sie eine davon.",
    "P029": "„Entfällt“ braucht einen Grund; schreiben Sie {not_applicable: der Grund}.",
    "P030": "Diese Art von Beleg ist nicht bekannt; bekannt sind measured, documented, stated, estimated, inferred.",
    "P031": "Zwei Angaben schließen einander aus; löschen Sie eine davon.",
    "P032": "Die Tabelle hat zu viele Zeilen; kürzen Sie sie.",
    "P033": "Ein Profil nennt niemanden mit Namen, die Rolle genügt; löschen Sie die Zeile.",
    "P034": "Es sind zu viele Einträge; fassen Sie Menschen einer Rolle zusammen (people: wie viele).",
    "P035": "Diese Rolle ist nicht bekannt; bekannt sind manager, staff, data_owner.",
    "P036": "people muss eine ganze Zahl ab 1 sein, und nicht mehr als alle, die hier sprechen.",
    "P037": "Die Auszählung passt nicht zur Frage oder geht nicht auf; berichtigen Sie sie.",
    "P038": (
        "Die Frage war eine andere, als sie beantwortet wurde; beantworten Sie sie neu oder löschen Sie die Antwort, "
        "und schreiben Sie dann oben die Version des Fragebogens hin."
    ),
    "P039": "Eine Frage ist unter ihrem alten und ihrem neuen Namen beantwortet; löschen Sie eine der beiden Zeilen.",
    "P040": "Diese Einheit steht nicht mehr in der Datei; stellen Sie sie wieder her.",
    "P041": "Eine Tabelle kann auf der Befehlszeile nicht angegeben werden.",
    "P042": "Profile verschiedener Organisationen können nicht zusammengeführt werden.",
    "P043": "Zwei Profile sagen Verschiedenes; die frühere Angabe gilt.",
    "P044": "Zwei Profile sagen dasselbe, oder eines weiß mehr.",
    "P045": (
        "Die Zahl lässt sich mit Tausendertrennzeichen oder mit Nachkommastellen lesen (1.200 als 1200 oder als 1.2); "
        "schreiben Sie sie ohne Trennzeichen oder mit höchstens zwei Nachkommastellen."
    ),
    "P050": (
        "Die Datei ist so angelegt, dass das Programm nichts in sie schreiben kann; tragen Sie die Antwort von Hand "
        "ein, oder führen Sie das Gespräch in eine neue Datei und die beiden dann zusammen (profile merge)."
    ),
    "P060": "Antworten können zusammen nicht stimmen; berichtigen Sie eine davon.",
    "P061": "Antworten sehen nach einem Versehen aus; prüfen Sie sie.",
    "P062": "Keine Regel verlangt diesen Schritt; prüfen Sie seinen Namen.",
    "P063": "Hier steht noch der Name aus dem leeren Profil; schreiben Sie den richtigen hin.",
    "P064": "Das Datum liegt nach dem Datum des Auftrags; berichtigen Sie eines von beiden.",
    "P065": "Das Datum liegt so weit zurück, dass das Jahr falsch sein dürfte; berichtigen Sie es.",
    "P066": "Die Antwort wächst von selbst und ist älter als der Auftrag; bringen Sie sie und ihr Datum auf den Stand.",
    "P070": "Eine Antwort ist von einem alten Namen übernommen.",
    "P071": "Eine Antwort bleibt stehen, obwohl ihre Frage nicht mehr gestellt wird.",
    "P072": "Fragen sind neu, seit das Profil geschrieben wurde.",
    "P073": "Das Profil ist für einen späteren Fragebogen geschrieben.",
    "P080": "So heißt kein Schritt; nehmen Sie Kennung oder Code der Regel, die ihn verlangt.",
    "P081": "Diesen Stand eines Schritts gibt es nicht; nehmen Sie einen der vorgesehenen.",
    "T005": (
        "Die Zeile hat mehr oder weniger Zellen als der Kopf der Tabelle; Zellen, die das Trennzeichen enthalten, "
        "gehören in Anführungszeichen."
    ),
    "T007": (
        "Die Zahl hat einen Punkt, die Datei setzt aber ein Komma vor Nachkommastellen; schreiben Sie ein Komma, und "
        "zwischen Tausender nichts."
    ),
    "T009": (
        "Die Zelle enthält einen Fehler, ein Datum oder eine Formel, deren Wert nicht gespeichert ist; berichtigen Sie "
        "sie, oder lassen Sie das Tabellenprogramm rechnen und speichern."
    ),
    "T011": (
        "Ein Anführungszeichen ist nicht geschlossen, oder hinter dem schließenden steht noch etwas; schließen Sie es, "
        "oder verdoppeln Sie es, wo es gemeint ist."
    ),
    "Y001": "Diese Datei gibt es nicht; prüfen Sie den Pfad.",
    "Y002": "Das ist ein Ordner; nennen Sie eine Datei darin.",
    "Y003": "Die Datei kann nicht gelesen werden; prüfen Sie die Rechte.",
    "Y004": "Die Datei ist zu groß; ist es die richtige?",
    "Y005": "Das ist keine Textdatei; ist es die richtige?",
    "Y006": "Die Datei ist nicht in UTF-8 geschrieben; speichern Sie sie so.",
    "Y007": "Im Text steht ein Steuerzeichen oder ein unsichtbares Zeichen; löschen Sie es.",
    "Y008": "Die Datei ist leer.",
    "Y009": "Das ist kein gültiges YAML; prüfen Sie Einrückung, Anführungszeichen und Doppelpunkte an dieser Stelle.",
    "Y010": "Anker und Verweise (& und *) sind nicht erlaubt; schreiben Sie den Wert aus.",
    "Y011": "Typangaben (!) sind nicht erlaubt; löschen Sie sie.",
    "Y012": "Dieselbe Angabe steht zweimal da; löschen Sie eine davon.",
    "Y013": "Die Datei enthält mehrere Dokumente; teilen Sie sie.",
    "Y014": "Links vom Doppelpunkt steht kein einfacher Text; berichtigen Sie das.",
    "Y015": "Die Datei ist zu tief verschachtelt; ist es die richtige?",
    "Y016": "Der Text ist zu lang; kürzen Sie ihn.",
    "Y017": "Die Datei kann nicht geschrieben werden; prüfen Sie den freien Platz und die Rechte.",
    "Y018": "Hier steht ein Tabulator; eingerückt wird nur mit Leerzeichen: Ersetzen Sie ihn durch welche.",
    "Y099": "Es sind zu viele Fehler, um alle zu nennen; berichtigen Sie diese zuerst.",
}
"""What a check of the rulebook says (P060, P061) is German already; these sentences are on its kind."""
