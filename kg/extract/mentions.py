"""Mentions: names the model finds, names we know, and the noun phrases and pronouns that stand as parties of claims.

A speaker is often no named entity (``Le site fondé par …``, ``il``), so frames ask for the heads they need; each
mention carries the features that in-document resolution needs, which knows no parser.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.tree import Tree
from kg.model import Mention, Span

_GUESS = {
    "PER": "Person", "PERSON": "Person", "ORG": "Organization", "LOC": "Place", "GPE": "GeopoliticalEntity",
    "NORP": "Group", "FAC": "Place", "MISC": "Unidentified", "PRODUCT": "Unidentified", "WORK_OF_ART": "Unidentified",
    "EVENT": "Unidentified", "LAW": "Unidentified",
}  # fmt: skip
_FUNCTIONS = {"subj": "subj", "obj": "obj", "agent": "agent", "attr": "attr", "nmod": "nmod", "pobj": "nmod", "poss": "nmod"}
_EDGES = frozenset((",", ";", ":", "(", ")", ".", "-", "–", "—", "'", "’"))


class Mentions:
    """The mentions of one document, made on demand and kept in text order at the end."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._by_head: dict[int, int] = {}
        self._heads: list[int] = []
        self._items: list[tuple[int, int, int, str, str, str]] = []  # head, first, last, kind, guess, extractor
        self._entity_at: dict[int, int] = {}

    # ---------------------------------------------------------------- collecting
    def names(self, known: Iterable[tuple[int, int]]) -> None:
        """Adds the model's entities and the *known* names (token ranges, both ends included)."""
        tree = self.tree
        taken: set[int] = set()
        for first, last in known:
            if not any(k in taken for k in range(first, last + 1)):
                self._entity(first, last, "Unidentified", "gazetteer", taken)
        for entity in tree.parsed.doc.ents:
            guess = _GUESS.get(entity.label_)
            if guess is None:
                continue
            first, last = self._trimmed(entity.start, entity.end - 1)
            if first > last or any(k in taken for k in range(first, last + 1)) or not self._is_name(first, last):
                continue
            self._entity(first, last, guess, "ner", taken)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        tree = self.tree
        while first <= last and (tree.low[first] in _EDGES or tree.low[first] in tree.grammar.determiners):
            first += 1
        while last >= first and (tree.low[last] in _EDGES or tree.pos[last] in ("VERB", "AUX", "ADP", "DET", "CCONJ")):
            if tree.word[last][:1].isupper():
                break
            last -= 1
        return first, last

    def _is_name(self, first: int, last: int) -> bool:
        tree = self.tree
        if any(tree.parsed.quote[k] >= 0 for k in range(first, last + 1)):
            return False
        words = [tree.word[k] for k in range(first, last + 1)]
        if not any(w[:1].isupper() or w[:1] in "#@" for w in words) or not any(c.isalpha() for c in "".join(words)):
            return False
        alone = first == last
        if alone and first == tree.first[first] and tree.pos[first] not in ("PROPN", "NOUN", "X"):
            return False
        return not (alone and tree.low[first] in tree.grammar.temporal)

    def _entity(self, first: int, last: int, guess: str, extractor: str, taken: set[int]) -> None:
        head = self._head(first, last)
        index = self._add(head, first, last, "proper", guess, extractor)
        for k in range(first, last + 1):
            taken.add(k)
            self._entity_at[k] = index

    def _head(self, first: int, last: int) -> int:
        return next((k for k in range(first, last + 1) if not first <= self.tree.head[k] <= last), first)

    def party(self, head: int | None) -> int | None:
        """The mention that token *head* stands for as a party: its entity, or its noun phrase, or the pronoun."""
        if head is None:
            return None
        tree = self.tree
        if head in self._by_head:
            return self._by_head[head]
        if head in self._entity_at:
            self._by_head[head] = self._entity_at[head]
            return self._entity_at[head]
        if tree.pos[head] in ("PRON", "DET") or tree.low[head] in tree.grammar.clitic_subjects | tree.grammar.possessive:
            index = self._add(head, head, head, "pronoun", "Unidentified", "frame")
            self._by_head[head] = index
            return index
        first, last = tree.noun_phrase(head)
        while first < head and (tree.pos[first] in ("ADP", "PUNCT") and tree.low[first] not in tree.grammar.determiners):
            first += 1
        inside = [self._entity_at[k] for k in range(first, last + 1) if k in self._entity_at]
        if inside and all(self._covers(inside[0], k) for k in range(first, last + 1) if tree.low[k] not in tree.grammar.determiners):
            index = inside[0]
        else:
            kind = "proper" if tree.pos[head] == "PROPN" else "nominal"
            index = self._add(head, first, last, kind, "Unidentified", "frame")
        self._by_head[head] = index
        return index

    def _covers(self, index: int, token: int) -> bool:
        _, first, last, *_ = self._items[index]
        return first <= token <= last

    def _add(self, head: int, first: int, last: int, kind: str, guess: str, extractor: str) -> int:
        for index, item in enumerate(self._items):
            if item[1] == first and item[2] == last:
                return index
        self._items.append((head, first, last, kind, guess, extractor))
        return len(self._items) - 1

    # ---------------------------------------------------------------- apposition
    def appositions(self) -> None:
        """Adds the noun phrases that stand in apposition to a name: ``X, le vice-président du parti``."""
        tree = self.tree
        for index in range(len(self._items)):
            head, first, last, kind, *_ = self._items[index]
            if kind == "pronoun":
                continue
            for kid in tree.kids[head]:
                if tree.rel[kid] == "appos" and tree.nominal(kid) and tree.pos[kid] != "NUM" and kid not in self._entity_at:
                    low, _ = tree.noun_phrase(kid)
                    if tree.low[low] in tree.grammar.determiners or tree.grammar.speaks(tree.lemma[kid], tree.low[kid]):
                        self.party(kid)

    # ---------------------------------------------------------------- the result
    def build(self) -> tuple[tuple[Mention, ...], list[int]]:
        """The mentions in text order, and for each index handed out by :meth:`party` its place among them."""
        parsed = self.tree.parsed
        order = sorted(range(len(self._items)), key=lambda i: (parsed.start[self._items[i][1]], -parsed.end[self._items[i][2]]))
        place = [0] * len(order)
        for new, old in enumerate(order):
            place[old] = new
        by_token: dict[int, int] = {}
        for old in order:
            head, first, last, *_ = self._items[old]
            for k in range(first, last + 1):
                by_token.setdefault(k, place[old])
            by_token[head] = place[old]
        return tuple(self._mention(old, place, by_token) for old in order), place

    def _mention(self, old: int, place: list[int], by_token: dict[int, int]) -> Mention:
        tree, parsed = self.tree, self.tree.parsed
        head, first, last, kind, guess, extractor = self._items[old]
        span = Span.of(parsed.text, parsed.start[first], parsed.end[last])
        apposed = self._apposed(head, first, last, place[old], by_token)
        complement = next(
            (by_token[k] for k in range(head + 1, last + 1) if by_token.get(k, place[old]) != place[old]), None
        )
        return Mention(
            span, kind, guess, tree.lemma[head], tree.gender(head), self._number(head), self._determiner(first, head),
            _FUNCTIONS.get(tree.rel[head], "other"), parsed.sentence[head], apposed, complement,
            parsed.inside[head] >= 0 or parsed.marked[head] >= 0, extractor, 1.0,
        )  # fmt: skip

    def _apposed(self, head: int, first: int, last: int, mine: int, by_token: dict[int, int]) -> int | None:
        """The mention that this one stands in apposition to, or that stands in apposition to it (the earlier one)."""
        tree = self.tree
        if tree.rel[head] == "appos":
            return self._other(by_token, tree.head[head], mine)
        before = first - 1
        if before > tree.first[head] and tree.low[before] in (",", "(") and self._other(by_token, before - 1, mine) is not None:
            previous = by_token[before - 1]
            if tree.low[before] == "(" and last + 1 < tree.n and tree.low[last + 1] == ")":
                return previous
            if tree.head[head] == tree.head[before - 1] and tree.rel[head] in ("flat", "dep"):
                return previous
        # le président du club, Jorge …: the name right behind a title without a comma
        if tree.rel[head] in ("flat", "compound", "appos", "nmod") and self._other(by_token, tree.head[head], mine) is not None:
            if tree.head[head] < head and not any(tree.rel[k] == "case" for k in tree.kids[head] if k < head):
                return by_token[tree.head[head]]
        return None

    @staticmethod
    def _other(by_token: dict[int, int], token: int, mine: int) -> int | None:
        found = by_token.get(token)
        return found if found is not None and found != mine else None

    def _number(self, head: int) -> str:
        tree = self.tree
        number = tree.number(head)
        if tree.low[head].endswith(("-ils", "-elles")) or tree.low[head] in ("ils", "elles", "eux", "they", "them", "their"):
            return "p"
        return number

    def _determiner(self, first: int, head: int) -> str:
        tree, grammar = self.tree, self.tree.grammar
        for k in range(first, head + 1):
            word = tree.low[k]
            if word in grammar.possessive:
                return "poss"
            if word in grammar.demonstrative:
                return "dem"
            if word in grammar.definite:
                return "def"
            if word in grammar.indefinite:
                return "indef"
        before = tree.low[first - 1] if first > tree.first[head] else ""
        return "def" if before in ("du", "au", "aux", "des") else ""
