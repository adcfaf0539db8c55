"""Who may import what: the rules of docs/architecture.md, read from the source (ast), whatever the machine.

Imports go down the tiers only.  Stages never import each other: they meet in the build through the nouns of the model.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Each module or package of kg/ and its tier; ``""`` is the front door, kg/__init__.py.  What is not listed serves the
# build: it may join stages, and no stage may import it.
TIERS = {
    0: {"terms"},
    1: {"shapes", "iris", "model", "errors", "resources", "nquads", "stored", "hints"},
    2: {
        "sources", "text", "extract", "resolve", "check_claims", "rdf", "store", "index", "snapshot", "exports",
        "validate", "annotations",
    },
    4: {""},
    5: {"cli", "commands", "__main__"},
}  # fmt: skip
STAGES, BUILD = 2, 3
TIER = defaultdict(lambda: BUILD, {room: tier for tier, rooms in TIERS.items() for room in rooms})

# A stage that knows another one, and why; nothing else may.
BETWEEN_STAGES = {
    ("extract", "text"): "a quotation is split into sentences by the text's own rules while it is parsed",
    ("store", "index"): "a generation is a store and its index, opened and published together",
    ("snapshot", "store"): "a snapshot is what a store holds, written out and read in",
    ("exports", "store"): "an export is drawn from the store",
}
API_MAY_IMPORT = {
    "",
    "model",
    "terms",
    "shapes",
    "errors",
    "decisions",
    "store",
    "index",
    "snapshot",
    "exports",
    "hints",
    "tokens",
}
IMPORTS_API = {"cli", "commands"}  # kg serve, lazily
HOMES = {
    "spacy": {"kg.extract"},
    "pyoxigraph": {"kg.store", "kg.snapshot"},
    "tantivy": {"kg.index"},
    "pyshacl": {"kg.validate"},
    "strawberry": {"api"},
    "starlette": {"api"},
}


@dataclass(frozen=True)
class Import:
    """One import: the module that has it, its line, what it imports, whether it waits inside a function."""

    importer: str
    line: int
    imported: str
    lazy: bool
    typing_only: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def modules(package: str, root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """Dotted names and paths of the modules of *package*."""
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(name: str, path: Path, root: Path = ROOT) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    yield from _walk(tree, name, path.name == "__init__.py", root, lazy=False, typing_only=False)


def _walk(node: ast.AST, name: str, package: bool, root: Path, *, lazy: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(name, child.lineno, alias.name, lazy, typing_only)
        elif isinstance(child, ast.ImportFrom):
            base = _absolute(child, name, package)
            for alias in child.names:
                yield Import(name, child.lineno, _target(base, alias.name, root), lazy, typing_only)
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        inner = {"lazy": lazy or function, "typing_only": typing_only or checking}
        yield from _walk(child, name, package, root, **inner)


def _absolute(node: ast.ImportFrom, name: str, package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    above = parts[: len(parts) - node.level + (1 if package else 0)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _target(base: str, name: str, root: Path) -> str:
    """``from kg import iris`` imports the module kg.iris; ``from kg import open`` the front door, kg."""
    folder = root.joinpath(*base.split("."))
    is_module = (folder / f"{name}.py").is_file() or (folder / name).is_dir()
    return f"{base}.{name}" if is_module else base


def room(module: str) -> str:
    """``kg.extract.nlp`` -> ``extract``; ``kg`` -> the front door."""
    return module.split(".")[1] if "." in module else ""


def broken(found: Import) -> str | None:
    """The rule that *found* breaks, or None."""
    top = found.imported.split(".")[0]
    serving = room(found.importer) in IMPORTS_API and (found.lazy or found.typing_only)
    if serving and top in ("api", *(library for library, homes in HOMES.items() if "api" in homes)):
        return None  # kg serve names the application it starts, and loads it only then
    if top in HOMES and not any(_inside(found.importer, home) for home in HOMES[top]):
        return f"{top} lives in {' and '.join(sorted(HOMES[top]))} only"
    if found.importer.split(".")[0] == "api":
        if top == "kg" and room(found.imported) not in API_MAY_IMPORT:
            return "api goes through the front door"
        return None
    own = room(found.importer)
    if top == "api":
        return "kg never imports api, but kg serve lazily"
    if top != "kg":
        return None
    return _broken_inside(own, room(found.imported))


def _inside(module: str, home: str) -> bool:
    return module == home or module.startswith(f"{home}.")


def _broken_inside(own: str, other: str) -> str | None:
    if own == other or (own, other) in BETWEEN_STAGES:
        return None
    if TIER[other] > TIER[own]:
        return "imports go down the tiers only"
    if TIER[own] == TIER[other] == STAGES:
        return "stages never import each other"
    return None


@pytest.mark.parametrize("package", ["kg", "api"])
def test_imports_follow_the_rules(package: str) -> None:
    found = [each for name, path in modules(package) for each in imports(name, path)]
    assert found, f"no import found in {package}/: is the test looking in the right place?"
    wrong = [f"{each}: {rule}" for each in found if (rule := broken(each)) is not None]
    assert not wrong, "\n".join(wrong)


def test_terms_need_no_rdf_library() -> None:
    """Whoever needs an IRI should not pay for an RDF library: the lowest tiers import it lazily, if at all."""
    eager = [
        str(each)
        for name, path in modules("kg")
        if TIER[room(name)] < STAGES
        for each in imports(name, path)
        if each.imported.split(".")[0] in ("rdflib", "pyshacl") and not each.lazy and not each.typing_only
    ]
    assert not eager, "\n".join(eager)


@pytest.mark.parametrize(
    ("importer", "source", "rule"),
    [
        ("kg.text", "from kg.extract import nlp", "stages never import each other"),
        ("kg.rdf.document", "from ..store import reader", "stages never import each other"),
        ("kg.model", "import kg.build", "imports go down the tiers only"),
        ("kg.text", "from kg import session", "imports go down the tiers only"),
        ("kg.terms", "from kg import iris", "imports go down the tiers only"),
        ("kg.sources.mail", "import spacy", "spacy lives in kg.extract only"),
        ("kg.index_rows", "from pyoxigraph import Store", "pyoxigraph lives in kg.snapshot and kg.store only"),
        ("kg.build", "from api.app import create_app", "kg never imports api, but kg serve lazily"),
        ("kg.cli", "from api.app import create_app", "kg never imports api, but kg serve lazily"),
        ("api.app", "from kg.rdf import document_quads", "api goes through the front door"),
        ("kg.cli", "def serve():\n    from api.app import create_app", None),
        ("kg.commands.serving", "if TYPE_CHECKING:\n    from starlette.applications import Starlette", None),
        ("kg.commands.serving", "from starlette.applications import Starlette", "starlette lives in api only"),
        ("kg.build", "def later():\n    from api.app import create_app", "kg never imports api, but kg serve lazily"),
        ("kg.store.reader", "from kg.index import Index", None),
        ("kg.extract.nlp", "import spacy", None),
        ("api.app", "import kg\nfrom kg.store import Reader", None),
        ("kg.build", "from kg import rdf, sources", None),
    ],
)
def test_the_rules_catch_what_breaks_them(importer: str, source: str, rule: str | None, tmp_path: Path) -> None:
    for module in ("iris", "rdf", "sources", "session"):
        (tmp_path / "kg").mkdir(exist_ok=True)
        (tmp_path / "kg" / f"{module}.py").touch()
    path = tmp_path / "case.py"
    path.write_text(source, encoding="utf-8")
    rules = {broken(each) for each in imports(importer, path, tmp_path)}
    assert rules == {rule}
