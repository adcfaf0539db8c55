"""Reads what the sentence says of a trigger: a telling."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kg.extract.entries import EventLexicon
from kg.extract.events.ballots import ballot
from kg.extract.events.clusters import Clusters
from kg.extract.events.factual import Judge
from kg.extract.events.roles import Cast
from kg.extract.events.telling import Telling, determiner, fresh, many, names, other, plural, renewed
from kg.extract.events.things import Things
from kg.extract.events.timing import Timing
from kg.extract.events.triggers import Found
from kg.extract.events.words import factuality
from kg.extract.tree import Tree
from kg.model import Time

_RESTRICT = frozenset(("nmod", "relcl", "acl", "prep", "poss", "nummod", "compound"))


class Reader:
    """Reads the tellings of one document."""

    def __init__(
        self,
        tree: Tree,
        lexicon: EventLexicon,
        times: Sequence[Time],
        reports: Collection[int],
        triggers: Mapping[int, str],
        heads: Mapping[int, int],
    ) -> None:
        self.triggers = triggers
        self.tree, self.lexicon, self.words = tree, lexicon, factuality(tree.grammar.language)
        self._guards = lexicon.contexts.get("guards", frozenset())
        owned = frozenset().union(*(lexicon.contexts.get(name, ()) for name in ("papers", "cyber", "findings")))
        self.judge, self.cast = Judge(tree, self.words), Cast(tree, self.words, owned, triggers)
        self.timing = Timing(tree, self.words, times, reports, triggers, heads)
        self.things = Things(tree, self.words, lexicon, self.cast)

    def telling(self, found: Found) -> Telling | None:
        """All that is said of the trigger where it stands; None: it tells of no event after all."""
        tree, entry = self.tree, found.entry
        kind = self.things.kind(found.token, entry, found.borne_out)
        if kind is not None and len(found.readings) > 1 and self._by_guards(found, kind):
            return self.telling(Found(found.token, found.covered, found.readings[1:]))
        if (
            kind is None
            or self._by_guards(found, kind)
            or self._count_of(found, kind)
            or self._of_poll(found, kind)
            or self._in_name(found)
        ):
            return None
        interval = self.timing.of(found.token, kind == "Election") if entry.part != "name" else None
        roles = self.cast.roles(found.token, entry)
        told = Telling(
            found, kind, self.judge.verdict(found.token, kind, entry.part == "verb"), interval, roles,
            determiner(tree, found), plural(tree, found.token), other(tree, found, self.words),
            tree.parsed.sentence[found.token], names(tree, found, kind, roles),
        )  # fmt: skip
        told.other = told.other or self._by_another(found)
        told.dates = self.timing.dated(found.token)
        told.before = self.timing.before(found.token) if interval is None else None
        told.fresh = fresh(tree, roles) if kind in ("CyberAttack", "Arrest") else frozenset()
        told.bare = not any(tree.rel[k] in _RESTRICT for k in tree.kids[found.token])
        told.headline = self._in_headline(told.sentence)
        told.many = many(tree, roles) if kind == "Arrest" and entry.part == "verb" else None
        told.papers = kind == "Publication" and self.things.of_papers(found.token, entry)
        told.points_back = entry.anaphoric and self._points_back(found)
        told.past = self._pluperfect(found.token) or any(
            tree.low[k] in self.words.already for k in tree.kids[found.token]
        )
        told.renewed = renewed(tree, found, self.words)
        told.may_leak = kind == "Publication" and self.things.leaks(found.token, entry)
        if kind == "Election":
            told.ballot = ballot(tree, found, self.words, interval)
        return told

    def _by_guards(self, found: Found, kind: str) -> bool:
        """``abattu par la police``: no attack, nor a site that the police shut down."""
        if kind not in ("Attack", "CyberAttack") or found.entry.part != "verb":
            return False
        guards = self.words.guards | (self._guards if kind == "CyberAttack" else frozenset())
        doers = self.cast.doers(found.token, found.entry)
        return any(self.tree.lemma[head] in guards or self.tree.low[head] in guards for head in doers)

    def _count_of(self, found: Found, kind: str) -> bool:
        """``by 112 votes``: what was cast, not a vote."""
        tree = self.tree
        counted = kind == "Election" and found.entry.part == "noun" and plural(tree, found.token)
        return counted and any(tree.rel[k] == "nummod" for k in tree.kids[found.token])

    def _by_another(self, found: Found) -> bool:
        """Whether another event did it, or somebody else: ``hit by a second attack``, ``a démissionné à son tour``."""
        if found.entry.part != "verb":
            return False
        tree, doers = self.tree, self.cast.doers(found.token, found.entry)
        if any(tree.low[k] in self.words.in_turn and tree.under(k, found.token) for k in self._after(found.token)):
            return True
        return any(head in self.triggers and tree.head[head] != head and self._new(head) for head in doers)

    def _after(self, token: int) -> range:
        return range(token + 1, min(token + 4, self.tree.last[token] + 1))

    def _new(self, head: int) -> bool:
        given = self.tree.grammar.definite | self.tree.grammar.demonstrative | self.tree.grammar.possessive
        kids = self.tree.kids[head]
        fresh = self.words.other_words | self.words.recent_words
        return any(self.tree.lemma[k] in fresh for k in kids) and not any(self.tree.low[k] in given for k in kids)

    def _in_name(self, found: Found) -> bool:
        """Whether the word is part of a proper name: the newspaper Libération, the group Pawn Storm."""
        tree, at = self.tree, found.token
        alone = bool(found.entry.deed) and found.first == found.last and at > tree.first[at]
        return alone and tree.pos[at] == "PROPN" and tree.word[at][:1].isupper()

    def _of_poll(self, found: Found, kind: str) -> bool:
        """``un sondage publié mardi``: the poll is the event."""
        if kind != "Publication":
            return False
        heads = self.cast.undergoers(found.token, found.entry)
        return any(self.triggers.get(head) == "Poll" for head in heads)

    def _points_back(self, found: Found) -> bool:
        """Whether a word that only takes up what was told has the article or demonstrative to do so."""
        what = determiner(self.tree, found)
        pronouns = self.tree.grammar.possessive if found.entry.deed else frozenset()  # his exit
        return what == "dem" or (what in ("def", "poss") and not any(
            self.tree.rel[k] in ("poss", "compound") and self.tree.low[k] not in pronouns and k not in found.covered
            for k in self.tree.kids[found.token]
        ))  # fmt: skip

    def _in_headline(self, sentence: int) -> bool:
        parsed = self.tree.parsed
        start, end = parsed.layout.sentences[sentence]
        return sentence == 0 and parsed.text[start:end].rstrip()[-1:] not in '.!?…»”"'

    def _pluperfect(self, token: int) -> bool:
        tree = self.tree
        at = self.timing.clause(token)
        return any(tree.low[k] in self.words.pluperfect and tree.rel[k] in ("aux", "auxpass") for k in tree.kids[at])

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
                told.names = names(self.tree, told.found, told.kind, told.roles)
                cluster.names |= told.names
                return True
        tree = self.tree
        return tree.rel[found.token] == "acl" and tree.morph(found.token, "Tense") == "Pres"
