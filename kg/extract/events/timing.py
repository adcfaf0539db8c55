"""When an event was: the time that the text ties to its trigger, by syntax first, never the time of a report of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from kg.extract.events.spans import back
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree
from kg.model import Interval, Time

_CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "relcl", "parataxis"))


class Timing:
    """Ties the times of one document to triggers.

    *reports* are the tokens of cues: what they date is an utterance; *triggers* those of all events, with their kinds:
    each keeps its own times; *heads* lead from the words of a trigger to its head.
    """

    def __init__(
        self,
        tree: Tree,
        words: Factuality,
        times: Sequence[Time],
        reports: Collection[int],
        triggers: Mapping[int, str],
        heads: Mapping[int, int],
    ) -> None:
        self.tree, self.words, self.reports, self.triggers, self.heads = tree, words, reports, triggers, heads
        self._times: dict[int, list[tuple[int, Interval]]] = {}
        parsed = tree.parsed
        order = sorted(range(tree.n), key=lambda i: (parsed.start[i], parsed.inside[i] < 0))
        starts = [parsed.start[i] for i in order]
        self._spans: dict[int, str] = {}
        for time in times:
            if time.type == "DURATION" and time.interval is None:
                self._spans[bisect_right(starts, time.span.end - 1)] = time.value
            if time.interval is None or time.type not in ("DATE", "TIME") or _vague(time):
                continue
            low, high = bisect_left(starts, time.span.start), bisect_right(starts, time.span.end - 1)
            tokens = [order[k] for k in range(low, high) if parsed.quote[order[k]] < 0]
            if tokens:
                head = next((i for i in tokens if tree.head[i] not in tokens), tokens[0])
                self._times.setdefault(tree.first[head], []).append((head, time.interval))

    def of(self, token: int, ballot: bool = False) -> Interval | None:
        """The interval of the event whose trigger is *token*; None where the text does not say.

        Much happens before, after and because of a *ballot*: only what is said of the vote itself dates it.
        """
        strict = self.beside(token) or (ballot and not self._is_told(token)) or self._is_within(token)
        ranked = [
            (rank, abs(at - token), n, interval)
            for n, (at, interval) in enumerate(self._times.get(self.tree.first[token], ()))
            if (rank := self._rank(at, token)) is not None and (rank in (0, 3) or not strict)
        ]
        return min(ranked)[3] if ranked else self._ago(token)

    def _ago(self, token: int) -> Interval | None:
        """The time of what is told to have come so long before: ``five weeks after he had resigned``."""
        tree, after = self.tree, self.words.after
        marks = [k for k in tree.kids[token] if tree.low[k] in after] + [tree.head[token]] * (tree.rel[token] == "pobj")
        long = next((self._spans[k] for k in marks if tree.low[k] in after and k in self._spans), None)
        dated = [interval for _, interval in self._times.get(tree.first[token], ())]
        published = tree.parsed.document.published
        anchor = dated[0] if len(dated) == 1 else published if not dated else None
        if long is None or anchor is None or anchor.begin is None or anchor.end is None:
            return None
        up = next((k for k in self._above(token) if tree.pos[k] in ("VERB", "AUX", "ADJ")), token)
        bare = tree.morph(up, "VerbForm") == "Part" and not any(tree.rel[k].startswith("aux") for k in tree.kids[up])
        if bare or tree.pos[up] == "ADJ" or tree.rel[up] in ("acl", "amod", "relcl"):
            return None  # opened two days after its closure, it fell on Monday
        return back(anchor.begin, anchor.end, long)

    def before(self, token: int) -> Interval | None:
        """The date of the event that *token* led to: ``jailed in 2018 for hacking``."""
        tree, at = self.tree, token
        for _ in range(4):
            up = tree.head[at]
            if up == at or tree.rel[at] in ("subj", "conj", "obj"):
                return None
            if self.triggers.get(up) in ("Arrest", "OtherEvent"):
                return self.of(up)
            at = up
        return None

    def _rank(self, at: int, token: int) -> int | None:
        """How close a time at *at* is to the trigger: 0 below it, 1 in its clause, 2 in the one before ``and``."""
        tree = self.tree
        if self._owned(at, token):
            return None
        if self._adjoins(at, token):
            return 0
        if tree.under(at, token):
            return 0 if self.clause(at) in (token, self.clause(token)) or self._modifies(at, token) else 3
        clause = self.clause(token)
        if self.clause(at) == clause:
            matter = clause in self.reports or self._is_matter(token) or self._is_aside(token)
            return None if clause != token and matter else 1
        first = clause
        while tree.rel[first] == "conj" and tree.head[first] != first:
            first = tree.head[first]
            if self.clause(at) == first and at < clause and first not in self.reports:
                return 2
        return None

    def _owned(self, at: int, token: int) -> bool:
        """Whether the time belongs to the phrase of another trigger: ``le second tour dimanche``."""
        tree, clause = self.tree, self.clause(at)
        while at not in (clause, token) and tree.head[at] != at:
            at = tree.head[at]
            if at in self.triggers and at not in (token, clause) and self.heads.get(at) != token:
                return not (self.triggers[at] == self.triggers.get(token) and self._within(at, token))
        return False

    def _within(self, other: int, token: int) -> bool:
        """Whether the other trigger tells where *token* happened: ``killed in an attack``."""
        tree, within = self.tree, self.words.within
        if not tree.under(other, token):
            return False
        up = tree.head[other]
        return tree.low[up] in within or any(tree.low[k] in within for k in tree.kids[other] if tree.rel[k] == "case")

    def _adjoins(self, at: int, token: int) -> bool:
        """Whether the time follows the noun phrase at once: ``le piratage de la région en décembre``."""
        tree = self.tree
        if token not in self.triggers or tree.pos[token] not in ("NOUN", "PROPN") or at < token:
            return False
        _, high = tree.noun_phrase(token)
        low, _ = tree.subtree(at)
        if low > tree.first[at] and tree.pos[low - 1] == "ADP":
            low -= 1  # on 22 April: the preposition is the head of what follows it
        comma = low == high + 2 and tree.low[high + 1] == ","
        return (high < low <= high + 1 or comma) and (tree.pos[low] == "ADP" or tree.low[low] in tree.grammar.temporal)

    def _is_within(self, token: int) -> bool:
        """Whether the trigger only says what another noun of an event is about: ``a ruling in the case``."""
        tree, at = self.tree, token
        for _ in range(3):
            up = tree.head[at]
            if up == at or tree.pos[up] not in ("NOUN", "PROPN", "ADP") or tree.rel[at] not in ("nmod", "prep", "pobj"):
                return False
            if tree.pos[up] != "ADP" and self.triggers.get(up) == "OtherEvent":
                return True
            at = up
        return False

    def dated(self, token: int) -> frozenset[int]:
        """The verbs of what the trigger is named to date."""
        if not self.beside(token):
            return frozenset()
        return frozenset(k for k in self._above(token) if self.tree.pos[k] in ("VERB", "AUX"))

    def _above(self, token: int) -> list[int]:
        """What governs the token, the nearest first."""
        found: list[int] = []
        while self.tree.head[token] != token and len(found) < 10:
            token = self.tree.head[token]
            found.append(token)
        return found

    def beside(self, token: int) -> bool:
        """Whether the trigger itself is named to date something else: ``trois jours avant le vote``."""
        tree, beside = self.tree, self.words.beside
        if any(tree.low[k] in beside for k in tree.kids[token] if tree.rel[k] in ("case", "mark")):
            return True
        up = tree.head[token]
        return (
            up != token
            and (tree.low[up] in beside or tree.lemma[up] in beside)
            and tree.pos[up] in ("ADP", "NOUN", "SCONJ")
        )

    def _is_matter(self, token: int) -> bool:
        """Whether the trigger is what its clause is about: ``inculpé vendredi pour la fuite``."""
        tree, about = self.tree, self.words.about
        if any(tree.low[k] in about for k in tree.kids[token] if tree.rel[k] == "case"):
            return True
        return tree.rel[token] == "pobj" and tree.low[tree.head[token]] in about

    def _is_aside(self, token: int) -> bool:
        """Whether it is what an inquiry is into, or what somebody did: ``arrêté mardi dans l'enquête sur le vol``."""
        tree, at = self.tree, token
        for _ in range(6):
            up = tree.head[at]
            if up == at or tree.pos[up] in ("VERB", "AUX"):
                return False
            if tree.pos[up] in ("NOUN", "PROPN") and tree.rel[at] in ("nmod", "prep"):
                cases = {tree.low[at]} | {tree.low[k] for k in tree.kids[at] if tree.rel[k] == "case"}
                person = tree.grammar.is_person(tree.lemma[up], tree.low[up])
                return bool(cases & self.words.asides) and (person or tree.lemma[up] in self.words.inquiries)
            at = up
        return False

    def _is_told(self, token: int) -> bool:
        """Whether its clause is about the trigger: its verb, its subject, or who won and lost the vote."""
        clause = self.clause(token)
        return clause == token or self.tree.rel[token] == "subj" or self.tree.lemma[clause] in self.words.contests

    def _modifies(self, at: int, token: int) -> bool:
        clause = self.clause(at)
        return self.tree.head[clause] == token and clause not in self.reports

    def clause(self, i: int) -> int:
        """The verb (or root) that token *i* belongs to."""
        tree = self.tree
        for _ in range(40):
            if tree.head[i] == i or tree.rel[i] in _CLAUSES:
                return i
            if tree.pos[i] in ("VERB", "AUX") and tree.rel[i] not in ("aux", "auxpass", "cop", "amod"):
                return i
            i = tree.head[i]
        return i


def _vague(time: Time) -> bool:
    return time.value.endswith("_REF") or time.interval is None or time.interval.begin is None
