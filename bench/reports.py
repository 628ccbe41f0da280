"""How long each report takes over the policies of a folder, slowest first; those above a second are named.

In: a folder of policies (default: the seeds of the shared data folder). Out: a table on standard output; exit code 1
where a report takes more than a second. `python -m bench.reports [FOLDER]`, or `make bench-reports`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from clausegraph.api.ingestion import ingest
from clausegraph.ingest.read import discover
from clausegraph.queries.report import Report, list_reports, run_report
from clausegraph.queries.store import MemoryStore, Store

LIMIT = 1.0
TRIES = 3


def main() -> int:
    """Read the policies, ask every report, print."""
    shared = Path(os.environ.get("CLAUSEGRAPH_SHARED", "../shared"))
    parser = argparse.ArgumentParser(description="Time every report.")
    parser.add_argument("folder", nargs="?", type=Path, default=shared / "seeds")
    folder: Path = parser.parse_args().folder
    with MemoryStore() as store:
        failed = [one.error for one in ingest(store, discover([str(folder)])) if one.state == "failed"]
        if failed:
            print(*failed, sep="\n", file=sys.stderr)
            return 2
        timed = sorted(((seconds(store, report), report.name) for report in list_reports()), reverse=True)
        print(f"{len(timed)} reports over {len(store.policies())} policies, the best of {TRIES} runs")
    for taken, name in timed:
        print(f"{taken * 1000:8.0f} ms  {name}")
    slow = [name for taken, name in timed if taken > LIMIT]
    print(f"Over a second: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


def seconds(store: Store, report: Report) -> float:
    """The best of a few runs; parameters that must be given are given policies in turn."""
    policies = [row.policy_iri for row in store.policies()]
    needed = [parameter.name for parameter in report.parameters if parameter.required]
    given = {name: policies[place % len(policies)] for place, name in enumerate(needed)}
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        run_report(store, report, given)
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
