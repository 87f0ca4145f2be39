"""The phrase books: one folder for each language, in it one file for each kind of result."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.phrases.phrases import Phrases
from advisor.phrases.writing import writing_of
from advisor.reading import compose, plain, read_text
from advisor.rulebook.cache import fingerprint, kept

FOLDER = Path(__file__).parent
ENGLISH = "en"


def languages() -> list[str]:
    """The codes of the languages in which results can be written."""
    return sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.yaml")))


@cache
def phrases_in(language: str) -> Phrases:
    """The phrases of a language, all files of its folder together; English where there is no such folder."""
    folder = FOLDER / language
    if not folder.is_dir():
        return phrases_in(ENGLISH)
    return kept(f"phrases-{fingerprint([folder])}", lambda: _read(language, folder))


def _read(language: str, folder: Path) -> Phrases:
    phrases = {key: text for file in sorted(folder.glob("*.yaml")) for key, text in _flat(file).items()}
    return Phrases(language, phrases, writing_of(phrases["writing.locale"]))


def _flat(file: Path) -> dict[str, str]:
    """The phrases of a file of sections with keys, some of them in several forms."""
    sections = plain(compose(read_text(file), str(file)))
    assert isinstance(sections, dict)
    flat: dict[str, str] = {}
    for section, phrases in sections.items():
        assert isinstance(phrases, dict), f"{section} is no section"
        for key, text in phrases.items():
            words = text if isinstance(text, dict) else {"": text}
            for form, value in words.items():
                assert isinstance(value, str), f"{section}.{key} is no text"
                flat[f"{section}.{key}.{form}".rstrip(".")] = value
    return flat
