"""Resolution inside one document: mentions to actors, drafts to an Extraction.

Names first, then appositions, which tell what a name is; then once through the text: descriptions and pronouns take up
what was mentioned before.  When nothing bears a link out, an unnamed source stays an actor of its own and a pronoun
stays unresolved, with its candidates: an unresolved source is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Draft, Extraction, Mention
from kg.resolve.clusters import BODIES, PLACES, Cluster
from kg.resolve.descriptions import Descriptions
from kg.resolve.known import KnownActors
from kg.resolve.naming import Naming
from kg.resolve.outcome import Outcome
from kg.resolve.pronouns import Pronouns
from kg.resolve.said import said_of
from kg.resolve.ticker import Ticker
from kg.resolve.voice import Voice
from kg.resolve.words import first_names, fold, resolve_words

_CALLED = ("Person", "Unidentified")


def resolve(draft: Draft, known: KnownActors) -> Extraction:
    """*draft* with its mentions grouped into actors."""
    work = _Work(draft, known)
    work.appositions()
    work.pass_through()
    work.memberships()
    return Outcome(
        draft, work.clusters, work.of, work.rivals, work.via, frozenset(work.descriptions.guessed)
    ).extraction()


class _Work:
    """The state of one document's resolution: *of* leads from a mention to its cluster."""

    def __init__(self, draft: Draft, known: KnownActors) -> None:
        language = draft.document.language or "fr"
        self.mentions: Sequence[Mention] = draft.mentions
        self.words = resolve_words(language)
        self.speakers = {c.speaker for c in draft.claims if c.speaker is not None}
        self.text = text = draft.document.text
        ticker = Ticker(text, draft.layout.paragraphs)
        self.descriptions = Descriptions(draft.mentions, self.speakers, known, self.words, language, text, ticker)
        self.naming = Naming(draft.mentions, known, self.words, text)
        self.naming.group()
        self.clusters, self.of = self.naming.clusters, self.naming.of
        self.voice = Voice(draft, self.clusters, self.of, known, self.words)
        self.pronouns = Pronouns(draft.mentions, self.speakers, self.words, ticker)
        self.rivals: dict[int, list[tuple[float, Cluster]]] = {}
        self.via: dict[int, int] = {}
        self._active: dict[int, Cluster] = {}

    def _join(self, index: int, cluster: Cluster) -> Cluster:
        cluster.add(index, self.mentions[index])
        self.of[index] = cluster
        return cluster

    def _new(self, index: int) -> Cluster:
        cluster = Cluster(self.words)
        self.clusters.append(cluster)
        return self._join(index, cluster)

    def _touch(self, cluster: Cluster, index: int) -> None:
        self._active.pop(id(cluster), None)
        self._active[id(cluster)] = cluster
        cluster.touch(index, self.mentions[index], index in self.speakers)

    def _recent(self) -> Iterator[Cluster]:
        """The clusters mentioned so far, the latest first."""
        return reversed(list(self._active.values()))

    # ---------------------------------------------------------------- appositions
    def appositions(self) -> None:
        """`Nélio Lucas, ex-directeur du fonds`, `le syndicat X`: the description joins the name and says what it is."""
        persons = (m for m in self.mentions if m.kind == "nominal" and m.guess in _CALLED and m.number != "p")
        heads = frozenset(self.words.stem(fold(m.head)) for m in persons)
        for index, mention in enumerate(self.mentions):
            if mention.kind == "proper" and not mention.quoted and self.of[index].kind in ("Person", "Unidentified"):
                self.of[index].nouns |= said_of(self.text, mention.span.end, self.words, heads)
            if mention.kind == "proper" and mention.of is not None and self.of[index].person:
                self.of[index].affiliation = self.of[index].affiliation or self.of.get(mention.of)
            if mention.kind != "nominal" or mention.apposed is None:
                continue
            cluster = self.of[mention.apposed]
            self._body_of(mention)
            if self._apposable(mention, cluster) and not self._far_place(mention, cluster):
                self._join(index, cluster)
                if mention.of is not None and mention.of in self.of and cluster.affiliation is None:
                    cluster.affiliation = self.of[mention.of]

    def _far_place(self, mention: Mention, cluster: Cluster) -> bool:
        """Whether a person's description would join what looks like a place, and does not stand right before it."""
        if mention.guess != "Person" or cluster.kind not in PLACES or mention.apposed is None:
            return False
        between = self.text[mention.span.end : self.mentions[mention.apposed].span.start]
        return bool(between.strip(" ,"))

    def _body_of(self, mention: Mention) -> None:
        """`la PDG de X`: X is a body."""
        owner = self.of.get(mention.of) if mention.of is not None else None
        if owner is not None and owner.named and self.words.stem(fold(mention.head)) in self.words.company_heads:
            owner.vote("Organization", 2.5)
            if self.words.stem(fold(mention.head)) in self.words.firm_heads:
                owner.nouns |= self.words.firm_nouns

    def _apposable(self, mention: Mention, cluster: Cluster) -> bool:
        if mention.number == "p" and mention.guess == "Person":
            return (
                not (cluster.known and cluster.person)
                and not cluster.titled
                and not any(key[0] in first_names() for key in cluster.keys)
            )
        if mention.guess == "Person":
            return (
                not (cluster.known is not None and cluster.kind in BODIES | PLACES)
                and cluster.kind != "GeopoliticalEntity"
                and not (cluster.read_as_body and not cluster.titled)
            )
        if cluster.titled or (cluster.known is not None and cluster.person):
            return False
        whole = (
            cluster.person and any(len(key) > 1 for key in cluster.keys) and not cluster.nouns & set(self.words.classes)
        )
        return not (whole and mention.guess == "Group")

    # ---------------------------------------------------------------- once through the text
    def pass_through(self) -> None:
        """Descriptions and pronouns in text order; every mention makes its actor the latest."""
        for index, mention in enumerate(self.mentions):
            if index not in self.of:
                if mention.kind == "nominal":
                    self._nominal(index)
                elif mention.kind == "pronoun" and (not mention.quoted or index in self.speakers):
                    self._pronoun(index)  # who is meant inside a quotation, its speaker knows
            if index in self.of and not (mention.quoted and mention.kind == "pronoun"):
                self._touch(self.of[index], index)

    def memberships(self) -> None:
        """`plusieurs élus, dont X`: the named members of a group that has been described."""
        for index, mention in enumerate(self.mentions):
            if mention.kind == "proper" and mention.of is not None and self.mentions[mention.of].number == "p":
                self.of[index].group = self.of.get(mention.of)

    def _nominal(self, index: int) -> None:
        mention = self.mentions[index]
        author = self.voice.author()
        if self.voice.finds(mention):
            self._found_out(index, author)
            return
        if author is not None and self.voice.called(mention, author):
            self._join(index, author)
            return
        owner = self._owner(index)
        if mention.guess == "Artefact" and (author := self._author(index, owner)) is not None:
            author.mentions.append(index)  # what a document is tells nothing of its author's kind
            self.of[index] = author
            return
        if (
            mention.determiner == "poss"
            and mention.guess == "Organization"
            and owner is not None
            and mention.of is None
        ):
            body = owner.affiliation if owner.affiliation is not None and owner.affiliation.kind in BODIES else None
            if body is not None:
                self._join(index, body)
                return
        known = self.descriptions.by_facts(index, owner, self.of)
        cluster = next((c for c in self.clusters if c.known == known), None) if known else None
        if known is None:
            cluster = self.descriptions.antecedent(index, self._recent(), owner)
        if cluster is None:
            cluster = self._new(index)
            cluster.known = known
            cluster.owner = owner
        else:
            self._join(index, cluster)

    def _found_out(self, index: int, author: Cluster | None) -> None:
        """`selon nos informations`: who publishes the text speaks; where nobody tells who that is, nobody does."""
        cluster = author or self.voice.outlet()
        if cluster is not None:
            cluster.mentions.append(index)  # the words tell nothing of the outlet's kind
            self.of[index] = cluster

    def _owner(self, index: int) -> Cluster | None:
        """Whom a described actor belongs to: its complement, or the antecedent of its possessive."""
        mention = self.mentions[index]
        if mention.of is not None:
            inner = self.mentions[mention.of]
            if mention.of not in self.of and inner.kind == "nominal" and mention.of > index:
                self._nominal(mention.of)  # le fondateur du réseau social: first which network
            return self.of.get(mention.of)
        if mention.determiner != "poss":
            return None
        ranked = [(s, c) for s, c in self.pronouns.owners(index, self._recent())]
        return ranked[0][1] if ranked else None

    def _author(self, index: int, owner: Cluster | None) -> Cluster | None:
        """Who speaks through a document: its author where the text tells one."""
        mention = self.mentions[index]
        noun = fold(mention.head)
        if index not in self.speakers or noun not in self.words.authored:
            return None
        if owner is not None:
            return owner if owner.kind in BODIES or owner.kind == "Group" else None  # a letter is never a person
        if noun in self.words.anonymous_documents and mention.of is None:
            ranked = self.pronouns.owners(index, self._recent())
            return next((c for _, c in ranked if (c.spoke or c.subject) and not c.person), None)
        return None

    def _pronoun(self, index: int) -> None:
        if self.voice.says_we(self.mentions[index]):
            author = self.voice.author()
            if author is not None:
                self._join(index, author)
            return
        ranked = self.pronouns.ranked(index, self._recent())
        if not ranked:
            return
        best = ranked[0][1]
        self.rivals[index] = ranked[1:4]
        self.via[index] = best.last
        self._join(index, best)
