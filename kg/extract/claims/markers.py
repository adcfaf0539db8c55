"""Small looks at the words behind a cue: infinitive markers, circumstances, objects in between."""

from __future__ import annotations

from kg.extract.claims.occurrence import Occurrence
from kg.extract.tree import Tree

_ASIDES = [
    phrase.split()
    for phrase in (
        "de son côté", "de leur côté", "de mon côté", "de notre côté", "pour sa part", "pour leur part", "pour ma part",
        "pour notre part", "quant à lui", "quant à elle", "quant à eux", "quant à elles", "à son tour", "à leur tour",
    )
]  # fmt: skip


def skip_circumstances(tree: Tree, at: int, end: int, keep: frozenset[str] = frozenset()) -> int:
    """Past adverbs, time words, incises between commas and phrases such as ``pour sa part`` or ``dans un communiqué``.

    *keep* are the prepositions that open arguments of the cue, not circumstances.
    """
    for _ in range(6):
        before = at
        while at <= end and (
            (
                tree.pos[at] == "ADV"
                and tree.low[at] != "quant"
                and tree.parsed.marked[at] < 0
                and tree.low[at] not in tree.grammar.negation_seconds | tree.grammar.negations
            )
            or (tree.low[at] in tree.grammar.temporal and not tree.parsed.marked[at] >= 0)
        ):
            at += 1
        aside = next((words for words in _ASIDES if tree.low[at : at + len(words)] == words), None)
        if aside is not None and tree.parsed.marked[at] < 0:
            at += len(aside)
        if at < end and tree.pos[at] == "ADP" and tree.pos[at + 1] == "ADV" and tree.head[at] == at + 1:
            at += 2  # par ailleurs
        if at <= end and tree.low[at] == ",":
            close = next((k for k in range(at + 1, min(end, at + 14) + 1) if tree.low[k] == ","), None)
            if (
                close is not None
                and not any(tree.finite_verb(k) for k in range(at + 1, close))
                and marker_at(tree, at + 1, end) != "inf"  # affirmait hier, accepter …, une annonce …
            ):
                at = close + 1
        elif (
            at <= end
            and tree.low[at] in tree.grammar.circumstance_prepositions
            and tree.low[at] not in keep
            and tree.rel[at] != "det"  # souligne de graves manquements: an article
            and tree.parsed.marked[at] < 0
        ):
            head = tree.head[at] if tree.grammar.language == "fr" else next((k for k in tree.kids[at] if k > at), at)
            if at < head <= min(end, at + 7) and tree.nominal(head):
                stop = tree.noun_phrase(head)[1]
                if stop < end and (tree.low[stop + 1] not in (",", ".", ";") or tree.low[at] in ("pour", "de")):
                    at = stop + 1
        if at == before:
            break
    if (
        at < end
        and tree.low[at] == ","
        and marker_at(tree, at + 1, end) == "inf"
        and tree.low[at - 1] in tree.grammar.temporal
    ):
        at += 1  # affirmait hier, accepter …
    return at


_GOVERNED = {
    "a": ("à", "au", "aux"), "de": ("de", "d'", "du", "des"), "sur": ("sur",), "pour": ("pour",), "en": ("en",),
    "avec": ("avec",), "contre": ("contre",), "to": ("to",), "for": ("for",), "on": ("on",), "in": ("in",),
    "at": ("at",),
    "with": ("with",), "from": ("from",), "by": ("by",),
}  # fmt: skip


def governed(frames: frozenset[str]) -> frozenset[str]:
    """The prepositions that open an argument in one of *frames*."""
    return frozenset(word for frame in frames for part in frame.split("_")[:-1] for word in _GOVERNED.get(part, ()))


def marker_at(tree: Tree, token: int, end: int) -> str | None:
    """``de``, ``à``, ``to``, ``pour`` or ``inf`` (no marker) if an infinitive phrase begins at *token*, else None."""
    word = tree.low[token]
    step, marker = token, "inf"
    if word in ("de", "d'", "à", "pour", "to"):
        marker = {"d'": "de"}.get(word, word)
        step += 1
    while step <= end and (
        tree.low[step] in tree.grammar.negations
        or tree.low[step] in tree.grammar.negation_seconds
        or (tree.low[step] in tree.grammar.clitics and tree.pos[step] in ("PRON", "PART", "ADV", "ADP", "DET"))
        or (tree.pos[step] in ("ADV", "PART") and tree.low[step] != "to")
    ):
        step += 1
    return marker if step <= end and _is_infinitive(tree, step, marker) else None


def _is_infinitive(tree: Tree, token: int, marker: str) -> bool:
    if tree.grammar.language == "en":
        return marker == "to" and tree.parsed.doc[token].tag_ in ("VB", "VBP")
    form = tree.morph(token, "VerbForm")
    return form == "Inf" or (
        tree.pos[token] in ("VERB", "AUX") and tree.low[token].endswith(("er", "ir", "re", "oir")) and form != "Fin"
    )


def object_between(tree: Tree, occ: Occurrence, at: int, until: int) -> int | None:
    """The head of the noun phrase between the cue and *until*, if there is one (time words do not count)."""
    for token in range(at, until):
        if tree.nominal(token) and tree.low[token] not in tree.grammar.temporal and tree.pos[token] != "NUM":
            head = token
            while (
                tree.rel[head] in ("flat", "compound", "amod")
                and at <= tree.head[head] < until
                and tree.head[head] != head
            ):
                head = tree.head[head]
            if any(
                tree.low[k] in ("dans", "lors", "sur", "during", "in", "on", "at", "depuis", "via")
                for k in tree.kids[head]
            ):
                continue
            if token > at and tree.low[token - 1] in (
                "dans",
                "lors",
                "sur",
                "during",
                "in",
                "at",
                "on",
                "depuis",
                "via",
            ):
                continue
            return head
    return None


def clitic_object(tree: Tree, occ: Occurrence) -> int | None:
    """``l'accuse de``, ``leur recommande de``: the pronoun before the verb."""
    for token in range(occ.first, occ.verb):
        if tree.low[token] in ("l'", "le", "la", "les", "lui", "leur") and tree.pos[token] in ("PRON", "DET", "PART"):
            return token
    return None
