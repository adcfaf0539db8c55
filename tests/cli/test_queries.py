"""Asking a graph on the command line: data on stdout, one line for every error, the right exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SPEAKERS = "SELECT DISTINCT ?name { ?claim kg:speaker/skos:prefLabel ?name } ORDER BY ?name"


def test_select(run: Run, graph: Path) -> None:
    done = run("query", SPEAKERS, "--graph", graph)
    assert done.code == 0
    assert done.out.splitlines()[0] == "name"
    assert "Claire Montaigu" in done.out
    rows = list(csv.DictReader(io.StringIO(run("query", SPEAKERS, "--graph", graph, "--format", "csv").out)))
    assert {"name": "Claire Montaigu"} in rows
    found = json.loads(run("query", SPEAKERS, "--graph", graph, "--format", "json").out)
    assert len(found["results"]["bindings"]) == len(rows)


def test_ask_and_construct(run: Run, graph: Path) -> None:
    assert run("query", "# a comment: SELECT\nASK { ?c a kg:Claim }", "--graph", graph).out == "true\n"
    built = run("query", "CONSTRUCT { ?c kg:text ?t } { ?c kg:text ?t }", "--graph", graph)
    assert built.out.startswith("@prefix kg: ")
    wrong = run("query", "ASK { ?c a kg:Claim }", "--graph", graph, "--format", "ttl")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)


def test_graphql(run: Run, graph: Path) -> None:
    done = run(
        "gql", "{ claims(first: 50) { edges { node { speaker { name } text evidence { exact } } } } }", "--graph", graph
    )
    assert done.code == 0
    nodes = [edge["node"] for edge in json.loads(done.out)["data"]["claims"]["edges"]]
    assert "Claire Montaigu" in {node["speaker"]["name"] for node in nodes if node["speaker"]}
    assert all(node["text"] == " ".join(span["exact"] for span in node["evidence"]) for node in nodes)
    wrong = run("gql", "{ nonsense }", "--graph", graph)
    assert wrong.code == 1
    assert json.loads(wrong.out)["errors"]
    assert run("gql", "{ __typename }", "--variables", "[", "--graph", graph).code == 2


def test_search_and_show(run: Run, graph: Path) -> None:
    found = run("search", "plainte", "--graph", graph)
    kinds = {line.split("\t")[0] for line in found.out.splitlines()}
    assert {"claim", "passage"} <= kinds
    shown = run("show", "claire montaigu", "--graph", graph)
    assert "skos:prefLabel  Claire Montaigu" in shown.out
    assert "is kg:speaker of" in shown.out
    assert run("show", "Personne", "--graph", graph).code == 2


def test_export_twice_gives_the_same_bytes(run: Run, graph: Path, tmp_path: Path) -> None:
    for suffix in (".ttl", ".trig", ".nq", ".jsonld", ".csv"):
        for name in ("a", "b"):
            assert run("export", tmp_path / (name + suffix), "--graph", graph).code == 0
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert run("diff", graph, tmp_path / "a.nq").code == 0
    unknown = run("export", tmp_path / "a.docx", "--graph", graph)
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)


def test_diff_tells_what_differs(run: Run, graph: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "a.nq", "--graph", graph)
    lines = (tmp_path / "a.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "b.nq").write_text("".join(lines[1:]), encoding="utf-8")
    done = run("diff", tmp_path / "a.nq", tmp_path / "b.nq")
    assert (done.code, done.out) == (1, f"- {lines[0]}")


def test_the_graph_is_valid(run: Run, graph: Path) -> None:
    done = run("validate", "--graph", graph)
    assert (done.code, done.out) == (0, "")


def test_stats(run: Run, graph: Path) -> None:
    counts = json.loads(run("stats", "--json", "--graph", graph).out)
    assert (counts["documents"], counts["generation"], counts["quarantined"]) == (2, 1, 0)
    assert sum(counts["stances"].values()) == counts["claims"] > 0
    assert f"{counts['claims']}" in run("stats", "--graph", graph).out


@pytest.mark.parametrize(
    "command",
    [("query", SPEAKERS), ("gql", "{ __typename }"), ("search", "mot"), ("show", "x"), ("stats",), ("validate",),
     ("export", "out.ttl"), ("retract", "x"), ("reindex",), ("serve",)],
    ids=lambda command: command[0],
)  # fmt: skip
def test_without_a_graph_there_is_one_clear_line(
    run: Run, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*command)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith("kg: ")
    assert list(tmp_path.iterdir()) == []


def test_wrong_queries_and_formats(run: Run, graph: Path) -> None:
    for sparql in ("SELECT", "SELEKT ?x { }", "SELECT ?x { ?x nope:y ?z }", "CLEAR ALL"):
        done = run("query", sparql, "--graph", graph)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), sparql
    assert run("query", SPEAKERS, "--graph", graph, "--format", "yaml").code == 2
    assert run("nonsense").code == 2


def test_a_taken_port_is_one_clear_line(run: Run, graph: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--graph", graph, "--port", taken.getsockname()[1])
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "port" in done.err


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    heavy = ("spacy", "rdflib", "strawberry", "pyoxigraph", "tantivy", "trafilatura", "starlette", "numpy")
    code = f"import sys, kg, kg.cli; print([name for name in {heavy!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, check=True, env={**os.environ})
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime < 3, "seconds of CPU, whoever else works"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?c kg:speeker ?x }", ["the ontology has no kg:speeker; did you mean kg:speaker?"]),
        ("ASK { ?c a kg:Claims ; kg:xyzzy 1 }", ["the ontology has no kg:Claims; did you mean kg:Claim?",
                                                 "the ontology has no kg:xyzzy"]),
        ("ASK { ?c kg:stance kg:asserts ; kg:text ?t FILTER(?t != 'kg:nothing') } # kg:more", []),
        ("ASK { ?c <https://a.example/kg:speeker> ?t }",
         ["nothing in this graph mentions <https://a.example/kg:speeker>; did you mean kg:speaker?"]),
        ("PREFIX kg: <https://a.example/> ASK { ?c kg:xyzzy ?t }", ["nothing in this graph mentions kg:xyzzy"]),
        ("SELECT * { ?actor rdfs:label ?name }",
         ["nothing in this graph mentions rdfs:label; did you mean skos:prefLabel?"]),
        ("SELECT * { ?actor kg:label ?name }", ["the ontology has no kg:label; did you mean skos:prefLabel?"]),
    ],
)  # fmt: skip
def test_words_that_the_ontology_does_not_have_are_told(run: Run, graph: Path, query: str, told: list[str]) -> None:
    done = run("query", query, "--graph", graph)
    assert done.code == 0 and [line.removeprefix("kg: ") for line in done.err.splitlines()] == told
