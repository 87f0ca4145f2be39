"""The fixed sentences of the memo, by key: content, not code, so that another language is another file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from advisor.reading import compose, plain, read_text


class Phrases:
    """Gives a phrase with its `{placeholders}` filled; what is put in is never read as a placeholder again."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        """Keep phrases by key."""
        self._phrases = phrases

    def __call__(self, key: str, **values: object) -> str:
        """The phrase of that key."""
        return self._phrases[key].format_map(values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The phrase for one, or the one for another number of things, which it may name as `{number}`."""
        kind = "one" if number == 1 else "none" if number == 0 and f"{key}.none" in self._phrases else "many"
        return self(f"{key}.{kind}", number=number, **values)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a sentence lists them."""
        if len(items) < 2:
            return "".join(items)
        return self("list.last", before=self("list.comma").join(items[:-1]), last=items[-1])

    def in_row(self, items: Sequence[str]) -> str:
        """Items in a row, each of which may hold commas."""
        return self("list.semicolon").join(items)

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self._phrases

    @property
    def keys(self) -> frozenset[str]:
        """All keys, for tests."""
        return frozenset(self._phrases)


@cache
def english() -> Phrases:
    """The English phrases."""
    return load(Path(__file__).with_name("phrases.yaml"))


def load(path: Path) -> Phrases:
    """The phrases of a file of sections with keys."""
    sections = plain(compose(read_text(path), str(path)))
    assert isinstance(sections, dict)
    flat: dict[str, str] = {}
    for section, phrases in sections.items():
        assert isinstance(phrases, dict), f"{section} is no section"
        for key, text in phrases.items():
            words = text if isinstance(text, dict) else {"": text}
            for form, value in words.items():
                assert isinstance(value, str), f"{section}.{key} is no text"
                flat[f"{section}.{key}.{form}".rstrip(".")] = value
    return Phrases(flat)
