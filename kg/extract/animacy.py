"""Whether a noun names people: learnt from the lexicon's own source nouns, in the model's word vectors.

No list of professions is whole: ``la souveraine a salué``, ``les rebelles exigent``.  A ridge regression between the
nouns that the lexicon lets speak and a list of plain things tells the two apart for any noun that has a vector.  It is
solved when a language is first used (milliseconds); a model without vectors gives no opinion.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.extract.lexicon import cues
from kg.extract.nlp import load

_RIDGE = 1.0
PEOPLE = 0.35
"""Scores run from about -1 (a thing) to 1 (a person); above this a noun counts as people."""
THING = -0.2


class Animacy:
    """Scores nouns of one language."""

    def __init__(self, language: str, things: Iterable[str]) -> None:
        self._vocab = load(language).vocab
        lexicon = cues(language)
        people = [word for word, s in lexicon.sources.items() if any(n.kind in ("person", "group") for n in s)]
        positive, negative = self._matrix(people), self._matrix(things)
        self._weights: NDArray[np.float64] | None = None
        self._bias = 0.0
        if len(positive) > 20 and len(negative) > 20:
            self._fit(positive, negative)
        self._scores: dict[str, float | None] = {}

    def _matrix(self, words: Iterable[str]) -> NDArray[np.float64]:
        rows = [v for word in sorted(words) if (v := self._vector(word)) is not None]
        return np.array(rows, dtype=np.float64)

    def _vector(self, word: str) -> NDArray[np.float64] | None:
        lexeme = self._vocab[word]
        if not lexeme.has_vector:
            return None
        vector = np.asarray(lexeme.vector, dtype=np.float64)
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else None

    def _fit(self, positive: NDArray[np.float64], negative: NDArray[np.float64]) -> None:
        """Ridge regression to +1 and -1, both classes weighing the same."""
        rows = np.vstack([positive, negative])
        rows = np.hstack([rows, np.ones((len(rows), 1))])
        target = np.concatenate([np.ones(len(positive)), -np.ones(len(negative))])
        weight = np.concatenate(
            [np.full(len(positive), 0.5 / len(positive)), np.full(len(negative), 0.5 / len(negative))]
        )
        scaled = rows * weight[:, None] * len(rows)
        solved = np.linalg.solve(scaled.T @ rows + _RIDGE * np.eye(rows.shape[1]), scaled.T @ target)
        self._weights, self._bias = solved[:-1], float(solved[-1])

    def score(self, word: str) -> float | None:
        """About 1 for people, -1 for things; None where the model has no vector for *word*."""
        if word not in self._scores:
            vector = self._vector(word) if self._weights is not None else None
            known = vector is not None and self._weights is not None
            self._scores[word] = float(vector @ self._weights) + self._bias if known else None  # type: ignore[operator]
        return self._scores[word]

    def people(self, *words: str) -> bool | None:
        """True for people, False for things, None where neither is clear."""
        scores = [s for word in words if (s := self.score(word)) is not None]
        if not scores:
            return None
        best = max(scores)
        return True if best > PEOPLE else False if best < THING else None


@cache
def animacy(language: str) -> Animacy:
    """The scorer of *language*, fitted once."""
    from kg.extract.grammar import grammar

    return Animacy(language, grammar(language).things)
