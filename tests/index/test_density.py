"""Windows are guesses: with them or without, pages are the same; and they do hold about what they should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.index import Filters, Index, density
from kg.index.density import Density
from kg.index.schema import STEPS, first_key
from kg.store import open_reader, open_writer
from tests.bench.generate import World


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root, world = tmp_path_factory.mktemp("density") / "graph", World(7)
    with open_writer(root, create=True) as writer:
        for number in range(25):
            one = world.document(number)
            writer.put(one.quads, [one.iri])
            writer.add(one.actors)
    return open_reader(root).index


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Windows are tried for every page, however few the rows; those that were are told."""
    for name in ("LEAST", "SHARE", "WORDS"):
        monkeypatch.setattr(density, name, 0)
    tried: list[object] = []
    find = density.Windows.find

    def told(self: density.Windows, *arguments: Any, **named: Any) -> tuple[int, int] | None:
        tried.append(find(self, *arguments, **named))
        return tried[-1]  # type: ignore[return-value]

    monkeypatch.setattr(density.Windows, "find", told)
    yield tried


FILTERS = [
    Filters(),
    Filters(words={"stance": ["denies"]}),
    Filters(words={"language": ["fr"]}, since=date(2015, 1, 1), until=date(2016, 12, 31)),
    Filters(since=date(2014, 1, 1)),
    Filters(until=date(2014, 1, 1)),
    Filters(since=date(1700, 1, 1), until=date(2300, 1, 1)),
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("order", ["date", "confidence"])
@pytest.mark.parametrize("descending", [True, False])
def test_pages_are_the_same_with_windows(
    index: Index, windows: list[object], filters: Filters, order: str, descending: bool
) -> None:
    with pytest.MonkeyPatch.context() as without:
        without.setattr(density, "LEAST", 1 << 62)
        whole = index.find("claim", filters, order=order, descending=descending, first=1_000).iris
    for backwards in (False, True):
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = index.find(
                "claim",
                filters,
                order=order,
                descending=descending,
                **({"last": 7, "before": cursor} if backwards else {"first": 7, "after": cursor}),  # type: ignore[arg-type]
            )
            found = [*page.iris, *found] if backwards else [*found, *page.iris]
            assert (page.has_next if backwards else page.has_previous) == (cursor is not None)
            if not (page.has_previous if backwards else page.has_next):
                break
            cursor = page.hits[0 if backwards else -1].cursor
        assert found == whole
    assert any(windows)


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1), st.data())
@settings(max_examples=50)
def test_a_window_holds_what_is_wanted_of_evenly_spread_rows(steps: dict[int, int], data: st.DataObject) -> None:
    width = STEPS["by_date"]
    rows = sorted(step * width + width * at // count for step, count in steps.items() for at in range(count))
    counts = sorted(steps.items())
    known = Density(
        width, [step * width for step, _ in counts], [sum(n for s, n in counts if s <= at) for at, _ in counts]
    )
    assert known.total == len(rows)
    wanted = data.draw(st.integers(1, len(rows)))
    cursor = data.draw(st.sampled_from(rows))
    low, high = known.window(cursor, None, wanted, upwards=True)
    assert (
        low == cursor
        and abs(sum(low < key < high for key in rows) - min(wanted, sum(key > cursor for key in rows))) <= 2
    )
    low, high = known.window(None, cursor, wanted, upwards=False)
    assert (
        high == cursor
        and abs(sum(low < key < high for key in rows) - min(wanted, sum(key < cursor for key in rows))) <= 2
    )


def test_the_first_key_of_a_day_is_below_all_of_it() -> None:
    assert first_key(date(2016, 5, 1)) < first_key(date(2016, 5, 2)) == first_key(date(2016, 5, 1)) + STEPS["by_date"]
