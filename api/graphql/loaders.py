"""One request's way to the store: what several fields need is fetched once, in one query.

In: an open store. Out: `Context` with loaders for policies, documents and statements.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from ...queries.store import Store
from ...queries.store.base import DatasetName, NoHistory
from ..deadline import Deadline
from ..views.counts import usage
from ..views.fetch import (
    DATASETS,
    fetch_clauses,
    fetch_parties,
    fetch_statements,
    fetch_text,
    fetch_versions,
    list_policies,
    naming,
    version_chains,
)
from ..views.model import ClauseView, PartyView, PolicyView, StatementView
from ..views.same import SameView, fetch_same
from ..views.search import Hit, StatementFilter, search
from .lane import in_thread

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def _loader(fetch: Callable[[list[Key]], Sequence[Value]]) -> DataLoader[Key, Value]:
    """A loader whose batches run in a worker thread."""

    async def load(keys: list[Key]) -> Sequence[Value]:
        return await in_thread(fetch, keys)

    return DataLoader(load_fn=load)


def _everywhere(keys: list[Key], fetch: Callable[[list[Key], DatasetName], Mapping[Key, Value]]) -> dict[Key, Value]:
    """What is in force, and what is not found there from the history, if the store has one."""
    found: dict[Key, Value] = {}
    for dataset in DATASETS:
        missing = [key for key in keys if key not in found]
        if missing:
            try:
                found |= fetch(missing, dataset)
            except NoHistory:
                break
    return found


class Context(BaseContext):
    """What resolvers share during one request. ``lang`` is the language of labels where a field names none, ``reports``
    are the folders of the user's own reports, ``deadline`` is what these are asked within, ``stoppable`` the store that
    they are asked of (see `sparql.runner`).
    """

    def __init__(
        self,
        store: Store,
        *,
        lang: str,
        base_url: str,
        deadline: Deadline,
        reports: Sequence[str] = (),
        stoppable: Callable[[Store], Store] = lambda store: store,
    ) -> None:
        super().__init__()
        self.deadline = deadline
        self.reports = reports
        self.stoppable = stoppable
        self.store = store
        self.lang = lang
        self.base_url = base_url.rstrip("/")
        self.policy: DataLoader[str, PolicyView | None] = _loader(self._policies)
        self.clauses: DataLoader[str, tuple[ClauseView, ...]] = _loader(self._clauses)
        self.text: DataLoader[str, str] = _loader(self._texts)
        self.statement: DataLoader[str, StatementView | None] = _loader(self._statements)
        self.version: DataLoader[str, PolicyView | None] = _loader(self._versions)
        self.chain: DataLoader[str, list[str]] = _loader(self._chains)
        self.party: DataLoader[str, PartyView | None] = _loader(self._parties)
        self.same: DataLoader[str, tuple[SameView, ...]] = _loader(self._same)
        self.naming: DataLoader[str, list[str]] = _loader(self._naming)
        self.usage: DataLoader[str, tuple[int, int, int]] = _loader(self._usage)
        self.of_policy: DataLoader[tuple[str, StatementFilter], list[Hit]] = _loader(self._of_policies)
        self.of_clause: DataLoader[tuple[str, StatementFilter], list[Hit]] = _loader(self._of_clauses)

    def _policies(self, keys: list[str]) -> list[PolicyView | None]:
        found = {view.iri: view for view in list_policies(self.store, keys)}
        return [found.get(key) for key in keys]

    def _clauses(self, versions: list[str]) -> list[tuple[ClauseView, ...]]:
        found = _everywhere(versions, lambda keys, dataset: fetch_clauses(self.store, keys, dataset))
        return [found.get(version, ()) for version in versions]

    def _texts(self, versions: list[str]) -> list[str]:
        found = _everywhere(versions, lambda keys, dataset: fetch_text(self.store, keys, dataset))
        return [found.get(version, "") for version in versions]

    def _statements(self, keys: list[str]) -> list[StatementView | None]:
        def fetch(missing: list[str], dataset: DatasetName) -> dict[str, StatementView]:
            return {view.iri: view for view in fetch_statements(self.store, missing, dataset)}

        found = _everywhere(keys, fetch)
        return [found.get(key) for key in keys]

    def _versions(self, keys: list[str]) -> list[PolicyView | None]:
        found = fetch_versions(self.store, keys)
        return [found.get(key) for key in keys]

    def _chains(self, policies: list[str]) -> list[list[str]]:
        found = version_chains(self.store, policies)
        return [found.get(policy, []) for policy in policies]

    def _parties(self, keys: list[str]) -> list[PartyView | None]:
        found = fetch_parties(self.store, keys)
        return [found.get(key) for key in keys]

    def _same(self, keys: list[str]) -> list[tuple[SameView, ...]]:
        found = fetch_same(self.store, keys)
        return [found.get(key, ()) for key in keys]

    def _naming(self, parties: list[str]) -> list[list[str]]:
        found = naming(self.store, parties)
        return [found.get(party, []) for party in parties]

    def _usage(self, concepts: list[str]) -> list[tuple[int, int, int]]:
        found = usage(self.store, concepts)
        return [found[concept] for concept in concepts]

    def _of_policies(self, keys: list[tuple[str, StatementFilter]]) -> list[list[Hit]]:
        """Hits for (policy, filter) pairs: one query for each distinct filter, however many policies ask."""
        hits: dict[tuple[str, StatementFilter], list[Hit]] = {key: [] for key in keys}
        for wanted in dict.fromkeys(wanted for _, wanted in keys):
            policies = tuple(policy for policy, same in keys if same == wanted)
            for hit in search(self.store, replace(wanted, policies=policies)):
                hits[hit.policy, wanted].append(hit)
        return [hits[key] for key in keys]

    def _of_clauses(self, keys: list[tuple[str, StatementFilter]]) -> list[list[Hit]]:
        """The same for (clause, filter) pairs."""
        hits: dict[tuple[str, StatementFilter], list[Hit]] = {key: [] for key in keys}
        for wanted in dict.fromkeys(wanted for _, wanted in keys):
            clauses = tuple(clause for clause, same in keys if same == wanted)
            for hit in search(self.store, replace(wanted, clauses=clauses)):
                if (hit.clause, wanted) in hits:
                    hits[hit.clause, wanted].append(hit)
        return [hits[key] for key in keys]


Info: TypeAlias = strawberry.Info[Context, None]
