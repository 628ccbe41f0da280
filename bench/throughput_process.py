"""Start one measured run in a process of its own and watch its memory.

In: arguments for `bench.throughput_run`. Out: its result with ``seconds`` (from asking for the process until its end),
``cpu_seconds`` (user and system time of the process and all below it; None on Windows) and ``peak_memory_bytes``
(largest sum of resident sets of the process and all below it, sampled; None where the system has no /proc). Pages that
processes share count once for each, so the sum is an upper bound.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).resolve().parent.parent

#: Seconds between two looks at the memory.
INTERVAL = 0.02


class RunFailed(Exception):
    """A measured run ended with an error; the message holds the end of what it wrote."""


def measured(mode: str, folder: Path, **options: object) -> dict[str, Any]:
    """Run ``mode`` with ``--name value`` for each option; ``folder`` takes its notes. Raises `RunFailed`."""
    out, log = folder / "result.json", folder / "log.txt"
    out.unlink(missing_ok=True)
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    clock, cpu = time.perf_counter(), _cpu()
    command = [sys.executable, "-m", "bench.throughput_run", mode, "--out", str(out), "--began", str(time.time())]
    with log.open("wb") as errors:
        process = subprocess.Popen([*command, *arguments], cwd=ROOT, stdout=errors, stderr=errors, env=_environment())
        try:
            peak = _watch(process)
        finally:
            process.kill()  # no effect on one that has ended
            process.wait()
    seconds, spent = time.perf_counter() - clock, _cpu() - cpu
    if process.returncode or not out.exists():
        written = log.read_text(encoding="utf-8", errors="replace")
        raise RunFailed(f"The run “{mode}” ended with exit code {process.returncode}:\n{written[-2000:]}")
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return {**result, "seconds": seconds, "cpu_seconds": spent or None, "peak_memory_bytes": peak or None}


def _cpu() -> float:
    """Seconds that ended processes below this one have computed."""
    if sys.platform == "win32":
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes]) -> int:
    peak = 0
    while True:
        peak = max(peak, tree_memory(process.pid))
        try:
            process.wait(timeout=INTERVAL)
        except subprocess.TimeoutExpired:
            continue
        return peak


def tree_memory(pid: int) -> int:
    """Resident bytes of a process and all below it; 0 where that cannot be read."""
    folder = Path("/proc", str(pid))
    try:
        resident = int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = [
            int(child) for task in (folder / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):  # it has just ended, or this system has no such files
        return 0
    return resident + sum(map(tree_memory, children))


def tree_cpu(pid: int) -> float:
    """Seconds that a process and all that run below it have computed; 0 where that cannot be read."""
    folder = Path("/proc", str(pid))
    try:
        user, system = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        children = [
            int(child) for task in (folder / "task").iterdir() for child in (task / "children").read_text().split()
        ]
    except (OSError, ValueError):
        return 0.0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") + sum(map(tree_cpu, children))


def _environment() -> dict[str, str]:
    """Ours, with the package importable and one fixed seed for hashes, so that runs do the same work."""
    paths = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
