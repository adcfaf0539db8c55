"""Removing for good: neither text nor index entry, decision, older generation or freed block keeps what is purged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kg import quarantine
from kg.errors import GraphBusy
from kg.ledger import Held, find
from kg.session import Session
from kg.store import generations


def purge(root: Path, names: Iterable[str], waiting: Callable[[str], None] | None = None) -> list[Held]:
    """Retracts the documents that *names* mean and all that stands in them, and removes every trace; what was named.

    Raises UsageError for a name that means nothing; GraphBusy, when all is done, where a reader still holds an older
    generation: that goes when the graph is written to next, after it was let go.
    """
    with Session(root, waiting=waiting) as session:
        found = list(dict.fromkeys(find(session.ledger, name) for name in names))
        session.purge(found)
        current = session.commit()
        quarantine.forget(root, [one.path for one in found if one.path])
    older = [number for number in generations.numbers(root) if number != current]
    if older:
        raise GraphBusy(f"purged, but generation {older[0]} is being read: it goes with the next writing")
    return found
