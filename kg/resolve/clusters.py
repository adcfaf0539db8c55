"""Clusters: the mentions of one actor in one document, and what they tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Mention
from kg.resolve.known import KnownActor
from kg.resolve.words import ResolveWords, first_names, fold

BODIES = frozenset(("Organization", "Party", "Company", "GovernmentBody", "MediaOutlet", "Platform"))
PLACES = frozenset(("Place", "GeopoliticalEntity"))
_ORDER = ("Person", *sorted(BODIES), "Group", "GeopoliticalEntity", "Artefact", "Place")
_TITLED = 6.0  # weight of what is said about the kind: a title, an apposed noun
_GUESSES = 3.0  # weight that a few guesses at one word may reach
_READ = 2.5  # what the words around a name tell of its kind
DECIDED = "syntax"
TOLD = frozenset((DECIDED, "deed"))
"""The extractors of names of which the words around them tell what they name, or that it takes part."""
_VAGUE = 4  # classes from which a noun on tells little
_PARTS = {"Person": 2.0, "Organization": 2.0, "Group": 1.5, "Artefact": 1.5}


@dataclass(eq=False)
class Cluster:
    """The mentions (indices) that mean one actor; *known* the known actor they name, *candidates* others they may be.

    *nouns* are the stems of nouns that tell what it is, *qualities* the other words of its descriptions; *last* is the
    latest of its mentions that resolution has passed, *owner* the cluster that it belongs to (``son avocat``),
    *group* the described group that it is a named member of.
    """

    words: ResolveWords
    mentions: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    votes: dict[str, float] = field(default_factory=dict)
    known: KnownActor | None = None
    candidates: tuple[KnownActor, ...] = ()
    gender: str = ""
    number: str = ""
    nouns: set[str] = field(default_factory=set)
    qualities: set[str] = field(default_factory=set)
    named: bool = False
    acts: bool = False
    read_as_body: bool = False
    titled: bool = False
    last: int = -1
    sentence: int = -9
    subject: bool = False
    spoke: bool = False
    quoted: bool = False
    agent: bool = False
    affiliation: Cluster | None = None
    owner: Cluster | None = None
    group: Cluster | None = None
    _kind: str | None = None

    @property
    def kind(self) -> str:
        """The known actor's kind, else what most mentions look like; persons win ties, places yield to bodies."""
        if self.known is not None:
            return self.known.kind
        if self._kind is None:
            best = max(self.votes.values(), default=0.0)
            self._kind = next((k for k in _ORDER if best and self.votes.get(k) == best), "Unidentified")
        return self._kind

    @property
    def person(self) -> bool:
        return self.kind == "Person"

    @property
    def unsure(self) -> bool:
        """Whether nothing but a model's guess at a lone word makes it a person: it may be a firm as well."""
        single = all(len(key) == 1 and key[0] not in first_names() for key in self.keys)
        return self.named and self.person and self.known is None and single and not self.titled and not self._told()

    def _told(self) -> bool:
        return max(self.votes.values(), default=0.0) > _GUESSES

    @property
    def classes(self) -> frozenset[str]:
        """The classes of bodies or persons that its nouns and its kind tell of."""
        if self.known is not None and self.kind in self.words.kinds:
            return self.words.kinds[self.kind]
        told = [self.words.classes_of(noun) for noun in self.nouns]
        plain = [classes for classes in told if len(classes) < _VAGUE]  # a group may be anything
        return frozenset[str]().union(*(plain or told), self.words.kinds.get(self.kind, frozenset()))

    def vote(self, kind: str, weight: float) -> None:
        """Counts *weight* for *kind*."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight
        self._kind = None

    def add(self, index: int, mention: Mention) -> None:
        """Takes *mention* in, with what it tells."""
        self.mentions.append(index)
        if mention.kind == "proper":
            self._name(mention)
        elif mention.kind == "nominal":
            self._describe(mention)
        elif not self.gender:
            self.gender = mention.gender if self.person or not self.named else ""

    def _name(self, mention: Mention) -> None:
        exact = mention.span.exact
        key = self.words.bare(exact)
        first = not self.named
        self.named = True
        self.names[exact] = self.names.get(exact, 0) + 1
        self.keys[key] = self.keys.get(key, 0) + 1
        folded = fold(exact).split()
        if len(folded) > 1 and folded[0] in self.words.titles:
            self.titled = True
            self.vote("Person", _TITLED)
            self.gender = self._titled_gender(folded[0]) or self.gender
            if folded[0] in self.words.title_roles:
                self.nouns.add(self.words.title_roles[folded[0]])
        elif mention.extractor == DECIDED:
            self.vote(mention.guess, _READ)
            self.read_as_body = self.read_as_body or mention.guess == "Organization"
        elif mention.guess != "Unidentified":
            alone = len(key) == 1 and mention.guess == "Person"
            self.vote(mention.guess, 0.8 if alone else _PARTS.get(mention.guess, 1.0))
        if len(key) > 1 and any(
            word in self.words.classes for word in (self.words.stem(key[0]), self.words.stem(key[-1]))
        ):
            self.vote("Organization", 1.5)
        given = first_names().get(key[0]) if len(key) > 1 else None
        if given and mention.guess in ("Person", "Unidentified"):
            self.vote("Person", 1.0)
        if not self.gender and given and self.kind in ("Person", "Unidentified"):
            self.gender = given
        self.acts = self.acts or mention.extractor in TOLD
        if first or self.kind != "Person":
            self.nouns.update(self.words.stem(word) for word in key if word not in self.words.small)

    @property
    def own_parts(self) -> set[tuple[str, ...]]:
        """What is the body's own in its names: `Grandval` of `Coopérative laitière Grandval`."""
        return {part for name in self.names if (part := self._own_part(name))}

    def _own_part(self, name: str) -> tuple[str, ...]:
        words = name.split()
        common = next((k for k in range(len(words) - 1, 0, -1) if words[k][:1].islower()), 0)
        if not common or common == len(words) - 1 or fold(words[common]) in self.words.small | self.words.articles:
            return ()
        return tuple(fold(" ".join(words[common + 1 :])).split())

    def _titled_gender(self, title: str) -> str:
        return next((g for g in ("f", "m") if title in self.words.civil[g]), "")

    def _describe(self, mention: Mention) -> None:
        self.nouns.add(self.words.stem(fold(mention.head)))
        self.qualities.update(w for w in fold(mention.span.exact).split() if w not in self.words.articles)
        if mention.guess != "Unidentified":
            guess = "Group" if mention.guess == "Person" and mention.number == "p" and self.named else mention.guess
            self.vote(guess, _TITLED if self.named else 1.0)
        if self.named and mention.gender and mention.guess == "Person":
            self.gender = self.gender or mention.gender
        elif not self.named:
            self.gender = self.gender or mention.gender
            self.number = self.number or mention.number

    def touch(self, index: int, mention: Mention, speaks: bool) -> None:
        """Makes mention *index* the latest; several in one sentence count together."""
        same = mention.sentence == self.sentence
        self.subject = mention.function == "subj" or (speaks and mention.function != "agent") or (same and self.subject)
        self.agent = mention.function == "agent" or (same and self.agent)
        self.spoke = speaks or (same and self.spoke)
        self.quoted = mention.quoted and (not same or self.quoted)
        self.last, self.sentence = index, mention.sentence

    def swallow(self, other: Cluster) -> None:
        """Takes over all of *other*."""
        self.mentions = sorted(self.mentions + other.mentions)
        for name, count in other.names.items():
            self.names[name] = self.names.get(name, 0) + count
        for key, count in other.keys.items():
            self.keys[key] = self.keys.get(key, 0) + count
        for kind, weight in other.votes.items():
            self.vote(kind, weight)
        self.nouns |= other.nouns
        self.qualities |= other.qualities
        self.named = self.named or other.named
        self.titled = self.titled or other.titled
        self.acts = self.acts or other.acts
        self.read_as_body = self.read_as_body or other.read_as_body
        self.known = self.known or other.known
        self.gender = self.gender or other.gender
        self.owner = self.owner or other.owner
        self.affiliation = self.affiliation or other.affiliation
        self.group = self.group or other.group
        self._kind = None
        other.mentions = []
