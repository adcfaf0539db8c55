"""What is read off the text of a query or an update: its dataset clause, and the graphs an update can change.

Only the index rows of those graphs are made anew, so it errs on the safe side: whatever is not a graph named by a whole
IRI (a variable, ALL, NAMED, a relative IRI) means "any graph".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.store.nquads import DEFAULT_GRAPH

_NOISE = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)"""
    r'''|"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\'"""
    r"|(?P<comment>\#[^\n]*)",
    re.DOTALL,
)
_PREFIX = re.compile(r"\bPREFIX\s+([^\s:]*):\s*<([^<>]*)>", re.IGNORECASE)
_TARGET = re.compile(
    r"\b(GRAPH|WITH|INTO|TO|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b(?:\s*SILENT\b)?\s*(?=(\S*))", re.IGNORECASE
)
_FROM = re.compile(r"(?<![\w:?$@-])FROM\b\s*(?:NAMED\b\s*)?[<\w:]", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>]*")


def touched_graphs(update: str, prefixes: Mapping[str, str]) -> set[str] | None:
    """The graphs *update* may change (``""``: the default graph); None where it may be any.

    >>> sorted(touched_graphs("INSERT DATA { GRAPH <http://a.example/g> { <x:s> <x:p> 1 } }", {}))
    ['', 'http://a.example/g']
    >>> touched_graphs("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", {}) is None
    True
    """
    if "\\u" in update or "\\U" in update:
        return None  # an escape may spell a keyword or an IRI (SPARQL 1.1 section 19.2)
    text = without_text(update)
    names = {**prefixes, **declared_prefixes(text)}
    graphs = {DEFAULT_GRAPH}
    for _, target in _TARGET.findall(text):
        if target.upper() in ("GRAPH", "SILENT"):
            continue  # the keyword GRAPH that follows is a match of its own
        graph = _resolve(target, names)
        if graph is None:
            return None
        graphs.add(graph)
    return graphs


def declared_prefixes(sparql: str) -> dict[str, str]:
    """The prefixes that the query or update declares, with their IRIs."""
    return dict(_PREFIX.findall(without_text(sparql)))


def without_text(sparql: str) -> str:
    """The query or update without its strings and comments; IRIs stay."""
    return _NOISE.sub(lambda match: match["iri"] or " ", sparql)


def names_dataset(query: str) -> bool:
    """Whether the query has a FROM clause (SPARQL 1.1, section 13.2)."""
    return "FROM" in query.upper() and _FROM.search(without_text(query)) is not None


def _resolve(target: str, names: Mapping[str, str]) -> str | None:
    """The graph a token names, or None."""
    token = re.split(r"[{};]", target, maxsplit=1)[0]
    if token.upper() == "DEFAULT":
        return DEFAULT_GRAPH
    if match := re.match(r"<([^<>]*)>", token):
        return match[1] if _ABSOLUTE.fullmatch(match[1]) and "\\" not in match[1] else None
    prefix, colon, local = token.partition(":")
    if colon and prefix in names and _ABSOLUTE.fullmatch(names[prefix]) and "\\" not in local:
        return names[prefix] + local
    return None
