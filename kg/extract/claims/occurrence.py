"""A cue verb where it occurs: its verbal group, voice, negation, and who its subject is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.tree import Tree

_PARTICIPLES = ("é", "ée", "és", "ées")
_NOT_PERSONS = frozenset(("PUNCT", "ADP", "SCONJ", "CCONJ", "VERB", "AUX"))


@dataclass(slots=True)
class Occurrence:
    """Tokens ``first``..``last`` are the verbal group of *verb*; *clitic* is an inverted pronoun inside it.

    *form* is ``finite``, ``inf``, ``gerund`` or ``participle`` (a past participle without an auxiliary).
    """

    verb: int
    first: int
    last: int
    form: str
    passive: bool = False
    negated: bool = False
    reflexive: bool = False
    clitic: int | None = None
    lemma: str = ""


def occurrence(tree: Tree, verb: int) -> Occurrence:
    """The verbal group around *verb*."""
    grammar, low = tree.grammar, tree.low
    first = verb
    auxiliaries: list[int] = []
    clitic: int | None = None
    negated = reflexive = False
    at = verb - 1
    while at >= tree.first[verb] and verb - at < 9:
        word = low[at]
        if tree.parsed.quote[at] >= 0:
            break
        if word in grammar.clitic_subjects:
            clitic = at
        elif word in grammar.auxiliaries:
            auxiliaries.append(at)
        elif word in grammar.negations:
            negated = True
        elif word in grammar.clitics and _is_clitic(tree, at):
            reflexive = reflexive or word in grammar.reflexives
        elif tree.pos[at] == "ADV" or word in grammar.negation_seconds or word in grammar.clitic_links:
            if not auxiliaries and not _group_goes_on(tree, at):
                break
        elif tree.pos[at] == "PART" and word != "to":
            pass
        else:
            break
        if tree.pos[at] != "ADV" or auxiliaries or negated:
            first = at
        at -= 1
    for kid in tree.kids[verb]:  # an adverbial inside the group: a, par ailleurs, indiqué
        if tree.rel[kid] in ("aux", "auxpass") and tree.low[kid] != "to" and verb - 7 <= kid < first and tree.first[verb] <= kid:
            auxiliaries.append(kid)
            first = kid
    last = verb
    after = verb + 1
    while after <= tree.last[verb] and after - verb < 4:
        word = low[after]
        if word in grammar.clitic_subjects:
            clitic, last = after, after
        elif word in grammar.clitic_links or (word in grammar.negation_seconds and negated):
            last = after
        else:
            break
        after += 1
    if tree.grammar.language == "en" and not reflexive:
        reflexive = any(low[k] in grammar.reflexives for k in tree.kids[verb])
    return Occurrence(
        verb, first, last, _form(tree, verb, auxiliaries), _passive(tree, verb, auxiliaries, reflexive), negated,
        reflexive, clitic, tree.verb[verb],
    )  # fmt: skip


def _is_clitic(tree: Tree, at: int) -> bool:
    """Whether a form such as ``le`` or ``leur`` is a pronoun before the verb, not a determiner."""
    return tree.pos[at] in ("PRON", "PART", "ADV", "X", "DET") and tree.pos[at + 1] not in ("NOUN", "PROPN", "ADJ", "NUM")


def _group_goes_on(tree: Tree, at: int) -> bool:
    """Whether an auxiliary or negation stands before the adverbs that end at *at*."""
    for before in range(at - 1, max(tree.first[at], at - 4) - 1, -1):
        if tree.low[before] in tree.grammar.auxiliaries or tree.low[before] in tree.grammar.negations:
            return True
        if tree.pos[before] != "ADV":
            return False
    return False


def _form(tree: Tree, verb: int, auxiliaries: list[int]) -> str:
    low = tree.low[verb]
    if auxiliaries:
        lead = tree.low[min(auxiliaries)]
        if lead in ("avoir", "être") or (lead in ("have", "be") and tree.low[min(auxiliaries) - 1] == "to"):
            return "inf"
        if lead in ("ayant", "étant", "having", "being"):
            return "gerund"
        return "finite"
    form = tree.morph(verb, "VerbForm")
    if tree.grammar.language == "fr":
        if low.endswith("ant") and form != "Fin":
            return "gerund"
        if form == "Inf" or (low == tree.verb[verb] and form != "Fin"):
            return "inf"
        if low.endswith("t") and tree.low[min(verb + 1, tree.n - 1)] not in tree.grammar.agent_prepositions:
            return "finite"  # dit, écrit: present and participle are one form
        if form == "Part" and (low.endswith(_PARTICIPLES) or not tree.verb[verb].endswith("er")):
            return "finite" if _shares_auxiliary(tree, verb) else "participle"
        return "finite"
    if low.endswith("ing"):
        return "gerund"
    tag = tree.parsed.doc[verb].tag_
    if tag == "VB":
        return "inf" if verb and tree.low[verb - 1] == "to" else "finite"
    if tag in ("VBN", "VBD") and verb == tree.first[verb]:
        return "participle"  # Asked whether …, the mayor replied
    if tag == "VBN":
        # said/claimed/warned are tagged both ways: with a subject of its own it is a past tense
        own = tree.kid(verb, "subj") is not None and not tree.kid(verb, "auxpass")
        return "finite" if own or _takes_that(tree, verb) or _goes_on(tree, verb) else "participle"
    return "finite"


def _goes_on(tree: Tree, verb: int) -> bool:
    """``She vowed to … and advised players to …``: a past tense that follows *and* after another report."""
    if verb <= tree.first[verb] or tree.low[verb - 1] not in ("and", "but"):
        return False
    lexicon = tree.grammar.lexicon
    return any(
        tree.verb[k] in lexicon.verbs and tree.parsed.doc[k].tag_ in ("VBD", "VBZ") for k in range(tree.first[verb], verb - 1)
    )


_ADDRESSED = frozenset("tell inform ask warn advise assure convince remind notify question".split())


def _takes_that(tree: Tree, verb: int) -> bool:
    """Whether a form tagged as a past participle has a clause of its own, which a participle of these verbs has not."""
    if tree.verb[verb] in _ADDRESSED or tree.low[verb - 1 if verb else 0] in tree.grammar.be:
        return False
    clause = tree.kid(verb, "ccomp")
    return clause is not None and clause > verb and any(tree.low[k] == "that" for k in tree.kids[clause])


def _shares_auxiliary(tree: Tree, verb: int) -> bool:
    """``a qualifié … et menacé de``: a coordinated participle whose auxiliary ``avoir`` stands with the first verb."""
    before = verb - 1
    while before > tree.first[verb] and tree.pos[before] == "ADV":
        before -= 1
    if tree.low[before] not in ("et", "puis", "mais", ",") or tree.low[min(verb + 1, tree.n - 1)] in tree.grammar.agent_prepositions:
        return False
    for at in range(before - 1, tree.first[verb], -1):
        if tree.pos[at] in ("VERB", "AUX") and tree.finite(at):
            return tree.low[at] in _HAVE
        if tree.low[at] in tree.grammar.complementisers | tree.grammar.relatives_subject:
            return False
    return False


_HAVE = frozenset("a ont avait avaient aura auront aurait auraient ait ai avons".split())


def _passive(tree: Tree, verb: int, auxiliaries: list[int], reflexive: bool) -> bool:
    if reflexive or not auxiliaries:
        return False
    nearest = max(auxiliaries)
    if tree.low[nearest] not in tree.grammar.be:
        return False
    if tree.grammar.language == "fr":
        return not tree.low[verb].endswith(("ant", "er", "ir")) or tree.low[nearest] == "été"
    return not tree.low[verb].endswith("ing")


# -------------------------------------------------------------------- subjects
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
    if occ.form == "gerund":
        outer = _reporting_subject(tree, occ)
        if outer is not None:
            return outer
    return _shared_subject(tree, occ, depth)


def _reporting_subject(tree: Tree, occ: Occurrence) -> int | None:
    """For a gerund set off by a comma, the subject of the report that opens the sentence: a reconnu que …, tout en assurant.

    The parser hangs it on the verb of the content, whose subject says nothing.
    """
    at = occ.first - 1
    while at > tree.first[occ.verb] and (tree.low[at] in tree.grammar.gerund_particles or tree.low[at] == "tout"):
        at -= 1
    if tree.low[at] not in (",", "–", "—"):
        return None
    lexicon = tree.grammar.lexicon
    for verb in range(tree.first[occ.verb], at):
        if tree.verb[verb] not in lexicon.verbs or tree.parsed.marked[verb] >= 0:
            continue
        governor = occurrence(tree, verb)
        opens = any(tree.low[k] in tree.grammar.complementisers for k in range(governor.last + 1, min(governor.last + 5, at)))
        if governor.form == "finite" and not governor.passive and opens:
            return _own_subject(tree, governor) or inverted_subject(tree, governor)
    return None


def _own_subject(tree: Tree, occ: Occurrence) -> int | None:
    bracketed = _before_relative(tree, occ)
    if bracketed is not None:
        return bracketed
    candidates = [k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and tree.parsed.quote[k] < 0]
    for kid in sorted(candidates, key=lambda k: abs(k - occ.first)):
        if kid < occ.first:
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
    """The noun phrase that ends right before the group, or before a bracket of commas, where the parser saw no subject."""
    start, at = tree.first[occ.verb], occ.first - 1
    if at > start and tree.low[at] == ",":
        opening = next((k for k in range(at - 1, start, -1) if tree.low[k] == ","), None)
        if opening is None or any(tree.pos[k] in ("VERB", "AUX") and tree.finite(k) for k in range(opening + 1, at)):
            return None
        at = opening - 1
    named = _entity_ending(tree, at)
    if named is not None:
        before = tree.low[named - 1] if named > start else ""
        if named == start or before in (",", ";", ":", "–", "—", "et", "and", "que", "qu'", "that", "mais", "but"):
            return next((k for k in range(named, at + 1) if tree.nominal(k)), None)
    if at < start or not tree.nominal(at) and tree.pos[at] != "ADJ":
        return None
    head = at
    for _ in range(8):
        up = tree.head[head]
        if up == head or not start <= up <= at or not (tree.nominal(up) or tree.pos[up] == "ADP"):
            break
        head = up
    if not tree.nominal(head) or tree.pos[head] == "NUM" or tree.low[head] in tree.grammar.temporal:
        return None
    low, _ = tree.noun_phrase(head)
    before = tree.low[low - 1] if low > start else ""
    opens = low == start or before in (",", ";", ":", "–", "—", "et", "and", "but", "mais", "que", "qu'", "that", "si")
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
    """The noun phrase before a relative clause that ends with the comma in front of the verb: X, qui a relayé …, a assuré.

    Parsers take the last noun of the relative clause for the subject.
    """
    start = tree.first[occ.verb]
    if occ.first - 1 <= start or tree.low[occ.first - 1] != ",":
        return None
    for at in range(occ.first - 2, start + 1, -1):
        if tree.low[at] in tree.grammar.relatives_subject and tree.low[at - 1] == "," and tree.pos[at] in ("PRON", "SCONJ", "DET"):
            finite = [k for k in range(at + 1, occ.first) if tree.pos[k] in ("VERB", "AUX") and tree.finite(k)]
            if not 1 <= len(finite) <= 2:
                return None
            found = antecedent(tree, at)
            return found if found < at else None
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


def antecedent(tree: Tree, token: int) -> int:
    """What a relative pronoun stands for, else *token* itself."""
    prepositional = tree.low[token] in ("whom", "lequel", "laquelle", "lesquels")
    if not prepositional and (
        tree.low[token] not in tree.grammar.relatives_subject or tree.pos[token] not in ("PRON", "DET", "SCONJ")
    ):
        return token
    verb = tree.head[token]
    if tree.rel[verb] in ("relcl", "acl") and tree.head[verb] != verb and tree.nominal(tree.head[verb]):
        if tree.head[verb] < token:
            return _outermost(tree, tree.head[verb], token)
    for at in range(token - 1, max(tree.first[token], token - 12) - 1, -1):
        if tree.nominal(at) and tree.pos[at] != "NUM":
            return _outermost(tree, at, token)
    return token


def _outermost(tree: Tree, head: int, relative: int) -> int:
    """``le ministère de l'Intérieur, qui``: after a comma the relative clause goes with the whole phrase."""
    if tree.low[relative - 1] == ",":
        while tree.rel[head] in ("nmod", "pobj", "flat", "compound", "prep") and tree.head[head] >= tree.first[head]:
            up = tree.head[head]
            if up == head or up > head or tree.pos[up] in ("VERB", "AUX"):
                break
            if tree.pos[up] == "ADP":
                up = tree.head[up]
                if tree.pos[up] not in ("NOUN", "PROPN", "PRON"):
                    break
            head = up
    return head


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
        elif tree.nominal(up) and tree.rel[verb] in ("relcl", "acl") and occ.form in ("participle", "gerund"):
            return up
        if tree.head[up] == up:
            break
        up = tree.head[up]
    return _nearest_subject(tree, occ)


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


