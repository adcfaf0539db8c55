"""Errors and reasons are read in the visitor's language, whatever room says them."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter

import lxml.html
import pytest
from starlette.testclient import TestClient

from api.pages.retold import error, identity
from api.pages.words import Words
from kg.iris import BASE
from kg.resolve.across import actors

FRENCH, ENGLISH = Words("fr"), Words("en")


def plain(said: str) -> str:
    """With ordinary spaces where the words of a language must not be parted."""
    return re.sub("[\u00a0\u202f]", " ", said)


def reasons() -> Iterator[str]:
    """What ``kg.resolve.across.actors`` gives as reasons, with a word wherever it puts one in."""
    for function in (actors.compare, actors._context):
        tree = ast.parse(inspect.getsource(function))
        said = [one for one in ast.walk(tree) if isinstance(one, ast.JoinedStr | ast.Constant)]
        inner = {id(part) for one in said if isinstance(one, ast.JoinedStr) for part in ast.walk(one)} - {
            id(one) for one in said if isinstance(one, ast.JoinedStr)
        }
        docstring = ast.get_docstring(tree.body[0]) if isinstance(tree.body[0], ast.FunctionDef) else None
        for one in said:
            parts = one.values if isinstance(one, ast.JoinedStr) else [one]
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "Person" for part in parts)
            if id(one) not in inner and " " in text and text.strip("; ") and inspect.cleandoc(text) != docstring:
                yield text


NEVER_ASKED = {
    "known to be two",
    "of two kinds",
    "given names differ: Person",
    "Person (Person)",
}  # no pair is left open


@pytest.mark.parametrize("reason", sorted(set(reasons()) - NEVER_ASKED))
def test_every_reason_for_one_actor_is_told_in_french(reason: str) -> None:
    bare = reason.removesuffix(" (Person)")
    told = plain(identity(f"{bare} (-0.20)", FRENCH))
    assert told.endswith(" (−0,20)") and bare not in told
    assert identity(f"{bare} (-0.20)", ENGLISH) == f"{bare} (−0.20)"


def test_reasons_are_joined_and_one_that_is_not_known_leaves_them_as_they_are() -> None:
    said = "names “A. Roux”, “Anne Roux” (0.72); one a Company, the other a MediaOutlet (-0.20)"
    french = "noms “A. Roux”, “Anne Roux” (0,72) ; l'un : entreprise, l'autre : média (−0,20)"
    assert plain(identity(said, FRENCH)) == french
    assert identity(said + "; never heard of (+1.00)", FRENCH) == ""


def test_both_sentences_name_the_same_things() -> None:
    read = tomllib.loads((files("api.pages") / "locales" / "said.fr.toml").read_text(encoding="utf-8"))
    for section in read.values():
        for english, french in section.items():
            names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, french)]
            assert names[1] <= names[0] and french.strip(), english


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/review", 404), ("/nowhere", 404), ("/?show=x", 400), ("/?month=2017-13", 400), ("/?since=x", 400),
        ("/?stance=x", 400), ("/?show=events&kind=x", 400), ("/?after=zz", 400), ("/matrix?since=x", 400),
        ("/matrix?speaker=-&event=a+b", 400), (f"/matrix?speaker=-&event={BASE}actor/x&stance=zz", 400),
        ("/network?node=x", 400), (f"/network?node={BASE}actor/nobody", 404), ("/contradictions?after=x", 400),
        ("/checks?after=1-0123456789ab&before=1-0123456789ab", 400), ("/?q=" + "x" * 400, 400),
    ],
)  # fmt: skip
def test_an_error_is_a_page_in_french(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"accept-language": "fr"})
    assert answer.status_code == status
    tree = lxml.html.document_fromstring(answer.content)
    assert tree.get("lang") == "fr" and not tree.xpath("//main//*[@lang='en']"), answer.text
    english = client.get(path, headers={"accept-language": "en"})
    mains = [lxml.html.document_fromstring(one.content).xpath("string(//main)") for one in (answer, english)]
    assert mains[0] != mains[1] and "{" not in mains[0]


def test_what_is_not_known_is_told_as_english() -> None:
    assert error("a thing nobody foresaw", FRENCH) == "" and error("a thing", ENGLISH) == "A thing."
