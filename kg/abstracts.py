"""Extraction -> abstract: what resolution across documents needs to know of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg import iris
from kg.iris import fold
from kg.model import Actor, Claim, Event, Extraction, Interval, Mention
from kg.rdf import mint_actors
from kg.rdf.graph import nodes
from kg.resolve.across import families
from kg.resolve.across.abstract import NAMESAKE, Abstract, ActorFacts, ClaimFacts, EventFacts
from kg.resolve.words import resolve_words
from kg.terms import KG, RDF, SKOS

POINTERS = frozenset({
    KG.refersTo, KG.speaker, KG.speakerCandidate, KG.addressee, KG.attributedTo, KG.about, KG.hasParticipant,
    KG.hasAgent,
    KG.hasTarget, KG.hasPlace, KG.hasInstrument, KG.hasReporter,
})  # fmt: skip
"""The properties by which a document's graph points to actors."""
_TOLD = {f"<{RDF.type}>": "types", f"<{SKOS.prefLabel}>": "name", f"<{SKOS.altLabel}>": "alias"}
_COMPANY = 24
"""So many of a document's named actors, the most mentioned ones, count as its company."""


def abstract_of(extraction: Extraction, base: str, quads: Iterable[str], said: Iterable[str]) -> Abstract:
    """The abstract of *extraction*, whose document's graph is *quads* and whose unknown actors are described by
    *said*."""
    document = extraction.document
    node = iris.document(base, document.digest)
    minted = mint_actors(extraction, base)
    events = nodes(extraction.events, lambda e: iris.event(node, e.kind, (e.trigger.start, e.trigger.end)))
    names = {actor.id: actor.name for actor in extraction.actors}
    claims = nodes(extraction.claims, lambda c: _claim_iri(node, c, names))
    topics = {**minted, **{event.id: iri for iri, event in events}}
    published = _day(document.published.begin if document.published else None)
    body, bodies = _body(extraction), _bodies(extraction, minted)
    words, signature = families.sketch(body)
    told, rest = split_said(said, {minted[a.id] for a in extraction.actors if a.named and a.known is None})
    return Abstract(
        digest=document.digest, iri=node, published=published, language=document.language or "",
        words=words, signature=signature, actors=_actors(extraction, minted),
        events=tuple(_event(iri, event, minted, node, extraction) for iri, event in events),
        claims=tuple(_claim(iri, claim, minted, topics, published, bodies) for iri, claim in claims),
        said=told, rest=rest, points=pointers(quads, node, base), marks=families.marks(body),
    )  # fmt: skip


def bare(digest: str, base: str, said: Iterable[str]) -> Abstract:
    """What is left to know of a document that an older claimgraph wrote: the unknown actors it describes."""
    lines = list(said)
    known = {line.split(" ", 1)[0][1:-1] for line in lines if f" <{SKOS.prefLabel}> " in line}
    told, rest = split_said(lines, {iri for iri in known if iri.startswith(f"{base}actor/")})
    actors = []
    for iri in sorted({iri for iri, _, _ in told}):
        kinds = [v for i, what, v in told if i == iri and what == "types"]
        words = tuple(sorted(_plain(v) for i, what, v in told if i == iri and what != "types"))
        if kinds and words:
            kind = "Person" if f"<{KG.Person}>" in kinds[0] else "Organization"
            actors.append(ActorFacts(iri, kind, words))
    return Abstract(digest, iris.document(base, digest), actors=tuple(actors), said=told, rest=rest)


# ------------------------------------------------------------------ what lines say
def pointers(quads: Iterable[str], document: str, base: str) -> tuple[tuple[str, str, str], ...]:
    """The triples among *quads* by which the graph of *document* points to actors that more documents may share."""
    tail, found = f" <{document}> .", []
    for line in quads:
        if line.endswith(tail):
            subject, predicate, value = line.removesuffix(tail).split(" ", 2)
            if points(predicate, value, base):
                found.append((subject, predicate, value))
    return tuple(sorted(found))


