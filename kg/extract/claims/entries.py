"""The lexicon's entries for a verb where it stands: expressions, particles, reflexives, clitics."""

from __future__ import annotations

from kg.extract.claims.occurrence import Occurrence
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree


def entries(tree: Tree, occ: Occurrence) -> list[tuple[Cue, int]]:
    """The lexicon's entries for *occ*, expressions first, with the last token of an expression's words."""
    lexicon = tree.grammar.lexicon
    out: list[tuple[Cue, int]] = []
    for cue in lexicon.expressions.get(occ.lemma, ()):
        tail = _expression(tree, occ, cue)
        if tail is not None and (not cue.clitic or _stands_clitic(tree, occ, cue.clitic)):
            out.append((cue, tail))
    for cue in lexicon.verbs.get(occ.lemma, ()):
        if cue.particle:
            tail = next(
                (
                    k
                    for k in range(occ.last + 1, min(tree.last[occ.verb], occ.last + 5) + 1)
                    if tree.low[k] == cue.particle
                ),
                None,
            )
            if tail is None:
                continue
        else:
            tail = occ.last
        if cue.reflexive is not None and cue.reflexive != occ.reflexive:
            continue
        if cue.clitic and not _stands_clitic(tree, occ, cue.clitic):
            continue
        if cue.unless and _governs(tree, occ, cue.unless):
            continue
        out.append((cue, tail if cue.particle and tail == occ.last + 1 else occ.last))
    return out


def _governs(tree: Tree, occ: Occurrence, prepositions: frozenset[str]) -> bool:
    """Whether a complement with one of *prepositions* makes the verb another word: condamné à mort."""
    for kid in tree.kids[occ.verb]:
        if kid <= occ.last:
            continue
        if tree.low[kid] in prepositions and tree.pos[kid] == "ADP":
            return True
        if any(tree.low[k] in prepositions and tree.rel[k] in ("case", "mark") for k in tree.kids[kid]):
            return True
    # hung on the object: condamne l'ancien trésorier du club à dix-huit mois de prison, à verser …
    for at in range(occ.last + 1, min(tree.last[occ.verb], occ.last + 16)):
        if tree.low[at] in (",", ";", ":") or tree.finite_verb(at):
            break
        if tree.low[at] in prepositions and (tree.pos[at + 1] == "NUM" or tree.morph(at + 1, "VerbForm") == "Inf"):
            return True
    return False


def _stands_clitic(tree: Tree, occ: Occurrence, clitic: str) -> bool:
    return any(tree.low[k].rstrip("'") == clitic.rstrip("'") for k in range(occ.first, occ.last + 1))


def _expression(tree: Tree, occ: Occurrence, cue: Cue) -> int | None:
    """The last token of the fixed words that follow the verb, in order and close by."""
    at, tail = occ.last + 1, occ.last
    for options in cue.words[1:]:
        hit = next(
            (
                k
                for k in range(at, min(tree.last[occ.verb], at + 4) + 1)
                if tree.lemma[k] in options or tree.low[k] in options
            ),
            None,
        )
        if hit is None:
            return None
        at, tail = hit + 1, hit
    return tail
