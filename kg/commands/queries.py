"""Commands that ask a graph: ``kg query``, ``gql``, ``search``, ``show``."""

from __future__ import annotations

import signal
import sys
from typing import Annotated, Literal

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph, UpTo
from kg.commands.progress import tell
from kg.errors import UsageError

Format = Literal["table", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf"]
MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
Text = Annotated[str, typer.Argument(metavar="QUERY", help="The query; - reads it from standard input.")]


def query(
    sparql: Text,
    form: Annotated[Format | None, typer.Option("--format", help="[default: table, or ttl for triples]")] = None,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Answer a SPARQL query; the ontology's prefixes are known."""
    import io

    import kg
    from kg.commands.tables import table
    from kg.hints import hints
    from kg.store.answer import evaluate

    sparql = _read(sparql)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a query runs outside Python, where no KeyboardInterrupt arrives
    with kg.open(graph, marking=marking) as opened:
        prefixes = opened.reader.prefixes
        answer = evaluate(opened.reader.raw(), sparql, prefixes=prefixes)
        for hint in hints(sparql, opened.reader.mentions):
            tell(str(hint))
        form = form or ("ttl" if answer.kind == "graph" else "table")
        if form != "table":
            used = {name: iri for name, iri in prefixes.items() if f"{name}:" in sparql}
            answer.write(sys.stdout.buffer, MEDIA_TYPES[form], used)
            return
        found = io.BytesIO()
        answer.write(found, MEDIA_TYPES["json"])
        typer.echo(table(found.getvalue(), prefixes), nl=False)


def gql(
    text: Text,
    variables: Annotated[str, typer.Option(metavar="JSON", help="The query's variables.")] = "{}",
    operation: Annotated[str | None, typer.Option(metavar="NAME", help="Which operation of several.")] = None,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Answer a GraphQL query: {"data": …} on stdout; exit 1 when there are errors."""
    import json

    import kg
    from api.access import Access
    from api.graphql.execute import Engine, GraphQLRequest, Refused
    from api.graphql.schema import schema
    from api.settings import Settings

    try:
        given = json.loads(variables)
    except ValueError as error:
        raise UsageError(f"--variables is no JSON: {error}") from None
    if not isinstance(given, dict):
        raise UsageError("--variables is a JSON object")
    engine = Engine(schema(), Settings(graph=graph))
    with kg.open(graph, marking=marking) as opened:
        try:
            prepared = engine.prepare(GraphQLRequest(_read(text), given, operation))
            answer = engine.run(prepared, lambda: opened.reader, Access(marking=marking)).formatted
        except Refused as refused:
            answer = {"data": None, "errors": [error.formatted for error in refused.errors]}
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    for problem in answer.get("errors", ()):
        tell(f"kg: {problem['message']}")
    raise typer.Exit(1 if answer.get("errors") else 0)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD", help="What to look for; spelling may be off.")],
    kind: Annotated[
        Literal["claim", "actor", "event", "document", "passage"] | None, typer.Option(help="Only this kind.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Search claims, actors, events, documents and passages; the best first, a line each: kind, text, IRI."""
    import kg
    from kg.commands.tables import printable

    kinds = [kind] if kind else ["claim", "actor", "event", "document", "passage"]
    with kg.open(graph, marking=marking) as opened:
        total = 0
        for one in kinds:
            page = opened.reader.index.find(one, text=" ".join(words), order="relevance", first=limit)
            total += page.total
            for hit in page.hits:
                body = " ".join(page.snippet(hit).text.split()) or hit.body
                typer.echo(f"{one}\t{printable(body)}\t{hit.iri}")
        tell(f"{total} found")


def show(
    node: Annotated[str, typer.Argument(metavar="IRI", help="A node's IRI, an actor's name, or a document's path.")],
    graph: Graph = DEFAULT_GRAPH,
    marking: UpTo = "RED",
) -> None:
    """Show all that is said of a node, and what points at it."""
    import kg
    from kg.commands.tables import columns, short

    with kg.open(graph, marking=marking) as opened:
        iris = opened.named(node) or ([node] if ":" in node else [])
        if not iris:
            raise UsageError(f"nothing in the graph is called {node}")
        for iri in iris:
            said = opened.reader.select("SELECT DISTINCT ?p ?o { ?node ?p ?o } ORDER BY ?p ?o", node=iri)
            if not said:
                raise UsageError(f"nothing in the graph is called {node}")
            prefixes = opened.reader.prefixes
            typer.echo(iri)
            typer.echo(
                columns([], [["  " + short(row["p"], prefixes), short(row["o"], prefixes)] for row in said]), nl=False
            )
            pointing = opened.reader.select(
                "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?node } GROUP BY ?p ORDER BY ?p", node=iri
            )
            for row in pointing:
                typer.echo(f"  is {short(row['p'], prefixes)} of {row['n']} nodes")


def _read(query: str) -> str:
    """The query given, or standard input for ``-``; UsageError when it is not UTF-8."""
    try:
        text = sys.stdin.read() if query == "-" else query
        text.encode("utf-8")
    except UnicodeError:
        raise UsageError("the query is not UTF-8") from None
    return text
