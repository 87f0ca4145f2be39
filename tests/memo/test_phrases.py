"""The phrase book and the code know the same keys."""

from __future__ import annotations

import re
from pathlib import Path

from advisor.memo.phrases import english

CODE = Path(__file__).parents[2] / "advisor" / "memo"
FORMS = ("one", "few", "many", "none", "all")


def test_every_phrase_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CODE.glob("*.py")))
    written = set(re.findall(r"\"([a-z_]+\.[a-z_]+)\"", code)) | set(re.findall(r"\"([a-z_]+)\"", code))
    open_ = tuple(re.findall(r"f\"([a-z_]+\.)\{", code))
    for key in english().keys:
        stem = ".".join(part for part in key.split(".") if part not in FORMS)
        assert stem in written or key in written or stem.startswith(open_), key


def test_no_phrase_names_what_the_rulebook_names():
    words = {"volume", "clarity", "recognition", "authority", "klarna"}
    text = " ".join(english()(key, **_any()) for key in sorted(english().keys)).lower()
    assert words & set(re.findall(r"[a-z]+", text)) == set()


def _any() -> dict[str, str]:
    return dict.fromkeys(re.findall(r"\{([a-z0-9_]+)\}", (CODE / "phrases.yaml").read_text(encoding="utf-8")), "")
