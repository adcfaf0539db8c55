"""A build of the small archive that publishes after every few documents, to be killed: ``slow_build ARCHIVE GRAPH``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import kg.intake
from kg.build import build
from tests.leak.conftest import reading


def main(archive: Path, root: Path) -> None:
    kg.intake.COMMIT_SECONDS, kg.intake.COMMIT_SHARE = 0.3, 0.5
    build([archive / "campaign.mbox"], root, reading=reading(archive), workers=1, step=lambda _: time.sleep(0.02))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
