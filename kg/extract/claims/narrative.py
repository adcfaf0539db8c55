"""The narrative infinitive: ``Et le maire d'ajouter : « … »``, ``Et de conclure : « … »``."""

from __future__ import annotations

from kg.extract.tree import Tree


def narrator(tree: Tree, infinitive: int) -> int | None:
    """The head of the noun phrase between *Et* at the head of the sentence and *de* before *infinitive*, if any."""
    first, of = tree.first[infinitive], infinitive - 1
    if tree.grammar.language != "fr" or tree.low[first] != "et" or of <= first + 1 or of > first + 12:
        return None
    if tree.low[of] not in ("de", "d'") or any(tree.verb[k] for k in range(first + 1, of)):
        return None
    head = next((k for k in range(first + 1, of) if tree.nominal(k)), None)
    if head is None or tree.pos[first + 1] == "ADP":
        return None
    return head if tree.pos[head] == "PROPN" or tree.people(head) or tree.grammar.speaks(tree.lemma[head]) else None
