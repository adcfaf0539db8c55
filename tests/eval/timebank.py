"""Scores temporal expressions and reporting cues against the French TimeBank (``.tml``, TimeML 1.2).

    python -m tests.eval.timebank [CORPUS]      run kg's own finder over the corpus and print the figures

The text of an article is the character data of its ``<TEXT>`` element, entities resolved, tags dropped, and nothing
added or stripped: offsets are code points into exactly that string.  The creation time (``<DCT>``) is the date of
publication; only TIMEX3 inside ``<TEXT>`` are scored.  Strict = same offsets; relaxed = overlapping, one to one;
value = F1 counting the relaxed matches whose ``value`` is equal (as in TempEval-3).
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "fr-timebank"
Offsets = tuple[int, int]


@dataclass(frozen=True)
class Timex:
    start: int
    end: int
    type: str
    value: str


@dataclass
class Article:
    """One article: its plain *text*, day of publication, gold expressions and reporting events."""

    name: str
    text: str
    published: date
    times: list[Timex] = field(default_factory=list)
    cues: list[Offsets] = field(default_factory=list)


@dataclass(frozen=True)
class Score:
    """True positives against what was predicted and what is in the gold."""

    hit: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def __str__(self) -> str:
        counts = f"({self.hit}/{self.predicted}/{self.gold})"
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  {counts}"


def read_article(path: Path) -> Article:
    """The article in a ``.tml`` file."""
    root = ElementTree.parse(path).getroot()
    creation = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if creation is None or body is None:
        raise ValueError(f"{path.name}: no DCT or no TEXT element")
    article = Article(path.stem, "", date.fromisoformat(creation.attrib["value"][:10]))
    pieces: list[str] = []
    _walk(body, pieces, 0, article)
    article.text = "".join(pieces)
    return article


def _walk(element: ElementTree.Element, pieces: list[str], at: int, article: Article) -> int:
    start = at
    if element.text:
        pieces.append(element.text)
        at += len(element.text)
    for child in element:
        at = _walk(child, pieces, at, article)
        if child.tail:
            pieces.append(child.tail)
            at += len(child.tail)
    if element.tag == "TIMEX3" and at > start:
        article.times.append(Timex(start, at, element.get("type", ""), element.get("value", "")))
    if element.tag == "EVENT" and element.get("class") == "REPORTING" and at > start:
        article.cues.append((start, at))
    return at


def read_corpus(folder: Path = CORPUS) -> list[Article]:
    """All articles of *folder*, by name."""
    return [read_article(path) for path in sorted(folder.glob("*.tml"))]


def pairs(predicted: Sequence[Offsets], gold: Sequence[Offsets]) -> list[tuple[int, int]]:
    """One-to-one matches of overlapping spans, equal ones first, then by size of the overlap."""
    found = [
        (min(p[1], g[1]) - max(p[0], g[0]) + (1_000_000 if p == g else 0), i, j)
        for i, p in enumerate(predicted)
        for j, g in enumerate(gold)
        if min(p[1], g[1]) > max(p[0], g[0])
    ]
    used_p: set[int] = set()
    used_g: set[int] = set()
    matches = []
    for _, i, j in sorted(found, key=lambda item: (-item[0], item[1], item[2])):
        if i not in used_p and j not in used_g:
            used_p.add(i)
            used_g.add(j)
            matches.append((i, j))
    return matches


def score_times(gold: Sequence[Article], predicted: Mapping[str, Sequence[Timex]]) -> dict[str, Score]:
    """``strict``, ``relaxed``, ``value`` and ``type`` over *gold*; an article without prediction counts as empty."""
    hits = dict.fromkeys(("strict", "relaxed", "value", "type"), 0)
    total = wanted = 0
    for article in gold:
        mine = predicted.get(article.name, ())
        total += len(mine)
        wanted += len(article.times)
        for i, j in pairs([(t.start, t.end) for t in mine], [(t.start, t.end) for t in article.times]):
            p, g = mine[i], article.times[j]
            hits["relaxed"] += 1
            hits["strict"] += (p.start, p.end) == (g.start, g.end)
            hits["value"] += p.value == g.value
            hits["type"] += p.type == g.type
    return {name: Score(hit, total, wanted) for name, hit in hits.items()}


def score_cues(predicted: Mapping[str, Sequence[Offsets]], gold: Sequence[Article] | None = None) -> Score:
    """Reporting cues by overlap with ``EVENT class="REPORTING"``; *predicted* maps an article's name to cue spans."""
    hit = total = wanted = 0
    for article in read_corpus() if gold is None else gold:
        mine = list(predicted.get(article.name, ()))
        hit += len(pairs(mine, article.cues))
        total += len(mine)
        wanted += len(article.cues)
    return Score(hit, total, wanted)


def predict(articles: Sequence[Article]) -> dict[str, list[Timex]]:
    """What kg finds in *articles*."""
    from kg.extract.dates import find_times
    from kg.model import Interval

    found = {article.name: find_times(article.text, "fr", Interval.day(article.published)) for article in articles}
    return {name: [Timex(t.span.start, t.span.end, t.type, t.value) for t in times] for name, times in found.items()}


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else CORPUS
    articles = read_corpus(folder)
    if not articles:
        print(f"French TimeBank: no .tml files in {folder}: skipped", file=sys.stderr)
        return 0
    parts = {
        "tuned on": [a for i, a in enumerate(articles) if i % 3 != 2],
        "held out": [a for i, a in enumerate(articles) if i % 3 == 2],
        "all": articles,
    }
    predicted = predict(articles)
    for name, part in parts.items():
        print(f"TIMEX3, {name}: {len(part)} articles")
        for measure, score in score_times(part, predicted).items():
            print(f"  {measure:8} {score}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
