"""How often one client may ask: a bucket of requests for each address, which refills with time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import error_response

KNOWN = 10_000  # clients remembered; those whose bucket is full again need no memory


class RateLimit:
    """At most *per_minute* requests a minute from one address, also all at once; None: as many as they like."""

    def __init__(self, app: ASGIApp, per_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._per_minute = per_minute
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # address -> requests left, and when that was so

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._per_minute is None or scope["type"] != "http":
            return await self.app(scope, receive, send)
        client = scope.get("client")
        wait = self.take(client[0] if client else "", self._per_minute)
        if wait <= 0:
            return await self.app(scope, receive, send)
        said = f"more than {self._per_minute} requests a minute; ask again in {math.ceil(wait)} s"
        await error_response(429, said, headers={"Retry-After": str(math.ceil(wait))})(scope, receive, send)

    def take(self, address: str, per_minute: int) -> float:
        """Takes one request from the bucket of *address*; the seconds to wait where it is empty, else 0."""
        now = self._clock()
        left, since = self._left.get(address, (float(per_minute), now))
        left = min(float(per_minute), left + (now - since) * per_minute / 60)
        if left < 1:
            return (1 - left) * 60 / per_minute
        if len(self._left) >= KNOWN:
            self._forget(now, per_minute)
        self._left[address] = (left - 1, now)
        return 0.0

    def _forget(self, now: float, per_minute: int) -> None:
        """Drops full buckets; where there are none, the oldest: memory stays bounded whatever comes."""
        rate = per_minute / 60
        full = [one for one, (left, since) in self._left.items() if left + (now - since) * rate >= per_minute]
        for one in full or sorted(self._left, key=lambda name: self._left[name][1])[: KNOWN // 10]:
            del self._left[one]
