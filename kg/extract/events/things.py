"""What is published, leaked or taken: a work (a report), papers (files), or something that tells of no such event."""

from __future__ import annotations

from kg.extract.entries import EventLexicon, Trigger
from kg.extract.events.roles import Cast
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree

KINDS = frozenset(("DataLeak", "Publication"))  # the kinds that are told apart by their thing and their doer
_DEEP = 3  # one half of a thousand of the files


class Things:
    """Judges the things of the triggers of one document."""

    def __init__(self, tree: Tree, words: Factuality, lexicon: EventLexicon, cast: Cast) -> None:
        self.tree, self.words, self.lexicon, self.cast = tree, words, lexicon, cast
        contexts = lexicon.contexts
        self._papers = frozenset().union(*(contexts.get(name, ()) for name in ("papers", "volume")))
        self._outlets = contexts.get("outlets", frozenset()) | words.publishers

    def kind(self, token: int, entry: Trigger, known: bool) -> str | None:
        """The kind of the event: the entry's, or the one that thing and doer make of it; None where it is none.

        *known*: the sentence has the context that the entry needs.
        """
        if entry.kind == "Arrest" and entry.needs and entry.part == "verb":
            return entry.kind if self._person(token, entry, known) else None
        if entry.kind not in KINDS or not entry.needs:
            return entry.kind
        thing = self._thing(token, entry)
        if thing == "other":
            return None
        publishes = entry.kind == "Publication" or self._may_be(entry, "Publication")
        if thing == "work":
            return "Publication" if publishes else None
        outlet = publishes and any(self._is_outlet(head) for head in self.cast.doers(token, entry))
        if outlet or not self._may_be(entry, "DataLeak"):
            return "Publication" if publishes else entry.kind
        return entry.kind

    def leaks(self, token: int, entry: Trigger) -> bool:
        """Whether, where the document tells of a leak, the trigger may be of it: no outlet does it, and to no work."""
        if self._thing(token, entry) in ("work", "other") or not self._may_be(entry, "DataLeak"):
            return False
        return not any(self._is_outlet(head) for head in self.cast.doers(token, entry))

    def of_papers(self, token: int, entry: Trigger) -> bool:
        return self._thing(token, entry) == "paper"

    def _person(self, token: int, entry: Trigger, known: bool) -> bool:
        """Whether it is done to somebody, not to a thing: police seize laptops, a meeting is held."""
        heads = self.cast.undergoers(token, entry)
        if not (heads or self.cast.passive(token)) or not (known or self.cast.passive(token)):
            return False
        persons = self.lexicon.contexts.get("persons", frozenset())
        return not heads or any(
            self.tree.pos[head] in ("PRON", "PROPN", "NUM", "DET") or self.tree.lemma[head] in persons
            or self.tree.parsed.quote[head] >= 0 or self.cast.party(head, 0) is not None or self._named(head)
            for head in heads
        )  # fmt: skip

    def _named(self, head: int) -> bool:
        """``le détective, Alain Quaranta``"""
        return any(self.tree.rel[k] in ("appos", "flat") and self.tree.pos[k] == "PROPN" for k in self.tree.kids[head])

    def _thing(self, token: int, entry: Trigger) -> str:
        """``work``, ``paper``, ``other`` or, where it is a pronoun or not said, ""."""
        if entry.part == "noun" and entry.deed and self.tree.lemma[token] in self.words.works:
            return "work"  # a report of forty pages
        heads = self.cast.undergoers(token, entry)
        if not heads:
            return ""
        sorts = [self._sort(head, _DEEP) for head in heads]
        return next((sort for sort in sorts if sort in ("work", "paper")), sorts[0])

    def _sort(self, head: int, depth: int) -> str:
        tree = self.tree
        if tree.pos[head] in ("PRON", "DET") or tree.parsed.quote[head] >= 0:
            return ""
        for word in (tree.lemma[head], tree.low[head]):
            if word in self.words.works:
                return "work"
            if word in self._papers:
                return "paper"
        inner = self.cast.complements(head)
        if inner and depth:
            return self._sort(inner[0], depth - 1)
        named = tree.word[head][:1].isupper() and head > tree.first[head]
        return "" if named or tree.pos[head] in ("PROPN", "NUM", "SYM") else "other"

    def _may_be(self, entry: Trigger, kind: str) -> bool:
        if entry.kind == kind:
            return True
        index = self.lexicon.verbs if entry.part == "verb" else self.lexicon.nouns
        first = min(entry.words[0])
        return any(e.kind == kind and e.words == entry.words and not e.anaphoric for e in index.get(first, ()))

    def _is_outlet(self, head: int) -> bool:
        tree = self.tree
        low, high = tree.noun_phrase(head)
        return any(tree.lemma[k] in self._outlets or tree.low[k] in self._outlets for k in range(low, high + 1))
