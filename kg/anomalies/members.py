"""The documents of a collection, some at a time: a leak may have more than memory should hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.anomalies.finding import Select
from kg.nquads import iri
from kg.terms import KG

AT_A_TIME = 500
"""Documents whose values are asked for together."""
Values = dict[str, tuple[str, ...]]
"""The values of each property that a document has, sorted, by the property's IRI."""


def members(select: Select, collection: str, kind: str) -> list[str]:
    """The IRIs of the documents of class *kind* (an IRI) in *collection* (an IRI), sorted."""
    rows = select(
        f"""SELECT (GROUP_CONCAT(STR(?d); separator=" ") AS ?all) WHERE {{
          ?d a {iri(kind)} ; <{KG.partOf}> {iri(collection)} }}"""
    )  # one string: a row for each would take twenty times the memory
    return sorted(str(rows[0].get("all", "")).split()) if rows else []


def values(select: Select, nodes: Sequence[str], properties: Sequence[str]) -> Iterator[tuple[str, Values]]:
    """Each of *nodes* with what it has of *properties* (IRIs), in their order."""
    wanted = ", ".join(map(iri, properties))
    for some in batches(nodes):
        found: dict[str, dict[str, set[str]]] = {node: {} for node in some}
        query = f"SELECT ?d ?p ?o WHERE {{ {among('d', some)} ?d ?p ?o FILTER(?p IN ({wanted})) }}"
        for row in select(query):
            found[str(row["d"])].setdefault(str(row["p"]), set()).add(str(row["o"]))
        for node, held in found.items():
            yield node, {name: tuple(sorted(each)) for name, each in held.items()}


def batches(nodes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (nodes[at : at + AT_A_TIME] for at in range(0, len(nodes), AT_A_TIME))


def among(name: str, nodes: Sequence[str]) -> str:
    """A clause that keeps the variable *name* to *nodes*."""
    return f"VALUES ?{name} {{ {' '.join(map(iri, nodes))} }}"
