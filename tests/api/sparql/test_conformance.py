"""The shared conformance check: W3C's protocol, service description and graph store cases, and the specs' own words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings
from kg.store import open_writer
from tests.api.sparql.serving import serving

BY_DESIGN = {"cors-preflight"}  # other origins are not let in by default


@pytest.mark.timeout(120)
def test_every_case_passes(shared: Path, tmp_path: Path) -> None:
    script, report = shared / "conformance" / "sparql_protocol_check.py", tmp_path / "report.json"
    with open_writer(tmp_path / "graph", create=True):
        pass
    with serving(Settings(graph=tmp_path / "graph", writable=True)) as served:
        address = f"{served.url}/sparql"
        subprocess.run(
            [sys.executable, script, address, "--update", address, "--gsp", f"{served.url}/rdf-graph-store",
             "--gsp-direct", "--token", served.admin, "--json", report],
            check=True, capture_output=True,
        )  # fmt: skip
    cases = json.loads(report.read_text())
    assert len(cases) > 100
    assert {case["id"]: case["why"] for case in cases if case["status"] != "pass"}.keys() <= BY_DESIGN
