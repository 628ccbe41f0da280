"""The layout: one package at the root, reached through six links, with pinned public names."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import clausegraph

ROOT = Path(__file__).resolve().parents[2]
LINKS = {
    "__init__.py": "../../__init__.py",
    "py.typed": "../../py.typed",
    "ontology": "../../ontology",
    "ingest": "../../ingest",
    "queries": "../../queries",
    "api": "../../api",
}
#: Which folder may import which: data flows one way.
MAY_IMPORT = {
    "ontology": {"ontology"},
    "ingest": {"ontology", "ingest"},
    "queries": {"ontology", "queries"},
    "api": {"ontology", "ingest", "queries", "api"},
}


def test_the_source_folder_holds_six_links_and_nothing_else() -> None:
    found = {path.name: path for path in (ROOT / "src" / "clausegraph").iterdir() if path.name != "__pycache__"}
    assert {name: str(path.readlink()) for name, path in found.items()} == LINKS
    assert [path.name for path in (ROOT / "src").iterdir()] == ["clausegraph"]


def test_the_public_names_are_these() -> None:
    assert clausegraph.__all__ == ["ClauseGraphError", "__version__"]


def test_wheel_and_sdist_take_what_the_links_show() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    assert set(targets["wheel"]["only-include"]) == set(LINKS)
    assert set(LINKS) < set(targets["sdist"]["only-include"])


def modules(folder: str) -> list[Path]:
    """The Python files of one folder of the package."""
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in path.parts]


def imported(path: Path) -> set[str]:
    """Folders of the package that a module imports from, by its relative imports."""
    package = ("clausegraph", *path.relative_to(ROOT).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = (*base, *(node.module or "").split(".")) if node.module else base
            if len(target) > 1:
                found.add(target[1])
            else:
                found |= {alias.name for alias in node.names if alias.name in MAY_IMPORT}
    return found


def test_data_flows_one_way() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for folder, allowed in MAY_IMPORT.items()
        for path in modules(folder)
        for name in imported(path) & set(MAY_IMPORT) - allowed
    ]
    assert wrong == []


def test_modules_are_small_and_say_what_they_are_for() -> None:
    wrong = []
    for folder in MAY_IMPORT:
        for path in modules(folder):
            text = path.read_text(encoding="utf-8")
            if len(text.splitlines()) > 400:
                wrong.append(f"{path.relative_to(ROOT)} is longer than 400 lines")
            if not ast.get_docstring(ast.parse(text)):
                wrong.append(f"{path.relative_to(ROOT)} has no docstring")
    assert wrong == []
