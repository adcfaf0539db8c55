"""The network around an actor or event: its links are the graph's, lead to their sentences, and stay in bounds."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pages import network as room
from api.pages.surroundings import GROUP_OF, GROUPS, TOGETHER, Link, Node, Surroundings
from api.pages.words import STANCES
from api.pool import pool_of
from kg.iris import BASE
from kg.model import ACTOR_KINDS, ROLES, Actor, Claim, Document, Extraction, Mention, Span
from kg.session import Session
from kg.tokens import create
from tests.api.graphql.story import WIKILEAKS, write
from tests.api.pages.conftest import BROWSER, Parsed

SHARED = f"{BASE}event/shared"
RIVOIRE = f"{BASE}actor/anne-rivoire-33be3a16"
SOLD = "Sample text.\n\nAnne Rivoire told investigators that WikiLeaks had sold the file to Borealis."
PREFER = "BIND(COALESCE(?shared, ?told) AS ?about)"


def told(client: TestClient, node: str, **given: str) -> dict[str, Any]:
    answer = client.get("/network", params={"node": node, "format": "json", **given})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def links(answer: dict[str, Any]) -> Counter[tuple[str, str, str]]:
    found = Counter({(one["source"], one["kind"], one["target"]): one["count"] for one in answer["edges"]})
    assert len(found) == len(answer["edges"]), "a link twice"
    return found


def in_the_graph(graph: Path) -> Counter[tuple[str, str, str]]:
    """Speaker, stance and topic of every claim that names both, as the store has them."""
    rows = pool_of(graph).current().select(
        "SELECT DISTINCT ?claim ?speaker ?stance ?about { ?claim kg:speaker ?speaker ; kg:stance ?stance ;"
        f" kg:about ?told OPTIONAL {{ ?told kg:sharedEvent ?shared }} {PREFER} }}"
    )  # fmt: skip
    return Counter((str(row["speaker"]), str(row["stance"]).rpartition("#")[2], str(row["about"])) for row in rows)


def test_links_around_an_actor_are_those_of_the_graph(graph: Path, client: TestClient) -> None:
    every = in_the_graph(graph)
    actors = {speaker for speaker, _, _ in every}
    assert len(actors) > 1
    for actor in actors:
        expected = {link: n for link, n in every.items() if actor in (link[0], link[2]) and link[0] != link[2]}
        found = {link: n for link, n in links(told(client, actor)).items() if link[1] in STANCES}
        assert found == expected, actor


def test_links_around_an_event_count_every_report_of_it(graph: Path, client: TestClient) -> None:
    answer = told(client, SHARED)
    expected = {link: n for link, n in in_the_graph(graph).items() if link[2] == SHARED}
    assert expected and {link: n for link, n in links(answer).items() if link[1] in STANCES} == expected
    reports = pool_of(graph).current().select("SELECT ?e { ?e kg:sharedEvent ?shared }")
    for report in (str(row["e"]) for row in reports):
        assert links(told(client, report)) == links(answer), "a report stands for its event"


def test_every_link_leads_to_as_many_sentences_as_it_says(client: TestClient, parsed: Parsed) -> None:
    seen = 0
    for node in (WIKILEAKS, SHARED):
        for edge in told(client, node)["edges"]:
            address, _, fragment = edge["href"].partition("#")
            tree = parsed(address)
            scope = tree.xpath(f"//*[@id='{fragment}']")[0] if fragment else tree
            if edge["kind"] in STANCES:
                assert len(scope.xpath(".//article")) == edge["count"], edge
                seen += 1
    assert seen > 2


def test_filters_leave_what_they_say(client: TestClient) -> None:
    every = links(told(client, RIVOIRE))
    accused = links(told(client, RIVOIRE, stance="accuses"))
    assert accused and accused == {link: n for link, n in every.items() if link[1] == "accuses"}
    for group in GROUPS:
        nodes = told(client, RIVOIRE, kind=group)["nodes"]
        assert nodes[0]["iri"] == RIVOIRE and {one["group"] for one in nodes[1:]} <= {group}
    assert told(client, RIVOIRE, kind="event")["nodes"][1:]
    early = links(told(client, RIVOIRE, until="2031-05-05"))
    assert sum(early.values()) < sum(every.values()) and all(every[link] >= n for link, n in early.items())
    for wrong in ({"stance": "x"}, {"kind": "x"}, {"since": "x"}, {"until": "2031-02-30"}):
        assert client.get("/network", params={"node": WIKILEAKS, **wrong}).status_code == 400, wrong


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story, and an AMBER document in which Anne Rivoire accuses WikiLeaks and a firm nobody else names."""

    def span(words: str) -> Span:
        return Span.of(SOLD, SOLD.index(words), SOLD.index(words) + len(words))

    names = ("Anne Rivoire", "WikiLeaks", "Borealis")
    root = write(tmp_path_factory.mktemp("marked") / "graph")
    secret = Extraction(
        Document(digest=sha256(SOLD.encode()).hexdigest(), text=SOLD, language="en", title="File", marking="AMBER"),
        mentions=tuple(Mention(span(name), "proper") for name in names),
        actors=(
            Actor("a1", "Person", names[0], mentions=(0,)), Actor("a2", "Platform", names[1], (), WIKILEAKS, (1,)),
            Actor("a3", "Company", names[2], mentions=(2,)),
        ),
        claims=(
            Claim("c1", span("told"), "tell", (span("WikiLeaks had sold the file to Borealis"),), "accuses",
                  "indirect", "subject-verb-que", speaker="a1", about=("a2", "a3"), confidence=0.9),
        ),
        model="sample-1",
    )  # fmt: skip
    with Session(root) as session:
        session.put(secret)
    return root


