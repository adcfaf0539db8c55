"""The index's fields and how text is cut into words.

A row is one claim, actor, event, document, collection or passage.  Fields are of four sorts: exact words to filter
and facet by, days and confidence as numbers, text (stemmed in its language, and folded), and one unique sort key an
order.  A sort key ends in a hash of the row's IRI, so no two rows share one, and it says the same in every
generation: a page is a range of keys, and a cursor is a key.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import tantivy

from kg.errors import UsageError

FORMAT = "2"  # of the fields and the rows; raised with each change, so that an index made otherwise is made again
FORMAT_FILE = "claimgraph-format"
KINDS = ("claim", "actor", "event", "document", "collection", "passage")
FACETS = (
    "kind", "graph", "type", "speaker", "about", "addressee", "attributed", "participant", "stance", "form",
    "outlet", "language", "month", "marking", "collection", "superseded", "hedged", "negated", "alleged",
)  # fmt: skip
ORDERS = ("date", "confidence", "name")
LANGUAGES = {"fr": "french", "en": "english"}
FOLDED = "text"  # the field of folded, unstemmed words
FOLDED_TOKENIZER = "kg_folded"
NAME_START = "by_name_start"  # the first bytes of a name as a number: a rough order, found fast

_EPOCH = date(1800, 1, 1).toordinal()
_DAY_BITS, _ID_BITS = 17, 47  # days up to the year 2158, then 47 bits of the IRI's hash
_CONFIDENCE_ID_BITS = 53
_NAME_LENGTH = 48
# Orders by number -> how far apart the first keys of two neighbouring days (or thousandths) are.
STEPS = {"by_date": 1 << _ID_BITS, "by_confidence": 1 << _CONFIDENCE_ID_BITS}


@cache
def schema() -> tantivy.Schema:
    """The fields; a change here raises FORMAT."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("iri", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("within", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic", stored=name == "graph")
    for name in ("begin", "end"):
        builder.add_integer_field(name, fast=True, indexed=True)
    builder.add_float_field("confidence", fast=True, indexed=True)
    builder.add_integer_field("start", stored=True)
    builder.add_text_field("body", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(FOLDED, tokenizer_name=FOLDED_TOKENIZER)
    for language in LANGUAGES:
        builder.add_text_field(stemmed(language), tokenizer_name=_stemmer_name(language))
    builder.add_unsigned_field("by_date", fast=True, indexed=True)
    builder.add_unsigned_field("by_confidence", fast=True, indexed=True)
    builder.add_text_field("by_name", fast=True, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(NAME_START, fast=True)
    return builder.build()


def stemmed(language: str) -> str:
    """The field of the stems of one language."""
    return f"text_{language}"


def _stemmer_name(language: str) -> str:
    return f"kg_stems_{language}"


@cache
def folding() -> tantivy.TextAnalyzer:
    """Words without case and accents."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


@cache
def stemming(language: str) -> tantivy.TextAnalyzer:
    """Stems without case and accents (folded after stemming: the Snowball rules need the accents)."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return builder.filter(tantivy.Filter.stemmer(LANGUAGES[language])).filter(tantivy.Filter.ascii_fold()).build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Teach an opened index our analysers; they are not stored with it."""
    index.register_tokenizer(FOLDED_TOKENIZER, folding())
    for language in LANGUAGES:
        index.register_tokenizer(_stemmer_name(language), stemming(language))
    return index


def fits(folder: Path) -> bool:
    """Whether the index in *folder* has these fields and rows."""
    try:
        return (folder / FORMAT_FILE).read_text(encoding="ascii") == FORMAT
    except FileNotFoundError:
        return False


# ------------------------------------------------------------------ sort keys
def _identity(iri: str, bits: int) -> int:
    return int.from_bytes(hashlib.sha256(iri.encode()).digest()[:8], "big") >> (64 - bits)


def date_key(day: date | None, iri: str) -> int:
    """Days since 1800, then the row's identity; rows without a day come before all others."""
    return (0 if day is None else first_key(day)) | _identity(iri, _ID_BITS)


def first_key(day: date) -> int:
    """What no key of that day or a later one stands below."""
    return min(max(day.toordinal() - _EPOCH, 1), (1 << _DAY_BITS) - 1) << _ID_BITS


def confidence_key(confidence: float | None, iri: str) -> int:
    """Thousandths of confidence, then the row's identity."""
    thousandths = 0 if confidence is None else round(min(max(confidence, 0.0), 1.0) * 1000) + 1
    return thousandths << _CONFIDENCE_ID_BITS | _identity(iri, _CONFIDENCE_ID_BITS)


def name_key(name: str, iri: str) -> str:
    """The folded name and the row's identity, in hexadecimal: byte order is the order of names.

    >>> name_key("Élysée", "x")[:12] == b"elysee".hex()
    True
    """
    return fold(name)[:_NAME_LENGTH].encode().hex() + "00" + f"{_identity(iri, 64):016x}"


def name_start(name: str) -> int:
    """The first eight bytes of the folded name as a number: never in another order than the names."""
    return int.from_bytes(fold(name)[:_NAME_LENGTH].encode()[:8].ljust(8, b"\0"), "big")


def name_start_of_key(key: str) -> int:
    """``name_start`` of the name in a key that ``name_key`` made; UsageError for what is none.

    >>> name_start_of_key(name_key("Élysée", "x")) == name_start("elysee")
    True
    """
    try:
        return int.from_bytes(bytes.fromhex(key[: -len("00") - 16])[:8].ljust(8, b"\0"), "big")
    except ValueError as error:
        raise UsageError(f"not a cursor of this order: {key!r}") from error


def fold(text: str) -> str:
    """Without case, accents and doubled spaces."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(plain.split())
