"""The text's shape, with offsets that stay true: furniture, paragraphs, quotations, sentences.

Nothing here changes a character: every stage after this one points into ``Document.text`` as it was stored.
Text first, because a parser that is fed half a quotation or a menu bar gets the rest of the sentence wrong.
"""

from __future__ import annotations

from kg.model import Document, Layout
from kg.text.paragraphs import body
from kg.text.quotes import pair_quotes
from kg.text.sentences import split_sentences

__all__ = ["lay_out"]


def lay_out(document: Document) -> Layout:
    """The layout of *document*'s text; furniture the reader already found is kept as such."""
    text = document.text
    paragraphs, furniture = body(text, document.furniture)
    quotes = pair_quotes(text, paragraphs)
    return Layout(paragraphs, quotes, furniture, split_sentences(text, paragraphs, quotes))
