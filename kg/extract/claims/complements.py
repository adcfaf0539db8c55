"""Content to the right of a cue: que-clauses, infinitives, noun phrases, each as the cue's frames allow.

The parse proposes, the words decide: a complementiser right after the cue is one even where the parser hung the clause
elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.claims.occurrence import Occurrence, occurrence
from kg.extract.tree import Tree

_CUT = (".", "!", "?", ";", "…")
_FINITE_GAP = 24


@dataclass(slots=True)
class Content:
    """Tokens ``low``..``high`` of the content, the frame's name, and the parties it governs (head tokens)."""

    low: int
    high: int
    frame: str
    addressee: int | None = None
    target: int | None = None


def sentence_end(tree: Tree, token: int) -> int:
    """The last token of the sentence that is no closing punctuation."""
    last = tree.last[token]
    while last > token and tree.low[last] in (".", "!", "?", "…", "...", ":", ";", ",", ")"):
        if tree.low[last] == ")" and any(tree.low[k] == "(" for k in range(token, last)):
            break
        last -= 1
    return last


def complement(tree: Tree, occ: Occurrence, frames: frozenset[str]) -> Content | None:
    """The content that follows *occ*, by the first of its *frames* that fits."""
    end = sentence_end(tree, occ.verb)
    at = occ.last + 1
    if at > end:
        return None
    infinitive = _infinitive(tree, occ, at, end, frames)
    if frames & {"que", "that", "obj_que", "obj_that", "a_ce_que", "pour_que"}:
        found = _clause(tree, occ, at, end, frames)
        if found is not None and (infinitive is None or found.low <= infinitive.low):
            return found
    if infinitive is not None:
        return infinitive
    if frames & {"si", "whether", "obj_whether"}:
        found = _question(tree, occ, at, end)
        if found is not None:
            return found
    if tree.grammar.language == "en":
        if frames & {"that", "obj_that", "to_obj_that"}:
            found = _bare_clause(tree, occ, at, end)
            if found is not None:
                return found
        if "ing" in frames:
            found = _ing(tree, at, end)
            if found is not None:
                return found
    return None


# -------------------------------------------------------------------- clauses
def _clause(tree: Tree, occ: Occurrence, at: int, end: int, frames: frozenset[str]) -> Content | None:
    skip_to = at
    for token in range(at, min(end, at + _FINITE_GAP) + 1):
        word = tree.low[token]
        if token < skip_to:
            continue
        if word == ",":
            close = next((k for k in range(token + 1, min(end, token + 16) + 1) if tree.low[k] == ","), None)
            if close is not None and close < end and tree.low[close + 1] in tree.grammar.complementisers:
                skip_to = close + 1
                continue
        if word in tree.grammar.complementisers and _complementises(tree, occ, token, at):
            if token + 1 > end:
                return None
            between = _object_between(tree, occ, at, token)
            if between is not None and not frames & {"obj_que", "obj_that"} and _plain_object(tree, occ, between, token):
                return None  # révèle des faits que la presse taisait: a relative clause
            return Content(token + 1, clause_end(tree, occ, token + 1, end), "que", between)
        if word in _CUT or (_finite_here(tree, token) and not _in_relative(tree, token, occ.verb)):
            return None
        if tree.verb[token] and tree.low[token].endswith(("ant", "ing")) and tree.verb[token] in tree.grammar.lexicon.verbs:
            return None
    return None


