"""A role noun never takes up somebody whose own role speaks against it, through the parser."""

from __future__ import annotations

import pytest

from kg.extractions import extractions
from kg.model import Document, Extraction

CASES = [
    (
        "fr",
        "Le juge Marc Brunet a interrogé jeudi Denis Favre. Le prévenu nie avoir signé les contrats.",
        "Denis Favre",
    ),
    ("fr", "Le commissaire Paul Sorin a décrit les faits. Le suspect a avoué avoir mis le feu.", "suspect"),
    ("fr", "Le juge Paul Sorin a entendu Denis Favre. L'homme d'affaires a rejeté les accusations.", "Denis Favre"),
    ("fr", "Le ministre Paul Sorin a limogé Denis Favre. Le préfet a dit qu'il partirait.", "préfet"),
    ("fr", "Denis Favre est jugé depuis lundi. Le procureur a estimé que les preuves suffisaient.", "procureur"),
    ("fr", "Denis Favre est jugé depuis lundi. Le prévenu a répété qu'il ignorait tout.", "Denis Favre"),
    ("fr", "Anne Rocher, biologiste à l'université, a été entendue. La chercheuse dément toute fraude.", "Anne Rocher"),
    ("en", "Prosecutor Lena Marsh asked the jury to convict Martin Fisk. The defendant said he slept.", "Martin Fisk"),
    ("en", "Detective Rob Hale searched the house. The suspect admitted stealing the files.", "suspect"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), CASES, ids=[text[:30] for _, text, _ in CASES])
def test_who_is_meant(language: str, text: str, speaker: str) -> None:
    (found,) = extractions([Document(digest="0" * 64, text=text, language=language)])
    assert isinstance(found, Extraction)
    last = max(found.claims, key=lambda claim: claim.content[0].start)
    assert next(actor.name for actor in found.actors if actor.id == last.speaker) == speaker
