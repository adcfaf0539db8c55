"""Our terms and the standard terms the graph uses, as plain classes of IRIs.

Plain ``Final[str]`` so that a type checker catches a misspelt term, and so that nothing here needs an RDF library.
"""

from kg.terms.ours import KG
from kg.terms.standard import OWL, PROV, RDF, RDFS, SKOS, XSD

__all__ = ["KG", "OWL", "PROV", "RDF", "RDFS", "SKOS", "XSD"]
