"""DKIM verdicts: pass, fail, no key and unsigned are four things; limits and dates of a signature count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.sources.signatures import Keys, Signature, check
from tests.leak.signing import Fields, Signer

SENT = datetime(2017, 3, 6, 9, 0, tzinfo=UTC)
FIELDS: Fields = [
    ("From", "Ada <ada@left.example>"),
    ("Subject", "un  sujet"),
    ("Date", "Mon, 06 Mar 2017 10:00:00 +0100"),
]
BODY = b"Bonjour,\n\nune ligne  \net une autre\n\n"


@cache
def signer(domain: str = "left.example") -> Signer:
    return Signer.of(domain, "s1", f"test {domain}")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    (tmp_path / signer().file_name).write_text(signer().record(), encoding="ascii")
    return Keys.of(tmp_path)


def mail(header: str | None = None, body: bytes = BODY, fields: Fields = FIELDS, more: str = "") -> bytes:
    signed = f"DKIM-Signature: {header}\n" if header else ""
    return (more + signed + "".join(f"{name}: {value}\n" for name, value in fields)).encode() + b"\n" + body


def test_unsigned(keys: Keys) -> None:
    assert check(mail(), SENT, keys) == Signature("unsigned")


def test_pass_with_the_key_at_hand_whatever_the_line_ends(keys: Keys) -> None:
    signed = mail(signer().header(FIELDS, BODY))
    assert check(signed, SENT, keys) == Signature("pass", "left.example")
    assert check(signed.replace(b"\n", b"\r\n"), SENT, keys).verdict == "pass"


def test_no_key_is_not_a_failure(keys: Keys) -> None:
    found = check(mail(signer("other.example").header(FIELDS, BODY)), SENT, keys)
    assert (found.verdict, found.domain) == ("noKey", "other.example")
    assert check(mail(signer().header(FIELDS, BODY)), SENT, Keys.of(None)).verdict == "noKey"


@pytest.mark.parametrize(
    ("fields", "body"),
    [(FIELDS, BODY + b"plus\n"), ([("From", "Eve <eve@left.example>"), *FIELDS[1:]], BODY)],
    ids=["body", "sender"],
)
def test_a_changed_mail_fails(keys: Keys, fields: Fields, body: bytes) -> None:
    found = check(mail(signer().header(FIELDS, BODY), body, fields), SENT, keys)
    assert (found.verdict, found.domain) == ("fail", "left.example")
    assert found.notes and found.notes[0].startswith("left.example: ")


def test_one_signature_that_verifies_is_enough(keys: Keys) -> None:
    broken = f"DKIM-Signature: {signer().header(FIELDS, b'autre')}\n"
    assert check(mail(signer().header(FIELDS, BODY), more=broken), SENT, keys).verdict == "pass"


def test_what_a_length_limit_leaves_open_is_said(keys: Keys) -> None:
    limited = signer().header(FIELDS, BODY, length=12)
    found = check(mail(limited, BODY + b"ajout de quelqu'un\n"), SENT, keys)
    assert found.verdict == "pass"
    assert "covers 12 of" in found.notes[0]


@pytest.mark.parametrize(
    ("arrived", "verdict"),
    [(SENT + timedelta(days=1), "pass"), (SENT + timedelta(days=30), "fail"), (None, "pass")],
    ids=["in time", "too late", "unknown"],
)
def test_a_signature_expires_by_the_clock_of_the_mail_not_by_today_s(
    keys: Keys, arrived: datetime | None, verdict: str
) -> None:
    ends = int((SENT + timedelta(days=7)).timestamp())
    found = check(mail(signer().header(FIELDS, BODY, f"t={int(SENT.timestamp())}; x={ends}; ")), arrived, keys)
    assert found.verdict == verdict
    assert ("expired" in " ".join(found.notes)) == (verdict == "fail")


def test_a_signature_made_after_the_mail_arrived_fails(keys: Keys) -> None:
    late = int((SENT + timedelta(days=2)).timestamp())
    assert check(mail(signer().header(FIELDS, BODY, f"t={late}; ")), SENT, keys).verdict == "fail"


@pytest.mark.parametrize(
    "header", ["", "v=1", "v=1; a=rsa-sha256; d=left.example; s=s1; h=from; bh=!; b=!", "v=1;;;=;", "\x00"]
)
def test_a_signature_that_cannot_be_read_is_no_crash(keys: Keys, header: str) -> None:
    assert check(mail(header or "x"), SENT, keys).verdict == "fail"


def test_keys_as_dig_prints_them(tmp_path: Path) -> None:
    record = signer().record()
    (tmp_path / signer().file_name).write_text(f'"{record[:80]}" "{record[80:]}"\n', encoding="ascii")
    assert check(mail(signer().header(FIELDS, BODY)), SENT, Keys.of(tmp_path)).verdict == "pass"


def test_a_stored_record_without_a_key_fails(tmp_path: Path) -> None:
    (tmp_path / signer().file_name).write_text("v=DKIM1; p=", encoding="ascii")
    assert check(mail(signer().header(FIELDS, BODY)), SENT, Keys.of(tmp_path)).verdict == "fail"


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="keys cannot be read"):
        Keys.of(tmp_path / "none")


def test_a_chain_of_seals_is_noted(keys: Keys) -> None:
    seal = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=gone.example; s=k; t=1488790800; b=AAAA\n"
    seal += "ARC-Message-Signature: i=1; a=rsa-sha256; d=gone.example; s=k; h=from; bh=AAAA; b=AAAA\n"
    seal += "ARC-Authentication-Results: i=1; gone.example; none\n"
    assert check(mail(more=seal), SENT, keys).arc in ("noKey", "fail")
    assert check(mail(more=seal), SENT, keys).verdict == "unsigned"
