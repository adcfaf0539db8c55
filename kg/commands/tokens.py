"""``kg token``: who may ask and change a graph over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from kg.commands.options import DEFAULT_GRAPH, Graph, Marking
from kg.commands.progress import tell

token = typer.Typer(
    help="Make, list and revoke the tokens of kg serve.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@token.command()
def create(
    scope: Annotated[Literal["read", "write", "admin"], typer.Option(help="What its bearer may do.")],
    marking: Annotated[Marking, typer.Option(help="The highest TLP level its bearer sees.")] = "CLEAR",
    name: Annotated[str | None, typer.Option(help="A name to know it by.")] = None,
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Make a token and print it, once: only its hash is kept."""
    import kg
    from kg import tokens

    kg.open(graph).close()
    secret = tokens.create(graph, scope, marking, name)
    tell(f"{scope}, up to {marking}; it is shown this once")
    typer.echo(secret)


@token.command("list")
def names(graph: Graph = DEFAULT_GRAPH) -> None:
    """List the tokens: name, scope, marking, when made."""
    import kg
    from kg import tokens
    from kg.commands.tables import columns

    kg.open(graph).close()
    rows = [[one.name, one.scope, one.marking, one.created] for one in tokens.load(graph)]
    typer.echo(columns(["name", "scope", "marking", "created"], rows), nl=False)


@token.command()
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The token's name.")], graph: Graph = DEFAULT_GRAPH
) -> None:
    """Forget a token; its bearer is a stranger from the next request on."""
    import kg
    from kg import tokens

    kg.open(graph).close()
    tokens.revoke(graph, name)
    tell(f"{name} is revoked")