def inverted_subject(tree: Tree, occ: Occurrence) -> int | None:
    """The head of the noun phrase that follows the verbal group, time words and short complements skipped."""
    if occ.clitic is not None:
        return occ.clitic
    at = occ.last + 1
    end = tree.last[occ.verb]
    skipped = 0
    while at <= end and skipped < 12:
        word, pos = tree.low[at], tree.pos[at]
        if pos == "ADV" or word in ("aussi", "encore", "ainsi"):
            at += 1
            skipped += 1
            continue
        if pos == "ADP" or word in ("à", "au", "aux", "dans", "sur", "en", "lors", "depuis", "via"):
            step = _after_phrase(tree, at, end)
            if step is None:
                return None
            skipped += step - at
            at = step
            continue
        if pos == "PUNCT" and word in (",", "(") and skipped:
            at += 1
            continue
        if word in tree.grammar.temporal and not _names(tree, at):
            at = _after_time(tree, at, end)
            skipped += 1
            continue
        break
    if at > end:
        return None
    return _phrase_head(tree, at, end)


def _names(tree: Tree, at: int) -> bool:
    return tree.pos[at] == "PROPN" and tree.parsed.doc[at].ent_type_ in ("PER", "PERSON")


def _after_phrase(tree: Tree, at: int, end: int) -> int | None:
    """The token after the prepositional phrase that begins at *at* (a few tokens at most)."""
    head = tree.head[at]
    if at < head <= at + 5:
        low, high = tree.noun_phrase(head)
        if low <= at + 1 and high < end:
            return high + 1
    for step in range(at + 1, min(end, at + 5) + 1):
        if tree.pos[step] in ("NOUN", "PROPN", "NUM"):
            return step + 1
    return None


