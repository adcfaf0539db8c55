"""Whether who bears a known person's name is told to be somebody else: by calling, gender or body.

`Alex Jones, a nurse`, `Mr Cameron, the plumber`: the name is a known person's, and its bearer is not.  What contradicts
is what stands right before or right behind the name; a document that refuses a name once refuses it everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.resolve.known import KnownActor
from kg.resolve.words import ResolveWords, either_gender, first_names, fold, resolve_words

SOLE = frozenset(("lawyer", "magistrate", "physician", "athlete"))
"""Classes of callings that exclude every calling of another class."""
_AGE = r"(?:,?\s*\(?(?:aged\s)?\d{1,3}(?:\s(?:ans|years old))?\)?)?"
_BEHIND = re.compile(rf"{_AGE}\s?(?:,|\(|\s(?:is|was|est|était)\b)\s*(?P<phrase>[^.,;:()!?\n«»“”\"]{{3,60}})")
_BEFORE = re.compile(
    r"(?:^|[.,;:()!?«»“”\"\n])(?P<phrase>[^.,;:()!?\n«»“”\"]*?)(?P<titles>(?:\s?[A-ZÀ-Þ][\w'’-]*\.?)*)\s*$"
)
_SPAN, _NEAR = 60, 3
"""Characters before a name in which its bearer is described, and words of a description."""


def gender_of(actor: KnownActor) -> str:
    """The gender that the given name of a known person tells; "" where it tells none."""
    given = fold(actor.label).split()[0] if actor.kind == "Person" else ""
    return "" if given in either_gender() else first_names().get(given, "")


def classes_of(actor: KnownActor) -> frozenset[str]:
    """The classes of the callings by which *actor* is known, in both languages."""
    found: set[str] = set()
    for language, noun in actor.nouns:
        words = resolve_words(language or "fr")
        for word in fold(noun).split():
            classes = words.classes_of(words.stem(word))
            found |= classes - SOLE or classes  # a chef of doctors is one, a chef of a state is none
    return frozenset(found)


def contradicts(actor: KnownActor, told: Iterable[str], words: ResolveWords) -> bool:
    """Whether one of the nouns *told* (folded) of a bearer of the name says what *actor* never was."""
    own = {words.stem(word) for _, noun in actor.nouns for word in fold(noun).split()}
    for noun in told:
        stem, classes = words.stem(noun), words.classes_of(words.stem(noun))
        if stem in own or noun.endswith("s"):  # of many people: no calling of one
            continue
        if noun in words.callings or (classes and classes <= SOLE and not classes & classes_of(actor)):
            return True
    return False


class Callings:
    """What one document says right beside names."""

    def __init__(self, text: str, words: ResolveWords) -> None:
        self.text, self.words = text, words

    def told(self, start: int, end: int) -> set[str]:
        """The words, folded, that tell what the bearer of the name at ``start:end`` is, not what it was before."""
        return {*self._behind(end), *self._before(start)}

    def _behind(self, end: int) -> Iterator[str]:
        """`X, a nurse`, `X, 34 ans, infirmier`, `X is a plumber`."""
        found = _BEHIND.match(self.text, end)
        if found is None:
            return
        phrase = fold(found["phrase"]).split()
        for word in phrase[1 : _NEAR + 1] if phrase and phrase[0] in self.words.articles else phrase[:1]:
            if word in self.words.once or word in self.words.small:
                return
            yield word

    def _before(self, start: int) -> Iterator[str]:
        """`the plumber X`; not: `he told the plumber X …` in a language that puts subjects last."""
        found = _BEFORE.search(self.text, max(0, start - _SPAN), start)
        phrase = fold(found["phrase"]).split() if found else []
        article = next((k for k in range(len(phrase) - 1, -1, -1) if phrase[k] in self.words.articles), None)
        if article is None or not 0 < len(phrase) - article - 1 < _NEAR or set(phrase[article:]) & self.words.once:
            return
        if article == 0 or phrase[article - 1] not in self.words.small:
            yield from (word for word in phrase[article + 1 :] if word not in self.words.small)
