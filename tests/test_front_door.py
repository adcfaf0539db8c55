"""``import kg``: light, whole, and the same whichever of its modules was imported first."""

from __future__ import annotations

import subprocess
import sys

import kg


def test_every_name_it_offers_is_there() -> None:
    assert sorted(kg.__all__) == kg.__all__
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    assert not hasattr(kg, "nonsense")


def test_build_stays_callable_whatever_was_imported_before() -> None:
    code = (
        "import kg.build, kg; assert callable(kg.build) and callable(kg.open); assert kg.Graph.__module__ == 'kg.graph'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
