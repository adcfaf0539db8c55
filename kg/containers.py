"""What goes with a container when it goes: its mails, their attachments, and what these hold in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.ledger import Held, Ledger
from kg.terms import KG

Select = Callable[[str], Sequence[Mapping[str, Any]]]
_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Inside:
    """What a container holds: the documents that go with it, and those that stay because a mail elsewhere has them
    attached, too, each with the IRI of such a mail."""

    gone: tuple[Held, ...]
    kept: tuple[tuple[Held, str], ...]


def inside(ledger: Ledger, select: Select, outer: Held) -> Inside:
    """What *outer* holds, however deep."""
    children: dict[str, list[Held]] = defaultdict(list)
    for one in ledger:
        if one.container is not None:
            children[one.container].append(one)
    everything = _below(children, outer, frozenset())
    if not everything:
        return Inside((), ())
    going = {one.iri for one in (outer, *everything)}
    elsewhere = _attached(select, [one.iri for one in everything], going)
    gone = _below(children, outer, frozenset(elsewhere))
    stay = [one for one in everything if one.iri in elsewhere]
    return Inside(tuple(gone), tuple((one, elsewhere[one.iri]) for one in stay))


def _below(children: Mapping[str, list[Held]], outer: Held, but: frozenset[str]) -> list[Held]:
    """All that stands in *outer*, without those whose IRI is in *but* and what they hold."""
    found: list[Held] = []
    seen = {outer.iri}
    waiting = [outer]
    while waiting:
        for one in children.get(waiting.pop().iri.rpartition("/")[2], ()):
            if one.iri not in seen and one.iri not in but:
                seen.add(one.iri)
                found.append(one)
                waiting.append(one)
    return found


def _attached(select: Select, files: Sequence[str], going: Iterable[str]) -> dict[str, str]:
    """Those of *files* that are attached to a mail which is not *going*, with the first such mail."""
    going = set(going)
    found: dict[str, str] = {}
    for at in range(0, len(files), _A_QUERY):
        values = " ".join(f"<{file}>" for file in files[at : at + _A_QUERY])
        query = f"SELECT ?file ?mail {{ VALUES ?file {{ {values} }} ?mail <{KG.attachment}> ?file }} ORDER BY ?mail"
        for row in select(query):
            if str(row["mail"]) not in going:
                found.setdefault(str(row["file"]), str(row["mail"]))
    return found
