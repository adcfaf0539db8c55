"""Resolution inside one document: mentions to actors, drafts to an Extraction.

Names first (known actors, then longer names before shorter), then appositions and acronyms, descriptions, pronouns.  When
nothing bears a link out, a speaker stays an actor of its own: an unresolved source is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.iris import fold
from kg.model import Actor, Claim, Draft, DraftClaim, DraftEvent, Event, Extraction, Mention
from kg.resolve import descriptions, pronouns
from kg.resolve.clusters import BODIES, PLACES, Cluster, bare, initials, same_name
from kg.resolve.known import KnownActors

_CONFIDENT = 0.9


def resolve(draft: Draft, known: KnownActors) -> Extraction:
    """*draft* with its mentions grouped into actors."""
    work = _Work(draft, known)
    work.names()
    work.appositions()
    work.nominals()
    work.pronouns()
    return work.extraction()


class _Work:
    """The state of one document's resolution."""

    def __init__(self, draft: Draft, known: KnownActors) -> None:
        self.draft, self.known = draft, known
        self.lang = draft.document.language or "fr"
        self.mentions: Sequence[Mention] = draft.mentions
        self.clusters: list[Cluster] = []
        self.of: dict[int, Cluster] = {}
        self.parties = _parties(draft)
        self.speakers = {c.speaker for c in draft.claims if c.speaker is not None}
        self.chains: dict[int, tuple[int, ...]] = {}

    def _join(self, index: int, cluster: Cluster) -> None:
        cluster.add(index, self.mentions[index])
        self.of[index] = cluster

    def _new(self, index: int) -> Cluster:
        cluster = Cluster()
        self.clusters.append(cluster)
        self._join(index, cluster)
        return cluster

    def _merge(self, keep: Cluster, other: Cluster) -> None:
        if keep is other:
            return
        keep.swallow(other)
        for index in keep.mentions:
            self.of[index] = keep
        self.clusters = [c for c in self.clusters if c is not other]

    # ---------------------------------------------------------------- names
    def names(self) -> None:
        """Proper mentions, longest names first, so that a short form finds the long one it stands for."""
        proper = [i for i, m in enumerate(self.mentions) if m.kind == "proper"]
        for index in sorted(proper, key=lambda i: (-len(bare(self.mentions[i].span.exact)), i)):
            words = bare(self.mentions[index].span.exact)
            cluster = self._named(index, words)
            if cluster is None:
                cluster = self._new(index)
                self._recognise(cluster, index)
            else:
                self._join(index, cluster)
        self._acronyms(proper)

    def _named(self, index: int, words: tuple[str, ...]) -> Cluster | None:
        mention = self.mentions[index]
        person = True if mention.guess == "Person" else False if mention.guess in BODIES else None
        exact = self._known_by(mention)
        fits = [c for c in self.clusters if same_name(c, words, person) or (exact is not None and c.known == exact)]
        if not fits:
            return None
        if len(fits) == 1:
            return fits[0]
        before = [c for c in fits if c.last_before(index) >= 0]
        return max(before or fits, key=lambda c: (words in c.keys, c.last_before(index), -min(c.mentions)))

    def _known_by(self, mention: Mention):  # type: ignore[no-untyped-def]
        """The one known actor of that exact name (folded), if its name is no bare family name of somebody else."""
        found = self.known.named(mention.span.exact) or self.known.named(" ".join(bare(mention.span.exact)))
        return found[0] if len(found) == 1 else None

    def _recognise(self, cluster: Cluster, index: int) -> None:
        mention = self.mentions[index]
        found = self.known.named(mention.span.exact) or self.known.named(" ".join(bare(mention.span.exact)))
        if len(found) == 1:
            cluster.known = found[0]
        elif found:
            cluster.candidates = found

    def _acronyms(self, proper: list[int]) -> None:
        """`… (CNCCEP)`: a bracketed acronym is the name before it; an acronym elsewhere by its initials."""
        for index in proper:
            mention = self.mentions[index]
            text = mention.span.exact
            if not (text.isupper() and 2 <= len(text) <= 8):
                continue
            own = self.of[index]
            for other in list(self.clusters):
                if other is own or own.known is not None and other.known is not None:
                    continue
                if any(text.lower() in initials(key) for key in other.keys if len(key) > 1):
                    self._merge(other, own)
                    break

    # ---------------------------------------------------------------- appositions
    def appositions(self) -> None:
        """`Nélio Lucas, ex-directeur du fonds`, `l'entreprise japonaise …, Trend Micro`, `… (CNCCEP)`."""
        for index, mention in enumerate(self.mentions):
            other = mention.apposed
            if other is None or other == index:
                continue
            pair = (index, other)
            if all(self.mentions[i].kind == "proper" for i in pair):
                if self._bracketed(index, other):
                    self._merge(self.of[other], self.of[index])
                continue
            nominal, name = (index, other) if mention.kind == "nominal" else (other, index)
            if self.mentions[nominal].kind != "nominal" or self.mentions[name].kind != "proper":
                continue
            if nominal in self.of or not self._apposable(nominal, name):
                continue
            self._join(nominal, self.of[name])

    def _bracketed(self, index: int, other: int) -> bool:
        between = self.draft.document.text[self.mentions[other].span.end : self.mentions[index].span.start]
        after = self.draft.document.text[self.mentions[index].span.end : self.mentions[index].span.end + 1]
        same = self.of[index].person == self.of[other].person
        return between.strip() == "(" and after == ")" and same and self.mentions[index].span.exact.isupper()

    def _apposable(self, nominal: int, name: int) -> bool:
        a, b = self.mentions[nominal], self.of[self.mentions.index(self.mentions[name])]
        if a.guess == "Person" and b.kind in BODIES | PLACES:
            return False
        if a.guess in BODIES and b.person:
            return False
        return not (a.number == "p" and b.person)

    # ---------------------------------------------------------------- descriptions and pronouns
    def nominals(self) -> None:
        for index, mention in enumerate(self.mentions):
            if mention.kind != "nominal" or index in self.of:
                continue
            owner = self.of.get(mention.of) if mention.of is not None else None
            actor = descriptions.by_facts(
                index, self.mentions, owner, self.clusters, self.known, self.draft.document.text, self.lang
            )
            if actor is not None:
                cluster = next((c for c in self.clusters if c.known == actor), None)
                if cluster is None:
                    cluster = self._new(index)
                    cluster.known = actor
                else:
                    self._join(index, cluster)
                continue
            cluster = self._same_words(index) or descriptions.antecedent(
                index, self.mentions, self.clusters, self.known, self.lang
            )
            if cluster is not None:
                self._join(index, cluster)
            else:
                self._new(index)

    def _same_words(self, index: int) -> Cluster | None:
        """A nominal spelt exactly as an earlier one, with more than its noun, is the same actor."""
        words = bare(self.mentions[index].span.exact)
        if len(words) < 2 or self.mentions[index].determiner == "indef":
            return None
        for other in range(index):
            if self.mentions[other].kind == "nominal" and other in self.of and bare(self.mentions[other].span.exact) == words:
                return self.of[other]
        return None

    def pronouns(self) -> None:
        for index, mention in enumerate(self.mentions):
            if mention.kind != "pronoun":
                continue
            cluster = pronouns.antecedent(index, self.mentions, self.clusters, self.speakers)
            if cluster is None:
                if index in self.parties:
                    self._new(index)
                continue
            self._join(index, cluster)

    # ---------------------------------------------------------------- the result
    def extraction(self) -> Extraction:
        """The actors worth keeping, with claims and events pointing at them."""
        for cluster in self.clusters:
            self._decide_kind(cluster)
        kept = [c for c in self.clusters if c.mentions and self._kept(c)]
        kept.sort(key=lambda c: min(c.mentions))
        ids = {id(c): f"a{number}" for number, c in enumerate(kept, 1)}
        actors = tuple(self._actor(c, ids) for c in kept)
        events = tuple(self._event(number, e, ids) for number, e in enumerate(self.draft.events, 1))
        claims = tuple(self._claim(number, c, ids, events) for number, c in enumerate(self.draft.claims, 1))
        d = self.draft
        return Extraction(
            d.document, d.layout, d.mentions, actors, events, claims, d.quantities, d.times, d.rejected, d.model
        )

    def _decide_kind(self, cluster: Cluster) -> None:
        """A place that speaks or acts is a power; a nameless kind that speaks is a body."""
        if cluster.known is not None:
            return
        speaks = any(i in self.speakers for i in cluster.mentions)
        acts = any(i in self.parties for i in cluster.mentions)
        if cluster.kind == "Place" and acts and cluster.named:
            cluster.guesses["GeopoliticalEntity"] += 2 * sum(cluster.guesses.values())
        elif cluster.kind == "Unidentified" and cluster.named and speaks:
            cluster.guesses["Organization"] += 1

    def _kept(self, cluster: Cluster) -> bool:
        acts = any(i in self.parties for i in cluster.mentions)
        if cluster.known is not None or acts:
            return True
        if not cluster.named or cluster.kind == "Unidentified":
            return False
        return any(self.mentions[i].kind == "proper" for i in cluster.mentions)

    def _actor(self, cluster: Cluster, ids: dict[int, str]) -> Actor:
        names = [name for name, _ in sorted(cluster.names.items(), key=lambda kv: (-len(bare(kv[0])), -kv[1], kv[0]))]
        if cluster.known is not None:
            name = cluster.known.name(self.lang)
        elif names:
            name = self._without_title(names[0])
        else:
            name = self._described(cluster)
        aliases = tuple(sorted({n for n in names if n != name} | self._nominal_names(cluster, name)))
        owner = self._owner(cluster)
        return Actor(
            id=ids[id(cluster)], kind=cluster.kind, name=name, aliases=aliases,
            known=cluster.known.iri if cluster.known else None, mentions=tuple(sorted(cluster.mentions)),
            named=cluster.named or cluster.known is not None,
            member_of=ids.get(id(owner)) if owner is not None and owner is not cluster else None,
            candidates=tuple((a.iri, 0.5) for a in cluster.candidates),
        )  # fmt: skip

    def _without_title(self, name: str) -> str:
        words = name.split()
        while len(words) > 1 and fold(words[0]) in ("m", "mm", "mme", "mlle", "mr", "mrs", "ms", "me", "dr", "le", "la", "les", "the"):
            words = words[1:]
        return " ".join(words)

    def _described(self, cluster: Cluster) -> str:
        """The longest description, without its article."""
        texts = [self.mentions[i].span.exact for i in cluster.mentions if self.mentions[i].kind == "nominal"]
        text = max(texts, key=len, default=self.mentions[cluster.mentions[0]].span.exact)
        words = text.replace("\n", " ").split()
        if len(words) > 1 and fold(words[0]) in ("le", "la", "les", "un", "une", "des", "the", "a", "an", "du", "au", "aux", "ses", "son", "sa"):
            return " ".join(words[1:])
        return text[2:] if text[:2].lower() in ("l'", "l’") else text

    def _nominal_names(self, cluster: Cluster, name: str) -> set[str]:
        if cluster.named or cluster.known is not None:
            return set()
        found = {self._described(_only(cluster, i)) for i in cluster.mentions if self.mentions[i].kind == "nominal"}
        return {f for f in found if f != name}

    def _owner(self, cluster: Cluster) -> Cluster | None:
        """The body an unnamed source belongs to: `un porte-parole du ministère`."""
        if cluster.named or cluster.known is not None:
            return None
        for index in cluster.mentions:
            of = self.mentions[index].of
            if of is not None and of in self.of:
                return self.of[of]
        return None

    def _id(self, index: int | None, ids: dict[int, str]) -> str | None:
        return ids.get(id(self.of[index])) if index is not None and index in self.of else None

    def _event(self, number: int, event: DraftEvent, ids: dict[int, str]) -> Event:
        roles = tuple(dict.fromkeys((role, actor) for role, m in event.roles if (actor := self._id(m, ids)) is not None))
        return Event(
            f"e{number}", event.kind, event.label, event.trigger, event.mentions, roles, event.interval, event.alleged, event.confidence
        )

    def _claim(self, number: int, claim: DraftClaim, ids: dict[int, str], events: tuple[Event, ...]) -> Claim:
        speaker = self._id(claim.speaker, ids)
        return Claim(
            id=f"c{number}", cue=claim.cue, cue_lemma=claim.cue_lemma, content=claim.content, stance=claim.stance, form=claim.form,
            frame=claim.frame, speaker=speaker, speaker_mention=claim.speaker, addressee=self._id(claim.addressee, ids),
            imputed=self._id(claim.imputed, ids), about=self._about(claim, ids, events, speaker), hedged=claim.hedged,
            negated=claim.negated, nested=claim.nested, uttered=claim.uttered, confidence=claim.confidence,
            chain=self._chain(claim.speaker),
        )  # fmt: skip

    def _about(self, claim: DraftClaim, ids: dict[int, str], events: tuple[Event, ...], speaker: str | None) -> tuple[str, ...]:
        """The events whose triggers, and the actors whose mentions, lie in the content."""
        inside = [
            e.id for e in events
            if any(s.start <= t.start and t.end <= s.end for s in claim.content for t in (e.trigger, *e.mentions))
        ]  # fmt: skip
        actors: list[str] = []
        for index, mention in enumerate(self.mentions):
            if any(s.start <= mention.span.start and mention.span.end <= s.end for s in claim.content):
                actor = self._id(index, ids)
                if actor is not None and actor != speaker and actor not in actors:
                    actors.append(actor)
        return tuple(dict.fromkeys(inside + actors))

    def _chain(self, index: int | None) -> tuple[int, ...]:
        """From the speaker's words back to the name: the mention, and the first naming mention of its cluster."""
        if index is None or index not in self.of:
            return ()
        cluster = self.of[index]
        naming = next((i for i in sorted(cluster.mentions) if self.mentions[i].kind == "proper"), None)
        return (index,) if naming is None or naming == index else (index, naming)


def _only(cluster: Cluster, index: int) -> Cluster:
    return Cluster(mentions=[index])


def _parties(draft: Draft) -> set[int]:
    """The mentions that take part in a claim or an event."""
    found = {m for c in draft.claims for m in (c.speaker, c.addressee, c.imputed) if m is not None}
    return found | {m for e in draft.events for _, m in e.roles}
