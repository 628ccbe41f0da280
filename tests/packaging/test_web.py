"""The browser code's build: current when its sources are, honest when npm is out of reach."""

from __future__ import annotations

import json
import re
import shutil
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "api" / "web"
VENDOR = ROOT / "api" / "static" / "vendor"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook, which is no part of the package."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources without what npm installed."""
    return Path(shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules")))


def test_the_digest_follows_the_sources(hook: ModuleType, copy: Path) -> None:
    before = hook.digest(copy)
    assert before == hook.digest(WEB)
    (copy / "src" / "graphql.jsx").write_text("// other")
    assert hook.digest(copy) != before


def test_a_current_bundle_is_not_built_again(hook: ModuleType, copy: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "BUILT-FROM.txt").write_text(hook.digest(copy))
    assert hook.build_web(copy, vendor) == ""
    assert not (copy / "node_modules").exists()


@pytest.mark.node
@pytest.mark.slow
def test_without_npm_the_build_says_why_and_goes_on(
    hook: ModuleType, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    reason = hook.build_web(copy, tmp_path / "vendor")
    assert "npm ci" in reason
    assert not (tmp_path / "vendor" / "BUILT-FROM.txt").exists()


def test_our_sources_name_no_other_host() -> None:
    for path in [*(WEB / "src").rglob("*"), WEB / "build.mjs"]:
        assert re.findall(r"https?://[^\s\"']+", path.read_text()) == [], path


def test_every_locked_package_has_its_digest() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name and not entry.get("link")}
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
