"""Batches of versions: what goes into one load.

In: versions to store, in order. Out: runs of them, none with two versions of one policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .base import VersionGraph

#: New policies that go into one load: large enough to be fast, small enough to bound memory.
BATCH = 50


def runs(batch: Sequence[VersionGraph]) -> Iterator[list[VersionGraph]]:
    """Cut a batch where it grows past `BATCH` or a policy comes again."""
    run: list[VersionGraph] = []
    for graph in batch:
        if len(run) == BATCH or any(graph.policy_iri == other.policy_iri for other in run):
            yield run
            run = []
        run.append(graph)
    if run:
        yield run
