"""Writing asked for over HTTP: one job at a time, in a process of its own, followed by its id.

In: what to read in or take out. Out: `Job`s that say how far they are. What is done is what the command line does
(`ingestion.ingest`), with the same checks; a job that dies takes only itself down.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
import uuid
from collections import OrderedDict
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Literal

from .. import ClauseGraphError
from ..ingest.extractors import Choice
from ..ingest.read import Source
from ..queries.store import Store, StoreBusy, open_store
from .ingestion import Landed, ingest, now
from .problem import HttpProblem
from .reader import Reader
from .settings import Settings

log = logging.getLogger(__name__)

#: Jobs that may wait, and jobs that are remembered.
WAITING = 100
KEPT = 1000
#: Seconds to wait for another process that writes, such as `clausegraph ingest`.
BUSY_SECONDS = 30.0
MASKED = "Something went wrong inside the server; its log says what."

State = Literal["queued", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Ingest:
    """Read one source in."""

    source: Source
    extractor: Choice
    force: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """Take one policy out, by its IRI."""

    policy: str


Task = Ingest | Remove


@dataclass(slots=True)
class Job:
    """A task on its way. ``landed`` is what became of it; its ``error`` is "" where all went well."""

    task: Task
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "queued"
    created: str = field(default_factory=now)
    started: str = ""
    finished: str = ""
    landed: Landed | None = None
    future: Future[None] | None = None


def perform(store: str | Store, task: Task, busy_seconds: float = BUSY_SECONDS) -> Landed:
    """Do a task on a store that is open, or at a place. What a person can mend is told in the result."""
    deadline = time.monotonic() + busy_seconds
    name = task.source.name if isinstance(task, Ingest) else task.policy
    while True:
        try:
            if not isinstance(store, str):
                return _do(store, task)
            with open_store(store, write=True) as opened:
                return _do(opened, task)
        except StoreBusy as error:
            if time.monotonic() > deadline:
                return Landed(name, "failed", error=str(error), mend=error.mend)
            time.sleep(0.2)
        except ClauseGraphError as error:
            return Landed(name, "failed", error=str(error), mend=error.mend)


def _do(store: Store, task: Task) -> Landed:
    if isinstance(task, Ingest):
        (landed,) = ingest(store, [task.source], jobs=1, extractor=task.extractor, force=task.force)
        return landed
    if store.remove(task.policy, purge=True):
        return Landed(task.policy, "replaced", task.policy)
    mend = "Give its key or IRI as `policies { nodes { key iri } }` lists them."
    return Landed(task.policy, "failed", error=f"There is no policy {task.policy}.", mend=mend)


class Jobs:
    """The jobs of one server. ``store``: one that is open already and that only this process can write to."""

    def __init__(self, settings: Settings, reader: Reader, store: Store | None = None) -> None:
        self._store: str | Store = settings.store if store is None else store
        self._reader = reader
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._process: ProcessPoolExecutor | None = None

    def submit(self, task: Task) -> Job:
        """Put a task behind the others. Raises `HttpProblem` where too many wait already."""
        job = Job(task)
        with self._lock:
            if sum(one.state == "queued" for one in self._jobs.values()) >= WAITING:
                raise HttpProblem(
                    f"{WAITING} jobs wait already.", status=429, mend="Come back when some of them are done."
                )
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
            job.future = self._thread.submit(self._run, job)
        return job

    def get(self, id: str) -> Job | None:
        """A job by its id, None where it is unknown or forgotten."""
        return self._jobs.get(id)

    def wait(self, job: Job, seconds: float) -> None:
        """Block until a job is done, or for so long."""
        if job.future is not None:
            wait_for([job.future], timeout=seconds)

    def close(self) -> None:
        """Let the job that runs end, and forget those that wait."""
        self._thread.shutdown(cancel_futures=True)
        if self._process is not None:
            self._process.shutdown()

    def _run(self, job: Job) -> None:
        job.started, job.state = now(), "running"
        try:
            landed = self._perform(job.task)
        except BrokenProcessPool:
            self._process = None
            error = "The process that did this job died; it may need more memory than this machine has."
            landed = Landed("", "failed", error=error, mend="Give a smaller text, or use a larger machine.")
        except Exception as error:
            log.error("Job %s failed", job.id, exc_info=error)
            landed = Landed("", "failed", error=MASKED)
        self._reader.renew()
        job.task = _light(job.task)
        job.landed, job.finished = landed, now()
        job.state = "failed" if landed.state == "failed" else "done"

    def _perform(self, task: Task) -> Landed:
        if not isinstance(self._store, str):
            return perform(self._store, task)
        if self._process is None:
            self._process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        return self._process.submit(perform, self._store, task).result()


def _light(task: Task) -> Task:
    """A task without the text it carried: a job that is done is only remembered."""
    if isinstance(task, Remove):
        return task
    source = Source(task.source.key, task.source.name, task.source.url, bytes)
    return Ingest(source, task.extractor, task.force)
