"""The SPARQL room: ``routes(settings)`` is all that the app needs to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from api.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """``GET`` and ``POST /sparql``; ``/rdf-graph-store`` and all paths below it."""
    # Here, and not above: workers import this package, too, and start in half the time without HTTP.
    from api.sparql import endpoints

    return endpoints.routes(settings)
