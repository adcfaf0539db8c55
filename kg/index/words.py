"""What a person types, as a query: every word must be found, as a stem, as a prefix, or with one typing error.

Per word the first of these that finds anything counts: the word or its stem; words that begin with it; words one
insertion, deletion, substitution or transposition away (from four letters on).  ``word*`` asks for the beginning,
``"several words"`` for the phrase.  Case and accents never matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import tantivy

from kg.index.schema import FOLDED, LANGUAGES, folding, schema, stemmed, stemming

_PART = re.compile(r'"([^"]*)"|(\S+)')
_TYPO_FROM = 4  # letters: in shorter words one letter more or less is another word
MAX_WORDS = 32


@dataclass(frozen=True, slots=True)
class Word:
    """One asked word, *folded*; *how* it is looked for: ``word``, ``prefix``, ``typo``, ``phrase`` (then *phrase*)."""

    folded: str
    how: str = "word"
    phrase: tuple[str, ...] = ()


def parse(text: str) -> list[Word]:
    """The words and phrases of *text*, at most MAX_WORDS of them."""
    words: list[Word] = []
    for quoted, bare in _PART.findall(text.replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"')):
        parts = folding().analyze(quoted or bare)
        if quoted and len(parts) > 1:
            words.append(Word(" ".join(parts), "phrase", tuple(parts)))
            continue
        words.extend(Word(part) for part in parts[:-1])
        if parts:
            words.append(Word(parts[-1], "prefix" if bare.endswith("*") else "word"))
    return words[:MAX_WORDS]


def query_of(word: Word) -> tantivy.Query:
    """The word as a tantivy query."""
    if word.how == "phrase":
        return tantivy.Query.phrase_query(schema(), FOLDED, list(word.phrase))
    if word.how == "prefix":
        pattern = "".join(re.escape(one) if not one.isalnum() else one for one in word.folded) + ".*"
        return tantivy.Query.const_score_query(tantivy.Query.regex_query(schema(), FOLDED, pattern), 1.0)
    if word.how == "typo":
        return tantivy.Query.fuzzy_term_query(schema(), FOLDED, word.folded, distance=1)
    exact = tantivy.Query.boost_query(tantivy.Query.term_query(schema(), FOLDED, word.folded), 2.0)
    stems = [
        (tantivy.Occur.Should, tantivy.Query.term_query(schema(), stemmed(language), stem))
        for language in LANGUAGES
        for stem in stemming(language).analyze(word.folded)
    ]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, exact), *stems])


def understand(text: str, searcher: tantivy.Searcher, scope: tantivy.Query) -> list[Word]:
    """The words of *text*, each looked for in the first way that finds something in *scope* (a kind of row)."""
    understood = []
    for word in parse(text):
        ways = [word]
        if word.how == "word":
            ways.append(Word(word.folded, "prefix"))
            if len(word.folded) >= _TYPO_FROM:
                ways.append(Word(word.folded, "typo"))
        understood.append(next((way for way in ways if _finds(searcher, scope, way)), word))
    return understood


def _finds(searcher: tantivy.Searcher, scope: tantivy.Query, word: Word) -> bool:
    both = tantivy.Query.boolean_query([(tantivy.Occur.Must, scope), (tantivy.Occur.Must, query_of(word))])
    return bool(searcher.search(both, limit=1, count=False).hits)