def _after_time(tree: Tree, at: int, end: int) -> int:
    """The token after a time expression such as ``vendredi soir`` or ``mercredi 3 mai``."""
    while at <= end and (tree.low[at] in tree.grammar.temporal or tree.pos[at] == "NUM" or tree.word[at].isdigit()):
        at += 1
    return at


def _phrase_head(tree: Tree, at: int, end: int) -> int | None:
    """The head of the noun phrase whose first token is *at*."""
    step = at
    while step <= end and step < at + 8:
        if tree.low[step] in tree.grammar.subject_pronouns:
            return step
        if tree.low[step] in tree.grammar.determiners and tree.pos[step] in ("PRON", "DET") and step < end:
            if tree.pos[step + 1] in ("VERB", "ADJ", "AUX") and tree.grammar.speaks(tree.low[step + 1], tree.lemma[step + 1]):
                return step + 1  # l'accusé, tagged as a verb
            step += 1
            continue
        if tree.nominal(step) and tree.pos[step] != "NUM" and not (
            tree.rel[step] == "amod" or tree.parsed.quote[step] >= 0
        ):
            return _climb(tree, step, at)
        if tree.pos[step] in _NOT_PERSONS and tree.low[step] not in tree.grammar.determiners:
            return None
        step += 1
    return None


