"""Why a relation between claims is proposed: a code with its values, and the English sentence that it stands for.

A code is what programs read and other languages make their own sentence of: ``sameSpeaker?alike=0.83``.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

# Each code with its sentence; {alike} is the likeness of the words from 0 to 1, {cue} the words that take back.
SENTENCES: Mapping[str, str] = {
    "accusedDenies": "the accused denies in like words ({alike})",
    "accusedDeniesEvent": "the accused denies, about the same event",
    "accusedDeniesKind": "the accused denies, about an event of that kind at that time",
    "accusedDeniesSoon": "the accused denies within days of the accusation",
    "opposite": "opposite stance in like words ({alike})",
    "oppositeEvent": "opposite stance on the same event, in like words ({alike})",
    "oppositeActor": "opposite stance on the same actor, in like words ({alike})",
    "oppositeAffair": "opposite stance in one affair, in like words ({alike})",
    "takenBack": "“{cue}”, by the same speaker, about like words",
    "takenBackEvent": "“{cue}”, by the same speaker, about the same event",
    "takenBackActor": "“{cue}”, by the same speaker, about the same actor",
    "takenBackAffair": "“{cue}”, by the same speaker, in one affair",
    "sameSpeaker": "the same speaker in like words ({alike})",
    "sameSpeakerEvent": "the same speaker in like words ({alike}), about the same event",
    "sameSpeakerActor": "the same speaker in like words ({alike}), about the same actor",
    "sameSpeakerAffair": "the same speaker in like words ({alike}), in one affair",
    "otherSpeaker": "another speaker in like words ({alike})",
    "otherSpeakerEvent": "another speaker in like words ({alike}), about the same event",
    "otherSpeakerActor": "another speaker in like words ({alike}), about the same actor",
    "otherSpeakerAffair": "another speaker in like words ({alike}), in one affair",
}


def coded(code: str, *, alike: float | None = None, cue: str | None = None) -> str:
    """*code* with its values; KeyError for a code without a sentence.

    >>> coded("sameSpeaker", alike=0.834), coded("accusedDeniesEvent")
    ('sameSpeaker?alike=0.83', 'accusedDeniesEvent')
    """
    values = {"alike": None if alike is None else f"{alike:.2f}", "cue": cue}
    given = {name: value for name, value in values.items() if value is not None and f"{{{name}}}" in SENTENCES[code]}
    return f"{code}?{urlencode(given)}" if given else code


def sentence(reason: str) -> str:
    """The English sentence of what ``coded`` made.

    >>> sentence("takenBackEvent?cue=revenir+sur")
    '“revenir sur”, by the same speaker, about the same event'
    """
    code, _, values = reason.partition("?")
    return SENTENCES[code].format(**dict(parse_qsl(values, keep_blank_values=True)))