def _complementises(tree: Tree, occ: Occurrence, token: int, at: int) -> bool:
    if tree.low[token] == "that" and tree.pos[token] in ("DET",) and tree.rel[token] == "det":
        return False
    if tree.pos[token] == "PRON" and token != at and tree.rel[tree.head[token]] == "relcl":
        opens_quote = tree.parsed.marked[token] < 0 and token < tree.last[token] and tree.parsed.marked[token + 1] >= 0
        governor = next((k for k in tree.kids[token - 1] if tree.rel[k] == "case"), None)
        circumstance = governor is not None and tree.low[governor] in ("sur", "dans", "à", "au", "lors", "devant", "chez")
        if not opens_quote and not circumstance:
            return False
    previous = tree.low[token - 1]
    if previous in ("plus", "moins", "aussi", "autant", "tel", "telle", "même", "autre", "si", "ainsi", "alors", "dès",
                    "afin", "pour", "avant", "après", "sans", "bien", "parce", "tandis", "lors", "depuis", "so", "such",
                    "pendant", "puisque", "outre", "jusqu'à", "ce", "celle", "celui", "ceux"):  # fmt: skip
        return token == at + 1 and previous in ("alors", "ainsi", "aussi", "bien", "même")
    return not (occ.negated and token == at and previous not in tree.grammar.negation_seconds and _restrictive(tree, occ))


def _plain_object(tree: Tree, occ: Occurrence, noun: int, complementiser: int) -> bool:
    """Whether *noun* is the cue's direct object and stands right before *complementiser*."""
    low, high = tree.noun_phrase(noun)
    if tree.grammar.language != "fr" or high < complementiser - 1 or tree.low[complementiser - 1] == ",":
        return False
    before = tree.low[low - 1] if low > occ.last + 1 else ""
    governed_by = before in tree.grammar.circumstance_prepositions or tree.low[low] in ("au", "aux", "du")
    return not governed_by and tree.lemma[noun] not in tree.grammar.lexicon.nouns and not tree.abstract(noun)


def _restrictive(tree: Tree, occ: Occurrence) -> bool:
    """``ne … que`` without a second negation word: only, not that."""
    return tree.grammar.language == "fr" and not any(
        tree.low[k] in tree.grammar.negation_seconds for k in range(occ.first, occ.last + 1)
    )


def _finite_here(tree: Tree, token: int) -> bool:
    return tree.pos[token] in ("VERB", "AUX") and tree.finite(token)


def _in_relative(tree: Tree, token: int, verb: int) -> bool:
    """Whether *token* belongs to a relative clause or a bracket between the cue and its content."""
    up = token
    for _ in range(8):
        if tree.rel[up] in ("relcl", "acl", "parataxis"):
            return True
        if up in (verb, tree.head[up]):
            return False
        up = tree.head[up]
    return False


def clause_end(tree: Tree, occ: Occurrence, start: int, end: int) -> int:
    """Where the clause that begins at *start* ends: its subtree, stretched over what the parser cut off too early."""
    head = _clause_head(tree, start, end)
    high = tree.subtree(head)[1] if head is not None else start
    high = min(max(high, start), end)
    needs_verb = _marker_at(tree, start, end) is None and not tree.low[start].endswith("ing")
    while high < end:
        follow = high + 1
        if needs_verb and any(_finite_here(tree, k) for k in range(start, high + 1)):
            needs_verb = False
        if tree.low[follow] in _STOPS:
            if needs_verb and tree.low[follow] == "," and any(_finite_here(tree, k) for k in range(follow, end + 1)):
                high = follow  # si le ministre, ancien avocat d'affaires, n'avait pas …
                continue
            if opens_report(tree, occ, follow, end) or not _continues(tree, follow + 1, end, start):
                break
            high = follow
            continue
        if opens_report(tree, occ, follow, end) or tree.parsed.quote[follow] >= 0:
            break
        high = follow
    return cut_at_reports(tree, occ, start, high)


_STOPS = frozenset((",", ";", "–", "—", ":"))
_LINKS = frozenset(("et", "and", "but", "mais", "puis", "ou", "or", "yet"))


def cut_at_reports(tree: Tree, occ: Occurrence, start: int, high: int) -> int:
    """*high* moved back before whatever opens another report, or a circumstance of this one."""
    for token in range(start + 1, high + 1):
        if tree.low[token] == ":" and tree.parsed.marked[token] < 0 and _quote_follows(tree, token):
            return token - 1
        if opens_report(tree, occ, token, tree.last[token]) or _circumstance(tree, token):
            return token - 1
    return high


