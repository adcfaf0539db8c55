"""The page for people at ``/graphql``: our own, drawn like every other page, nothing loaded from elsewhere."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

BEGINNING = """{
  claims(first: 10, stance: denies) {
    totalCount
    edges {
      node {
        speaker { name kind }
        text
        evidence { exact paragraph document { title } }
      }
    }
  }
}
"""


def render(request: Request) -> Response:
    """The page; a form that works without JavaScript, an editor with it."""
    # Pages ask GraphQL themselves, so they are imported only once both rooms are there.
    from api.pages.page import HTML, Place, words_of
    from api.pages.page import render as rendered

    body = rendered("graphql", Place(request, words_of(request)), written=BEGINNING)
    return Response(body, media_type=HTML, headers={"vary": "accept, accept-language", "cache-control": "no-cache"})
