"""Extraction -> quads: exact golden output, the same on each call, whole, without blank nodes, without clock times."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import iris, rdf
from kg.model import (
    ACTOR_KINDS,
    EVENT_KINDS,
    STANCES,
    Actor,
    Claim,
    Document,
    Event,
    Extraction,
    Interval,
    Mention,
    Quantity,
    Run,
    Span,
    Time,
)  # fmt: skip
from kg.rdf.document import extractor
from kg.resources import software_version
from kg.terms import KG, PROV, RDF, SKOS
from kg.validate import validate

GOLDEN = Path(__file__).parent / "golden" / "rdf"
BASE = "https://kg.example/"
TEXT = (GOLDEN / "article.txt").read_text(encoding="utf-8")


def span(exact: str) -> Span:
    start = TEXT.index(exact)
    return Span.of(TEXT, start, start + len(exact))


ARTICLE = Extraction(
    document=Document(
        digest=sha256(TEXT.encode()).hexdigest(),
        text=TEXT,
        language="fr",
        title='Le "dossier" Arvelle',
        publisher="claimgraph demo",
        url="https://news.example/a?b=c",
        path="article.txt",
        published=Interval.day(date(2026, 3, 9)),
        retrieved=datetime(2026, 3, 10, 8, 0, tzinfo=UTC),
        part_of="Arvelle files",
        warnings=("no dateline",),
    ),
    mentions=(
        Mention(span("Arvelle"), "proper", "Company", score=0.9),
        Mention(span('un proche du "dossier"'), "nominal", "Person"),
        Mention(span("Corvex"), "proper", "Group", score=1 / 3),
    ),
    actors=(
        Actor("a1", "Company", "Arvelle", aliases=("Arvelle SA",), mentions=(0,)),
        Actor("a2", "Person", 'un proche du "dossier"', mentions=(1,), named=False, member_of="a1"),
        Actor("a3", "Group", "Corvex", known=f"{iris.BASE}actor/corvex", mentions=(2,)),
    ),
    events=(
        Event("e1", "DataLeak", "données volées", span("volés"), roles=(("agent", "a3"), ("target", "a1")),
              interval=Interval(date(2026, 3, 1), None, "month"), alleged=True, confidence=0.6),
    ),
    claims=(
        Claim("c1", span("a assuré"), "assurer", (span("Nous n'avons rien perdu"),), "denies", "direct", "inverted",
              speaker="a1", speaker_mention=0, about=("e1", "a3"), uttered=Interval.day(date(2026, 3, 8))),
        Claim("c2", span("Selon"), "selon", (span("12 Go ont été"), span("par Corvex")), "asserts", "indirect", "selon",
              speaker="a2", imputed="a3", about=("e1",), hedged=True, candidates=(("a1", 0.2),)),
    ),
    quantities=(Quantity(span("12 Go"), "size", 12.0, None, "Go"),),
    times=(Time(span("dimanche"), "DATE", "2026-03-08", Interval.day(date(2026, 3, 8))),),
    model="model-1.0",
)  # fmt: skip
DOCUMENT = iris.document(BASE, ARTICLE.document.digest)


@pytest.fixture(autouse=True)
def fixed_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden files outlive releases of the software."""
    monkeypatch.setattr("kg.rdf.document.software_version", lambda: "0")
    extractor.cache_clear()


def parsed(lines: list[str]) -> set[ox.Quad]:
    return set(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_QUADS))


def objects(lines: list[str], subject: str, predicate: str) -> set[str]:
    return {value for (node, path, value) in values(lines) if (node, path) == (subject, predicate)}


def values(lines: list[str]) -> set[tuple[str, str, str]]:
    """Subject, predicate and object without their syntax; quads here hold neither blank nodes nor quoted triples."""
    found = set()
    for quad in parsed(lines):
        assert isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
        found.add((quad.subject.value, quad.predicate.value, quad.object.value))
    return found


# ------------------------------------------------------------------ golden
@pytest.mark.parametrize(
    ("name", "lines"),
    [("document.nq", rdf.document_quads), ("actors.nq", rdf.actor_quads)],
)
def test_golden(name: str, lines: object) -> None:
    assert callable(lines)
    text = "\n".join(lines(ARTICLE, BASE)) + "\n"
    if os.environ.get("KG_GOLDEN") == "write":
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text.splitlines() == (GOLDEN / name).read_text(encoding="utf-8").splitlines()


