"""The throughput benchmark's figures: from raw runs to one document, and that document as tables.

In: for each repetition the raw results of `throughput_run` (seconds, bytes). Out: `document` (JSON-able; every measured
figure is ``{"median", "min", "max"}`` over the repetitions, every ratio is formed inside one repetition), `show`.
"""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

from rich.console import Console
from rich.table import Table

from clausegraph import __version__

Raw = dict[str, Any]
Spread = dict[str, float]

#: Stages in the order of the pipeline. Those up to `graph` run in the workers.
STAGES = ("start", "discover", "read", "segment", "extract", "graph", "ontology", "store", "other")
BEFORE_STORE = ("read", "segment", "extract", "graph")


def spread(values: Iterable[float]) -> Spread:
    """Median, minimum and maximum."""
    found = sorted(values)
    return {"median": statistics.median(found), "min": found[0], "max": found[-1]}


def machine() -> dict[str, Any]:
    """Where the figures come from; ``memory_bytes`` is 0 where the system does not tell."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        memory = 0
    return {
        "cores": os.cpu_count() or 1,
        "memory_bytes": memory,
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "pyoxigraph": metadata.version("pyoxigraph"),
    }


def document(corpus: dict[str, Any], repetitions: list[Raw]) -> dict[str, Any]:
    """All figures. ``repetitions``: by name ``ingest`` (raw runs by number of jobs), and where they were made
    ``extract``, ``load``, ``unchanged``, ``ask``."""
    first = next(iter(repetitions[0]["ingest"].values()))
    told = ("policies", "characters", "statements", "triples", "nquads_bytes", "languages", "failed")
    result: dict[str, Any] = {
        "measured_at": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "clausegraph": __version__,
        "machine": machine(),
        "corpus": {**corpus, **{name: first[name] for name in told}},
        "repetitions": len(repetitions),
        "runs": [_run(repetitions, jobs) for jobs in repetitions[0]["ingest"]],
    }
    most = max(repetitions[0]["ingest"])
    if "extract" in repetitions[0]:
        runs = [each["extract"] for each in repetitions]
        result["before_store"] = {"jobs": most, **_rates(runs, lambda run: run["seconds"])}
    if "load" in repetitions[0]:
        result["bulk_load"] = _rates([{**first, **each["load"]} for each in repetitions], lambda run: run["load"])
        result["bulk_load"]["cpu_seconds"] = spread(each["load"]["load_cpu"] for each in repetitions)
    if "unchanged" in repetitions[0]:
        result["unchanged"] = {
            "jobs": most,
            "seconds": spread(each["unchanged"]["seconds"] for each in repetitions),
            "ratio_to_first": spread(
                each["unchanged"]["seconds"] / each["ingest"][most]["seconds"] for each in repetitions
            ),
        }
    if "ask" in repetitions[0]:
        asked = [each["ask"] for each in repetitions]
        result["reports"] = {
            "scan_seconds": spread(each["scan"] for each in asked),
            "ratio_to_scan": {
                name: spread(each["reports"][name] / each["scan"] for each in asked) for name in asked[0]["reports"]
            },
        }
    return result


def _run(repetitions: list[Raw], jobs: int) -> dict[str, Any]:
    """One number of workers. Shares are of the time all processes spent; with one worker that is the run's time."""
    runs: list[Raw] = []
    for each in repetitions:
        run = each["ingest"][jobs]
        stages = dict(run["stages"])
        if jobs == 1:
            stages["other"] = run["seconds"] - sum(stages.values())
        runs.append({**run, "stages": stages})
    found: dict[str, Any] = {"jobs": jobs, **_rates(runs, lambda run: run["seconds"])}
    memory = [run["peak_memory_bytes"] for run in runs if run["peak_memory_bytes"]]
    found["peak_memory_bytes"] = spread(memory) if memory else None
    cpu = [run["cpu_seconds"] for run in runs]
    found["cpu_seconds"] = spread(cpu) if all(cpu) else None
    found["stage_seconds"] = {
        stage: spread(run["stages"][stage] for run in runs) for stage in STAGES if stage in runs[0]["stages"]
    }
    total = sum(each["median"] for each in found["stage_seconds"].values())
    found["stage_shares"] = {stage: each["median"] / total for stage, each in found["stage_seconds"].items()}
    if jobs == 1:
        found["before_store_policies_per_second"] = spread(
            run["policies"] / sum(run["stages"][stage] for stage in BEFORE_STORE) for run in runs
        )
    if "load" in repetitions[0]:
        found["cpu_ratio_to_bulk_load"] = (
            spread(each["load"]["load_cpu"] / each["ingest"][jobs]["cpu_seconds"] for each in repetitions)
            if all(cpu)
            else None
        )
        found["speed_ratio_to_bulk_load"] = spread(
            each["load"]["load"] / each["ingest"][jobs]["seconds"] for each in repetitions
        )
    return found


