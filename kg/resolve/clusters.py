"""Clusters: the mentions of one actor in one document, and what they tell of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.iris import fold
from kg.model import Mention
from kg.resolve.known import KnownActor

# Words before a name that are no part of it (folded).
CIVIL = frozenset(
    "m mm mme mlle mgr dr pr me monsieur madame mademoiselle maitre docteur professeur mr mrs ms miss sir lord lady".split()
)
_FEMALE, _MALE = frozenset("mme mlle madame mademoiselle mrs ms miss lady".split()), frozenset("m mr monsieur sir lord mgr".split())
PERSONS = frozenset(("Person",))
BODIES = frozenset(("Organization", "Party", "Company", "GovernmentBody", "MediaOutlet", "Platform"))
PLACES = frozenset(("Place", "GeopoliticalEntity"))


def bare(text: str) -> tuple[str, ...]:
    """The folded words of a name without articles and civil titles."""
    words = fold(text).split()
    while len(words) > 1 and words[0] in _ARTICLES | CIVIL:
        words = words[1:]
    return tuple(words)


_ARTICLES = frozenset("le la les l un une des du de d the a an".split())


@dataclass
class Cluster:
    """The mentions (indices) that mean one actor; *known* the known actor they name, *candidates* others they may be."""

    mentions: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    guesses: Counter[str] = field(default_factory=Counter)
    known: KnownActor | None = None
    candidates: tuple[KnownActor, ...] = ()
    gender: str = ""
    number: str = ""
    heads: set[str] = field(default_factory=set)
    named: bool = False
    acronym: str = ""

    @property
    def keys(self) -> set[tuple[str, ...]]:
        """Its names as folded words."""
        return {bare(name) for name in self.names}

    @property
    def kind(self) -> str:
        """The known actor's kind, else what most mentions look like; persons win ties, places yield to bodies."""
        if self.known is not None:
            return self.known.kind
        votes = Counter({k: v for k, v in self.guesses.items() if k != "Unidentified"})
        if not votes:
            return "Unidentified"
        best = max(votes.values())
        order = ("Person", *sorted(BODIES), "Group", "GeopoliticalEntity", "Artefact", "Place")
        return next((k for k in order if votes.get(k) == best), "Unidentified")

    @property
    def person(self) -> bool:
        return self.kind == "Person"

    def add(self, index: int, mention: Mention) -> None:
        """Takes *mention* in, with what it tells."""
        self.mentions.append(index)
        if mention.kind == "proper":
            self.named = True
            self.names[mention.span.exact] += 1
            civil = set(fold(mention.span.exact).split()[:1])
            if civil & _FEMALE:
                self.gender = "f"
            elif civil & _MALE:
                self.gender = "m"
        elif mention.kind == "nominal":
            self.heads.add(mention.head)
        if mention.guess != "Unidentified":
            self.guesses[mention.guess] += 2 if mention.kind == "proper" else 1
        self.gender = self.gender or mention.gender
        self.number = self.number or mention.number

    def swallow(self, other: Cluster) -> None:
        """Takes over all of *other*."""
        self.mentions += other.mentions
        self.names += other.names
        self.guesses += other.guesses
        self.heads |= other.heads
        self.named = self.named or other.named
        self.known = self.known or other.known
        self.gender = self.gender or other.gender
        self.acronym = self.acronym or other.acronym
        other.mentions = []

    def last_before(self, index: int) -> int:
        """Its last mention before mention *index* (-1: none)."""
        return max((m for m in self.mentions if m < index), default=-1)


def same_name(cluster: Cluster, words: tuple[str, ...], person: bool | None) -> bool:
    """Whether *words* are a name of *cluster* or the part of one by which it is called again."""
    if words in cluster.keys:
        return True
    for key in cluster.keys:
        if len(words) >= len(key) or not words:
            continue
        if cluster.person:
            # the family name, with or without particles; never the first name alone
            if person is not False and key[-len(words):] == words and len(words[0]) > 1:
                return True
        elif person is not True and key[: len(words)] == words and len(words[0]) > 2 and len(key) <= len(words) + 3:
            if words[0] not in _GENERIC:
                return True
    return False


# First words that many bodies share: `Commission` alone names none of them.
_GENERIC = frozenset(
    """commission ministere parti front union agence banque comite conseil tribunal cour parquet autorite haute institut
    groupe societe federation confederation association national nationale ministry department agency court committee
    council union party bank united new south north saint san los great office bureau universite university centre
    center international european republique direction police societe service""".split()
)


def initials(words: tuple[str, ...]) -> set[str]:
    """The acronyms that *words* may have."""
    content = [w for w in words if w not in _ARTICLES and w not in ("et", "and", "of", "for", "pour", "en", "sur", "a", "au", "aux", "in")]
    return {"".join(w[0] for w in content if w), "".join(w[0] for w in words if w)}
