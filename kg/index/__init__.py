"""The derived index: finds, orders, pages, counts and searches; the store joins.

It belongs to a generation and a marking level, and is always made from that level's quads (``rows``), so it can be
thrown away and made again (``kg reindex``) with the same answers.
"""

from kg.index.highlight import Snippet, snippet
from kg.index.page import Hit, Page
from kg.index.query import Filters
from kg.index.schema import fits
from kg.index.search import Index
from kg.index.writer import IndexWriter, link_index

__all__ = ["Filters", "Hit", "Index", "IndexWriter", "Page", "Snippet", "fits", "link_index", "snippet"]
