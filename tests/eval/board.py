"""The evaluation board: extraction against every gold set at hand, and the change since the figures last committed.

    python tests/eval/board.py              the development and the shared gold, the French TimeBank (make eval)
    python tests/eval/board.py --test       the test part of the gold, figures only (make eval-test)
    python tests/eval/board.py --store      also keep the figures in tests/eval/figures.json

Claims, actors, events and quantities are counted by the scorer beside the guidelines (``../shared/eval/score.py``):
where that folder is absent, one line says so and nothing is scored.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.annotations import annotated
from kg.extractions import dated, extractions
from kg.model import Document, Extraction, Interval

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
FIGURES = HERE / "figures.json"
Prediction = dict[str, Any]
Figures = dict[str, dict[str, float]]
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def main() -> int:
    options = _options()
    if not (SHARED / "eval" / "score.py").is_file():
        print("make eval: ../shared/eval is not here, nothing is scored", file=sys.stderr)
        return 0
    scorer = _scorer(SHARED / "eval" / "score.py")
    figures: Figures = {}
    if options.test:
        _gold("test", ROOT / "tests" / "gold" / "test", scorer, figures)
    else:
        _gold("dev", ROOT / "tests" / "gold" / "dev", scorer, figures, reliability=True)
        _gold("shared", SHARED / "eval" / "gold", scorer, figures)
        _timebank(figures)
    before = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    _changes(before, figures)
    if options.store:
        FIGURES.write_text(json.dumps({**before, **figures}, indent=1, sort_keys=True) + "\n", "utf-8")
        print(f"figures kept in {FIGURES.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--test", action="store_true", help="score the test part of the gold instead")
    parser.add_argument("--store", action="store_true", help="keep the figures for the next comparison")
    return parser.parse_args()


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -------------------------------------------------------------------- gold folders
def _gold(name: str, folder: Path, scorer: ModuleType, figures: Figures, reliability: bool = False) -> None:
    golds = scorer.load_gold(str(folder))
    if not golds:
        print(f"{name}: no gold in {folder}", file=sys.stderr)
        return
    predictions = dict(_predicted({key: (text, gold.get("lang", "fr")) for key, (text, gold) in golds.items()}))
    totals, _, _ = scorer.evaluate(golds, predictions)
    for group in sorted(totals, key=lambda g: (g == "all", g)):
        scorer.table(f"{name}, {group}" if group != "all" else f"{name}, all {len(golds)} articles", totals[group])
        figures[f"{name}/{group}"] = {level: round(scorer.prf(counts)[2], 4) for level, counts in totals[group].items()}
    if reliability:
        _reliability(golds, predictions, scorer)


def _predicted(texts: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, Prediction]]:
    documents = [dated(Document(digest=name, text=text, language=lang)) for name, (text, lang) in texts.items()]
    for name, extraction in zip(texts, _extracted(documents), strict=True):
        yield name, annotated(extraction)


def _extracted(documents: list[Document]) -> list[Extraction]:
    found = list(extractions(documents))
    failed = [item for item in found if not isinstance(item, Extraction)]
    if failed:
        raise RuntimeError(f"extraction failed: {failed[0]}")
    return [item for item in found if isinstance(item, Extraction)]


def _reliability(golds: Mapping[str, Any], predictions: Mapping[str, Prediction], scorer: ModuleType) -> None:
    """How often claims of each confidence are right (content and speaker), one line a bin."""
    outcomes: list[tuple[float, bool]] = []
    for name, (text, gold) in golds.items():
        for claim in predictions[name]["claims"]:
            alone = {**predictions[name], "claims": [claim]}
            counts = scorer.score_doc(text, gold, alone)[0]["claims+speaker"]
            if counts[0] + counts[1]:  # optional and ignored items say nothing
                outcomes.append((claim["confidence"], counts[0] == 1))
    print("reliability: confidence → share of claims right in content and speaker")
    for low, high in zip(_BINS, _BINS[1:], strict=False):
        inside = [right for confidence, right in outcomes if low <= confidence < high]
        if inside:
            print(f"  {low:.1f}–{min(high, 1.0):.1f}  {sum(inside) / len(inside):.2f}  ({len(inside)} claims)")


# -------------------------------------------------------------------- the French TimeBank
def _timebank(figures: Figures) -> None:
    sys.path.insert(0, str(HERE))
    import timebank

    articles = timebank.read_corpus()
    if not articles:
        print("French TimeBank: ../shared/corpora/fr-timebank is not here: skipped", file=sys.stderr)
        return
    documents = [
        replace(Document(digest=a.name, text=a.text, language="fr"), published=Interval.day(a.published))
        for a in articles
    ]
    found = dict(zip((a.name for a in articles), _extracted(documents), strict=True))
    times = {
        name: [timebank.Timex(t.span.start, t.span.end, t.type, t.value) for t in extraction.times]
        for name, extraction in found.items()
    }
    cues = {name: sorted({(c.cue.start, c.cue.end) for c in extraction.claims}) for name, extraction in found.items()}
    scores = {**timebank.score_times(articles, times), "reporting cues": timebank.score_cues(cues, articles)}
    print(f"== French TimeBank, {len(articles)} articles")
    for measure, score in scores.items():
        print(f"{measure:24s} {score}")
    figures["timebank"] = {measure: round(score.f1, 4) for measure, score in scores.items()}


def _changes(before: Figures, figures: Figures) -> None:
    lines = []
    for part, levels in figures.items():
        for level, f1 in levels.items():
            old = before.get(part, {}).get(level)
            if old is not None and abs(old - f1) >= 0.0005:
                lines.append(f"  {part:14s} {level:24s} {old:.3f} → {f1:.3f}  {f1 - old:+.3f}")
    if before:
        print("changed against the stored figures:" if lines else "no change against the stored figures")
        print("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
