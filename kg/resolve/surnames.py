"""When a name that is nothing but a family's name may be a known actor's.

Most families have more bearers than the one who is known: `Ferrand` in a text about a train need not be the politician.
So a family's name alone is a known person's only where the document names no other bearer, a civil title does not tell
the other gender, and something else in the document speaks for that person: who or what belongs with them, or the
office by which everybody knows them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Mention
from kg.resolve.callings import Callings, contradicts, gender_of
from kg.resolve.known import KnownActor, KnownActors
from kg.resolve.words import ResolveWords, first_names, fold

_BEFORE = re.compile(r"(?<![\w'’-])(?P<word>[^\W\d_][\w'’-]*\.?(?:\s?-\s?[^\W\d_][\w'’-]*)?)\s+$")
_OFFICE = 40
"""Characters before a name in which the office of its bearer is looked for."""


def only_family(actor: KnownActor, words: Sequence[str]) -> bool:
    """Whether *words* (folded) are the family's name of *actor*, without a given name.

    Shorter than every full name of theirs, and the end of one.
    """
    if actor.kind != "Person":
        return False
    name = " ".join(words)
    full = [fold(label) for _, label in actor.labels]
    return any(label.endswith(f" {name}") for label in full) and name not in full


class Surnames:
    """Decides for one document."""

    def __init__(self, mentions: Sequence[Mention], known: KnownActors, words: ResolveWords, text: str) -> None:
        self.known, self.words, self.text = known, words, text
        proper = [m for m in mentions if m.kind == "proper"]
        self._titled = {(words.bare(m.span.exact), words.gender_of_title(m.span.exact)) for m in proper}
        self._names = {words.bare(m.span.exact) for m in proper}
        self._nouns = [
            (words.bare(mentions[m.apposed].span.exact)[-1], words.stem(fold(m.head)))
            for m in mentions
            if m.kind == "nominal" and m.apposed is not None and m.guess == "Person"
        ]
        self._callings = Callings(text, words)
        self._contradicted: dict[str, bool] = {}
        self._told: dict[tuple[str, str], bool] = {}
        self._folded: str | None = None
        self._here = {actor.iri for m in proper if (actor := self._surely(m)) is not None}

    def named(self, mention: Mention) -> tuple[KnownActor, ...]:
        """The known actors that bear the name of *mention*, borne out or not."""
        return self.known.called(mention.span.exact) or self.known.called(self.words.stripped(mention.span.exact))

    def _surely(self, mention: Mention) -> KnownActor | None:
        """The known actor that *mention* names by more than a family's name."""
        found = self.named(mention)
        sure = len(found) == 1 and not only_family(found[0], self.words.bare(mention.span.exact))
        return found[0] if sure and not self._somebody_else(found[0]) else None

    def may_be(self, actor: KnownActor, mention: Mention) -> bool:
        """Whether *mention* may be taken for *actor*: by a full name, by the family's only where that is borne out.

        What one mention of a name is refused, all are: of whom the document says that it is somebody else.
        """
        words = self.words.bare(mention.span.exact)
        if self._somebody_else(actor):
            return False
        if not only_family(actor, words):
            return True
        key = (actor.iri, " ".join(words))
        if key not in self._told:
            self._told[key] = not self.borne_by_another(actor, words) and self._borne_out(actor, words)
        return self._told[key]

    # ---------------------------------------------------------------- other bearers
    def _somebody_else(self, actor: KnownActor) -> bool:
        """Whether the document says of the bearer of a known person's name what that person never was."""
        if actor.kind != "Person":
            return False
        if actor.iri not in self._contradicted:
            self._contradicted[actor.iri] = any(
                contradicts(actor, self._callings.told(start, start + len(words)), self.words)
                for words in {fold(label).split()[-1] for _, label in actor.labels}
                for start in self._places((words,))
                if not self._given_before(actor, start)
            )
        return self._contradicted[actor.iri]

    def borne_by_another(self, actor: KnownActor, words: tuple[str, ...]) -> bool:
        """Whether the document gives the family's name *words* another given name, or gender, than that of *actor*."""
        other = {"m": "f", "f": "m"}.get(gender_of(actor), "")
        if other and (words, other) in self._titled:
            return True
        own = {fold(name) for _, name in actor.names}
        for name in self._names:
            if len(name) > len(words) and name[-len(words) :] == words and " ".join(name) not in own:
                return True
        return any(self._given_before(actor, start) for start in self._places(words))

    def _places(self, words: tuple[str, ...]) -> list[int]:
        """Where the text has *words*, whether a mention stands there or not."""
        if self._folded is None:
            self._folded = "".join(fold(char)[:1] or char for char in self.text)  # letter for letter: places stay
        pattern = r"[\s'’-]+".join(re.escape(word) for word in words)
        return [m.start() for m in re.finditer(rf"(?<![\w'’-]){pattern}(?!\w)", self._folded)]

    def _given_before(self, actor: KnownActor, start: int) -> bool:
        """`Lise Ferrand` that no mention covers: a given name, or an initial, that is not the known person's."""
        before = _BEFORE.search(self.text, max(0, start - 40), start)
        if before is None or not before["word"][:1].isupper():
            return False
        word = fold(before["word"])
        given = fold(actor.label).split()[0]
        if len(word) == 1:
            return word != given[:1] and word not in self.words.titles
        return word.split()[0] in first_names() and word != given and word not in fold(actor.label).split()

    # ---------------------------------------------------------------- what bears it out
    def _borne_out(self, actor: KnownActor, words: tuple[str, ...]) -> bool:
        company = {*actor.member_of, *(body.iri for body in self.known.led_by(actor.iri))}
        others = [self.known.by_iri[iri] for iri in self._here if iri != actor.iri]
        if any(other.iri in company or company & {*other.member_of} for other in others):
            return True
        offices = self._offices(actor)
        if not offices:
            return False
        country = any(iri in self._here for iri in actor.countries) and not self._is_another(actor, words)
        return country or any(self._called(offices, start) for start in self._places(words))

    def _is_another(self, actor: KnownActor, words: tuple[str, ...]) -> bool:
        """Whether who bears the name here is described as what the known person never was."""
        told = {noun for name, noun in self._nouns if name == words[-1]}
        nouns = {self.words.stem(word) for _, noun in actor.nouns for word in fold(noun).split()}
        classes = frozenset[str]().union(*(self.words.classes_of(noun) for noun in nouns))
        return any(noun not in nouns and not classes & self.words.classes_of(noun) for noun in told)

    def _offices(self, actor: KnownActor) -> set[str]:
        """What only one holds at a time, by which *actor* is known: president, prime minister, whistleblower."""
        nouns = {fold(noun) for _, noun in actor.nouns}
        return {
            office for office in self.words.sole_offices if any(f" {noun}".endswith(f" {office}") for noun in nouns)
        }

    def _called(self, offices: set[str], start: int) -> bool:
        """Whether the office stands right before the name: `le président ukrainien X`."""
        words = fold(re.split(r"[.,;:!?(]", self.text[max(0, start - _OFFICE) : start])[-1]).split()
        near = " ".join(words[-4:])
        return any(re.search(rf"\b{office}\b", near) for office in offices)
