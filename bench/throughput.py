"""Throughput of ingestion, from files to a store on disk: `python -m bench.throughput` in the repository's root.

In: the development corpora (environment variable CLAUSEGRAPH_SHARED, else ../shared), a folder of such files, or the
project's own samples; how many policies. Out: tables on standard output, or one JSON document (``--format json``, see
docs/performance.md); progress on standard error of a terminal alone. Exit code 2 where there is nothing to read or a
run failed. `make bench` runs it.

Each run is a process of its own on a fresh store in a temporary folder, which is removed. In each repetition the runs
follow one another, and ratios are formed inside it, so that a slower moment of the machine meets both sides.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .throughput_corpus import Corpus, CorpusError, from_records, from_samples
from .throughput_figures import Raw, document, show
from .throughput_process import ROOT, RunFailed, measured

PARTS = ("load", "unchanged", "reports")

Step = Callable[[str], None]


def repetition(corpus: Corpus, jobs: list[int], parts: set[str], folder: Path, step: Step) -> Raw:
    """All runs once, one after another. Raises `RunFailed`, also where two runs did not produce the same N-Quads."""
    most = max(jobs)
    result: Raw = {"ingest": {}}
    for count in jobs:  # the store of the last is kept for what follows
        step(f"files to store, {count} jobs")
        store = _fresh(folder / "store")
        result["ingest"][count] = measured("ingest", folder, input=corpus.input, store=store, jobs=count)
    if "reports" in parts:
        step("reports")
        result["ask"] = measured("ask", folder, store=store)
    if "unchanged" in parts:
        step("the same files again")
        again = measured("ingest", folder, input=corpus.input, store=store, jobs=most)
        if again["unchanged"] != again["policies"]:
            raise RunFailed(
                f"Of {again['policies']} policies only {again['unchanged']} were unchanged the second time. "
                "Did the package change meanwhile?"
            )
        result["unchanged"] = again
    if "load" in parts:
        nquads = folder / "all.nq"
        step("all before the store")
        result["extract"] = measured("extract", folder, input=corpus.input, nquads=nquads, jobs=most)
        produced = {run["crc"] for run in [*result["ingest"].values(), result["extract"]]}
        if len(produced) > 1:
            raise RunFailed("The runs did not produce the same N-Quads, so their times cannot be compared.")
        step("bare bulk_load")
        result["load"] = measured("load", folder, nquads=nquads, store=_fresh(folder / "bare"))
        nquads.unlink()
        shutil.rmtree(folder / "bare")
    shutil.rmtree(store)
    return result


def _fresh(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    return folder


def figures(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure everything that was asked for."""
    if asked.samples:
        corpus = from_samples(asked.policies, folder)
    else:
        corpus = from_records(_corpora(asked.corpus), asked.policies, folder, leave_out=asked.leave_out)
    jobs = sorted(set(asked.jobs))
    parts = set(PARTS) - set(asked.without)
    steps = asked.repetitions * (len(jobs) + len(parts) + ("load" in parts))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=steps + 1)

        def step(description: str) -> None:
            progress.update(task, advance=1, description=description)

        repetitions = [repetition(corpus, jobs, parts, folder, step) for _ in range(asked.repetitions)]
    return document({"name": corpus.name, "copies": corpus.copies}, repetitions)


def _corpora(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("CLAUSEGRAPH_SHARED", ROOT.parent / "shared")) / "corpora"
    if not folder.is_dir():
        raise CorpusError(
            f"SHARED DATA ABSENT: there is no folder {folder}. Set CLAUSEGRAPH_SHARED to the folder that holds "
            "corpora/, name a folder with --corpus, or use the project's own samples with --samples."
        )
    return folder


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number above 0")
    return number


def main() -> None:
    """Measure and print."""
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(prog="bench.throughput", description="Throughput of ingestion, files to store.")
    parser.add_argument("-n", "--policies", type=_positive, metavar="N", help="how many; else each there is, once")
    parser.add_argument("--samples", action="store_true", help="read the project's samples and marked copies of them")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="a folder with *-dev.jsonl")
    parser.add_argument("--leave-out", nargs="+", default=[], metavar="TEXT", help="records whose id contains this")
    parser.add_argument("-j", "--jobs", type=_positive, nargs="+", default=[1, cores], metavar="N", help="workers")
    parser.add_argument("--without", nargs="+", default=[], choices=PARTS, help="parts to leave out")
    parser.add_argument("--repetitions", type=_positive, default=3, metavar="N", help="how often (3)")
    parser.add_argument("-f", "--format", choices=("table", "json"), default="table", help="how to print")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="clausegraph-bench-") as folder:
            found = figures(asked, Path(folder))
    except (CorpusError, RunFailed) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    if asked.format == "json":
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        show(found, Console(width=None if sys.stdout.isatty() else 160, highlight=False))


if __name__ == "__main__":
    main()