def test_same_quads_on_each_call_sorted_once_each() -> None:
    lines = rdf.document_quads(ARTICLE, BASE)
    assert lines == rdf.document_quads(ARTICLE, BASE) == sorted(set(lines))


def test_a_store_gives_the_lines_back() -> None:
    store = ox.Store()
    lines = rdf.document_quads(ARTICLE, BASE)
    store.load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    assert sorted(f"{quad} ." for quad in store) == lines


def test_graphs_are_the_document_s_and_its_text_s_and_nothing_else() -> None:
    graphs = {str(quad.graph_name) for quad in parsed(rdf.document_quads(ARTICLE, BASE))}
    assert graphs == {f"<{graph}>" for graph in rdf.document_graphs(ARTICLE.document, BASE)}
    assert not [line for line in rdf.document_quads(ARTICLE, BASE) if "_:" in line.split('"')[0]]


def test_what_is_written_conforms_to_the_ontology() -> None:
    corvex = f"<{BASE}actor/corvex> <{RDF.type}> <{KG.NS}"
    known = [f"{corvex}Group> .", f"{corvex}Actor> .", f'<{BASE}actor/corvex> <{SKOS.prefLabel}> "Corvex" .']
    run = Run("claimgraph", "0", "", datetime(2026, 3, 10, tzinfo=UTC))
    lines = [
        *rdf.document_quads(ARTICLE, BASE),
        *rdf.actor_quads(ARTICLE, BASE),
        *rdf.provenance_quads(run, [ARTICLE.document], BASE),
        *rdf.collection_quads(rdf.collection_iri("Arvelle files", BASE), "Arvelle files", "GREEN", {}, BASE),
        *known,
    ]
    assert validate(lines).lines() == []


# ------------------------------------------------------------------ text and spans
def test_every_span_lies_in_the_stored_text() -> None:
    about = {(node, path): value for node, path, value in values(rdf.document_quads(ARTICLE, BASE))}
    text = about[iris.text(BASE, TEXT), KG.content]
    spans = [node for (node, predicate) in about if predicate == KG.exact]
    assert text == TEXT and len(spans) >= 8
    for node in spans:
        assert about[node, KG.exact] == text[int(about[node, KG.start]) : int(about[node, KG.end])]


def test_a_text_s_graph_depends_on_the_text_alone() -> None:
    other = replace(ARTICLE.document, digest="0" * 64, title="Reprint", url=None)
    assert rdf.text_quads(other, BASE) == rdf.text_quads(ARTICLE.document, BASE)
    assert objects(rdf.document_quads(Extraction(other), BASE), iris.text(BASE, TEXT), PROV.wasDerivedFrom) == {
        iris.document(BASE, other.digest)
    }


def test_no_text_no_text_graph() -> None:
    silent = Document(digest="0" * 64, text="", kind="File", facts=(("byteSize", 3),))
    assert rdf.document_graphs(silent, BASE) == [iris.document(BASE, "0" * 64)]
    assert not [line for line in rdf.document_quads(Extraction(silent), BASE) if "graph/texts" in line]


