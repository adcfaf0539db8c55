"""The pages of a leak: the mailbox, its mails, what is attached to them, their collection."""

from __future__ import annotations

from email.message import EmailMessage
from mailbox import mbox
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from api.app import create_app
from kg.sources import Reading
from kg.store import Reader, Row

KINDS = {"Archive", "EmailMessage", "File"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leak")
    box = mbox(folder / "box.mbox")
    for number in (1, 2):
        mail = EmailMessage()
        mail["From"], mail["To"] = "a@orvelle.example", "b@orvelle.example"
        mail["Date"], mail["Message-ID"] = f"Mon, 0{number} May 2017 10:00:00 +0000", f"<{number}@orvelle.example>"
        if number == 1:
            mail["Subject"] = "Tract"
        mail.set_content("Texte inventé.")
        mail.add_attachment(f"nom;valeur\n{number};2\n", subtype="csv", filename="liste.csv")
        box.add(mail)
    box.flush()
    reading = Reading(root=folder, collection="Boîte (inventée)")
    kg.build([folder / "box.mbox"], into=folder / "graph", reading=reading)
    return folder / "graph"


def test_every_document_of_a_leak_has_its_page(graph: Path) -> None:
    with kg.open(graph) as g:
        documents = g.documents()
        collection = g.query("SELECT ?c { ?c a kg:Collection }")
    assert {document.kind for document in documents} >= KINDS
    assert isinstance(collection, kg.Found)
    nodes = [*(document.iri for document in documents), *(str(row["c"]) for row in collection)]
    with TestClient(create_app(graph), headers={"accept": "text/html"}) as client:
        for node in nodes:
            for language in ("fr", "en"):
                path = "/" + node.split("/", 3)[3]
                answer = client.get(path, params={"lang": language})
                assert answer.status_code == 200, (path, answer.text)
        mail = next(document for document in documents if document.kind == "EmailMessage")
        page = client.get("/" + mail.iri.split("/", 3)[3], params={"lang": "en"}).text
    assert "box.mbox" in page and "Boîte (inventée)" in page


def test_sums_over_a_collection_are_made_once_a_generation(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    select = Reader.select

    def counting(self: Reader, sparql: str, **bindings: object) -> list[Row]:
        asked.append(sparql)
        return select(self, sparql, **bindings)

    monkeypatch.setattr(Reader, "select", counting)
    with TestClient(create_app(graph)) as client:
        iri = client.get("/sparql", params={"query": "SELECT ?c { ?c a kg:Collection }"}).json()
        path = "/" + iri["results"]["bindings"][0]["c"]["value"].split("/", 3)[3]
        first, again = (client.get(path, params={"format": "json"}).json() for _ in range(2))
    assert first == again and first["months"] == [{"month": "2017-05", "count": 2}]
    assert len([query for query in asked if "GROUP BY ?sender" in query]) == 1
    assert any("GROUP BY ?sender" in query["query"] for query in again["queries"])


def test_of_two_collections_each_counts_its_own_mails(tmp_path: Path) -> None:
    """One collection alone is counted without asking each mail for it; beside another it is."""
    for name, sender, count in (("Une", "a", 3), ("Deux", "b", 2)):
        box = mbox(tmp_path / f"{name}.mbox")
        for number in range(count):
            mail = EmailMessage()
            mail["From"], mail["To"] = f"{sender}@orvelle.example", "c@orvelle.example"
            mail["Date"], mail["Message-ID"] = "Mon, 01 May 2017 10:00:00 +0000", f"<{sender}{number}@orvelle.example>"
            mail.set_content("Texte inventé.")
            box.add(mail)
        box.close()
        kg.build([tmp_path / f"{name}.mbox"], into=tmp_path / "g", reading=Reading(root=tmp_path, collection=name))
    with kg.open(tmp_path / "g") as g:
        rows = g.reader.select("SELECT ?c ?n { ?c a kg:Collection ; skos:prefLabel ?n }")
        nodes = {str(row["n"]): str(row["c"]) for row in rows}
    with TestClient(create_app(tmp_path / "g")) as client:
        for name, sender, count in (("Une", "a", 3), ("Deux", "b", 2)):
            page = client.get("/" + nodes[name].split("/", 3)[3], params={"format": "json"}).json()
            assert page["senders"] == [{"sender": f"{sender}@orvelle.example", "count": count}]
            assert page["months"] == [{"month": "2017-05", "count": count}]
