"""One cue verb or expression: which of its frames holds here."""

from __future__ import annotations

from kg.extract.claims.answers import answers
from kg.extract.claims.asides import aside
from kg.extract.claims.boundaries import sentence_end
from kg.extract.claims.complements import after_colon, complement
from kg.extract.claims.content import Content
from kg.extract.claims.coordination import coordinated_with
from kg.extract.claims.entries import entries
from kg.extract.claims.found import Found, chars, joined
from kg.extract.claims.inserted import around, inserted
from kg.extract.claims.markers import skip_circumstances
from kg.extract.claims.objects import noun_content
from kg.extract.claims.occurrence import Occurrence, occurrence
from kg.extract.claims.passives import passive_claim
from kg.extract.claims.phrases import phrase_end, prepositional_head
from kg.extract.claims.quoted import adjacent_quotes, quote_spans, quote_speaker, resumed_quote
from kg.extract.claims.refusals import Refused, refuse, reports_in_infinitive
from kg.extract.claims.relatives import object_relative
from kg.extract.claims.stance import make, may_speak, stance_of
from kg.extract.claims.subjects import subject
from kg.extract.lexicon import Cue
from kg.extract.tree import Tree


def verb_claims(tree: Tree, verb: int, cues: list[int]) -> list[Found]:
    """The claims reported by the verb token *verb*, by the first entry of the lexicon that fits; raises Refused.

    Two where a clause is followed by a colon and a quotation: the clause, and what the speaker says in so many words.
    """
    occ = occurrence(tree, verb)
    listed = entries(tree, occ)
    mine = adjacent_quotes(tree, occ, cues)
    if not listed:
        return _listed(_unlisted(tree, occ, mine))
    refuse(tree, occ, listed)
    for cue, tail in listed:
        stretched = Occurrence(
            occ.verb,
            occ.first,
            max(occ.last, tail),
            occ.form,
            occ.passive,
            occ.negated,
            occ.reflexive,
            occ.clitic,
            cue.lemma,
        )
        found = _by_frames(tree, stretched, cue, mine)
        if found:
            return found
    raise Refused("no frame of the cue fits")


def _by_frames(tree: Tree, occ: Occurrence, cue: Cue, mine: list[int]) -> list[Found]:
    frames = frozenset(cue.frames)
    answering = answers(tree, occ) if "quote" in frames else None
    if answering is not None:
        said = quote_spans(tree, mine) or joined([chars(tree, tree.first[occ.verb], occ.first - 2)])
        answer = make(tree, occ, cue, said, "quote", answering, 0.8)
        answer.quotes = mine
        return [answer]
    told = aside(tree, occ) if frames & {"que", "quote"} else None
    if told is not None:
        return [make(tree, occ, cue, told[1], "inserted", told[0], 0.8)]
    if mine and _quotes_fit(tree, occ, mine, frames):
        return _quoted(tree, occ, cue, mine, frames)
    if frames & {"quote", "que", "that"} and not occ.passive and inserted(tree, occ):
        content = around(tree, occ)
        if content:
            return [make(tree, occ, cue, content, "inserted", quote_speaker(tree, occ, [occ.first - 1]), 0.85)]
    if occ.form == "inf" and not reports_in_infinitive(tree, occ):
        raise Refused("an infinitive that nobody is said to have carried out")
    if occ.passive or (occ.form == "participle" and frames & {"passive_par", "passive_by", "passive_imp"}):
        return _listed(passive_claim(tree, occ, cue, frames))
    if occ.form == "participle":
        raise Refused("a participle of which nobody is the speaker")
    relative = object_relative(tree, occ)
    if relative is not None and frames & {"np", "que", "that", "np_pred"}:
        return _listed(_from_relative(tree, occ, cue, relative))
    found = _content(tree, occ, cue, frames)
    return _listed(_from_content(tree, occ, cue, found) if found is not None else None)


def _listed(found: Found | None) -> list[Found]:
    return [found] if found is not None else []


