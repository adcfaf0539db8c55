"""Reads what the sentence says of a trigger: a telling."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.extract.entries import EventLexicon, Trigger
from kg.extract.events.clusters import Clusters
from kg.extract.events.factual import Judge
from kg.extract.events.roles import Cast
from kg.extract.events.telling import Telling, ballot, determiner, names, other, plural
from kg.extract.events.timing import Timing
from kg.extract.events.triggers import Found
from kg.extract.events.words import factuality
from kg.extract.tree import Tree
from kg.model import Time


class Reader:
    """Reads the tellings of one document."""

    def __init__(
        self,
        tree: Tree,
        lexicon: EventLexicon,
        times: Sequence[Time],
        reports: Collection[int],
        triggers: Collection[int],
    ) -> None:
        self.tree, self.lexicon, self.words = tree, lexicon, factuality(tree.grammar.language)
        things = frozenset().union(*(lexicon.contexts.get(name, ()) for name in ("papers", "cyber", "findings")))
        self.judge, self.cast = Judge(tree, self.words), Cast(tree, self.words, things)
        self.timing = Timing(tree, self.words, times, reports, triggers)
        self._outlets = lexicon.contexts.get("outlets", frozenset()) | self.words.publishers

    def telling(self, found: Found) -> Telling:
        """All that is said of the trigger where it stands."""
        tree, entry = self.tree, found.entry
        kind = self._kind(found)
        interval = self.timing.of(found.token, kind == "Election") if entry.part != "name" else None
        roles = self.cast.roles(found.token, entry)
        told = Telling(
            found, kind, self.judge.verdict(found.token, kind, entry.part == "verb"), interval, roles,
            determiner(tree, found), plural(tree, found.token), other(tree, found.token, self.words),
            tree.parsed.sentence[found.token], names(tree, kind, roles),
        )  # fmt: skip
        if kind == "Election":
            told.ballot = ballot(tree, found, self.words, interval)
        return told

    def _kind(self, found: Found) -> str:
        """The entry's kind, but to publish what leaked is a publication where an outlet does it."""
        entry = found.entry
        if entry.kind != "DataLeak" or not self._may_be(entry, "Publication"):
            return entry.kind
        return (
            "Publication" if any(self._is_outlet(head) for head in self.cast.doers(found.token, entry)) else entry.kind
        )

    def _may_be(self, entry: Trigger, kind: str) -> bool:
        index = self.lexicon.verbs if entry.part == "verb" else self.lexicon.nouns
        first = next(iter(entry.words[0]))
        return any(e.kind == kind and e.words == entry.words and not e.anaphoric for e in index.get(first, ()))

    def _is_outlet(self, head: int) -> bool:
        tree = self.tree
        low, high = tree.noun_phrase(head)
        return any(tree.lemma[k] in self._outlets or tree.low[k] in self._outlets for k in range(low, high + 1))

    def lights(self, found: Found, clusters: Clusters) -> bool:
        """A light verb whose subject is an event (``le piratage qui a visé X``) adds its object to that event.

        A present participle (``visant X``) modifies a noun: it tells of nothing by itself.
        """
        if not found.entry.light:
            return False
        roles = self.cast.roles(found.token, found.entry)
        for head in self.cast.doers(found.token, found.entry):
            cluster = clusters.by_token.get(head)
            if cluster is not None:
                told = cluster.tellings[-1]
                told.roles += [pair for pair in roles if pair[0] != "agent"]
                told.names = names(self.tree, told.kind, told.roles)
                cluster.names |= told.names
                return True
        tree = self.tree
        return tree.rel[found.token] == "acl" and tree.morph(found.token, "Tense") == "Pres"
