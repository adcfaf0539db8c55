"""What is told of claims: how one relates to others, and from how many independent sources it comes."""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.nquads import decimal, integer, iri, string
from kg.resolve.across import claims
from kg.resolve.across.reasons import sentence
from kg.resolve.across.story import Story
from kg.telling.lines import lines_of
from kg.terms import KG, RDF


class ClaimLines:
    """The lines of claims, a relation with the later of its two."""

    def __init__(self, story: Story, base: str) -> None:
        self._layer, self._base = story.claims, base

    def of(self, claim: str) -> Iterable[str]:
        """The relations in which *claim* is the later one, and from how many independent sources it comes."""
        layer = self._layer
        own = layer.facts(claim)
        if own is None:
            return
        for other, label, score in layer.scores(claim):
            facts = layer.facts(other)
            if facts is None or label not in claims.relations([label]):
                continue
            later, earlier = claims.later_first(claim, other, {claim: own["day"], other: facts["day"]})
            if later == claim:
                yield from self._relation(label, later, earlier, layer.reason(claim, other), score)
        members = layer.members(layer.root(claim))
        sources = {facts["family"] for one in members if (facts := layer.facts(one)) is not None}
        if len(members) > 1:
            yield f"{iri(claim)} {iri(KG.independentSources)} {integer(len(sources))}"

    def _relation(self, kind: str, later: str, earlier: str, reason: str, score: float) -> Iterable[str]:
        node = iris.claim_relation(self._base, kind, later, earlier)
        yield from lines_of(node, (
            (RDF.type, iri(KG.ClaimRelation)), (KG.relationKind, string(kind)), (KG.fromClaim, iri(later)),
            (KG.toClaim, iri(earlier)), (KG.reason, string(sentence(reason))), (KG.reasonCode, string(reason)),
            (KG.score, decimal(score)),
        ))  # fmt: skip
