"""Role nouns with an article, `le biologiste`, `the witness`: who of those named before is called so.

First whoever was said to have that role, or one of narrower sense (a neurologist is a doctor); else the only person
who said something just now, of whom nothing else was told.  A role that a situation has one holder of, as the
prosecutor at a trial, takes up nobody of whom it was not said.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention
from kg.resolve.clusters import Cluster
from kg.resolve.words import ResolveWords

_FAR, _JUST_NOW = 8, 2  # sentences


class Roles:
    """Finds persons by role; *speakers* are the mentions that speak."""

    def __init__(self, mentions: Sequence[Mention], speakers: set[int], words: ResolveWords, text: str) -> None:
        self.mentions, self.speakers, self.words, self.text = mentions, speakers, words, text

    def by_narrower_noun(self, index: int, stem: str, near: Sequence[Cluster]) -> Cluster | None:
        """The latest person of *near* of whom a narrower noun was told: `le médecin` takes up a surgeon."""
        narrower, mention = self.words.narrower.get(stem, frozenset()), self.mentions[index]
        for cluster in near:
            far = mention.sentence - self.mentions[cluster.last].sentence
            if far > (_FAR if cluster.named else _JUST_NOW):
                return None
            told = narrower & cluster.nouns or cluster.named and self._wider(stem, cluster)
            heard = cluster.named or self.mentions[cluster.last].function != "nmod"
            if cluster.person and told and heard and not (far == 0 and index in self.speakers):
                return cluster
        return None

    def _wider(self, stem: str, cluster: Cluster) -> bool:
        """Whether *stem* is narrower than a noun that was told: a writer is called a novelist."""
        return any(stem in self.words.narrower.get(noun, ()) for noun in cluster.nouns)

    def clash(self, cluster: Cluster, stem: str, extra: set[str]) -> bool:
        """Whether what was said of the person of *cluster* speaks against calling him *stem*, with the words *extra*.

        Who prosecutes, judges, questions or complains is not the accused; two offices are two people; a calling or a
        description with more to it (`le syndicaliste`, `l'homme d'affaires`) is not who has another role.
        """
        words = self.words
        if not cluster.named and stem not in cluster.nouns and extra - words.past:
            return True
        if stem in cluster.nouns or self._wider(stem, cluster) or words.narrower.get(stem, frozenset()) & cluster.nouns:
            return False
        told = cluster.nouns & (words.role_nouns | words.offices | words.prosecuting) - words.person_nouns
        if "accused" in words.classes_of(stem):
            return bool(cluster.nouns & words.prosecuting)
        if stem in words.offices and stem not in words.leaders:  # whoever heads anything is its leader
            return bool(told & words.offices)
        return stem in words.person_nouns and bool(told) and (stem not in words.neutral or bool(extra - words.past))

    def only_one(self, index: int, stem: str, extra: set[str], everyone: Sequence[Cluster]) -> Cluster | None:
        """The one person who spoke or acted just now, if *stem* goes with all that was said of him."""
        mention = self.mentions[index]
        if mention.determiner != "def" or index not in self.speakers or mention.number == "p":
            return None
        if extra - self.words.past or stem in self.words.own_names:
            return None
        if self.another(index, stem) and not (extra and stem in self.words.offices):
            return None
        heard = [c for c in everyone if self._just_now(c, mention) and self._goes_with(c, stem)]
        found = [c for c in heard if not (c.gender and mention.gender and c.gender != mention.gender)]
        return found[0] if len(found) == 1 and found[0].named else None

    def another(self, index: int, stem: str) -> bool:
        """Whether the description introduces somebody: `le procureur`, `le gendarme qui l'a entendu`."""
        return stem in self.words.offices or bool(self.words.restricted.match(self.text, self.mentions[index].span.end))

    def _just_now(self, cluster: Cluster, mention: Mention) -> bool:
        far = mention.sentence - cluster.sentence
        return cluster.person and cluster.number != "p" and far <= _JUST_NOW and (cluster.spoke or cluster.subject)

    def _goes_with(self, cluster: Cluster, stem: str) -> bool:
        """Whether nothing that was said of the person speaks against the role."""
        if stem in cluster.nouns:
            return True
        mine, told = self.words.classes_of(stem), cluster.nouns & self.words.role_nouns - self.words.person_nouns
        if stem in self.words.anyone:
            told = {noun for noun in told if self.words.classes_of(noun)}
        return not told or any(mine & self.words.classes_of(noun) for noun in told)
