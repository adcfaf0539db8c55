"""The index against plain Python over the same documents: every page, total and facet must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import iris
from kg.errors import LimitExceeded, UsageError
from kg.index import Filters, Index, Page
from kg.index.rows import IndexRow
from kg.index.schema import FORMAT, FORMAT_FILE, fold, name_key, name_start, name_start_of_key, register, schema
from kg.index.writer import document
from kg.model import STANCES
from kg.store import open_reader, open_writer
from tests.bench.generate import BASE, Made, World

DOCUMENTS = 12
ORDERS = ("date", "confidence", "name")


@pytest.fixture(scope="module")
def made() -> list[Made]:
    world = World(3, actors=60)
    return [world.document(number) for number in range(DOCUMENTS)]


@pytest.fixture(scope="module")
def root(made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("index") / "graph"
    with open_writer(root, create=True) as writer:
        for one in made:
            writer.put(one.quads, [one.iri])
            writer.add(one.actors)
    return root


@pytest.fixture(scope="module")
def index(root: Path) -> Index:
    return open_reader(root).index


def claims(made: list[Made]) -> Iterator[tuple[str, Any, Made]]:
    for one in made:
        names = {actor.id: actor.name for actor in one.extraction.actors}
        for claim in one.extraction.claims:
            content = [(span.start, span.end) for span in claim.content]
            speaker = names[str(claim.speaker)]
            yield iris.claim(one.iri, speaker, (claim.cue.start, claim.cue.end), content), claim, one


class Forgetful(dict[bytes, int]):
    """What another thread empties as soon as something is put in."""

    def __setitem__(self, key: bytes, value: int) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_a_count_is_given_though_another_thread_forgets_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_reader(root).index
    expected = index.count("claim")
    monkeypatch.setattr(index, "_counts", Forgetful())
    assert index.count("claim") == index.find("claim", first=1).total == expected > 0


def test_counts_are_remembered_in_little_room(root: Path) -> None:
    index = open_reader(root).index
    index.count("claim", Filters(iris=[f"https://x.example/{number}" for number in range(5_000)]))
    assert sum(map(len, index._counts)) < 100


def walk(ask: Callable[..., Page], size: int, *, backwards: bool = False) -> list[str]:
    """All rows, page by page, from the one end or the other."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = ask(last=size, before=cursor) if backwards else ask(first=size, after=cursor)
        found = [*page.iris, *found] if backwards else [*found, *page.iris]
        assert (page.has_next if backwards else page.has_previous) == (cursor is not None)
        if not (page.has_previous if backwards else page.has_next):
            assert len(found) == page.total
            return found
        cursor = page.hits[0 if backwards else -1].cursor


@settings(max_examples=25)
@given(
    kind=st.sampled_from(("claim", "actor", "event", "document", "passage")),
    order=st.sampled_from(ORDERS),
    descending=st.booleans(),
    size=st.integers(1, 60),
)
def test_pages_forwards_and_backwards_are_the_whole_list(
    index: Index, kind: str, order: str, descending: bool, size: int
) -> None:
    def ask(**page: Any) -> Page:
        return index.find(kind, order=order, descending=descending, **page)

    whole = ask(first=1_000).iris
    assert len(whole) == len(set(whole)) == index.count(kind)
    assert walk(ask, size) == whole
    assert walk(ask, size, backwards=True) == whole
    assert index.find(kind, order=order, descending=not descending, first=1_000).iris == whole[::-1]


def test_orders_are_what_they_are_called(index: Index, made: list[Made]) -> None:
    by_iri = {iri: claim for iri, claim, _ in claims(made)}
    days = [by_iri[iri].uttered.begin for iri in index.find("claim", first=200).iris]
    assert days == sorted(days, reverse=True)
    scores = [by_iri[iri].confidence for iri in index.find("claim", first=200, order="confidence").iris]
    assert scores == sorted(scores, reverse=True)
    names = [hit.body for hit in index.find("actor", first=200, order="name", descending=False).hits]
    assert names == sorted(names, key=fold)


def test_filters_and_facets_agree_with_plain_counting(index: Index, made: list[Made]) -> None:
    everything = list(claims(made))
    stances = Counter(claim.stance for _, claim, _ in everything)
    months = Counter(claim.uttered.begin.isoformat()[:7] for _, claim, _ in everything)
    outlets = Counter(one.extraction.document.publisher for _, _, one in everything)
    facets = index.facets("claim", ["stance", "month", "outlet"], limit=100)
    assert dict(facets["stance"]) == stances
    assert dict(facets["month"]) == months
    assert dict(facets["outlet"]) == outlets
    for stance in STANCES:
        found = index.find("claim", Filters(words={"stance": [stance]}), first=200)
        assert sorted(found.iris) == sorted(iri for iri, claim, _ in everything if claim.stance == stance)
    without = index.count("claim", Filters(without={"stance": ["denies", "asserts"]}))
    assert without == sum(number for stance, number in stances.items() if stance not in ("denies", "asserts"))
    assert index.count("claim", Filters(min_confidence=0.7)) == sum(one.confidence >= 0.7 for _, one, _ in everything)
    speaker, event = index.facets("claim", ["speaker", "about"], limit=1).values()
    words = [speaker[0][0], event[0][0]]
    either = index.find("claim", Filters(either=[(("speaker", "about"), words)]), first=200).iris
    apart = [index.find("claim", Filters(words={name: words}), first=200).iris for name in ("speaker", "about")]
    assert sorted(either) == sorted({*apart[0], *apart[1]}) and all(apart)
    some = [iri for iri, _, _ in everything[:7]]
    assert sorted(index.find("claim", Filters(iris=some), first=50).iris) == sorted(some)