def points(predicate: str, value: str, base: str) -> bool:
    """Whether a triple points to an actor that more documents may share; terms as N-Triples writes them."""
    return predicate[1:-1] in POINTERS and value.startswith(f"<{base}actor/")


def split_said(
    said: Iterable[str], named: set[str]
) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str], ...]]:
    """Lines about unknown actors as what is counted of the *named* ones, ``(IRI, what, value)``, and the other
    triples."""
    types: dict[str, set[str]] = defaultdict(set)
    told, rest = [], []
    for line in said:
        subject, predicate, others = line.split(" ", 2)
        value = others.rsplit(" ", 2)[0]
        what = _TOLD.get(predicate)
        if what is None or subject[1:-1] not in named:
            rest.append((subject, predicate, value))
        elif what == "types":
            types[subject[1:-1]].add(value)
        else:
            told.append((subject[1:-1], what, value))
    told += [(iri, "types", " ".join(sorted(values))) for iri, values in types.items()]
    return tuple(sorted(told)), tuple(sorted(rest))


def _plain(term: str) -> str:
    """The words of a literal that `kg.nquads.string` wrote."""
    return (
        term[1:-1].encode().decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore")
        if "\\" in term
        else term[1:-1]
    )


# ------------------------------------------------------------------ the nouns
def _actors(extraction: Extraction, minted: Mapping[str, str]) -> tuple[ActorFacts, ...]:
    """The named actors, the most mentioned ones first."""
    listed = [actor for actor in extraction.actors if actor.named or actor.known is not None]
    listed.sort(key=lambda actor: (-len(actor.mentions), minted[actor.id]))
    found: dict[str, ActorFacts] = {}
    bodies = _bodies(extraction, minted)
    for actor in listed[:_COMPANY] + [a for a in listed[_COMPANY:] if a.known is None]:
        mentions = [extraction.mentions[index] for index in actor.mentions]
        one = ActorFacts(
            iri=minted[actor.id], kind=actor.kind, names=tuple(sorted({actor.name, *actor.aliases})),
            known=actor.known is not None, gender=_gender(actor, mentions, extraction.document.language or "fr"),
            roles=_roles(mentions, extraction.document.language or "fr", extraction.document.text),
            bodies=bodies[actor.id],
        )  # fmt: skip
        found.setdefault(one.iri, one)
    return tuple(found.values())


