"""Which tellings are of one event: those of one kind that nothing sets apart (date, target, round, ``another``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.extract.events.ballots import alike, differ
from kg.extract.events.spans import disjoint, finer
from kg.extract.events.telling import Telling, other_deed
from kg.extract.tree import Tree
from kg.model import Interval

# Days by which two dates of one event may differ: an intrusion or a leak goes on for a while, a shooting does not.
_SLACK = {
    "CyberAttack": 6,
    "DataLeak": 6,
    "Phishing": 10,
    "Publication": 3,
    "Attack": 1,
    "Arrest": 2,
    "Election": 1,
    "Poll": 3,
}
OPEN_KINDS = frozenset(("OtherEvent", "Warning", "Statement"))  # of many sorts: told of by different words, they differ
LEAKS = frozenset(("leak", "leaks", "paper", "papers", "file", "files"))  # what names of leaks end in
_BEFORE = timedelta(days=21)  # the same, told in the pluperfect
_OLD = timedelta(days=45)  # before publication: what is so old is not the news, unless the news is about it


@dataclass(slots=True)
class Cluster:
    """The tellings of one event, in the order of the text."""

    kind: str
    tellings: list[Telling] = field(default_factory=list)
    interval: Interval | None = None
    names: frozenset[str] = frozenset()
    aimed: bool = False

    def add(self, told: Telling) -> None:
        self.tellings.append(told)
        self.names |= told.names
        self.aimed = self.aimed or any(role == "target" for role, _ in told.roles)
        if told.interval is not None and (self.interval is None or finer(told.interval, self.interval)):
            self.interval = told.interval


class Clusters:
    """The events of one document as they are told; *published* its day."""

    def __init__(self, tree: Tree, published: date | None) -> None:
        self.tree, self.published = tree, published
        self.clusters: list[Cluster] = []
        self.by_token: dict[int, Cluster] = {}
        title = tree.parsed.document.text[: tree.parsed.start[0]] if tree.n else ""
        self._title = frozenset(
            word.strip(".,:;!?()'’‘“”\"«»-–—#").lower() for word in title.replace("’", " ").replace("'", " ").split()
        )
        self._members: dict[int, set[str]] = {}
        for i, number in enumerate(tree.parsed.sentence):
            self._members.setdefault(number, set()).add(tree.low[i])

    def take_up(self, told: Telling, kinds: tuple[str, ...]) -> bool:
        """Puts *told* with an event of one of *kinds* told before; False: there is none."""
        if told.verdict in ("unreal", "negated"):
            return True
        cluster = self._match(told, kinds)
        return cluster is not None and self._join(told, cluster)

    def place(self, told: Telling) -> bool:
        """Puts *told* with the event that it tells of, or opens one; False: it is of nothing particular."""
        if told.verdict in ("unreal", "negated"):
            return False
        cluster = self._governor(told) or self._match(told, (told.kind,))
        if cluster is None:
            if not self._opens(told):
                return False
            cluster = Cluster(told.kind)
            self.clusters.append(cluster)
        return self._join(told, cluster)

    def _join(self, told: Telling, cluster: Cluster) -> bool:
        cluster.add(told)
        for k in told.found.covered:
            self.by_token[k] = cluster
        return True

    # ---------------------------------------------------------------- finding the event
    def _governor(self, told: Telling) -> Cluster | None:
        """The event whose trigger this one complements: ``le premier tour de la présidentielle``."""
        tree = self.tree
        at = told.token
        for _ in range(3):
            at = tree.head[at]
            cluster = self.by_token.get(at)
            if cluster is not None:
                return cluster if self._akin(told, cluster) else None
            if tree.pos[at] not in ("ADP", "NOUN", "PROPN") or tree.head[at] == at:
                return None
        return None

    def _akin(self, told: Telling, cluster: Cluster) -> bool:
        if cluster.kind != told.kind or (told.other and not cluster.tellings[-1].other):
            return False
        return told.wider(cluster.tellings) or not self._apart(told, cluster)

    def tells(self, told: Telling) -> bool:
        """Whether an event told before is of the kind of *told* and, where the kind is of many sorts, of its deed."""
        return any(
            cluster.kind == told.kind and not (told.kind in OPEN_KINDS and other_deed(told, cluster.tellings))
            for cluster in self.clusters
        )

    def _match(self, told: Telling, kinds: tuple[str, ...]) -> Cluster | None:
        fits = self._fitting(told, kinds)
        if told.other:
            fits = [c for c in fits if c.tellings[-1].other or (told.interval and c.interval)]
        if not fits:
            return None
        if told.kind == "Election":
            return max(fits, key=lambda c: (self._agreement(told, c), self._nearness(c)))
        if told.renewed:
            fits = [c for c in fits if not c.tellings[0].past] or fits
        near = told.determiner == "dem"  # this one, not the one at hand
        return max(fits, key=lambda c: (self._shared(told, c), near or not self._is_background(c), self._last(c)))

    def _fitting(self, told: Telling, kinds: tuple[str, ...]) -> list[Cluster]:
        fits = [c for c in self.clusters if c.kind in kinds and not self._apart(told, c)]
        if not fits and told.may_leak:
            fits = [c for c in self.clusters if c.kind == "DataLeak" and not self._apart(told, c)]
        if told.kind == "DataLeak" and not fits and self._takes_up(told):
            fits = [c for c in self.clusters if c.kind == "Publication" and any(t.papers for t in c.tellings)][-1:]
            for cluster in fits:
                cluster.kind = "DataLeak"  # what was published is called a leak
        return fits

    @staticmethod
    def _takes_up(told: Telling) -> bool:
        """Whether the words only point back: ``cette fuite``, ``the leak``."""
        return told.determiner in ("def", "dem") and not told.names and told.interval is None and not told.roles

    def _is_background(self, cluster: Cluster) -> bool:
        """Whether the event lies so far back that the document is not about it."""
        interval = cluster.interval
        if interval is None or self.published is None:
            return False
        last = interval.end or interval.begin
        return last is not None and last < self.published - _OLD

    def _last(self, cluster: Cluster) -> int:
        return self.tree.parsed.start[cluster.tellings[-1].token]

    def _shared(self, told: Telling, cluster: Cluster) -> int:
        theirs = cluster.interval
        dated = told.interval is not None and theirs is not None and theirs.end is not None
        return 2 * bool(told.names & cluster.names) + dated

    def _agreement(self, told: Telling, cluster: Cluster) -> int:
        return sum(alike(told.ballot, t.ballot) for t in cluster.tellings)

    def _nearness(self, cluster: Cluster) -> int:
        """How near to the day of publication: what a bare ``le vote`` speaks of is the vote at hand."""
        if cluster.interval is None or self.published is None:
            return -40
        day = cluster.interval.begin or cluster.interval.end
        return -abs((day - self.published).days) if day else -40

    # ---------------------------------------------------------------- what sets events apart
    def _apart(self, told: Telling, cluster: Cluster) -> bool:
        if any(self.by_token.get(k) is cluster for k in told.dates):
            return True  # three months after a first ballot
        if told.kind == "Election":
            return self._other_ballot(told, cluster) or self._dates_clash(told, cluster)
        if told.kind in OPEN_KINDS and other_deed(told, cluster.tellings):
            return True
        if self._dates_clash(told, cluster) or self._names_clash(told, cluster):
            return True
        return told.kind in ("Attack", "Arrest") and self._number_clash(told, cluster)

    def _other_ballot(self, told: Telling, cluster: Cluster) -> bool:
        year = told.ballot.year
        years = {t.ballot.year for t in cluster.tellings if t.ballot.year is not None}
        if year is not None and not years and self.published is not None and year != self.published.year:
            return True  # a vote without a date is one of the year
        return any(differ(told.ballot, t.ballot) for t in cluster.tellings)

    def _dates_clash(self, told: Telling, cluster: Cluster) -> bool:
        mine, theirs = told.interval, cluster.interval
        if mine is None and told.before is not None and not told.anaphoric:
            mine, theirs = told.before, None
        if mine is None:
            return False
        if theirs is not None:
            return disjoint(mine, theirs, _SLACK.get(told.kind, 3))
        if (
            told.kind == "Election"
            or told.determiner in ("def", "dem", "poss")
            or any(t.sentence == told.sentence for t in cluster.tellings)
        ):
            return False
        if all(t.past for t in cluster.tellings):
            return False
        old = _BEFORE if told.past else _OLD
        return self.published is not None and mine.end is not None and mine.end < self.published - old

    def _names_clash(self, told: Telling, cluster: Cluster) -> bool:
        if told.names & cluster.names or not (told.names or told.fresh):
            return False
        sentences = {t.sentence for t in cluster.tellings} - {told.sentence}
        seen = self._title.union(*(self._members[number] for number in sentences))
        if told.found.entry.part == "name":  # MacronLeaks is of the campaign of Macron
            return not any(name in seen or any(len(s) > 3 and s in name for s in seen - LEAKS) for name in told.names)
        if not told.names:  # a target that is new to the text, where another one was named
            return told.kind != "Arrest" and cluster.aimed and told.fresh.isdisjoint(seen)
        return not any(name in seen for name in told.names)

    def _number_clash(self, told: Telling, cluster: Cluster) -> bool:
        """A plurality of attacks, dated, is not the one attack told of."""
        first = cluster.tellings[0]
        if told.kind == "Arrest" and told.fresh and None not in (told.many, first.many) and told.many != first.many:
            return True  # the editor, then two men
        if told.verbal or told.interval is None or told.determiner == "dem":
            return False
        return told.plural != (first.plural and not first.verbal)

    # ---------------------------------------------------------------- opening an event
    def _opens(self, told: Telling) -> bool:
        """Whether the telling is of something particular, not of a kind of thing."""
        if told.interval is not None or told.kind in OPEN_KINDS:
            return True
        if told.found.entry.part == "name":
            return self._introduced(told)
        if told.kind == "Election":
            return (
                not told.verbal
                and (told.determiner != "none" or bool(told.ballot.office))
                or len(told.found.entry.words) > 1
            )
        if told.determiner == "none" and told.plural and not told.verbal:
            return bool(told.names)
        # les cyberattaques se multiplient
        return not (told.determiner == "def" and told.plural and told.bare)

    def _introduced(self, told: Telling) -> bool:
        """Whether the name stands as that of an affair: ``les Panama Papers``, ``#MacronLeaks``."""
        tree, first = self.tree, told.found.first
        before = tree.low[first - 1] if first > tree.first[first] else ""
        return tree.word[first][:1] == "#" or before in tree.grammar.determiners or tree.pos[first - 1] == "ADP"
