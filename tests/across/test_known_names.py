"""A spelling of a known person's name is theirs only where nothing said of its bearer speaks against it."""

from __future__ import annotations

import pytest

from kg.resolve.across.known_names import known_as


@pytest.mark.parametrize(
    ("name", "roles", "gender", "known"),
    [
        ("Evgueni Prigojin", (), "", True),
        ("Vladimir Poutin", ("politician",), "m", True),
        ("Vladimir Poutin", ("politician",), "f", False),
        ("Vladimir Poutin", ("physician",), "m", False),
        ("Vladimir Poutin", ("infirmier",), "m", False),
        ("Vladimir Poutin", ("nurse",), "", False),
        ("Alex Jones", (), "", False),
    ],
)
def test_known_person(name: str, roles: tuple[str, ...], gender: str, known: bool) -> None:
    assert bool(known_as([name], "Person", roles, gender)) == known
