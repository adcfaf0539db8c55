"""Pronouns: the most salient actor that agrees; subjects and speakers first, and the runners-up remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Mention
from kg.resolve.clusters import BODIES, PLACES, Cluster
from kg.resolve.ticker import Ticker
from kg.resolve.words import ResolveWords, fold

_FAR = 3  # sentences
_FAINT = -3.5  # a salience so low leaves the pronoun unresolved
_SPEAKING = BODIES | {"Person", "Group", "GeopoliticalEntity"}


def word_of(mention: Mention) -> str:
    """The pronoun as the word lists spell it: `-t-elle`, `-elle` and `Elle` are one."""
    word = mention.span.exact.lower().replace("’", "'").lstrip("-")
    return fold(word) if word.startswith("derni") else word.removeprefix("t-")


class Pronouns:
    """Ranks the actors that a pronoun of one document may mean; *speakers* are the mentions that speak in it."""

    def __init__(self, mentions: Sequence[Mention], speakers: set[int], words: ResolveWords, ticker: Ticker) -> None:
        self.mentions, self.speakers, self.words, self.ticker = mentions, speakers, words, ticker
        self._two: tuple[int, Cluster, Cluster] | None = None
        self.known_words = frozenset[str]().union(*words.pronouns.values())

    def ranked(self, index: int, active: Iterable[Cluster]) -> list[tuple[float, Cluster]]:
        """The clusters that pronoun *index* may mean, the best first, out of *active* (the latest first)."""
        mention = self.mentions[index]
        word = word_of(mention)
        if word not in self.known_words or (word in self.words.pronouns["object"] and index not in self.speakers):
            return []
        found: list[tuple[float, Cluster]] = []
        near: list[Cluster] = []
        for cluster in active:
            last = self.mentions[cluster.last]
            far = mention.sentence - last.sentence
            if far > _FAR or self.ticker.apart(last.span.start, mention.span.start):
                break
            if index in self.speakers and not mention.quoted and self._only_quoted(cluster):
                continue  # « Nos communes … », écrivent-ils: what is spoken of does not speak
            near.append(cluster)
            if self._agrees(cluster, word, mention, index):
                found.append((self._salience(cluster, word, far, index) + cluster.last / (index + 1), cluster))
        found = [(score, cluster) for score, cluster in found if score > _FAINT]
        if word in self.words.pronouns["object"]:
            several = word in self.words.pronouns["plural"]
            heard = [pair for pair in found if not several or pair[1].number == "p"]
            return sorted(heard, key=lambda pair: self._last_heard(pair[1], mention))
        if word in self.words.pronouns["first_named"]:
            return self._first_of_two(index, found, near)
        if word in self.words.pronouns["last_named"]:
            found.sort(key=lambda pair: self._lastness(pair[1], mention))
            return self._other_of_two(index, found)
        found.sort(key=lambda pair: -pair[0])
        return found

    def _lastness(self, cluster: Cluster, mention: Mention) -> tuple[int, bool, int]:
        """Sorts the last sentence first, in it persons and names before other bodies, and the last of them first."""
        far = mention.sentence - self.mentions[cluster.last].sentence
        within = not cluster.named and self._within(cluster.last)
        return far, within or not (cluster.person or cluster.named), -cluster.last

    def _within(self, index: int) -> bool:
        """Whether a plural completes one for people, which is then meant: les représentants des agriculteurs."""
        span = self.mentions[index].span
        return self.mentions[index].number == "p" and any(
            m.of == index and m.number == "p" and m.guess == "Person" and m.span.end >= span.end
            for m in self.mentions[max(0, index - 3) : index]
        )

    def _last_heard(self, cluster: Cluster, mention: Mention) -> tuple[int, bool, bool, int]:
        """`À l'en croire`: who was heard last, persons and names before other bodies."""
        far, faint, last = self._lastness(cluster, mention)
        return far, faint or not cluster.spoke, faint, last

    def _first_of_two(
        self, index: int, found: list[tuple[float, Cluster]], near: list[Cluster]
    ) -> list[tuple[float, Cluster]]:
        """`Le premier`: the first of the last two actors named in the nearest sentence that names two, or the one of
        them that agrees; *near* are all, *found* those that agree."""
        named = sorted((c for c in near if c.named and c.kind not in PLACES), key=lambda c: -c.last)
        agreeing = {id(cluster): (score, cluster) for score, cluster in found}
        for first, other in zip(named[1:], named, strict=False):
            if self.mentions[first.last].sentence != self.mentions[other.last].sentence:
                continue
            pair = [agreeing[id(c)] for c in (first, other) if id(c) in agreeing]
            if pair:
                self._two = (index, pair[0][1], other if pair[0][1] is first else first)
            return pair
        return []

    def _other_of_two(self, index: int, found: list[tuple[float, Cluster]]) -> list[tuple[float, Cluster]]:
        """`Le second`, behind `le premier`: the other one; without it, the last one named."""
        if self._two is None or self.mentions[index].sentence - self.mentions[self._two[0]].sentence > _FAR:
            return found
        other = self._two[2]
        return sorted(found, key=lambda pair: pair[1] is not other)

    def _only_quoted(self, cluster: Cluster) -> bool:
        """Whether a nameless cluster has been mentioned inside quotations only."""
        return not cluster.named and all(self.mentions[m].quoted for m in cluster.mentions)

    def owners(self, index: int, active: Iterable[Cluster]) -> list[tuple[float, Cluster]]:
        """The actors that a possessive in front of mention *index* may mean, the best first."""
        found: list[tuple[float, Cluster]] = []
        first = fold(self.mentions[index].span.exact).split()[0]
        for cluster in active:
            last = self.mentions[cluster.last]
            far = self.mentions[index].sentence - last.sentence
            if far > _FAR or self.ticker.apart(last.span.start, self.mentions[index].span.start):
                break
            if cluster.kind not in _SPEAKING or (first in ("his", "her") and not cluster.person):
                continue
            if (first in ("leur", "leurs")) != (cluster.number == "p" or first == "their"):
                continue
            if first in ("his", "her") and cluster.gender not in ("", "f" if first == "her" else "m"):
                continue
            stale = 1.2 if cluster.spoke and far > 1 else 0.0  # who spoke long ago owns no more than others
            found.append((self._salience(cluster, first, far, index) + cluster.last / (index + 1) - stale, cluster))
        return sorted(found, key=lambda pair: -pair[0])

    def _salience(self, cluster: Cluster, word: str, far: int, index: int) -> float:
        last, subject = self.mentions[cluster.last], self.mentions[index].function == "subj"
        score = -1.6 * far
        if cluster.subject:
            score += 1.6
        elif last.function == "nmod":
            score -= 0.6
        if far == 0 and subject and not cluster.subject:
            score -= 3.0 if cluster.agent else 1.0  # accusé par X, il …
        elif far == 0 and subject:
            score += 1.0
        if cluster.spoke:
            score += 1.2
        if cluster.quoted and not self.mentions[index].quoted:
            score -= 2.5
        if cluster.kind == "Platform" and not cluster.subject:
            score -= 3.0
        if cluster.person:
            score += 0.8
            if cluster.gender:
                score += 0.4
        if cluster.named:
            score += 0.3
        elif cluster.kind == "Unidentified":
            score -= 1.0
        return score

    def _agrees(self, cluster: Cluster, word: str, mention: Mention, index: int) -> bool:
        kind, groups = cluster.kind, self.words.pronouns
        if index in self.speakers and kind not in _SPEAKING and kind != "Unidentified":
            return False
        if word in groups["plural"]:
            return (
                cluster.number == "p"
                or (kind == "Group" and not cluster.named)
                or (word in groups["either"] and kind in BODIES | {"Group"} and word.startswith("the"))
            )
        if cluster.number == "p":
            return False
        if word in groups["person"]:
            wanted = "f" if word in groups["feminine"] else "m"
            return kind in ("Person", "Unidentified") and cluster.gender in ("", wanted)
        if word in groups["thing"]:
            return kind in BODIES | PLACES | {"Group", "Artefact"} or (kind == "Unidentified" and cluster.named)
        if kind in PLACES and cluster.known is None:
            return False
        if word in groups["either"]:
            return True
        wanted = "f" if word in groups["feminine"] else "m"
        return cluster.gender in ("", wanted)
