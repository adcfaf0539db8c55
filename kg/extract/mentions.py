"""Mentions: the names, the noun phrases that can speak, the pronouns, and whatever stands as party of a claim or event.

A speaker is often no named entity (``Le site fondé par …``, ``il``), so frames ask for the heads they need; all other
descriptions and subject pronouns are kept too, because the next pronoun may mean them.  Each mention carries the features
that in-document resolution needs, which knows no parser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.entries import SourceNoun
from kg.extract.links import Links
from kg.extract.names import Names
from kg.extract.phrase_words import phrase_words
from kg.extract.phrases import phrase
from kg.extract.tree import Tree
from kg.model import Mention, Span

_FUNCTIONS = {"subj": "subj", "obj": "obj", "agent": "agent", "attr": "attr", "nmod": "nmod", "pobj": "nmod", "poss": "nmod"}
_KINDS = {"person": "Person", "group": "Group", "body": "Organization", "document": "Artefact"}
_PLURAL = frozenset("ils elles eux leur leurs they them their -ils -elles ceux celles ceux-ci celles-ci".split())


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
        self.sources = tree.grammar.lexicon.sources
        self._items: list[_Item] = []
        self._spans: dict[tuple[int, int], int] = {}
        self._by_head: dict[int, int] = {}
        self._entity_at: dict[int, int] = {}
        self._name_at: dict[int, tuple[int, int]] = {}

    # ---------------------------------------------------------------- collecting
    def names(self, known: Iterable[tuple[int, int]]) -> None:
        """Adds the names (*known* ones as token ranges, both ends included), then the descriptions and pronouns."""
        for name in Names(self.tree).find(known):
            self._entity(name.first, name.last, name.guess, name.extractor)
        self._links = Links(self.tree, self.words, self._name_at)
        for first, last in list(self._links.quoted_names()):
            self._entity(first, last, "Unidentified", "quoted")
        self._called = self._words_of_names()
        for token in range(self.tree.n):
            if token in self._entity_at:
                continue
            if self._is_source(token) or self._speaks_or_named(token):
                self._nominal(token, "noun")
            elif self._is_pronoun(token):
                self._by_head[token] = self._add(_Item(token, token, token, "pronoun", "Unidentified", "pronoun"))

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

    def _source(self, token: int) -> tuple[SourceNoun, ...]:
        tree = self.tree
        return self.sources.get(tree.lemma[token]) or self.sources.get(tree.low[token]) or self.sources.get(tree.word[token]) or ()

    def _is_source(self, token: int) -> bool:
        tree = self.tree
        if tree.pos[token] not in ("NOUN", "PROPN", "ADJ") or tree.parsed.quote[token] >= 0:
            return False
        kinds = self._source(token)
        if not kinds or tree.verb[token] and tree.pos[token] != "NOUN":
            return False
        if tree.pos[token] == "ADJ":  # un ancien du renseignement; but not: un ancien ministre
            before = tree.low[token - 1] if token > tree.first[token] else ""
            after = tree.low[token + 1] if token < tree.last[token] else ""
            return before in tree.grammar.determiners and after in self.words.complements
        if tree.grammar.language == "en" and token < tree.last[token] and tree.pos[token + 1] == "NOUN" and self._source(token + 1):
            return False  # the government spokesman: one phrase, headed by the last noun
        return True

    def _words_of_names(self) -> set[str]:
        """The lower-case first and last words of names of several words: `the trust` takes up the Dunmore Trust."""
        low = self.tree.low
        return {low[k] for first, last in self._name_at.values() if last > first for k in (first, last) if low[k].isalpha()}

    def _speaks_or_named(self, token: int) -> bool:
        """A noun that the lexicon does not list as a source: the subject of a cue verb, or a word of somebody's name."""
        tree = self.tree
        if tree.pos[token] != "NOUN" or tree.parsed.quote[token] >= 0 or tree.low[token] in tree.grammar.temporal:
            return False
        if tree.low[token] in self._called and tree.word[token].islower():
            return token > tree.first[token] and tree.low[token - 1] in tree.grammar.definite | tree.grammar.demonstrative
        if token + 1 in self._name_at and self._name_at[token + 1][0] == token + 1 and tree.low[token] not in self.words.things:
            return self._items[self._entity_at[token + 1]].guess == "Person"
        verb = tree.head[token]
        if tree.grammar.abstract(tree.lemma[token]) or tree.verb[verb] not in tree.grammar.lexicon.verbs:
            return False
        inverted = tree.first[token] < verb < token <= verb + 3 and tree.low[verb - 1] == ","
        return tree.rel[token] == "subj" or (inverted and tree.rel[token] in ("obj", "obl", "dep"))

    def _is_pronoun(self, token: int) -> bool:
        tree, low = self.tree, self.tree.low[token]
        if low in self.words.last_one and tree.low[token - 1 : token] and token > tree.first[token]:
            return tree.low[token - 1] in tree.grammar.demonstrative | tree.grammar.definite and tree.pos[token] != "NOUN"
        if low not in self.words.pronouns or tree.parsed.quote[token] >= 0:
            return False
        return low not in self.words.impersonal or not self._impersonal(token)

    def _impersonal(self, token: int) -> bool:
        """`il faut`, `il est clair que`, `it seems`."""
        tree = self.tree
        stop = min(tree.last[token], token + 5)
        around = range(max(tree.first[token], token - 3), stop + 1)
        if any(tree.lemma[k] in self.words.impersonal_verbs or tree.verb[k] in self.words.impersonal_verbs for k in around):
            return True
        if tree.low[token + 1 : token + 3][:1] == ["y"]:
            return True
        head = tree.head[token]
        return tree.pos[head] == "ADJ" and any(tree.rel[k] in ("ccomp", "csubj", "xcomp") for k in tree.kids[head])

    # ---------------------------------------------------------------- parties
    def party(self, head: int | None) -> int | None:
        """The mention that token *head* stands for as a party: its name, or its noun phrase, or the pronoun."""
        if head is None:
            return None
        tree = self.tree
        if tree.low[head] in self.words.impersonal_speakers and (place := self._located(head)) is not None:
            head = place
        head = self._climbed(self._proper_head(head))
        if any(tree.low[head] == words[0] for words in self.words.naming) and head - 1 in self._by_head:
            head -= 1  # a group styling itself X
        if head in self._by_head:
            return self._by_head[head]
        if head in self._entity_at:
            return self._entity_at[head]
        low = tree.low[head]
        if low in self.words.last_one:
            return self._pronoun(head)
        if tree.pos[head] in ("PRON", "DET") or low in tree.grammar.clitic_subjects | tree.grammar.possessive:
            return self._pronoun(head)
        return self._nominal(head, "frame")

    def _proper_head(self, head: int) -> int:
        """From a qualifier or a partitive to the noun: `un ancien diplomate`, `l'un de ses dirigeants`."""
        tree, stop = self.tree, self.tree.last[head]
        if tree.low[head] in self.words.qualifiers and head < stop and tree.pos[head + 1] == "NOUN" and head not in self._entity_at:
            return head + 1
        if tree.low[head] in self.words.partitives and head < stop and tree.low[head + 1] in self.words.complements:
            for k in range(head + 2, min(stop, head + 5) + 1):
                if tree.pos[k] == "NOUN" and (k in self._by_head or self._is_source(k)):
                    return k
                if tree.pos[k] not in ("DET", "ADJ", "NUM", "ADP") and tree.low[k] not in tree.grammar.determiners:
                    break
        return head

    def _pronoun(self, head: int) -> int:
        index = self._by_head[head] = self._add(_Item(head, head, head, "pronoun", "Unidentified", "frame"))
        return index

    def _climbed(self, head: int) -> int:
        """From a complement to the noun that it completes: the frame took `renseignement` in `un ancien du renseignement`."""
        noun = self._outer(head)
        if noun in self._by_head and self._is_source(noun) and {s.kind for s in self._source(noun)} & {"person", "group"}:
            return noun
        return head

    def _outer(self, head: int) -> int | None:
        """The noun that *head* completes, by the words before it."""
        tree = self.tree
        first = self._name_at[head][0] if head in self._name_at else head
        at = first - 1
        while at > tree.first[head] and (
            tree.pos[at] == "ADJ" or (tree.low[at] in tree.grammar.determiners and tree.low[at] not in self.words.complements)
        ):
            at -= 1
        if at - 1 < tree.first[head] or tree.low[at] not in self.words.complements or tree.low[at] in ("by", "to"):
            return None
        noun = at - 1
        while noun > tree.first[head] and tree.pos[noun] == "ADJ" and noun not in self._by_head:
            noun -= 1
        return noun

    def _completes(self, head: int, guess: str) -> bool:
        """Whether *head* completes another noun, which is then named, not it: `le PDG du groupe, X`."""
        outer = self._outer(head)
        if outer is None or outer not in self._by_head:
            return False
        kind = self._items[self._by_head[outer]].guess
        if guess == "Person" and kind == "Person":
            return self.tree.number(outer) != "p"  # but: relatives of the suspect, X,
        return kind in ("Person", "Group", "Organization")

    def _located(self, token: int) -> int | None:
        """The noun or name of the place where `on` speaks, in the same sentence: `dit-on à la mairie`."""
        tree = self.tree
        for at in [*range(token + 1, tree.last[token] + 1), *range(tree.first[token], token)]:
            if tree.low[at] not in self.words.located:
                continue
            for k in range(at + 1, min(at + 7, tree.last[token]) + 1):
                if k in self._entity_at or (k in self._by_head and self._items[self._by_head[k]].kind == "nominal"):
                    if k in self._entity_at and tree.low[at] not in ("à", "chez", "auprès", "au", "côté"):
                        break
                    kinds = {s.kind for s in self._source(k)}
                    if k in self._entity_at or kinds & {"body", "group"}:
                        return k
                    break
                if tree.pos[k] in ("VERB", "AUX", "PUNCT") or tree.pos[k] == "NOUN":
                    break
        return None

    def _nominal(self, head: int, extractor: str) -> int:
        """The noun phrase of *head*, tied to the name that it stands in apposition to."""
        tree = self.tree
        first, last = phrase(tree, head, self.words, self._name_at)
        if first == last == head and tree.pos[head] == "PROPN" and extractor == "frame":
            self._entity(head, head, "Unidentified", "frame")
            return self._entity_at[head]
        item = _Item(head, first, last, "nominal", self._guess(head), extractor)
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
        """Whether a description may be that of *name*; a noun that the lexicon does not know is that of persons only."""
        if self._ambiguous(item.head) and name.guess == "Person":
            item.guess = "Person"
        if item.guess != "Unidentified":
            return True
        if name.guess != "Person" or name.first == name.last:
            return False
        item.guess = "Person"
        return True

    def _ambiguous(self, head: int) -> bool:
        """Whether the noun may be a person's or a body's: an executive, a regulator."""
        kinds = {s.kind for s in self._source(head)}
        return "person" in kinds and "body" in kinds

    def _guess(self, head: int) -> str:
        tree, kinds = self.tree, [s.kind for s in self._source(head)]
        if self._ambiguous(head) and (tree.number(head) == "p" or tree.low[head - 1] in self.words.qualifiers | tree.grammar.indefinite):
            return "Person"
        for kind in ("body", "group", "person", "document"):
            if kind in kinds:
                return _KINDS[kind]
        personal = tree.pos[head] == "NOUN" and tree.low[head].endswith(tuple(self.words.person_endings))
        return "Person" if personal and tree.low[head] not in self.words.things else "Unidentified"

    def appositions(self) -> None:
        """Ties a bracketed acronym to the name before it: `l'Agence … (ARC)`."""
        tree = self.tree
        for item in self._items:
            if item.kind == "proper" and self._is_demonym(item):
                item.kind, item.guess, item.first = "nominal", "Person", item.first - 1
            if item.kind != "proper" or item.first - 2 < tree.first[item.first] or item.last >= tree.last[item.first]:
                continue
            if tree.low[item.first - 1] == "(" and tree.low[item.last + 1] == ")" and item.first - 2 in self._entity_at:
                item.name = self._entity_at[item.first - 2]

    def _is_demonym(self, item: _Item) -> bool:
        """`le Finistérien`: an inhabitant, called by the name of the place."""
        tree = self.tree
        if item.first != item.last or item.guess not in ("Place", "Unidentified", "Group") or item.extractor == "gazetteer":
            return False
        low = tree.low[item.first]
        before = tree.low[item.first - 1] if item.first > tree.first[item.first] else ""
        return before in ("le", "la", "l'") and low.endswith(tuple(self.words.demonym_endings)) and tree.rel[item.head] in ("subj", "obj")

    # ---------------------------------------------------------------- the result
    def build(self) -> tuple[tuple[Mention, ...], list[int]]:
        """The mentions in text order, and for each index handed out by :meth:`party` its place among them."""
        parsed = self.tree.parsed
        order = sorted(
            range(len(self._items)), key=lambda i: (parsed.start[self._items[i].first], -parsed.end[self._items[i].last])
        )
        place = [0] * len(order)
        for new, old in enumerate(order):
            place[old] = new
        return tuple(self._mention(old, place) for old in order), place

    def _mention(self, old: int, place: list[int]) -> Mention:
        tree, parsed, item = self.tree, self.tree.parsed, self._items[old]
        head = item.head
        span = Span.of(parsed.text, parsed.start[item.first], parsed.end[item.last])
        complement = self._complement(old) if item.kind == "nominal" else None
        return Mention(
            span, item.kind, item.guess, tree.lemma[head], self._gender(item), self._number(item), self._determiner(item),
            self._function(item), parsed.sentence[head],
            None if item.name is None else place[item.name], None if complement is None else place[complement],
            parsed.inside[head] >= 0 or parsed.marked[head] >= 0, item.extractor, 1.0,
        )  # fmt: skip

    def _complement(self, old: int) -> int | None:
        """The name or description that completes this one: `le porte-parole du ministère`, `the union's president`."""
        item = self._items[old]
        for k in [*range(item.head + 1, item.last + 1), *range(item.first, item.head)]:
            found = self._entity_at.get(k, self._by_head.get(k))
            if found is not None and found != old and self._items[found].kind != "pronoun":
                return found
        return None

    def _function(self, item: _Item) -> str:
        """The head's function; what a sentence is put to be about counts as its subject."""
        tree = self.tree
        start = tree.first[item.first]
        for k in range(max(start, item.first - 3), item.first):
            if tree.low[k] in self.words.topics:
                return "subj"
        if item.first > start and tree.low[item.first - 1] in tree.grammar.agent_prepositions:
            return "agent"
        return _FUNCTIONS.get(tree.rel[item.head], "other")

    def _gender(self, item: _Item) -> str:
        """A noun's gender from the lexicon before the tagger's; a name's own is a guess and is not told."""
        tree = self.tree
        if item.kind == "proper":
            return ""
        if item.kind == "nominal":
            low = tree.low[item.head]
            genders = {s.gender for s in self.sources.get(low, ())} or {s.gender for s in self._source(item.head)}
            if genders == {"f"} or genders == {"m"}:
                return genders.pop()
        if tree.grammar.language == "en" and item.kind == "nominal":
            return ""
        if item.kind == "nominal" and tree.low[item.first] in ("la", "une", "cette", "sa"):
            return "f"
        if item.kind == "nominal" and tree.low[item.first] in ("le", "un", "ce", "cet", "du", "au"):
            return "m"
        return tree.gender(item.head)

    def _number(self, item: _Item) -> str:
        tree, low = self.tree, self.tree.low[item.head]
        if item.kind == "proper":
            return ""
        if item.kind == "pronoun":
            return "p" if low in _PLURAL or low.endswith(("-ils", "-elles")) or low in ("derniers", "dernières") else "s"
        return tree.number(item.head)

    def _determiner(self, item: _Item) -> str:
        tree, grammar = self.tree, self.tree.grammar
        for k in range(item.first, item.head + 1):
            word = tree.low[k]
            if word in grammar.possessive or word in ("'s", "’s"):
                return "poss" if word in grammar.possessive else "def"
            if word in grammar.demonstrative:
                return "dem"
            if word in grammar.definite:
                return "def"
            if word in grammar.indefinite:
                return "indef"
        before = tree.low[item.first - 1] if item.first > tree.first[item.head] else ""
        return "def" if before in ("du", "au", "aux", "des") else ""