@settings(max_examples=20)
@given(st.integers(-30, 4_100), st.integers(0, 400))
def test_a_range_of_days_takes_what_touches_it(index: Index, made: list[Made], first: int, length: int) -> None:
    since = date(2012, 1, 1) + timedelta(days=first)
    until = since + timedelta(days=length)
    expected = {iri for iri, claim, _ in claims(made) if since <= claim.uttered.begin <= until}
    found = index.find("claim", Filters(since=since, until=until), first=200)
    assert set(found.iris) == expected and found.total == len(expected)


def test_cursors_hold_across_generations(tmp_path: Path) -> None:
    world = World(5)
    documents = [world.document(number) for number in range(8)]
    with open_writer(tmp_path / "graph", create=True) as writer:
        for one in documents[:4]:
            writer.put(one.quads, [one.iri])
    for order in ORDERS:
        first = open_reader(tmp_path / "graph").index.find("claim", order=order, first=15)
        with open_writer(tmp_path / "graph") as writer:
            for one in documents[4:]:
                writer.put(one.quads, [one.iri])
        index = open_reader(tmp_path / "graph").index
        after = index.find("claim", order=order, first=200, after=first.hits[-1].cursor).iris
        whole = index.find("claim", order=order, first=200).iris
        assert after == whole[whole.index(first.iris[-1]) + 1 :]
        with open_writer(tmp_path / "graph") as writer:
            writer.remove([one.iri for one in documents[4:]])


def answers(index: Index) -> list[object]:
    found: list[object] = [index.rows]
    for kind in ("claim", "actor", "event", "document", "passage"):
        found += [
            [(hit.iri, hit.cursor, hit.body) for hit in index.find(kind, order=order, first=500).hits]
            for order in ORDERS
        ]
        found.append(index.facets(kind, ["speaker", "about", "participant", "type", "month", "language"], limit=500))
    return found


def test_the_rebuilt_index_gives_the_same_answers_as_the_grown_one(made: list[Made], tmp_path: Path) -> None:
    root = tmp_path / "graph"
    for part in (made[:5], made[3:8], made[8:]):
        with open_writer(root, create=True) as writer:
            for one in part:
                writer.put(one.quads, [one.iri])
                writer.add(one.actors)
    with open_writer(root) as writer:
        writer.remove([made[2].iri, made[6].iri])
        writer.rename(
            iris.unknown_actor(BASE, "Person", made[0].extraction.actors[0].name), BASE + "actor/x", [made[0].iri]
        )
    grown = answers(open_reader(root).index)
    with open_writer(root) as writer:
        writer.reindex()
    assert answers(open_reader(root).index) == grown


def test_relevance_puts_the_best_first_and_pages(index: Index, made: list[Made]) -> None:
    words = made[0].extraction.claims[0].text.split()
    page = index.find("passage", text=" ".join(words[:3]), order="relevance", first=5)
    assert page.hits[0].graph == made[0].iri
    assert page.hits[0].body == made[0].extraction.document.text[page.hits[0].start :][: len(page.hits[0].body)]

    def ask(**page: Any) -> Page:
        return index.find("passage", text=words[0][:2] + "*", order="relevance", **page)

    whole = ask(first=500)
    assert walk(ask, 7) == walk(ask, 7, backwards=True) == whole.iris
    scores = [hit.score or 0.0 for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": -1},
        {"first": 1, "last": 1},
        {},
        {"first": 1, "after": "x"},
        {"first": 1, "after": "1" * 30},
        {"first": 1, "order": "name", "after": '*] OR kind:"actor'},
        {"first": 1, "order": "relevance", "after": "x", "text": "a"},
        {"first": 1, "order": "size"},
        {"first": 1, "filters": Filters(words={"nothing": ["x"]})},
    ],
)
def test_what_cannot_be_asked_is_said(index: Index, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        index.find("claim", **wrong)


def test_an_empty_page_has_a_total(index: Index) -> None:
    page = index.find("claim", first=0)
    assert (page.hits, page.total, page.has_next, page.has_previous) == ((), DOCUMENTS * 10, True, False)


def test_relevance_ends_with_an_error_not_in_silence(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.index.search.RANKED", 10)
    page = index.find("claim", order="relevance", first=10)
    assert page.has_next
    with pytest.raises(LimitExceeded, match="first 10 hits"):
        index.find("claim", order="relevance", first=10, after=page.hits[-1].cursor)


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_rough_order_of_names_never_contradicts_the_exact_one(one: str, other: str) -> None:
    first, second = sorted((one, other), key=lambda name: name_key(name, "x"))
    assert name_start(first) <= name_start(second)
    assert name_start_of_key(name_key(one, "x")) == name_start(one)


@given(st.lists(st.sampled_from(["Le ministère", "Le ministere dit", "Ab", "a", "Zoé"]), min_size=1, max_size=40))
@settings(max_examples=15)
def test_names_with_one_beginning_are_paged_whole(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("names") / "index"
    rows = [IndexRow(iri=f"https://a.example/{number}", kind="actor", name=name) for number, name in enumerate(names)]
    writer = register(tantivy.Index(schema(), path=str(folder.mkdir() or folder))).writer(15_000_000, 1)
    for row in rows:
        writer.add_document(document(row))
    writer.commit()
    (folder / FORMAT_FILE).write_text(FORMAT)
    whole = [row.iri for row in sorted(rows, key=lambda row: name_key(row.name, row.iri))]

    def ask(**page: Any) -> Page:
        return Index(folder).find("actor", order="name", descending=False, **page)

    assert walk(ask, 3) == walk(ask, 3, backwards=True) == whole
