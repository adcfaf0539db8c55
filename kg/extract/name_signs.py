"""What the words around one occurrence of a name tell of what it names.

``l'usine chimique X``, ``the operator, X,``, ``les salariés de X``, ``X, which runs the network``, ``X employs``.
"""

from __future__ import annotations

from kg.extract.entities import Entities, Name
from kg.extract.name_words import name_words

ENOUGH, SURE, PERSONAL = 2.0, 3.0, 1.0
"""What decides alone, what outweighs that, and what the model's word weighs for a person's name of several words."""
_POSSESSIVE = frozenset(("'s", "’s"))
_PRESENTING = frozenset((("c'", "être"), ("ce", "être"), ("it", "be")))
_BRIEF = 4
"""Nouns between the one that heads a phrase and the name behind it: société de transport X."""


class NameSigns:
    """Asks about single occurrences in one document."""

    def __init__(self, entities: Entities) -> None:
        self.tree, self.phrases, self.sources = entities.tree, entities.words, entities.sources
        self.words = name_words(self.tree.grammar.language)
        self.english = self.tree.grammar.language == "en"

    def body(self, name: Name) -> float:
        """How surely the words around an occurrence make it a body's name."""
        return max(self.behind_noun(name), self._described(name), self._held(name), self._subject(name))

    def _is_body(self, token: int) -> bool:
        tree = self.tree
        lemma, low = tree.lemma[token], tree.low[token]
        if tree.word[token][:1].isupper() and token > tree.first[token]:
            return False
        if {lemma, low} & self.words.places:
            return False
        if {lemma, low} & self.words.bodies:
            return True
        kinds = {s.kind for s in self.sources.get(lemma, self.sources.get(low, ()))}
        return bool(kinds & {"body", "group"}) and "person" not in kinds

    def _is_person(self, token: int) -> bool:
        kinds = {s.kind for s in self.sources.get(self.tree.lemma[token], self.sources.get(self.tree.low[token], ()))}
        return kinds == {"person"}

    def behind_noun(self, name: Name) -> float:
        """`la coopérative laitière X`, `the rugby club X`; `the operator, X,`."""
        tree, at, start = self.tree, name.first - 1, self.tree.first[name.first]
        comma = at > start and tree.low[at] == ","
        if comma:
            closed = name.last < tree.last[name.last] and tree.low[name.last + 1] in (",", ".", ")", ":")
            if not closed:
                return 0.0
            at -= 1
        if at >= start and tree.low[at] in tree.grammar.definite and self._before_noun(name):
            return SURE
        noun = self._noun_before(at, start)
        if noun is None or not self._is_body(noun):
            return 0.0
        if comma and not self._determined(noun, start):
            return 0.0
        led = any(self._is_person(k) for k in range(max(start, noun - 4), noun))
        return 1.0 if led and name.guess == "Person" and name.last > name.first else SURE

    def _before_noun(self, name: Name) -> bool:
        """`the SCR union`, `the Grandval dairy cooperative`; not: the Leeds cooperative."""
        tree, follow = self.tree, name.last + 1
        if not self.english or name.first != name.last or name.guess not in ("Organization", "Unidentified", "Person"):
            return False
        stop = tree.last[name.last]
        while follow < stop and tree.pos[follow] in ("NOUN", "ADJ") and tree.pos[follow + 1] == "NOUN":
            follow += 1
        return follow <= stop and tree.pos[follow] == "NOUN" and self._is_body(follow)

    def _noun_before(self, at: int, start: int) -> int | None:
        """The noun that a phrase which ends at *at* is headed by: société de transport, coopérative laitière."""
        tree = self.tree
        if self.english:
            return at if at >= start and tree.pos[at] in ("NOUN", "PROPN") else None
        for _ in range(_BRIEF):
            while at > start and tree.pos[at] == "ADJ" and not self._is_body(at):
                at -= 1
            if at < start or tree.pos[at] not in ("NOUN", "PROPN", "ADJ"):
                return None
            if self._is_body(at) or at - 2 < start or tree.low[at - 1] not in ("de", "d'"):
                return at
            at -= 2
        return None

    def _determined(self, noun: int, start: int) -> bool:
        determiners = self.tree.grammar.determiners | self.tree.grammar.possessive | _POSSESSIVE
        return any(self.tree.low[k] in determiners for k in range(max(start, noun - 3), noun))

    def _described(self, name: Name) -> float:
        """`X, une association de pêcheurs`, `X, fondée en 1962`, `X, which runs`."""
        tree, at, stop = self.tree, name.last + 1, self.tree.last[name.last]
        if at + 1 >= stop or tree.low[at] != ",":
            return 0.0
        first = at + 1
        if tree.low[first] in self.words.things:
            return SURE
        if tree.low[first] in self.words.founded:
            return ENOUGH
        first = self._one_of(first, stop)
        indefinite = first > at + 1 or tree.low[first] in tree.grammar.indefinite
        if not indefinite and tree.low[first] not in tree.grammar.definite:
            return 0.0
        for k in range(first + 1, min(first + 4, stop) + 1):
            if self._is_body(k) and not (self.english and k < stop and tree.pos[k + 1] == "NOUN"):
                return SURE if indefinite else ENOUGH if name.first == name.last else 1.0
            if tree.pos[k] not in ("ADJ", "NOUN", "NUM") or (not self.english and tree.pos[k] == "NOUN"):
                return 0.0
        return 0.0

    def _one_of(self, first: int, stop: int) -> int:
        """The article of the many of which something is one: `l'un des principaux forums`, `one of the forums`."""
        low = self.tree.low
        at = first + (low[first] in self.tree.grammar.definite)
        one = at + 1 < stop and low[at] in ("un", "une", "one") and low[at + 1] in ("des", "of")
        return at + 1 + (low[at + 1] == "of") if one else first

    def _held(self, name: Name) -> float:
        """`les salariés de X`, `X's director`, `12 % de X`."""
        tree, start, stop = self.tree, self.tree.first[name.first], self.tree.last[name.last]
        follow = name.last + 1
        own = follow <= stop and tree.low[follow] in _POSSESSIVE
        if own or (self.english and tree.low[name.last] in _POSSESSIVE):
            behind = range(follow + own, min(follow + 3, stop) + 1)
            return SURE if any(tree.lemma[k] in self.words.holdings | self.words.premises for k in behind) else 0.0
        at = name.first - 1
        article = at > start and tree.low[at] in tree.grammar.definite and tree.low[at] not in self.words.of
        at -= article
        if at - 1 < start or tree.low[at] not in self.words.of:
            return 0.0
        people = name.guess == "Group" or (self.english and tree.low[name.last].endswith("s"))  # 57 percent of Scots
        if tree.low[at - 1] in self.words.shares and not people:
            return ENOUGH
        noun = at - 1
        while noun > start and tree.pos[noun] == "ADJ":
            noun -= 1
        if tree.pos[noun] not in ("NOUN", "PROPN"):
            return 0.0
        nouns = {tree.lemma[noun], tree.low[noun]}
        if nouns & self.words.holdings:
            return ENOUGH
        if nouns & self.words.agents and (article or tree.low[at] == "du") and tree.word[name.first].isupper():
            return ENOUGH
        placed = name.guess in ("Place", "GeopoliticalEntity")
        return (1.0 if placed else ENOUGH) if nouns & self.words.premises else 0.0

    def _governor(self, name: Name) -> tuple[int, str]:
        """The token that governs the name from outside, and how."""
        tree = self.tree
        head = next((k for k in range(name.first, name.last + 1) if not name.first <= tree.head[k] <= name.last), -1)
        if head < 0:
            return name.first, tree.rel[name.first]
        relation, up = tree.rel[head], tree.head[head]
        if relation == "conj":
            relation, up = tree.rel[up], tree.head[up]
        return up, relation

    def _subject(self, name: Name) -> float:
        """`X emploie`: what bodies do and persons hardly; `who heads X`."""
        up, relation = self._governor(name)
        if relation == "obj" and self.tree.lemma[up] in self.words.led:
            return ENOUGH
        return ENOUGH if relation == "subj" and self.tree.lemma[up] in self.words.body_verbs else 0.0

    def acts(self, name: Name) -> bool:
        """Whether the name is the subject of a deed or of speech, or is held to account."""
        up, relation = self._governor(name)
        tree = self.tree
        if self._cleft(name):
            return True
        if relation == "subj":
            acronym = tree.word[name.first].isupper() and name.last - name.first in (0, 2)
            if acronym and tree.pos[up] == "VERB" and any(tree.rel[k] == "obj" and k > up for k in tree.kids[up]):
                return True  # Le BEA a dépêché trois enquêteurs
            return tree.verb[up] in tree.grammar.lexicon.verbs or tree.lemma[up] in self.words.acts
        return relation == "obj" and tree.lemma[up] in self.words.accusing

    def _cleft(self, name: Name) -> bool:
        """`c'est bien X qui a payé`, `c'est par X que les voleurs sont entrés`, `it was X that paid`."""
        tree, at, stop = self.tree, name.first - 1, self.tree.last[name.last]
        if name.last >= stop or tree.low[name.last + 1] not in self.words.relatives:
            return False
        start = max(tree.first[name.first], at - 3)
        while at >= start and tree.pos[at] in ("ADP", "ADV", "DET"):
            at -= 1
        return at - 1 >= tree.first[name.first] and (tree.low[at - 1], tree.lemma[at]) in _PRESENTING

    def person(self, name: Name) -> float:
        """How surely an occurrence is a person's name: a title before it, `who` or a person's noun behind it."""
        tree = self.tree
        found = PERSONAL if name.guess == "Person" and name.last > name.first else 0.0
        if tree.low[name.first] in self.phrases.civil and name.last > name.first:
            return 2 * SURE
        at, stop = name.last + 1, tree.last[name.last]
        if at + 1 < stop and tree.low[at] in (",", "("):
            if self.english and tree.low[at + 1] in self.words.persons:
                return SURE
            if tree.word[at + 1].isdigit():
                return ENOUGH
            behind = range(at + 1, min(at + 3, stop) + 1)
            if any(self._is_person(k) for k in behind if tree.pos[k] == "NOUN"):
                found += 1.5
        before = name.first - 1
        if before >= tree.first[name.first] and self._is_person(before) and tree.pos[before] == "NOUN":
            found += 1.5
        return found
