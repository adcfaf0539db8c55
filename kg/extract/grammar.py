"""A language's closed words and the inflected forms of its cue verbs: the part of a language pack the frames read.

Adding a language: docs/languages.md.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import CueLexicon, cues
from kg.resources import resource


@dataclass(frozen=True)
class Grammar:
    """Closed word classes as sets of lower-case forms; *verb_forms* maps an inflected form to its cue verb's lemma."""

    language: str
    lexicon: CueLexicon
    verb_forms: dict[str, str]
    finite_endings: tuple[str, ...]
    complementisers: frozenset[str]
    interrogatives: frozenset[str]
    relatives_subject: frozenset[str]
    relatives_object: frozenset[str]
    subject_pronouns: frozenset[str]
    clitic_subjects: frozenset[str]
    clitic_links: frozenset[str]
    clitics: frozenset[str]
    reflexives: frozenset[str]
    negations: frozenset[str]
    negation_seconds: frozenset[str]
    restrictives: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    demonstrative: frozenset[str]
    possessive: frozenset[str]
    complement_prepositions: frozenset[str]
    agent_prepositions: frozenset[str]
    gerund_particles: frozenset[str]
    connectives: frozenset[str]
    governors: frozenset[str]
    negation_claims: frozenset[str]
    never_sources: frozenset[str]
    first_person: frozenset[str]
    sentence_adverbs: frozenset[str]
    temporal: frozenset[str]
    circumstance_openers: frozenset[str]
    circumstance_prepositions: frozenset[str]
    abstract_endings: frozenset[str]
    things: frozenset[str]
    reduced_passives: frozenset[str]
    readers: frozenset[str]
    withdrawals: frozenset[str]
    interviews: frozenset[str]
    interview_heads: frozenset[str]
    meetings: frozenset[str]
    speaking: frozenset[str]
    spoken_to: frozenset[str]
    _titles: frozenset[str]

    @property
    def titles(self) -> frozenset[str]:
        """Titles that stand before names, lower case, without a stop."""
        return self._titles

    def speaks(self, *words: str) -> bool:
        """Whether one of *words* (lemma or form) is a noun that may speak."""
        return any(word in self.lexicon.sources for word in words)

    def abstract(self, lemma: str) -> bool:
        """Whether a noun's ending makes it an abstraction, which speaks only if the lexicon says so."""
        return lemma.endswith(tuple(self.abstract_endings))

    def is_person(self, *words: str) -> bool:
        """Whether one of *words* is a noun for a person or a group of persons."""
        return any(s.kind in ("person", "group") for word in words for s in self.lexicon.sources.get(word, ()))

    def refuses(self, lemmas: list[str], forms: list[str], negated: bool) -> bool:
        """Whether the words from a verb on say that somebody does not speak; *negated*: its group is."""
        for lemma in {lemmas[0], self.verb_forms.get(forms[0], "")} if lemmas else ():
            for refusal in self.lexicon.refusals.get(lemma, ()):
                if refusal.negative and not negated:
                    continue
                at = 1
                for word in refusal.words[1:]:
                    while at < min(len(lemmas), 9) and lemmas[at] not in word and forms[at] not in word:
                        at += 1
                    if at >= min(len(lemmas), 9):
                        break
                    at += 1
                else:
                    return True
        return False

    def finite_form(self, form: str) -> bool:
        """Whether *form*, a form of a cue verb, can be finite (by its ending, or because the lexicon says so)."""
        return form in self.verb_forms and not form.endswith(("ant", "er", "ir") if self.language == "fr" else "ing")


@cache
def grammar(language: str) -> Grammar:
    """The grammar of *language* ("fr", "en"), read once."""
    with resource(f"data/grammar/{language}.toml").open("rb") as handle:
        raw = tomllib.load(handle)
    endings = tuple(raw.pop("endings")["finite"])
    lexicon = cues(language)
    return Grammar(
        language=language, lexicon=lexicon, _titles=frozenset(t.lower().rstrip(".") for t in lexicon.titles),
        verb_forms=_verb_forms(lexicon), finite_endings=endings,
        **{key: frozenset(words) for key, words in raw.items()},
    )  # fmt: skip


def _verb_forms(lexicon: CueLexicon) -> dict[str, str]:
    """Inflected form → the lemma of a cue verb; where two share a form, the one with more entries."""
    forms: dict[str, str] = {}
    for form, lemmas in lexicon.lemmas.items():
        forms[form] = max(sorted(lemmas), key=lambda lemma: len(lexicon.verbs.get(lemma, ())))
    return forms