def _climb(tree: Tree, step: int, at: int) -> int:
    """The phrase's own head: a flat name's first part, not the title's complement."""
    head = step
    while tree.rel[head] in ("flat", "compound", "amod") and at <= tree.head[head] != head and tree.head[head] - at < 8:
        head = tree.head[head]
    return head


def object_relative(tree: Tree, occ: Occurrence) -> tuple[int, int, int | None] | None:
    """Where *occ* stands in an object relative: first and last token of its antecedent, and the subject's head.

    ``ce que nie la police``, ``une accusation que la banque balaie``, ``an incident it played down`` has no pronoun and is
    left to the parse.
    """
    if occ.form != "finite" or occ.clitic is not None:
        return None
    at = occ.first - 1
    limit = max(tree.first[occ.verb], occ.first - 12)
    while at >= limit and tree.low[at] not in tree.grammar.relatives_object:
        if tree.low[at] in (",", ";", ":") or (tree.pos[at] in ("VERB", "AUX") and tree.finite(at)):
            return None
        at -= 1
    if at <= limit or tree.pos[at] not in ("PRON", "SCONJ", "DET") or tree.low[at] in ("that",) and tree.pos[at] == "SCONJ":
        return None
    before = at - 1
    if tree.low[before] == "ce":
        antecedent_at = (before, before)
    elif tree.nominal(before) and tree.rel[occ.verb] in ("relcl", "acl") and tree.pos[at] == "PRON":
        head = before
        while tree.rel[head] in ("nmod", "flat", "pobj") and tree.head[head] < head and tree.nominal(tree.head[head]):
            head = tree.head[head]
        antecedent_at = tree.noun_phrase(head)
    else:
        return None
    if at == occ.first - 1:
        return *antecedent_at, inverted_subject(tree, occ)
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and at < k < occ.first), None)
    if own is None:
        own = next((k for k in range(occ.first - 1, at, -1) if tree.nominal(k)), None)
    return *antecedent_at, own
