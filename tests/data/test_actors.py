"""The known actors: well formed, unique, closed, and free of attributions."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Node, URIRef
from rdflib.namespace import SKOS

from kg.iris import fold
from kg.model import ACTOR_KINDS

DATA = Path(__file__).resolve().parents[2] / "data"
KG = "https://claimgraph.example/ns#"
ACTOR = "https://claimgraph.example/actor/"
LINKS = tuple(URIRef(KG + name) for name in ("country", "founder", "leader", "memberOf", "parent"))
WORDS = tuple(URIRef(KG + name) for name in ("adjective", "noun", "sector"))
NAMES = (SKOS.prefLabel, SKOS.altLabel)
GIVEN = {"Nix"}  # short surnames that are no French or English word
COUNTRY = URIRef(KG + "GeopoliticalEntity")


@pytest.fixture(scope="module")
def graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.parse(DATA / "actors.ttl", format="turtle")
    return graph


def slug(node: Node) -> str:
    return str(node).removeprefix(ACTOR)


def literals(graph: Graph, subject: Node, *predicates: Node) -> list[Literal]:
    return [value for p in predicates for value in graph.objects(subject, p) if isinstance(value, Literal)]


def test_there_are_enough_of_each_kind(graph: Graph) -> None:
    kinds = Counter(str(kind).removeprefix(KG) for kind in graph.objects(None, RDF.type))
    assert sum(kinds.values()) >= 180
    assert kinds["GeopoliticalEntity"] >= 60
    assert all(kinds[kind] >= 10 for kind in ("Person", "Organization", "Party", "Company", "GovernmentBody"))
    assert all(kinds[kind] >= 10 for kind in ("MediaOutlet", "Platform", "Group"))
    assert set(kinds) <= set(ACTOR_KINDS)


def test_every_actor_has_a_good_iri_one_kind_and_a_name(graph: Graph) -> None:
    for actor in set(graph.subjects()):
        assert re.fullmatch(re.escape(ACTOR) + r"[a-z0-9]+(-[a-z0-9]+)*", str(actor)), actor
        assert len(list(graph.objects(actor, RDF.type))) == 1, actor
        languages = sorted(label.language or "" for label in literals(graph, actor, SKOS.prefLabel))
        assert languages in ([""], ["en", "fr"]), actor


def test_only_known_properties_with_the_right_values(graph: Graph) -> None:
    for subject, predicate, value in graph:
        if predicate in LINKS:
            assert (value, RDF.type, None) in graph, f"{slug(subject)} points to the undefined {value}"
            assert value != subject
        elif predicate in WORDS:
            assert isinstance(value, Literal) and value.language in ("fr", "en"), (subject, value)
        elif predicate in NAMES:
            assert isinstance(value, Literal) and value.language in (None, "fr", "en"), (subject, value)
        else:
            assert predicate in (RDF.type, SKOS.exactMatch), predicate
    for country in graph.objects(None, URIRef(KG + "country")):
        assert (country, RDF.type, COUNTRY) in graph, country


def test_labels_are_clean(graph: Graph) -> None:
    for predicate in (*NAMES, *WORDS):
        for subject, value in graph.subject_objects(predicate):
            text = str(value)
            assert text == unicodedata.normalize("NFC", " ".join(text.split())), (subject, text)
            assert "’" not in text and text, (subject, text)


def test_no_actor_bears_the_same_name_twice(graph: Graph) -> None:
    for actor in set(graph.subjects()):
        names = literals(graph, actor, *NAMES)
        for first in names:
            twins = [n for n in names if str(n) == str(first) and (n.language == first.language or not n.language)]
            assert twins == [first], (actor, first)


def test_names_shown_are_unique(graph: Graph) -> None:
    bearers = defaultdict(set)
    for actor, name in graph.subject_objects(SKOS.prefLabel):
        bearers[fold(str(name))].add(slug(actor))
    assert {name: who for name, who in bearers.items() if len(who) > 1} == {}


def deliberately_ambiguous() -> dict[str, set[str]]:
    """The rows of the README's table of names that two actors share."""
    table = (DATA / "README.md").read_text("utf-8").partition("| name | may be |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    found = [(set(re.findall("`(.+?)`", names)), set(re.findall("`(.+?)`", actors))) for names, actors in rows]
    return {name: actors for names, actors in found for name in names}


def test_a_shared_name_is_listed_as_ambiguous(graph: Graph) -> None:
    bearers = defaultdict(set)
    spelling = {}
    for predicate in NAMES:
        for actor, name in graph.subject_objects(predicate):
            bearers[fold(str(name))].add(slug(actor))
            spelling[fold(str(name))] = str(name)
    shared = {spelling[name]: who for name, who in bearers.items() if len(who) > 1}
    assert shared == deliberately_ambiguous()


def test_no_alias_is_an_ordinary_word(graph: Graph) -> None:
    """A one-word name has a capital, a digit or a dot; one of two or three signs has two of them."""
    for predicate in NAMES:
        for actor, name in graph.subject_objects(predicate):
            text = str(name)
            if " " not in text and "-" not in text:
                assert re.search(r"[A-ZÀ-Þ0-9.]", text), (actor, text)
                assert len(text) > 3 or re.search(r"[A-Z].*[A-Z0-9]", text) or text in GIVEN, (actor, text)


def test_countries_lend_adjectives_and_capitals(graph: Graph) -> None:
    speechless = {
        slug(c)
        for c in graph.subjects(RDF.type, COUNTRY)
        if not {"fr", "en"} <= {a.language for a in literals(graph, c, WORDS[0])}
    }
    assert speechless <= {"british-virgin-islands", "jersey", "liechtenstein"}
    for capital, country in (
        (Literal("Washington"), "united-states"), (Literal("Moscou", "fr"), "russia"),
        (Literal("Moscow", "en"), "russia"),
        (Literal("Londres", "fr"), "united-kingdom"), (Literal("London", "en"), "united-kingdom"),
        (Literal("Pékin", "fr"), "china"), (Literal("Beijing", "en"), "china"), (Literal("Berlin"), "germany"),
    ):  # fmt: skip
        assert (URIRef(ACTOR + country), SKOS.altLabel, capital) in graph


def test_the_origin_of_intruders_is_no_fact(graph: Graph) -> None:
    """Who is behind a hacking group is a claim, so the file must not state it."""
    trades = {Literal("cyberespionnage", "fr"), Literal("cybercriminalité", "fr")}
    groups = [g for g in graph.subjects(RDF.type, URIRef(KG + "Group")) if trades & set(graph.objects(g, WORDS[2]))]
    assert len(groups) >= 15
    for group in groups:
        stated = [slug(value) for link in LINKS for value in graph.objects(group, link)]
        assert stated == [], group


def test_wikidata_entities_are_used_once(graph: Graph) -> None:
    matches = list(graph.objects(None, SKOS.exactMatch))
    assert len(matches) == len(set(matches)) > 0
    for match in matches:
        assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*", str(match))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("wikileaks", {("founder", "julian-assange")}),
        ("trend-micro", {("country", "japan")}),
        ("kaspersky", {("country", "russia")}),
        ("en-marche", {("founder", "emmanuel-macron"), ("country", "france")}),
        ("viginum", {("parent", "sgdsn"), ("country", "france")}),
    ],
)
def test_facts_that_descriptions_need(graph: Graph, name: str, facts: set[tuple[str, str]]) -> None:
    for link, value in facts:
        assert (URIRef(ACTOR + name), URIRef(KG + link), URIRef(ACTOR + value)) in graph
