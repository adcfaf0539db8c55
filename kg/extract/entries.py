"""The entries of the lexicons: what a line of ``data/cues`` and ``data/events`` becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Words = tuple[frozenset[str], ...]


def in_order(words: Words, forms: Sequence[str]) -> bool:
    """Whether *forms* hold all *words*, in their order, with anything between them."""
    rest = iter(forms)
    return all(any(form in word for form in rest) for word in words)


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of reporting speech.  *words* are never empty: a plain verb has its lemma; ``Cue.head`` is the first.

    *reflexive* None = with or without; *when* holds ``(frame, stance)`` pairs that override *stance*; *group* is the
    entry's class.  The keys' meaning stands at the head of ``data/cues/*.toml``.
    """

    lemma: str
    part: str
    group: str
    stance: str
    frames: frozenset[str]
    words: Words
    particle: str = ""
    clitic: str = ""
    reflexive: bool | None = False
    weak: bool = False
    ambiguous: bool = False
    negative: bool = False
    objects: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    when: tuple[tuple[str, str], ...] = ()

    def stance_in(self, frame: str, *, content_negated: bool = False, cue_negated: bool = False) -> str:
        """The stance taken through *frame*: the most specific rule of *when*, else the entry's own."""
        rules = dict(self.when)
        asked = (("negated", cue_negated), (f"neg_{frame}", content_negated), (frame, True))
        return next((rules[key] for key, holds in asked if holds and key in rules), self.stance)

    def adjacent(self, forms: Sequence[str]) -> int:
        """How many of *forms* (lower case, from the first on) this preposition covers; 0: it does not stand there."""
        if len(forms) < len(self.words):
            return 0
        plain = (form.replace("’", "'") for form in forms)
        return len(self.words) if all(form in word for word, form in zip(self.words, plain, strict=False)) else 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words that say that somebody does not speak; *negative*: only when the first of them is negated."""

    words: Words
    negative: bool = False


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A common noun that may speak: *kind* of SOURCE_KINDS, *gender* ``m``, ``f`` or "" for either."""

    lemma: str
    kind: str
    gender: str


@dataclass(frozen=True, slots=True)
class Hedges:
    """Words that mark hearsay; *adverbs* may be several words, *conditionals* are forms, *verbs* lemmas."""

    adverbs: frozenset[str]
    adjectives: frozenset[str]
    conditionals: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way of telling of an event.

    Of each set in *needs* one lemma must stand in the sentence, of *without* none may; *roles* are
    ``(argument, role)``; *anaphoric*: it only takes up an event of the document, of one of the *kinds*, else it
    opens one, of the first (and only) of them; *light*: it only adds participants to the event that is its subject.
    *deed*: what is done, where entries of many words tell of one kind of thing (``dérailler``, ``sortir des rails``);
    *also*: the deeds that the words take up where they point back (``l'accident`` of a derailment).
    """

    lemma: str
    part: str
    kinds: tuple[str, ...]
    words: Words
    needs: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    anaphoric: bool = False
    light: bool = False
    roles: tuple[tuple[str, str], ...] = ()
    deed: str = ""
    also: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        return self.kinds[0]

    def same_deed(self, other: Trigger) -> bool:
        """Whether this and the *other* entry tell of one kind of thing done: one deed or, without one, one wording."""
        return self.deed == other.deed if self.deed or other.deed else self.words == other.words

    def fits(self, lemmas: Iterable[str]) -> bool:
        """Whether the other *lemmas* of its sentence (lower case) bear this reading out."""
        around = frozenset(lemmas).difference(*self.words)
        return all(need & around for need in self.needs) and not self.without & around


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """The cues of a *language*.  The indexes go from an entry's first word to the entries, the longest first.

    *lemmas* leads from an inflected form to the lemmas of verbs and expressions: taggers often miss a rare verb.
    *support* are the verbs that lend a nominal cue their subject (``lancer un appel``).
    *titles* are title -> kind of TITLE_KINDS; *sources* lemma -> the kinds of speaker it may be.
    """

    language: str
    entries: tuple[Cue, ...]
    frames: Mapping[str, str]
    groups: Mapping[str, str]
    verbs: Mapping[str, tuple[Cue, ...]]
    expressions: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    prepositions: Mapping[str, tuple[Cue, ...]]
    refusals: Mapping[str, tuple[Refusal, ...]]
    lemmas: Mapping[str, frozenset[str]]
    support: frozenset[str]
    sources: Mapping[str, tuple[SourceNoun, ...]]
    hedges: Hedges
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """The triggers of a *language*, indexed by first word; the most specific first: more words, then with *needs*.

    *names* are endings of the proper names of events; *excluded* go from a first word to words
    that, together, tell of no event (``bureau de vote``).
    """

    language: str
    entries: tuple[Trigger, ...]
    arguments: Mapping[str, str]
    contexts: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    names: tuple[Trigger, ...]
    excluded: Mapping[str, tuple[Words, ...]]
    lemmas: Mapping[str, frozenset[str]]
