"""Reading just enough of SPARQL's syntax to refuse what reaches other servers and to rewrite updates.

The store's parser takes keywords without spaces around them and tries a keyword where a prefix is unknown
(``SERVICE:x``), so what is looked for here is looked for in everything but strings, IRIs, comments and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.errors import NotAllowed, QueryError

# SPARQL 1.1 section 19.8, terminals.  The order matters: the first alternative that matches wins.
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)"""
    r'''|(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<comment>\#[^\n\r]*)"""
    r"""|(?P<variable>[?$]\w+)"""
    r"""|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"""
    r"""|(?P<local>:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)"""
    r"""|(?P<word>[A-Za-z][\w-]*)"""
    r"""|(?P<mark>[{};])"""
    r"""|(?P<space>\s+)"""
    r"""|(?P<other>.)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """What *text* is made of, without spaces and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def refuse_outside(text: str, *keywords: str) -> None:
    """NotAllowed where *text* may hold one of the *keywords* (SERVICE, LOAD): they make this server call another."""
    upper = text.upper()
    keywords = tuple(keyword for keyword in keywords if _apart(keyword).search(upper))
    if not keywords:  # nearly always, and long queries are read in C so
        return
    bare = "".join(token.text if token.kind in ("word", "other", "mark") else " " for token in tokens(text)).upper()
    for keyword in keywords:
        if keyword in bare:
            raise NotAllowed(f"{keyword} is refused: this server calls no other (nor may a prefix be called so)")


@cache
def _apart(keyword: str) -> re.Pattern[str]:
    """The keyword's letters with nothing but spaces and comments between them: wherever it may be, and elsewhere."""
    return re.compile(r"(?:\s|\#[^\n\r]*[\n\r])*".join(keyword))


# ------------------------------------------------------------------ updates
@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update request: its tokens without the prologue; *head* its first two words, upper case."""

    tokens: tuple[Token, ...]

    @property
    def head(self) -> tuple[str, str]:
        words = [token.text.upper() if token.kind in ("word", "mark") else "" for token in self.tokens[:2]]
        return words[0], words[1] if len(words) > 1 else ""

    def words(self) -> list[Token]:
        """The words outside braces."""
        depth, found = 0, []
        for token in self.tokens:
            depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "mark" else 0
            if depth == 0 and token.kind == "word":
                found.append(token)
        return found

    def has(self, *keywords: str) -> bool:
        return any(token.text.upper() in keywords for token in self.words())


def operations(update: str) -> list[Operation]:
    """The operations of an update request (SPARQL 1.1 Update, section 3), as far as ``;`` and braces tell."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens(update):
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if token.text == ";" and depth == 0:
                parts.append([])
                continue
        parts[-1].append(token)
    return [Operation(tuple(rest)) for part in parts if (rest := _without_prologue(part))]


def _without_prologue(part: list[Token]) -> list[Token]:
    """The tokens after PREFIX, BASE and VERSION declarations."""
    place = 0
    while place < len(part) and part[place].text.upper() in ("PREFIX", "BASE", "VERSION"):
        place += 1
        while place < len(part) and part[place].kind not in ("iri", "string"):
            place += 1
        place += 1
    return part[place:]


def clears_everything(update: str) -> bool:
    """Whether *update* has CLEAR or DROP with ALL or NAMED."""
    return any(one.head[0] in ("CLEAR", "DROP") and one.has("ALL", "NAMED") for one in operations(update))


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """*update* with the protocol's dataset written into it as USING clauses (SPARQL 1.1 Protocol, section 2.2.3).

    QueryError where it has USING or WITH itself.
    """
    clauses = "".join(f" USING <{_checked(iri)}>" for iri in default)
    clauses += "".join(f" USING NAMED <{_checked(iri)}>" for iri in named)
    edits: list[tuple[int, str]] = []
    for one in operations(update) if clauses else ():
        if one.head[0] not in ("WITH", "INSERT", "DELETE") or one.head[1] == "DATA":
            continue
        if one.has("USING", "WITH"):
            raise QueryError("using-graph-uri and using-named-graph-uri exclude USING and WITH in the update")
        where = next((token for token in one.words() if token.text.upper() == "WHERE"), None)
        if where is None:
            continue  # not SPARQL; the parser will say so
        shortcut = one.head == ("DELETE", "WHERE")
        pattern = update[where.start + len("WHERE") : _end(one)] if shortcut else ""
        edits.append((where.start, f"{pattern}{clauses} "))
    return _edited(update, edits)


def silent(update: str) -> str:
    """*update* with SILENT in every operation on whole graphs: it then fails for no graph's presence or absence."""
    edits = []
    for one in operations(update):
        if one.head[0] in ("CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD") and one.head[1] != "SILENT":
            edits.append((one.tokens[0].start + len(one.head[0]), " SILENT "))
    return _edited(update, edits)


def _end(one: Operation) -> int:
    return one.tokens[-1].start + len(one.tokens[-1].text)


def _edited(text: str, edits: list[tuple[int, str]]) -> str:
    for place, words in sorted(edits, reverse=True):
        text = text[:place] + words + text[place:]
    return text


def _checked(iri: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]*", iri) is None:
        raise QueryError(f"not an absolute IRI: {iri[:200]!r}")
    return iri
