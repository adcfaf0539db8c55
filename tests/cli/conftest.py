"""The command run in this process, and a small graph to run it on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import kg
from kg.cli import main

ARTICLES = {
    "fr.txt": (
        "Une fuite de données touche la société Boréal\n"
        "LYON, 12 mars 2021 (vendredi) – Agence d'essai\n\n"
        "Des pirates ont dérobé 3 Go de fichiers à la société Boréal, a annoncé vendredi Claire Montaigu, "
        "sa directrice.\n\n"
        "« Nous avons déposé plainte dès jeudi », a déclaré Claire Montaigu lors d'une conférence de presse.\n\n"
        "Selon l'hebdomadaire Le Phare, les fichiers concernent 40 % des clients.\n"
    ),
    "en.txt": (
        "Boréal says client files were stolen\n"
        "LONDON, March 13, 2021 (Saturday) | Trial Agency\n\n"
        "The company Boréal said on Saturday that hackers had stolen client files.\n\n"
        "“We will pay nothing,” Claire Montaigu told reporters.\n"
    ),
}


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("stats", "--graph", folder)`` as the command line would; never a traceback."""

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        monkeypatch.delenv("KG_GRAPH", raising=False)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else 0 if code is None else 1, out, err)

    return call


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles that no rule was written for."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of `articles`; tests only read it."""
    folder = tmp_path_factory.mktemp("built") / "graph"
    report = kg.build([articles], into=folder)
    assert (report.documents, report.quarantined) == (2, ())
    return folder
