"""Names made whole: what models cut off from names of bodies, and from surnames that tokenizers part.

``Harrow`` + ``Mutual``, ``Tarvel`` + ``UK``, ``Lise`` + ``Guivarc'h``, ``Ligue européenne`` + ``de voile``.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.entities import Entities, Name
from kg.extract.folding import fold
from kg.extract.name_words import bare, name_words

_BODILY = frozenset(("Organization", "Unidentified", "Place", "GeopoliticalEntity", "Artefact"))
_FEMININE = ("enne", "ennes", "euse", "euses", "ive", "ives", "elle", "elles", "ère", "ères", "ée", "ées")
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
        name = self._qualified(self._linked(self._ending(self._preceded(name))))
        opens = name.first == name.last and self.tree.low[name.first] in self.words.openings
        return self._complemented(name) if opens or name.guess in ("Organization", "Unidentified") else name

    def again(self, names: list[Name]) -> list[Name]:
        """*names*, of which single words are taken with what made a name of several words of them elsewhere."""
        tree = self.tree
        long = {tuple(tree.word[name.first : name.last + 1]) for name in names if name.last > name.first}
        found: list[Name] = []
        for name in names:
            fits = [words for words in long if tuple(tree.word[name.first : name.first + len(words)]) == words]
            words = max(fits, key=len, default=())
            low = any(not word[:1].isupper() for word in words)
            found.append(replace(name, last=max(name.last, name.first + len(words) - 1)) if low else name)
        return found

    def _preceded(self, name: Name) -> Name:
        """`Harriet` + `Cole`, a given name before what was taken for a thing; `Islands` + `Observer Network`."""
        tree, before = self.tree, name.first - 1
        if before < tree.first[name.first] or not self._free(before, name.first) or tree.pos[before] != "PROPN":
            return name
        if name.first == name.last and bare(tree.word[before]) in self.words.given and name.guess in _BODILY:
            return replace(name, first=before, guess="Person")
        inner = before > tree.first[name.first] and tree.low[before - 1] in tree.grammar.definite
        english = tree.grammar.language == "en" and name.guess == "Organization" and tree.head[before] == name.last
        plain = not self.sources.get(tree.low[before]) and tree.low[before] not in tree.grammar.temporal
        return replace(name, first=before) if inner and english and plain else name

    def _qualified(self, name: Name) -> Name:
        """`l'association Réveil` + `lanvéen`: an adjective behind that cannot be of the noun for bodies before."""
        tree, follow = self.tree, name.last + 1
        if tree.grammar.language != "fr" or name.first != name.last or follow >= tree.last[name.last]:
            return name
        if name.first <= tree.first[name.first] or not self.behind_body(name.first) or self.entities.cap[follow]:
            return name
        gender, low = tree.parsed.doc[name.first - 1].morph.get("Gender", []), tree.low[follow]
        other = (gender == ["Fem"] and not low.endswith(("e", "es"))) or (
            gender == ["Masc"] and low.endswith(_FEMININE)
        )
        adjective = tree.parsed.doc[follow].dep_ in ("amod", "flat:name") and tree.pos[follow] in ("ADJ", "ADV", "NOUN")
        return replace(name, last=follow, guess="Organization") if adjective and other and len(low) > 3 else name

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
        while name.first == name.last and last + 2 < tree.last[last] and tree.pos[last + 1] == "ADJ":
            last += 1  # Centre hospitalier de …
        if not self._followed(last):
            last = name.last
        if not self.entities.words.particles & set(tree.low[name.first : name.last + 1]):
            last = last if last > name.last else self._complement(name.last, self.words.complements)
        last = self._complement(last, self.words.bare_complements)
        if self._followed(last) and not self.entities.cap[last] and tree.pos[last + 2] == "PROPN":
            last = self._joined(last + 2)
        return replace(name, last=self._to_bracket(name, last))

    def _followed(self, last: int) -> bool:
        """Whether `de` and a capital follow."""
        tree = self.tree
        return last < tree.last[last] - 1 and tree.low[last + 1] in ("de", "d'") and self.entities.cap[last + 2]

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
