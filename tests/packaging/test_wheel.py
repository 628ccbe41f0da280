"""The package as users get it: a wheel, built through the sdist, in a fresh environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command prints; its whole output where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist alone."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert len(list(out.glob("*.tar.gz"))) == 1
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = [name for name in names if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in data} == {"clausegraph"}
    for folder in ("ontology", "ingest", "queries", "api"):
        committed = run("git", "ls-files", folder, cwd=ROOT).splitlines()
        wanted = {f"clausegraph/{name}" for name in committed if not name.startswith("api/web/")}
        assert wanted <= set(names)
    assert not [name for name in names if "node_modules" in name or "/web/" in name or name.startswith("tests")]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


@pytest.mark.node
def test_the_wheel_holds_the_browser_code_with_its_notices(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    vendor = {Path(name).name for name in archive.namelist() if name.startswith("clausegraph/api/static/vendor/")}
    pages = {f"{page}.{ending}" for page in ("graphql", "query") for ending in ("js", "css")}
    assert {*pages, "report.js", "editor.worker.js", "THIRD-PARTY-NOTICES.txt"} <= vendor
    notices = archive.read("clausegraph/api/static/vendor/THIRD-PARTY-NOTICES.txt").decode()
    for name in ("graphiql", "monaco-editor", "react-dom", "@zazuko/yasgui", "codemirror", "@observablehq/plot"):
        assert f"\n{name} " in notices


def test_the_command_line_runs_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    # The dependencies are borrowed from the environment of the tests; their own .pth files, through which this
    # checkout would be found, are not read on this way.
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    (Path(site) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import clausegraph; print(clausegraph.__file__)", cwd=tmp_path).strip()
    assert where.startswith(str(place))

    command = place / "bin" / "clausegraph"
    store = str(tmp_path / "store")
    samples = Path(where).parent / "api" / "samples"
    landed = json.loads(
        run(command, "ingest", samples, "--format", "json", cwd=tmp_path, CLAUSEGRAPH_STORE=store, PYTHONPATH="")
    )
    assert {one["language"] for one in landed} == {"cs", "en", "zh-Hans", "zh-Hant"}
    assert all(one["statements"] and one["accounted"] == one["characters"] for one in landed)
    told = run(command, "policies", cwd=tmp_path, CLAUSEGRAPH_STORE=store, PYTHONPATH="")
    assert f"{len(landed)} policies" in told
