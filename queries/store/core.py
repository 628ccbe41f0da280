"""The store's own logic over two datasets, whatever backend they are on.

In: `VersionGraph`s, SPARQL. Out: as the `Store` protocol says. Every order of steps here is chosen so that a
process killed between two of them leaves each policy in its old or its new state: the history gets the superseded
graph first, then *current* changes in one update that carries its catalogue entry.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self

from ..changes import changes_graph
from . import catalogue
from .base import (
    Answer,
    DatasetName,
    Figures,
    GraphMissing,
    NoHistory,
    Outcome,
    PolicyRow,
    Scope,
    Solutions,
    State,
    StoreError,
    VersionGraph,
)
from .batch import runs
from .changing import changes_update
from .dataset import Dataset
from .figures import figures_of, figures_query
from .formats import EXPORT_FORMATS, export_pieces, nquads_of, restored, triples_of, write_triples
from .sink import Sink


class GraphStore:
    """`Store` over two datasets. Subclasses say what opening, committing and refreshing mean.

    ``history`` None: superseded versions have nowhere to go, so replacing one is refused.
    """

    def __init__(self, current: Dataset, history: Dataset | None, *, location: str, writable: bool = True) -> None:
        self._current = current
        self._history = history
        self._location = location
        self._writable = writable
        self._write_lock = threading.RLock()

    @property
    def location(self) -> str:
        """Where it is."""
        return self._location

    # --- reading

    def query(
        self,
        sparql: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """See `Store.query`."""
        return self._dataset(dataset).query(sparql, _scope(base, default_graphs, named_graphs))

    def query_serialised(
        self,
        sparql: str,
        format: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_bytes: int | None = None,
    ) -> bytes:
        """See `Store.query_serialised`."""
        with Sink(max_bytes) as sink:
            self.query_into(
                sink,
                sparql,
                format,
                dataset=dataset,
                base=base,
                default_graphs=default_graphs,
                named_graphs=named_graphs,
            )
            return sink.value()

    def query_into(
        self,
        sink: IO[bytes],
        sparql: str,
        format: str,
        *,
        dataset: DatasetName = "current",
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> None:
        """See `Store.query_into`."""
        self._dataset(dataset).serialise(sparql, format, _scope(base, default_graphs, named_graphs), sink)

    def graph_into(self, sink: IO[bytes], graph: str | None, format: str, *, dataset: DatasetName = "current") -> None:
        """See `Store.graph_into`."""
        _check_name(graph)
        data = self._dataset(dataset)
        ntriples = restored(data.graph(graph))
        if not ntriples and graph is not None and not data.has_graph(graph):
            raise GraphMissing(
                f"There is no graph {graph}.", mend="Ask SELECT ?g { GRAPH ?g {} } for the graphs there are."
            )
        write_triples(triples_of(ntriples), format, sink)

    def state(self, policy_iri: str) -> State | None:
        """See `Store.state`."""
        return self._states([policy_iri]).get(policy_iri)

    def states(self) -> dict[str, State]:
        """See `Store.states`."""
        return self._states(None)

    def figures(self, versions: Sequence[str]) -> dict[str, Figures]:
        """See `Store.figures`."""
        return figures_of(self._table(self._current, figures_query(versions))) if versions else {}

    def policies(self) -> list[PolicyRow]:
        """See `Store.policies`."""
        statements = self._counts(catalogue.STATEMENTS)
        denials = self._counts(catalogue.DENIALS)
        clauses = self._counts(catalogue.CLAUSES)
        found: dict[str, dict[str, str]] = {}
        names: dict[str, set[str]] = {}
        for row in self._table(self._current, catalogue.POLICIES_QUERY):
            found.setdefault(row["policy"], row)
            names.setdefault(row["policy"], set()).update([row["controller"]] if "controller" in row else [])
        rows = [
            PolicyRow(
                policy_iri=policy,
                title=row.get("title", ""),
                language=row.get("language", ""),
                controllers=tuple(sorted(names[policy])),
                version_iri=row["version"],
                ingested_at=row["ingested"],
                statements=statements.get(row["version"], 0),
                denied=denials.get(row["version"], 0),
                clauses=clauses.get(row["version"], 0),
            )
            for policy, row in found.items()
        ]
        return sorted(rows, key=lambda row: (row.title.casefold(), row.policy_iri))

    def export(self, format: str, *, policy: str | None = None, dataset: DatasetName = "current") -> Iterator[bytes]:
        """See `Store.export`."""
        if format not in EXPORT_FORMATS:
            raise StoreError(f"There is no export as “{format}”.", mend=f"Ask for one of {', '.join(EXPORT_FORMATS)}.")
        data = self._dataset(dataset)
        if policy is None:
            return export_pieces(format, data.graphs(), data.graph)
        if dataset == "history":
            graphs = sorted(row["version"] for row in self._table(data, catalogue.graphs_of_query(policy)))
        else:
            state = self.state(policy)
            graphs = [state.version_iri] if state is not None else []
        if not graphs:
            raise StoreError(
                f"There is no policy {policy} in {self._location}.", mend="List what is there with “policies”."
            )
        return export_pieces(format, graphs, data.graph)

    # --- writing

    def put(self, batch: Sequence[VersionGraph], *, force: bool = False) -> list[Outcome]:
        """See `Store.put`."""
        for graph in batch:
            catalogue.check(graph)
        outcomes: list[Outcome] = []
        with self._writing() as changed:
            for run in runs(batch):
                outcomes += self._put_run(run, changed, force=force)
        return outcomes

    def _put_run(self, run: Sequence[VersionGraph], changed: set[DatasetName], *, force: bool) -> list[Outcome]:
        """A part of a batch in which no policy appears twice."""
        states = self._states([graph.policy_iri for graph in run])
        new: list[VersionGraph] = []
        same: list[VersionGraph] = []
        newer: list[tuple[VersionGraph, str]] = []
        outcomes: list[Outcome] = []
        for graph in run:
            state = states.get(graph.policy_iri)
            if state is None:
                new.append(graph)
                outcomes.append("added")
            elif state == State(graph.version_iri, graph.extractor_digest) and not force:
                outcomes.append("unchanged")
            else:
                outcomes.append("replaced")
                if state.version_iri == graph.version_iri:
                    same.append(graph)
                else:
                    newer.append((graph, state.version_iri))
        if new:
            changed.add("current")
            self._current.add([catalogue.new_quads(graph) for graph in new])
            if self._history is not None:  # of a policy that was removed without its past
                self._forget([graph.version_iri for graph in new], self._history, changed)
        before = self._before([graph.version_iri for graph in same])
        for graph in same:
            changed.add("current")
            changes = self._changes(graph, before.get(graph.version_iri), self._history)
            self._current.update(f"{catalogue.reextract_update(graph)} ;\n{changes}")
        if newer:
            history = self._history_for(newer[0][1])
            self._keep([old for _, old in newer], history)
            changed.update(("current", "history"))
            for graph, old in newer:
                update = f"{catalogue.replace_update(graph, old)} ;\n{self._changes(graph, old, self._current)}"
                self._current.update(f"{update} ;\n{catalogue.drop_update([changes_graph(old)])}")
            self._forget([graph.version_iri for graph, _ in newer], history, changed)
        return outcomes

    def _before(self, versions: Sequence[str]) -> dict[str, str]:
        """The version before each, where there is one."""
        rows = self._table(self._current, catalogue.previous_query(versions)) if versions else []
        return {row["version"]: row["older"] for row in rows}

    def _changes(self, graph: VersionGraph, old: str | None, dataset: Dataset | None) -> str:
        """The update that writes what a version changes since the one before, which ``dataset`` holds."""
        return changes_update(graph, old or "", dataset.graph(old) if old and dataset else b"")

    def _keep(self, versions: Sequence[str], history: Dataset) -> None:
        """Copy graphs from *current* to the history; one that is there already is written over."""
        present = self._present(versions, history)
        parts = [nquads_of(self._current.graph(v), v) for v in versions if v not in present]
        history.add([part for part in parts if part])
        for version in present:
            history.update(catalogue.put_graph_update(version, self._current.graph(version)))

    def _forget(self, versions: Sequence[str], history: Dataset, changed: set[DatasetName]) -> None:
        """A version that has become current again is no superseded one."""
        present = self._present(versions, history)
        if present:
            changed.add("history")
            history.update(catalogue.drop_update(sorted(present)))

    def _present(self, versions: Sequence[str], history: Dataset) -> set[str]:
        names = " ".join(catalogue.iri(version) for version in versions)
        query = f"SELECT ?g WHERE {{ VALUES ?g {{ {names} }} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        return {row["g"] for row in self._table(history, query)}

    def remove(self, policy_iri: str, *, purge: bool = False) -> bool:
        """See `Store.remove`."""
        with self._writing() as changed:
            versions = [row["version"] for row in self._table(self._current, catalogue.versions_query(policy_iri))]
            kept: list[str] = []
            if purge and self._history is not None:  # first, so that a policy is found again if we are killed here
                kept = [row["version"] for row in self._table(self._history, catalogue.graphs_of_query(policy_iri))]
                if kept:
                    changed.add("history")
                    self._history.update(catalogue.drop_update(kept))
            if versions:
                changed.add("current")
                self._current.update(catalogue.remove_update(policy_iri, versions))
        return bool(versions or kept)

    def put_derived(self, nquads: Mapping[str, bytes]) -> None:
        """See `Store.put_derived`."""
        updates = {version: catalogue.derived_update(version, quads) for version, quads in nquads.items()}
        with self._writing() as changed:
            for version in {state.version_iri for state in self._states(None).values()} & set(updates):
                changed.add("current")
                self._current.update(updates[version])

    def load_base(self, graph_iri: str, nquads: bytes) -> bool:
        """See `Store.load_base`."""
        with self._writing() as changed:
            known = self._table(self._current, catalogue.digest_query(graph_iri))
            if any(row["digest"] == catalogue.digest_of(nquads) for row in known):
                return False
            changed.add("current")
            self._current.update(catalogue.base_update(graph_iri, nquads))
        return True

    def update(self, sparql: str, *, base: str | None = None) -> None:
        """See `Store.update`."""
        with self._writing() as changed:
            self._current.update(sparql, base)
            changed.add("current")

    def write_graph(self, graph: str | None, ntriples: bytes, *, replace: bool) -> bool:
        """See `Store.write_graph`."""
        _check_name(graph)
        with self._writing() as changed:
            created = graph is not None and not self._current.has_graph(graph)
            self._current.update(catalogue.write_update(graph, ntriples, replace=replace))
            changed.add("current")
        return created

    def drop_graph(self, graph: str | None) -> bool:
        """See `Store.drop_graph`."""
        _check_name(graph)
        with self._writing() as changed:
            if graph is not None and not self._current.has_graph(graph):
                return False
            self._current.update("DROP SILENT DEFAULT" if graph is None else catalogue.drop_update([graph]))
            changed.add("current")
        return True

    def optimize(self) -> None:
        """See `Store.optimize`."""
        with self._writing() as changed:
            self._current.optimize()
            changed.add("current")
            if self._history is not None:
                self._history.optimize()
                changed.add("history")

    # --- life

    def refresh(self) -> bool:
        """See `Store.refresh`; a store that sees its own writes is always fresh."""
        return False

    def close(self) -> None:
        """See `Store.close`."""
        self._current.close()
        if self._history is not None:
            self._history.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _committed(self, changed: set[DatasetName]) -> None:
        """Called once after each writing call that changed something, also a failed one."""

    # --- helpers

    @contextmanager
    def _writing(self) -> Iterator[set[DatasetName]]:
        if not self._writable:
            raise StoreError(f"The store {self._location} is open for reading only.", mend="Open it with write=True.")
        with self._write_lock:
            changed: set[DatasetName] = set()
            try:
                yield changed
            finally:
                if changed:
                    self._committed(changed)

    def _dataset(self, name: DatasetName) -> Dataset:
        if name == "current":
            return self._current
        return self._history_for("")

    def _history_for(self, version: str) -> Dataset:
        if self._history is None:
            what = f", so {version} cannot be replaced without losing it" if version else ""
            raise NoHistory(
                f"The store {self._location} has no history{what}.",
                mend="Name a second dataset for superseded versions (history=…), or remove the policy first.",
            )
        return self._history

    def _states(self, policies: Sequence[str] | None) -> dict[str, State]:
        rows = self._table(self._current, catalogue.states_query(policies))
        return {row["policy"]: State(row["version"], row["digest"]) for row in rows}

    def _counts(self, pattern: str) -> dict[str, int]:
        rows = self._table(self._current, catalogue.count_query(pattern))
        return {row["version"]: int(row["n"]) for row in rows}

    def _table(self, dataset: Dataset, sparql: str) -> list[dict[str, str]]:
        answer = dataset.query(sparql, Scope())
        assert isinstance(answer, Solutions)
        return answer.texts()


def _scope(base: str | None, default: Sequence[str] | None, named: Sequence[str] | None) -> Scope:
    return Scope(base, None if default is None else tuple(default), None if named is None else tuple(named))


def _check_name(graph: str | None) -> None:
    if graph is not None:
        catalogue.iri(graph)
