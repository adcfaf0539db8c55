"""Definite descriptions: le site fondé par X, le mouvement de M. Y, l'entreprise japonaise, le ministre, the studio."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.iris import fold
from kg.model import Mention
from kg.resolve.clusters import BODIES, PLACES, Cluster
from kg.resolve.known import KnownActor, KnownActors

_FOUNDED = re.compile(
    r"\s+(?:(?:qui\s+a\s+été\s+)?(?:co-?)?(?:fondée?|créée?|lancée?|dirigée?|présidée?|menée?|conduite?)s?\s+(?:en\s+\d{4}\s+)?par"
    r"|(?:co-?)?(?:founded|created|launched|led|run|headed|set up)(?:\s+in\s+\d{4})?\s+by)\s+",
    re.IGNORECASE,
)
# Nouns that take up a body or a person named before, without saying more (folded).
_BODY_NOUNS = frozenset(
    """entreprise societe groupe firme compagnie operateur parti mouvement organisation association site plateforme
    club journal magazine quotidien hebdomadaire media institution agence ministere gouvernement banque collectif
    fondation syndicat federation studio etablissement hopital laboratoire editeur fournisseur prestataire geant
    company firm group party movement organisation organization site platform newspaper magazine studio bank agency
    ministry government body outlet charity union foundation hospital club operator provider vendor retailer airline
    startup developer manufacturer watchdog regulator""".split()
)
_PERSON_NOUNS = frozenset(
    """interesse interessee homme femme suspect suspecte responsable dirigeant dirigeante patron patronne elu elue
    ministre president presidente depute deputee maire senateur senatrice candidat candidate avocat avocate
    chercheur chercheuse expert experte analyste porte-parole militant militante magistrat procureur procureure
    directeur directrice journaliste informaticien hacker pirate man woman suspect executive official politician
    minister president lawyer researcher expert analyst spokesman spokeswoman spokesperson candidate director
    prosecutor senator mayor activist journalist hacker""".split()
)


def by_facts(
    index: int, mentions: Sequence[Mention], owner: Cluster | None, clusters: list[Cluster], known: KnownActors, text: str, lang: str
) -> KnownActor | None:
    """The known actor that a nominal mention describes by founder, leader, country or sector.

    *owner* is the cluster of the mention's complement, if it has one.
    """
    mention = mentions[index]
    noun = fold(mention.head)
    link = _FOUNDED.match(text, mention.span.end)
    people = _people_after(link.end(), mentions, clusters) if link else owner
    if people is not None and people.known is not None:
        iri = people.known.iri
        found = [
            a for a in known.by_iri.values()
            if (iri in a.founders or iri in a.leaders) and _noun_fits(a, noun, lang)
        ]  # fmt: skip
        if len(found) == 1:
            return found[0]
        if found:
            present = [a for a in found if any(c.known == a for c in clusters)]
            if len(present) == 1:
                return present[0]
    return None


def _people_after(offset: int, mentions: Sequence[Mention], clusters: list[Cluster]) -> Cluster | None:
    for cluster in clusters:
        if any(0 <= mentions[m].span.start - offset <= 4 for m in cluster.mentions):
            return cluster
    return None


def _noun_fits(actor: KnownActor, noun: str, lang: str) -> bool:
    return any(fold(word) == noun for language, word in actor.nouns if language in (lang, ""))


def antecedent(index: int, mentions: Sequence[Mention], clusters: list[Cluster], known: KnownActors, lang: str) -> Cluster | None:
    """The cluster, named before, that a definite or demonstrative description takes up."""
    mention = mentions[index]
    if mention.determiner not in ("def", "dem"):
        return None
    words = fold(mention.span.exact).split()
    noun = fold(mention.head)
    before = sorted((c for c in clusters if c.last_before(index) >= 0), key=lambda c: -c.last_before(index))
    near = [c for c in before if mention.sentence - mentions[c.last_before(index)].sentence <= 12]
    described = [c for c in near if c.known is not None and _described(c.known, noun, words, known, lang)]
    if len(described) == 1:
        return described[0]
    same = [c for c in near if mention.head in c.heads and _agrees(c, mention) and (mention.of is None)]
    if same:
        return same[0]
    if mention.of is not None or len(words) > 4:
        return None
    if noun in _BODY_NOUNS:
        return next((c for c in near if c.kind in BODIES and c.named and mention.sentence - mentions[c.last_before(index)].sentence <= 3), None)
    if noun in _PERSON_NOUNS or (mention.determiner == "dem" and mention.guess == "Person"):
        return next(
            (c for c in near if c.person and _agrees(c, mention) and mention.sentence - mentions[c.last_before(index)].sentence <= 3), None
        )
    if noun in ("pays", "country", "capitale", "capital", "royaume", "kingdom"):
        return next((c for c in near if c.kind in PLACES), None)
    return None


def _agrees(cluster: Cluster, mention: Mention) -> bool:
    if cluster.number and mention.number and cluster.number != mention.number:
        return False
    return not (cluster.gender and mention.gender and cluster.person and cluster.gender != mention.gender)


def _described(actor: KnownActor, noun: str, words: list[str], known: KnownActors, lang: str) -> bool:
    """Whether the noun and at least one further word (nationality, sector) describe *actor*."""
    if not _noun_fits(actor, noun, lang):
        return False
    countries = [known.by_iri[c] for c in actor.countries if c in known.by_iri]
    adjectives = {fold(w) for c in countries for language, w in c.adjectives if language in (lang, "")}
    sectors = {w for language, s in actor.sectors if language in (lang, "") for w in fold(s).split()}
    rest = [w for w in words if w != noun and w not in ("le", "la", "l", "les", "the", "de", "d", "ce", "cette", "cet")]
    plural = {a + "s" for a in adjectives} | {a + "e" for a in adjectives} | {a + "es" for a in adjectives}
    hits = [w for w in rest if w in adjectives | plural or w in sectors]
    return not rest or (bool(hits) and len(hits) * 2 >= len(rest))
