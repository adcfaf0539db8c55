"""What a verb's own group says of its event: done, said to be done, not done, or only thought of."""

from __future__ import annotations

from kg.extract.events.words import Factuality
from kg.extract.tree import Tree

_GROUP = ("aux", "auxpass", "cop")
_INSIDE = frozenset(("obj", "xcomp", "attr", "ccomp"))
_FAR = 4  # tokens between a verb and a negation that the parser hung elsewhere


def shell(tree: Tree, token: int) -> int:
    """The auxiliary before a participle that the parser took for the verb (``d'avoir piraté``), or *token*."""
    up = tree.head[token]
    return up if up == token - 1 and tree.low[up] in tree.grammar.auxiliaries and tree.rel[token] in _INSIDE else token


class Modality:
    """Reads the verb groups of one document."""

    def __init__(self, tree: Tree, words: Factuality) -> None:
        self.tree, self.words = tree, words

    def verdict(self, token: int, ballot: bool) -> str:
        """``real``, ``alleged``, ``unreal`` or ``negated``; a *ballot* to come is as real as one that was."""
        tree, words = self.tree, self.words
        if self.negated(token) or self._of_nobody(token):
            return "negated"
        if tree.rel[token] == "amod" and tree.morph(token, "Tense") == "Pres":
            return "unreal"  # hacking tools
        if tree.rel[token] == "amod" or (tree.rel[token] == "acl" and tree.morph(token, "VerbForm") == "Part"):
            return "real"
        auxiliary = shell(tree, token)
        if auxiliary != token:
            return self._mood(auxiliary, [auxiliary], ballot)
        if self._wished(token) or words.conditions.intersection(
            tree.low[k] for k in tree.kids[token] if tree.rel[k] in ("mark", "advmod")
        ):
            return "unreal"
        group = [k for k in tree.kids[token] if tree.rel[k] in _GROUP]
        own = group or any(tree.rel[k] == "subj" for k in tree.kids[token])
        if tree.rel[token] == "conj" and not own and tree.head[token] != token and tree.pos[tree.head[token]] == "VERB":
            first = self.verdict(tree.head[token], ballot)
            return first if first in ("unreal", "alleged") else "real"
        return self._mood(token, group, ballot)

    def _mood(self, token: int, group: list[int], ballot: bool) -> str:
        tree, words = self.tree, self.words
        forms = {tree.low[k] for k in group}
        perfect = any(tree.lemma[k] in words.perfect or tree.low[k] in words.perfect for k in group)
        moods = {tree.morph(k, "Mood") for k in (token, *group)}
        if "Cnd" in moods:
            return "alleged" if perfect else "unreal"
        if forms & words.modals:
            return "alleged" if perfect and not forms & words.counterfactual else "unreal"
        if ballot:
            return "real"
        if forms & words.future or any(tree.morph(k, "Tense") == "Fut" for k in (token, *group)):
            return "unreal"
        if self._is_infinitive(token, group):
            return "real" if perfect else self._infinitive(token)
        if self._commands(token, group, moods) or self._is_general(token, group):
            return "unreal"
        return "real"

    def _commands(self, token: int, group: list[int], moods: set[str]) -> bool:
        """``Publish every email!``"""
        tree = self.tree
        if tree.rel[token] != "root" or group or any(tree.rel[k] == "subj" for k in tree.kids[token]):
            return False
        return "Imp" in moods or tree.morph(token, "VerbForm") == "Inf"

    def _is_general(self, token: int, group: list[int]) -> bool:
        """``publishing it would be an offence``, ``tools that break into telephones``, ``the fear of hacking``."""
        tree, words = self.tree, self.words
        if tree.rel[token] == "csubj" or (tree.rel[token] == "subj" and tree.pos[token] == "VERB"):
            return True
        if tree.rel[token] == "pcomp":
            lemma = tree.lemma[tree.head[tree.head[token]]]
            return lemma in words.unreal_nouns or (lemma in words.unreal_verbs and lemma not in words.alleged_verbs)
        present = tree.morph(token, "Tense") == "Pres" and tree.morph(token, "VerbForm") == "Fin"
        return bool(words.general_present) and present and not group and tree.rel[token] != "root"

    def _is_infinitive(self, token: int, group: list[int]) -> bool:
        tree, words = self.tree, self.words
        if any(tree.low[k] in words.infinitive for k in tree.kids[token] if k < token):
            return True
        marked = any(tree.morph(k, "VerbForm") == "Inf" for k in (token, *group))
        return marked and not words.infinitive

    def _infinitive(self, token: int) -> str:
        """An infinitive tells of something done only under verbs of trying, succeeding, accusing."""
        tree, words = self.tree, self.words
        at, up = token, tree.head[token]
        while tree.rel[at] == "conj" and up != at:
            at, up = up, tree.head[up]
        if up == at:
            return "unreal"
        if any(tree.low[k] in words.done for k in tree.kids[token]):
            return "real"  # avant d'être arrêté
        if self.among(up, words.factual_verbs):
            return "negated" if tree.pos[up] in ("VERB", "AUX") and self.negated(up) else "real"
        if tree.rel[at] == "advcl" and words.infinitive and not self.among(up, words.unreal_verbs):
            return self.verdict(up, False)  # used it to break in
        return "unreal"

    # ---------------------------------------------------------------- small questions
    def _of_nobody(self, token: int) -> bool:
        """Whether it is done by, or to, nobody: ``no files were stolen``, ``aucune donnée volée``."""
        tree = self.tree
        parties = [k for k in tree.kids[token] if tree.rel[k] in ("subj", "obj")]
        if tree.rel[token] in ("amod", "acl"):
            parties.append(tree.head[token])
        return any(self.none(k) for party in parties for k in tree.kids[party])

    def none(self, determiner: int) -> bool:
        """Whether the determiner leaves nobody, or anybody: *aucun*, *no*; *quelque* before a figure leaves so many."""
        tree, figure = self.tree, determiner + 1
        about = figure <= tree.last[determiner] and (tree.pos[figure] == "NUM" or tree.low[figure][:1].isdigit())
        return tree.low[determiner] in self.words.none_determiners and not about

    def _wished(self, token: int) -> bool:
        """``she wants the data published``"""
        tree, up = self.tree, self.tree.head[token]
        if tree.rel[token] not in ("ccomp", "attr", "xcomp", "obj") or up == token:
            return False
        bare = tree.morph(token, "VerbForm") == "Part" and not any(tree.rel[k] == "aux" for k in tree.kids[token])
        return bare and self.among(up, self.words.unreal_verbs)

    def negated(self, verb: int) -> bool:
        """Whether the verb's group holds a negation, and no restriction (``ne … que``)."""
        tree, grammar = self.tree, self.tree.grammar
        group = [verb, *(k for k in tree.kids[verb] if tree.rel[k] in _GROUP)]
        for at in group:
            for kid in tree.kids[at]:
                if tree.rel[kid] == "neg" or (tree.low[kid] in grammar.negations and tree.pos[kid] != "CCONJ"):
                    return not any(
                        tree.low[k] in grammar.restrictives and tree.rel[k] == "advmod" for k in tree.kids[at]
                    )
        near = range(max(tree.first[verb], verb - _FAR), verb)
        return bool(grammar.negation_seconds) and any(
            tree.low[k] in grammar.negations and tree.head[k] in group for k in near
        )

    def among(self, token: int, verbs: frozenset[str]) -> bool:
        """Whether the verb at *token* is one of *verbs* (lemmas and forms)."""
        return self.tree.lemma[token] in verbs or self.tree.low[token] in verbs
