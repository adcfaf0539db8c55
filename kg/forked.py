"""Loaded by the process that reading processes are forked from: what each of them needs is made once, and shared."""

from __future__ import annotations

from kg import pool, shapes
from kg.resolve.known import KnownActors

__all__ = ["pool"]

KnownActors.load()
shapes.schema_version()
