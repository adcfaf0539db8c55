"""The parties of a claim other than its speaker, through the parser."""

from __future__ import annotations

from kg.extractions import extractions
from kg.model import Document, Extraction


def _extraction(text: str) -> Extraction:
    (found,) = extractions([Document(digest="0" * 64, text=text, language="fr")])
    assert isinstance(found, Extraction)
    return found


def test_nobody_is_accused_by_himself() -> None:
    text = (
        "Aleksandre Kovar a affirmé mercredi qu'il servait de bouc émissaire à la société Norvia. "
        "Norvia lui reproche d'avoir menti sur l'usage des données."
    )
    found = _extraction(text)
    (accusation,) = [claim for claim in found.claims if claim.stance == "accuses"]
    speaker = next(actor for actor in found.actors if actor.id == accusation.speaker)
    assert speaker.name == "Norvia"
    assert accusation.imputed != accusation.speaker