def test_a_span_that_does_not_fit_its_text_is_refused() -> None:
    wrong = replace(ARTICLE.claims[0], cue=Span(0, 3, "abc"))
    with pytest.raises(ValueError, match="span 0:3 says 'abc', the text something else"):
        rdf.document_quads(replace(ARTICLE, claims=(wrong,)), BASE)


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(ValueError, match="lone surrogate"):
        rdf.document_quads(Extraction(replace(ARTICLE.document, title="a\ud800")), BASE)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any text, with actors, a claim and an event anywhere in it."""
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))

    def anywhere() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    actor = Actor("a1", draw(st.sampled_from(ACTOR_KINDS)), anywhere().exact, mentions=(0,), named=draw(st.booleans()))
    claim = Claim("c1", anywhere(), text, (anywhere(), anywhere()), draw(st.sampled_from(STANCES)), "mixed", "any",
                  speaker="a1", speaker_mention=0, about=("e1",), confidence=draw(st.floats(0, 1)))  # fmt: skip
    event = Event("e1", draw(st.sampled_from(EVENT_KINDS)), text, anywhere(), roles=(("place", "a1"),))
    document = Document(draw(st.sampled_from(["0" * 64, "f" * 64])), text, title=text)
    mention = Mention(anywhere(), "proper", score=draw(st.floats(0, 1)))
    return Extraction(document, mentions=(mention,), actors=(actor,), claims=(claim,), events=(event,))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extractions())
def test_whatever_the_text_the_quads_say_it_and_conform(extraction: Extraction) -> None:
    lines = rdf.document_quads(extraction, BASE)
    about = {(node, path): value for node, path, value in values(lines)}
    text = extraction.document.text
    assert about[iris.text(BASE, text), KG.content] == text
    for node, path in about:
        if path == KG.exact:
            assert about[node, KG.exact] == text[int(about[node, KG.start]) : int(about[node, KG.end])]
    assert validate([*lines, *rdf.actor_quads(extraction, BASE)]).lines() == []


# ------------------------------------------------------------------ clock times and versions
def test_clock_times_stand_in_provenance_only() -> None:
    assert not [line for line in rdf.document_quads(ARTICLE, BASE) if "dateTime" in line or KG.retrieved in line]
    later = replace(ARTICLE, document=replace(ARTICLE.document, retrieved=datetime(2027, 1, 1, tzinfo=UTC)))
    assert rdf.document_quads(later, BASE) == rdf.document_quads(ARTICLE, BASE)


def test_provenance_names_the_run_and_its_documents() -> None:
    run = Run("claimgraph", "0", "m", datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 10, 1, tzinfo=UTC))
    other = replace(ARTICLE.document, digest="0" * 64, retrieved=None)
    lines = rdf.provenance_quads(run, [ARTICLE.document, other], BASE)
    assert lines == rdf.provenance_quads(run, [other, ARTICLE.document], BASE)
    (node,) = {node for node, _, value in values(lines) if value == KG.Run}
    assert objects(lines, node, PROV.generated) == {DOCUMENT, iris.document(BASE, other.digest)}
    assert objects(lines, node, PROV.endedAtTime) == {"2026-03-10T01:00:00Z"}
    assert objects(lines, DOCUMENT, KG.retrieved) == {"2026-03-10T08:00:00Z"}
    assert {str(quad.graph_name) for quad in parsed(lines)} == {f"<{iris.provenance_graph(BASE)}>"}


def test_the_document_says_which_software_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    extractor.cache_clear()
    found = objects(rdf.document_quads(ARTICLE, BASE), DOCUMENT, KG.extractor)
    assert found == {f"claimgraph {software_version()} model-1.0"}


# ------------------------------------------------------------------ actors
def test_names_of_actors_stay_out_of_the_document_s_graph() -> None:
    lines = rdf.document_quads(ARTICLE, BASE)
    for node in rdf.mint_actors(ARTICLE, BASE).values():
        assert not [line for line in lines if line.startswith(f"<{node}>")]


def test_known_actors_follow_the_base() -> None:
    assert rdf.mint_actors(ARTICLE, BASE)["a3"] == f"{BASE}actor/corvex"
    assert rdf.mint_actors(ARTICLE, iris.BASE)["a3"] == f"{iris.BASE}actor/corvex"


def test_an_identity_assignment_renames_the_actor_everywhere() -> None:
    winner = f"{BASE}actor/arvelle-holding"
    loser = rdf.mint_actors(ARTICLE, BASE)["a1"]
    assigned = {"a1": winner}
    lines = rdf.document_quads(ARTICLE, BASE, assigned)
    assert not [line for line in lines if f"<{loser}>" in line] and [line for line in lines if f"<{winner}>" in line]
    told = rdf.actor_quads(ARTICLE, BASE, assigned)
    assert objects(told, winner, SKOS.altLabel) == {"Arvelle", "Arvelle SA"}
    assert not objects(told, winner, SKOS.prefLabel) and not objects(told, winner, RDF.type)


def test_known_actors_graph_states_superclasses() -> None:
    turtle = """@prefix kg: <https://claimgraph.example/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://claimgraph.example/actor/x> a kg:Party ; skos:prefLabel "X"@FR ; skos:exactMatch <http://w.example/Q1> ;
        kg:country <https://claimgraph.example/actor/y> ."""
    lines = rdf.known_actor_quads(turtle, BASE)
    assert objects(lines, f"{BASE}actor/x", RDF.type) == {KG.Party, KG.Organization, KG.Actor}
    assert objects(lines, f"{BASE}actor/x", KG.country) == {f"{BASE}actor/y"}
    assert objects(lines, f"{BASE}actor/x", SKOS.exactMatch) == {"http://w.example/Q1"}
    assert any('"X"@fr ' in line for line in lines)
    with pytest.raises(ValueError, match="blank node"):
        rdf.known_actor_quads(turtle + " [] a kg:Party .", BASE)


