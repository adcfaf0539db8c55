"""What an event is called where people read: in their language, by its kind and who takes part, with the text's words.

The graph's label is the text's own words, and often one verb.  Where these words name a participant, or are several
and nothing more is known, they stand for themselves.  Roles are shown by an arrow, from whom it comes to whom it hits:
a sentence would say more than the text does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.pages.words import Words
from kg import shapes

# What the names of events are made of; a query that asks for ``...Named`` ends with it.
NAMED = """
fragment Named on Event {
  iri label kind begin end precision alleged roles { role actor { iri name } }
  reportedIn { published publishedPrecision }
}"""
MOST = 2  # participants of one role that are named
ARROW = " \N{RIGHTWARDS ARROW} "
_LOOSE = ("Event", "OtherEvent")  # kinds that say nothing: the text's word says more


def title(event: Mapping[str, Any], words: Words) -> str:
    """The name of *event* where its days are read beside it.

    >>> event = {"label": "piraté", "kind": "CyberAttack", "roles": [{"role": "agent", "actor": {"name": "Nébulorix"}},
    ...     {"role": "target", "actor": {"name": "Orvelle"}}]}
    >>> title(event, Words("en"))
    'Cyber attack: Nébulorix → Orvelle (“piraté”)'
    >>> title({"label": "leak", "kind": "DataLeak", "roles": []}, Words("en"))
    'Data leak'
    """
    label = " ".join(event["label"].split())
    agents, targets = _named(event["roles"], "agent"), _named(event["roles"], "target")
    several = " " in label
    known = any(name.casefold() in label.casefold() for name in (*agents, *targets))
    if several and (known or not (agents or targets)):
        return _raised(label)
    who = ARROW.join(
        words("and").join(some[:MOST]) + (" …" if len(some) > MOST else "") for some in (agents, targets) if some
    )
    if event["kind"] in _LOOSE:
        return words("of", what=_raised(label), who=who) if who else _raised(label)
    kind = words.kind(event["kind"])
    head = words("of", what=kind, who=who) if who else kind
    named = shapes.classes()[event["kind"]].label.values()  # in whatever language: a leak is a fuite
    return (
        head
        if any(label.casefold() in one.casefold() for one in named)
        else words("event_words", name=head, words=label)
    )


def full(event: Mapping[str, Any], words: Words) -> str:
    """The name of *event* where nothing stands beside it: with its days, else the day of the report, and whether it is
    only alleged."""
    when = words.time(event["begin"], event["end"], event["precision"])
    if not when and (document := event["reportedIn"]) and document["published"]:
        when = words("reported_on", day=words.day(document["published"], document["publishedPrecision"]))
    told = [title(event, words), when, words("alleged") if event["alleged"] else ""]
    return ", ".join(part for part in told if part)


def _named(roles: Iterable[Mapping[str, Any]], role: str) -> list[str]:
    return list(dict.fromkeys(str(one["actor"]["name"]) for one in roles if one["role"] == role))


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
