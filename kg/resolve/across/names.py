"""Names across documents: one name written in several ways, and how well two names fit.

Russian, Ukrainian or Arabic names come in a French, an English and a German spelling; the *skeleton* of a word is what
they have in common.  It finds candidates and supports a match, and never makes one alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from kg.resolve.across.words import body_words, forms, given_names, particles, small, titles
from kg.resolve.words import fold
from kg.resources import read

_FEMININE = frozenset({"e", "le", "ne", "te", "ine", "a"})
"""Endings that make another person's name of a name."""
_LONG = 6
"""Letters from which one word alone may be a name in another spelling."""
_GENERIC = 0.72
"""How well names that only say what kind of body it is and what it is for can fit."""
# In this order: longer spellings of one sound first.
_SOUNDS = (
    ("chtch", "s"), ("shch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("cz", "s"),
    ("dj", "j"), ("zh", "j"), ("gu", "g"), ("kh", "k"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("ou", "u"),
    ("oo", "u"), ("ie", "i"), ("ye", "i"), ("yu", "i"), ("iu", "i"), ("ya", "i"), ("ia", "i"), ("ei", "i"), ("ey", "i"),
    ("ai", "i"), ("ay", "i"), ("ii", "i"), ("y", "i"), ("w", "v"), ("ff", "v"), ("c", "k"), ("q", "k"), ("x", "ks"),
    ("j", "i"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """What spellings of one foreign name share.

    >>> {skeleton(name) for name in ("tchernychev", "chernyshev", "tschernyschew")}
    {'sirnisiv'}
    """
    bare = word
    for written, sound in _SOUNDS:
        bare = bare.replace(written, sound)
    bare = re.sub(r"[eao](?=$)", "", bare) if len(bare) > 4 else bare
    bare = bare.replace("e", "i").replace("f", "v")
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=65536)
def person(name: str) -> tuple[str, ...]:
    """The words of a person's name without titles, and without the particles of the family's name.

    >>> person("Mme Sabourin"), person("Dr P. Raghunathan"), person("Ludwig van der Straten")
    (('sabourin',), ('p', 'raghunathan'), ('ludwig', 'straten'))
    """
    words = fold(name).split()
    while len(words) > 1 and words[0] in titles():
        words = words[1:]
    kept = [word for place, word in enumerate(words) if place == 0 or word not in particles()]
    return tuple(kept if len(kept) > 1 or len(words) == 1 else words)


def looks_personal(name: str) -> bool:
    """Whether *name* can only be a person's: an initial or a title in front of a name, or a given name of the lists.

    >>> looks_personal("B. Castaing"), looks_personal("Ms Ferrant"), looks_personal("Castaing Chimie")
    (True, True, False)
    """
    words = fold(name).split()
    if len(words) < 2:
        return False
    titled = words[0] in titles() and name[:1].isupper() and words[0] != "general"
    initial = re.match(r"[A-Z]\. ?(?:[A-Z]\. ?)*[A-ZÀ-Þ][\w'’-]+$", name) is not None
    return titled or initial or (len(words) == 2 and words[0] in given_names())


@lru_cache(maxsize=65536)
def companion(name: str, personal: bool) -> str:
    """A name as it counts among the company of another: in whatever spelling, long or short.

    >>> companion("Priya Raghunathan", True) == companion("Dr Raghunathan", True)
    True
    """
    words = person(name) if personal else [word for word in body(name) if word not in body_words()] or body(name)
    return skeleton(words[-1]) if personal else skeleton(max(words, key=len)) if words else ""


@lru_cache(maxsize=65536)
def body(name: str) -> tuple[str, ...]:
    """The words of a body's name without what it may lack: *groupe*, *Inc*, *the*; all of them where none is left."""
    words = tuple(fold(name).split())
    core = tuple(word for word in words if word not in forms())
    return core or words


@lru_cache(maxsize=65536)
def acronyms(name: str) -> frozenset[str]:
    """The acronyms a name of several words may have."""
    words = fold(name).split()
    content = [word for word in words if word not in small()]
    if len(content) < 2:
        return frozenset()
    return frozenset({"".join(word[0] for word in content), "".join(word[0] for word in words)})


def is_acronym(name: str) -> bool:
    letters = re.sub(r"[.\s]", "", name)
    return 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()


def given_same(one: str, two: str) -> float:
    """How well two given names (folded) are one name: 1 the same, 0.95 another transliteration, 0.6 an initial; 0 not.

    >>> given_same("evgueni", "eugene"), given_same("alexandre", "alexander"), given_same("e", "eugene")
    (0.95, 0.7, 0.6)
    """
    if one == two:
        return 1.0
    table = given_names()
    if len(one) == 1 or len(two) == 1:
        return 0.6 if one[0] == two[0] or _first_letters(one) & _first_letters(two) else 0.0
    mine, theirs = dict(table.get(one, ())), dict(table.get(two, ()))
    if common := mine.keys() & theirs.keys():
        return 0.95 if any(mine[row] or theirs[row] for row in common) else 0.7
    short, long = sorted((one, two), key=len)
    if long.startswith(short) and long[len(short) :] in _FEMININE:
        return 0.0  # Emmanuel and Emmanuelle
    if mine and theirs:
        return 0.0  # two names that are known to be different ones
    if skeleton(one) == skeleton(two):
        return 0.95
    return 0.7 if min(len(one), len(two)) > 4 and JaroWinkler.similarity(one, two) >= 0.94 else 0.0


def _first_letters(name: str) -> set[str]:
    """The letters a name may be shortened to, in whatever spelling."""
    rows = {row for row, _ in given_names().get(name, ())}
    return {name[0]} | {other[0] for other, found in given_names().items() if rows & {row for row, _ in found}}


@lru_cache(maxsize=65536)
def persons(one: str, two: str) -> float:
    """How well two names of persons fit, from 0 to 1; -1 where they are names of different persons of one family.

    >>> persons("Eugène Kaspersky", "Evgueni Kaspersky") > 0.8
    True
    >>> persons("Anne Morel", "Paul Morel"), persons("Anne Morel", "Anne Petit")
    (-1.0, 0.0)
    """
    a, b = person(one), person(two)
    if not a or not b:
        return 0.0
    if a == b:
        return 0.95 if len(a) > 1 else 0.55
    if a[-1] != b[-1] and skeleton(a[-1]) != skeleton(b[-1]):
        return 0.0
    family = 1.0 if a[-1] == b[-1] else 0.95
    if len(a) == 1 or len(b) == 1:
        initials = {fold(name)[0] for name, words in ((one, a), (two, b)) if len(words) == 1 and fold(name)[:2] == "m "}
        if initials & {words[0][0] for words in (a, b) if len(words) > 1}:
            return 0.55 * family  # M. may be a title, and the first letter of Milena
        return 0.52 * family
    given = given_same(a[0], b[0])
    if not given:
        return -1.0
    middle = 1.0 if a[1:-1] == b[1:-1] or not (a[1:-1] and b[1:-1]) else 0.8
    return 0.92 * family * middle * given


@lru_cache(maxsize=65536)
def bodies(one: str, two: str) -> float:
    """How well two names of bodies, groups, places or things fit, from 0 to 1."""
    a, b = body(one), body(two)
    if a == b:
        return 0.92
    if is_acronym(one) and fold(one) in acronyms(two) or is_acronym(two) and fold(two) in acronyms(one):
        return 0.7
    if {w for w in a if w.isdigit()} != {w for w in b if w.isdigit()}:
        return 0.0
    if len(a) == len(b) == 1:
        return 0.7 if min(len(a[0]), len(b[0])) >= _LONG and skeleton(a[0]) == skeleton(b[0]) else 0.0
    mine, theirs = _told(a), _told(b)
    common = mine & theirs
    if len(mine) < 2 or len(theirs) < 2 or not common - _kinds():
        return 0.0  # a kind of body in common is no name in common
    share, contained = len(common) / len(mine | theirs), len(common) / min(len(mine), len(theirs))
    found = 0.85 * max(share, 0.5 * (share + contained) if contained == 1.0 else 0.0)
    if common - _kinds() - set(_rows("topics").values()):
        return found
    return min(found, _GENERIC)  # one name translated, or two countries' bodies of one purpose: their company tells


def _told(words: tuple[str, ...]) -> set[str]:
    """The words of a body's name as two languages share them."""
    return {_common(word) for word in words if word not in small()}


@cache
def _rows(what: str) -> Mapping[str, str]:
    """A word that makes names of bodies, in French or English -> the first word of its row of `kinds` or `topics`."""
    rows: list[str] = tomllib.loads(read("data/across/bodies.toml"))[what]
    return {fold(word): row.split()[0] for row in rows for word in row.split()}


@cache
def _kinds() -> frozenset[str]:
    """What words for kinds of bodies come to."""
    return frozenset(body_words().values()) | frozenset(_rows("kinds").values())


def _common(word: str) -> str:
    """What *word* of a body's name has in common with the same word of the other language, and in other forms.

    >>> _common("reseaux") == _common("networks"), _common("joueurs") == _common("players")
    (True, True)
    """
    for form in (word, word[:-1] if word[-1] in "sx" and len(word) > 3 else word):
        found = body_words().get(form) or _rows("kinds").get(form) or _rows("topics").get(form)
        if found:
            return found
    return word[:5]


def keys(name: str, personal: bool) -> set[str]:
    """The keys under which bearers of *name* are compared."""
    words = fold(name).split()
    if not words:
        return set()
    if personal:
        return {f"p:{skeleton(person(name)[-1])}"}
    core = body(name)
    found = {f"o:{' '.join(core)}"}
    if is_acronym(name):
        found.add(f"a:{''.join(words)}")
    found.update(f"a:{letters}" for letters in acronyms(name) if 3 <= len(letters) <= 8)
    if len(core) == 1 and len(core[0]) >= _LONG:
        found.add(f"k:{skeleton(core[0])}")
    parts = {_common(word) for word in core if len(word) > 3}
    long = sorted(parts, key=lambda word: (-len(word), word))[:4]
    found.update(f"t:{one} {two}" for i, one in enumerate(sorted(long)) for two in sorted(long)[i + 1 :])
    return found
