"""Reports have the time of a query: who waits is told, and late work is counted until it ends."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clausegraph.api import reports as pages
from clausegraph.api.app import create_app
from clausegraph.api.base import ensure_base
from clausegraph.api.deadline import Deadline
from clausegraph.api.settings import Settings
from clausegraph.queries import report
from clausegraph.queries.pool import Busy, TimedOut
from clausegraph.queries.store import MemoryStore, open_store

from ..queries.test_pool import children


def test_late_work_is_given_up_and_counted_until_it_ends() -> None:
    release = threading.Event()

    async def main() -> None:
        deadline = Deadline(0.1, most=1)
        assert await deadline.run(int, "7") == 7
        with pytest.raises(ValueError, match="invalid literal"):
            await deadline.run(int, "x")
        with pytest.raises(TimedOut, match=r"0\.1 seconds") as late:
            await deadline.run(release.wait, 20)
        assert late.value.mend
        with pytest.raises(Busy) as busy:
            await deadline.run(int, "7")
        assert busy.value.retry_after >= 1
        release.set()
        await asyncio.sleep(0.1)
        assert await deadline.run(int, "7") == 7

    asyncio.run(main())


def test_pages_and_graphql_tell_of_a_report_that_takes_too_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release = threading.Event()

    def endless(*_: object, **__: object) -> None:
        release.wait(20)

    monkeypatch.setattr(report, "run_report", endless)
    monkeypatch.setattr(pages, "run_report", endless)
    settings = Settings(store=str(tmp_path), query_seconds=0.2)
    with MemoryStore() as store, TestClient(create_app(settings, store=store)) as client:
        answer = client.get("/reports/policies.json")
        assert (answer.status_code, "0.2 seconds" in answer.json()["detail"]) == (503, True)
        query = '{ report(name: "policies") { rowCount } }'
        found = client.post("/graphql", json={"query": query}).json()
        assert "took longer than 0.2 seconds" in found["errors"][0]["message"]
        release.set()


def test_a_late_report_is_killed_where_it_runs(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "endless.rq").write_text(
        "#+ title: Never\n#+ summary: Never ends.\n#+ tags: quality\nSELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . "
        "?j ?k ?l . ?m ?n ?o FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j), STR(?m))) }",
        encoding="utf-8",
    )
    place = tmp_path / "store"
    with open_store(place, write=True) as store:
        ensure_base(store)
    settings = Settings(store=str(place), query_seconds=1.5, query_workers=1, query_queue=4, reports=(str(folder),))
    with TestClient(create_app(settings)) as client:
        assert client.get("/reports/policies.json").status_code == 200
        before = children()
        for ask in (
            lambda: client.get("/reports/endless.json").json()["detail"],
            lambda: client.get("/reports/endless", headers={"Accept": "text/html"}).text,
            lambda: client.post("/graphql", json={"query": '{ report(name: "endless") { rowCount } }'}).text,
        ):
            assert "took longer than 1.5 seconds and was stopped" in ask()
        deadline = time.monotonic() + 10
        while children() & before and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not children() & before, "the processes that ran them are gone"
        assert client.get("/reports/policies.json").status_code == 200
    assert not children()
