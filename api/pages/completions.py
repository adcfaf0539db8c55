"""What the query editor proposes: prefixes, classes, properties and stances of the ontology, with their words."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import orjson

from kg import shapes, terms

# The standard vocabularies of kg.terms, by the prefix that the ontology gives them.
STANDARD = {name.lower(): vocabulary for name, vocabulary in vars(terms).items() if hasattr(vocabulary, "NS")}


@cache
def completions(language: str) -> tuple[bytes, str]:
    """``{"prefixes": {name: IRI}, "terms": [{"name", "kind", "label", "info"}]}`` as JSON, and its ETag."""
    prefixes = shapes.prefixes()
    found = [
        _told(f"kg:{name}", "class", one.label, one.definition, language) for name, one in shapes.classes().items()
    ]
    for kind, some in (("property", shapes.properties()), ("stance", shapes.stances())):
        found += [_told(f"kg:{name}", kind, one.label, one.definition, language) for name, one in some.items()]
    for prefix, vocabulary in STANDARD.items():
        if prefix != "kg" and prefixes.get(prefix) == vocabulary.NS:
            names = sorted(name for name in vars(vocabulary) if not name.startswith("_") and name != "NS")
            found += [{"name": f"{prefix}:{name}", "kind": _kind(name), "label": "", "info": ""} for name in names]
    body = orjson.dumps({"prefixes": dict(prefixes), "terms": found})
    return body, f'"{sha256(body).hexdigest()[:16]}"'


def _told(name: str, kind: str, label: shapes.Texts, definition: shapes.Texts, language: str) -> dict[str, str]:
    return {"name": name, "kind": kind, "label": label.get(language, ""), "info": definition.get(language, "")}


def _kind(name: str) -> str:
    """Standard vocabularies write classes with a capital and properties without."""
    return "class" if name[:1].isupper() else "property"
