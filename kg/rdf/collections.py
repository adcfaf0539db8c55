"""Collections: a leak as a whole, with its totals, in a graph derived from its documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg import iris
from kg.nquads import day, integer, string
from kg.rdf.graph import Graph
from kg.terms import KG, SKOS

Figures = Mapping[str, int | date]
"""Totals by the local name of their property: ``memberCount``, ``byteSize``, ``begin`` …"""


def collection_quads(node: str, name: str, marking: str, figures: Figures, base: str) -> list[str]:
    """The collection *node* in ``{base}graph/collections``."""
    graph = Graph(iris.collections_graph(base))
    graph.types(node, "Collection")
    graph.add(node, SKOS.prefLabel, string(name))
    graph.add(node, KG.marking, string(marking))
    for word, value in figures.items():
        graph.add(node, KG.NS + word, day(value) if isinstance(value, date) else integer(value))
    return graph.lines()
