"""One parsed document as plain lists: what the frames ask of a parse, in one vocabulary for every language.

spaCy's French model speaks Universal Dependencies, its English model ClearNLP labels; both are folded here into the few
relations the frames need.  Lists, because a frame asks hundreds of small questions a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.animacy import animacy
from kg.extract.nlp import Parsed

if TYPE_CHECKING:
    from kg.extract.grammar import Grammar

_RELATION = {
    "nsubj": "subj", "nsubj:pass": "subj", "nsubj:caus": "subj", "nsubjpass": "subj", "csubj": "csubj",
    "obj": "obj", "dobj": "obj", "obj:agent": "agent", "obj:lvc": "obj", "iobj": "iobj", "dative": "iobj",
    "ccomp": "ccomp", "xcomp": "xcomp", "advcl": "advcl", "advcl:cleft": "advcl", "acl": "acl",
    "acl:relcl": "relcl", "relcl": "relcl", "conj": "conj", "cc": "cc", "preconj": "cc",
    "appos": "appos", "parataxis": "parataxis", "parataxis:insert": "parataxis", "parataxis:obj": "parataxis",
    "aux": "aux", "aux:tense": "aux", "aux:caus": "aux", "aux:pass": "auxpass", "auxpass": "auxpass",
    "cop": "cop", "obl:agent": "agent", "agent": "agent", "obl": "obl", "obl:arg": "obl", "obl:mod": "obl",
    "nmod": "nmod", "amod": "amod", "det": "det", "case": "case", "mark": "mark", "prep": "prep",
    "pobj": "pobj", "pcomp": "pcomp", "poss": "poss", "flat:name": "flat", "flat:foreign": "flat", "flat": "flat",
    "compound": "compound", "fixed": "fixed", "neg": "neg", "advmod": "advmod", "expl:subj": "subj",
    "expl:comp": "expl", "expl:pass": "expl", "expl:pv": "expl", "expl": "expl", "nummod": "nummod",
    "attr": "attr", "acomp": "attr", "oprd": "attr", "prt": "prt", "npadvmod": "advmod", "punct": "punct",
    "ROOT": "root", "dep": "dep",
}  # fmt: skip
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "X", "NUM", "SYM"))
VERBAL = frozenset(("VERB", "AUX"))
_GENDER = {"Masc": "m", "Fem": "f"}
_NUMBER = {"Sing": "s", "Plur": "p"}


_LATTER = frozenset(("dernier", "dernière", "derniers", "dernières"))


class Tree:
    """Token *i*: its ``low`` form, ``lemma``, ``pos``, ``rel`` to ``head``, ``kids``, its sentence's bounds."""

    def __init__(self, parsed: Parsed, grammar: Grammar) -> None:
        doc = parsed.doc
        self.parsed, self.grammar = parsed, grammar
        self.n = len(doc)
        self.word = [t.text for t in doc]
        self.low = [w.lower() for w in self.word]
        self.pos = [t.pos_ for t in doc]
        self.lemma = [t.lemma_.lower() for t in doc]
        self.rel = [_RELATION.get(t.dep_, t.dep_) for t in doc]
        self.head = [t.head.i for t in doc]
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        self.first = [0] * self.n
        self.last = [0] * self.n
        self.sentences: list[tuple[int, int]] = []
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        for sentence in doc.sents:
            self.sentences.append((sentence.start, sentence.end - 1))
            for i in range(sentence.start, sentence.end):
                self.first[i], self.last[i] = sentence.start, sentence.end - 1
        self.verb = [self._verb(i) for i in range(self.n)]

    def _verb(self, i: int) -> str:
        """The verb lemma of token *i* if it can be a verb form, else ""; the lexicon's forms outvote the tagger."""
        if self.parsed.quote[i] >= 0:
            return ""
        known = self.grammar.verb_forms.get(self.low[i], "")
        if self.pos[i] in VERBAL:
            return known or self.lemma[i]
        if (
            known
            and self.pos[i] in ("NOUN", "ADV", "ADJ", "PROPN", "X", "INTJ", "SCONJ", "ADP", "PRON")
            and self._votes(i)
        ):
            return known
        return ""

    def _votes(self, i: int) -> bool:
        """Whether the neighbours of a form that was not tagged as a verb make it one."""
        before = self.low[i - 1] if i > self.first_of(i) else ""
        after = self.low[i + 1] if i + 1 < self.n else ""
        if self.grammar.language == "en" and self.pos[i] in ("NOUN", "PROPN"):
            # English nouns and verbs share forms; the tagger is right unless that leaves the sentence without a verb
            if self.rel[i] == "root" and self._predicates(i):
                return True
            return self.rel[i] == "root" and not any(
                self.pos[k] in VERBAL and self.morph(k, "VerbForm") == "Fin"
                for k in range(self.first[i], self.last[i] + 1)
            )
        if after in self.grammar.clitic_subjects or before in self.grammar.clitic_subjects:
            return True
        if self.pos[i] == "PROPN" and before and self.word[i][:1].isupper():
            return False  # a name: his ambassador, Lu Wenbo
        if self.pos[i] == "ADJ":
            if (
                self.grammar.finite_form(self.low[i])
                and self.pos[i - 1] in ("NOUN", "PROPN")
                and not self._has_finite(i)
            ):
                return True  # La chercheuse pointe du doigt
            if before == "," and i > 1 and self.parsed.quote[i - 2] >= 0 and self.grammar.finite_form(self.low[i]):
                return True  # « … », diagnostique l'économiste
            gerund = before == "," and self.low[i].endswith("ant") and after not in (",", ".")
            return gerund or before in self.grammar.auxiliaries or self._governs(i, before)
        if (
            i > 1
            and before in _LATTER
            and self.low[i - 2] in ("ce", "cette", "ces")
            and self.grammar.finite_form(self.low[i])
        ):
            return True  # Cette dernière juge …
        if before in self.grammar.determiners or self.pos[i - 1 if i else 0] in ("DET", "ADP", "NUM", "ADJ"):
            return False
        return before in self.grammar.auxiliaries or self.grammar.finite_form(self.low[i])

    def _predicates(self, i: int) -> bool:
        """Whether a form tagged as a noun has a subject before it and a that-clause behind: Papers show that."""
        own = any(self.rel[k] == "subj" and k < i for k in self.kids[i])
        return own and self.low[i + 1 : i + 2] == ["that"] and any(self.rel[k] == "ccomp" for k in self.kids[i])

    def _has_finite(self, i: int) -> bool:
        """Whether the sentence of *i* has a verb that the tagger calls finite."""
        return any(self.finite_verb(k) for k in range(self.first[i], self.last[i] + 1))

    def _governs(self, i: int, before: str) -> bool:
        """Whether a form tagged as an adjective governs a clause or infinitive behind *and*: et suggère d'attendre."""
        if before not in ("et", "puis", "mais") or not self.grammar.finite_form(self.low[i]) or i + 2 >= self.n:
            return False
        after = self.low[i + 1]
        return after in ("que", "qu'") or (after in ("de", "d'") and self.morph(i + 2, "VerbForm") == "Inf")

    def first_of(self, i: int) -> int:
        """The first token of the sentence of *i* (before sentences are known: 0)."""
        return self.first[i]

    # ---------------------------------------------------------------- morphology
    def morph(self, i: int, feature: str) -> str:
        values = self.parsed.doc[i].morph.get(feature, [])
        return values[0] if values else ""

    def gender(self, i: int) -> str:
        return _GENDER.get(self.morph(i, "Gender"), "")

    def number(self, i: int) -> str:
        return _NUMBER.get(self.morph(i, "Number"), "")

    def finite(self, i: int) -> bool:
        form = self.morph(i, "VerbForm")
        return form == "Fin" or (not form and self.grammar.finite_form(self.low[i]))

    def abstract(self, i: int) -> bool:
        """Whether token *i* is an abstraction by its ending: no name, and no noun that the lexicon lets speak."""
        if self.pos[i] == "PROPN" or self.word[i][:1].isupper() and i > self.first[i]:
            return False
        if self.grammar.speaks(self.lemma[i], self.low[i]):
            return False
        people = self.people(i)
        return self.grammar.abstract(self.lemma[i]) if people is None else not people

    def people(self, i: int) -> bool | None:
        """Whether noun *i* names people, by its word vector; None where that is not clear."""
        return animacy(self.grammar.language).people(self.lemma[i], self.low[i])

    def finite_verb(self, i: int) -> bool:
        """Whether token *i* is tagged as a verb and finite."""
        return self.pos[i] in VERBAL and self.finite(i)

    # ---------------------------------------------------------------- structure
    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token of the subtree of *i*."""
        low = high = i
        stack = [i]
        while stack:
            for kid in self.kids[stack.pop()]:
                low, high = min(low, kid), max(high, kid)
                stack.append(kid)
        return low, high

    def under(self, i: int, ancestor: int) -> bool:
        """Whether *i* is *ancestor* or lies below it."""
        for _ in range(self.n):
            if i == ancestor:
                return True
            if self.head[i] == i:
                return False
            i = self.head[i]
        return False

    def kid(self, i: int, *relations: str) -> int | None:
        return next((k for k in self.kids[i] if self.rel[k] in relations), None)

    def nominal(self, i: int) -> bool:
        return self.pos[i] in NOMINAL and self.parsed.quote[i] < 0

    def noun_phrase(self, head: int) -> tuple[int, int]:
        """First and last token of the noun phrase of *head*: determiner to complement, no clause, no apposition."""
        low = high = head
        stack = [head]
        while stack:
            at = stack.pop()
            for kid in self.kids[at]:
                if self._within(at, kid, head):
                    low, high = min(low, kid), max(high, kid)
                    stack.append(kid)
        return self._trim(low, high)

    def _within(self, at: int, kid: int, head: int) -> bool:
        relation = self.rel[kid]
        if abs(kid - at) > 12 or self._broken(at, kid):
            return False
        if relation == "nmod":
            case = self.kid(kid, "case")
            return case is None or self.low[case] in self.grammar.complement_prepositions
        if relation == "prep":
            return kid > at and self.low[kid] in self.grammar.complement_prepositions
        if relation == "case":
            return at != head or self.grammar.language == "en"  # 's belongs to the phrase, a preposition does not
        return relation in _WITHIN

    def _broken(self, a: int, b: int) -> bool:
        """Whether a comma or bracket stands between *a* and *b*."""
        low, high = min(a, b), max(a, b)
        return any(self.low[i] in (",", ";", ":", "(", ")", "–", "—") for i in range(low + 1, high))

    def _trim(self, low: int, high: int) -> tuple[int, int]:
        while high > low and self.pos[high] in ("PUNCT", "CCONJ", "ADP"):
            high -= 1
        while low < high and self.pos[low] in ("PUNCT", "CCONJ"):
            low += 1
        return low, high


_WITHIN = frozenset(("det", "amod", "flat", "compound", "nummod", "poss", "fixed", "pobj"))
