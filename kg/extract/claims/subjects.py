"""Who a cue verb has for its subject: its own, the one before a bracket, or one shared with another verb."""

from __future__ import annotations

from kg.extract.claims.inversion import inverted_subject
from kg.extract.claims.occurrence import Occurrence, occurrence
from kg.extract.claims.relatives import antecedent, outermost
from kg.extract.tree import Tree


def subject(tree: Tree, occ: Occurrence, depth: int = 0) -> int | None:
    """The head token of the subject of *occ*, its inverted one included; a relative pronoun gives its antecedent."""
    if occ.clitic is not None:
        return occ.clitic
    if occ.form == "finite" or (occ.form == "participle" and not occ.passive):
        own = _own_subject(tree, occ)
        if own is not None:
            return own
    if depth > 4:
        return None
    if occ.form == "gerund" or (occ.form == "inf" and tree.low[occ.first - 1] == "sans"):
        outer = _reporting_subject(tree, occ)
        if outer is not None:
            return outer
    return _shared_subject(tree, occ, depth)


def _reporting_subject(tree: Tree, occ: Occurrence) -> int | None:
    """For a gerund set off by a comma, the subject of the report before it: a reconnu que …, tout en assurant.

    The parser hangs it on the verb of the content, whose subject says nothing.
    """
    at = occ.first - 1
    while at > tree.first[occ.verb] and (
        tree.low[at] in tree.grammar.gerund_particles or tree.low[at] in ("tout", "sans")
    ):
        at -= 1
    if tree.low[at] not in (",", "–", "—"):
        return None
    lexicon = tree.grammar.lexicon
    for verb in range(tree.first[occ.verb], at):
        if tree.verb[verb] not in lexicon.verbs or tree.parsed.marked[verb] >= 0:
            continue
        governor = occurrence(tree, verb)
        opens = any(
            tree.low[k] in tree.grammar.complementisers for k in range(governor.last + 1, min(governor.last + 5, at))
        )
        if governor.form == "finite" and not governor.passive and opens:
            return _own_subject(tree, governor) or inverted_subject(tree, governor)
    return None


def _own_subject(tree: Tree, occ: Occurrence) -> int | None:
    bracketed = _before_relative(tree, occ)
    if bracketed is not None:
        return bracketed
    candidates = [k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and tree.parsed.quote[k] < 0]
    for kid in sorted(candidates, key=lambda k: abs(k - occ.first)):
        if kid < occ.first and not (tree.pos[kid] == "DET" and kid + 1 < occ.first and tree.nominal(kid + 1)):
            return antecedent(tree, kid)
    before = _adjacent_subject(tree, occ)
    if before is not None:
        return before
    standing = _standing_before(tree, occ)
    if standing is not None:
        return standing
    for kid in candidates:
        if kid > occ.last:
            return kid
    return None


def _standing_before(tree: Tree, occ: Occurrence) -> int | None:
    """The noun phrase right before the group, or before a bracket of commas, where the parser saw no subject."""
    start, at = tree.first[occ.verb], occ.first - 1
    if at > start and tree.low[at] == ",":
        opening = next((k for k in range(at - 1, start, -1) if tree.low[k] == ","), None)
        if opening is None or any(tree.finite_verb(k) for k in range(opening + 1, at)):
            return None
        at = opening - 1
    named = _entity_ending(tree, at)
    if named is not None:
        before = tree.low[named - 1] if named > start else ""
        if named == start or before in (",", ";", ":", "–", "—", "et", "and", "que", "qu'", "that", "mais", "but"):
            return next((k for k in range(named, at + 1) if tree.nominal(k)), None)
    if at < start or not tree.nominal(at) and tree.pos[at] != "ADJ":
        return None
    if at > start and tree.low[at].startswith("derni") and tree.low[at - 1] in ("ce", "cette", "ces"):
        return at
    head = at
    for _ in range(8):
        up = tree.head[head]
        if up == head or not start <= up <= at or not (tree.nominal(up) or tree.pos[up] == "ADP"):
            break
        if tree.rel[head] != "appos" and any(tree.low[k] == "," for k in range(up + 1, head)):
            break  # Dans une lettre ouverte, les commerçants somment …
        head = up
    if not tree.nominal(head) or tree.pos[head] == "NUM" or tree.low[head] in tree.grammar.temporal:
        return None
    low, _ = tree.noun_phrase(head)
    before = tree.low[low - 1] if low > start else ""
    opens = low == start or before in (",", ";", ":", "–", "—", "et", "and", "but", "mais", "que", "qu'", "that", "si")
    opens = opens or before in tree.grammar.connectives or before in ("puis", "then")
    return head if opens and tree.pos[low] != "ADP" else None