# ------------------------------------------------------------------ identity of nodes
def test_two_readings_of_the_same_words_are_two_nodes() -> None:
    denied = ARTICLE.claims[0]
    asserted = replace(denied, id="c9", stance="asserts", confidence=0.2)
    lines = rdf.document_quads(replace(ARTICLE, claims=(denied, asserted)), BASE)
    node = iris.claim(DOCUMENT, "Arvelle", (denied.cue.start, denied.cue.end), [(2, 25)])
    assert objects(lines, node, KG.stance) == {KG.denies}
    assert objects(lines, f"{node}-2", KG.stance) == {KG.asserts}


def test_a_repeated_claim_is_one_node() -> None:
    again = replace(ARTICLE.claims[0], id="c9")
    assert rdf.document_quads(replace(ARTICLE, claims=(*ARTICLE.claims, again)), BASE) == rdf.document_quads(
        ARTICLE, BASE
    )


def test_one_place_found_by_two_extractors_is_one_mention() -> None:
    weaker = replace(ARTICLE.mentions[0], extractor="pattern", score=0.1)
    lines = rdf.document_quads(replace(ARTICLE, mentions=(*ARTICLE.mentions, weaker)), BASE)
    assert lines == rdf.document_quads(ARTICLE, BASE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"speaker": "a9"}, "no actor has the id 'a9'"),
        ({"about": ("e9",)}, "no actor or event has the id 'e9'"),
        ({"speaker_mention": 7}, "no mention has the index 7"),
        ({"speaker_mention": -1}, "no mention has the index -1"),
    ],
)
def test_what_leads_nowhere_is_refused(change: dict[str, object], message: str) -> None:
    wrong = replace(ARTICLE.claims[0], **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=message):
        rdf.document_quads(replace(ARTICLE, claims=(wrong,)), BASE)


# ------------------------------------------------------------------ facts
def test_facts_take_the_datatype_of_their_shape() -> None:
    facts = (
        ("byteSize", 9), ("encrypted", True), ("latitude", 48.5), ("createdAt", datetime(2017, 4, 24, 9, tzinfo=UTC)),
        ("fileName", "a.doc"), ("infoHash", ("aa", "bb")),
    )  # fmt: skip
    torrent = Document("0" * 64, "", "Torrent", facts=(facts[0], facts[3], facts[4], facts[5]))
    lines = rdf.document_quads(Extraction(torrent), BASE)
    node = iris.document(BASE, "0" * 64)
    assert objects(lines, node, KG.byteSize) == {"9"} and objects(lines, node, KG.infoHash) == {"aa", "bb"}
    assert objects(lines, node, KG.createdAt) == {"2017-04-24T09:00:00Z"}
    assert validate(rdf.document_quads(Extraction(replace(torrent, kind="File", facts=facts[:5])), BASE)).conforms


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        (("messageId", "x"), "File has no property 'messageId'"),
        (("byteSize", "9"), "'9' is no value of byteSize"),
        (("byteSize", True), "True is no value of byteSize"),
        (("createdAt", date(2017, 4, 24)), "is no value of createdAt"),
    ],
)
def test_facts_the_ontology_does_not_know_are_refused(fact: tuple[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rdf.document_quads(Extraction(Document("0" * 64, "", "File", facts=(fact,))), BASE)
