"""Extraction -> RDF: the quads of a document's graph, of its text's graph, of unknown actors, and of a run.

Every function that gives quads gives sorted lines of N-Quads without line ends and without blank nodes, and gives the
same lines for the same arguments, always.  Clock times stand in the provenance graph only.  A ValueError means
that the extraction contradicts itself: its offsets do not fit its text, or an id or an index leads nowhere.
"""

from kg.rdf.actors import actor_quads, known_actor_quads, mint_actors
from kg.rdf.collections import collection_quads
from kg.rdf.document import collection_iri, document_quads, extractor, role_iri
from kg.rdf.provenance import provenance_quads
from kg.rdf.text import document_graphs, text_quads

__all__ = [
    "actor_quads",
    "collection_iri",
    "collection_quads",
    "document_graphs",
    "document_quads",
    "extractor",
    "known_actor_quads",
    "mint_actors",
    "provenance_quads",
    "role_iri",
    "text_quads",
]
