"""What a question of the front door finds: a list, and the same as plain records or as a table of pandas.

    with kg.open("graph") as g:
        g.claims(speaker="WikiLeaks").to_pandas()
        g.query("SELECT ?name { ?a a kg:Person ; skos:prefLabel ?name }").to_pandas()

pandas is asked for when ``to_pandas`` is called, and by nothing else: ``pip install 'claimgraph[notebook]'``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from kg.store import Literal, Row
from kg.stored import Evidence, StoredActor, StoredClaim, StoredDocument, StoredEvent

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
Record = dict[str, Any]
"""One row: names of columns and plain values."""


class Found(list[T]):
    """The rows found, in order; *columns* are those of their records, known even where there is no row."""

    def __init__(self, rows: Iterable[T], columns: Iterable[str], record: Callable[[T], Record]) -> None:
        super().__init__(rows)
        self.columns = list(columns)
        self._record = record

    def records(self) -> list[Record]:
        """A flat record a row.  Of evidence, the first span is given, with its paragraph; ``spans`` says how many
        there are."""
        made = map(self._record, self)
        return [{name: record[name] for name in self.columns} for record in made]

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a table; days become ``datetime64[s]``.  ImportError, in one line, where pandas is missing."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas() needs pandas: pip install 'claimgraph[notebook]'") from error
        table = pandas.DataFrame(self.records(), columns=self.columns)
        for name in self.columns:
            stated = table[name].dropna()
            if len(stated) and all(isinstance(one, date) and not isinstance(one, datetime) for one in stated):
                table[name] = pandas.Series(table[name].to_numpy(dtype="datetime64[s]"), index=table.index)
        return table


def claims(found: Iterable[StoredClaim]) -> Found[StoredClaim]:
    return Found(found, CLAIM, _claim)


def events(found: Iterable[StoredEvent]) -> Found[StoredEvent]:
    return Found(found, EVENT, _event)


def actors(found: Iterable[StoredActor]) -> Found[StoredActor]:
    return Found(found, ACTOR, _actor)


def documents(found: Iterable[StoredDocument]) -> Found[StoredDocument]:
    return Found(found, DOCUMENT, _stated)


def rows(found: list[Row]) -> Found[Row]:
    """The rows of a SELECT; literals become Python's own values where it has any.  A variable that is bound nowhere
    has no column."""
    names = list(dict.fromkeys(name for row in found for name in row))
    return Found(found, names, lambda row: {name: _plain(row.get(name)) for name in names})


PLACE = ("title", "evidence_start", "evidence_end", "evidence_exact", "paragraph", "spans")
CLAIM = (
    "iri", "speaker", "speaker_iri", "speaker_kind", "stance", "form", "cue", "text", "about", "confidence",
    "published", "publisher", "document", *PLACE,
)  # fmt: skip
EVENT = ("iri", "kind", "label", "begin", "end", "alleged", "roles", "document", *PLACE)
ACTOR = ("iri", "kind", "name", "aliases")
DOCUMENT = (
    "iri", "kind", "title", "publisher", "published", "language", "url", "path", "digest", "extractor", "marking",
    "superseded",
)  # fmt: skip


def _claim(one: StoredClaim) -> Record:
    speaker = one.speaker
    who = {"speaker": speaker.name, "speaker_iri": speaker.iri, "speaker_kind": speaker.kind} if speaker else {}
    nobody = {"speaker": None, "speaker_iri": None, "speaker_kind": None}
    return {**_stated(one), **nobody, **who, "about": list(one.about), **_place(one.evidence)}


def _event(one: StoredEvent) -> Record:
    roles = [{"role": role, "actor": actor} for role, actor in one.roles]
    return {**_stated(one), "roles": roles, **_place(one.evidence)}


def _actor(one: StoredActor) -> Record:
    return {**_stated(one), "aliases": list(one.aliases)}


def _stated(one: StoredClaim | StoredEvent | StoredActor | StoredDocument) -> Record:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _place(evidence: tuple[Evidence, ...]) -> Record:
    first = evidence[0] if evidence else None
    given = (first.title, first.start, first.end, first.exact, first.paragraph) if first else (None,) * 5
    return dict(zip(PLACE, (*given, len(evidence)), strict=True))


def _plain(term: object) -> object:
    if isinstance(term, Literal):
        return term.python()
    return None if term is None else str(term)
