"""Extraction: from a document's text to a Draft, whose parties are still mentions.

One pass of the language model over the document, then plain functions over its parse.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from kg.extract.draft import Drafter
from kg.extract.nlp import MODELS, Parser
from kg.model import Document, Draft, Layout

__all__ = ["LANGUAGES", "Extractor", "model_name"]

LANGUAGES = tuple(MODELS)
"""The languages that have a pack."""


def model_name(language: str | None) -> str:
    """The name and version of the model that reads *language*; "" where there is none.

    Read from the model's own meta.json, so that a build which changes nothing need not load a model.
    """
    for name in MODELS.get(language or "", ()):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            meta = json.loads((Path(spec.origin).parent / "meta.json").read_text(encoding="utf-8"))
            return f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return ""


class Extractor:
    """Extracts from documents of every language that has a pack.

    *names* are known actors' names, language by language: the model misses many (``En Marche !``, ``CNCCEP``).
    """

    def __init__(self, names: dict[str, Sequence[str]] | None = None) -> None:
        self._names = names or {}
        self._packs: dict[str, tuple[Parser, Drafter]] = {}

    def extract(self, documents: Iterable[tuple[Document, Layout]]) -> Iterator[Draft]:
        """One Draft a document, in order; neighbours of one language go through the parser together."""
        for language, group in groupby(documents, key=lambda pair: pair[0].language or ""):
            if language not in MODELS:
                for document, layout in group:
                    yield Draft(document, layout)
                continue
            parser, drafter = self._pack(language)
            for parsed in parser.pipe(group):
                yield drafter.draft(parsed)

    def _pack(self, language: str) -> tuple[Parser, Drafter]:
        if language not in self._packs:
            self._packs[language] = (Parser(language), Drafter(language, self._names.get(language, ())))
        return self._packs[language]
