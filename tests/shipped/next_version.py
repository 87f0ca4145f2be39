"""The shipped rulebook one version on: every question and some choices renamed, one question gone, one new."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from advisor.rulebook import Rulebook, shipped_folder

NOW, NEXT = "1.0.0", "1.1.0"
REMOVED = "error_definition"
ADDED = "plants_in_the_room"
CHOICES = {"pilot": "trial", "net": "after_checking"}
"""Of `ai_phase` and of `saving_checking`."""
QUESTIONS = Rulebook.load().asked


def called(name: str) -> str:
    """What a question is called in the next version."""
    return f"{name}_v2"


def next_rules(folder: Path) -> Path:
    """Write the rules of the next version."""
    shutil.copytree(shipped_folder(), folder)
    for path in folder.rglob("*.yaml"):
        path.write_text(_renamed(path.read_text(encoding="utf-8")), encoding="utf-8")
    frame = folder / "rulebook.yaml"
    frame.write_text(frame.read_text().replace(f"version: {NOW}", f"version: {NEXT}"))
    asked = folder / "questions.yaml"
    asked.write_text(_with_history(asked.read_text()))
    german = folder / "languages" / "de" / "questions.yaml"
    german.write_text(re.sub(rf"    {called(REMOVED)}:\n(?: {{6}}.*\n)+", "", german.read_text()))
    return folder


def _renamed(text: str) -> str:
    text = re.sub(rf"\b({'|'.join(QUESTIONS)})\b", lambda found: called(found[0]), text)
    return re.sub(rf"(?<![\w-])({'|'.join(CHOICES)})(?![\w-])", lambda found: CHOICES[found[0]], text)


def _with_history(text: str) -> str:
    text = re.sub(rf"  - name: {called(REMOVED)}\n(?: {{4}}.*\n)+", "", text)
    for name in QUESTIONS:
        text = text.replace(f"  - name: {called(name)}\n", f"  - name: {called(name)}\n    was: [{name}]\n")
    for old, new in CHOICES.items():
        text = text.replace(f"value: {new},", f"value: {new}, was: [{old}],")
    added = f"  - name: {ADDED}\n    section: demand\n    ask: x\n    help: x\n    who: manager\n    type: yes_no\n"
    removed = f"removed:\n  - {{name: {REMOVED}, version: {NEXT}, why: It only explained another answer.}}\n"
    return text.replace("\nchecks:\n", f"\n{added}    since: {NEXT}\n{removed}checks:\n")
