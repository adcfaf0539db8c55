"""``kg build``: every input is in the graph or in quarantine, and a second run changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kg
from kg.model import Draft, Extraction
from kg.quarantine import quarantined
from kg.resolve.known import KnownActors
from tests.cli.conftest import Run

BAD = {
    "binary.txt": (b"\x7fELF\x00\x01\x02" * 50, "UNREADABLE"),
    "broken.txt": (b"Un texte coup" + b"\xc3(", "UNREADABLE"),
    "empty.txt": (b"", "EMPTY"),
    "line.txt": (b"mot " * 12_500_000, "OVER_BUDGET"),
    "page.html": (b"<html><body><nav><a href='/'>Accueil</a></nav></body></html>", "NO_TEXT"),
}


def test_bad_inputs_are_quarantined_and_the_run_goes_on(run: Run, articles: Path, tmp_path: Path) -> None:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    shutil.copy(articles / "en.txt", tmp_path / "good.txt")
    graph = tmp_path / "graph"
    done = run("build", *sorted(tmp_path.glob("*.*")), "--into", graph)
    assert done.code == 3
    assert done.out == ""
    assert {Path(entry.path).name: entry.code for entry in quarantined(graph)} == {
        name: code for name, (_, code) in BAD.items()
    }
    for name in BAD:
        assert f"{name}: " in done.err
    with kg.open(graph) as opened:
        assert [Path(document.path or "").name for document in opened.documents()] == ["good.txt"]
    (tmp_path / "empty.txt").write_bytes((articles / "fr.txt").read_bytes())
    assert run("build", tmp_path / "empty.txt", "--into", graph).code == 0
    assert "empty.txt" not in {Path(entry.path).name for entry in quarantined(graph)}


def test_building_twice_changes_nothing(run: Run, articles: Path, tmp_path: Path) -> None:
    outs = []
    for out in ("a.trig", "b.trig"):
        done = run("build", articles, "--into", tmp_path / "graph")
        assert done.code == 0
        assert run("export", tmp_path / out, "--graph", tmp_path / "graph", "--with-provenance").code == 0
        outs.append((tmp_path / out).read_bytes())
    assert "unchanged 2" in done.err
    assert outs[0] == outs[1]
    assert json.loads(run("stats", "--json", "--graph", tmp_path / "graph").out)["generation"] == 1


def test_extracting_again_gives_the_same_graph(run: Run, graph: Path, articles: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "graph", symlinks=True)
    done = run("build", articles, "--into", tmp_path / "graph", "--rebuild")
    assert (done.code, "unchanged 2" in done.err) == (0, True)
    assert run("diff", graph, tmp_path / "graph", "--with-provenance").code == 0


def test_other_rules_extract_again_and_the_same_findings_change_nothing(
    run: Run, graph: Path, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.contributions
    import kg.extractions as extracting

    extracted: list[str] = []
    real = extracting.resolve

    def watched(draft: Draft, known: KnownActors) -> Extraction:
        extracted.append(Path(draft.document.path or "").name)
        return real(draft, known)

    monkeypatch.setattr(extracting, "resolve", watched)
    shutil.copytree(graph, tmp_path / "graph", symlinks=True)
    run("build", articles, "--into", tmp_path / "graph")
    assert extracted == []
    monkeypatch.setattr(kg.contributions, "fingerprint", lambda: "that of other rules")
    for _ in range(2):
        assert "unchanged 2" in run("build", articles, "--into", tmp_path / "graph").err
        assert extracted == ["en.txt", "fr.txt"], "once, and not again"
    assert run("diff", graph, tmp_path / "graph", "--with-provenance").code == 0


def test_retraction_leaves_nothing(run: Run, articles: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    run("build", articles / "fr.txt", "--into", graph)
    run("export", tmp_path / "before.nq", "--graph", graph)
    run("build", articles / "en.txt", "--into", graph)
    assert run("retract", articles / "en.txt", "--graph", graph).code == 0
    run("export", tmp_path / "after.nq", "--graph", graph)
    assert (tmp_path / "before.nq").read_bytes() == (tmp_path / "after.nq").read_bytes()
    again = run("retract", articles / "en.txt", "--graph", graph)
    assert (again.code, again.err.count("\n")) == (2, 1)


def test_new_bytes_at_a_path_are_a_revision(run: Run, articles: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    text = (articles / "en.txt").read_text(encoding="utf-8")
    article.write_text(text, encoding="utf-8")
    run("build", article, "--into", tmp_path / "graph")
    article.write_text(text.replace("nothing", "something"), encoding="utf-8")
    assert "revised 1" in run("build", article, "--into", tmp_path / "graph").err
    with kg.open(tmp_path / "graph") as opened:
        assert [len(opened.documents(superseded=flag)) for flag in (False, True)] == [1, 2]


def test_the_base_is_fixed_when_the_graph_is_made(run: Run, articles: Path, tmp_path: Path) -> None:
    graph, base = tmp_path / "graph", "https://news.example/kg/"
    assert run("build", articles / "en.txt", "--into", graph, "--base", base).code == 0
    with kg.open(graph) as opened:
        assert opened.documents()[0].iri.startswith(base + "document/")
        assert all(claim.iri.startswith(base) for claim in opened.claims())
    other = run("build", articles / "fr.txt", "--into", graph, "--base", "https://other.example/")
    assert (other.code, other.err.count("\n")) == (2, 1)


def test_an_article_in_a_language_without_a_pack_is_quarantined_unless_told_otherwise(run: Run, tmp_path: Path) -> None:
    article, graph = tmp_path / "de.txt", tmp_path / "graph"
    article.write_text("Die Stadtverwaltung teilte am Montag mit, dass Unbekannte Daten gestohlen hätten.\n")
    done = run("build", article, "--into", graph)
    assert (done.code, quarantined(graph)[0].code) == (3, "NO_LANGUAGE_PACK")
    assert "written in 'de'; there are packs for" in done.err
    assert run("build", article, "--into", graph, "--language", "en").code == 0
    assert quarantined(graph) == []


def test_a_fault_of_the_extractors_costs_one_document_only(
    run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.extractions as extracting

    real = extracting.resolve

    def faulty(draft: Draft, known: KnownActors) -> Extraction:
        if draft.document.language == "fr":
            raise ZeroDivisionError("of all things")
        return real(draft, known)

    monkeypatch.setattr(extracting, "resolve", faulty)
    done = run("build", articles, "--into", tmp_path / "graph")
    assert done.code == 3
    assert "fr.txt: ZeroDivisionError: of all things [EXTRACTION_FAILED]" in done.err
    assert "documents read 1 " in done.err


def test_usage_errors(run: Run, tmp_path: Path) -> None:
    assert run("build", tmp_path / "nowhere", "--into", tmp_path / "graph").code == 2
    assert not (tmp_path / "graph" / "manifest.json").exists()
    assert run("build").code == 2
    assert run("build", tmp_path, "--published", "06/05/2017").code == 2
