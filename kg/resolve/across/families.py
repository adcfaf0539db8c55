"""Copies: documents whose words are nearly the same form one family, with a first publication.

Words in fours are sketched by MinHash (datasketch); documents with a band of the sketch in common are compared.  A
text that was cut counts as a copy too: what matters is how much of the shorter one stands in the longer one.  Where an
editor changed more, the names and figures must be the same as well: reports written by one pattern differ in these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from kg.iris import fold
from kg.resolve.across.neighbours import SAME, Verdict

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE, PERMUTATIONS, BAND = 4, 96, 3
COPIED, EDITED, ALIKE = 0.8, 0.55, 0.35
"""A copy has the first share of the shorter text in common, an edited one the second; the third of both together."""
MARKED = 0.65
"""An edited copy has this share of the names and figures of the text that has fewer of them."""
LEAST = 12
"""Shingles below which a text is too short to be known again."""
WINDOW = 12
MARKS = 64
# A name: a capital within a sentence, behind a word; or a figure.
_MARK = re.compile(r"(?<=[\w,»”)] )[A-ZÀ-Þ][\w'’-]+|\d[\d.,]*\d|\d")


def sketch(text: str) -> tuple[int, tuple[int, ...]]:
    """The number of different shingles of *text* and their MinHash; ``(n, ())`` where there are too few."""
    words = fold(text).split()
    shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(len(words) - SHINGLE + 1)}
    if len(shingles) < LEAST:
        return len(shingles), ()
    found = _empty().copy()
    found.update_batch(sorted(shingles))
    return len(shingles), tuple(int(value) for value in found.hashvalues)


@cache
def _empty() -> MinHash:
    """A sketch of nothing, whose permutations every other one shares."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1)


def marks(text: str) -> tuple[int, ...]:
    """The names and figures of *text*, each as four bytes, sorted, the first `MARKS` of them.

    >>> marks("Le port de Brévan a perdu 12 grues") == marks("À Brévan, 12 grues manquent au port")
    True
    """
    found = {crc32(fold(word).encode()) for word in _MARK.findall(text)}
    return tuple(sorted(found)[:MARKS])


def facts_of(words: int, signature: Sequence[int], marked: Sequence[int] = ()) -> dict[str, Any]:
    return {"words": words, "signature": list(signature), "marks": list(marked)}


def keys_of(signature: Sequence[int]) -> set[str]:
    """One key for each band of the sketch."""
    return {
        f"{at}:{'-'.join(format(v, 'x') for v in signature[at : at + BAND])}" for at in range(0, len(signature), BAND)
    }


def compare(one: Mapping[str, Any], two: Mapping[str, Any]) -> Verdict | None:
    """Whether one text is a copy of the other."""
    pairs = zip(one["signature"], two["signature"], strict=True)
    alike = sum(a == b for a, b in pairs) / len(one["signature"])
    small, large = sorted((one["words"], two["words"]))
    common = alike * (small + large) / (1 + alike)
    copied = min(1.0, common / small)
    if alike < ALIKE or copied < EDITED or (copied < COPIED and _marked(one["marks"], two["marks"]) < MARKED):
        return None
    return Verdict(SAME, copied, f"{copied:.0%} of the shorter text's words in fours stand in the other")


def _marked(one: Sequence[int], two: Sequence[int]) -> float:
    """The share of the fewer marks that both have; 0 where one has none."""
    fewer = min(len(one), len(two))
    return len(set(one) & set(two)) / fewer if fewer else 0.0