def _content(tree: Tree, occ: Occurrence, cue: Cue, frames: frozenset[str]) -> Content | None:
    """A clause or infinitive, else a noun phrase; a quotation right behind the cue goes before a clause further on."""
    clause = complement(tree, occ, frames) or after_colon(tree, occ, frames)
    start = occ.last + 1
    near = skip_circumstances(tree, start, sentence_end(tree, occ.verb)) if start <= tree.last[occ.verb] else start
    quoted = near <= tree.last[occ.verb] and tree.parsed.marked[near] >= 0
    if clause is not None and clause.low > near + 1 and tree.low[near] in ("as", "comme") and "np_pred" in frames:
        return Content(near, clause.high, "np_pred")  # dismissed as "a smear" allegations that …
    judged = (
        clause is not None and frames & {"np_pred"} and near == clause.low - 2 and tree.low[near + 1] in ("que", "qu'")
    )
    if clause is not None and judged and (quoted or tree.pos[near] == "ADJ"):
        return Content(near, clause.high, "np_pred")  # juge « incompréhensible » que le plan n'ait pas été testé
    if clause is None or (quoted and tree.parsed.marked[clause.low] != tree.parsed.marked[near] and clause.low > near):
        return noun_content(tree, occ, cue) or clause
    return clause


def _quoted(tree: Tree, occ: Occurrence, cue: Cue, mine: list[int], frames: frozenset[str]) -> list[Found]:
    """The quotations *mine* as content; a clause before a colon and a quotation is a claim of its own."""
    speaker = quote_speaker(tree, occ, mine)
    found = make(tree, occ, cue, quote_spans(tree, mine), "quote", speaker, 0.9)
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


_THOSE = frozenset(("celui", "celle", "ceux", "celles", "those"))


def _from_relative(tree: Tree, occ: Occurrence, cue: Cue, relative: tuple[int, int, int | None]) -> Found | None:
    """``…, ce que nie la police``, ``une accusation que la banque balaie``: the content is the antecedent."""
    low, high, speaker = relative
    if low == high and tree.low[low] in _THOSE:
        raise Refused("what is pointed at is no content")  # ceux que X avait confiés à la presse
    span = chars(tree, low, high)
    if span is None or speaker is None:
        return None
    more = None
    if "np" not in cue.frames and occ.last < sentence_end(tree, occ.verb):
        at, end = occ.last + 1, sentence_end(tree, occ.verb)
        head = prepositional_head(tree, at, end) if tree.pos[at] == "ADP" else at
        if tree.low[at] == ",":
            return None
        more = chars(tree, at, phrase_end(tree, occ, head if head is not None else at, at, end))
    return make(tree, occ, cue, joined([span, more]), "relative", speaker, 0.6)


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
    target = content.target
    asks = content.frame in ("obj_a_inf", "obj_to_inf", "obj_de_inf") and cue.weak
    if asks and target is not None and tree.pos[target] == "NOUN" and tree.abstract(target):
        raise Refused("what is asked of is no one")
    if speaker is not None and not may_speak(tree, speaker, cue, content):
        raise Refused("the subject cannot speak")
    found = make(tree, occ, cue, [span], content.frame, speaker, 0.85 if content.frame in ("que", "that") else 0.75)
    found.addressee = content.addressee if cue.group not in ("accuse",) else None
    if cue.stance == "accuses":
        found.imputed = content.target
    found.stance = stance_of(cue, content.frame, tree, content, occ)
    return found


def _unlisted(tree: Tree, occ: Occurrence, mine: list[int]) -> Found | None:
    """A verb that no lexicon lists but that stands inverted right behind a quotation reports it all the same."""
    if tree.pos[occ.verb] == "AUX" or tree.low[occ.verb] in tree.grammar.auxiliaries:
        return None
    if not mine or occ.passive or occ.form != "finite" or not any(0 < occ.first - k <= 2 for k in mine):
        return None
    speaker = quote_speaker(tree, occ, mine)
    if speaker is None or speaker < occ.verb and occ.clitic is None:
        return None
    return Found(
        (occ.first, occ.last),
        occ.lemma or tree.lemma[occ.verb],
        quote_spans(tree, mine),
        "asserts",
        "quote",
        speaker,
        quotes=mine,
        score=0.7,
    )
