"""``/network``: an actor or event and what stands around it, as a picture to move in, a table, and JSON for both.

One hop at a time: whoever looks opens the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.errors import ApiError
from api.pages.crossing import filters_of
from api.pages.page import Page, Table, Visit
from api.pages.surroundings import ALLEGED, CONCERNED, EVENT, GROUPS, MOST, TOGETHER, Link, Node, around
from api.pages.words import STANCES
from kg.model import ROLES

COLUMNS = ("source", "link", "target", "count", "source_iri", "target_iri")
CHOICE = "{ facets(of: claim, by: [speaker], limit: 24) { values { value count node { label } } } }"
WORDS = (
    "net_label", "net_zoom_in", "net_zoom_out", "net_fit", "net_expand", "net_collapse", "net_sentences", "net_close",
    "net_none", "net_failed", "net_nodes_table", "net_links_table", "net_together", "net_more", "net_loading",
    "net_opened", "net_png", "net_svg", "net_gexf", "net_help", "net_wheel",
    "net_wheel_apple", "net_touch", "net_concerned", "group_person", "group_body", "group_event",
    "group_other", "col_name", "col_from", "col_link", "col_to", "col_count", "col_kind",
)  # fmt: skip


def build(visit: Visit) -> Page:
    asked, given = visit.given("node"), _given(visit)
    if not asked:
        return _choice(visit)
    found = around(visit, asked, given)
    kept = found.most_met(MOST, given.get("kind"))
    root, *kept = _called(visit, [found.root, *kept])
    held = {one.iri for one in (root, *kept)}
    links = {link: count for link, count in found.links.items() if {link.source, link.target} <= held}
    shown = network(visit, [root, *kept], links, given)
    names = {one.iri: one.name for one in (root, *kept)}
    rows = [
        (names[link.source], link.kind, names[link.target], count, link.source, link.target)
        for link, count in links.items()
    ]
    return Page(
        "network",
        visit.words("network_title", name=root.name),
        {**shown, "node": shown["nodes"][0], "partial": len(found.nodes) > len(kept) == MOST},
        Table(COLUMNS, rows),
        {
            "choice": [],
            "groups": GROUPS, "stances": STANCES, "names": names, "island": words(visit), "most": MOST,
            "given": dict.fromkeys(("kind", "stance", "since", "until")) | given,
        },
    )  # fmt: skip


def _called(visit: Visit, nodes: Sequence[Node]) -> list[Node]:
    """*nodes*, the events among them by the names that people read."""
    names = visit.names(one.iri for one in nodes if one.kind == EVENT)
    return [one._replace(name=names.get(one.iri, one.name)) for one in nodes]


def _choice(visit: Visit) -> Page:
    """Around whom?  Those who say most are offered."""
    (facet,) = visit.asking.graphql(CHOICE)["facets"]
    offered = [
        {"iri": one["value"], "name": one["node"]["label"], "count": one["count"]}
        for one in facet["values"]
        if one["node"]
    ]
    rows = [(one["name"], one["count"], one["iri"]) for one in offered]
    table = Table(("name", "claims", "iri"), rows)
    view = {"choice": offered}
    return Page("network", visit.words("network_choose"), {"nodes": [], "edges": [], "offered": offered}, table, view)


def network(
    visit: Visit, nodes: Iterable[Node], links: Mapping[Link, int], given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the picture is drawn from: nodes with where they lead, links with how many sentences and where they are."""
    held = {one.iri: one for one in nodes}
    dates = {name: value for name, value in (given or {}).items() if name in ("since", "until")}
    return {
        "nodes": [{**one._asdict(), "group": one.group, "href": visit.href(one.iri)} for one in held.values()],
        "edges": [
            {**link._asdict(), "count": count, "href": _sentences(visit, link, held[link.target], dates)}
            for link, count in links.items()
        ],
    }


def chains(visit: Visit, paths: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The chains between two actors as one network; each link leads to the first claim or event that makes it."""
    nodes: dict[str, Node] = {}
    links: dict[Link, dict[str, None]] = {}
    for step in (step for path in paths for step in path["steps"]):
        ends = [Node(one["iri"], one["name"], one["kind"]) for one in (step["source"], step["target"])]
        nodes |= {one.iri: one for one in ends}
        link = _step(ends[0].iri, ends[1].iri, step["via"])
        links.setdefault(link, {})[step["via"]["iri"]] = None
    told = network(visit, nodes.values(), {link: len(ways) for link, ways in links.items()})
    for edge, ways in zip(told["edges"], links.values(), strict=True):
        edge["href"] = visit.href(next(iter(ways)))
    return told


def _step(source: str, target: str, via: Mapping[str, Any]) -> Link:
    """Who of the two says it of the other or to it.

    A claim of somebody else, or about an event that the other has a part in, merely concerns both.
    """
    both = (min(source, target), max(source, target))
    if "stance" not in via:
        return Link(both[0], TOGETHER, both[1])
    speaker, *others = ((via[role] or {}).get("iri") for role in ("speaker", "addressee", "attributedTo"))
    meant = {*others, *(one["iri"] for one in via["about"])}
    for one, other in ((source, target), (target, source)):
        if speaker == one and other in meant:
            return Link(one, via["stance"], other)
    return Link(both[0], CONCERNED, both[1])


def words(visit: Visit) -> dict[str, str]:
    """The words that the picture needs, in the language of the page; what it counts itself stays in braces."""
    later = {name: f"{{{name}}}" for name in ("n", "name", "nodes", "links")}
    said = {key: visit.words(key, **later) for key in WORDS}
    said |= {f"stance_{name}": visit.words.stance(name) for name in STANCES}
    said |= {f"sign_{name}": visit.words.sign(name) for name in STANCES}
    roles = {name: visit.words(f"role_{name}") for name in ROLES}
    roles |= {ALLEGED + name: f"{word} ({visit.words('alleged')})" for name, word in roles.items()}
    return said | {f"role_{name}": word for name, word in roles.items()}


def _given(visit: Visit) -> dict[str, str]:
    """The filters asked for.  ApiError 400 for a word that is none of its list, or a day that is none."""
    given = {name: value for name, value in filters_of(visit).items() if name in ("since", "until")}
    for name, known in (("kind", GROUPS), ("stance", STANCES)):
        if value := visit.given(name):
            if value not in known:
                raise ApiError(400, f"{name}: one of {', '.join(known)}")
            given[name] = value
    return given


def _sentences(visit: Visit, link: Link, target: Node, dates: Mapping[str, str]) -> str:
    """Where the sentences behind a link are read."""
    if link.kind == TOGETHER:
        return visit.url("/between", a=link.source, b=link.target)
    if link.kind.removeprefix(ALLEGED) in ROLES:
        return visit.href(link.target)
    if target.kind == "Event":  # with all reports of the event
        return visit.url("/matrix", speaker=link.source, event=link.target, stance=link.kind, **dates) + "#sentences"
    return visit.url("/", speaker=link.source, about=link.target, stance=link.kind, **dates)
