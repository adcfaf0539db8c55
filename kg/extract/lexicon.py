"""The lexicons as data: what reports speech (``data/cues``) and what tells of an event (``data/events``).

    cues("fr").verbs["accuser"]      the cues of a verb      events("fr").verbs["pirater"]     the triggers of a verb
    cues("fr").lemmas["accuse"]      the lemmas of a form    events("fr").nouns["fuite"]       the longest first

Each file explains its keys at its head and defines its own frames, arguments and contexts; whatever is not defined
there, or is not a word of ``kg.model``, is a ValueError that names the entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Protocol, TypeVar

from kg.extract.deeds import spelled_out
from kg.extract.entries import Cue, CueLexicon, EventLexicon, Hedges, Refusal, SourceNoun, Trigger, Words
from kg.extract.inflection import forms
from kg.model import EVENT_KINDS, ROLES, STANCES
from kg.resources import read

__all__ = ["Cue", "CueLexicon", "EventLexicon", "Refusal", "SourceNoun", "Trigger", "cues", "events"]

CUE_PARTS = ("verb", "expr", "noun", "prep")
TRIGGER_PARTS = ("verb", "noun", "adj", "name")
SOURCE_KINDS = ("person", "group", "body", "document")
TITLE_KINDS = ("civil", "office", "rank")
_CUE_KEYS = (
    "lemma", "pos", "class", "stance", "frames", "words", "particle", "clitic", "reflexive",
    "weak", "ambiguous", "polarity", "objects", "unless", "when",
)  # fmt: skip
_TRIGGER_KEYS = (
    "lemma", "pos", "kind", "words", "needs", "without", "anaphoric", "light", "refers_to", "deed", "also", *ROLES,
)  # fmt: skip
_REFLEXIVE: Mapping[object, bool | None] = {True: True, False: False, "either": None}


class _Worded(Protocol):
    @property
    def words(self) -> Words: ...


_Entry = TypeVar("_Entry", bound=_Worded)


@cache
def cues(language: str) -> CueLexicon:
    """The cue lexicon of *language*; GraphBroken where there is none, ValueError where an entry is wrong."""
    data = tomllib.loads(read(f"data/cues/{language}.toml"))
    return cue_lexicon(language, data)


@cache
def events(language: str) -> EventLexicon:
    """The event lexicon of *language*; GraphBroken where there is none, ValueError where an entry is wrong."""
    return event_lexicon(language, tomllib.loads(read(f"data/events/{language}.toml")))


def cue_lexicon(language: str, data: Mapping[str, Any]) -> CueLexicon:
    """The lexicon in *data*, the content of a cue file."""
    entries = tuple(_cue(raw, data["frames"], data["classes"]) for raw in data["cue"])
    _refuse_doubles((cue.part, cue.words, cue.particle, cue.reflexive) for cue in entries)
    parts = {part: [cue for cue in entries if cue.part == part] for part in CUE_PARTS}
    hedges = data["hedges"]
    sources = [
        SourceNoun(lemma, kind, "" if gender == "e" else gender)
        for kind, genders in data["source_nouns"].items()
        for gender, lemmas in genders.items()
        for lemma in lemmas
        if _known(kind, SOURCE_KINDS, "kind of source", lemma) and _known(gender, "mfe", "gender", lemma)
    ]
    return CueLexicon(
        language=language,
        entries=entries,
        frames=data["frames"],
        groups=data["classes"],
        verbs=_index(parts["verb"]),
        expressions=_index(parts["expr"]),
        nouns=_index(parts["noun"]),
        prepositions=_index(parts["prep"]),
        refusals=_index([_refusal(raw) for raw in data["refusals"]["expressions"]]),
        lemmas=_lemmas(language, parts["verb"] + parts["expr"]),
        support=frozenset(data["support"]["verbs"]),
        sources={lemma: tuple(s for s in sources if s.lemma == lemma) for lemma in {s.lemma for s in sources}},
        hedges=Hedges(**{f.name: frozenset(hedges[f.name]) for f in fields(Hedges)}),
        titles={
            title: kind
            for kind, titles in data["titles"].items()
            for title in titles
            if _known(kind, TITLE_KINDS, "kind of title", title)
        },
    )


def event_lexicon(language: str, data: Mapping[str, Any]) -> EventLexicon:
    """The lexicon in *data*, the content of an event file."""
    contexts = {name: frozenset(lemmas) for name, lemmas in data["contexts"].items()}
    raws = (*data["trigger"], *spelled_out(data))
    entries = tuple(_trigger(raw, contexts, data["arguments"]) for raw in raws)
    _refuse_doubles(
        (entry.part, entry.words, entry.kinds, entry.anaphoric, entry.needs, entry.without) for entry in entries
    )
    parts = {part: [entry for entry in entries if entry.part == part] for part in TRIGGER_PARTS}
    return EventLexicon(
        language=language,
        entries=entries,
        arguments=data["arguments"],
        contexts=contexts,
        verbs=_index(parts["verb"]),
        nouns=_index(parts["noun"]),
        adjectives=_index(parts["adj"]),
        names=tuple(parts["name"]),
        excluded=_excluded(data["excluded"]["expressions"]),
        lemmas=_lemmas(language, parts["verb"]),
    )


def _cue(raw: Mapping[str, Any], frames: Mapping[str, str], groups: Mapping[str, str]) -> Cue:
    name = _name("cue", raw, _CUE_KEYS)
    when = dict(raw.get("when", {}))
    _known(raw["pos"], CUE_PARTS, "part of speech", name)
    _known(raw["class"], groups, "class", name)
    for stance in (raw["stance"], *when.values()):
        _known(stance, STANCES, "stance", name)
    for frame in (*raw["frames"], *(key.removeprefix("neg_") for key in when if key != "negated")):
        _known(frame, frames, "frame", name)
    if not raw["frames"]:
        raise ValueError(f"{name} has no frame")
    if raw.get("weak") and "np" in raw["frames"] and "objects" not in raw:
        raise ValueError(f"{name} is weak and yet takes any noun phrase: list its objects")
    _known(raw.get("reflexive", False), _REFLEXIVE, "reflexive", name)
    _known(raw.get("polarity", "negative"), ("negative",), "polarity", name)
    words = _words(raw, name)
    if raw["pos"] == "prep" and "de" in words[-1] and len(words) > 1:
        words = (*words[:-1], frozenset(("de", "d'", "du", "des")))
    return Cue(
        lemma=raw["lemma"],
        part=raw["pos"],
        group=raw["class"],
        stance=raw["stance"],
        frames=frozenset(raw["frames"]),
        words=words,
        particle=raw.get("particle", ""),
        clitic=raw.get("clitic", ""),
        reflexive=_REFLEXIVE[raw.get("reflexive", False)],
        weak=raw.get("weak", False),
        ambiguous=raw.get("ambiguous", False),
        negative="polarity" in raw,
        objects=frozenset(raw.get("objects", ())),
        unless=frozenset(raw.get("unless", ())),
        when=tuple(when.items()),
    )


def _trigger(raw: Mapping[str, Any], contexts: Mapping[str, frozenset[str]], arguments: Mapping[str, str]) -> Trigger:
    name = _name("trigger", raw, _TRIGGER_KEYS)
    roles = tuple((argument, role) for role in ROLES for argument in raw.get(role, ()))
    kinds = (raw["kind"], *(kind for kind in raw.get("refers_to", ()) if kind != raw["kind"]))
    _known(raw["pos"], TRIGGER_PARTS, "part of speech", name)
    for kind in kinds:
        _known(kind, EVENT_KINDS, "kind", name)
    for argument, _ in roles:
        _known(argument, arguments, "argument", name)
    for context in (*raw.get("needs", ()), *raw.get("without", ())):
        _known(context, contexts, "context", name)
    if "refers_to" in raw and not raw.get("anaphoric"):
        raise ValueError(f"{name} refers to events and is not anaphoric")
    needs = tuple(contexts[context] for context in raw.get("needs", ()))
    without = frozenset().union(*(contexts[context] for context in raw.get("without", ())))
    anaphoric, light = raw.get("anaphoric", False), raw.get("light", False)
    return Trigger(
        raw["lemma"], raw["pos"], kinds, _words(raw, name), needs, without, anaphoric, light, roles,
        raw.get("deed", ""), frozenset(raw.get("also", ())),
    )  # fmt: skip


def _excluded(expressions: Iterable[list[str]]) -> dict[str, tuple[Words, ...]]:
    """From each first word to the expressions that begin with it."""
    found: dict[str, list[Words]] = {}
    for expression in expressions:
        words = _words({"words": expression}, f"excluded {expression!r}")
        for first in sorted(words[0]):
            found.setdefault(first, []).append(words)
    return {first: tuple(rest) for first, rest in found.items()}


def _refusal(raw: Mapping[str, Any]) -> Refusal:
    return Refusal(_words(raw, f"refusal {raw!r}"), "polarity" in raw)


def _name(what: str, raw: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """What errors call the entry; refuses keys that mean nothing."""
    name = f"{what} {raw.get('lemma', raw)!r} ({raw.get('pos', 'no part of speech')})"
    for key in raw:
        _known(key, keys, "key", name)
    return name


def _words(raw: Mapping[str, Any], name: str) -> Words:
    words = tuple(frozenset(word.split("|")) for word in raw.get("words", (raw.get("lemma", ""),)))
    if not words or any("" in word for word in words):
        raise ValueError(f"{name} has an empty word")
    return words


def _known(word: object, words: Container[object], what: str, name: str) -> bool:
    """True; a *word* that is not one of *words* is a ValueError."""
    if word not in words:
        raise ValueError(f"{name}: unknown {what} {word!r}")
    return True


def _refuse_doubles(keys: Iterable[tuple[object, ...]]) -> None:
    seen: set[tuple[object, ...]] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"listed twice: {key!r}")
        seen.add(key)


def _specific(entry: _Worded) -> tuple[int, int, bool]:
    """Sorts the most specific first."""
    return -len(entry.words), -len(getattr(entry, "needs", ())), bool(getattr(entry, "anaphoric", False))


def _index(entries: Iterable[_Entry]) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    for entry in sorted(entries, key=_specific):
        for first in sorted(entry.words[0]):
            found.setdefault(first, []).append(entry)
    return {first: tuple(rest) for first, rest in found.items()}


def _lemmas(language: str, entries: Iterable[_Worded]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lemma in {first for entry in entries for first in entry.words[0]}:
        for form in forms(lemma, language):
            found.setdefault(form, set()).add(lemma)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}