def test_what_is_not_there_or_not_for_everybody_is_not_found(marked: Path) -> None:
    with TestClient(create_app(marked)) as client:
        amber = {"authorization": f"Bearer {create(marked, 'read', 'AMBER')}"}
        rows = (
            pool_of(marked).current("AMBER").select('SELECT ?a { ?a skos:prefLabel ?n FILTER(STR(?n) = "Borealis") }')
        )
        borealis = str(rows[0]["a"])
        accused = {(RIVOIRE, "accuses", WIKILEAKS), (RIVOIRE, "accuses", borealis)}
        for node in (RIVOIRE, WIKILEAKS, borealis):
            address = {"node": node, "format": "json"}
            seen = {
                link for link in links(client.get("/network", params=address, headers=amber).json()) if node in link
            }
            assert {link for link in accused if node in link} <= seen
        for node in (RIVOIRE, WIKILEAKS):
            shown = told(client, node)
            assert not accused & links(shown).keys() and borealis not in json.dumps(shown)
        for node, status in ((borealis, 404), ("urn:nobody", 404), (f"{BASE}actor/nobody", 404), ("<>", 400)):
            assert client.get("/network", params={"node": node}).status_code == status, node


def test_the_roles_of_an_alleged_event_are_alleged(marked: Path) -> None:
    """What is only said to have happened is not shown as if it had."""
    reader = pool_of(marked).current()
    rows = reader.select("SELECT ?e { ?e a kg:CyberAttack ; kg:alleged ?yes FILTER(?yes) }")
    with TestClient(create_app(marked), headers=BROWSER) as client:
        event = str(rows[0]["e"])
        kinds = {link[1] for link in links(told(client, event))}
        assert {"alleged_agent", "alleged_target"} <= kinds and not kinds & set(ROLES)
        page = client.get("/network", params={"node": event, "lang": "fr"}).text
        assert "cible (allégué)" in page


