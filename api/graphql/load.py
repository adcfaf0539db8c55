"""Reads what a compiled operation needs, breadth first: the index finds pages, then ONE query a nesting level joins.

root fields ─ index ─▶ IRIs ─┐
   ┌────────────────────────┘
   └▶ level: all objects of all fields of this depth ─ one SPARQL ─▶ facts ─▶ links (and nested pages) ─▶ next level
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from api.graphql.compile import Selected, below
from api.graphql.facts import Facts, Value
from api.graphql.fields import TEXT_AROUND, TEXT_OF, type_of
from api.graphql.join import join
from api.graphql.limits import Deadline
from api.graphql.lookups import Answer, Lookups
from api.graphql.problems import problem
from api.graphql.sources import SOURCES
from kg.store import Reader
from kg.terms import KG, RDF


class Part(NamedTuple):
    """Objects of one level: what is selected of them, and their type, "" where only the graph can tell."""

    kind: str
    selects: Sequence[Selected]
    iris: Sequence[str]


Level = list[Part]
# Characters that one level may read: stored texts can be long.
MOST_TEXT = 20_000_000


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
        self._join([Part("", (), [iri])])
        return type_of(self.facts, iri) == kind

    def _descend(self, level: Level) -> None:
        while level:
            self.deadline.check()
            self._join(level)
            level = self._next(level)

    def _keep(self, parent: str, selected: Selected, answer: Answer) -> Level:
        """Puts the answer where the resolver finds it, with the facts it is made of; gives the level below."""
        facts = self.facts
        for node in selected.nodes:
            facts.found[parent, id(node)] = lambda _: answer.value(facts)
        return [Part(answer.kind, inside(selected), answer.iris)] if answer.iris else []

    # ------------------------------------------------------------------ one level
    def _join(self, level: Level) -> None:
        """One query for all objects of the level; none where everything is known already."""
        wanted: dict[str, set[str]] = {}
        for kind, selects, iris in level:
            predicates = set() if kind else {RDF.type}
            predicates.update(p for each in selects for found in _predicates(each) for p in found)
            for iri in iris:
                missing = self.facts.missing(iri, predicates)
                if missing:
                    wanted.setdefault(iri, set()).update(missing)
        if not wanted:
            return
        joined = join(wanted)
        rows = self.lookups.trace.bindings(self.reader, joined.query)
        facts = self.facts
        for iri, predicates in wanted.items():
            facts.ask(iri, predicates)
        characters = 0
        for subject, predicate, value, language in joined.facts(rows):
            characters += len(value)
            if predicate == TEXT_OF:
                facts.ask(subject, (TEXT_OF,))
            facts.add(subject, predicate, Value(value, language))
            if characters > MOST_TEXT:
                said = f"the answer holds more than {MOST_TEXT:,} characters: ask for smaller pages"
                raise problem("TOO_COSTLY", said)
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
        for kind, selects, iris in level:
            kinds = [(iri, kind or type_of(self.facts, iri)) for iri in iris]
            for each in selects:
                here = [iri for iri, kind in kinds if kind in each.on]
                if not here or not each.selects:
                    continue
                source = SOURCES.get(next(iter(each.on & SOURCES.keys()), ""), {}).get(each.python_name)
                if source is None:
                    following += self._pages(here, each)
                elif source.target is not None:
                    linked = (v.text for iri in here for p in source.predicates for v in self.facts.all(iri, p))
                    target = source.target if source.target in SOURCES else ""
                    following.append(Part(target, inside(each), list(dict.fromkeys(linked))))
        return following

    def _pages(self, parents: Sequence[str], selected: Selected) -> Level:
        """A connection below each of *parents*; its objects join the next level all together."""
        found: Level = []
        for parent, answer in self.lookups.nested(parents, selected):
            self.deadline.check()
            found += self._keep(parent, selected, answer)
        return found


def inside(selected: Selected) -> Sequence[Selected]:
    """What is selected of the objects a field leads to, be it directly or through frames."""
    return selected.selects if selected.is_node else below(selected.selects)


def _predicates(selected: Selected) -> Iterable[tuple[str, ...]]:
    for kind in selected.on:
        source = SOURCES.get(kind, {}).get(selected.python_name)
        if source is not None:
            yield source.predicates
