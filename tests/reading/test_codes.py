"""The codes of problems: each says one thing, and each that is used is explained."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ADVISOR = Path(__file__).parents[2] / "advisor"
CODE = re.compile(r"[A-Z][0-9]{3}")


def tables_and_uses() -> tuple[list[str], set[str]]:
    """The codes that tables named CODES explain, and those that stand anywhere."""
    explained: list[str] = []
    used: set[str] = set()
    for path in sorted(ADVISOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                used.add(node.value)
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Name) and target.id == "CODES" for target in targets):
                    keys = (key.value for key in node.value.keys if isinstance(key, ast.Constant))
                    explained += [str(key) for key in keys if CODE.fullmatch(str(key))]
    return explained, used


def test_no_code_stands_for_two_things():
    explained, _ = tables_and_uses()
    assert len(explained) > 100
    assert [code for code, number in Counter(explained).items() if number > 1] == []


def test_every_code_that_is_used_is_explained():
    explained, used = tables_and_uses()
    remarks = {path.stem for path in (ADVISOR.parent / "docs" / "lint").glob("L*.md")}
    of_expressions = {code for code in used if code.startswith("E")}  # one entry, `E…`, stands for them all
    assert used - {*explained} - remarks - of_expressions == set()
