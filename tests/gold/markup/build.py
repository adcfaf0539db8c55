"""Build both parts of the gold from their marked-up sources: ``python tests/gold/markup/build.py``.

``markup/NAME.gold`` becomes ``dev/NAME.txt`` and ``.json``; ``markup/test/NAME.gold`` becomes ``test/NAME.*``.
A source NAME.gold holds the article once, with its annotations in braces, then sections that describe them::

    fr 2019-01-18
    Headline with {rp|Rui Pinto}
    LISBONNE, 18 janvier 2019
                                     (blank line)
    {c1|{rp|Il} n’a {e1|fui} que {q count 40|40 pages}}, {k1|a dit} {rp|Rui Pinto}.
    == actors
    rp Person Rui Pinto = M. Pinto; Pinto
    == events
    e1 DataLeak fuite des pages @2019-01 agent:rp
    == claims
    c1 rp asserts ab=e1 u=2019-01-18 st=denies alt: n’a fui ... pages

``{TAG,TAG|text}``: an actor's key = a mention; ``eN`` = an event's trigger (first one in the body; ``eN!`` forces it),
later ones its mentions; ``cN`` = a content span of a claim, ``kN`` its cue; ``i`` = page furniture;
``q KIND VALUE[..MAX] [UNIT]`` = a quantity (``-`` = vague).  Braces nest.  ``~`` stands for a no-break space (U+00A0),
``¬`` for a narrow one (U+202F).  A final ``?`` (or ``q?``) marks an optional item.  In ``alt:``, ``...`` skips to the
next occurrence, `` / `` separates spans and ``||`` alternatives; the place nearest to the content is meant.
Claim fields: ``ab`` about, ``u`` uttered, ``to`` attributed_to, ``sp`` and ``st`` further right speakers and stances,
``f`` the form, where it does not follow from the quote marks.  Lines of the sections that begin with # are remarks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = {"dev": HERE, "test": HERE / "test"}
OPEN, CLOSE = "«“\"‘„'”", "»”\"’“'"
SPACES = " \u00a0\u202f"
TAG = re.compile(r"\{([^|{}]+)\|")
Json = dict[str, Any]


class MarkupError(ValueError):
    """The source breaks a rule of the format; the message names the item."""


def strip(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The plain text and its ``(tag, start, end)`` in order of their starts."""
    text, at = "", 0
    tags: list[tuple[str, int, int]] = []
    stack: list[tuple[str, int, int]] = []
    while at < len(marked):
        opening = TAG.match(marked, at)
        if opening:
            stack.append((opening[1], len(text), len(tags)))
            tags.append(("", 0, 0))
            at = opening.end()
        elif marked[at] == "}":
            names, start, slot = stack.pop()
            tags[slot] = (names, start, len(text))
            at += 1
        else:
            text += {"~": "\u00a0", "¬": "\u202f"}.get(marked[at], marked[at])
            at += 1
    if stack or "{" in text:
        raise MarkupError(f"unbalanced braces near {stack or text[text.index('{') :][:40]}")
    return text, [(name.strip(), a, b) for names, a, b in tags for name in names.split(",")]


def span(text: str, start: int, end: int) -> Json:
    return {"start": start, "end": end, "text": text[start:end]}


def number(word: str) -> float | int | None:
    if word == "-":
        return None
    value = float(word)
    return int(value) if value == int(value) and "e" not in word else value


def quantity(text: str, tag: str, start: int, end: int) -> Json:
    words = tag.split()
    low, _, high = words[2].partition("..")
    found = {**span(text, start, end), "kind": words[1], "value": number(low), "max": number(high) if high else None,
             "unit": words[3] if len(words) > 3 else None}  # fmt: skip
    return {**found, "optional": True} if words[0] == "q?" else found


def locate(text: str, pattern: str, near: int) -> list[Json]:
    """The spans of one alternative content."""
    out = []
    for part in pattern.replace("~", "\u00a0").replace("¬", "\u202f").split(" / "):
        first, *rest = [p.strip() for p in part.split(" ... ")]
        starts = [m.start() for m in re.finditer(re.escape(first), text)]
        if not starts:
            raise MarkupError(f"not in the text: {first!r}")
        start = min(starts, key=lambda s: abs(s - near))
        end = start + len(first)
        for piece in rest:
            at = text.find(piece, end)
            if at < 0:
                raise MarkupError(f"not in the text after {first!r}: {piece!r}")
            end = at + len(piece)
        out.append(span(text, start, end))
    return out


def form_of(text: str, content: list[Json]) -> str:
    """direct = every span fills a quotation, indirect = no quotation in it, else mixed."""

    def filled(s: Json) -> bool:
        before, after = text[: s["start"]].rstrip(SPACES), text[s["end"] :].lstrip(SPACES + ".,")
        return before[-1:] in OPEN and before[-1:] != "" and after[:1] in CLOSE

    if all(filled(s) for s in content):
        return "direct"
    quoted = any(filled(s) or re.search(r"[«“\"„»”]|(?<!\w)[‘']|['’](?!\w)", s["text"]) for s in content)
    return "mixed" if quoted else "indirect"


def parse_actor(line: str) -> tuple[str, Json]:
    key, kind, rest = line.split(" ", 2)
    optional = rest.endswith(" ?")
    name, _, aliases = rest.removesuffix(" ?").partition(" = ")
    actor: Json = {"type": kind, "name": name.strip(), "aliases": [a.strip() for a in aliases.split(";") if a.strip()]}
    return key, {**actor, "optional": True} if optional else actor


