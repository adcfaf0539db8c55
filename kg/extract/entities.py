"""The model's entities put right.

The model glues titles and function words to names (``L'économiste Paul …``), cuts hyphenated and joined names, takes
two persons for one; the spans here hold the name, its civil title, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.phrase_words import PhraseWords, phrase_words
from kg.extract.tree import Tree

GUESSES = {
    "PER": "Person", "PERSON": "Person", "ORG": "Organization", "LOC": "Place", "GPE": "GeopoliticalEntity",
    "FAC": "Place", "NORP": "Group", "MISC": "Unidentified", "PRODUCT": "Artefact", "WORK_OF_ART": "Artefact",
    "EVENT": "Artefact", "LAW": "Artefact",
}  # fmt: skip
_EDGES = frozenset((",", ";", ":", "(", ")", ".", "-", "–", "—", "'", "’", "’s", "'s", "#", "/"))


_CLOCK = re.compile(r"\d{1,2}\s?(?:[.:h]\s?\d{2})?\s?(?:[ap]\.?m\.?|h|GMT)?", re.IGNORECASE)


def clock_time(text: str) -> bool:
    """Whether *text* is nothing but a time of day or a number: `10.20pm`, `7 h 10`; such a thing never speaks."""
    return _CLOCK.fullmatch(text.strip()) is not None


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens *first* to *last* (both included) and what they seem to name."""

    first: int
    last: int
    guess: str
    extractor: str


