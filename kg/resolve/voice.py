"""Who says ``we`` in a text: the body that publishes it as its own, and whose findings ``our information`` is.

``Communiqué du collectif X`` · ``Le collectif X publie la lettre suivante`` · ``Pour le collectif X`` under a letter.
In a newspaper's article ``nous`` outside quotations is nobody; ``nos informations`` are those of who publishes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Draft, Mention
from kg.resolve.clusters import BODIES, Cluster
from kg.resolve.known import KnownActor, KnownActors
from kg.resolve.words import ResolveWords, first_names, fold

_OPENING, _CLOSING = 5, 3  # lines that are not empty
_SPEAKING = BODIES | {"Group", "GeopoliticalEntity", "Unidentified"}


class Voice:
    """Finds the author of one document's own words; *clusters* and *of* are those of resolution, and grow."""

    def __init__(
        self, draft: Draft, clusters: list[Cluster], of: Mapping[int, Cluster], known: KnownActors, words: ResolveWords
    ) -> None:
        self.text, self.mentions, self.publisher = draft.document.text, draft.mentions, draft.document.publisher
        self.clusters, self.of, self.known, self.words = clusters, of, known, words
        self._lines = [line for line in _lines(self.text) if self.text[line[0] : line[1]].strip()]
        self._name = self._headed()
        self._mention = self._publishing() if self._name is None else None
        if self._name is None and self._mention is None:
            self._name = self._signed()

    def author(self) -> Cluster | None:
        """The body or group that publishes the text as its own, once resolution has come to it."""
        cluster = self._called(self._name) if self._name is not None else None
        if self._mention is not None:
            cluster = self.of.get(self._mention)
        return cluster if cluster is not None and cluster.kind in _SPEAKING else None

    def outlet(self) -> Cluster | None:
        """Who publishes the text by its metadata."""
        return self._named(self.publisher, "MediaOutlet") if self.publisher else None

    def says_we(self, mention: Mention) -> bool:
        """Whether the pronoun means whoever writes the text."""
        return not mention.quoted and fold(mention.span.exact.lstrip("-")) in self.words.we

    def finds(self, mention: Mention) -> bool:
        """`nos informations`, `our reporting`: what the writers found out themselves."""
        return self._ours(mention) and fold(mention.head) in self.words.findings

    def called(self, mention: Mention, author: Cluster) -> bool:
        """`notre association`, of an author of whom just that was said."""
        stem = self.words.stem(fold(mention.head))
        return self._ours(mention) and mention.number != "p" and mention.of is None and stem in author.nouns

    def _ours(self, mention: Mention) -> bool:
        return not mention.quoted and fold(mention.span.exact).split()[:1] in [[word] for word in self.words.our]

    # ---------------------------------------------------------------- who publishes
    def _headed(self) -> str | None:
        """`Lettre ouverte de X au ministre`, `Communiqué – X`: headlines hold no mentions, so the words are read."""
        for start, end in self._lines[:_OPENING]:
            match = self.words.letter_by.match(self.text, start, end)
            if self.text[start:end].rstrip().endswith("."):
                continue  # a sentence about a letter
            if match is not None and match["name"].lower() != match["name"]:
                return match["name"]
        return None

    def _signed(self) -> str | None:
        """The one name under a letter or statement: `Pour le collectif X`, or a body's name alone on its line."""
        if not any(self.words.letter.match(self.text, start, end) for start, end in self._lines[:_OPENING]):
            return None
        found = []
        for start, end in self._lines[1:][-_CLOSING:]:
            match = self.words.signature.fullmatch(self.text, start, end)
            if match is not None and match["name"].lower() != match["name"]:
                key = self.words.bare(match["name"])
                if match["for"] is not None or self.words.stem(key[0]) in self.words.classes:
                    found.append(match["name"])
        return found[0] if len(found) == 1 else None

    def _publishing(self) -> int | None:
        """`X publie le texte suivant`, `X have published this letter`: the mention of X."""
        low, high = self._lines[0][0] if self._lines else 0, self._lines[:_OPENING][-1][1] if self._lines else 0
        for index, mention in enumerate(self.mentions):
            inside = low <= mention.span.start and mention.span.end <= high and mention.kind != "pronoun"
            if inside and not mention.quoted and self.words.publishes.match(self.text, mention.span.end):
                return index
        return None

    def _called(self, name: str) -> Cluster | None:
        """The cluster of a name of several words; of a single one only where the text names it again."""
        return self._named(name, "Organization" if len(name.split()) > 1 else None)

    def _named(self, name: str, kind: str | None) -> Cluster | None:
        """The cluster that bears *name*, made where no mention does, if *kind* tells what it would be."""
        actors = self.known.called(name)
        actor: KnownActor | None = actors[0] if len(actors) == 1 else None
        key = self.words.bare(name)
        keys = {key, key[1:]} if len(key) > 2 and self.words.classes_of(self.words.stem(key[0])) else {key}
        for cluster in self.clusters:
            if (actor is not None and cluster.known == actor) or (keys & set(cluster.keys) and not cluster.person):
                return cluster
        if kind is None and actor is None:
            return None
        cluster = Cluster(self.words, names={name: 1}, keys={key: 1}, known=actor, named=True)
        cluster.nouns |= {self.words.stem(key[0]), self.words.stem(key[-1])}
        cluster.vote("Person" if key[0] in first_names() and kind != "MediaOutlet" else kind or "Organization", 1.0)
        self.clusters.append(cluster)
        return cluster


def _lines(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found
