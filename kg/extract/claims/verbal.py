"""One cue verb or expression: which of its frames holds here, and whether it reports at all."""

from __future__ import annotations

from kg.extract.claims.complements import Content, complement, coordinated_with, sentence_end, skip_circumstances
from kg.extract.claims.found import Found, chars, joined
from kg.extract.claims.objects import agent, noun_content, passive_content
from kg.extract.claims.occurrence import Occurrence, object_relative, occurrence, subject
from kg.extract.claims.quoted import adjacent_quotes, around, inserted, quote_speaker, quote_spans, resumed_quote
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree

# Classes whose bare subject must be able to speak: an affair shows, a decision confirms, but neither claims.
_CAREFUL = frozenset(("find", "confirm", "warn", "judge", "explain", "recommend"))
_MODALS = frozenset(("devoir", "pouvoir", "falloir", "risquer"))


class Refused(Exception):
    """Why a cue that was there does not report (shown by ``kg explain``)."""


def verb_claims(tree: Tree, verb: int, cues: list[int]) -> list[Found]:
    """The claims reported by the verb token *verb*, by the first entry of the lexicon that fits; raises Refused.

    Two where a clause is followed by a colon and a quotation: the clause, and what the speaker says in so many words.
    """
    occ = occurrence(tree, verb)
    entries = _entries(tree, occ)
    mine = adjacent_quotes(tree, occ, cues)
    if not entries:
        found = _unlisted(tree, occ, mine)
        return [found] if found is not None else []
    _refuse(tree, occ, entries)
    for cue, tail in entries:
        stretched = Occurrence(
            occ.verb, occ.first, max(occ.last, tail), occ.form, occ.passive, occ.negated, occ.reflexive, occ.clitic, cue.lemma
        )
        found = _by_frames(tree, stretched, cue, mine)
        if found:
            return found
    raise Refused("no frame of the cue fits")


def _entries(tree: Tree, occ: Occurrence) -> list[tuple[Cue, int]]:
    """The lexicon's entries for *occ*, expressions first, with the last token of an expression's words."""
    lexicon = tree.grammar.lexicon
    out: list[tuple[Cue, int]] = []
    for cue in lexicon.expressions.get(occ.lemma, ()):
        tail = _expression(tree, occ, cue)
        if tail is not None and (not cue.clitic or _has_clitic(tree, occ, cue.clitic)):
            out.append((cue, tail))
    for cue in lexicon.verbs.get(occ.lemma, ()):
        if cue.particle:
            tail = next((k for k in range(occ.last + 1, min(tree.last[occ.verb], occ.last + 5) + 1) if tree.low[k] == cue.particle), None)
            if tail is None:
                continue
        else:
            tail = occ.last
        if cue.reflexive is not None and cue.reflexive != occ.reflexive:
            continue
        if cue.clitic and not _has_clitic(tree, occ, cue.clitic):
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
    return False


def _has_clitic(tree: Tree, occ: Occurrence, clitic: str) -> bool:
    return any(tree.low[k].rstrip("'") == clitic.rstrip("'") for k in range(occ.first, occ.verb))


def _expression(tree: Tree, occ: Occurrence, cue: Cue) -> int | None:
    """The last token of the fixed words that follow the verb, in order and close by."""
    at, tail = occ.last + 1, occ.last
    for options in cue.words[1:]:
        hit = next(
            (k for k in range(at, min(tree.last[occ.verb], at + 4) + 1) if tree.lemma[k] in options or tree.low[k] in options),
            None,
        )
        if hit is None:
            return None
        at, tail = hit + 1, hit
    return tail


