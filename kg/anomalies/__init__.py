"""Anomalies: what is unusual in the metadata of a collection.  Findings with their evidence, never verdicts."""

from __future__ import annotations

from datetime import date

from kg.anomalies.files import on_files
from kg.anomalies.finding import LANGUAGES, Finding, Select
from kg.anomalies.mails import on_mails

__all__ = ["LANGUAGES", "Finding", "Select", "findings"]


def findings(select: Select, collection: str, leaked: date | None = None) -> list[Finding]:
    """All findings on the documents of *collection* (an IRI) that *select* can see, in a fixed order.

    *leaked* is the day of the leak; without it, nothing can be said to have been modified after it.
    """
    found = [*on_files(select, collection, leaked), *on_mails(select, collection)]
    return sorted(found, key=lambda finding: (finding.kind, finding.document, finding.values))
