"""Bodies whose names are translated: plural forms and what bodies are for meet across French and English."""

from __future__ import annotations

import pytest

from kg.resolve.across.names import bodies

SURE, WITH_COMPANY = 0.75, 0.6


@pytest.mark.parametrize(
    ("one", "two", "least"),
    [
        ("Union des joueurs tarvelais", "Tarvelai Players' Union", SURE),
        ("Compagnie des lignes de Grandval", "Grandval Lines", 0.4),
        ("Brigade centrale du numérique", "Central Digital Brigade", SURE),
        ("Observatoire des réseaux numériques", "Digital Networks Observatory", WITH_COMPANY),
        ("Comité électoral indépendant", "Independent Electoral Committee", WITH_COMPANY),
        ("CHU de Grandval", "Grandval Hospital", 0.4),
    ],
)
def test_one_body(one: str, two: str, least: float) -> None:
    assert bodies(one, two) >= least


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Union des joueurs tarvelais", "Grandval Players' Union"),
        ("Syndicat des marins du Large", "Tarvel Seamen's Union"),
        ("Observatoire des réseaux numériques", "Press Freedom Observatory"),
        ("Comité électoral indépendant", "Independent Energy Committee"),
    ],
)
def test_two_bodies(one: str, two: str) -> None:
    assert bodies(one, two) < SURE