def _quote_follows(tree: Tree, token: int) -> bool:
    return token + 1 <= tree.last[token] and (tree.parsed.quote[token + 1] >= 0 or tree.parsed.marked[token + 1] >= 0)


def _circumstance(tree: Tree, token: int) -> bool:
    """Whether a comma opens words about the report (in a statement, while …), not about what is reported."""
    if tree.low[token] != "," or token + 2 > tree.last[token] or tree.parsed.marked[token] >= 0:
        return False
    pair = (tree.low[token + 1], tree.low[token + 2])
    return pair[0] in tree.grammar.circumstance_openers or " ".join(pair) in tree.grammar.circumstance_openers


def opens_report(tree: Tree, occ: Occurrence, token: int, end: int) -> bool:
    """Whether the comma or conjunction *token* opens another report of the sentence."""
    if tree.low[token] not in _STOPS and tree.low[token] not in _LINKS:
        return False
    if tree.parsed.marked[token] >= 0:
        return False
    at = token + 1
    while at <= end and (tree.low[at] in _LINKS or tree.low[at] == ","):
        at += 1
    return at <= end and _new_report(tree, occ, at, end, tree.low[at - 1] in _LINKS)


def _clause_head(tree: Tree, start: int, end: int) -> int | None:
    """The head of the clause: the highest token reached from its first words without leaving it."""
    best: int | None = None
    for token in range(start, min(end, start + 3) + 1):
        up = token
        for _ in range(40):
            if tree.head[up] == up or not start <= tree.head[up] <= end:
                break
            up = tree.head[up]
        if best is None or tree.subtree(up)[1] > tree.subtree(best)[1]:
            best = up
    return best


def _new_report(tree: Tree, occ: Occurrence, at: int, end: int, linked: bool) -> bool:
    """Whether a gerund, a coordinated or an inverted cue, or a source phrase begins at *at*."""
    grammar, low = tree.grammar, tree.low
    if low[at] in ("selon", "according") or low[at : at + 2] in (["d'", "après"], ["d'après"]):
        return not linked
    if low[at] == "ce" and low[at + 1 : at + 2] in (["que"], ["qu'"], ["qui"], ["dont"]):
        return not linked
    token = at
    lead = ""
    while token <= end and token - at < 8 and (
        low[token] in grammar.gerund_particles
        or low[token] in grammar.auxiliaries
        or low[token] in grammar.negations
        or low[token] in grammar.clitic_subjects
        or low[token] in grammar.clitic_links
        or (tree.pos[token] == "ADV" and low[token] not in ("que", "qu'", "non"))
        or (low[token] in grammar.clitics and tree.pos[token] in ("PRON", "PART"))
        or low[token] in ("tout", "avant", "après", "d'", "de", "elle", "lui")
    ):
        if low[token] in grammar.auxiliaries:
            lead = lead or low[token]
        token += 1
    if token > end:
        return False
    verb = tree.verb[token]
    if not verb or (verb not in grammar.lexicon.verbs and verb not in grammar.lexicon.expressions):
        return False
    if low[token].endswith(("ant", "ing")) and not lead:
        return tree.low[token - 1] not in grammar.determiners
    if low[at] in ("avant", "après"):
        return True
    if any(tree.rel[k] == "subj" and at <= k < token for k in tree.kids[token]):
        return False
    if not linked:
        return bool(lead) or tree.finite(token)
    if any(low[k] in grammar.negations for k in range(at, token)) and lead in ("would", "did", "could", "n'a", "a"):
        return True  # … but would not say: the speaker again, who keeps silent
    return _coordinates(tree, occ, token, lead)


