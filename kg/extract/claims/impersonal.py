"""``on`` as a speaker: nobody in particular, unless a place says whose words they are.

« … », lit-on dans le rapport      Du côté du syndicat, on reconnaît …      À la préfecture, on assure que …
"""

from __future__ import annotations

from kg.extract.tree import Tree

_ON = frozenset(("on", "-on", "-t-on", "t-on"))
_AT = frozenset(("dans", "chez", "à", "au", "aux", "auprès"))
_BESIDE = (["du", "côté", "de"], ["du", "côté", "du"], ["du", "côté", "des"], ["du", "côté", "d'"])


def is_on(tree: Tree, token: int) -> bool:
    """Whether *token* is ``on``, before or behind its verb."""
    return tree.grammar.language == "fr" and tree.low[token] in _ON


def placed_source(tree: Tree, on: int) -> int | None:
    """The head of the phrase that says where *on* speaks, if people, a body or a document speak there."""
    first, last = tree.first[on], tree.last[on]
    after = on + 1 if tree.low[on] != "on" else last + 1
    if after < last and tree.low[on] != "on" and tree.verb[after]:
        after += 1  # a-t-on appris auprès de
    while after < last and (tree.low[after] in tree.grammar.temporal or tree.pos[after] == "NUM"):
        after += 1  # a-t-on appris jeudi soir auprès de
    if tree.low[after : after + 2] == ["de", "source"] and after + 1 <= last:
        return after + 1  # a-t-on appris de source judiciaire
    if after < last and tree.low[after] in _AT:
        return _source(tree, after + 1, last)
    if on - 1 > first and tree.low[on - 1] == ",":
        if tree.low[first : first + 3] in _BESIDE:
            return _source(tree, first + 3, on - 2)
        if tree.low[first] in _AT:
            return _source(tree, first + 1, on - 2)
    return None


def _source(tree: Tree, low: int, high: int) -> int | None:
    """The first nominal of the stretch, if it can speak."""
    head = next((k for k in range(low, min(high, low + 4) + 1) if tree.nominal(k)), None)
    if head is None:
        return None
    speaks = tree.grammar.speaks(tree.lemma[head], tree.low[head]) or tree.people(head) is True
    return head if speaks or tree.parsed.doc[head].ent_type_ in ("PER", "ORG") else None
