"""Whether the words tell that something happened, that it is said to have happened, or only think of it."""

from __future__ import annotations

from kg.extract.events.words import Factuality
from kg.extract.tree import Tree

_UP = frozenset(("nmod", "obl", "pobj", "prep", "obj", "conj", "compound", "appos", "agent", "amod", "flat", "attr"))
_SUPPORT = frozenset(
    ("avoir", "être", "exister", "subir", "commettre", "have", "be", "suffer", "find", "see", "détecter", "constater")
)


class Judge:
    """Judges the triggers of one document."""

    def __init__(self, tree: Tree, words: Factuality) -> None:
        self.tree, self.words = tree, words

    def verdict(self, token: int, kind: str, verbal: bool) -> str:
        """``real``, ``alleged``, ``unreal`` or ``negated``."""
        ballot = kind == "Election"
        verdict = self._verb(token, ballot) if verbal else self._noun(token, ballot)
        if verdict == "real" and not ballot and self._alleged(token):
            return "alleged"
        return verdict

    # ---------------------------------------------------------------- nouns
    def _noun(self, token: int, ballot: bool) -> str:
        tree, words = self.tree, self.words
        if tree.rel[token] == "compound" and tree.grammar.language == "en" and not ballot:
            return "unreal"  # hacking tools
        for kid in tree.kids[token]:
            if tree.low[kid] in words.none_determiners and tree.rel[kid] in ("det", "amod", "neg", "advmod"):
                return "negated"
            if tree.rel[kid] == "case" and tree.low[kid] in words.none_prepositions:
                return "negated"
            if not ballot and self._unreal_adjective(kid, token):
                return "unreal"
        before = token - 1
        while before >= tree.first[token] and tree.pos[before] in ("ADJ", "DET", "NUM", "ADP"):
            if tree.low[before] in words.none_determiners:
                return "negated"
            before -= 1
        return self._governed(token, ballot)

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
                if tree.rel[at] in ("nmod", "pobj", "prep", "obl", "conj", "compound") and not ballot:
                    if tree.lemma[up] in words.unreal_nouns or tree.low[up] in words.unreal_nouns:
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
        if self.negated(verb) and indefinite and (tree.lemma[verb] in _SUPPORT or tree.rel[at] == "obj") and not ballot:
            return "negated"
        if ballot or tree.rel[at] == "subj":
            return "real"
        if self._is(verb, words.unreal_verbs) and (tree.rel[at] == "obj" or self._led_to(at)):
            return "unreal"
        if indefinite and tree.morph(verb, "VerbForm") == "Inf" and self._verb(verb, ballot) != "real":
            return "unreal"
        return "real"

    # ---------------------------------------------------------------- verbs
    def _verb(self, token: int, ballot: bool) -> str:
        tree, words = self.tree, self.words
        if self.negated(token):
            return "negated"
        if tree.rel[token] == "amod" or (tree.rel[token] == "acl" and tree.morph(token, "VerbForm") == "Part"):
            if any(tree.low[k] in words.none_determiners for k in tree.kids[tree.head[token]]):
                return "negated"
            return "real"
        up = tree.head[token]
        if tree.rel[token] in ("ccomp", "attr", "xcomp", "obj") and up != token and self._is(up, words.unreal_verbs):
            if tree.morph(token, "VerbForm") == "Part" and not any(tree.rel[k] == "aux" for k in tree.kids[token]):
                return "unreal"  # she wants the data published
        marks = {tree.low[k] for k in tree.kids[token] if tree.rel[k] in ("mark", "advmod")}
        if marks & words.conditions:
            return "unreal"
        auxiliaries = [k for k in tree.kids[token] if tree.rel[k] in ("aux", "auxpass", "cop")]
        if any(
            tree.low[k] in words.none_determiners
            for s in tree.kids[token]
            if tree.rel[s] == "subj"
            for k in tree.kids[s]
        ):
            return "negated"
        if tree.grammar.language == "en":
            return self._english(token, auxiliaries, ballot)
        return self._french(token, auxiliaries, ballot)

    def _french(self, token: int, auxiliaries: list[int], ballot: bool) -> str:
        tree = self.tree
        group = [token, *auxiliaries]
        mood = {tree.morph(k, "Mood") for k in group}
        if "Imp" in mood and tree.rel[token] == "root" and not any(tree.rel[k] == "subj" for k in tree.kids[token]):
            return "unreal"
        perfect = any(tree.lemma[k] == "avoir" or tree.low[k] in ("été", "être", "est", "sont") for k in auxiliaries)
        if "Cnd" in mood:
            return "alleged" if perfect and tree.morph(token, "Tense") == "Past" else "unreal"
        if not ballot and any(tree.morph(k, "Tense") == "Fut" for k in group):
            return "unreal"
        infinitive = tree.morph(token, "VerbForm") == "Inf" or any(
            tree.morph(k, "VerbForm") == "Inf" for k in auxiliaries
        )
        if infinitive and not ballot:
            had = any(tree.low[k] in ("avoir", "être") for k in auxiliaries) and tree.morph(token, "VerbForm") != "Inf"
            passive = (
                had
                and not any(tree.low[k] in ("avoir",) for k in auxiliaries)
                and "été" not in {tree.low[k] for k in auxiliaries}
            )
            return "real" if had and not passive else self._infinitive(token)
        return "real"

    def _english(self, token: int, auxiliaries: list[int], ballot: bool) -> str:
        tree = self.tree
        forms = {tree.low[k] for k in auxiliaries}
        perfect = bool(forms & {"have", "has", "had", "having", "'ve"})
        modals = forms & {"would", "could", "may", "might", "should", "can", "must", "ca"}
        if modals:
            return (
                "alleged"
                if perfect and not modals & {"would", "should", "could"} or perfect and "could" not in modals
                else "unreal"
            )
        if forms & {"will", "'ll", "shall", "wo"} and not ballot:
            return "unreal"
        to = any(tree.low[k] == "to" and k < token for k in tree.kids[token])
        if to and not ballot:
            return "real" if perfect else self._infinitive(token)
        if tree.rel[token] == "root" and tree.morph(token, "VerbForm") == "Inf" and not auxiliaries:
            return "real" if any(tree.rel[k] == "subj" for k in tree.kids[token]) else "unreal"
        if tree.rel[token] == "csubj" or (tree.rel[token] == "subj" and tree.pos[token] == "VERB"):
            return "unreal"  # publishing it would be an offence
        if not auxiliaries and tree.morph(token, "Tense") == "Pres" and tree.morph(token, "VerbForm") == "Fin":
            return "real" if ballot or tree.rel[token] == "root" else "unreal"  # tools that break into telephones
        if tree.rel[token] == "pcomp" and self._of_unreal(tree.head[token]):
            return "unreal"
        return "real"

    def _of_unreal(self, at: int) -> bool:
        head = self.tree.head[at]
        lemma = self.tree.lemma[head]
        return lemma in self.words.unreal_nouns or (
            lemma in self.words.unreal_verbs and lemma not in self.words.alleged_verbs
        )

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
        if self._is(up, words.factual_verbs):
            return "real" if tree.pos[up] not in ("VERB", "AUX") or not self.negated(up) else "negated"
        if tree.rel[at] == "advcl" and not self._is(up, words.unreal_verbs) and tree.grammar.language == "en":
            return self._verb(up, False) if up != token else "real"
        return "unreal"

    # ---------------------------------------------------------------- small questions
    def negated(self, verb: int) -> bool:
        """Whether the verb's group holds a negation."""
        tree, grammar = self.tree, self.tree.grammar
        group = [verb, *(k for k in tree.kids[verb] if tree.rel[k] in ("aux", "auxpass", "cop"))]
        for at in group:
            for kid in tree.kids[at]:
                if tree.rel[kid] == "neg" or (tree.low[kid] in grammar.negations and tree.pos[kid] != "CCONJ"):
                    return not any(tree.low[k] in ("que", "qu'") and tree.rel[k] == "advmod" for k in tree.kids[at])
        return (
            tree.grammar.language == "fr"
            and verb - 1 >= tree.first[verb]
            and any(
                tree.low[k] in ("ne", "n'")
                for k in range(max(tree.first[verb], verb - 4), verb)
                if tree.head[k] in group
            )
        )

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

    def _is(self, token: int, verbs: frozenset[str]) -> bool:
        return self.tree.lemma[token] in verbs or self.tree.low[token] in verbs

    def _led_to(self, at: int) -> bool:
        """Whether a preposition of aim or guard leads from the verb to *at*: ``appeler à``, ``protect against``."""
        tree, aims = self.tree, self.words.aims
        case = tree.kid(at, "case")
        if case is None:
            return tree.low[at] in aims
        return tree.low[case] in aims and not any(tree.rel[k] == "fixed" for k in tree.kids[case])

    def _alleged(self, token: int) -> bool:
        """Whether it stands under a verb of accusing, in the conditional of hearsay, or with an adjective that says so."""
        tree, words = self.tree, self.words
        if any(tree.lemma[k] in words.alleged_adjectives for k in tree.kids[token]):
            return True
        at = token
        for _ in range(8):
            up = tree.head[at]
            if up == at:
                return False
            if self._is(up, words.alleged_verbs):
                return tree.rel[at] not in ("subj", "advcl", "mark", "obl", "relcl")
            if tree.rel[at] in ("relcl", "advcl", "appos") or (
                tree.rel[at] == "obl" and tree.low[up] != tree.lemma[up]
            ):
                return False
            if tree.pos[up] in ("VERB", "AUX") and tree.rel[up] == "root" and tree.pos[token] in ("NOUN", "PROPN"):
                return any(tree.morph(k, "Mood") == "Cnd" for k in tree.kids[up] if tree.rel[k] == "aux")
            at = up
        return False