def _entity_ending(tree: Tree, at: int) -> int | None:
    """The first token of the named entity that ends at *at* (En Marche!, Yahoo!)."""
    doc = tree.parsed.doc
    if not doc[at].ent_type_:
        return None
    first = at
    while first > tree.first[at] and doc[first].ent_iob_ == "I":
        first -= 1
    return first


def _before_relative(tree: Tree, occ: Occurrence) -> int | None:
    """The noun phrase before a relative clause that ends in front of the verb: X, qui a relayé …, a assuré.

    Parsers take the last noun of the relative clause for the subject.
    """
    start = tree.first[occ.verb]
    if occ.first - 1 <= start or tree.low[occ.first - 1] != ",":
        return None
    for at in range(occ.first - 2, start + 1, -1):
        if (
            tree.low[at] in tree.grammar.relatives_subject
            and tree.low[at - 1] == ","
            and tree.pos[at] in ("PRON", "SCONJ", "DET")
        ):
            finite = [k for k in range(at + 1, occ.first) if tree.finite_verb(k)]
            if not 1 <= len(finite) <= 2:
                return None
            found = antecedent(tree, at)
            return found if found < at else None
        if tree.low[at] == "dont" and tree.low[at - 1] == ",":
            if not any(tree.finite_verb(k) for k in range(at + 1, occ.first)):
                return None
            return outermost(tree, at - 2, at) if tree.nominal(at - 2) else None
        if tree.low[at] in (";", ":", ".") or tree.parsed.quote[at] >= 0:
            return None
    return None


def _adjacent_subject(tree: Tree, occ: Occurrence) -> int | None:
    """A subject that the parser hung elsewhere: a pronoun or noun phrase right before the group."""
    at = occ.first - 1
    if at < tree.first[occ.verb]:
        return None
    if tree.low[at] in tree.grammar.subject_pronouns or tree.low[at] in tree.grammar.relatives_subject:
        return antecedent(tree, at)
    return None


def _shared_subject(tree: Tree, occ: Occurrence, depth: int) -> int | None:
    """The subject of the verb that governs *occ*: coordination, gerund, infinitive, participle."""
    verb = occ.verb
    up = tree.head[verb]
    for _ in range(6):
        if up == verb:
            break
        if tree.verb[up] or tree.pos[up] in ("VERB", "AUX"):
            governor = occurrence(tree, up)
            if governor.form == "finite" or tree.kid(up, "subj") is not None:
                found = subject(tree, governor, depth + 1)
                if found is None:
                    found = inverted_subject(tree, governor)
                if found is not None and found != verb:
                    return found
        elif occ.form == "finite" and _misread_predicate(tree, up, occ):
            return up
        elif tree.nominal(up) and tree.rel[verb] in ("relcl", "acl") and occ.form in ("participle", "gerund"):
            # behind a comma and an object, a gerund goes with the clause: X a suivi les Y, qualifiant …
            apart = occ.form == "gerund" and tree.low[occ.first - 1] == "," and tree.grammar.language == "fr"
            if not apart or tree.rel[up] in ("subj", "root"):
                return up
        if tree.head[up] == up:
            break
        up = tree.head[up]
    return _nearest_subject(tree, occ)


def _misread_predicate(tree: Tree, noun: int, occ: Occurrence) -> bool:
    """Whether the parser took the sentence's own verb for a relative clause of its subject: Un rapport remis à X décrit
    les failles."""
    if not tree.nominal(noun) or tree.rel[noun] != "root" or tree.rel[occ.verb] not in ("acl", "relcl"):
        return False
    relatives = tree.grammar.relatives_subject | tree.grammar.relatives_object
    return noun < occ.first and not any(tree.low[k] in relatives or tree.finite_verb(k) for k in range(noun, occ.first))


def _nearest_subject(tree: Tree, occ: Occurrence) -> int | None:
    """The subject of the last finite verb before *occ* in its sentence."""
    for at in range(occ.first - 1, tree.first[occ.verb] - 1, -1):
        if tree.verb[at] or tree.pos[at] == "VERB":
            governor = occurrence(tree, at)
            if governor.form == "finite":
                found = _own_subject(tree, governor)
                if found is None:
                    found = inverted_subject(tree, governor)
                if found is not None:
                    return found
    return None
