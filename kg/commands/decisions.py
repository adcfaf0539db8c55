"""Commands of analysts: ``kg decisions …``, ``kg undo``, ``kg review``, ``kg evidence``."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph, UpTo
from kg.commands.progress import tell
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.decisions.review import OpenPair, Portrait
    from kg.graph import Graph as Opened

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. [default: who is logged in]")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why: recorded, and read by others.")]
Iris = Annotated[list[str], typer.Argument(metavar="IRI…", help="The IRIs of the actors.", show_default=False)]
Iri = Annotated[str, typer.Argument(metavar="IRI", help="The IRI of what is decided about.", show_default=False)]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A file of decisions.", show_default=False)]

decisions = typer.Typer(help="What analysts decided: take, list, share.", no_args_is_help=True)


def _decide(
    graph: Path, kind: str, concerns: list[str], by: str, reason: str, grade: str | None = None,
    documents: list[str] | None = None,
) -> None:  # fmt: skip
    """Records the decision and prints its IRI alone on stdout."""
    import kg
    from kg.decisions import Decision, decide

    decision = Decision.now(kind, concerns, by or getpass.getuser(), reason, grade, documents or ())
    done = decide(graph, decision, waiting=tell)
    with kg.open(graph) as opened:
        typer.echo(done.decision.iri(opened.reader.base))
    tell(f"{kind} recorded by {decision.by} at the marking {done.decision.marking}; generation {done.generation}")


@decisions.command()
def merge(iris: Iris, reason: Reason, by: By = "", graph: Graph = DEFAULT_GRAPH) -> None:
    """These actors are one and the same."""
    _decide(graph, "merge", iris, by, reason)


@decisions.command("not-same")
def not_same(iris: Iris, reason: Reason, by: By = "", graph: Graph = DEFAULT_GRAPH) -> None:
    """These actors are different ones."""
    _decide(graph, "notSame", iris, by, reason)


@decisions.command()
def split(
    iri: Iri,
    reason: Reason,
    document: Annotated[list[str], typer.Option("--document", metavar="IRI|PATH", help="Where it is another actor.")],
    by: By = "",
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """In these documents, the actor is another one."""
    import kg

    with kg.open(graph) as opened:
        documents = [_document(opened, name) for name in document]
    _decide(graph, "split", [iri], by, reason, documents=documents)


@decisions.command()
def annotate(iri: Iri, reason: Reason, by: By = "", graph: Graph = DEFAULT_GRAPH) -> None:
    """A note on a claim, given as the reason."""
    _decide(graph, "annotate", [iri], by, reason)


@decisions.command()
def reliability(
    iri: Iri,
    grade: Annotated[str, typer.Argument(metavar="A-F", help="A completely reliable … E not at all, F unknown.")],
    reason: Reason,
    by: By = "",
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """How far a source, an actor, can be relied on (Admiralty scale)."""
    _decide(graph, "reliability", [iri], by, reason, grade.upper())


@decisions.command()
def credibility(
    iri: Iri,
    grade: Annotated[str, typer.Argument(metavar="1-6", help="1 confirmed … 5 improbable, 6 unknown.")],
    reason: Reason,
    by: By = "",
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """How far a claim can be believed, whoever made it (Admiralty scale)."""
    _decide(graph, "credibility", [iri], by, reason, grade)


@decisions.command("list")
def listed(graph: Graph = DEFAULT_GRAPH, marking: UpTo = "RED") -> None:
    """Every decision, a line each: IRI, time, who, kind, grade, what it concerns, why; undone ones say so."""
    import kg
    from kg.decisions import load

    with kg.open(graph, marking=marking) as opened:
        base = opened.reader.base
        found = load(opened.reader.select, base)
    for one in found.history:
        state = f"{one.kind} (undone)" if one.iri(base) in found.undone else one.kind
        about = " ".join((*one.concerns, *(f"in {document}" for document in one.documents)))
        parts = (one.iri(base), one.at.isoformat(), one.by, state, one.grade or "", about, " ".join(one.reason.split()))
        typer.echo("\t".join(parts))
    tell(f"{len(found.history)} decisions, {len(found.undone)} of them undone")


@decisions.command("export")
def export_(file: File, graph: Graph = DEFAULT_GRAPH, marking: UpTo = "RED") -> None:
    """Write every decision to a small file: the same bytes for the same decisions."""
    import kg
    from kg.decisions.file import export_decisions

    with kg.open(graph, marking=marking) as opened:
        text = export_decisions(opened.reader.select, opened.reader.base)
    file.write_text(text, encoding="utf-8")
    tell(f"{file}: {text.count(chr(10)) - 1} decisions")


@decisions.command("import")
def import_(file: File, graph: Graph = DEFAULT_GRAPH) -> None:
    """Take over the decisions of a file that the graph does not have, and carry them out."""
    from kg.decisions.file import import_decisions

    done = import_decisions(graph, file, waiting=tell)
    tell(f"{done.new} decisions taken over, {done.known} known already; generation {done.generation}")


# ------------------------------------------------------------------ commands of their own
def undo(iri: Iri, reason: Reason = "taken back", by: By = "", graph: Graph = DEFAULT_GRAPH) -> None:
    """Take back a decision; it holds no longer, through every rebuild, and both stay on record."""
    _decide(graph, "undo", [iri], by, reason)


def evidence(
    names: Annotated[list[str], typer.Argument(metavar="CLAIM|BUNDLE SOURCE", help="A claim's IRI, or two files.")],
    verify: Annotated[bool, typer.Option("--verify", help="Hold a bundle against the source file.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="[default: standard output]")] = None,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Write a claim's evidence as a portable JSON-LD bundle; or verify one, with exit 1 where it does not hold."""
    if verify:
        from kg.verify import verify as check

        if len(names) != 2:
            raise UsageError("--verify takes a bundle and the source file")
        typer.echo(check(Path(names[0]), Path(names[1])))
        return
    import kg
    from kg.bundle import bundle, dumps

    if len(names) != 1:
        raise UsageError("kg evidence takes one claim; --verify takes a bundle and the source file")
    with kg.open(graph, marking=marking) as opened:
        text = dumps(bundle(opened.reader, names[0]))
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        tell(f"{out}: {len(text.encode()):,} bytes")


