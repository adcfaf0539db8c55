"""The story's graph with a hostile document beside it, and by hand what resolution and checks add to a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pool import pool_of
from api.settings import Settings
from kg.iris import BASE, resolution_graph
from kg.model import Actor, Claim, Document, Event, Extraction, Interval, Mention, Span
from kg.nquads import iri, lang_string, string
from kg.session import Session
from kg.store import open_writer
from kg.terms import KG, RDF, SKOS, XSD
from tests.api.graphql.story import WIKILEAKS, write

BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "accept-language": "en"}
HOSTILE = "</title><script>alert('x')</script>\" onmouseover=\"alert(1)"
TEXT = (
    "Sample <b>text</b> & more.\n\n"
    "</div><script>alert(2)</script> The <i>archive</i> holds nine gigabytes, "
    "said Borealis<img src=x onerror=alert(3)>. "
    "Nothing else was said."
)  # fmt: skip


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def hostile() -> Extraction:
    """A document whose every string tries to leave its place."""
    speaker = "Borealis<img src=x onerror=alert(3)>"
    return Extraction(
        Document(
            digest=sha256(TEXT.encode()).hexdigest(), text=TEXT, language="en", title=HOSTILE, publisher=HOSTILE,
            author=HOSTILE, url="javascript:alert(4)", path="articles/<img>.txt",
            published=Interval(date(2031, 6, 1), date(2031, 6, 30), "month"), warnings=(HOSTILE,),
        ),
        mentions=(Mention(span(speaker), "proper"),),
        actors=(Actor("a1", "Organization", speaker, mentions=(0,)),),
        events=(Event("e1", "DataLeak", "<i>archive</i>", span("<i>archive</i>"), roles=(("target", "a1"),)),),
        claims=(
            Claim(
                "c1", span("said"), "say", (span("The <i>archive</i> holds nine gigabytes"),), "asserts", "indirect",
                "incise", speaker="a1", speaker_mention=0, about=("e1",), confidence=0.9,
            ),
        ),
        model="sample-1",
    )  # fmt: skip


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("pages") / "graph")
    with Session(root) as session:
        session.put(hostile())
    reader = pool_of(root).current()
    rows = reader.select("SELECT ?c { ?c a kg:Claim } ORDER BY ?c")
    events = reader.select("SELECT ?e { ?e a kg:Event } ORDER BY ?e")
    documents = reader.select("SELECT ?d { ?d a kg:Document } ORDER BY ?d")
    actors = reader.select('SELECT ?a { ?a skos:prefLabel ?n FILTER(STR(?n) = "Anne Rivoire") }')
    claims, reports = [str(row["c"]) for row in rows], [str(row["e"]) for row in events]
    quads = across(claims, reports, [str(row["d"]) for row in documents], str(actors[0]["a"]))
    with open_writer(root) as writer:
        writer.add("\n".join(quads).encode(), "CLEAR")
    return root


def across(claims: list[str], events: list[str], documents: list[str], other: str) -> Iterator[str]:
    """A contradiction, a repetition, a check, a collection, a shared event, an actor that may be another one."""

    def quads(node: str, *pairs: tuple[str, str]) -> Iterator[str]:
        for predicate, value in pairs:
            yield f"{iri(node)} {iri(predicate)} {value} {iri(resolution_graph(BASE))} ."

    for kind, one, two in (("contradicts", 1, 0), ("repeats", 2, 0)):
        yield from quads(
            f"{BASE}relation/{kind}", (RDF.type, iri(KG.ClaimRelation)), (KG.relationKind, string(kind)),
            (KG.fromClaim, iri(claims[one])), (KG.toClaim, iri(claims[two])), (KG.reason, string("<u>why</u>")),
        )  # fmt: skip
    leak = f"{BASE}collection/leak"
    yield from quads(
        leak, (RDF.type, iri(KG.Collection)), (SKOS.prefLabel, string("A <leak>")), (KG.marking, string("CLEAR")),
        (KG.messageCount, f'"2"^^{iri(XSD.integer)}'), (KG.passCount, f'"1"^^{iri(XSD.integer)}'),
    )  # fmt: skip
    yield from quads(
        documents[0], (KG.partOf, iri(leak)), (KG.senderAddress, string("a@<b>.example")),
        (KG.sentAt, f'"2031-05-02T10:00:00Z"^^{iri(XSD.dateTime)}'),
    )  # fmt: skip
    yield from quads(
        f"{BASE}finding/1", (RDF.type, iri(KG.Finding)), (KG.findingKind, string("late")),
        (KG.concerns, iri(documents[0])), (KG.against, iri(leak)),
        (KG.description, lang_string("sent after <midnight>", "en")),
        (KG.harmlessExplanation, lang_string("a clock was wrong", "en")),
    )  # fmt: skip
    yield from quads(
        f"{BASE}check/1", (RDF.type, iri(KG.Check)), (KG.checks, iri(claims[0])), (KG.against, iri(leak)),
        (KG.measure, string("size")), (KG.checkVerdict, string("disagrees")), (KG.expected, string("9 GB")),
        (KG.observed, string("<8 GB>")),
    )  # fmt: skip
    shared = f"{BASE}event/shared"
    yield from quads(
        shared, (RDF.type, iri(KG.Event)), (RDF.type, iri(KG.CyberAttack)),
        (SKOS.prefLabel, string("the shared event")),
        (KG.trigger, iri(f"{documents[0]}/span/0-6")), (KG.alleged, f'"true"^^{iri(XSD.boolean)}'),
        (KG.reportedIn, iri(documents[0])), (KG.confidence, f'"0.5"^^{iri(XSD.decimal)}'),
    )  # fmt: skip
    yield from quads(
        f"{documents[0]}/span/0-6", (RDF.type, iri(KG.Span)), (KG.document, iri(documents[0])),
        (KG.start, f'"0"^^{iri(XSD.integer)}'), (KG.end, f'"6"^^{iri(XSD.integer)}'), (KG.exact, string("Sample")),
    )  # fmt: skip
    for report in events:
        yield from quads(report, (KG.sharedEvent, iri(shared)))
    yield from quads(events[1], (KG.corrects, iri(events[0])))
    yield from quads(events[0], (KG.subEventOf, iri(events[1])))
    yield from quads(WIKILEAKS, (KG.maybeSameAs, iri(other)))


@pytest.fixture(scope="session")
def client(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(graph), headers=BROWSER) as client:
        yield client


@pytest.fixture(scope="session")
def writable(graph: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings=Settings(graph=graph, writable=True)), headers=BROWSER) as client:
        yield client


@pytest.fixture(scope="session")
def nodes(graph: Path) -> dict[str, str]:
    """The path of one node of each kind, and of the hostile document as ``hostile``."""
    reader = pool_of(graph).current()
    found = {
        kind.lower(): str(reader.select(f"SELECT ?n {{ ?n a kg:{kind} }} ORDER BY ?n LIMIT 1")[0]["n"])
        for kind in ("Claim", "Event", "Document", "Collection", "Span", "Mention")
    }
    digest = sha256(TEXT.encode()).hexdigest()
    found |= {"actor": WIKILEAKS, "hostile": f"{BASE}document/{digest[:32]}", "shared": f"{BASE}event/shared"}
    return {kind: node.removeprefix(BASE.rstrip("/")) for kind, node in found.items()}


Parsed = Callable[[str], Any]


@pytest.fixture(scope="session")
def parsed(client: TestClient) -> Parsed:
    """The page at a path, answered with 200, as a tree."""

    def get(path: str) -> Any:
        response = client.get(path)
        assert response.status_code == 200, (path, response.text)
        return lxml.html.document_fromstring(response.content)

    return get