def _rates(runs: list[Raw], seconds: Callable[[Raw], float]) -> dict[str, Any]:
    return {
        "seconds": spread(map(seconds, runs)),
        **{
            f"{name}_per_second": spread(run[name] / seconds(run) for run in runs)
            for name in ("policies", "characters", "triples")
        },
    }


# --- tables


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the document for people."""
    corpus, host = figures["corpus"], figures["machine"]
    console.print(
        f"{corpus['policies']:,} policies ({corpus['copies']:,} of them marked copies) of {corpus['name']}: "
        f"{corpus['characters']:,} characters, {corpus['statements']:,} statements, {corpus['triples']:,} triples, "
        f"{corpus['nquads_bytes'] / 1e6:,.0f} MB of N-Quads; {len(corpus['failed'])} failed.\n"
        f"{host['cores']} cores, {host['memory_bytes'] / 2**30:.0f} GiB, Python {host['python']}, "
        f"pyoxigraph {host['pyoxigraph']}; median (min–max) of {figures['repetitions']}.",
        highlight=False,
    )
    table = _table(
        "run", "seconds", "policies/s", "characters/s", "triples/s", "CPU s", "peak memory MB", "speed / bulk_load"
    )
    for run in figures["runs"]:
        memory = _text(run["peak_memory_bytes"], 1e6, 0) if run["peak_memory_bytes"] else "not measured"
        cpu = _text(run["cpu_seconds"], 1, 1) if run["cpu_seconds"] else "not measured"
        ratio = _text(run["speed_ratio_to_bulk_load"], 1, 2) if "speed_ratio_to_bulk_load" in run else ""
        table.add_row(f"files to store, {run['jobs']} jobs", *_cells(run), cpu, memory, ratio)
    if "before_store" in figures:
        before = figures["before_store"]
        table.add_row(f"all before the store, {before['jobs']} jobs", *_cells(before), "", "", "")
    if "bulk_load" in figures:
        bare = figures["bulk_load"]
        table.add_row("bare bulk_load of the same N-Quads", *_cells(bare), _text(bare["cpu_seconds"], 1, 1), "", "1")
    console.print(table)
    stages = _table(
        "stage", *(f"{run['jobs']} jobs: s" for run in figures["runs"]), *("share" for _ in figures["runs"])
    )
    for stage in STAGES:
        seconds = [run["stage_seconds"].get(stage) for run in figures["runs"]]
        shares = [run["stage_shares"].get(stage) for run in figures["runs"]]
        stages.add_row(
            stage,
            *(_text(each, 1, 2) if each else "" for each in seconds),
            *(f"{each:.1%}" if each is not None else "" for each in shares),
        )
    console.print(stages)
    if "unchanged" in figures:
        again = figures["unchanged"]
        console.print(
            f"The same files again: {_text(again['seconds'], 1, 1)} s, "
            f"{_text(again['ratio_to_first'], 1, 2)} of the first time.",
            highlight=False,
        )
    if "reports" in figures:
        asked = _table("report", "time / full scan")
        for name, ratio in figures["reports"]["ratio_to_scan"].items():
            asked.add_row(name, _text(ratio, 1, 3))
        console.print(f"One count over all triples: {_text(figures['reports']['scan_seconds'], 1, 2)} s.")
        console.print(asked)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _cells(run: dict[str, Any]) -> list[str]:
    rates = [_text(run[f"{name}_per_second"], 1, digits) for name, digits in (("policies", 1),)]
    return [_text(run["seconds"], 1, 1), *rates, *(f"{run[f'{n}_per_second']['median']:,.0f}" for n in _WHOLE)]


_WHOLE = ("characters", "triples")


def _text(value: Spread, unit: float, digits: int) -> str:
    low, middle, high = (f"{value[name] / unit:,.{digits}f}" for name in ("min", "median", "max"))
    return middle if low == high else f"{middle} ({low}–{high})"