class Entities:
    """The entities of one document."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words: PhraseWords = phrase_words(tree.grammar.language)
        self.sources = tree.grammar.lexicon.sources
        self.cap = [word[:1].isupper() for word in tree.word]

    def all(self) -> Iterator[Name]:
        """The entities put right, in text order, those that are no names left out."""
        parts: list[tuple[int, int, str]] = []
        for entity in self.tree.parsed.doc.ents:
            guess = GUESSES.get(entity.label_)
            if guess is None:
                continue
            first, last = entity.start, entity.end - 1
            if parts and (self._joins(parts[-1][1], first) or self._leads(parts[-1], first, guess)):
                parts[-1] = (parts[-1][0], last, guess)
            else:
                parts.append((first, last, guess))
        for part in parts:
            yield from (name for name in self._right(*part) if self.is_name(name.first, name.last))

    def _joins(self, end: int, start: int) -> bool:
        """Whether two neighbouring entities are one: `Armes et` + `Droits`, `Jean` - `Paul`."""
        low = self.tree.low
        if start == end + 1:
            return low[end] in self.words.joiners
        return start == end + 2 and low[end + 1] == "-" and self.glued(end, start)

    def _leads(self, part: tuple[int, int, str], start: int, guess: str) -> bool:
        """`U.S.` + `Anti-Doping Agency`: a country's name right before a body's belongs to it."""
        return part[2] == "GeopoliticalEntity" and guess == "Organization" and start == part[1] + 1

    def glued(self, a: int, b: int) -> bool:
        """Whether nothing stands between tokens *a* to *b*."""
        start, end = self.tree.parsed.start, self.tree.parsed.end
        return all(end[k] == start[k + 1] for k in range(a, b))

    def _right(self, first: int, last: int, guess: str) -> Iterator[Name]:
        """The entity put right; two persons joined by `and` are two names."""
        tree = self.tree
        for k in range(first + 1, last):
            person = guess == "Person" and tree.low[k] in self.words.joiners and tree.low[k] != "&"
            if tree.low[k] in (",", ";", "(", ":") or person:
                yield from self._right(first, k - 1, guess)
                yield from self._right(k + 1, last, guess)
                return
        first, last = self._clauseless(*self._trimmed(first, last))
        while last > first and tree.low[last] in self.words.postnominals:
            last -= 1
        if first > last:
            return
        if not self.cap[first] and tree.low[first] not in self.words.civil:
            kinds = {s.kind for s in self.sources.get(tree.lemma[first], ())}
            if "body" not in kinds or not any(self.cap[first : last + 1]) or self._stands_before(first, last):
                named = any(tree.low[k] in self.words.particles for k in range(first, last + 1)) and kinds
                if named and not self._stands_before(first, last):
                    return  # ministre de la Culture: a description, no name
                while first <= last and not self.cap[first]:
                    first += 1
                if first > last:
                    return
        if (
            guess == "Person"
            and first < last
            and self.tree.pos[first] == "NOUN"
            and tree.low[first] not in self.words.civil
        ):
            guess = "Unidentified"  # Brasseries Delorme: a common noun begins no person's name
        first = self.untitled(first, last, guess)
        first, last = self._stretched(first, last, guess)
        yield Name(first, last, guess, "ner")

    def _clauseless(self, first: int, last: int) -> tuple[int, int]:
        """Without the verb that the name is the subject of, `Cour des comptes` + `pointe`; empty for `Elle a redit`."""
        tree = self.tree
        if last > first and tree.low[first] in self.words.pronouns and not any(self.cap[first + 1 : last + 1]):
            return first, first - 1
        for k in range(first + 1, last + 1):
            subject = any(tree.rel[j] == "subj" and first <= j < k for j in tree.kids[k])
            if subject and not any(self.cap[k : last + 1]) and tree.pos[k] in ("VERB", "AUX"):
                verbal = ("AUX", "ADV", "PRON")
                while k - 1 > first and not self.cap[k - 1] and tree.pos[k - 1] in verbal:
                    k -= 1
                return first, k - 1
        return first, last

    def _stands_before(self, first: int, last: int) -> bool:
        """`chaîne de magasins X`: a description right before a name, no part of it."""
        tree = self.tree
        at = next((k for k in range(first, last + 1) if self.cap[k]), first)
        return at > first + 1 and tree.pos[at - 1] == "NOUN" and any(tree.pos[k] == "ADP" for k in range(first, at))

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        tree = self.tree
        while first <= last and (
            tree.low[first] in _EDGES
            or (tree.low[first] in tree.grammar.determiners and not self._article_of_name(first))
        ):
            first += 1
        while last >= first and (
            tree.low[last] in _EDGES
            or (not self.cap[last] and tree.pos[last] in ("VERB", "AUX", "ADP", "DET", "CCONJ", "PRON", "PART"))
        ):
            last -= 1
        while last > first and tree.low[last] in tree.grammar.temporal and not self.cap[last]:
            last -= 1  # APT28 début mai
            while (
                last > first
                and not self.cap[last]
                and tree.pos[last] in ("NOUN", "ADJ", "ADP")
                and not tree.word[last].isdigit()
            ):
                last -= 1
        for k in range(first + 2, last + 1):  # `Economie du président`: a common person ends no body's name
            kinds = {s.kind for s in self.sources.get(tree.low[k], ())}
            if tree.low[k - 1] in ("du", "de", "of") and kinds == {"person"} and not self.cap[k]:
                return first, k - 2
        return first, last

    def _article_of_name(self, first: int) -> bool:
        """`Le Monde`, `Les Échos` inside a sentence: the article's capital makes it part of the name."""
        return self.cap[first] and first > self.tree.first[first]

    def untitled(self, first: int, last: int, guess: str) -> int:
        """Past titles, ranks and numbers before the name itself: `World No 9 X`, `Former minister X`."""
        tree = self.tree
        for k in range(last - 1, first - 1, -1):
            if tree.word[k].isdigit() and self.cap[k + 1] and guess != "Organization":
                return k + 1
        while first < last and self.cap[first + 1]:
            low = tree.low[first]
            kinds = {s.kind for s in self.sources.get(tree.lemma[first], self.sources.get(low, ()))}
            if low in self.words.qualifiers or (guess == "Person" and kinds and "person" in kinds):
                first += 1
                continue
            break
        if guess == "Person" and last - first > 1 and self._described(first):
            first += 1
        return first

    def _described(self, first: int) -> bool:
        """`the former Olympian Dan Roper`: behind an article, the first of three capitals says what he is."""
        tree = self.tree
        if first == tree.first[first] or not self.cap[first + 1] or tree.low[first] in self.words.civil:
            return False
        before = tree.low[first - 1]
        return before in self.words.qualifiers or before in tree.grammar.definite | tree.grammar.possessive

    def _stretched(self, first: int, last: int, guess: str) -> tuple[int, int]:
        """With what the model cut off: hyphenated parts, further capitals of a person's name, the civil title."""
        tree = self.tree
        stop, start = tree.last[last], tree.first[first]
        while last + 2 <= stop and tree.low[last + 1] == "-" and self.glued(last, last + 2) and self.cap[last + 2]:
            last += 2
        while (
            first - 2 >= start and tree.low[first - 1] == "-" and self.glued(first - 2, first) and self.cap[first - 2]
        ):
            first -= 2
        while (
            guess == "Person"
            and last < stop
            and self.cap[last + 1]
            and tree.pos[last + 1] == "PROPN"
            and not tree.parsed.doc[last + 1].ent_type_
        ):
            last += 1
            if last + 2 <= stop and tree.low[last + 1] == "-" and self.glued(last, last + 2):
                last += 2
        if guess == "Person" and first == last and first > start and self._given_name(first - 1):
            first -= 1
        if tree.low[first - 1 : first] and first > start and tree.low[first - 1] in self.words.civil:
            first -= 1
        elif first - 2 >= start and tree.low[first - 1] == "." and tree.low[first - 2] in self.words.civil:
            first -= 2
        return first, last

    def _given_name(self, token: int) -> bool:
        """Whether the word before a family name belongs to it: a capital that the model saw as part of no entity."""
        tree = self.tree
        free = tree.pos[token] == "PROPN" and tree.rel[token] in ("compound", "nmod", "flat:name")
        plain = tree.low[token] not in self.words.civil and not self.sources.get(tree.low[token])
        inside = token > tree.first[token] and not tree.parsed.doc[token].ent_type_
        return self.cap[token] and not tree.word[token].isupper() and free and plain and inside

    def is_name(self, first: int, last: int) -> bool:
        """Whether the tokens can be a name at all."""
        tree = self.tree
        if any(tree.parsed.quote[k] >= 0 for k in range(first, last + 1)):
            return False
        letters = [k for k in range(first, last + 1) if any(c.isalpha() for c in tree.word[k])]
        if not letters or not any(self.cap[k] for k in letters) or clock_time(" ".join(tree.word[first : last + 1])):
            return False
        if len(letters) == 1 and tree.low[letters[0]] in self.words.things:
            return False  # Court 4
        if first != last:
            return True
        if first == tree.first[first] and tree.pos[first] not in ("PROPN", "NOUN", "X"):
            return False
        if tree.word[first] in self.sources or (first > tree.first[first] and tree.pos[first - 1] == "NUM"):
            return False  # PDG, ONG; 1.1 TB
        return tree.low[first] not in tree.grammar.temporal and len(tree.word[first]) > 1 and not self._adjective(first)

    def _adjective(self, token: int) -> bool:
        """`the Russian government`: a capital that only qualifies the noun behind it."""
        return self.tree.pos[token] == "ADJ" and self.tree.parsed.doc[token].ent_type_ in ("NORP", "MISC", "LOC")
