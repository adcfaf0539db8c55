"""DKIM signatures for the made-up archive: keys drawn from a seed, and signing written apart from the library that
verifies (RFC 6376, sections 3.4, 3.5 and 3.7), so that the one checks the other."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from random import Random

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
    rsa_crt_iqmp,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

EXPONENT = 65_537
_SMALL = [n for n in range(3, 2_000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Signer:
    """The key of *domain* under *selector*."""

    domain: str
    selector: str
    key: RSAPrivateKey

    @classmethod
    def of(cls, domain: str, selector: str, seed: str, bits: int = 1024) -> Signer:
        """A signer whose key is a function of *seed*: fit for tests, for nothing else."""
        rng = Random(seed)
        p, q = _prime(rng, bits // 2), _prime(rng, bits // 2)
        d = pow(EXPONENT, -1, (p - 1) * (q - 1))
        public = RSAPublicNumbers(EXPONENT, p * q)
        numbers = RSAPrivateNumbers(p, q, d, rsa_crt_dmp1(d, p), rsa_crt_dmq1(d, q), rsa_crt_iqmp(p, q), public)
        return cls(domain, selector, numbers.private_key())

    @property
    def file_name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}.txt"

    def record(self) -> str:
        """The key's TXT record."""
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode('ascii')}"

    def header(self, fields: Fields, body: bytes, extra: str = "", length: int | None = None) -> str:
        """The value of a DKIM-Signature field over *fields* and *body* (lines ended by LF or CRLF), relaxed/relaxed.

        *extra* are further tags, such as ``t=1; ``; *length* limits the part of the canonical body that is signed.
        """
        canonical = relaxed_body(body)
        limit = "" if length is None else f"l={length}; "
        digest = base64.b64encode(hashlib.sha256(canonical[:length]).digest()).decode("ascii")
        names = ":".join(name.lower() for name, _ in fields)
        value = (
            f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector}; {extra}{limit}"
            f"h={names}; bh={digest}; b="
        )
        signed = "".join(relaxed_field(*field) + "\r\n" for field in fields) + relaxed_field("DKIM-Signature", value)
        return value + base64.b64encode(self.key.sign(signed.encode("utf-8"), PKCS1v15(), SHA256())).decode("ascii")


def relaxed_body(body: bytes) -> bytes:
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.replace(b"\r\n", b"\n").split(b"\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def relaxed_field(name: str, value: str) -> str:
    return f"{name.lower()}:{' '.join(value.split())}"


def _prime(rng: Random, bits: int) -> int:
    while True:
        candidate = rng.getrandbits(bits) | (0b11 << (bits - 2)) | 1
        if candidate % EXPONENT != 1 and all(candidate % small for small in _SMALL) and _is_prime(candidate, rng):
            return candidate


def _is_prime(n: int, rng: Random) -> bool:
    """Miller-Rabin, 20 rounds."""
    twos = ((n - 1) & -(n - 1)).bit_length() - 1
    odd = (n - 1) >> twos
    for _ in range(20):
        x = pow(rng.randrange(2, n - 1), odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True
