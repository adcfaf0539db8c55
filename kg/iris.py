"""Mints every IRI of a graph, from content, never at random (docs/architecture.md, IRIs).

Pure functions of their arguments: the same input gives the same IRI in every run and on every machine.  *base*
is the graph's base IRI, ``document`` arguments are document IRIs; offsets are code points of the stored text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

BASE = "https://claimgraph.example/"

# Letters that NFKD leaves whole, in the writing of languages that drop the mark.
_WHOLE = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')
_SLUG_LENGTH = 60


# ------------------------------------------------------------------ names
def fold(name: str) -> str:
    """*name* without case, diacritics, ligatures and punctuation, words set apart by one space.

    >>> fold("L’Élysée"), fold("En Marche !"), fold("Sœur  Emmanuelle")
    ('l elysee', 'en marche', 'soeur emmanuelle')

    A name of punctuation only folds to itself, without case, so that two such names stay two.
    """
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_WHOLE)
    words = lower.translate(_PLAIN).split()
    return unicodedata.normalize("NFC", " ".join(words)) or " ".join(lower.split())


class _Plain(dict[int, str | None]):
    """A table for `str.translate` that is made as letters come: marks go, what is no letter or digit is a space."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kept = letter if unicodedata.category(letter)[0] in "LNM" else " "
        # combining() is 0 for the vowel signs of Indic scripts, which are letters rather than marks to drop.
        self[code] = None if unicodedata.combining(letter) else kept
        return self[code]


_PLAIN = _Plain()


def slug(name: str) -> str:
    """*name* as a readable part of an IRI: ASCII letters, digits and hyphens, ``x`` where none are left.

    >>> slug("Le Canard enchaîné"), slug("Яндекс")
    ('le-canard-enchaine', 'x')
    """
    ascii_only = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return ascii_only[:_SLUG_LENGTH].rstrip("-") or "x"


def checked_base(base: str) -> str:
    """*base* with a final ``/``; ValueError unless it is an absolute IRI without query or fragment."""
    if not re.match(r"[a-z][a-z0-9+.-]*:(//)?[^/]", base, re.IGNORECASE) or _FORBIDDEN.search(base):
        raise ValueError(f"{base!r} is not an absolute IRI")
    if "?" in base or "#" in base:
        raise ValueError(f"base {base!r} has a query or a fragment")
    return base if base.endswith("/") else base + "/"


def _hash(length: int, *parts: str) -> str:
    """The first *length* hex digits of the SHA-256 of *parts*, one a line."""
    return sha256("\n".join(parts).encode("utf-8")).hexdigest()[:length]


def _offsets(spans: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


# ------------------------------------------------------------------ graphs
def actors_graph(base: str) -> str:
    return f"{base}graph/actors"


def resolution_graph(base: str) -> str:
    return f"{base}graph/resolution"


def decisions_graph(base: str) -> str:
    return f"{base}graph/decisions"


def collections_graph(base: str) -> str:
    return f"{base}graph/collections"


def findings_graph(base: str, collection: str) -> str:
    """What is found in the metadata of *collection* (an IRI), and the claims that they were held against."""
    return f"{base}graph/findings/{collection.rpartition('/')[2]}"


def provenance_graph(base: str) -> str:
    return f"{base}graph/provenance"


def text(base: str, content: str) -> str:
    """The Text node of *content* and the named graph it stands in."""
    return f"{base}graph/texts/{sha256(content.encode('utf-8')).hexdigest()}"


# ------------------------------------------------------------------ documents and what lies in them
def document(base: str, digest: str) -> str:
    """The document with the source *digest* (64 hex digits, SHA-256), and its named graph."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError(f"{digest!r} is not a SHA-256 digest in lower-case hex")
    return f"{base}document/{digest[:32]}"


def span(document: str, start: int, end: int) -> str:
    return f"{document}/span/{start}-{end}"


def mention(document: str, start: int, end: int) -> str:
    return f"{document}/mention/{start}-{end}"


def quantity(document: str, start: int, end: int) -> str:
    return f"{document}/quantity/{start}-{end}"


def time(document: str, start: int, end: int) -> str:
    return f"{document}/time/{start}-{end}"


def claim(document: str, speaker: str | None, cue: tuple[int, int], content: Iterable[tuple[int, int]]) -> str:
    """The claim made by the actor named *speaker* (None: not stated) with the offsets of its cue and content."""
    return f"{document}/claim/{_hash(16, speaker or '', _offsets([cue]), _offsets(content))}"


def event(document: str, kind: str, trigger: tuple[int, int]) -> str:
    return f"{document}/event/{_hash(16, kind, _offsets([trigger]))}"


def entry(document: str, path: str) -> str:
    """The file *path* that *document* (a list, a container) names."""
    return f"{document}/entry/{_hash(16, path)}"


def finding(document: str, code: str, evidence: str) -> str:
    """An anomaly of *document*: its *code* and a text that tells it from others of that code."""
    return f"{document}/finding/{_hash(16, code, evidence)}"


def check(claim: str, collection: str, measure: str) -> str:
    """The comparison of *claim* with what *collection* says of *measure*."""
    return f"{claim}/check/{_hash(16, collection, measure)}"


# ------------------------------------------------------------------ across documents
def known_actor(base: str, name: str) -> str:
    return f"{base}actor/{slug(name)}"


def unknown_actor(base: str, kind: str, name: str) -> str:
    """A named actor nobody listed.  Persons are kept apart from all others; finer kinds are too unsure to name by."""
    coarse = "person" if kind == "Person" else "other"
    return f"{base}actor/{slug(name)}-{_hash(8, coarse, fold(name))}"


def unnamed_actor(document: str, name: str, first: tuple[int, int]) -> str:
    """``un proche du dossier``: an actor of its document alone, told apart by its *first* mention."""
    return f"{document}/actor/{_hash(8, name, _offsets([first]))}"


def shared_event(base: str, members: Iterable[str]) -> str:
    """One event that several documents report, from the IRIs of the documents' events in any order."""
    return f"{base}event/{_hash(16, *sorted(members))}"


def claim_relation(base: str, kind: str, source: str, target: str) -> str:
    return f"{base}relation/{_hash(16, kind, source, target)}"


def collection(base: str, name: str) -> str:
    return f"{base}collection/{slug(name)}-{_hash(8, name)}"


def run(base: str, *parts: str) -> str:
    """A run, from what distinguishes it: software, version, model, start, the documents it wrote."""
    return f"{base}run/{_hash(16, *parts)}"


def decision(base: str, *parts: str) -> str:
    """An analyst's decision, from who decided what, when."""
    return f"{base}decision/{_hash(16, *parts)}"


def split_actor(actor: str, documents: Iterable[str]) -> str:
    """Who is meant in *documents* by what is called *actor* elsewhere, since an analyst told the two apart."""
    return f"{actor}-{_hash(8, 'split', *sorted(documents))}"
