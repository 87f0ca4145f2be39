"""What the memo cites, gathered while it is written: claims under their code, publications numbered as they come."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.rulebook import Rulebook
from advisor.rulebook.model import JUDGEMENT, Claim, Source


class Citations:
    """Gives each source its mark and remembers it for the list of sources."""

    def __init__(self, rulebook: Rulebook, judgement: str) -> None:
        """Begin without citations; `judgement` is what is said where the rulebook cites nobody."""
        self._rulebook = rulebook
        self._publications: dict[str, str] = {}
        self._claims: set[str] = set()
        self._marks = {JUDGEMENT: judgement}

    def all(self, sources: Iterable[str]) -> tuple[str, ...]:
        """The marks of sources, each once."""
        return tuple(dict.fromkeys(map(self.mark, sources)))

    def mark(self, source: str) -> str:
        """The mark under which a claim or publication stands in the list."""
        if source not in self._marks:
            self._marks[source] = self._cited(source)
        return self._marks[source]

    def _cited(self, source: str) -> str:
        if source in self._rulebook.claims:
            self._claims.add(source)
            return source
        return self._publications.setdefault(source, f"S{len(self._publications) + 1}")

    def claims(self) -> list[tuple[Source, list[Claim]]]:
        """The cited claims by the article that they are from, in the rulebook's order."""
        cited = [claim for name, claim in self._rulebook.claims.items() if name in self._claims]
        articles = dict.fromkeys(claim.source for claim in cited)
        return [(self._rulebook.sources[a], [claim for claim in cited if claim.source == a]) for a in articles]

    def publications(self) -> list[tuple[str, Source]]:
        """The cited publications with their marks."""
        return [(mark, self._rulebook.sources[name]) for name, mark in self._publications.items()]
