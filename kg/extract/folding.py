"""Folded text: the same length as the text, so that offsets stay true, but easier to match.

Lower case, straight apostrophes and hyphens, every kind of space a plain space; line breaks stay.
"""

from __future__ import annotations

_TABLE = str.maketrans({
    "\u0130": "I",  # the one letter whose lower case is two characters long
    "\u2019": "'", "\u2018": "'", "\u02bc": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ",
    "\u2010": "-", "\u2011": "-",
})  # fmt: skip


def fold(text: str) -> str:
    """*text* folded; ``len(fold(text)) == len(text)``."""
    return text.translate(_TABLE).lower()
