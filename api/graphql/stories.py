"""What resolution across documents found: contradictions, what is said of an event, pairs for analysts to review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from api.graphql import filters as f
from api.graphql.arguments import found
from api.graphql.compile import Selected
from api.graphql.facts import Facts, Page
from api.graphql.fields import node
from api.graphql.ids import from_id
from api.graphql.lookups import Answer, Lookups, Nested, Root
from api.graphql.mutations import shown
from api.graphql.paging import paging
from api.graphql.problems import problem
from api.graphql.relations import ROWS, cut
from api.graphql.types import Actor, Sayings
from kg.decisions import load
from kg.decisions.holding import Select
from kg.decisions.review import OpenPair, queue
from kg.store.terms import values
from kg.terms import KG

BY_SCORE = "ClaimRelation:score"


@strawberry.type(description="Two actors that may be one: an analyst decides with mergeActors or notSame.")
class ReviewPair:
    one: Actor
    two: Actor
    score: float | None = strawberry.field(description="How sure resolution is that they are one, from 0 to 1.")
    reasons: list[str] = strawberry.field(description="What speaks for it and against it.")
    value: int = strawberry.field(description="How many mentions would come to stand under another name.")


def review_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        first: Annotated[int, strawberry.argument(description="How many pairs at most, up to 200.")] = 20,
    ) -> Any:
        return found(root, info)

    said = "Pairs of actors that nobody decided about, those first for which a decision changes most."
    return strawberry.field(resolver=resolve, description=said)


def decisions_field() -> Any:
    def resolve(
        root: Any,
        info: strawberry.Info,
        concerns: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only about this actor, claim, document or decision.")
        ] = strawberry.UNSET,
        first: Annotated[int, strawberry.argument(description="How many at most, up to 200.")] = 20,
    ) -> Any:
        return found(root, info)

    return strawberry.field(resolver=resolve, description="What analysts decided, the latest first; undone ones, too.")


# ------------------------------------------------------------------ fields of Query
def contradictions(lookups: Lookups, selected: Selected) -> Answer:
    """Relations that contradict, the surest first; one SPARQL finds them, the page is cut from their scores."""
    arguments = selected.arguments
    asked = paging(arguments, BY_SCORE, lookups.limits)
    sides = [
        (predicate, f.named(arguments[name], name, lookups))
        for name, predicate in (("speaker", KG.speaker), ("about", KG.about))
        if arguments.get(name) is not None
    ]
    if not all(iris for _, iris in sides):
        return lookups.answer(Page((), total=0), "ClaimRelation")
    either = f"<{KG.fromClaim}>|<{KG.toClaim}>"
    narrowed = " ".join(
        f"{values(f'side{n}', iris)} ?claim{n} <{predicate}> ?side{n} . ?node {either} ?claim{n} ."
        for n, (predicate, iris) in enumerate(sides)
    )
    query = (
        f"SELECT DISTINCT ?node ?score WHERE {{ {narrowed} "
        f'?node <{KG.relationKind}> "contradicts" ; <{KG.score}> ?score }} LIMIT {ROWS + 1}'
    )
    rows = lookups.trace.select(lookups.reader, query)
    if len(rows) > ROWS:
        raise problem("TOO_COSTLY", f"contradictions: more than {ROWS:,}; narrow them by speaker or about")
    keyed = sorted((f"{1 - float(str(row['score'])):.4f} {row['node']}", str(row["node"])) for row in rows)
    return lookups.answer(cut(keyed, asked, BY_SCORE), "ClaimRelation")


def _first(lookups: Lookups, selected: Selected) -> int:
    first: int = selected.arguments["first"]
    if not 0 <= first <= lookups.limits.page_cap:
        raise problem("PAGE_TOO_LARGE", f"first: from 0 to {lookups.limits.page_cap}")
    return first


def _select(lookups: Lookups) -> Select:
    return lambda query: lookups.trace.select(lookups.reader, query)


def decided(lookups: Lookups, selected: Selected) -> Answer:
    """The latest decisions, about everything or about one node."""
    first, base = _first(lookups, selected), lookups.reader.base
    word = selected.arguments.get("concerns")
    node = None if word is None else from_id(word)[1]
    known = load(_select(lookups), base)
    about = [one for one in known.history if node is None or node in one.concerns or node in one.documents]
    made = [shown(one, base, one.iri(base) in known.undone) for one in about[::-1][:first]]
    return Answer(lambda facts: made)


def review_queue(lookups: Lookups, selected: Selected) -> Answer:
    first = _first(lookups, selected)
    pairs = queue(_select(lookups), lookups.reader.base, first) if first else []
    actors = list(dict.fromkeys(iri for pair in pairs for iri in (pair.one, pair.two)))
    return Answer(lambda facts: [_shown(pair, facts) for pair in pairs], actors, "Actor")


def _shown(pair: OpenPair, facts: Facts) -> ReviewPair:
    one, two = (_actor(facts, iri) for iri in (pair.one, pair.two))
    return ReviewPair(one=one, two=two, score=pair.score, reasons=list(pair.reasons), value=pair.value)


def _actor(facts: Facts, iri: str) -> Any:
    return node(facts, "Actor", iri)


# ------------------------------------------------------------------ below an event
def sayings(lookups: Lookups, parents: Sequence[str], selected: Selected) -> Iterator[tuple[str, Answer]]:
    """What is said of each of the events *parents* and of all other reports of it: one SPARQL for all of them."""
    word = selected.arguments.get("bySpeaker")
    speakers = None if word is None else f.named(word, "bySpeaker", lookups)
    said: dict[str, dict[str, list[tuple[str, str]]]] = {parent: {} for parent in parents}
    for row in _said(lookups, parents, speakers):
        by = said[str(row["parent"])].setdefault(str(row.get("speaker") or ""), [])
        by.append((str(row.get("day") or "9999"), str(row["claim"])))
    for parent in parents:
        groups = sorted(said[parent].items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
        yield parent, _grouped([(speaker, [claim for _, claim in sorted(claims)]) for speaker, claims in groups])


def _said(lookups: Lookups, parents: Sequence[str], speakers: Sequence[str] | None) -> Sequence[Mapping[str, object]]:
    if speakers is not None and not speakers:
        return ()
    by = f"?claim <{KG.speaker}> ?speaker"
    who = f"OPTIONAL {{ {by} }}" if speakers is None else f"{by} . {values('speaker', speakers)}"
    rows = lookups.trace.select(
        lookups.reader,
        f"SELECT DISTINCT ?parent ?claim ?speaker ?day WHERE {{ {values('parent', parents)} "
        f"?parent (<{KG.sharedEvent}>|^<{KG.sharedEvent}>)* ?event . ?claim <{KG.about}> ?event . {who} "
        f"OPTIONAL {{ ?claim <{KG.reportedIn}>/<{KG.published}> ?day }} }} LIMIT {ROWS + 1}",
    )
    if len(rows) > ROWS:
        raise problem("TOO_COSTLY", f"sayings: more than {ROWS:,} in this answer; ask for claims(about:), page by page")
    return rows


def _grouped(groups: Sequence[tuple[str, Sequence[str]]]) -> Answer:
    def value(facts: Facts) -> object:
        return [
            Sayings(
                speaker=_actor(facts, speaker) if speaker else None,
                claims=[_claim(facts, claim) for claim in claims],
            )
            for speaker, claims in groups
        ]

    return Answer(value, list(dict.fromkeys(iri for speaker, claims in groups for iri in (speaker, *claims) if iri)))


def _claim(facts: Facts, iri: str) -> Any:
    return node(facts, "Claim", iri)


FIELDS: Mapping[str, Root] = {"contradictions": contradictions, "decisions": decided, "reviewQueue": review_queue}
BELOW: Mapping[str, Nested] = {"sayings": sayings}
