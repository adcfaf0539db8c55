"""Analysts at the terminal: decisions, their undoing through a rebuild, the review, evidence that verifies itself."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from rdflib import Graph

import kg
from kg.terms import KG
from tests.cli.conftest import Run

AGAIN = (
    "Un communiqué de la société Boréal\n"
    "LYON, 14 mars 2021 (dimanche) – Agence d'essai\n\n"
    "« Rien n'a été payé aux pirates », a déclaré dimanche C. Montaigu devant les salariés.\n"
)


@pytest.fixture
def own(graph: Path, tmp_path: Path) -> Path:
    """A copy of the graph that the test may change."""
    return Path(shutil.copytree(graph, tmp_path / "graph", symlinks=True))


def speakers(graph: Path) -> dict[str, str]:
    """Each claim's speaker."""
    with kg.open(graph) as opened:
        rows = opened.reader.select(f"SELECT ?c ?s {{ ?c <{KG.speaker}> ?s }}")
    return {str(row["c"]): str(row["s"]) for row in rows}


def test_a_wrong_merge_is_undone_by_one_command_and_stays_undone(run: Run, own: Path, articles: Path) -> None:
    before = speakers(own)
    one, two, *_ = sorted(set(before.values()))
    merged = run("decisions", "merge", one, two, "--reason", "wrong", "--by", "eva", "--graph", own)
    assert (merged.code, merged.out.count("\n")) == (0, 1)
    assert len(set(speakers(own).values())) == len(set(before.values())) - 1
    assert run("build", articles, "--into", own, "--rebuild").code == 0
    assert len(set(speakers(own).values())) == len(set(before.values())) - 1
    assert run("undo", merged.out.strip(), "--graph", own).code == 0
    assert speakers(own) == before
    assert run("build", articles, "--into", own, "--rebuild").code == 0
    assert speakers(own) == before
    listed = run("decisions", "list", "--graph", own)
    assert [line.split("\t")[3] for line in listed.out.splitlines()] == ["merge (undone)", "undo"]
    assert listed.out.startswith(f"{merged.out.strip()}\t") and "\teva\t" in listed.out
    twice = run("undo", merged.out.strip(), "--graph", own)
    assert twice.code == 2 and "taken back already" in twice.err


def test_a_retracted_document_stays_out_until_that_is_undone(run: Run, own: Path, articles: Path) -> None:
    def texts() -> int:
        with kg.open(own) as opened:
            return len(opened.documents())

    retract = ("retract", articles / "en.txt", "--graph", own, "--reason", "its publisher asked")
    assert run(*retract, "--by", "eva").code == 0
    assert run(*retract, "--purge").code == 2
    built = run("build", articles, "--into", own)
    assert (built.code, "RETRACTED" in built.err, texts()) == (3, True, 1)
    decision = run("decisions", "list", "--graph", own).out.split("\t")[0]
    assert run("undo", decision, "--graph", own).code == 0
    assert run("build", articles, "--into", own).code == 0
    assert texts() == 2


def test_decisions_as_a_file(run: Run, own: Path, graph: Path, tmp_path: Path) -> None:
    claim, speaker = next(iter(speakers(own).items()))
    for command in (("credibility", claim, "2"), ("annotate", claim), ("reliability", speaker, "b")):
        assert run("decisions", *command, "--reason", "two desks", "--by", "eva", "--graph", own).code == 0
    document = claim.partition("/claim/")[0]
    assert run("decisions", "split", speaker, "--document", document, "--reason", "r", "--graph", own).code == 0
    assert run("decisions", "export", tmp_path / "d.jsonl", "--graph", own).code == 0
    other = Path(shutil.copytree(graph, tmp_path / "other", symlinks=True))
    taken = run("decisions", "import", tmp_path / "d.jsonl", "--graph", other)
    assert (taken.code, taken.err.startswith("4 decisions taken over, 0 known")) == (0, True)
    assert speakers(other) == speakers(own)
    assert run("decisions", "export", tmp_path / "e.jsonl", "--graph", other).code == 0
    assert (tmp_path / "d.jsonl").read_bytes() == (tmp_path / "e.jsonl").read_bytes()
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert run("decisions", "import", tmp_path / "bad.jsonl", "--graph", other).code == 2
    assert run("decisions", "credibility", claim, "9", "--reason", "r", "--graph", other).code == 2


