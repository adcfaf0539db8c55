"""What a name names, read from the words around it: a firm is often tagged as a place or person, or as nothing at all.

Each occurrence tells a little, and what they tell together holds for the name throughout the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.entities import Entities, Name
from kg.extract.folding import fold
from kg.extract.name_signs import ENOUGH, PERSONAL, SURE, NameSigns
from kg.extract.name_words import bare

DECIDED, ACTS = "syntax", "deed"
"""The extractors of names of which the words around them tell what they name, and that it takes part in something."""


class NameKinds:
    """Decides for the names of one document."""

    def __init__(self, entities: Entities) -> None:
        self.tree, self.phrases = entities.tree, entities.words
        self.signs = NameSigns(entities)
        self.words = self.signs.words
        self.families: set[str] = set()
        """The family's names of the persons whom the document names in full."""

    def decide(self, names: Sequence[Name]) -> list[Name]:
        """*names* with what is told of them; known ones stay as they are."""
        groups: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(names):
            if name.extractor != "gazetteer":
                groups[self._key(name)].append(index)
        whole = [key.split() for key in groups]
        persons = {key for key, held in groups.items() if any(names[i].guess == "Person" for i in held)}
        self.families = {key.split()[1] for key in persons if len(key.split()) == 2}
        found = list(names)
        for key, indices in groups.items():
            for index, decided in zip(indices, self._decided(key, [names[i] for i in indices], whole), strict=True):
                found[index] = decided
        return found

    def _key(self, name: Name) -> str:
        words = [self.tree.word[k] for k in range(name.first, name.last + 1)]
        if self.tree.low[name.first] in self.phrases.civil and len(words) > 1:
            words = words[1:]
        return fold(" ".join(words))

    def _decided(self, key: str, names: list[Name], whole: list[list[str]]) -> list[Name]:
        if (apart := self._namesakes(key, names)) is not None:
            return apart
        told = sum(self.signs.body(name) for name in names)
        if key in self.families and not any(self.signs.behind_noun(name) >= SURE for name in names):
            told = 0.0  # Harrow's managers, beside Peter Harrow
        body = max(self._built(key), self._called_by(key, whole)) + told
        person = self._personal(key, whole) + sum(self.signs.person(name) for name in names)
        if any(self._of_thing(name) for name in names):
            return names
        acts = any(self.signs.acts(name) for name in names) and not self._mere_word(names)
        if body >= ENOUGH and body > person:
            return [replace(name, guess="Organization", extractor=DECIDED) for name in names]
        if person >= ENOUGH and person > body:
            return [self._as_person(name) for name in names]
        guesses = {name.guess for name in names}
        if acts or (len(names) > 1 and "Organization" in guesses and guesses <= {"Organization", "Unidentified"}):
            return [self._acting(name) for name in names]
        return names

    def _namesakes(self, key: str, names: list[Name]) -> list[Name] | None:
        """`Mme Tarvel` beside `le groupe Tarvel`: a family and its firm, told apart one by one; None = no such pair.

        Who is called by a title is the person; what has no title is the firm.
        """
        titled = [name.last > name.first and self.tree.low[name.first] in self.phrases.civil for name in names]
        if " " in key or not any(titled):
            return None
        if not any(self.signs.body(name) >= SURE for name, title in zip(names, titled, strict=True) if not title):
            return None
        return [
            self._as_person(name) if title else replace(name, guess="Organization", extractor=DECIDED)
            for name, title in zip(names, titled, strict=True)
        ]

    @staticmethod
    def _as_person(name: Name) -> Name:
        return name if name.guess == "Person" else replace(name, guess="Person", extractor=DECIDED)

    @staticmethod
    def _acting(name: Name) -> Name:
        """A name that takes part: as what the model takes it for, else a body's."""
        guess = "Organization" if name.guess == "Unidentified" else name.guess
        return replace(name, guess=guess, extractor=ACTS) if guess in ("Organization", "Person") else name

    # ---------------------------------------------------------------- by the name itself
    def _built(self, key: str) -> float:
        """What the words of the name tell: `Harrow Mutual`, `Air Cormoran`, `Delorme & Associés`."""
        words = key.split()
        if len(words) < 2:
            return 0.0
        low = {fold(word) for word in self.words.endings}
        first = {fold(word) for word in self.words.openings}
        workshop = words[0].endswith(tuple(self.words.workshops)) and len(words[0]) > 6
        return SURE + PERSONAL if words[-1] in low or words[0] in first or workshop else 0.0

    def _called_by(self, key: str, whole: list[list[str]]) -> float:
        """A name of several words that is called again by the first of them is a body's."""
        words = key.split()
        if len(words) < 2 or bare(words[0]) in self.words.given or self._tail(words, whole):
            return 0.0
        return ENOUGH if any(len(k) < len(words) and words[: len(k)] == k for k in whole) else 0.0

    @staticmethod
    def _tail(words: list[str], whole: list[list[str]]) -> bool:
        return any(len(k) < len(words) and words[-len(k) :] == k for k in whole)

    def _personal(self, key: str, whole: list[list[str]]) -> float:
        """A name that is called again by the last of its words, or opens with a given name, is a person's."""
        words = key.split()
        if len(words) == 1:
            return ENOUGH if bare(key) in self.words.given else 0.0
        if len(words) > 5:
            return 0.0
        given = ENOUGH + 0.5 if bare(words[0]) in self.words.given else 0.0
        particle = ENOUGH if self.words.personal & set(words[1:-1]) else 0.0
        again = self._tail(words, whole) and not self._built(key)
        return max(given, particle) + (ENOUGH if again else 0.0)

    def _mere_word(self, names: list[Name]) -> bool:
        """Whether nothing but its place at the beginning of one sentence gives a word its capital."""
        only, tree = names[0], self.tree
        if len(names) > 1 or only.extractor != "capitals" or only.first < only.last:
            return False
        return only.first == tree.first[only.first] or tree.pos[only.first - 1] == "PUNCT"

    def _of_thing(self, name: Name) -> bool:
        """`le médicament X`: no actor's name."""
        at = name.first - 1
        return at >= self.tree.first[name.first] and self.tree.low[at] in self.phrases.things


def decided(entities: Entities, names: Iterable[Name]) -> list[Name]:
    """*names* of one document with what the words around them tell."""
    return NameKinds(entities).decide(list(names))