def parse_event(line: str, ids: dict[str, str]) -> tuple[str, Json]:
    key, kind, rest = line.split(" ", 2)
    words, event = rest.split(), {"type": kind, "label": "", "date": None, "participants": []}  # type: tuple[list[str], Json]
    label = []
    for word in words:
        role, colon, actor = word.partition(":")
        if word == "?":
            event["optional"] = True
        elif word.startswith("@"):
            event["date"] = None if word == "@none" else word[1:]
        elif word.startswith("type_alt="):
            event["type_alt"] = word.partition("=")[2].split(",")
        elif colon and actor:
            event["participants"].append({"role": role, "actor": ids[actor]})
        else:
            label.append(word)
    event["label"] = " ".join(label)
    return key, event


def parse_claim(line: str, ids: dict[str, str]) -> tuple[str, Json, list[str], str | None]:
    """The claim without its spans, the patterns of its alternatives, and whose cue it shares."""
    head, _, alts = line.partition(" alt: ")
    key, speaker, stance, *fields = head.split()
    claim: Json = {"speaker": ids[speaker], "stance": stance, "about": [], "uttered": None, "attributed_to": None}
    shared = None
    for field in fields:
        name, _, value = field.partition("=")
        if field == "?":
            claim["optional"] = True
        elif name == "k":
            shared = value
        elif name == "to":
            claim["attributed_to"] = ids[value]
        elif name in ("ab", "sp"):
            claim["about" if name == "ab" else "speaker_alt"] = [ids.get(v, v) for v in value.split(",")]
        elif name == "st":
            claim["stance_alt"] = value.split(",")
        elif name in ("u", "f"):
            claim["uttered" if name == "u" else "form"] = value
        else:
            raise MarkupError(f"{key}: unknown field {field!r}")
    return key, claim, [a.strip() for a in alts.split("||") if a.strip()], shared


def sections(source: str) -> tuple[str, str, str, dict[str, list[str]]]:
    head, body = source.split("\n", 1)
    lang, published = head.split()
    marked, *blocks = re.split(r"^== (?=\w)", body, flags=re.M)
    parts: dict[str, list[str]] = {}
    for block in blocks:
        name, *lines = block.split("\n")
        parts[name.strip()] = [ln.strip() for ln in lines if ln.strip() and not ln.startswith("#")]
    return lang, published, marked.rstrip("\n") + "\n", parts


def build(source: str) -> tuple[str, Json]:
    """The article's text and its gold."""
    lang, published, marked, parts = sections(source)
    text, tags = strip(marked)
    body = text.index("\n\n")
    actors = [parse_actor(ln) for ln in parts["actors"]]
    ids = {key: f"a{n}" for n, (key, _) in enumerate(actors, 1)}
    found: dict[str, list[Json]] = {}
    for tag, a, b in tags:
        found.setdefault(tag, []).append(span(text, a, b))
    events, claims = [], []
    for key, event in (parse_event(ln, ids) for ln in parts.get("events", [])):
        spans = found.pop(key, []) + found.get(key + "!", [])
        first = found.pop(key + "!", None) or [s for s in spans if s["start"] > body]
        if not first:
            raise MarkupError(f"{key}: no trigger in the body")
        event["trigger"] = first[0]
        event["mentions"] = sorted((s for s in spans if s != first[0]), key=lambda s: int(s["start"]))
        events.append({"id": key, **event})
    for key, claim, alts, shared in (parse_claim(ln, ids) for ln in parts["claims"]):
        content = found.pop(key, [])
        if not content:
            raise MarkupError(f"{key}: no content")
        cue = found.get("k" + (shared or key)[1:])
        if not cue:
            raise MarkupError(f"{key}: no cue")
        rest = {"form": claim.pop("form", None) or form_of(text, content), **claim}
        alt = {"content_alt": [locate(text, a, content[0]["start"]) for a in alts]} if alts else {}
        claims.append({"id": key, "speaker": rest.pop("speaker"), "cue": cue[0], "content": content, **rest, **alt})
    gold: Json = {"lang": lang, "published": published, "ignore_spans": [[0, body]]}
    gold["ignore_spans"] += [[s["start"], s["end"]] for s in found.pop("i", [])]
    gold["actors"] = [{"id": ids[k], **a, "mentions": found.pop(k, [])} for k, a in actors]
    gold["events"], gold["claims"] = events, claims
    gold["quantities"] = [quantity(text, t, a, b) for t, a, b in tags if t.startswith(("q ", "q? "))]
    gold["relations"] = [
        {"subject": ids[s], "predicate": p, "object": ids[o]} for s, p, o in map(str.split, parts.get("relations", []))
    ]
    unknown = [t for t in found if not t.startswith(("q ", "q? ", "k"))]
    if unknown:
        raise MarkupError(f"tags without a line: {unknown}")
    return text, gold


def write(source: Path, part: str) -> None:
    """The text and the gold of one source, into the folder of its *part*."""
    try:
        text, gold = build(source.read_text(encoding="utf-8"))
    except (MarkupError, KeyError, ValueError) as problem:
        raise SystemExit(f"{source.name}: {problem!r}") from problem
    target = HERE.parent / part / source.stem
    target.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
    target.with_suffix(".json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    for part, folder in PARTS.items():
        for source in sorted(folder.glob("*.gold")):
            write(source, part)


if __name__ == "__main__":
    main()