# ------------------------------------------------------------------ the review
@pytest.fixture
def open_pair(own: Path, tmp_path: Path) -> Path:
    """The graph with a third article, in which one actor may be another."""
    (tmp_path / "again.txt").write_text(AGAIN, encoding="utf-8")
    kg.build([tmp_path / "again.txt"], into=own)
    with kg.open(own) as opened:
        assert opened.reader.select(f"SELECT ?a {{ ?a <{KG.maybeSameAs}> ?b }}")
    return own


@pytest.mark.parametrize(
    ("keys", "decided"),
    [("y\n", "merge"), ("what?\nN\n", "notSame"), ("\n", ""), ("skip\n", ""), ("q\n", ""), ("", "")],
)
def test_review_by_keys_from_a_pipe(
    run: Run, open_pair: Path, monkeypatch: pytest.MonkeyPatch, keys: str, decided: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    shown = run("review", "--first", "1", "--by", "eva", "--graph", open_pair)
    assert shown.code == 0
    assert "Claire Montaigu" in shown.err and "C. Montaigu" in shown.err and "\x1b" not in shown.err
    kind, *rest = shown.out.rstrip("\n").split("\t")
    assert kind == decided
    if decided:
        with kg.open(open_pair) as opened:
            query = f"SELECT ?k ?by {{ <{rest[2]}> <{KG.decisionKind}> ?k ; <{KG.decidedBy}> ?by }}"
            (row,) = opened.reader.select(query)
            pairs = opened.reader.select(f"SELECT ?a {{ ?a <{KG.maybeSameAs}> <{rest[0]}> }}")
        assert (str(row["k"]), str(row["by"]), pairs) == (decided, "eva", [])


# ------------------------------------------------------------------ evidence
def test_evidence_verifies_itself_against_its_source(run: Run, own: Path, articles: Path, tmp_path: Path) -> None:
    claim = next(one for one in speakers(own) if kg_path(own, one).endswith("fr.txt"))
    assert run("decisions", "credibility", claim, "3", "--reason", "r", "--graph", own).code == 0
    made = run("evidence", claim, "--graph", own)
    assert made.code == 0
    bundle = tmp_path / "bundle.jsonld"
    bundle.write_text(made.out, encoding="utf-8")
    good = run("evidence", "--verify", bundle, articles / "fr.txt")
    assert (good.code, good.out.count("\n"), good.err) == (0, 1, "") and good.out.startswith("verified: ")
    wrong = run("evidence", "--verify", bundle, articles / "en.txt")
    assert (wrong.code, wrong.out, wrong.err.count("\n")) == (1, "", 1) and "SHA-256" in wrong.err
    read = Graph(bind_namespaces="none").parse(data=made.out, format="json-ld")
    said = {(str(p), str(o)) for p, o in read.predicate_objects()}
    assert {(KG.credibility, "3"), (KG.decisionKind, "credibility"), (KG.software, "claimgraph")} <= said
    assert made.out == run("evidence", claim, "--graph", own).out


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda made: made["@included"].pop(0), "is not whole"),
        (lambda made: made["@included"][0].update({"kg:text": "Autre chose"}), "text is not that of its spans"),
        (lambda made: [n.update({"kg:digest": "0"}) for n in made["@included"] if "kg:digest" in n], "contradict"),
        (lambda made: [one.update({"oa:suffix": "!"}) for one in made["@included"] if "oa:suffix" in one], "differ"),
        (lambda made: made.update({"dct:conformsTo": "x"}), "no bundle"),
    ],
)  # fmt: skip
def test_a_bundle_that_was_changed_is_told(
    run: Run, graph: Path, articles: Path, tmp_path: Path, change: object, word: str
) -> None:
    claim = next(one for one in speakers(graph) if kg_path(graph, one).endswith("fr.txt"))
    made = json.loads(run("evidence", claim, "--graph", graph).out)
    change(made)  # type: ignore[operator]
    (tmp_path / "changed.jsonld").write_text(json.dumps(made), encoding="utf-8")
    told = run("evidence", "--verify", tmp_path / "changed.jsonld", articles / "fr.txt")
    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert word in told.err


def test_no_claim_no_bundle(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run("evidence", "https://claimgraph.example/nothing", "--graph", graph).code == 2
    assert run("evidence", "--verify", tmp_path / "none", "--graph", graph).code == 2
    assert run("evidence", "--verify", tmp_path / "none", tmp_path / "none").code == 1


def kg_path(graph: Path, claim: str) -> str:
    """The path of the document that reports *claim*."""
    with kg.open(graph) as opened:
        (row,) = opened.reader.select(f"SELECT ?p {{ <{claim}> <{KG.reportedIn}>/<{KG.path}> ?p }}")
    return str(row["p"])
