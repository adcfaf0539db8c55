"""What events are called: more than a bare verb, in the language of the page, and no more than the text says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.pages.naming import full, title
from api.pages.words import Words

FRENCH, ENGLISH = Words("fr"), Words("en")


def plain(said: str) -> str:
    """With ordinary spaces where the words of a language must not be parted."""
    return re.sub("[\u00a0\u202f]", " ", said)


def event(label: str, kind: str, *roles: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "label": label, "kind": kind, "roles": [{"role": role, "actor": {"name": name}} for role, name in roles],
        "begin": None, "end": None, "precision": None, "alleged": False,
        "reportedIn": {"published": "2031-05-06", "publishedPrecision": "day"}, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "french", "english"),
    [
        (event("arrested", "Arrest", ("agent", "La police"), ("target", "Anne Rivoire")),
         "Arrestation : La police → Anne Rivoire (« arrested »)", "Arrest: La police → Anne Rivoire (“arrested”)"),
        (event("publiés", "Publication", ("agent", "A"), ("agent", "B"), ("agent", "C"), ("place", "Orvelle")),
         "Publication : A et B … (« publiés »)", "Publication: A and B … (“publiés”)"),
        (event("averti Orvelle", "Warning", ("agent", "Anne Rivoire")),
         "Mise en garde : Anne Rivoire (« averti Orvelle »)", "Warning: Anne Rivoire (“averti Orvelle”)"),
        # What is told in words of its own, or names who takes part, stands for itself.
        (event("fuite  des\nmessages", "DataLeak"), "Fuite des messages", "Fuite des messages"),
        (event("hit Orvelle", "CyberAttack", ("agent", "X"), ("target", "Orvelle")), "Hit Orvelle", "Hit Orvelle"),
        # The word of the kind is not said twice; a kind that says nothing is not said at all.
        (event("cyberattaque", "CyberAttack"), "Cyberattaque", "Cyber attack"),
        (event("leak", "DataLeak", ("agent", "X")), "Fuite de données : X", "Data leak: X"),
        (event("plainte", "OtherEvent", ("agent", "X")), "Plainte : X", "Plainte: X"),
        (event("plainte", "OtherEvent"), "Plainte", "Plainte"),
    ],
)  # fmt: skip
def test_a_title(told: dict[str, Any], french: str, english: str) -> None:
    assert (plain(title(told, FRENCH)), title(told, ENGLISH)) == (french, english)


def test_a_name_that_stands_alone_tells_the_day_and_what_is_only_alleged() -> None:
    dated = event("piraté", "CyberAttack", begin="2031-05-01", end="2031-05-31", precision="month", alleged=True)
    assert plain(full(dated, FRENCH)) == "Cyberattaque (« piraté »), mai 2031, allégué"
    assert full(event("leak", "DataLeak"), ENGLISH) == "Data leak, report of 6 May 2031"
    assert full(event("leak", "DataLeak", reportedIn={"published": None}), ENGLISH) == "Data leak"


def test_pages_name_events_in_their_language(client: TestClient) -> None:
    data = {one: client.get("/matrix", params={"lang": one, "format": "json"}).json() for one in ("fr", "en")}
    for language, page in data.items():
        labels = {cell["label"] for cell in page["cells"]}
        assert labels and all(" " in label for label in labels), (language, labels)
        opened = next(cell for cell in page["cells"] if cell["speaker"].startswith("http"))
        around = client.get("/network", params={"node": opened["event"], "lang": language, "format": "json"}).json()
        assert around["node"]["name"] == opened["label"]
