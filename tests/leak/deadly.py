"""Inputs that end, or hold up, the process that reads them."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from kg.sources import Source


@dataclass(frozen=True)
class Deadly(Source):
    def bytes(self, limit: int) -> bytes:
        os._exit(9)


@dataclass(frozen=True)
class Endless(Source):
    def bytes(self, limit: int) -> bytes:
        time.sleep(600)
        return b""
