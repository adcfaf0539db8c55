"""Whether the browser tests can run at all."""

from __future__ import annotations

import subprocess

import pytest

from tests.browser.chromium import REQUIRED, chromium, required


def test_chromium_is_here() -> None:
    executable = chromium()
    if executable is None and not required():
        pytest.skip(
            f"browser tests: no chromium here (Debian: apt install chromium; {REQUIRED}=1 makes this a failure)"
        )
    assert executable is not None, "no chromium here, and it is required"
    said = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert "Chromium" in said
