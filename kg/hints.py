"""What a SPARQL query names that cannot be found: names that the ontology lacks, and nodes that a graph never mentions.

Such a query is answered with nothing, without a word; these are the words.  The query's text is read only as far as
names go (SPARQL 1.1, section 19.8): strings, comments, datatypes and the template of a CONSTRUCT are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from kg import shapes, terms
from kg.terms import KG

MOST = 20  # names of a query that are looked up
_TOKEN = re.compile(
    r"""(?P<prologue>\b(?:PREFIX\s+(?P<prefix>[\w.-]*):\s*<(?P<start>[^<>\s]*)>|BASE\s+<[^<>\s]*>))"""
    r"""|(?P<skipped>"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|\bCONSTRUCT\s*\{[^{}]*\}"""
    r"""|\^\^\s*(?:<[^<>\s]*>|[\w.-]*:\w+))"""
    r"""|<(?P<iri>[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\s]*)>"""
    r"""|(?<![\w?$@:])(?P<name>[A-Za-z][\w.-]*:[\w-]+)(?!\w*\()"""
    r"""|(?P<word>[?$]?\w+)""",
    re.DOTALL | re.IGNORECASE,
)
# What other vocabularies name so, and this one otherwise: by the name without its prefix, in lower case.
OTHERWISE = {
    "label": "skos:prefLabel", "name": "skos:prefLabel", "alias": "skos:altLabel", "altname": "skos:altLabel",
    "sameas": "skos:exactMatch", "date": "kg:published", "source": "kg:reportedIn", "says": "kg:speaker",
}  # fmt: skip
_STANDARD = {name.lower(): vocabulary for name, vocabulary in vars(terms).items() if hasattr(vocabulary, "NS")}


@dataclass(frozen=True, slots=True)
class Hint:
    """*name* as the query writes it; *instead* what may be meant, "" where nothing is near; *ontology*: whether the
    ontology should have it and has not, else it is the graph that does not mention it."""

    name: str
    instead: str
    ontology: bool

    def __str__(self) -> str:
        said = "the ontology has no" if self.ontology else "nothing in this graph mentions"
        return f"{said} {self.name}" + (f"; did you mean {self.instead}?" if self.instead else "")


def hints(query: str, mentions: Callable[[str], bool] | None = None) -> list[Hint]:
    """What *query* names in vain, each once; *mentions* tells whether the graph has an IRI anywhere.

    What may be meant is of the same role: a property for a property, a class for a class.

    >>> [str(hint) for hint in hints("SELECT * { ?claim kg:speeker ?who ; kg:stance kg:denies }  # kg:nothing")]
    ['the ontology has no kg:speeker; did you mean kg:speaker?']
    >>> [str(hint) for hint in hints("SELECT * { ?a rdfs:label ?n }", lambda iri: "rdf-schema" not in iri)]
    ['nothing in this graph mentions rdfs:label; did you mean skos:prefLabel?']
    """
    known = {*shapes.properties(), *shapes.classes(), *shapes.stances()}
    found: dict[str, Hint] = {}
    looked = 0
    for written, iri, before in _named(query):
        local = iri.removeprefix(KG.NS)
        if written in found or iri.startswith(terms.XSD.NS):  # a function that converts
            continue
        if iri.startswith(KG.NS) and local not in known:
            found[written] = Hint(written, _near(iri, before, lambda _: True), True)
        elif mentions is not None and looked < MOST:
            looked += 1
            if not mentions(iri):
                ours = iri.startswith(KG.NS)  # well written: there is only none of it
                found[written] = Hint(written, "" if ours else _near(iri, before, mentions), False)
    return list(found.values())


def _named(query: str) -> Iterator[tuple[str, str, str]]:
    """Each name with its IRI and the word before it; an unknown prefix is the parser's to refuse."""
    prefixes, before = dict(shapes.prefixes()), ""
    for token in _TOKEN.finditer(query):
        if token["prefix"] is not None:
            prefixes[token["prefix"]] = token["start"]
        elif token["iri"]:
            yield f"<{token['iri']}>", token["iri"], before
        elif token["name"]:
            prefix, _, local = token["name"].partition(":")
            if prefix in prefixes:
                yield token["name"], prefixes[prefix] + local, before
        before = token[0]


def _near(iri: str, before: str, mentions: Callable[[str], bool]) -> str:
    """A name of the same role that is there, near to that of *iri* or what the ontology calls the same; "" for none."""
    local = re.split(r"[#/:]", iri)[-1]
    candidates = _candidates(local, before)
    if local[:1].islower() and (same := OTHERWISE.get(local.lower(), "")) in candidates and mentions(candidates[same]):
        return same
    near = get_close_matches(local, [name.partition(":")[2] for name in candidates], 5)
    for name in (name for one in near for name in candidates if name.partition(":")[2] == one):
        if candidates[name] != iri and mentions(candidates[name]):
            return name
    return ""


def _candidates(local: str, before: str) -> Mapping[str, str]:
    """Names of the role in which *local* stands, each with its IRI: after ``a`` a class, after ``kg:stance`` one."""

    def ours(names: Iterable[str]) -> dict[str, str]:
        return {f"kg:{name}": KG.NS + name for name in names}

    if before == "kg:stance":
        return ours(shapes.stances())
    if before in ("a", "rdf:type") or local[:1].isupper():
        return ours(shapes.classes())
    standard = {
        f"{prefix}:{name}": str(value)
        for prefix, vocabulary in _STANDARD.items()
        for name, value in vars(vocabulary).items()
        if prefix != "kg" and name[:1].islower() and shapes.prefixes().get(prefix) == vocabulary.NS
    }
    return ours(shapes.properties()) | standard
