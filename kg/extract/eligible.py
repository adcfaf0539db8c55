"""Which words can stand for an actor: nouns for speakers, subjects of cue verbs, words of names, personal pronouns."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.entries import SourceNoun
from kg.extract.phrase_words import PhraseWords
from kg.extract.tree import Tree

_KINDS = {"person": "Person", "group": "Group", "body": "Organization", "document": "Artefact"}
_GENERAL_FIRST = ("body", "group", "person", "document")


class Eligible:
    """Asks about single tokens of one document; *names* leads from a token to the name it lies in, and grows."""

    def __init__(self, tree: Tree, words: PhraseWords, names: Mapping[int, tuple[int, int]]) -> None:
        self.tree, self.words, self.names = tree, words, names
        self.nouns = tree.grammar.lexicon.sources
        self.called: set[str] = set()

    def remember_names(self) -> None:
        """Learns the first and last words of names of several words: `the trust` takes up the Dunmore Trust."""
        low = self.tree.low
        ends = (k for first, last in self.names.values() if last > first for k in (first, last))
        self.called = {low[k] for k in ends if low[k].isalpha()}

    # ---------------------------------------------------------------- nouns
    def source(self, token: int) -> tuple[SourceNoun, ...]:
        """The lexicon's entries for the noun *token*."""
        tree, nouns = self.tree, self.nouns
        return nouns.get(tree.lemma[token]) or nouns.get(tree.low[token]) or nouns.get(tree.word[token]) or ()

    def is_source(self, token: int) -> bool:
        """Whether *token* heads a noun phrase that the lexicon lets speak."""
        tree = self.tree
        if tree.parsed.quote[token] >= 0:
            return False
        if tree.pos[token] not in ("NOUN", "PROPN", "ADJ", "X") and not self._misread(token):
            return False
        if tree.low[token] in self.words.last_one or self.is_ordinal(token):
            return False
        if not self.source(token) or (tree.verb[token] and tree.pos[token] != "NOUN"):
            return False
        before = tree.low[token - 1] if token > tree.first[token] else ""
        follow = token + 1 if token < tree.last[token] else None
        if tree.pos[token] == "ADJ":  # un ancien du renseignement; but not: un ancien ministre
            complemented = follow is not None and tree.low[follow] in self.words.complements
            return complemented and before in tree.grammar.determiners
        # the government spokesman: one phrase, headed by the last noun
        compound = tree.grammar.language == "en" and follow is not None and tree.pos[follow] == "NOUN"
        return not (compound and follow is not None and self.source(follow))

    def _misread(self, token: int) -> bool:
        """Whether a compound of several words was tagged as a pronoun: X, porte-parole du parquet,."""
        return self.tree.pos[token] == "PRON" and "-" in self.tree.low[token].strip("-")

    def is_unlisted(self, token: int) -> bool:
        """A noun that the lexicon does not list: the subject of a cue verb, a title, or a word of somebody's name."""
        tree = self.tree
        if tree.pos[token] != "NOUN" or tree.parsed.quote[token] >= 0 or tree.low[token] in tree.grammar.temporal:
            return False
        if tree.low[token] in self.called and tree.word[token].islower():
            before = tree.low[token - 1] if token > tree.first[token] else ""
            return before in tree.grammar.definite or before in tree.grammar.demonstrative
        if token > tree.first[token] and tree.low[token - 1] in self.words.qualifiers:
            return True  # a former mechanic
        if tree.low[token] in self.words.last_one or self.is_ordinal(token):
            return False
        verb = tree.head[token]
        if tree.grammar.abstract(tree.lemma[token]) or tree.verb[verb] not in tree.grammar.lexicon.verbs:
            return False
        inverted = tree.first[token] < verb < token <= verb + 3 and tree.low[verb - 1] == ","
        return tree.rel[token] == "subj" or (inverted and tree.rel[token] in ("obj", "obl", "dep"))

    def stands_before_name(self, token: int) -> bool:
        """Whether a noun that names no thing stands right before a name."""
        tree, follow = self.tree, token + 1
        if tree.pos[token] != "NOUN" or follow not in self.names or self.names[follow][0] != follow:
            return False
        return tree.low[token] not in self.words.things

    def ambiguous(self, head: int) -> bool:
        """Whether the noun may be a person's or a body's: an executive, a regulator."""
        kinds = {s.kind for s in self.source(head)}
        return "person" in kinds and "body" in kinds

    def guess(self, head: int) -> str:
        """The kind of actor that the noun *head* tells of."""
        tree, kinds = self.tree, [s.kind for s in self.source(head)]
        before = tree.low[head - 1] if head > tree.first[head] else ""
        alone = before in self.words.qualifiers or before in tree.grammar.indefinite
        if self.ambiguous(head) and (tree.number(head) == "p" or alone):
            return "Person"
        if self._counsel(head, before):
            return "Person"
        for kind in _GENERAL_FIRST:
            if kind in kinds:
                return _KINDS[kind]
        qualified = before in self.words.qualifiers
        personal = tree.pos[head] == "NOUN" and (
            qualified or tree.low[head].endswith(self.words.person_endings) or self._trade(head)
        )
        return "Person" if personal and tree.low[head] not in self.words.things else "Unidentified"

    def _counsel(self, head: int, before: str) -> bool:
        """`son conseil`: a lawyer; but `son conseil municipal`, `leur conseil d'administration`."""
        tree, follow = self.tree, head + 1
        if tree.low[head] not in self.words.counsel or before not in tree.grammar.possessive:
            return False
        more = follow <= tree.last[head] and (tree.low[follow] in self.words.complements or tree.pos[follow] == "ADJ")
        return not more

    def _trade(self, head: int) -> bool:
        """Whether an unlisted noun is one for people by its ending and its meaning: `le rameur`, `le marin`."""
        people = self.tree.people(head)
        return bool(people) or (people is None and self.tree.low[head].endswith(self.words.trade_endings))

    # ---------------------------------------------------------------- pronouns
    def is_pronoun(self, token: int) -> bool:
        """A pronoun that takes up an actor: `il`, `-t-elle`, `ce dernier`; not the impersonal one."""
        tree, low = self.tree, self.tree.low[token]
        if self.is_ordinal(token):
            return tree.rel[token] == "subj"
        if low in self.words.last_one and token > tree.first[token]:
            before = tree.low[token - 1]
            if before not in tree.grammar.demonstrative | tree.grammar.definite:
                return False
            return tree.pos[token] != "NOUN" or tree.grammar.language == "en"
        if low not in self.words.pronouns or tree.parsed.quote[token] >= 0:
            return False
        return low not in self.words.impersonal or not self._impersonal(token)

    def is_ordinal(self, token: int) -> bool:
        """`le premier`, `the former`: without a noun behind it, one of two that were named."""
        tree = self.tree
        if tree.low[token] not in self.words.ordinals or token == tree.first[token] or token == tree.last[token]:
            return False
        if tree.low[token - 1] not in tree.grammar.definite:
            return False
        plain = tree.pos[token + 1] in ("VERB", "AUX", "ADV", "PRON", "PUNCT", "SCONJ")
        return plain and tree.low[token + 1] not in ("-", "’", "'")

    def _impersonal(self, token: int) -> bool:
        """`il faut`, `il y a`, `il est clair que`, `it seems`."""
        tree, verbs = self.tree, self.words.impersonal_verbs
        around = range(max(tree.first[token], token - 3), min(tree.last[token], token + 5) + 1)
        if any(tree.lemma[k] in verbs or tree.verb[k] in verbs for k in around):
            return True
        if token < tree.last[token] and tree.low[token + 1] in self.words.impersonal_clitics:
            return True
        head = tree.head[token]
        return tree.pos[head] == "ADJ" and any(tree.rel[k] in ("ccomp", "csubj", "xcomp") for k in tree.kids[head])
