"""Mentions: the names, the noun phrases that can speak, the pronouns, and whatever stands as party of a claim or event.

A speaker is often no named entity (``Le site fondé par …``, ``il``), so frames ask for the heads they need; all other
descriptions and subject pronouns are kept too, because the next pronoun may mean them.  Each mention carries the
features that in-document resolution needs, which knows no parser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract import features
from kg.extract.eligible import Eligible
from kg.extract.entities import clock_time
from kg.extract.heads import Heads
from kg.extract.links import Links
from kg.extract.members import Members
from kg.extract.names import Names
from kg.extract.phrase_words import phrase_words
from kg.extract.phrases import phrase
from kg.extract.tree import Tree
from kg.model import Mention, Span


@dataclass(slots=True)
class _Item:
    """A mention in the making: tokens *first* to *last*; *name*: the item it stands in apposition to."""

    head: int
    first: int
    last: int
    kind: str
    guess: str
    extractor: str
    name: int | None = None


class Mentions:
    """The mentions of one document, made on demand and kept in text order at the end."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words = phrase_words(tree.grammar.language)
        self._items: list[_Item] = []
        self._spans: dict[tuple[int, int], int] = {}
        self._by_head: dict[int, int] = {}
        self._entity_at: dict[int, int] = {}
        self._name_at: dict[int, tuple[int, int]] = {}
        self._eligible = Eligible(tree, self.words, self._name_at)
        self._heads = Heads(self._eligible, self._name_at, self._by_head)
        self._links = Links(tree, self.words, self._name_at)
        self._members = Members(tree, self.words, self._name_at)

    # ---------------------------------------------------------------- collecting
    def names(self, known: Iterable[tuple[int, int]]) -> None:
        """Adds the names (*known* ones as token ranges, both ends included), then the descriptions and pronouns."""
        for name in Names(self.tree).find(known):
            self._entity(name.first, name.last, name.guess, name.extractor)
        for first, last in list(self._links.quoted_names()):
            self._entity(first, last, "Unidentified", "quoted")
        self._eligible.remember_names()
        for token in range(self.tree.n):
            if token in self._entity_at:
                continue
            if self._eligible.is_source(token) or self._eligible.is_unlisted(token) or self._titles_a_person(token):
                self._nominal(token, "noun")
            elif self._eligible.is_pronoun(token):
                self._by_head[token] = self._add(_Item(token, token, token, "pronoun", "Unidentified", "pronoun"))

    def _titles_a_person(self, token: int) -> bool:
        if not self._eligible.stands_before_name(token):
            return False
        return self._items[self._entity_at[token + 1]].guess == "Person"

    def _entity(self, first: int, last: int, guess: str, extractor: str) -> None:
        head = next((k for k in range(first, last + 1) if not first <= self.tree.head[k] <= last), first)
        index = self._add(_Item(head, first, last, "proper", guess, extractor))
        for k in range(first, last + 1):
            self._entity_at[k] = index
            self._name_at[k] = (first, last)

    def _add(self, item: _Item) -> int:
        key = (item.first, item.last)
        if key not in self._spans:
            self._spans[key] = len(self._items)
            self._items.append(item)
        return self._spans[key]

    # ---------------------------------------------------------------- parties
    def party(self, head: int | None) -> int | None:
        """The mention that token *head* stands for as a party: its name, or its noun phrase, or the pronoun."""
        if head is None:
            return None
        tree = self.tree
        group = self._group_of(head)
        if group is not None:
            return group
        head = self._heads.meant(head)
        if head in self._by_head:
            return self._by_head[head]
        if head in self._entity_at:
            return self._entity_at[head]
        low = tree.low[head]
        if clock_time(tree.word[head]):
            return None
        if low in self.words.last_one or low in self.words.demonstratives or self._eligible.is_ordinal(head):
            return self._pronoun(head)
        if tree.pos[head] in ("PRON", "DET") or low in tree.grammar.clitic_subjects | tree.grammar.possessive:
            return self._pronoun(head)
        return self._nominal(head, "frame")

    def _group_of(self, token: int) -> int | None:
        """The item of the group among whose named members *token* lies."""
        end = self._members.group_end(token)
        if end is None:
            return None
        ends = {end, self._name_at[end][0] - 1} if end in self._name_at else {end}  # members of the group X, including
        several = (
            i
            for i, item in enumerate(self._items)
            if item.kind == "nominal" and item.last in ends and self.tree.number(item.head) == "p"
        )
        return min(several, key=lambda i: self._items[i].first, default=None)

    def _pronoun(self, head: int) -> int:
        index = self._by_head[head] = self._add(_Item(head, head, head, "pronoun", "Unidentified", "frame"))
        return index

    def _completes(self, head: int, guess: str) -> bool:
        """Whether *head* completes another noun, which is then named, not it: `le PDG du groupe, X`."""
        outer = self._heads.outer(head)
        if outer is None or outer not in self._by_head:
            return False
        kind = self._items[self._by_head[outer]].guess
        if guess == "Person" and kind == "Person":
            return self.tree.number(outer) != "p"  # but: relatives of the suspect, X,
        return kind in ("Person", "Group", "Organization")

    def _nominal(self, head: int, extractor: str) -> int:
        """The noun phrase of *head*, tied to the name that it stands in apposition to."""
        tree = self.tree
        first, last = phrase(tree, head, self.words, self._name_at)
        if first == last == head and tree.pos[head] == "PROPN" and extractor == "frame":
            self._entity(head, head, "Unidentified", "frame")
            return self._entity_at[head]
        item = _Item(head, first, last, "nominal", self._eligible.guess(head), extractor)
        index = self._by_head[head] = self._add(item)
        if item.guess != "Artefact" and self._items[index] is item and tree.low[head] not in self.words.things:
            bare = first == head or tree.low[first] not in tree.grammar.determiners
            several = tree.number(head) == "p"
            name = self._links.name_of(head, (first, last), bare, several)
            if name is not None and name[0] > last + 1 and self._completes(head, item.guess):
                name = None  # le PDG du groupe, X: X is no group
            if name is not None and self._borne_by(item, self._items[self._entity_at[name[0]]]):
                item.name = self._entity_at[name[0]]
        return index

    def _borne_by(self, item: _Item, name: _Item) -> bool:
        """Whether a description may be that of *name*; a noun that no list knows is that of persons only."""
        if self._eligible.ambiguous(item.head) and name.guess == "Person":
            item.guess = "Person"
        counsel = self.tree.low[name.first] in self.words.counsel_titles
        if counsel and item.guess == "Organization" and self.tree.number(item.head) != "p":
            item.guess = "Person"  # son conseil, Me X
        if item.guess != "Unidentified":
            return True
        if name.guess != "Person" or name.first == name.last:
            return False
        item.guess = "Person"
        return True

    def appositions(self) -> None:
        """Ties a bracketed acronym to the name before it: `l'Agence … (ARC)`."""
        tree = self.tree
        for item in self._items:
            if item.kind == "proper" and self._is_demonym(item):
                item.kind, item.guess, item.first = "nominal", "Person", item.first - 1
                bearer = self._entity_at.get(item.last + 1) if item.last < tree.last[item.last] else None
                item.name = bearer if bearer is not None and self._items[bearer].guess == "Person" else item.name
            if item.kind != "proper" or item.first - 2 < tree.first[item.first] or item.last >= tree.last[item.first]:
                continue
            if tree.low[item.first - 1] == "(" and tree.low[item.last + 1] == ")" and item.first - 2 in self._entity_at:
                item.name = self._entity_at[item.first - 2]

    def _is_demonym(self, item: _Item) -> bool:
        """`le Finistérien`: an inhabitant, called by the name of the place."""
        tree = self.tree
        if item.first != item.last or item.guess in ("Person", "Organization") or item.extractor == "gazetteer":
            return False
        before = tree.low[item.first - 1] if item.first > tree.first[item.first] else ""
        if tree.rel[item.head] not in ("subj", "obj") or before not in tree.grammar.definite:
            return False
        people = item.guess == "Group" and not tree.low[item.first].endswith("s")  # the Swede
        told = tree.low[item.first].endswith(self.words.demonym_endings) or tree.low[item.first] in self.words.demonyms
        return people or told

    # ---------------------------------------------------------------- the result
    def build(self) -> tuple[tuple[Mention, ...], list[int]]:
        """The mentions in text order, and for each index handed out by :meth:`party` its place among them."""
        parsed = self.tree.parsed
        items = self._items
        order = sorted(range(len(items)), key=lambda i: (parsed.start[items[i].first], -parsed.end[items[i].last]))
        place = [0] * len(order)
        for new, old in enumerate(order):
            place[old] = new
        return tuple(self._mention(old, place) for old in order), place

    def _mention(self, old: int, place: list[int]) -> Mention:
        parsed, item = self.tree.parsed, self._items[old]
        head = item.head
        span = Span.of(parsed.text, parsed.start[item.first], parsed.end[item.last])
        complement = self._complement(old) if item.kind == "nominal" else self._affiliation(item)
        return Mention(
            span=span,
            kind=item.kind,
            guess=item.guess,
            head=self._noun(head),
            gender=features.gender(self._eligible, head, item.first, item.kind),
            number=features.number(self._eligible, head, item.kind),
            determiner=features.determiner(self._eligible, head, item.first),
            function=features.function(self._eligible, head, item.first),
            sentence=parsed.sentence[head],
            apposed=None if item.name is None else place[item.name],
            of=None if complement is None else place[complement],
            quoted=parsed.inside[head] >= 0 or parsed.marked[head] >= 0,
            extractor=item.extractor,
        )

    def _noun(self, head: int) -> str:
        """The lemma of *head*; of a noun that the tagger took for a verb (le prévenu) the form."""
        misread = self.tree.pos[head] in ("VERB", "AUX") and self.tree.grammar.speaks(self.tree.low[head])
        return self.tree.low[head] if misread else self.tree.lemma[head]

    def _affiliation(self, item: _Item) -> int | None:
        """The group that a name is a member of, else the body behind it: `X of the institute`, `X, de l'institut`."""
        tree, at = self.tree, item.last + 1
        group = self._group_of(item.first)
        if group is not None or item.kind != "proper" or item.guess == "Organization" or at >= tree.last[item.last]:
            return group
        at += tree.low[at] == ","
        if tree.low[at] not in self.words.complements:
            return None
        return next(
            (self._entity_at[k] for k in range(at + 1, min(at + 3, tree.last[at]) + 1) if k in self._entity_at), None
        )

    def _complement(self, old: int) -> int | None:
        """The name or description that completes this one: `le porte-parole du ministère`, `the union's president`."""
        item = self._items[old]
        for k in [*range(item.head + 1, item.last + 1), *range(item.first, item.head)]:
            found = self._entity_at.get(k, self._by_head.get(k))
            if found is not None and found != old and self._items[found].kind != "pronoun":
                return found
        return None
