"""Names made whole: what models cut off from names of bodies, and from surnames that tokenizers part.

``Harrow`` + ``Mutual``, ``Tarvel`` + ``UK``, ``Lise`` + ``Guivarc'h``, ``Ligue européenne`` + ``de voile``.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.entities import Entities, Name
from kg.extract.folding import fold
from kg.extract.name_words import bare, name_words

_BODILY = frozenset(("Organization", "Unidentified", "Place", "GeopoliticalEntity", "Artefact"))
_FAR = 9
"""Tokens behind a name within which its acronym may stand in brackets."""


class NameSpans:
    """Makes the names of one document whole."""

    def __init__(self, entities: Entities) -> None:
        self.entities, self.tree, self.sources = entities, entities.tree, entities.sources
        self.words = name_words(self.tree.grammar.language)

    def whole(self, name: Name) -> Name:
        """*name* with what belongs to it."""
        name = self._apostrophe(self._surname(name))
        name = self._linked(self._ending(name))
        return self._complemented(name) if name.guess in ("Organization", "Unidentified") else name

    def _free(self, token: int, stop: int) -> bool:
        """Whether a capital follows that the model saw as part of no name."""
        tree = self.tree
        return token <= stop and self.entities.cap[token] and not tree.parsed.doc[token].ent_type_

    def _surname(self, name: Name) -> Name:
        """A given name alone, and the family's name behind it."""
        tree, follow = self.tree, name.last + 1
        if name.first != name.last or bare(tree.word[name.first]) not in self.words.given:
            return name
        if not self._free(follow, tree.last[name.last]) or tree.pos[follow] not in ("PROPN", "NOUN", "X"):
            return name
        return replace(name, last=follow, guess="Person")

    def _apostrophe(self, name: Name) -> Name:
        """Guivarc'h, in however many tokens."""
        tree, last, stop = self.tree, name.last, self.tree.last[name.last]
        if last + 1 <= stop and tree.low[last] != "'" and tree.low[last].endswith("'"):
            last -= 1  # the mark stands at the end of the token: only the rest is missing
        elif not (last + 2 <= stop and tree.low[last + 1] in ("'", "’")):
            return name
        rest = last + 2
        short = rest <= stop and tree.low[rest].isalpha() and len(tree.low[rest]) <= 2 and tree.low[rest] != "s"
        return replace(name, last=rest) if short and self.entities.glued(name.last, rest) else name

    def _ending(self, name: Name) -> Name:
        """`Harrow` + `Mutual`, `Tarvel` + `UK`."""
        tree, follow, stop = self.tree, name.last + 1, self.tree.last[name.last]
        if name.first == name.last and self.branch(name.first) and not tree.parsed.doc[name.first - 1].ent_type_:
            return replace(name, first=name.first - 1, guess="Organization")
        if follow > stop or not self.entities.cap[follow] or tree.low[name.first] in self.entities.words.civil:
            return name
        if name.guess == "Person" and name.last > name.first:
            return name
        ends = tree.low[follow] in self.words.endings and self._free(follow, stop)
        if ends or (self.branch(follow) and name.guess in _BODILY | {"Person"}):
            return replace(name, last=follow, guess="Organization")
        return name

    def branch(self, token: int) -> bool:
        """Whether a country's name completes that of a body right before it: `Tarvel UK`."""
        tree, before = self.tree, token - 1
        if tree.low[token] not in self.words.branches or before < tree.first[token]:
            return False
        if not self.entities.cap[before] or tree.pos[before] not in ("PROPN", "NOUN", "X"):
            return False
        low = tree.low[before]
        plain = low not in self.words.branches and low not in tree.grammar.temporal and not self.sources.get(low)
        return plain and low not in self.entities.words.civil and not tree.word[before].isdigit()

    def _linked(self, name: Name) -> Name:
        """`the tenants' group Roofs` + `for All`."""
        tree, at, stop = self.tree, name.last + 1, self.tree.last[name.last]
        if name.first <= tree.first[name.first] or not self.behind_body(name.first):
            return name
        while at < stop and tree.low[at] in self.words.links:
            at += 1
        capital = at > name.last + 1 and at <= stop and self._free(at, stop)
        return replace(name, last=at, guess="Organization") if capital else name

    def behind_body(self, token: int) -> bool:
        """Whether a noun for bodies stands right before *token*: `le fonds X`."""
        before = self.tree.low[token - 1]
        if before in self.words.places:
            return False
        return before in self.words.bodies or {s.kind for s in self.sources.get(before, ())} == {"body"}

    # ---------------------------------------------------------------- names that describe
    def _complemented(self, name: Name) -> Name:
        """`Office français` + `de la biodiversité`, `Ligue européenne` + `de voile`."""
        tree = self.tree
        if not self.words.complements or tree.low[name.first] not in self.words.openings:
            return name
        last = name.last
        if not self.entities.words.particles & set(tree.low[name.first : name.last + 1]):
            last = self._complement(name.last, self.words.complements)
        last = self._complement(last, self.words.bare_complements)
        placed = last < tree.last[last] - 1 and tree.low[last + 1] in ("de", "d'") and self.entities.cap[last + 2]
        if placed and not self.entities.cap[last] and tree.pos[last + 2] == "PROPN":
            last = self._joined(last + 2)
        return replace(name, last=self._to_bracket(name, last))

    def _complement(self, last: int, prepositions: frozenset[str]) -> int:
        """The last token of the complement that begins behind *last* with one of *prepositions*, else *last*."""
        tree, at, stop = self.tree, last + 1, self.tree.last[last]
        if at + 1 > stop or tree.low[at] not in prepositions:
            return last
        at += 1
        if tree.low[at] in tree.grammar.determiners:
            at += 1
        if at > stop or tree.pos[at] not in ("NOUN", "PROPN", "X") or tree.low[at] in tree.grammar.temporal:
            return last
        while at < stop and tree.pos[at + 1] == "ADJ" and not tree.verb[at + 1]:
            at += 1
        return at

    def _joined(self, last: int) -> int:
        """The last of the hyphenated parts of a place's name."""
        tree = self.tree
        while last + 2 <= tree.last[last] and tree.low[last + 1] == "-" and self.entities.glued(last, last + 2):
            last += 2
        return last

    def _to_bracket(self, name: Name, last: int) -> int:
        """As far as the bracket behind the name, if what stands in it is made of its first letters."""
        tree, stop = self.tree, self.tree.last[name.last]
        mark = next((k for k in range(name.last + 1, min(name.last + _FAR, stop) + 1) if tree.low[k] == "("), None)
        if mark is None or mark <= last or mark + 1 > stop or not tree.word[mark + 1].isupper():
            return last
        words = [tree.low[k] for k in range(name.first, mark) if tree.low[k][:1].isalpha()]
        letters = "".join(bare(word)[:1] for word in words if len(word) > 3)
        acronym = "".join(c for c in fold("".join(tree.word[mark + 1 : mark + 4]).split(")")[0]) if c.isalpha())
        between = range(name.last + 1, mark)
        plain = all(tree.pos[k] in ("NOUN", "ADJ", "ADP", "DET", "CCONJ", "PROPN") for k in between)
        return mark - 1 if plain and bare(acronym)[:2] == letters[:2] and len(letters) >= len(acronym) - 1 else last