def test_a_hub_is_cut_to_those_most_often_met(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    every = told(client, RIVOIRE)
    assert every["partial"] is False and len(every["nodes"]) > 2
    monkeypatch.setattr(room, "MOST", 1)
    cut = told(client, RIVOIRE)
    assert cut["partial"] is True and len(cut["nodes"]) == 2 and cut["nodes"][0]["iri"] == RIVOIRE
    assert set(links(cut)) < set(links(every))


def test_the_most_often_met_come_first() -> None:
    root = Node("r", "Root", "Person")
    around = Surroundings(root)
    for iri, kind, count in (("a", "Person", 1), ("b", "Company", 3), ("c", "Event", 2), ("d", "Person", 2)):
        around.add(Node(iri, iri.upper(), kind), Link("r", "asserts", iri), count)
    around.add(Node("a", "A", "Person"), Link("a", "denies", "r"), 3)
    assert [one.iri for one in around.most_met(9, None)] == ["a", "b", "c", "d"]
    assert [one.iri for one in around.most_met(2, None)] == ["a", "b"]
    assert [one.iri for one in around.most_met(9, "person")] == ["a", "d"]


def test_every_kind_has_a_form() -> None:
    assert set(GROUP_OF) == {*ACTOR_KINDS, "Event"} and set(GROUP_OF.values()) == set(GROUPS)


def test_a_link_of_two_actors_says_who_speaks() -> None:
    """Nobody is made the speaker of another's claim, nor is a claim about an event turned against who is in it."""
    nobody = {"addressee": None, "attributedTo": None, "about": []}
    of_both = {**nobody, "about": [{"iri": "a"}, {"iri": "b"}]}
    for speaker, more, expected in (
        ("a", of_both, Link("a", "denies", "b")), ("b", of_both, Link("b", "denies", "a")),
        ("a", {**nobody, "addressee": {"iri": "b"}}, Link("a", "denies", "b")),
        ("b", {**nobody, "attributedTo": {"iri": "a"}}, Link("b", "denies", "a")),
        ("a", {**nobody, "about": [{"iri": "an event with b in it"}]}, Link("a", "concerned", "b")),
        ("c", of_both, Link("a", "concerned", "b")), (None, of_both, Link("a", "concerned", "b")),
    ):  # fmt: skip
        via = {"iri": "v", "stance": "denies", "speaker": {"iri": speaker} if speaker else None, **more}
        assert room._step("a", "b", via) == expected == room._step("b", "a", via)
    assert room._step("b", "a", {"iri": "v", "label": "leak"}) == Link("a", TOGETHER, "b")


def test_chains_between_two_actors_are_a_network_too(client: TestClient, parsed: Parsed) -> None:
    address = f"/between?a={WIKILEAKS}&b={RIVOIRE}"
    shown = client.get(f"{address}&format=json").json()
    assert shown["paths"], "the story links them"
    steps = {frozenset((step["source"]["iri"], step["target"]["iri"])) for p in shown["paths"] for step in p["steps"]}
    assert {frozenset((one["source"], one["target"])) for one in shown["network"]["edges"]} == steps
    ways = {step["via"]["iri"] for path in shown["paths"] for step in path["steps"]}
    assert sum(one["count"] for one in shown["network"]["edges"]) == len(ways), "each claim or event once"
    (island,) = parsed(address).xpath("//*[@data-island='network']")
    assert client.get(island.get("data-source")).json()["network"] == shown["network"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_island_has_every_word_and_address_it_needs(client: TestClient, parsed: Parsed, language: str) -> None:
    for path in (f"/network?node={WIKILEAKS}&", f"{WIKILEAKS.removeprefix(BASE.rstrip('/'))}?"):
        (island,) = parsed(f"{path}lang={language}").xpath("//*[@data-island='network']")
        words = json.loads(island.get("data-words"))
        assert {f"role_{one}" for one in ROLES} | {f"stance_{one}" for one in STANCES} <= words.keys()
        assert all(words.values()) and "{nodes}" in words["net_label"] and "{n}" in words["net_more"]
        assert client.get(island.get("data-source")).json()["nodes"][0]["iri"] == WIKILEAKS
        hop = client.get(island.get("data-hop"), params={"node": WIKILEAKS})
        assert hop.status_code == 200


def test_whom_to_look_at_is_offered_first(client: TestClient, parsed: Parsed) -> None:
    offered = parsed("/network").xpath("//ul[@class='inline-list']//a")
    assert offered and all(client.get(one.get("href")).status_code == 200 for one in offered)
