"""The W3C's tests of the SPARQL 1.1 Protocol, Graph Store Protocol and Service Description: all, none skipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from .conftest import TOKEN


@pytest.mark.shared
@pytest.mark.slow
def test_the_w3c_suites_pass(writing: httpx.Client, shared: Path) -> None:
    base = str(writing.base_url).rstrip("/")
    command = [sys.executable, str(shared / "conformance" / "sparql_protocol_runner.py"), "-v"]
    where = ["--query", f"{base}/sparql", "--gsp", f"{base}/graphs", "--token", TOKEN]
    ran = subprocess.run([*command, *where], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "fail=0 skip=0" in ran.stdout
    assert ran.stdout.count("PASS") >= 50


@pytest.mark.shared
def test_who_may_not_write_passes_what_reads(reading: httpx.Client, shared: Path) -> None:
    """A server that takes no updates fails only the tests that bring data of their own."""
    runner = shared / "conformance" / "sparql_protocol_runner.py"
    command = [sys.executable, str(runner), "-v", "--no-update", "--query", f"{reading.base_url}/sparql"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    failed = {line.split()[1] for line in ran.stdout.splitlines() if line.startswith("FAIL")}
    assert all(name.startswith(("protocol:query_dataset", "protocol:query_multiple")) for name in failed), ran.stdout
    assert "PASS sd:conforms-to-schema" in ran.stdout
