"""A graph opened for reading: one consistent generation, asked in Python.

Finding, order and search come from the index, the rest from the store: one query a kind of node, never one an object.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from kg import found, shapes
from kg.errors import QueryError, UsageError
from kg.found import Found
from kg.index import Filters
from kg.iris import fold
from kg.model import ACTOR_KINDS, DOCUMENT_KINDS, EVENT_KINDS, FORMS, STANCES
from kg.nodes import Nodes
from kg.store import Literal, Reader, Row, open_reader
from kg.stored import StoredActor, StoredClaim, StoredDocument, StoredEvent
from kg.terms import KG, SKOS

PAGE = 200
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"#[^\n]*|\bPREFIX\s+\S*\s*<[^>]*>|\bBASE\s*<[^>]*>", re.IGNORECASE)


class Graph:
    """The graph in the folder *root*, as somebody sees it who may read up to *marking* (default: everything).

    Everything it answers comes from the generation that was current when it was opened, or last refreshed.

    >>> g.generation
    1
    """

    def __init__(self, root: str | os.PathLike[str], marking: str = "RED") -> None:
        self.root = Path(root)
        self.marking = marking
        self.refresh()

    def refresh(self) -> None:
        """Moves on to the generation that is current now."""
        self._reader = open_reader(self.root, self.marking, schema=shapes.schema_version(), prefixes=shapes.prefixes())
        self._names: dict[str, set[str]] | None = None

    # -------------------------------------------------------------- what is in it
    def claims(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        stance: str | None = None,
        form: str | None = None,
        text: str | None = None,
        document: str | None = None,
        since: date | None = None,
        until: date | None = None,
        superseded: bool = False,
    ) -> Found[StoredClaim]:
        """The claims that satisfy all that is given, the newest first.

        *speaker* is an actor's name (any of its names, whatever the case and accents) or IRI, *about* such a name or
        the IRI of an actor or event, *text* words to search for, *document* an IRI; *since* and *until* are days,
        both inclusive, of the utterance or else the publication.

        >>> [claim.text for claim in g.claims(speaker="claire montaigu", form="direct", stance="asserts")]
        ['Nous avons déposé plainte']
        """
        words = {
            **self._actors("speaker", speaker),
            **self._actors("about", about),
            **_word("stance", stance, STANCES),
            **_word("form", form, FORMS),
            **({"graph": [document]} if document else {}),
        }
        return found.claims(self._find("claim", words, text, since, until, superseded).claims())

    def actors(
        self, *, name: str | None = None, kind: str | None = None, text: str | None = None
    ) -> Found[StoredActor]:
        """The actors called *name*, of a *kind* of `kg.model.ACTOR_KINDS` (finer kinds included), by name.

        >>> [(actor.name, actor.kind) for actor in g.actors(name="Claire Montaigu")]
        [('Claire Montaigu', 'Person')]
        """
        iris = sorted(self._called(name)) if name is not None else None
        words = _word("type", kind, ACTOR_KINDS)
        return found.actors(self._find("actor", words, text, iris=iris, order="name").actors())

    def events(
        self,
        *,
        kind: str | None = None,
        participant: str | None = None,
        text: str | None = None,
        since: date | None = None,
        until: date | None = None,
        superseded: bool = False,
    ) -> Found[StoredEvent]:
        """The events of a *kind* of `kg.model.EVENT_KINDS` in which the *participant* takes part, the newest first."""
        words = {**_word("type", kind, EVENT_KINDS), **self._actors("participant", participant)}
        return found.events(self._find("event", words, text, since, until, superseded).events())

    def documents(
        self,
        *,
        kind: str | None = None,
        outlet: str | None = None,
        language: str | None = None,
        text: str | None = None,
        since: date | None = None,
        until: date | None = None,
        superseded: bool = False,
    ) -> Found[StoredDocument]:
        """The documents, the newest first; those with a newer revision only when *superseded* asks for them.

        >>> [(document.title, document.publisher, str(document.published)) for document in g.documents()]
        [('Une fuite chez Boréal', "Agence d'essai", '2021-03-12')]
        """
        words = {
            **_word("type", kind, DOCUMENT_KINDS),
            **({"outlet": [outlet]} if outlet else {}),
            **({"language": [language]} if language else {}),
        }
        return found.documents(self._find("document", words, text, since, until, superseded).documents())

    def named(self, name: str) -> list[str]:
        """The IRIs that *name* may mean: actors called so, else documents of that path, address or title."""
        places = " ".join(f"<{predicate}>" for predicate in (KG.path, KG.url, KG.title))
        query = f"SELECT DISTINCT ?d {{ VALUES ?p {{ {places} }} ?d ?p ?name FILTER(STR(?name) = STR(?said)) }}"
        return sorted(self._called(name)) or sorted(
            str(row["d"]) for row in self._reader.select(query, said=Literal(name))
        )

    def query(self, sparql: str) -> Found[Row] | bool | str:
        """The answer of a SPARQL query over the union of all graphs: rows of a SELECT, the truth of an ASK, the
        N-Triples of a CONSTRUCT or DESCRIBE.  The ontology's prefixes are known.  Raises QueryError.

        >>> g.query("ASK { ?claim kg:stance kg:asserts }")
        True
        >>> [str(row["words"]) for row in g.query("SELECT ?words { ?claim kg:cue/kg:exact ?words }")]
        ['a déclaré']
        """
        form = _FORM.search(_PROLOGUE.sub(" ", sparql))
        if form is None:
            raise QueryError("SPARQL: a query is SELECT, ASK, CONSTRUCT or DESCRIBE")
        if form[1].upper() == "SELECT":
            return found.rows(self._reader.select(sparql))
        if form[1].upper() == "ASK":
            return self._reader.ask(sparql)
        return self._reader.construct(sparql).decode("utf-8")

    @property
    def reader(self) -> Reader:
        """The generation itself, for what the front door has no words for."""
        return self._reader

    @property
    def generation(self) -> int:
        """The number of the generation that answers."""
        return self._reader.number

    # -------------------------------------------------------------- what changes or copies it
    def retract(self, document: str) -> None:
        """Removes a document (by IRI, path or address) and all that came from it; UsageError for no such document."""
        from kg.ledger import find
        from kg.session import Session

        with Session(self.root) as session:
            session.retract(find(session.ledger, document))
        self.refresh()

    def export(self, path: str | os.PathLike[str], *, with_provenance: bool = False) -> None:
        """Writes the graph to a file, the same bytes for the same graph; the suffix (``.ttl``, ``.trig``, ``.nq``,
        ``.jsonld``, ``.csv``) says the format.  Clock times stay out unless *with_provenance*."""
        from kg.snapshot import save

        save(self._reader, Path(path), with_provenance=with_provenance)

    def close(self) -> None:
        """Lets go of the generation."""
        self._reader.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -------------------------------------------------------------- inside
    def _find(
        self,
        kind: str,
        words: Mapping[str, Sequence[str]],
        text: str | None,
        since: date | None = None,
        until: date | None = None,
        superseded: bool = True,
        iris: Sequence[str] | None = None,
        order: str = "date",
    ) -> Nodes:
        filters = Filters(words, since=since, until=until, iris=iris, superseded=superseded)
        return Nodes(self._reader, list(self._iris(kind, filters, text, order)))

    def _iris(self, kind: str, filters: Filters, text: str | None, order: str) -> Iterator[str]:
        after: str | None = None
        while True:
            page = self._reader.index.find(
                kind, filters, text=text, order=order, descending=order == "date", after=after, first=PAGE
            )
            yield from page.iris
            if not page.has_next:
                return
            after = page.hits[-1].cursor

    def _actors(self, field: str, name: str | None) -> dict[str, list[str]]:
        """The filter for actors called *name*; for a name that nobody has, one that nothing satisfies."""
        return {} if name is None else {field: sorted(self._called(name)) or ["urn:nobody"]}

    def _called(self, name: str) -> set[str]:
        """The IRIs of the actors called *name*; *name* itself when it is an IRI."""
        if "://" in name:
            return {name}
        if self._names is None:
            self._names = {}
            rows = self._reader.select(
                f"SELECT ?a ?name {{ ?a a <{KG.Actor}> ; <{SKOS.prefLabel}>|<{SKOS.altLabel}> ?name }}"
            )
            for row in rows:
                self._names.setdefault(fold(str(row["name"])), set()).add(str(row["a"]))
        return self._names.get(fold(name), set())


def _word(field: str, word: str | None, known: Iterable[str]) -> dict[str, list[str]]:
    """The filter ``field = word``; raises UsageError when *word* is not one of the *known* ones."""
    if word is None:
        return {}
    if word not in known:
        raise UsageError(f"no {field} {word!r}: {', '.join(known)}")
    return {field: [word]}