def _refuse(tree: Tree, occ: Occurrence, entries: list[tuple[Cue, int]]) -> None:
    """Raises Refused for what is no report: refusals, plain negation, modality, the future."""
    stop = tree.last[occ.verb] + 1
    if tree.grammar.refuses(tree.lemma[occ.verb : stop], tree.low[occ.verb : stop], occ.negated):
        raise Refused("a refusal to speak")
    if {"neither", "nor", "ni"} & {tree.low[k] for k in range(max(tree.first[occ.verb], occ.first - 4), occ.verb)}:
        raise Refused("neither one nor the other is said")
    if occ.negated and occ.lemma not in tree.grammar.negation_claims and not any(
        c.negative or any(key == "negated" for key, _ in c.when) for c, _ in entries
    ):
        raise Refused("the cue is negated")
    if tree.grammar.language == "en":
        lead = {tree.low[k] for k in range(occ.first, occ.verb)}
        if lead & {"would", "could", "may", "might", "should", "will", "can"} and occ.clitic is None:
            raise Refused("the saying is possible or to come, not reported")
    elif occ.form == "finite" and tree.low[occ.verb].endswith(("ra", "ront")) and occ.clitic is None and not occ.verb > occ.first:
        raise Refused("the saying is to come, not reported")


def _by_frames(tree: Tree, occ: Occurrence, cue: Cue, mine: list[int]) -> list[Found]:
    frames = frozenset(cue.frames)
    if mine and _quotes_fit(tree, occ, mine, frames):
        return _quoted(tree, occ, cue, mine, frames)
    if frames & {"quote", "que", "that"} and not occ.passive and inserted(tree, occ):
        content = around(tree, occ)
        if content:
            return [_make(tree, occ, cue, content, "inserted", quote_speaker(tree, occ, [occ.first - 1]), 0.85)]
    if occ.form == "inf" and not _reports_in_infinitive(tree, occ):
        raise Refused("an infinitive that nobody is said to have carried out")
    if occ.passive or (occ.form == "participle" and frames & {"passive_par", "passive_by", "passive_imp"}):
        return _listed(_passive_claim(tree, occ, cue, frames))
    if occ.form == "participle":
        raise Refused("a participle of which nobody is the speaker")
    relative = object_relative(tree, occ)
    if relative is not None and frames & {"np", "que", "that"}:
        return _listed(_from_relative(tree, occ, cue, relative))
    found = _content(tree, occ, cue, frames)
    return _listed(_from_content(tree, occ, cue, found) if found is not None else None)


def _listed(found: Found | None) -> list[Found]:
    return [found] if found is not None else []


def _content(tree: Tree, occ: Occurrence, cue: Cue, frames: frozenset[str]) -> Content | None:
    """A clause or infinitive, else a noun phrase; a quotation right behind the cue goes before a clause further on."""
    clause = complement(tree, occ, frames)
    start = occ.last + 1
    near = skip_circumstances(tree, start, sentence_end(tree, occ.verb)) if start <= tree.last[occ.verb] else start
    quoted = near <= tree.last[occ.verb] and tree.parsed.marked[near] >= 0
    if clause is None or (quoted and tree.parsed.marked[clause.low] != tree.parsed.marked[near] and clause.low > near):
        return noun_content(tree, occ, cue) or clause
    return clause


def _quoted(tree: Tree, occ: Occurrence, cue: Cue, mine: list[int], frames: frozenset[str]) -> list[Found]:
    """The quotations *mine* as content; a clause between the cue and a quotation behind a colon is a claim of its own."""
    speaker = quote_speaker(tree, occ, mine)
    found = _make(tree, occ, cue, quote_spans(tree, mine), "quote", speaker, 0.9)
    found.quotes = mine
    rest = resumed_quote(tree, occ, mine)
    if rest is not None:
        found.content = joined([*found.content, rest])
    if any(k < occ.first for k in mine):
        return [found]
    extra = _content(tree, occ, cue, frames - {"quote"})
    if extra is None or extra.high >= mine[0]:
        return [found]
    if extra.frame == "que" and extra.low == mine[0]:
        return [found]
    own = _from_content(tree, occ, cue, extra)
    if own is None:
        return [found]
    found.stance = "asserts"
    found.rule = "colon"
    return [own, found]


