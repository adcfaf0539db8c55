"""Holds a bundle of evidence (`kg.bundle`) against the source it speaks of; needs no graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.bundle import FORMAT, PREFIXES
from kg.errors import NotVerified
from kg.sources import Reading, Skipped, read
from kg.terms import KG

OA = PREFIXES["oa"]
LONGEST = 80
"""Characters of the source that an error shows."""


def verify(bundle: Path, source: Path) -> str:
    """One line that says what was found to be so; NotVerified, with one line that says why, where something was not."""
    made = _read(bundle)
    nodes = {node["@id"]: _expanded(node, made["@context"]) for node in made["@included"]}
    claim, document = made["kg:concerns"]["@id"], made["prov:wasDerivedFrom"]["@id"]
    _fits_together(nodes, claim, document)
    stated, found = nodes[document][KG.digest], _digest(source)
    if found != stated:
        raise NotVerified(f"{source} is not the source: its SHA-256 is {found}, the bundle's is {stated}")
    spans = [node for node in nodes.values() if KG.start in node and node.get(KG.document, {}).get("@id") == document]
    text = _text(source, stated, nodes[document].get(KG.language))
    for span in spans:
        _stands(span, text, source)
    return f"verified: {source} has the SHA-256 {stated}, and all {len(spans)} spans stand in it, word for word"


def _read(bundle: Path) -> dict[str, Any]:
    try:
        made = json.loads(bundle.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotVerified(f"{bundle} cannot be read as a bundle of evidence: {error}") from None
    whole = isinstance(made, dict) and made.get("dct:conformsTo") == FORMAT and isinstance(made.get("@included"), list)
    whole = whole and isinstance(made.get("@context"), dict)
    if not whole or not all(isinstance(node, dict) and "@id" in node for node in made["@included"]):
        raise NotVerified(f"{bundle} is no bundle of evidence: it does not say {FORMAT!r}")
    for name in ("kg:concerns", "prov:wasDerivedFrom"):
        if not isinstance(made.get(name), dict) or made[name].get("@id") not in {n["@id"] for n in made["@included"]}:
            raise NotVerified(f"{bundle} is not whole: what it calls {name} is not in it")
    return dict(made)


def _expanded(node: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """*node* with whole IRIs for the names of its properties."""
    parts = {name: name.partition(":") for name in node}
    return {
        f"{context[prefix]}{rest}" if colon and isinstance(context.get(prefix), str) else name: node[name]
        for name, (prefix, colon, rest) in parts.items()
    }


def _fits_together(nodes: Mapping[str, dict[str, Any]], claim: str, document: str) -> None:
    """The claim, its spans and its document belong to each other by their IRIs, which are made of what they are."""
    digest = nodes[document].get(KG.digest)
    if not isinstance(digest, str) or not document.endswith(f"/document/{digest[:32]}"):
        raise NotVerified(f"the bundle contradicts itself: {document} is not the document with the SHA-256 {digest}")
    said = nodes[claim]
    if said.get(KG.reportedIn) != {"@id": document}:
        raise NotVerified("the bundle contradicts itself: the claim is not reported in its document")
    contents = [nodes.get(each["@id"], {}) for each in _list(said.get(KG.evidence))]
    text = " ".join(str(span.get(KG.exact)) for span in sorted(contents, key=lambda span: int(span.get(KG.start, 0))))
    if not contents or said.get(KG.text) != text:
        raise NotVerified("the bundle contradicts itself: the claim's text is not that of its spans")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _digest(source: Path) -> str:
    try:
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotVerified(f"{source} cannot be read: {error.strerror}") from None


def _text(source: Path, digest: str, language: object) -> str:
    """The text that offsets point into, read from *source* as a build reads it."""
    reading = replace(Reading(), language=language if isinstance(language, str) else None)
    reasons: list[str] = []
    for item in read(source, reading):
        if isinstance(item, Skipped):
            reasons.append(item.reason)
        elif item.digest == digest:
            return item.text
    raise NotVerified(f"{source} is the source, but it cannot be read here: {'; '.join(reasons) or 'nothing in it'}")


def _stands(span: Mapping[str, Any], text: str, source: Path) -> None:
    start, end, exact = int(span[KG.start]), int(span[KG.end]), str(span[KG.exact])
    around = (str(span.get(f"{OA}prefix", "")), str(span.get(f"{OA}suffix", "")))
    if text[start:end] == exact and text[:start].endswith(around[0]) and text[end:].startswith(around[1]):
        return
    found = " ".join(text[start:end].split())[:LONGEST]
    said = f"{source} reads “{found}” at {start}-{end}, the bundle “{exact[:LONGEST]}”, or they differ in the paragraph"
    raise NotVerified(said)
