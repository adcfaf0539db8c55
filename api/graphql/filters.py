"""What the arguments of a list ask of the index: words, days, order; names and ids become IRIs here."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from api.graphql.ids import from_id, iri_in
from api.graphql.problems import problem
from kg.index import Filters
from kg.index.schema import fold
from kg.store import Reader
from kg.store.terms import values
from kg.terms import SKOS

if TYPE_CHECKING:
    from api.graphql.lookups import Lookups

# argument -> the index's word, where the argument's value is the word
WORDS: Mapping[str, str] = {"stance": "stance", "outlet": "outlet", "language": "language", "kind": "type"}
# argument -> the index's word, where the argument names an actor (or, for about, an event)
NAMED: Mapping[str, str] = {"speaker": "speaker", "about": "about", "participant": "participant"}
# orderBy -> the index's order, and whether it runs downwards
ORDERS: Mapping[str, tuple[str, bool]] = {
    "NEWEST": ("date", True),
    "OLDEST": ("date", False),
    "CONFIDENCE": ("confidence", True),
    "NAME": ("name", False),
    "LABEL": ("name", False),
    "TITLE": ("name", False),
    "TEXT": ("name", False),
}
DEFAULT_ORDER: Mapping[str, str] = {"Claim": "NEWEST", "Event": "NEWEST", "Document": "NEWEST", "Actor": "NAME"}
# How many actors that bear a word of a name are looked at to find who bears the whole name.
CANDIDATES = 200
# Characters of a text or a name to look for.
LONGEST = 300
# Who bears a name is asked once a generation.
KEPT_NAMES = 10_000
_NAMES: WeakKeyDictionary[Reader, dict[str, list[str]]] = WeakKeyDictionary()


def order_of(kind: str, arguments: Mapping[str, Any]) -> tuple[str, bool]:
    return ORDERS[plain(arguments.get("orderBy")) or DEFAULT_ORDER[kind]]


def plain(value: Any) -> Any:
    """An enumeration's word, anything else as it is."""
    return getattr(value, "value", value)


def filters_of(
    kind: str, arguments: Mapping[str, Any], within: Mapping[str, Sequence[str]], lookups: Lookups
) -> Filters | None:
    """The index filter of a list's arguments; None where a name in them is nobody's, so that nothing can match."""
    words: dict[str, Sequence[str]] = dict(within)
    for argument, word in WORDS.items():
        if arguments.get(argument) is not None:
            words[word] = [str(plain(arguments[argument]))]
    for argument, word in NAMED.items():
        if arguments.get(argument) is None:
            continue
        iris = named(arguments[argument], argument, lookups)
        iris = [iri for iri in iris if word not in within or iri in within[word]]
        if not iris:
            return None
        words[word] = iris
    check_words(arguments.get("text"), "text")
    # What a replaced document says is shown where that very document is asked.
    replaced = bool(arguments.get("superseded")) or "graph" in within
    since, until = arguments.get("since"), arguments.get("until")
    if since and until and since > until:
        raise problem("BAD_DATES", f"since {since} is after until {until}")
    return Filters(words=words, since=since, until=until, superseded=replaced)


def check_words(words: str | None, argument: str) -> None:
    """Each word is looked for in several ways, so there may not be very many; none at all find nothing."""
    if words is None:
        return
    if not words.strip():
        raise problem("BAD_ARGUMENT", f"{argument} must not be empty")
    if len(words) > LONGEST:
        raise problem("TEXT_TOO_LONG", f"{argument}: at most {LONGEST} characters")


def named(word: str, argument: str, lookups: Lookups) -> list[str]:
    """The IRIs an argument means: its id or IRI, or every actor that bears the name, case and accents apart."""
    check_words(word, argument)
    iri = iri_in(word)
    if iri is not None:
        return [iri]
    names = _NAMES.setdefault(lookups.reader, {})
    if word not in names:
        if len(names) >= KEPT_NAMES:
            names.clear()
        names[word] = _bearers(word, lookups)
    return names[word]


def _bearers(name: str, lookups: Lookups) -> list[str]:
    begun = time.perf_counter()
    phrase = '"' + name.replace('"', " ") + '"'
    found = lookups.reader.index.find("actor", text=phrase, order="relevance", first=CANDIDATES)
    lookups.trace.looked_up(f"actor text={phrase}", len(found.hits), begun)
    if not found.hits:
        return []
    labels = f"VALUES ?p {{ <{SKOS.prefLabel}> <{SKOS.altLabel}> }}"
    rows = lookups.trace.select(lookups.reader, f"SELECT ?s ?o WHERE {{ {values('s', found.iris)} {labels} ?s ?p ?o }}")
    wanted = bare(name)
    return sorted({str(row["s"]) for row in rows if bare(str(row["o"])) == wanted})


def bare(name: str) -> str:
    """A name without case, accents and punctuation, words set apart by one space."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split()) or fold(name)


def one(kind: str, arguments: Mapping[str, Any], lookups: Lookups) -> str | None:
    """The IRI of ``claim(id)`` or ``actor(name)``; None for nobody's name, a problem for one that several bear."""
    if arguments.get("id") is not None:
        told, iri = from_id(arguments["id"])
        return iri if told in (None, kind) else None
    if arguments.get("name") is None:
        raise problem("BAD_ARGUMENT", f"{kind.lower()} needs an id" + (" or a name" if kind == "Actor" else ""))
    bearers = named(arguments["name"], "name", lookups)
    if len(bearers) > 1:
        said = f"{len(bearers)} actors are named {arguments['name']!r}: list them with actors(text:), ask by id"
        raise problem("AMBIGUOUS_NAME", said)
    return bearers[0] if bearers else None


def said(kind: str, filters: Filters, text: str | None) -> str:
    """The index query in words, for ``explain``."""
    parts = [kind.lower()]
    parts += [f"{name}={'|'.join(words)}" for name, words in sorted(filters.words.items())]
    parts += [f"{name}={value}" for name, value in (("since", filters.since), ("until", filters.until)) if value]
    return " ".join([*parts, *([f"text={text!r}"] if text else [])])
