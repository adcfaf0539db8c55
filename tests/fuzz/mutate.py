"""Mutated inputs, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

SPECIAL = (
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x00" * 64, b"PK\x03\x04", b"../", b"<!ENTITY a 'b'>", b"\r\n\r\n",
    b"%PDF-", b"\xd0\xcf\x11\xe0", b"From ", b"<" * 200, b"d4:info", b"ustar", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    b"9" * 40, b"{" * 50,
)  # fmt: skip


def mutants(samples: dict[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """*count* inputs: a sample in turn, under its own name or another one's, with one to eight changes."""
    chance = random.Random(seed)
    names = sorted(samples)
    for number in range(count):
        name = names[number % len(names)]
        data = bytearray(samples[name])
        for _ in range(chance.randint(1, 8)):
            chance.choice(CHANGES)(data, chance, samples)
        yield (name if chance.random() < 0.8 else chance.choice(names)), bytes(data[: 2**20])


def _flip(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))


def _cut(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    start = chance.randint(0, len(data))
    del data[start : start + chance.randint(1, max(1, len(data) // 4))]


def _end(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    del data[chance.randint(0, len(data)) :]


def _insert(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.choice(SPECIAL)


def _number(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    """Overwrites what may be a length or an offset with a number at some edge."""
    width = chance.choice((2, 4, 8))
    if len(data) > width:
        at = chance.randrange(len(data) - width)
        value = chance.choice((0, 1, 2 ** (8 * width) - 1, 2 ** (8 * width - 1), len(data), len(data) + 1))
        data[at : at + width] = (value % 2 ** (8 * width)).to_bytes(width, chance.choice(("little", "big")))  # type: ignore[arg-type]


def _repeat(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 200)]
    data[start:start] = bytes(piece) * chance.choice((2, 3, 50))


def _splice(data: bytearray, chance: random.Random, samples: dict[str, bytes]) -> None:
    other = samples[chance.choice(sorted(samples))]
    start = chance.randint(0, len(other))
    at = chance.randint(0, len(data))
    data[at:at] = other[start : start + chance.randint(1, 2_000)]


Change = Callable[[bytearray, random.Random, dict[str, bytes]], None]
CHANGES: tuple[Change, ...] = (_flip, _flip, _byte, _byte, _number, _number, _cut, _end, _insert, _repeat, _splice)
