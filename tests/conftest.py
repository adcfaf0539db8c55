"""What all tests share: the campaign's length, and where the shared material lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CAMPAIGN = int(os.environ.get("KG_SOAK", "1"))
"""How many times longer than `make test` the campaigns run: `make soak` sets 100."""

settings.register_profile(
    "kg", max_examples=100 * CAMPAIGN, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kg")


@pytest.fixture(scope="session")
def campaign() -> int:
    """Multiply the cases of a long campaign by this: 1 in `make test`, 100 in `make soak`."""
    return CAMPAIGN


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material beside the clone; skips the test where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside this clone")
    return folder
