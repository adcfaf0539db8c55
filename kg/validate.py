"""Holds a graph against the ontology: its SHACL shapes (W3C Recommendation, 2017) and its vocabulary.

    report = validate(turtle)            # or any iterable of N-Quads lines
    print("\\n".join(report.lines()))     # one line a violation

All named graphs count as one: a document's graph points to actors that another graph describes.  pySHACL is imported
on first use.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg import shapes
from kg.errors import ValidationError
from kg.shapes import SH
from kg.terms import KG, RDF

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with *path* of the node *focus*; *path* and *value* are empty where they do not apply."""

    focus: str
    path: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        where = f"{self.focus} {self.path}".rstrip()
        return f"{where}: {self.message}" + (f" ({self.value})" if self.value else "")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome over *triples* triples; ``violations`` are sorted."""

    triples: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        return not self.violations

    def lines(self) -> list[str]:
        return [str(violation) for violation in self.violations]

    def check(self) -> None:
        """Raises ValidationError (exit 4), naming the first violation and the number of all, unless it conforms."""
        if self.violations:
            more = f" (and {len(self.violations) - 1} more)" if len(self.violations) > 1 else ""
            raise ValidationError(f"{self.violations[0]}{more}")


def validate(source: str | Iterable[str]) -> Report:
    """Validates Turtle text, or lines of N-Quads; ValidationError where *source* is not RDF at all."""
    data = _parse(source)
    triples = len(data)
    found = {*_unknown_terms(data), *_missing_superclasses(data), *_blank_nodes(data), *_shacl(data)}
    return Report(triples, tuple(sorted(found)))


# ------------------------------------------------------------------ the checks
def _unknown_terms(data: Graph) -> Iterator[Violation]:
    """Predicates and classes in our namespace that the ontology does not know: misspelt, or of another version."""
    classes, properties = shapes.classes(), shapes.properties()
    for focus, predicate, value in data:
        if str(predicate).startswith(KG.NS) and shapes.local(predicate) not in properties:
            yield Violation(_node(focus), _short(predicate), "is not a property of the ontology")
        if str(predicate) == RDF.type and str(value).startswith(KG.NS) and shapes.local(value) not in classes:
            yield Violation(_node(focus), "rdf:type", "is not a class of the ontology", _short(value))


def _missing_superclasses(data: Graph) -> Iterator[Violation]:
    """A class stated without its superclasses: the store infers nothing, so queries would miss the node."""
    from rdflib import URIRef

    for name in shapes.classes():
        for focus in data.subjects(URIRef(RDF.type), URIRef(KG.NS + name)):
            for above in shapes.superclasses(name):
                if (focus, URIRef(RDF.type), URIRef(KG.NS + above)) not in data:
                    yield Violation(_node(focus), "rdf:type", f"states kg:{name} without its superclass", f"kg:{above}")


def _blank_nodes(data: Graph) -> Iterator[Violation]:
    from rdflib import BNode

    for focus, predicate, value in data:
        if isinstance(focus, BNode) or isinstance(value, BNode):
            yield Violation(_node(focus), _short(predicate), "is a blank node, which the graph does not allow")


def _shacl(data: Graph) -> Iterator[Violation]:
    """Runs the shapes; adds the stances' types to *data*, which stand in the ontology while data point to them."""
    import pyshacl
    from rdflib import Graph, URIRef

    for name in shapes.stances():
        data.add((URIRef(KG.NS + name), URIRef(RDF.type), URIRef(KG.Stance)))
    _, results, text = pyshacl.validate(data, shacl_graph=_bare_shapes(), inference="none", inplace=True)
    if not isinstance(results, Graph):
        raise ValidationError(f"the shapes cannot be applied: {text}")
    for result in results.subjects(URIRef(RDF.type), URIRef(SH + "ValidationResult")):
        yield _violation(results, result)


@cache
def _bare_shapes() -> Graph:
    """The shapes without their words: pySHACL reads all of a shape for each node (a quarter of the time)."""
    from rdflib import Graph

    bare = Graph(bind_namespaces="none")
    words = {SH + "name", SH + "description"}
    for subject, predicate, value in shapes.graph():
        if str(predicate).startswith((SH, RDF.NS)) and str(predicate) not in words:
            bare.add((subject, predicate, value))
    return bare


# ------------------------------------------------------------------ words for people
def _violation(results: Graph, result: Node) -> Violation:
    from rdflib import URIRef

    def one(name: str) -> Node | None:
        return results.value(result, URIRef(SH + name))

    component = str(one("sourceConstraintComponent")).removeprefix(SH).removesuffix("ConstraintComponent")
    shape, value = one("sourceShape"), one("value")
    message = _MESSAGES.get(component)
    if message is None:
        text = str(one("resultMessage"))
    else:
        wanted = "" if shape is None else _wanted(shape, component)
        text = f"{message} {wanted}".rstrip()
    return Violation(_node(one("focusNode")), _short(one("resultPath")), text, "" if value is None else _short(value))


_MESSAGES = {
    "MinCount": "is missing",
    "MaxCount": "has more than one value",
    "UniqueLang": "has two values in one language",
    "Datatype": "is not of type",
    "Class": "is not a node of class",
    "NodeKind": "is not an IRI",
    "In": "is none of",
    "Pattern": "does not match",
    "MinInclusive": "is less than",
    "MaxInclusive": "is greater than",
    "Or": "is of none of the kinds allowed",
}
_PARAMETERS = {name: name[0].lower() + name[1:] for name in _MESSAGES}


def _wanted(shape: Node, component: str) -> str:
    """What the shape asks for, for the components whose message ends with it."""
    from rdflib import URIRef

    ontology = shapes.graph()
    wanted = ontology.value(shape, URIRef(SH + _PARAMETERS[component]))
    if wanted is None or component in ("MinCount", "MaxCount", "UniqueLang", "NodeKind", "Or"):
        return ""
    if component == "In":
        return ", ".join(_short(value) for value in ontology.items(wanted))
    return _short(wanted)


def _node(term: Node | None) -> str:
    """The node's IRI whole, to be copied; a blank node's label changes with every reading, so it is not shown."""
    from rdflib import BNode

    return "a blank node" if isinstance(term, BNode) else str(term)


def _short(term: Node | None) -> str:
    """An IRI with the ontology's prefix where one fits, anything else as it reads; long values are cut."""
    from rdflib import BNode, URIRef

    if term is None:
        return ""
    text = _node(term) if isinstance(term, BNode) else str(term)
    if isinstance(term, URIRef):
        for prefix, namespace in shapes.prefixes().items():
            if text.startswith(namespace):
                return f"{prefix}:{text.removeprefix(namespace)}"
        return text
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 80 else one_line[:79] + "…"


def _parse(source: str | Iterable[str]) -> Graph:
    from rdflib import Dataset, Graph

    merged = Graph(bind_namespaces="none")
    try:
        if isinstance(source, str):
            return merged.parse(data=source, format="turtle")
        dataset = Dataset(default_union=True)
        text = "\n".join(line.rstrip("\r\n") for line in source) + "\n"
        with warnings.catch_warnings():  # RDFLib 7.6's own parser uses a property that RDFLib deprecates
            warnings.simplefilter("ignore", DeprecationWarning)
            dataset.parse(data=text, format="nquads")
    except Exception as error:  # the parsers raise BadSyntax, ParserError, ValueError, UnicodeDecodeError …
        raise ValidationError(f"not valid RDF: {' '.join(str(error).split())[:200]}") from error
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    return merged