def _bodies(extraction: Extraction, minted: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Actor id -> the named bodies that the document says it belongs to."""
    ids = {actor.id: actor for actor in extraction.actors}
    holder = {index: actor for actor in extraction.actors for index in actor.mentions}
    found = {}
    for actor in extraction.actors:
        of = {m.of for index in actor.mentions if (m := extraction.mentions[index]).kind == "nominal"}
        bodies = {ids.get(actor.member_of or ""), *(holder.get(index) for index in of if index is not None)}
        named = {minted[body.id] for body in bodies if body is not None and (body.named or body.known)}
        found[actor.id] = tuple(sorted(named - {minted[actor.id]}))
    return found


def _gender(actor: Actor, mentions: Sequence[Mention], language: str) -> str:
    if actor.kind != "Person":
        return ""
    genders = {m.gender for m in mentions if m.kind == "pronoun" and m.gender and m.number != "p"}
    words = {fold(m.span.exact).split()[0] for m in mentions if m.kind == "proper" and m.span.exact.strip()}
    civil = resolve_words(language).civil
    genders |= {gender for gender in ("f", "m") if words & civil[gender]}
    return genders.pop() if len(genders) == 1 else ""


def _roles(mentions: Sequence[Mention], language: str, text: str) -> tuple[str, ...]:
    """What nouns and titles tell of the actor: their classes, which languages share, else the stems.

    `NAMESAKE` where the text says that another bears the name.
    """
    words = resolve_words(language)
    found: set[str] = set()
    for mention in mentions:
        if mention.kind == "proper":
            first, *rest = fold(mention.span.exact).split() or [""]
            if rest and first in words.title_roles:
                found |= words.classes_of(words.title_roles[first])
            if words.namesake.match(text, mention.span.end):
                found.add(NAMESAKE)
        if mention.kind == "nominal" and mention.head and not mention.quoted:
            stem = words.stem(fold(mention.head))
            found |= words.classes_of(stem) or ({stem} if stem not in words.person_nouns else set())
    return tuple(sorted(found))


def _event(iri: str, event: Event, minted: Mapping[str, str], document: str, extraction: Extraction) -> EventFacts:
    interval = event.interval or Interval(None, None)
    sentences = _sentences(event, extraction)
    return EventFacts(
        iri=iri, kind=event.kind, label=event.label, begin=_day(interval.begin), end=_day(interval.end),
        precision=interval.precision if event.interval else "", alleged=event.alleged,
        roles=tuple(sorted((role, minted[actor]) for role, actor in event.roles)),
        sizes=_sizes(sentences, extraction),
        beside=_beside(sentences, extraction, minted), confidence=event.confidence,
        trigger=iris.span(document, event.trigger.start, event.trigger.end),
    )  # fmt: skip


def _sentences(event: Event, extraction: Extraction) -> list[tuple[int, int]]:
    """The sentences in which the event is told; where there are none, its words."""
    spans = (event.trigger, *event.mentions)
    found = {s for s in extraction.layout.sentences for span in spans if s[0] <= span.start < s[1]}
    return sorted(found) or [(span.start, span.end) for span in spans]


def _sizes(sentences: Sequence[tuple[int, int]], extraction: Extraction) -> tuple[str, ...]:
    """The figures told in *sentences*, as ``kind unit value``."""
    return tuple(sorted({
        f"{one.kind} {one.unit or ''} {one.value:g}" for one in extraction.quantities
        if one.value is not None and one.kind in ("size", "count") and any(a <= one.span.start < b for a, b in
        sentences)
    }))  # fmt: skip


def _beside(sentences: Sequence[tuple[int, int]], extraction: Extraction, minted: Mapping[str, str]) -> tuple[str, ...]:
    """The actors named in *sentences*, or in a word of theirs described."""
    return tuple(sorted({
        minted[actor.id] for actor in extraction.actors if actor.named or actor.known is not None
        for index in actor.mentions if any(a <= extraction.mentions[index].span.start < b for a, b in sentences)
    }))  # fmt: skip


def _claim(
    iri: str,
    claim: Claim,
    minted: Mapping[str, str],
    topics: Mapping[str, str],
    published: str,
    bodies: Mapping[str, tuple[str, ...]],
) -> ClaimFacts:
    day = _day(claim.uttered.begin if claim.uttered else None) or published
    return ClaimFacts(
        iri=iri, text=claim.text, stance=claim.stance, cue=claim.cue_lemma,
        speaker=minted[claim.speaker] if claim.speaker else "", imputed=minted[claim.imputed] if claim.imputed else "",
        about=tuple(sorted(topics[id] for id in claim.about)), day=day, negated=claim.negated, hedged=claim.hedged,
        bodies=bodies[claim.speaker] if claim.speaker else (),
    )  # fmt: skip


def _claim_iri(document: str, claim: Claim, names: Mapping[str, str]) -> str:
    content = [(span.start, span.end) for span in claim.content]
    return iris.claim(document, names.get(claim.speaker or ""), (claim.cue.start, claim.cue.end), content)


def _body(extraction: Extraction) -> str:
    """The article's text without furniture."""
    text = extraction.document.text
    return "\n".join(text[start:end] for start, end in extraction.layout.paragraphs) or text


def _day(day: object) -> str:
    return "" if day is None else str(day)
