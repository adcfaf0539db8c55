"""Fits the confidence of claims on the development gold and writes ``data/calibration.toml``   (make train).

Logistic regression with a little ridge, full-batch gradient descent from zero: the same gold gives the same file.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import board
import numpy as np

from kg.model import Claim, Document, Extraction
from kg.resolve.confidence import UNSEEN, way_to_speaker

TARGET = board.ROOT / "data" / "calibration.toml"
FEWEST = 6  # claims of a frame below which it shares the row of the unseen
RIDGE, RATE, ROUNDS = 0.004, 1.0, 8000


def main() -> int:
    if not (board.SHARED / "eval" / "score.py").is_file():
        print("make train: ../shared/eval is not here, nothing to fit on", file=sys.stderr)
        return 0
    scorer = board._scorer(board.SHARED / "eval" / "score.py")
    rows: list[tuple[str, str, bool]] = []
    for folder in (board.ROOT / "tests" / "gold" / "dev", board.SHARED / "eval" / "gold"):
        rows += _rows(folder, scorer)
    seen = Counter(frame for frame, _, _ in rows)
    rows = [(frame if seen[frame] >= FEWEST else UNSEEN, way, right) for frame, way, right in rows]
    frames, ways = sorted({f for f, _, _ in rows} | {UNSEEN}), sorted({w for _, w, _ in rows})
    matrix = np.array([[f == x for x in frames] + [w == x for x in ways] for f, w, _ in rows], dtype=float)
    target = np.array([right for _, _, right in rows], dtype=float)
    weights, bias = np.zeros(matrix.shape[1]), 0.0
    for _ in range(ROUNDS):
        error = 1 / (1 + np.exp(-(matrix @ weights + bias))) - target
        weights -= RATE * (matrix.T @ error / len(rows) + RIDGE * weights)
        bias -= RATE * float(error.mean())
    _write(bias, dict(zip(frames, weights, strict=False)), dict(zip(ways, weights[len(frames) :], strict=True)))
    print(f"{len(rows)} claims, {int(target.sum())} of them right: {TARGET.relative_to(board.ROOT)} written")
    return 0


def _rows(folder: Path, scorer: object) -> list[tuple[str, str, bool]]:
    """(frame, way to the speaker, right?) of every claim that the gold judges."""
    rows = []
    golds = scorer.load_gold(str(folder))  # type: ignore[attr-defined]
    documents = [
        board.dated(Document(digest=name, text=text, language=gold.get("lang", "fr")))
        for name, (text, gold) in golds.items()
    ]
    for (text, gold), extraction in zip(golds.values(), board._extracted(documents), strict=True):
        prediction = board.annotated(extraction)
        for claim, drawn in zip(extraction.claims, prediction["claims"], strict=True):
            counts = scorer.score_doc(text, gold, {**prediction, "claims": [drawn]})[0]["claims+speaker"]  # type: ignore[attr-defined]
            if counts[0] + counts[1]:
                rows.append((claim.frame, _way(extraction, claim), counts[0] == 1))
    return rows


def _way(extraction: Extraction, claim: Claim) -> str:
    actor = next((a for a in extraction.actors if a.id == claim.speaker), None)
    found = actor is not None and claim.speaker_mention is not None
    mention = extraction.mentions[claim.speaker_mention] if found and claim.speaker_mention is not None else None
    return way_to_speaker(mention, actor is not None and actor.named)


def _write(bias: float, frames: dict[str, float], ways: dict[str, float]) -> None:
    lines = [
        "# Fitted by `make train` on the development gold; kg/resolve/confidence.py says what it means. Log-odds.",
        f"bias = {bias:.3f}",
    ]
    for name, table in (("frames", frames), ("speakers", ways)):
        lines += ["", f"[{name}]", *(f'"{key}" = {value:.3f}' for key, value in sorted(table.items()))]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
