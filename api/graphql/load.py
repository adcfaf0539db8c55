"""Reads what a compiled operation needs, breadth first: the index finds pages, then ONE query a nesting level joins.

root fields ─ index ─▶ IRIs ─┐
   ┌────────────────────────┘
   └▶ level: all objects of all fields of this depth ─ one SPARQL ─▶ facts ─▶ links (and nested pages) ─▶ next level
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from api.graphql.compile import Selected, below
from api.graphql.facts import Facts, Value
from api.graphql.fields import TEXT_AROUND, TEXT_OF, type_of
from api.graphql.limits import Deadline
from api.graphql.lookups import Answer, Lookups
from api.graphql.sources import SOURCES
from kg.store import Reader
from kg.store.terms import sparql
from kg.terms import KG, RDF

Level = list[tuple[Sequence[Selected], Iterable[str]]]


@dataclass(slots=True)
class Loader:
    """One operation's reading of one generation."""

    reader: Reader
    facts: Facts
    lookups: Lookups
    deadline: Deadline

    def load(self, root: Sequence[Selected]) -> None:
        """Fills the facts with all that the fields *root* of Query need."""
        level: Level = []
        for each in root:
            level += self._keep("", each, self.lookups.root(each))
        self._descend(level)

    def follow(self, selected: Selected, answer: Answer) -> None:
        """Fills the facts with what *selected* needs of an *answer* that is found already."""
        self._descend(self._keep("", selected, answer))

    def exists(self, iri: str, kind: str) -> bool:
        """Whether the graph has *iri* as a node of *kind*."""
        self._join([((), [iri])])
        return type_of(self.facts, iri) == kind

    def _descend(self, level: Level) -> None:
        while level:
            self.deadline.check()
            self._join(level)
            level = self._next(level)

    def _keep(self, parent: str, selected: Selected, answer: Answer) -> Level:
        """Puts the answer where the resolver finds it; gives the level below."""
        for node in selected.nodes:
            self.facts.found[parent, id(node)] = answer.value
        inside = selected.selects if selected.is_node else below(selected.selects)
        return [(inside, answer.iris)] if answer.iris else []

    # ------------------------------------------------------------------ one level
    def _join(self, level: Level) -> None:
        """One query for all objects of the level; none where everything is known already."""
        wanted: dict[str, set[str]] = {}
        for selects, iris in level:
            predicates = {RDF.type}.union(*(p for each in selects for p in _predicates(each)))
            for iri in iris:
                missing = self.facts.missing(iri, predicates)
                if missing:
                    wanted.setdefault(iri, set()).update(missing)
        if not wanted:
            return
        rows = self.lookups.trace.select(self.reader, query(wanted))
        for iri, predicates in wanted.items():
            self.facts.ask(iri, predicates)
        for row in rows:
            subject, value = str(row["s"]), row["o"]
            predicate = str(row["p"]) if "p" in row else TEXT_OF
            if predicate == TEXT_OF:
                self.facts.ask(subject, (TEXT_OF,))
            self.facts.add(subject, predicate, Value(str(value), getattr(value, "language", None) or ""))
        self._texts(wanted)

    def _texts(self, wanted: dict[str, set[str]]) -> None:
        """A span whose document keeps no text has been asked for it all the same."""
        for iri, predicates in wanted.items():
            if TEXT_AROUND in predicates:
                for document in self.facts.all(iri, KG.document):
                    self.facts.ask(document.text, (TEXT_OF,))

    def _next(self, level: Level) -> Level:
        """The links of the level's objects, merged by field, and the pages that hang on them."""
        following: Level = []
        for selects, iris in level:
            kinds = [(iri, type_of(self.facts, iri)) for iri in iris]
            for each in selects:
                here = [iri for iri, kind in kinds if kind in each.on]
                if not here or not each.selects:
                    continue
                kind = next(iter(each.on & SOURCES.keys()), "")
                source = SOURCES.get(kind, {}).get(each.python_name)
                if source is None:
                    following += self._pages(here, each)
                elif source.target is not None:
                    inside = each.selects if each.is_node else below(each.selects)
                    linked = (v.text for iri in here for p in source.predicates for v in self.facts.all(iri, p))
                    following.append((inside, list(dict.fromkeys(linked))))
        return following

    def _pages(self, parents: Sequence[str], selected: Selected) -> Level:
        """A connection below each of *parents*; its objects join the next level all together."""
        inside: Sequence[Selected] = below(selected.selects)
        found: dict[str, None] = {}
        for parent, answer in self.lookups.nested(parents, selected):
            self.deadline.check()
            self._keep(parent, selected, answer)
            found.update(dict.fromkeys(answer.iris))
        return [(inside, list(found))] if found else []


def _predicates(selected: Selected) -> Iterable[tuple[str, ...]]:
    for kind in selected.on:
        source = SOURCES.get(kind, {}).get(selected.python_name)
        if source is not None:
            yield source.predicates


def query(wanted: dict[str, set[str]]) -> str:
    """The SPARQL of one level: the objects grouped by what is asked of them, texts by a path, one row a value."""
    groups: dict[frozenset[str], list[str]] = {}
    for iri, predicates in wanted.items():
        groups.setdefault(frozenset(predicates), []).append(iri)
    arms: list[str] = []
    for asked, iris in sorted(groups.items(), key=lambda group: sorted(group[0])):
        subjects = " ".join(map(sparql, sorted(iris)))
        arms += [arm(subjects) for name, arm in TEXT_ARMS if name in asked]
        plain = " ".join(map(sparql, sorted(asked - {TEXT_OF, TEXT_AROUND})))
        if plain:
            arms.append(f"{{ VALUES ?s {{ {subjects} }} VALUES ?p {{ {plain} }} ?s ?p ?o }}")
    return "SELECT ?s ?p ?o WHERE {\n  " + "\n  UNION ".join(arms) + "\n}"


def _own_text(subjects: str) -> str:
    return f"{{ VALUES ?s {{ {subjects} }} ?s <{KG.storedText}> ?text . ?text <{KG.content}> ?o }}"


def _text_around(subjects: str) -> str:
    """Each document's text once, however many of its spans are asked for."""
    documents = f"SELECT DISTINCT ?s WHERE {{ VALUES ?span {{ {subjects} }} ?span <{KG.document}> ?s }}"
    return f"{{ {{ {documents} }} ?s <{KG.storedText}> ?text . ?text <{KG.content}> ?o }}"


TEXT_ARMS: tuple[tuple[str, Callable[[str], str]], ...] = ((TEXT_OF, _own_text), (TEXT_AROUND, _text_around))