def coordinated_with(tree: Tree, occ: Occurrence) -> Occurrence | None:
    """The report that *occ* goes on from with *and*: warned that … and called for …; None if it stands alone."""
    link = occ.first - 1
    start = tree.first[occ.verb]
    while link > start and tree.low[link] in (",",):
        link -= 1
    if link <= start or tree.low[link] not in _LINKS or occ.form != "finite" or occ.clitic is not None:
        return None
    if any(tree.rel[k] == "subj" and k < occ.first for k in tree.kids[occ.verb]):
        return None
    lead = next((tree.low[k] for k in range(occ.first, occ.verb) if tree.low[k] in tree.grammar.auxiliaries), "")
    for verb in range(start, link):
        if tree.verb[verb] in tree.grammar.lexicon.verbs and tree.parsed.marked[verb] < 0:
            outer = occurrence(tree, verb)
            if outer.form == "finite" and not outer.passive and outer.last < link and _coordinates(tree, outer, occ.verb, lead):
                return outer
    return None


def _coordinates(tree: Tree, occ: Occurrence, token: int, lead: str) -> bool:
    """Whether a coordinated cue goes with *occ* rather than with a verb of its content: by the parse, then by its form."""
    up = token
    for _ in range(6):
        if tree.head[up] == occ.verb:
            return True
        if tree.rel[up] != "conj" or tree.head[up] == up:
            break
        up = tree.head[up]
    inner = tree.head[token]
    if inner <= occ.last:
        return True
    mine = _shape(tree, token, lead)
    outer = _shape(tree, occ.verb, next((tree.low[k] for k in range(occ.first, occ.verb) if tree.low[k] in tree.grammar.auxiliaries), ""))
    if tree.rel[token] != "conj":
        return mine[0] == outer[0] or mine == ("participle", "") and outer[0] == "compound"
    content = _shape(tree, inner, next((tree.low[k] for k in tree.kids[inner] if tree.rel[k] in ("aux", "auxpass")), ""))
    if mine == content or mine[0] == content[0]:
        return False
    return mine[0] == outer[0] or mine == ("participle", "") and outer[0] == "compound"


def _shape(tree: Tree, verb: int, lead: str) -> tuple[str, str]:
    """(kind of form, auxiliary): what two coordinated verbs of one subject share."""
    if lead:
        return "compound", lead
    form = tree.morph(verb, "VerbForm")
    if tree.grammar.language == "fr" and form == "Part" and tree.low[verb].endswith(("é", "i", "u", "s", "t")):
        return "participle", ""
    if form == "Inf":
        return "inf", ""
    return "simple " + (tree.morph(verb, "Tense") or ""), ""


def _continues(tree: Tree, at: int, end: int, start: int) -> bool:
    """Whether what follows a comma still hangs in the clause that began at *start*."""
    if at > end:
        return False
    up = at
    for _ in range(40):
        if tree.head[up] == up:
            return False
        up = tree.head[up]
        if start <= up < at:
            return True
    return False


