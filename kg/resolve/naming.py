"""Proper mentions to clusters: one actor, however its name is cut, and never two actors for a shared word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import Mention
from kg.resolve.callings import gender_of
from kg.resolve.clusters import BODIES, DECIDED, PLACES, Cluster
from kg.resolve.known import KnownActor, KnownActors
from kg.resolve.surnames import Surnames, only_family
from kg.resolve.words import ResolveWords, either_gender, first_names, fold

_ACRONYM = range(2, 9)  # letters


class Naming:
    """Groups the proper mentions of one document, the longest names first, so that a short form finds its long one."""

    def __init__(self, mentions: Sequence[Mention], known: KnownActors, words: ResolveWords, text: str) -> None:
        self.mentions, self.known, self.words, self.text = mentions, known, words, text
        self.clusters: list[Cluster] = []
        self.of: dict[int, Cluster] = {}
        self._by_word: dict[str, list[Cluster]] = defaultdict(list)
        self.surnames = Surnames(mentions, known, words, text)

    def group(self) -> None:
        """Fills *clusters* and *of* (mention -> cluster)."""
        proper = [(i, self.words.bare(m.span.exact)) for i, m in enumerate(self.mentions) if m.kind == "proper"]
        told = {
            m.apposed: m.guess for m in self.mentions
            if m.kind == "nominal" and m.apposed is not None and m.guess != "Unidentified" and m.number != "p"
        }  # fmt: skip
        for index, words in sorted(proper, key=lambda pair: (-len(pair[1]), pair[0])):
            mention = self.mentions[index]
            cluster = self._fitting(index, words)
            if cluster is None:
                cluster = Cluster(self.words)
                self.clusters.append(cluster)
                self._recognise(cluster, mention)
            cluster.add(index, mention)
            self.of[index] = cluster
            if mention.guess == "Unidentified" and self._family_name(words):
                cluster.vote("Person", 0.8)
            if self.words.age_behind.match(self.text, mention.span.end):
                cluster.vote("Person", 6.0)  # Josiane, 74 ans: whatever the model thinks of the name
            if index in told and not (told[index] == "Person" and cluster.read_as_body):
                cluster.vote(told[index], 6.0)
            for word in words:
                if cluster not in self._by_word[word]:
                    self._by_word[word].append(cluster)
        self._initials()
        self._acronyms()
        self._bracketed()

    def _fitting(self, index: int, words: tuple[str, ...]) -> Cluster | None:
        mention = self.mentions[index]
        titled = fold(mention.span.exact).split()[0] in self.words.titles and len(fold(mention.span.exact).split()) > 1
        person = True if titled or mention.guess == "Person" else False if mention.guess in BODIES else None
        near = (
            self._by_word[words[-1]] if words[-1] == words[0] else [*self._by_word[words[-1]], *self._by_word[words[0]]]
        )
        gender = self.words.gender_of_title(mention.span.exact)
        near = [c for c in near if not self._branch(c, words, index) and not self._firm(c, words, mention)]
        fits = [c for c in dict.fromkeys(near) if self._same(c, words, person, titled) and not _other(c, gender)]
        if not fits and not titled:
            fits = [c for c in dict.fromkeys(near) if self._bearer(c, words)]
        known = self._known_by(mention)
        if known is not None and known.kind in PLACES or mention.guess in PLACES:
            whose = {id(c) for c in fits if self._family(c, words, index)} if known is None else set()
            fits = [c for c in fits if words in c.keys or c.kind in PLACES or id(c) in whose]  # not: Washington Post
        if not fits:
            return next((c for c in self.clusters if known is not None and c.known == known), None)
        return max(fits, key=lambda c: (self._prefers(c, words, person), self._nearness(c, index)))

    @staticmethod
    def _family(cluster: Cluster, words: tuple[str, ...], index: int) -> bool:
        """Whether *words* are the family name of a person named before, whom the model now takes for a place."""
        before = any(m < index for m in cluster.mentions)
        return before and cluster.person and any(len(key) > 1 and key[-len(words) :] == words for key in cluster.keys)

    def _prefers(self, cluster: Cluster, words: tuple[str, ...], person: bool | None) -> tuple[bool, bool]:
        return words in cluster.keys, person is None or cluster.person == person

    def _bearer(self, cluster: Cluster, words: tuple[str, ...]) -> bool:
        """Whether *words* are the family's name of whom the model did not take for a person: `Lise Ferrand`."""
        return cluster.known is None and any(
            len(words) < len(key) < 5
            and key[-len(words) :] == words
            and (key[0] in first_names() or self._family_name(words))
            and not any(self.words.classes_of(self.words.stem(word)) for word in key)
            for key in cluster.keys
        )

    def _family_name(self, words: tuple[str, ...]) -> bool:
        """Whether *words* are known to be a family's name, whoever bears it here."""
        return any(only_family(actor, words) for actor in self.known.named(" ".join(words)))

    @staticmethod
    def _nearness(cluster: Cluster, index: int) -> int:
        """The closest mention before, else the closest behind."""
        before = [m for m in cluster.mentions if m < index]
        return max(before) if before else -min(cluster.mentions)

    def _same(self, cluster: Cluster, words: tuple[str, ...], person: bool | None, titled: bool) -> bool:
        """Whether *words* are a name of *cluster* or the part of one by which it is called again."""
        if words in cluster.keys:
            return not titled or cluster.kind not in BODIES
        if titled and cluster.kind in BODIES | {"GeopoliticalEntity"}:
            return False
        return any(self._part(cluster, key, words, person) for key in cluster.keys if len(words) < len(key))

    def _part(self, cluster: Cluster, key: tuple[str, ...], words: tuple[str, ...], person: bool | None) -> bool:
        unsure = cluster.kind == "Unidentified" and (person or len(key) == 2)
        if (cluster.person or unsure) and len(words[0]) > 1 and key[-len(words) :] == words:
            return True  # the family name, never the first name alone
        if len(key) > 2 and key[-len(words) :] == words and key[-len(words) - 1] in self.words.particles:
            return True  # de Vries
        if cluster.person or key[0] in first_names():
            return False
        if person and cluster.kind in BODIES and len(words) == 1:
            return key[0] == words[0] and len(key) == 2  # the model takes `Corvalis` for a person
        if len(words[0]) < 3 and len(words) == 1:
            return False
        core = key[1:] if self.words.classes_of(self.words.stem(key[0])) and len(key) > 1 else key
        return key[: len(words)] == words or core[: len(words)] == words or words in cluster.own_parts

    def _branch(self, cluster: Cluster, words: tuple[str, ...], index: int) -> bool:
        """Whether *cluster* is the branch in a country of a body told of before: `Tarvel`, then `Tarvel France`."""
        return index < min(cluster.mentions) and any(
            key[:-1] == words and self._country(key[-1]) for key in cluster.keys if words not in cluster.keys
        )

    def _firm(self, cluster: Cluster, words: tuple[str, ...], mention: Mention) -> bool:
        """Whether *mention* is the firm of the family that *cluster* is of, or the other way round: `le groupe Tarvel`.

        The words around the name tell, never the model alone.
        """
        if self.words.gender_of_title(mention.span.exact):
            return cluster.read_as_body and not cluster.titled
        told = mention.extractor == DECIDED and mention.guess == "Organization"
        given = any(
            len(key) == 2 and key[-1:] == words and (cluster.person or key[0] in first_names()) for key in cluster.keys
        )
        return told and given and not cluster.read_as_body

    def _country(self, word: str) -> bool:
        return any(actor.kind in PLACES for actor in self.known.named(word))

    # ---------------------------------------------------------------- known actors
    def _called(self, mention: Mention) -> tuple[KnownActor, ...]:
        """The known actors that *mention* names: by no more than a family's name, only where that is borne out."""
        found = self.surnames.named(mention)
        return tuple(actor for actor in found if self.surnames.may_be(actor, mention))

    def _known_by(self, mention: Mention) -> KnownActor | None:
        found = self._called(mention)
        return found[0] if len(found) == 1 else None

    def _recognise(self, cluster: Cluster, mention: Mention) -> None:
        found = self._called(mention)
        if len(found) == 1:
            cluster.known = found[0]
            cluster.gender = gender_of(found[0])
            cluster.nouns.update(self.words.stem(fold(noun)) for language, noun in found[0].nouns)
        elif found:
            cluster.candidates = found

    # ---------------------------------------------------------------- short for long
    def _initials(self) -> None:
        """`N. F.` in an interview is the person with these initials."""
        for cluster in list(self.clusters):
            key = next(iter(cluster.keys))
            if len(key) < 2 or any(len(word) > 1 for word in key):
                continue
            others = [c for c in self.clusters if c is not cluster and c.kind not in BODIES]
            found = [c for c in others if any(tuple(w[0] for w in k[: len(key)]) == key for k in c.keys)]
            if len(found) == 1:
                self._merge(found[0], cluster)

    def _acronyms(self) -> None:
        """An acronym is the body whose initials it has."""
        for cluster in list(self.clusters):
            name = next(iter(cluster.names))
            if not (name.isupper() and name.isalpha() and len(name) in _ACRONYM) or not cluster.mentions:
                continue
            for other in self.clusters:
                both = cluster.known is not None and other.known is not None and cluster.known != other.known
                if (
                    other is not cluster
                    and not both
                    and not other.titled
                    and any(name.lower() in self._letters(k) for k in other.keys if len(k) > 1)
                ):
                    self._merge(other, cluster)
                    break

    def _letters(self, key: tuple[str, ...]) -> set[str]:
        content = [word for word in key if word not in self.words.small]
        return {"".join(word[0] for word in content), "".join(word[0] for word in key)}

    def _bracketed(self) -> None:
        """`… (CNCCEP)`: what stands in brackets behind a name is its short form."""
        for index, mention in enumerate(self.mentions):
            if mention.kind != "proper" or mention.apposed is None or self.mentions[mention.apposed].kind != "proper":
                continue
            own, other = self.of[index], self.of[mention.apposed]
            apart = own.known is not None and other.known is not None and own.known != other.known
            if own is not other and mention.span.exact.isupper() and not other.titled and not apart:
                self._merge(other, own)

    def _merge(self, keep: Cluster, other: Cluster) -> None:
        keep.swallow(other)
        for index in keep.mentions:
            self.of[index] = keep
        self.clusters.remove(other)
        for clusters in self._by_word.values():
            if other in clusters:
                clusters.remove(other)


def _other(cluster: Cluster, gender: str) -> bool:
    """Whether a title of *gender* cannot be that of *cluster*, a person whose given name tells the other one."""
    if not gender or cluster.titled or not cluster.gender or cluster.gender == gender or not cluster.person:
        return False
    if cluster.known is not None:
        return gender_of(cluster.known) not in ("", gender)
    given = {key[0] for key in cluster.keys if len(key) > 1}
    return bool(given) and given <= first_names().keys() - either_gender()