def _from_relative(tree: Tree, occ: Occurrence, cue: Cue, relative: tuple[int, int, int | None]) -> Found | None:
    """``…, ce que nie la police``, ``une accusation que la banque balaie``: the content is what the relative takes up."""
    low, high, speaker = relative
    span = chars(tree, low, high)
    if span is None or speaker is None:
        return None
    return _make(tree, occ, cue, [span], "relative", speaker, 0.6)


def _quotes_fit(tree: Tree, occ: Occurrence, mine: list[int], frames: frozenset[str]) -> bool:
    if "quote" not in frames and not any(k < occ.first for k in mine):
        return False
    if occ.passive:
        return False
    return occ.form in ("finite", "gerund") or any(tree.low[k - 1] == ":" for k in mine if k)


def _from_content(tree: Tree, occ: Occurrence, cue: Cue, content: Content) -> Found | None:
    span = chars(tree, content.low, content.high)
    if span is None:
        return None
    outer = coordinated_with(tree, occ)
    speaker = subject(tree, outer) if outer is not None else subject(tree, occ)
    if content.frame in ("obj_a_inf", "obj_to_inf", "obj_de_inf") and cue.weak and content.target is not None:
        if tree.pos[content.target] == "NOUN" and tree.abstract(content.target):
            raise Refused("what is asked of is no one")
    if speaker is not None and not _may_speak(tree, speaker, cue, content):
        raise Refused("the subject cannot speak")
    found = _make(tree, occ, cue, [span], content.frame, speaker, 0.85 if content.frame in ("que", "that") else 0.75)
    found.addressee = content.addressee if cue.group not in ("accuse",) else None
    if cue.stance == "accuses":
        found.imputed = content.target
    found.stance = _stance(cue, content.frame, tree, content, occ)
    return found


def _may_speak(tree: Tree, head: int, cue: Cue, content: Content) -> bool:
    """Whether the subject is one that speaks; plain nouns that are no sources only with a say-class verb and a clause."""
    if tree.pos[head] in ("PROPN", "PRON", "X") or tree.low[head] in tree.grammar.subject_pronouns:
        if tree.low[head].lstrip("-t") == "on" and content.frame.endswith(("np", "pred")):
            return False  # l'on voit moins de sacs: nobody in particular says so
        return tree.low[head] not in ("ce", "cela", "ça", "this", "that", "c'", "ceci", "rien", "tout", "there")
    if tree.grammar.speaks(tree.lemma[head], tree.low[head]):
        return True
    if tree.parsed.doc[head].ent_type_ in ("PER", "PERSON", "ORG", "GPE", "LOC", "NORP", "MISC"):
        return True
    abstract = tree.abstract(head)
    if cue.group == "find" or (abstract and (cue.group in _CAREFUL or content.frame not in ("que", "that"))):
        return False
    return content.frame not in ("np", "np_pred") or _named(tree, head)


def _named(tree: Tree, head: int) -> bool:
    """Whether a name stands beside the noun: son manager, Loïc Bergot."""
    return any(tree.pos[k] == "PROPN" and tree.rel[k] in ("appos", "flat", "nmod") for k in tree.kids[head] if k > head)


def _stance(cue: Cue, frame: str, tree: Tree, content: Content, occ: Occurrence) -> str:
    """The cue's stance in this frame, with negated content, or when negated itself."""
    window = [tree.low[k] for k in range(content.low, min(content.high, content.low + 4) + 1)]
    content_negated = any(word in tree.grammar.negations for word in window)
    if occ.negated and cue.group == "think" and not any(key == "negated" for key, _ in cue.when):
        return "denies"
    return cue.stance_in(frame, content_negated=content_negated, cue_negated=occ.negated)


