"""The ``kg`` command: data on stdout, everything else on stderr, one line for every error.

Exit codes: 0 done, 1 failure, 2 called wrongly, 3 some inputs quarantined, 4 validation failed (kg/errors.py).
Commands live in kg/commands, a room of them a module; nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import sys

import typer

from kg.commands.checking import check
from kg.commands.decisions import decisions, evidence, review, undo
from kg.commands.graph import diff, export, reindex, retract, stats, validate
from kg.commands.inputs import build, explain, extract
from kg.commands.queries import gql, query, search, show
from kg.commands.serving import demo, serve
from kg.commands.tokens import token
from kg.errors import KgError

LONGEST = 400
"""Characters of an error's line: a SPARQL parser may list every word that it would have accepted."""

app = typer.Typer(
    name="kg",
    help="Who said what about which event, where exactly is it written, and what else do we know?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    build, extract, explain, check, query, gql, search, show, export, retract, diff, validate, stats, reindex, serve,
    demo, evidence, review, undo,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(token, name="token")
app.add_typer(decisions, name="decisions")


def main() -> None:
    """Runs the command of ``sys.argv`` and ends the process with its exit code."""
    try:
        app()
    except KgError as error:
        line = " ".join(str(error).split())
        sys.stderr.write(f"kg: {line if len(line) <= LONGEST else line[:LONGEST] + '…'}\n")
        sys.exit(error.exit)
