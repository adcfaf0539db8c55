"""The ``kg`` command: data on stdout, everything else on stderr, one line for every error.

Exit codes: 0 done, 1 failure, 2 called wrongly, 3 some inputs quarantined, 4 validation failed (kg/errors.py).
Commands live in kg/commands, a room of them a module; nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from kg.commands.checking import check
from kg.commands.decisions import decisions, evidence, review, undo
from kg.commands.graph import diff, export, reindex, retract, stats, validate
from kg.commands.inputs import build, explain, extract
from kg.commands.progress import tell
from kg.commands.queries import gql, query, search, show
from kg.commands.serving import demo, serve
from kg.commands.tables import printable
from kg.commands.tokens import token
from kg.errors import KgError

LONGEST = 400
"""Characters of an error's line: a SPARQL parser may list every word that it would have accepted."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 + SIGINT."""

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
    _speak_utf8()
    try:
        code = app(standalone_mode=False)
    except KgError as error:
        _end(str(error), error.exit)
    except TyperException as error:  # the command was called wrongly; without any argument the message is the help page
        message = error.format_message().replace("Value error, ", "")
        if "\n" in message:
            typer.echo(message, err=True)
            sys.exit(error.exit_code)
        _end(message, error.exit_code)
    except OSError as error:  # a path the user named: no such folder, no permission, no space left
        reason = error.strerror or type(error).__name__
        _end(reason if error.filename is None else f"{error.filename}: {reason}", 1)
    if code == INTERRUPTED:
        _end("interrupted", INTERRUPTED)
    sys.exit(code)


def _end(message: str, code: int) -> NoReturn:
    """One line on stderr, then the end."""
    line = printable(" ".join(message.split()))
    tell(f"kg: {line if len(line) <= LONGEST else line[:LONGEST] + '…'}")
    sys.exit(code)


def _speak_utf8() -> None:
    """Data is UTF-8 whatever the locale; a terminal that cannot show a character gets its number."""
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
