"""Finds the words of a parsed document that tell of an event, by the lexicon and the words around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.extract.entries import EventLexicon, Trigger, Words
from kg.extract.tree import Tree

_BY_DOCUMENT = frozenset(("CyberAttack", "DataLeak", "Attack"))
_T = TypeVar("_T")
_NOUNS = frozenset(("NOUN", "PROPN", "X", "SYM", "NUM"))
_FILL = frozenset(("DET", "ADP", "ADV", "PUNCT", "PART", "NUM", "ADJ"))  # may stand between the words of a trigger
_REACH = 8  # tokens between a verb and the last word of its expression
_PROPER = frozenset(("PROPN", "NOUN", "X", "ADJ", "SYM", "NUM", "PRON", "VERB"))


@dataclass(frozen=True, slots=True)
class Found:
    """The words *covered* tell of an event; *token* is their head.  *readings*: the entries, the likeliest first."""

    token: int
    covered: tuple[int, ...]
    readings: tuple[Trigger, ...]
    borne_out: bool = True

    @property
    def first(self) -> int:
        return self.covered[0]

    @property
    def last(self) -> int:
        return self.covered[-1]

    @property
    def entry(self) -> Trigger:
        return self.readings[0]


class Finder:
    """Looks for the triggers of one document.  *actors* are tokens of names known to be those of actors."""

    def __init__(self, tree: Tree, lexicon: EventLexicon, actors: Collection[int]) -> None:
        self.tree, self.lexicon, self.actors = tree, lexicon, actors
        self._count: Counter[str] = Counter()
        self._around: dict[int, frozenset[str]] = {}
        self._members: dict[int, list[int]] = {}
        for i, number in enumerate(tree.parsed.sentence):
            self._members.setdefault(number, []).append(i)

    def find(self) -> list[Found]:
        """The triggers in the order of the text; of overlapping ones the longest."""
        tree = self.tree
        found: list[Found] = []
        for i in range(tree.n):
            if tree.parsed.quote[i] < 0:
                hit = self._noun(i) or self._verb(i) or self._name(i)
                if hit is not None:
                    found.append(hit)
        found.sort(key=lambda hit: (hit.first - hit.last, hit.first))
        taken: set[int] = set()
        kept = []
        for hit in found:
            cells = set(hit.covered) if hit.entry.part == "verb" else set(range(hit.first, hit.last + 1))
            if not cells & taken:
                taken |= cells
                kept.append(hit)
        return sorted(kept, key=lambda hit: tree.parsed.start[hit.token])

    def opening(self, hit: Found, told: Collection[str]) -> Found | None:
        """The same words as the opening of an event that the whole document bears out, of a kind *told* of."""
        index = self.lexicon.verbs if hit.entry.part == "verb" else self.lexicon.nouns
        entries = [
            entry for entry in index.get(min(hit.entry.words[0]), ())
            if entry.words == hit.entry.words and not entry.anaphoric and self._borne_out(entry)
        ]  # fmt: skip
        entries.sort(key=lambda entry: (entry.kind not in told, -self._borne_out(entry)))
        return Found(hit.token, hit.covered, (entries[0],)) if entries else None

    # ---------------------------------------------------------------- parts of speech
    def _noun(self, i: int) -> Found | None:
        tree = self.tree
        if tree.pos[i] in ("DET", "ADP", "PUNCT", "AUX", "SCONJ", "CCONJ") or i in self.actors:
            return None
        entries = _either(self.lexicon.nouns, tree.lemma[i], tree.low[i])
        if entries and tree.pos[i] not in _NOUNS and not self._noun_after_all(i):
            entries = tuple(entry for entry in entries if len(entry.words) > 1 and tree.pos[i] == "ADJ")
        return (self._best(i, entries, noun=True) if entries else None) or self._hyphened(i)

    def _hyphened(self, i: int) -> Found | None:
        """A word that the tokenizer took apart at its hyphen: ``run-off``."""
        tree = self.tree
        if i + 2 > tree.last[i] or tree.low[i + 1] != "-":
            return None
        word = f"{tree.low[i]}-"
        entries = _either(self.lexicon.nouns, word + tree.lemma[i + 2], word + tree.low[i + 2])
        fit = tuple(e for e in entries if len(e.words) == 1 and e.fits(self._lemmas(i)))
        fit = tuple(self._document(i, entries)) or fit if all(e.anaphoric for e in fit) else fit
        return Found(i + 2, (i, i + 1, i + 2), fit) if fit else None

    def _noun_after_all(self, i: int) -> bool:
        """Whether a token tagged as a verb or adjective stands where a noun does."""
        qualifies = self.tree.pos[i] == "ADJ" or self.tree.rel[i] == "amod"  # the ruling Alliance
        if qualifies and i < self.tree.last[i] and self.tree.pos[i + 1] in _NOUNS:
            return False
        before = self.tree.low[i - 1] if i > self.tree.first[i] else ""
        clitic = self.tree.pos[i] == "VERB" and before in self.tree.grammar.clitics  # les pirate
        return before in self.tree.grammar.determiners and not clitic

    def _verb(self, i: int) -> Found | None:
        tree = self.tree
        if i in self.actors or (tree.pos[i] not in ("VERB", "AUX", "ADJ") and not self._participle(i)):
            return None
        lemmas = self.lexicon.lemmas.get(tree.low[i], frozenset())
        # an adjective may be a participle, not a bare verb: fine, open
        lemmas = lemmas - {tree.low[i]} if tree.pos[i] == "ADJ" else lemmas | {tree.lemma[i]}
        entries = [entry for lemma in sorted(lemmas) for entry in self.lexicon.verbs.get(lemma, ())]
        entries.sort(key=lambda entry: (-len(entry.words), -len(entry.needs)))
        return self._best(i, entries, noun=False) if entries else None

    def _participle(self, i: int) -> bool:
        """Whether a token tagged as a noun or pronoun is a form of a verb after an auxiliary."""
        tree = self.tree
        before = tree.low[i - 1] if i > tree.first[i] else ""
        return before in tree.grammar.auxiliaries and tree.low[i] in self.lexicon.lemmas

    def _name(self, i: int) -> Found | None:
        tree = self.tree
        if tree.pos[i] not in _PROPER or not tree.word[i][:1].isupper() and tree.word[i][:1] != "#":
            return None
        for entry in self.lexicon.names:
            if tree.low[i].endswith(entry.lemma) and not self._is_actor(i):
                first = i
                if tree.low[i] == entry.lemma:
                    while (
                        first > tree.first[i]
                        and tree.word[first - 1][:1].isupper()
                        and tree.pos[first - 1] not in ("DET", "ADP")
                    ):
                        first -= 1
                    if first == i:
                        return None
                return Found(i, tuple(range(first, i + 1)), (entry,))
        return None

    def _is_actor(self, i: int) -> bool:
        """Whether the name is that of a site or group: known, introduced as one, or the doer of something."""
        tree = self.tree
        if i in self.actors:
            return True
        first = i
        while first > tree.first[i] and tree.word[first - 1][:1].isupper():
            first -= 1
        before = first - 1
        if before >= tree.first[i] and (tree.grammar.speaks(tree.lemma[before], tree.low[before])):
            return True
        return tree.rel[i] in ("agent",) or (tree.rel[i] == "subj" and bool(tree.verb[tree.head[i]]))

    # ---------------------------------------------------------------- readings
    def _best(self, i: int, entries: Sequence[Trigger], noun: bool) -> Found | None:
        """The most specific entry that the sentence bears out, and the further readings of as many words."""
        covered: Sequence[int] = ()
        readings: list[Trigger] = []
        for entry in entries:
            if readings and len(entry.words) < len(readings[0].words):
                break
            at = self._cover(i, entry.words, noun)
            if at and entry.fits(self._lemmas(i)):
                covered = covered or at
                readings.append(entry)
        if not readings and noun:
            covered, readings = [i], self._document(i, entries)
        elif not readings:  # X was held: an arrest if X is somebody, which the reader will see
            covered, readings = [i], [e for e in entries if e.kind == "Arrest" and len(e.words) == 1][:1]
        if not readings or self._excluded(i):
            return None
        head = self._head(covered) if noun else i
        return Found(head, tuple(covered), tuple(readings), readings[0].fits(self._lemmas(i)))

    def _document(self, i: int, entries: Sequence[Trigger]) -> list[Trigger]:
        """What a noun with the article means by the context of the whole document: ``l'attaque``, ``la fuite``."""
        at = i
        while at > self.tree.first[i] and self.tree.pos[at - 1] == "ADJ":
            at -= 1
        before = self.tree.low[at - 1] if at > self.tree.first[i] else ""
        grammar = self.tree.grammar
        if any(entry.kind == "Publication" for entry in entries):
            return []  # la publication, the release: of what, the sentence must say
        if before not in grammar.definite and before not in grammar.demonstrative and before != "des":
            return []
        openers = [e for e in entries if len(e.words) == 1 and e.kind in _BY_DOCUMENT and not e.anaphoric]
        openers = [entry for entry in openers if self._borne_out(entry)]
        return sorted(openers, key=self._borne_out, reverse=True)[:1]

    def _borne_out(self, entry: Trigger) -> int:
        """How many words of the document are of the contexts that *entry* needs; 0: one of them is missing."""
        if not self._count:
            self._count.update(self.tree.lemma)
        needs = (need.difference(*entry.words) for need in entry.needs)
        return min((sum(self._count[word] for word in need) for need in needs), default=1)

    def _cover(self, i: int, words: Words, noun: bool) -> list[int]:
        """The tokens that stand for *words* from token *i* on; empty if they do not."""
        tree, at = self.tree, [i]
        for word in words[1:]:
            k = at[-1] + 1
            while k <= tree.last[i] and tree.low[k] not in word and tree.lemma[k] not in word:
                if (noun and tree.pos[k] not in _FILL) or k - i > _REACH or tree.low[k] in (";", ":", "(", ")"):
                    return []
                k += 1
            if k > tree.last[i] or (not noun and not self._belongs(k, i)):
                return []
            at.append(k)
        return at

    def _belongs(self, k: int, verb: int) -> bool:
        return k - verb <= 2 or self.tree.under(k, verb)

    def _head(self, covered: Sequence[int]) -> int:
        tree = self.tree
        nouns = [k for k in covered if tree.pos[k] in ("NOUN", "PROPN")] or list(covered)
        adjacent = all(b - a == 1 for a, b in zip(covered, covered[1:], strict=False))
        return nouns[-1] if tree.grammar.language == "en" and adjacent else nouns[0]

    def _lemmas(self, i: int) -> frozenset[str]:
        number = self.tree.parsed.sentence[i]
        if number not in self._around:
            members = self._members[number]
            self._around[number] = frozenset(self.tree.lemma[k] for k in members) | {self.tree.low[k] for k in members}
        return self._around[number]

    def _excluded(self, i: int) -> bool:
        """Whether token *i* belongs to words that, together, tell of no event."""
        tree = self.tree
        for k in range(max(tree.first[i], i - 4), i + 1):
            for words in _either(self.lexicon.excluded, tree.lemma[k], tree.low[k]):
                at = self._cover(k, words, noun=True)
                if at and min(at) <= i <= max(at):
                    return True
        return False


def _either(index: Mapping[str, tuple[_T, ...]], lemma: str, low: str) -> tuple[_T, ...]:
    """What *index* has for a lemma and for the form itself."""
    found = index.get(lemma, ())
    return found if lemma == low or low not in index else (*found, *(e for e in index[low] if e not in found))
