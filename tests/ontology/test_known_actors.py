"""The shipped list of known actors satisfies the ontology it is written in."""

from __future__ import annotations

from kg import iris, rdf
from kg.resources import read
from kg.validate import validate


def test_known_actors_conform() -> None:
    lines = rdf.known_actor_quads(read("data/actors.ttl"), iris.BASE)
    assert len(lines) > 150
    assert not validate(lines).lines()[:5]
