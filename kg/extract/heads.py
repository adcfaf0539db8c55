"""The head that a frame meant: parsers and frames take a neighbour of the noun that names the party."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.eligible import Eligible
from kg.extract.phrases import POSSESSIVE


class Heads:
    """Moves from a token to the head of its party; *names* are the tokens of names, *phrases* the heads of mentions."""

    def __init__(self, eligible: Eligible, names: Mapping[int, tuple[int, int]], phrases: Mapping[int, int]) -> None:
        self.eligible, self.names, self.phrases = eligible, names, phrases
        self.tree, self.words = eligible.tree, eligible.words

    def meant(self, head: int) -> int:
        """The head of the party that a frame found at *head*."""
        if self.tree.low[head].lstrip("-") in self.words.deictics:
            head = self._demonstrative(head)
        if self.tree.low[head] in self.words.impersonal_speakers:
            head = self._located(head) or head
        head = self._possessed(head)
        head = self._climbed(self._past_qualifiers(head))
        leads = any(self.tree.low[head] == words[0] for words in self.words.naming)
        return head - 1 if leads and head - 1 in self.phrases else head  # a group styling itself X

    def _past_qualifiers(self, head: int) -> int:
        """From a qualifier or a partitive to the noun: `un ancien diplomate`, `l'un de ses dirigeants`."""
        tree, stop = self.tree, self.tree.last[head]
        qualifies = tree.low[head] in self.words.qualifiers and head not in self.names
        if qualifies and head < stop and tree.pos[head + 1] == "NOUN":
            return head + 1
        if tree.low[head] in self.words.partitives:
            for k in range(head + 1, min(stop - 1, head + 4) + 1):
                if tree.low[k] == "," and k + 1 in self.names:
                    return k + 1  # l'un d'eux, X,
        if tree.low[head] in self.words.partitives and head < stop and tree.low[head + 1] in self.words.complements:
            for k in range(head + 2, min(stop, head + 5) + 1):
                if tree.pos[k] == "NOUN" and (k in self.phrases or self.eligible.is_source(k)):
                    return k
                if tree.low[k] in self.words.all_of:
                    return k  # one of them: the group of which he is one
                if tree.pos[k] not in ("DET", "ADJ", "NUM", "ADP") and tree.low[k] not in tree.grammar.determiners:
                    break
        return head

    def _possessed(self, head: int) -> int:
        """From a possessor to what it possesses, if that can speak: `the students' union`."""
        tree = self.tree
        if (
            head + 2 > tree.last[head]
            or tree.low[head + 1] not in POSSESSIVE
            or tree.pos[head + 1] not in ("PART", "PUNCT")
        ):
            return head
        for k in range(head + 2, min(head + 4, tree.last[head]) + 1):
            if tree.pos[k] == "NOUN" and self.eligible.is_source(k):
                return k
            if tree.pos[k] not in ("ADJ", "NOUN"):
                break
        return head

    def _demonstrative(self, head: int) -> int:
        """The pronoun before its particle: `celui` in `celui-ci`."""
        near = range(head - 1, max(self.tree.first[head], head - 2) - 1, -1)
        return next((k for k in near if self.tree.low[k] in self.words.demonstratives), head)

    def _climbed(self, head: int) -> int:
        """From a complement to the noun that it completes: the frame took the service in `un ancien du service`."""
        noun = self.outer(head)
        if noun is None or noun not in self.phrases or not self.eligible.is_source(noun):
            return head
        return noun if {s.kind for s in self.eligible.source(noun)} & {"person", "group"} else head

    def outer(self, head: int) -> int | None:
        """The noun that *head* completes, by the words before it."""
        tree = self.tree
        first = self.names[head][0] if head in self.names else head
        at = first - 1
        determiners = tree.grammar.determiners - self.words.complements
        while at > tree.first[head] and (tree.pos[at] == "ADJ" or tree.low[at] in determiners):
            at -= 1
        if at - 1 < tree.first[head] or tree.low[at] not in self.words.complements - tree.grammar.agent_prepositions:
            return None
        noun = at - 1
        while noun > tree.first[head] and tree.pos[noun] == "ADJ" and noun not in self.phrases:
            noun -= 1
        return noun

    def _located(self, token: int) -> int | None:
        """The noun or name of the place where `on` speaks, in the same sentence: `dit-on à la mairie`."""
        tree = self.tree
        for at in [*range(token + 1, tree.last[token] + 1), *range(tree.first[token], token)]:
            place = self._place_after(at) if tree.low[at] in self.words.located else None
            if place is not None:
                return place
        return None

    def _place_after(self, at: int) -> int | None:
        """The body, group or name that the preposition *at* governs."""
        tree = self.tree
        for k in range(at + 1, min(at + 7, tree.last[at]) + 1):
            if k in self.names:
                return k if tree.low[at] in self.words.located_names else None
            if k in self.phrases:
                return k if {s.kind for s in self.eligible.source(k)} & {"body", "group"} else None
            if tree.pos[k] in ("VERB", "AUX", "PUNCT", "NOUN"):
                return None
        return None