def review(
    first: Annotated[int, typer.Option(min=1, max=1000, help="Pairs at most.")] = 20,
    by: By = "",
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Decide about pairs of actors that may be one, the most valuable first: y same, n not, Enter skips, q ends.

    Answers are read line by line from standard input; each decision is printed: kind, the two actors, its IRI.
    """
    import kg
    from kg.decisions.review import portraits, queue

    seen: set[tuple[str, str]] = set()
    while len(seen) < first:
        with kg.open(graph, marking=marking) as opened:
            select, base = opened.reader.select, opened.reader.base
            pair = next((p for p in queue(select, base, first + len(seen)) if (p.one, p.two) not in seen), None)
            if pair is None:
                break
            _show(pair, portraits(select, (pair.one, pair.two)), len(seen) + 1)
        seen.add((pair.one, pair.two))
        answer = _answer()
        if answer == "q":
            tell("ended; nothing else was decided")
            return
        if answer in ("y", "n"):
            _settle(graph, pair, "merge" if answer == "y" else "notSame", by)
    tell("no pair is left to decide about" if len(seen) < first else f"{len(seen)} pairs were shown")


def _settle(graph: Path, pair: OpenPair, kind: str, by: str) -> None:
    import kg
    from kg.decisions import Decision, decide

    why = "; ".join(pair.reasons) or "no reason was noted"
    decision = Decision.now(kind, (pair.one, pair.two), by or getpass.getuser(), f"reviewed; proposed because {why}")
    done = decide(graph, decision, waiting=tell)
    with kg.open(graph) as opened:
        typer.echo(f"{kind}\t{pair.one}\t{pair.two}\t{done.decision.iri(opened.reader.base)}")


def _show(pair: OpenPair, found: dict[str, Portrait], number: int) -> None:
    score = "" if pair.score is None else f", score {pair.score:.2f}"
    tell(f"\n{number}. One and the same? ({pair.value} mentions would change names{score})")
    for node in (pair.one, pair.two):
        portrait = found[node]
        also = f", also {', '.join(portrait.names[:5])}" if portrait.names else ""
        tell(f"   {portrait.name}{also}: {portrait.mentions} mentions  {node}")
        for saying in portrait.sayings:
            tell(f"      {' '.join(saying.split())[:160]}")
    for reason in pair.reasons[:3]:
        tell(f"   because {reason}")


def _answer() -> str:
    """``y``, ``n``, ``s`` or ``q``; the end of the input ends the review."""
    while True:
        sys.stderr.write("   y same, n not, Enter skip, q quit: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        word = line.strip().lower()
        if not line or word in ("q", "quit"):
            return "q"
        if word in ("", "s", "skip"):
            return "s"
        if word in ("y", "yes", "n", "no"):
            return word[0]
        tell(f"   {word!r} is none of y, n, Enter (or skip), q")


def _document(opened: Opened, name: str) -> str:
    found = [iri for iri in opened.named(name) if "/document/" in iri] or ([name] if "/document/" in name else [])
    if len(found) != 1:
        raise UsageError(f"no document in the graph is, or was read from, {name}")
    return found[0]