def _question(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    token = at
    while token <= end and (tree.pos[token] == "ADV" or tree.low[token] in tree.grammar.temporal or tree.low[token] == ","):
        if tree.low[token] in tree.grammar.interrogatives:
            break
        token += 1
    if token <= end and tree.low[token] not in tree.grammar.interrogatives:
        token = skip_circumstances(tree, token, end)
    addressee = None
    if token <= end and tree.low[token] not in tree.grammar.interrogatives:
        return None
    if token >= end or (tree.low[token] == "ce" and tree.low[token + 1] not in ("que", "qui", "qu'", "dont")):
        return None
    if tree.low[token] in ("quel", "quelle", "qui") and tree.low[token - 1] == ",":
        return None
    return Content(token, clause_end(tree, occ, token, end), "si", addressee)


def _bare_clause(tree: Tree, occ: Occurrence, at: int, end: int) -> Content | None:
    """English: said it had enough information (no *that*)."""
    for kid in tree.kids[occ.verb]:
        if tree.rel[kid] == "ccomp" and kid > occ.last and tree.parsed.quote[kid] < 0:
            low = max(tree.subtree(kid)[0], at)
            subject = next((k for k in range(low, kid + 1) if tree.rel[k] in ("subj", "expl")), None)
            if subject is None or low > at + _FINITE_GAP:
                continue
            addressee = _object_between(tree, occ, at, low)
            return Content(low, clause_end(tree, occ, low, end), "that", addressee)
    # the parser missed it: a noun phrase right after the cue that is the subject of a finite verb
    token = at
    while token <= end and (tree.low[token] in tree.grammar.temporal or tree.pos[token] == "ADV" or tree.low[token] == "on"):
        token += 1
    for head in range(token, min(end, token + 7) + 1):
        if tree.rel[head] == "subj" and tree.head[head] > head and _clausal(tree, tree.head[head]):
            low = tree.subtree(head)[0]
            if low <= token + 1:
                return Content(max(low, at), clause_end(tree, occ, max(low, at), end), "that")
    return None


def _clausal(tree: Tree, verb: int) -> bool:
    return tree.finite(verb) or any(tree.rel[k] in ("aux", "auxpass", "cop") for k in tree.kids[verb])


# -------------------------------------------------------------------- circumstances
def skip_circumstances(tree: Tree, at: int, end: int, keep: frozenset[str] = frozenset()) -> int:
    """Past adverbs, time words, incises between commas and phrases such as ``pour sa part`` or ``dans un communiqué``.

    *keep* are the prepositions that open arguments of the cue, not circumstances.
    """
    for _ in range(6):
        before = at
        while at <= end and (
            (tree.pos[at] == "ADV" and tree.low[at] not in tree.grammar.negation_seconds | tree.grammar.negations)
            or (tree.low[at] in tree.grammar.temporal and not tree.parsed.marked[at] >= 0)
        ):
            at += 1
        if at <= end and tree.low[at] == ",":
            close = next((k for k in range(at + 1, min(end, at + 14) + 1) if tree.low[k] == ","), None)
            if close is not None and not any(tree.pos[k] in ("VERB", "AUX") and tree.finite(k) for k in range(at + 1, close)):
                at = close + 1
        elif (
            at <= end
            and tree.low[at] in tree.grammar.circumstance_prepositions
            and tree.low[at] not in keep
            and tree.parsed.marked[at] < 0
        ):
            head = tree.head[at] if tree.grammar.language == "fr" else next((k for k in tree.kids[at] if k > at), at)
            if at < head <= min(end, at + 7) and tree.nominal(head):
                stop = tree.noun_phrase(head)[1]
                if stop < end and (tree.low[stop + 1] not in (",", ".", ";") or tree.low[at] in ("pour", "de")):
                    at = stop + 1
        if at == before:
            break
    if at < end and tree.low[at] == "," and _marker_at(tree, at + 1, end) == "inf" and tree.low[at - 1] in tree.grammar.temporal:
        at += 1  # affirmait hier, accepter …
    return at


# -------------------------------------------------------------------- infinitives
def _infinitive(tree: Tree, occ: Occurrence, at: int, end: int, frames: frozenset[str]) -> Content | None:
    """inf, de_inf, a_inf, to_inf and the same after an object or an addressee."""
    start = skip_circumstances(tree, at, end, governed(frames))
    bare = _marker_at(tree, start, end) if start <= end else None
    if bare is not None:
        wanted = {"inf": "inf", "de": "de_inf", "à": "a_inf", "to": "to_inf", "pour": "pour_inf"}[bare]
        clitic = _clitic_object(tree, occ)
        also = {"de": ("obj_de_inf", "a_obj_de_inf"), "à": ("obj_a_inf",), "to": ("obj_to_inf",)}.get(bare, ())
        if wanted in frames or (any(f in frames for f in also) and (clitic is not None or occ.passive)):
            return Content(start, clause_end(tree, occ, start, end), wanted, clitic, clitic)
        return None
    for token in range(start, min(end, start + 16) + 1):
        if tree.low[token] in _CUT or tree.low[token] in tree.grammar.complementisers or _finite_here(tree, token):
            return None
        if tree.verb[token] and tree.low[token].endswith(("ant", "ing")) and tree.verb[token] in tree.grammar.lexicon.verbs:
            return None
        marker = _marker_at(tree, token, end)
        if marker is None or marker == "inf":
            continue
        found = _after_object(tree, occ, start, token, end, marker, frames)
        if found is not None:
            return found
    return None


_GOVERNED = {
    "a": ("à", "au", "aux"), "de": ("de", "d'", "du", "des"), "sur": ("sur",), "pour": ("pour",), "en": ("en",),
    "avec": ("avec",), "contre": ("contre",), "to": ("to",), "for": ("for",), "on": ("on",), "in": ("in",), "at": ("at",),
    "with": ("with",), "from": ("from",), "by": ("by",),
}  # fmt: skip


def governed(frames: frozenset[str]) -> frozenset[str]:
    """The prepositions that open an argument in one of *frames*."""
    return frozenset(word for frame in frames for part in frame.split("_")[:-1] for word in _GOVERNED.get(part, ()))


def _after_object(
    tree: Tree, occ: Occurrence, at: int, token: int, end: int, marker: str, frames: frozenset[str]
) -> Content | None:
    """The infinitive at *token* behind an object or addressee: accuse X de, recommande à X de, appelle X à."""
    between = _object_between(tree, occ, at, token)
    if between is None:
        return None
    low = tree.noun_phrase(between)[0]
    case = low - 1
    prepositional = case >= at and tree.low[case] in ("à", "to", "on", "with")
    if tree.low[low] in ("aux", "au"):
        prepositional, case = True, low
    elif case >= at and tree.low[case] in ("aux", "au"):
        prepositional = True
    names = {
        ("de", False): "obj_de_inf", ("de", True): "a_obj_de_inf", ("à", False): "obj_a_inf", ("to", False): "obj_to_inf",
        ("pour", True): "a_obj_pour_inf", ("à", True): "a_obj_a_inf", ("to", True): "to_obj_to_inf",
    }  # fmt: skip
    wanted = names.get((marker, prepositional), "")
    if wanted not in frames:
        return None
    start = case if prepositional else low
    if start - 1 >= at and tree.low[start - 1] in tree.grammar.determiners:
        start -= 1
    return Content(max(start, at), clause_end(tree, occ, token, end), wanted, between, between)


def _marker_at(tree: Tree, token: int, end: int) -> str | None:
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
    return form == "Inf" or (tree.pos[token] in ("VERB", "AUX") and tree.low[token].endswith(("er", "ir", "re", "oir")) and form != "Fin")


def _ing(tree: Tree, at: int, end: int) -> Content | None:
    token = at
    while token <= end and tree.pos[token] == "ADV":
        token += 1
    if token <= end and tree.low[token].endswith("ing") and tree.pos[token] in ("VERB", "AUX"):
        return Content(token, clause_end(tree, Occurrence(token, token, token, "gerund"), token, end), "ing")
    return None


def _object_between(tree: Tree, occ: Occurrence, at: int, until: int) -> int | None:
    """The head of the noun phrase between the cue and *until*, if there is one (time words do not count)."""
    for token in range(at, until):
        if tree.nominal(token) and tree.low[token] not in tree.grammar.temporal and tree.pos[token] != "NUM":
            head = token
            while tree.rel[head] in ("flat", "compound", "amod") and at <= tree.head[head] < until and tree.head[head] != head:
                head = tree.head[head]
            if any(tree.low[k] in ("dans", "lors", "sur", "during", "in", "on", "at", "depuis", "via") for k in tree.kids[head]):
                continue
            if tree.low[token - 1] in ("dans", "lors", "sur", "during", "in", "at", "on", "depuis", "via"):
                continue
            return head
    return None


def _clitic_object(tree: Tree, occ: Occurrence) -> int | None:
    """``l'accuse de``, ``leur recommande de``: the pronoun before the verb."""
    for token in range(occ.first, occ.verb):
        if tree.low[token] in ("l'", "le", "la", "les", "lui", "leur") and tree.pos[token] in ("PRON", "DET", "PART"):
            return token
    return None
