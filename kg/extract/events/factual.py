"""Whether the words tell that something happened, that it is said to have happened, or only think of it."""

from __future__ import annotations

from kg.extract.events.modality import Modality
from kg.extract.events.words import Factuality
from kg.extract.tree import Tree

_COMPLEMENTS = frozenset(("nmod", "pobj", "prep", "obl", "conj", "compound"))
_UP = frozenset(("nmod", "obl", "pobj", "prep", "obj", "conj", "compound", "appos", "agent", "amod", "flat", "attr"))


class Judge:
    """Judges the triggers of one document."""

    def __init__(self, tree: Tree, words: Factuality) -> None:
        self.tree, self.words, self.modality = tree, words, Modality(tree, words)

    def verdict(self, token: int, kind: str, verbal: bool) -> str:
        """``real``, ``alleged``, ``unreal`` or ``negated``."""
        ballot = kind == "Election"
        verdict = self.modality.verdict(token, ballot) if verbal else self._noun(token, kind, ballot)
        if verdict == "real" and verbal and self.tree.rel[token] == "amod":
            verdict = self._governed(self.tree.head[token], ballot)
        if verdict == "real" and not ballot and self._alleged(token):
            return "alleged"
        return verdict

    # ---------------------------------------------------------------- nouns
    def _noun(self, token: int, kind: str, ballot: bool) -> str:
        tree, words = self.tree, self.words
        if tree.rel[token] == "compound" and tree.grammar.language == "en" and not ballot:
            return "unreal"  # hacking tools
        for kid in tree.kids[token]:
            if self.modality.none(kid) and tree.rel[kid] in ("det", "amod", "neg", "advmod"):
                return "negated"
            if tree.rel[kid] == "case" and tree.low[kid] in words.none_prepositions:
                return "negated"
            if not ballot and self._unreal_adjective(kid, token):
                return "unreal"
        before = token - 1
        while before >= tree.first[token] and tree.pos[before] in ("ADJ", "DET", "NUM", "ADP"):
            if self.modality.none(before):
                return "negated"
            before -= 1
        if kind in ("CyberAttack", "Phishing") and any(tree.low[k] in words.guarding for k in self._cases(token)):
            return "unreal"  # a guide against phishing
        return self._governed(token, ballot)

    def _cases(self, token: int) -> list[int]:
        """The preposition that leads from a noun to *token*."""
        tree, up = self.tree, self.tree.head[token]
        if tree.rel[token] == "nmod" and tree.pos[up] == "NOUN":
            return [k for k in tree.kids[token] if tree.rel[k] == "case"]
        return [up] if tree.rel[token] == "pobj" and tree.pos[tree.head[up]] == "NOUN" else []

    def _unreal_adjective(self, kid: int, token: int) -> bool:
        tree = self.tree
        near = abs(kid - token) <= 3 and tree.rel[kid] in ("amod", "compound", "acl", "dep")
        return near and (
            tree.lemma[kid] in self.words.unreal_adjectives or tree.low[kid] in self.words.unreal_adjectives
        )

    def _governed(self, token: int, ballot: bool) -> str:
        """What governs the noun: the risk of it, a verb of fearing or a negated one."""
        tree, words = self.tree, self.words
        at = token
        for _ in range(6):
            up = tree.head[at]
            if up == at:
                return "real"
            if tree.pos[up] in ("NOUN", "PROPN"):
                if tree.low[at] in words.behind or any(tree.low[k] in words.behind for k in self._cases(at)):
                    return "real"  # the group behind the intrusion
                thought = tree.lemma[up] in words.unreal_nouns or tree.low[up] in words.unreal_nouns
                wished = tree.lemma[up] in words.wishes and self.indefinite(token)
                if (thought and not ballot or wished) and tree.rel[at] in _COMPLEMENTS:
                    return "unreal"
                if tree.rel[at] not in _UP:
                    return "real"
            elif tree.pos[up] in ("VERB", "AUX", "ADJ"):
                return self._under_verb(at, up, token, ballot)
            elif tree.pos[up] != "ADP":
                return "real"
            at = up
        return "real"

    def _under_verb(self, at: int, verb: int, token: int, ballot: bool) -> str:
        tree, words = self.tree, self.words
        if tree.rel[at] not in ("obj", "obl", "prep", "subj", "agent", "attr", "pobj"):
            return "real"
        indefinite = self.indefinite(token)
        if (
            self.modality.negated(verb)
            and indefinite
            and (tree.lemma[verb] in words.support or tree.rel[at] == "obj")
            and not ballot
        ):
            return "negated"
        if ballot and indefinite and tree.rel[at] == "obj" and self.modality.among(verb, words.wishes):
            return "unreal"  # they want a referendum
        if ballot or tree.rel[at] == "subj":
            return "real"
        if self.modality.among(verb, words.unreal_verbs) and (tree.rel[at] == "obj" or self._led_to(at)):
            return "unreal"
        if indefinite and tree.rel[at] == "obj" and self.modality.verdict(verb, ballot) == "unreal":
            return "unreal"
        return "real"

    # ---------------------------------------------------------------- small questions
    def indefinite(self, token: int) -> bool:
        """Whether the noun has an indefinite article or none."""
        tree, grammar = self.tree, self.tree.grammar
        for kid in tree.kids[token]:
            if tree.rel[kid] in ("det", "poss") or tree.low[kid] in grammar.determiners and tree.pos[kid] == "DET":
                return (
                    tree.low[kid] not in grammar.definite | grammar.demonstrative | grammar.possessive
                    and tree.rel[kid] != "poss"
                )
        before = tree.low[token - 1] if token > tree.first[token] else ""
        return before not in ("du", "au", "aux", "des") if grammar.language == "fr" else True

    def _led_to(self, at: int) -> bool:
        """Whether a preposition of aim or guard leads from the verb to *at*: ``appeler à``, ``protect against``."""
        tree, aims = self.tree, self.words.aims
        case = tree.kid(at, "case")
        if case is None:
            return tree.low[at] in aims
        return tree.low[case] in aims and not any(tree.rel[k] == "fixed" for k in tree.kids[case])

    def _alleged(self, token: int) -> bool:
        """Whether it stands under a verb of accusing, in the conditional, or with an adjective that says so."""
        tree, words = self.tree, self.words
        if any(tree.lemma[k] in words.alleged_adjectives for k in tree.kids[token]):
            return True
        at = token
        for _ in range(8):
            up = tree.head[at]
            if up == at:
                return False
            if self.modality.among(up, words.alleged_verbs):
                return tree.rel[at] not in ("subj", "advcl", "mark", "obl", "relcl")
            if tree.rel[at] in ("relcl", "advcl", "appos") or (
                tree.rel[at] == "obl" and tree.low[up] != tree.lemma[up]
            ):
                return False
            if tree.pos[up] in ("VERB", "AUX") and tree.rel[up] == "root" and tree.pos[token] in ("NOUN", "PROPN"):
                return any(tree.morph(k, "Mood") == "Cnd" for k in tree.kids[up] if tree.rel[k] == "aux")
            at = up
        return False