def _passive_claim(tree: Tree, occ: Occurrence, cue: Cue, frames: frozenset[str]) -> Found | None:
    by = agent(tree, occ)
    if by is not None:
        tail = Occurrence(
            occ.verb, occ.first, tree.noun_phrase(by)[1], occ.form, True, occ.negated, False, None, occ.lemma
        )
        governed_part = frozenset(f for f in frames if f.startswith(("obj_", "a_obj_", "de_", "np_")))
        if governed_part and cue.stance in ("accuses", "recommends", "warns"):
            after = complement(tree, tail, governed_part)
            if after is not None:
                found = _make(tree, occ, cue, joined([chars(tree, after.low, after.high)]), "passive", by, 0.8)
                found.imputed = _passive_subject(tree, occ) if cue.stance == "accuses" else None
                return found
    if by is not None and frames & {"passive_par", "passive_by"}:
        if not _may_speak(tree, by, cue, Content(by, by, "np")):
            raise Refused("the agent cannot speak")
        content = passive_content(tree, occ)
        if content is not None:
            span = chars(tree, *content)
            if span is not None:
                return _make(tree, occ, cue, [span], "passive", by, 0.8)
    if "passive_imp" not in frames or occ.form == "participle":
        return None
    found_content = complement(tree, occ, frames) or noun_content(tree, occ, cue)
    if found_content is None:
        return None
    spans = [chars(tree, found_content.low, found_content.high)]
    head = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if head is not None and tree.low[head] not in ("il", "it"):
        spans.append(chars(tree, *tree.noun_phrase(head)))
    found = _make(tree, occ, cue, joined(spans), "passive_imp", by, 0.6)
    if cue.stance == "accuses":
        found.imputed = head
    return found


def _passive_subject(tree: Tree, occ: Occurrence) -> int | None:
    own = next((k for k in tree.kids[occ.verb] if tree.rel[k] == "subj" and k < occ.first), None)
    if own is not None or occ.form != "participle":
        return own
    up = tree.head[occ.verb]
    return up if tree.nominal(up) else tree.kid(up, "subj")


def _reports_in_infinitive(tree: Tree, occ: Occurrence) -> bool:
    """avant d'ajouter, après avoir affirmé, tient à rappeler: an infinitive whose act is reported as done."""
    grammar = tree.grammar
    before = [tree.low[k] for k in range(max(tree.first[occ.verb], occ.first - 3), occ.first)]
    if before[-2:] in (["avant", "de"], ["avant", "d'"]) or before[-1:] == ["après"]:
        return True
    if grammar.language == "fr" and before and before[0] in ("et",) and before[-1] in ("de", "d'"):
        return True
    up = tree.head[occ.verb]
    for _ in range(2):
        if tree.verb[up] or tree.pos[up] in ("VERB", "AUX"):
            lemma = tree.verb[up] or tree.lemma[up]
            if lemma in _MODALS:
                return False
            return lemma in grammar.governors or tree.lemma[up] in grammar.governors
        if tree.head[up] == up:
            break
        up = tree.head[up]
    return False


def _unlisted(tree: Tree, occ: Occurrence, mine: list[int]) -> Found | None:
    """A verb that no lexicon lists but that stands inverted right behind a quotation reports it all the same."""
    if tree.pos[occ.verb] == "AUX" or tree.low[occ.verb] in tree.grammar.auxiliaries:
        return None
    if not mine or occ.passive or occ.form != "finite" or not any(0 < occ.first - k <= 2 for k in mine):
        return None
    speaker = quote_speaker(tree, occ, mine)
    if speaker is None or speaker < occ.verb and occ.clitic is None:
        return None
    return Found((occ.first, occ.last), occ.lemma or tree.lemma[occ.verb], quote_spans(tree, mine), "asserts", "quote", speaker, quotes=mine, score=0.7)


def _make(
    tree: Tree, occ: Occurrence, cue: Cue, spans: list[tuple[int, int]], rule: str, speaker: int | None, score: float
) -> Found:
    stance = cue.stance_in(rule, cue_negated=occ.negated)
    return Found(
        (occ.first, occ.last), cue.lemma, spans, stance, rule, speaker, negated=occ.negated,
        score=score if speaker is not None else score * 0.6,
    )  # fmt: skip
