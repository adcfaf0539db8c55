"""The outcome of resolution: which clusters are actors worth keeping, and claims and events that point at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.model import Actor, Claim, Draft, DraftClaim, DraftEvent, Event, Extraction
from kg.resolve.clusters import BODIES, Cluster
from kg.resolve.confidence import calibration, way_to_speaker
from kg.resolve.words import fold, resolve_words

_AGENTS = BODIES | {"Person", "Group"}
_GUESSED = 0.7  # of the confidence in a claim whose speaker is the only one who may be meant, and no more


def _holds_a_name(text: str) -> bool:
    """Whether a capital stands inside the phrase: `le ministère de l'Intérieur`."""
    words = text.replace("’", "' ").replace("'", "' ").split()
    return any(word[:1].isupper() for word in words[2:] or words[1:])


class Outcome:
    """Makes the Extraction of *draft*; *rivals* are other candidates of a mention, *via* what a pronoun takes up.

    *guessed* are mentions of which no more is known than that one person only may be meant.
    """

    def __init__(
        self, draft: Draft, clusters: list[Cluster], of: Mapping[int, Cluster],
        rivals: Mapping[int, list[tuple[float, Cluster]]], via: Mapping[int, int], guessed: frozenset[int],
    ) -> None:  # fmt: skip
        self.draft, self.of, self.rivals, self.via, self.guessed = draft, of, rivals, via, guessed
        self.mentions = draft.mentions
        self.language = draft.document.language or "fr"
        self.words = resolve_words(self.language)
        self.speakers = {c.speaker for c in draft.claims if c.speaker is not None}
        self.parties = {m for c in draft.claims for m in (c.addressee, c.imputed) if m is not None}
        self.actors_of_events = {m for e in draft.events for _, m in e.roles}
        self.parties |= self.actors_of_events
        for cluster in clusters:
            cluster.mentions.sort()
            self._decide_kind(cluster)
        self.kept = sorted((c for c in clusters if c.mentions and self._kept(c)), key=lambda c: c.mentions[0])
        self.ids = {id(c): f"a{number}" for number, c in enumerate(self.kept, 1)}

    def extraction(self) -> Extraction:
        """The actors worth keeping, with claims and events pointing at them."""
        d = self.draft
        events = tuple(self._event(number, e) for number, e in enumerate(d.events, 1))
        claims = tuple(self._claim(number, c, events) for number, c in enumerate(d.claims, 1))
        actors = tuple(self._actor(c) for c in self.kept)
        return Extraction(
            d.document, d.layout, d.mentions, actors, events, claims, d.quantities, d.times, d.rejected, d.model
        )

    # ---------------------------------------------------------------- actors
    def _decide_kind(self, cluster: Cluster) -> None:
        """A place that speaks is a power; a name without a kind that speaks is a body."""
        if cluster.known is None and not cluster.named and cluster.number == "p" and cluster.kind == "Person":
            cluster.vote("Group", 1000.0)  # prosecutors, les commerçants
        if cluster.known is not None or not cluster.named:
            return
        speaks = any(i in self.speakers for i in cluster.mentions)
        if cluster.kind == "Place" and speaks:
            cluster.vote("GeopoliticalEntity", 1000.0)
        elif cluster.kind == "Unidentified" and speaks:
            cluster.vote("Organization", 1.0)

    def _kept(self, cluster: Cluster) -> bool:
        speaks = any(i in self.speakers for i in cluster.mentions)
        acts = speaks or any(i in self.parties for i in cluster.mentions)
        if cluster.known is not None:
            return True
        if not cluster.named:
            nominal = any(self.mentions[i].kind == "nominal" for i in cluster.mentions)
            return nominal and (speaks or self._takes_part(cluster))
        if acts:
            return True
        return cluster.kind in _AGENTS | {"Place", "GeopoliticalEntity"} and self._borne_out(cluster)

    def _takes_part(self, cluster: Cluster) -> bool:
        """Whether a nameless actor that does not speak matters: a body told by a name, or a party told of again."""
        nominal = [self.mentions[i] for i in cluster.mentions if self.mentions[i].kind == "nominal"]
        acts = any(i in self.actors_of_events for i in cluster.mentions)
        if cluster.kind in BODIES | {"Group"} and (acts or any(i in self.parties for i in cluster.mentions)):
            return any(_holds_a_name(m.span.exact) for m in nominal)
        return acts and cluster.kind in _AGENTS and len(cluster.mentions) > 1 and nominal[0].number != "p"

    def _borne_out(self, cluster: Cluster) -> bool:
        """Whether a name that nobody lets speak is an actor: more than one word, or more than a model's guess."""
        if cluster.kind in ("Place", "GeopoliticalEntity"):
            return True
        if cluster.acts:
            return True
        described = any(self.mentions[i].kind == "nominal" for i in cluster.mentions)
        if cluster.kind == "Group" and not described and not any(name.endswith("s") for name in cluster.names):
            return False  # North Korean
        if any(len(name.split()) > 1 for name in cluster.names) or cluster.titled:
            return True
        return described or (cluster.kind in BODIES and any(name.isupper() for name in cluster.names))

    def _actor(self, cluster: Cluster) -> Actor:
        names = sorted(cluster.names, key=self._rank(cluster))
        if cluster.known is not None:
            name = cluster.known.name(self.language)
        elif names:
            name = self._without_title(names[0])
        else:
            name = self._described(cluster)
        aliases = {n.strip() for n in names} | self._short_forms(cluster)
        owner = cluster.owner or cluster.group
        belongs = owner is not None and owner is not cluster and owner.kind != "Place"
        belongs = belongs and not (cluster.kind == "Artefact" and owner is not None and owner.person)  # a letter of X
        return Actor(
            id=self.ids[id(cluster)], kind=cluster.kind, name=name, aliases=tuple(sorted(aliases - {name})),
            known=cluster.known.iri if cluster.known else None, mentions=tuple(cluster.mentions),
            named=cluster.named or cluster.known is not None,
            member_of=self.ids.get(id(owner)) if belongs else None,
            candidates=tuple((a.iri, round(1 / len(cluster.candidates), 2)) for a in cluster.candidates),
        )  # fmt: skip

    def _rank(self, cluster: Cluster) -> Callable[[str], tuple[int, bool, int, str]]:
        """Sorts the fullest name first: more words, no initials, more often used."""

        def fullest(name: str) -> tuple[int, bool, int, str]:
            key = self.words.bare(name)
            return -len(key), any(len(word) == 1 for word in key), -cluster.names[name], name

        return fullest

    def _without_title(self, name: str) -> str:
        words = name.split()
        while len(words) > 1 and (fold(words[0]) in self.words.titles or words[0] in self.words.articles):
            words = words[1:]
        for mark in ("'s", "’s"):
            words[-1] = words[-1].removesuffix(mark)
        return " ".join(words)

    def _described(self, cluster: Cluster) -> str:
        """The first full description, without its article; `son entourage` tells whose."""
        nominal = [i for i in cluster.mentions if self.mentions[i].kind == "nominal"]
        if not nominal:
            return self.mentions[cluster.mentions[0]].span.exact
        best = max(nominal, key=lambda i: (len(self.mentions[i].span.exact.split()), -i))
        text = self._without_article(self.mentions[best].span.exact)
        owner = cluster.owner
        if (
            self.mentions[best].determiner == "poss"
            and self.mentions[best].of is None
            and owner is not None
            and owner.named
        ):
            whose = owner.known.name(self.language) if owner.known else self._without_title(max(owner.names, key=len))
            elided = "d'" if self.language == "fr" and fold(whose)[:1] in "aeiouyh" else f"{self.words.of} "
            return f"{text} {elided}{whose}"
        return text

    def _without_article(self, text: str) -> str:
        if text[:2].lower() in ("l'", "l’", "d'", "d’"):
            return text[2:]
        words = text.split()
        while len(words) > 1 and fold(words[0]) in self.words.articles:
            words = words[1:]
        return " ".join(words)

    def _short_forms(self, cluster: Cluster) -> set[str]:
        """What a nameless source is called elsewhere in the text."""
        if cluster.named or cluster.known is not None:
            return set()
        return {
            self._without_article(self.mentions[i].span.exact)
            for i in cluster.mentions
            if self.mentions[i].kind == "nominal"
        }

    # ---------------------------------------------------------------- claims and events
    def _id(self, index: int | None) -> str | None:
        return self.ids.get(id(self.of[index])) if index is not None and index in self.of else None

    def _event(self, number: int, event: DraftEvent) -> Event:
        roles = tuple(dict.fromkeys((role, actor) for role, m in event.roles if (actor := self._id(m)) is not None))
        return Event(
            f"e{number}", event.kind, event.label, event.trigger, event.mentions, roles, event.interval, event.alleged,
            event.confidence,
        )  # fmt: skip

    def _claim(self, number: int, claim: DraftClaim, events: tuple[Event, ...]) -> Claim:
        speaker = self._id(claim.speaker)
        return Claim(
            id=f"c{number}", cue=claim.cue, cue_lemma=claim.cue_lemma, content=claim.content, stance=claim.stance,
            form=claim.form, frame=claim.frame, speaker=speaker, speaker_mention=claim.speaker,
            addressee=self._other(claim.addressee, speaker), imputed=self._other(claim.imputed, speaker),
            about=self._about(claim, events, speaker), hedged=claim.hedged, negated=claim.negated, nested=claim.nested,
            uttered=claim.uttered, confidence=self._confidence(claim),
            candidates=self._candidates(claim.speaker, speaker), chain=self._chain(claim.speaker),
        )  # fmt: skip

    def _other(self, index: int | None, speaker: str | None) -> str | None:
        """The party of mention *index*, who is not the speaker: in `X lui reproche`, the pronoun cannot mean X."""
        party = self._id(index)
        return None if party == speaker else party

    def _confidence(self, claim: DraftClaim) -> float:
        """How often claims found by this frame, with a speaker found this way, are right."""
        cluster = self.of.get(claim.speaker) if claim.speaker is not None else None
        mention = self.mentions[claim.speaker] if cluster is not None and claim.speaker is not None else None
        named = cluster is not None and (cluster.named or cluster.known is not None)
        sure = calibration().confidence(claim.frame, way_to_speaker(mention, named))
        return round(sure * _GUESSED, 2) if claim.speaker in self.guessed else sure

    def _about(self, claim: DraftClaim, events: tuple[Event, ...], speaker: str | None) -> tuple[str, ...]:
        """The events whose triggers, and the actors whose mentions, lie in the content."""
        inside = [
            e.id for e in events
            if any(s.start <= t.start and t.end <= s.end for s in claim.content for t in (e.trigger, *e.mentions))
        ]  # fmt: skip
        low = min((s.start for s in claim.content), default=0)
        high = max((s.end for s in claim.content), default=0)
        actors: list[str] = []
        for index, mention in enumerate(self.mentions):
            if not low <= mention.span.start < high:
                continue
            if any(s.start <= mention.span.start and mention.span.end <= s.end for s in claim.content):
                actor = self._id(index)
                if actor is not None and actor != speaker and actor not in actors:
                    actors.append(actor)
        return tuple(dict.fromkeys(inside + actors))

    def _candidates(self, index: int | None, speaker: str | None) -> tuple[tuple[str, float], ...]:
        """Other actors that the speaker's pronoun may mean, by falling score (0 to 1, relative to the best)."""
        rivals = self.rivals.get(index, []) if index is not None else []
        found = {
            self.ids[id(c)]: round(1 / (2 + max(0.0, rivals[0][0] - s)), 2) for s, c in rivals if id(c) in self.ids
        }
        return tuple((actor, score) for actor, score in found.items() if actor != speaker)

    def _chain(self, index: int | None) -> tuple[int, ...]:
        """From the speaker's words back to the name: the mention, what a pronoun takes up, the first naming mention."""
        if index is None or index not in self.of:
            return ()
        steps, at = [index], index
        while at in self.via and self.via[at] not in steps:
            at = self.via[at]
            steps.append(at)
        naming = next((i for i in self.of[index].mentions if self.mentions[i].kind == "proper"), None)
        if naming is not None and self.mentions[at].kind != "proper":
            steps.append(naming)
        return tuple(steps)
