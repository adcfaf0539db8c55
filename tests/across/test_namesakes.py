"""Two people of one full name in one affair: told apart by what they are, or by what the text says of the name."""

from __future__ import annotations

from typing import Any

import pytest

from kg.resolve.across import actors
from kg.resolve.across.abstract import NAMESAKE, ActorFacts
from kg.resolve.across.neighbours import SAME

NEAR = ("norvil", "lanksiir", "praksis")


def _facts(roles: tuple[str, ...], bodies: tuple[str, ...] = (), gender: str = "") -> dict[str, Any]:
    one = ActorFacts("https://e.example/actor/x", "Person", ("Luc Berthelin",), False, gender, roles, bodies)
    return actors.facts_of(one, one.names, NEAR)


@pytest.mark.parametrize(
    ("mine", "theirs", "one"),
    [
        (("magistrate",), ("magistrate",), True),
        (("magistrate",), (), True),
        (("executive",), ("politician",), True),
        (("magistrate",), ("executive",), False),
        (("lawyer",), ("athlete",), False),
        (("magistrate", NAMESAKE), (), False),
        (("magistrate", NAMESAKE), ("magistrate",), True),
    ],
)
def test_callings_in_one_affair(mine: tuple[str, ...], theirs: tuple[str, ...], one: bool) -> None:
    found = actors.compare(_facts(mine), _facts(theirs))
    assert found is not None
    assert (found.label == SAME) == one
