"""Mutations: policies read in and taken out, each as a job that is followed by its id.

In: a text, HTML or an address; a policy's name. Out: `WriteJob`. That the client may write is checked before any
mutation runs (see `router`); reading and its checks are those of the command line.
"""

from __future__ import annotations

import enum
from typing import Annotated

import strawberry
from anyio import to_thread
from starlette.requests import Request

from ... import ClauseGraphError
from ...ingest.quads import policy_iri
from ...ingest.read import Source, discover
from ...ingest.read.addresses import is_url
from ...ingest.read.loaders import BytesLoader
from ...ingest.read.sniff import HTML, PLAIN
from ...ontology.terms import ID
from ..ingestion import Landed, chosen
from ..jobs import Ingest, Job, Jobs, Remove
from ..reader import reader_of
from ..settings import Settings
from .loaders import Info
from .policies import Policy, policy

#: Longest that a mutation waits for its job, in seconds.
WAIT = 10.0
WaitArgument = Annotated[
    float, strawberry.argument(description="Seconds to wait for the job's end before answering, at most 10.")
]


class BadSource(ClauseGraphError):
    """What is to be read in cannot be a policy."""


@strawberry.enum(description="How far a job is.")
class JobState(enum.Enum):
    """State."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@strawberry.enum(description="What reading a policy changed.")
class IngestResult(enum.Enum):
    """Result."""

    ADDED = "added"
    REPLACED = strawberry.enum_value("replaced", description="An older version is superseded, and kept as history.")
    UNCHANGED = strawberry.enum_value("unchanged", description="The same version was there, read by the same rules.")


@strawberry.input(one_of=True, description="Where the policy's words come from: exactly one of these.")
class PolicySource:
    """A source."""

    text: str | None = strawberry.field(default=strawberry.UNSET, description="Plain text.")
    html: str | None = strawberry.field(default=strawberry.UNSET, description="A page as it was served.")
    url: str | None = strawberry.field(
        default=strawberry.UNSET, description="An http(s) address; private networks are out of reach unless allowed."
    )


@strawberry.type(description="What was read in, in figures.")
class IngestSummary:
    """A summary."""

    result: IngestResult = strawberry.field(description="Whether it is new, replaced another version, or was there.")
    title: str | None
    language: str = strawberry.field(description="BCP 47.")
    clauses: int = strawberry.field(description="How many clauses it has.")
    statements: int = strawberry.field(description="How many statements were read in them.")
    characters: int = strawberry.field(description="Code points of its canonical text.")
    accounted: int = strawberry.field(description="Characters that stand in a clause; all of them, unless we erred.")
    warnings: list[str] = strawberry.field(description="What a reader should know of it.")


@strawberry.type(description="A change to the store under way. Ask `job(id:)` again until it is DONE or FAILED.")
class WriteJob:
    """A job."""

    id: strawberry.ID = strawberry.field(description="Asks for it again with `job(id:)`.")
    state: JobState = strawberry.field(description="How far it is.")
    source: str = strawberry.field(description="What it reads in, or the IRI of what it takes out.")
    created_at: str = strawberry.field(description="ISO 8601.")
    started_at: str | None = strawberry.field(description="ISO 8601.")
    finished_at: str | None = strawberry.field(description="ISO 8601.")
    error: str | None = strawberry.field(description="Why it failed.")
    mend: str | None = strawberry.field(description="What mends that.")
    iri: str | None = strawberry.field(description="The policy's IRI, once it was read in or taken out.")
    summary: IngestSummary | None = strawberry.field(description="What was read in.")

    @strawberry.field(description="The policy as it is stored now; null before it is, and after a removal.")
    async def policy(self, info: Info) -> Policy | None:
        """Policy."""
        found = await info.context.policy.load(self.iri) if self.iri else None
        return policy(found) if found else None


def _shown(job: Job) -> WriteJob:
    task, state, landed = job.task, job.state, job.landed
    landed = landed if state in ("done", "failed") else None
    return WriteJob(
        id=strawberry.ID(job.id),
        state=JobState(state),
        source=task.source.name if isinstance(task, Ingest) else task.policy,
        created_at=job.created,
        started_at=job.started or None,
        finished_at=(job.finished or None) if landed else None,
        error=(landed.error or None) if landed else None,
        mend=(landed.mend or None) if landed else None,
        iri=(landed.policy or None) if landed else None,
        summary=_summary(landed) if landed else None,
    )


def _summary(landed: Landed) -> IngestSummary | None:
    found = landed.summary
    if found is None:
        return None
    return IngestSummary(
        result=IngestResult(landed.state),
        title=found.title or None,
        language=found.language,
        clauses=found.clauses,
        statements=found.statements,
        characters=found.characters,
        accounted=found.accounted,
        warnings=list(found.warnings),
    )


def _source(given: PolicySource, key: str | None, language: str | None, settings: Settings) -> Source:
    """What a mutation names, as the command line would find it. Raises `BadSource` or `ReadError`."""
    name = key.strip() if key else ""
    if given.url:
        if not is_url(given.url):  # and not a path of the server
            raise BadSource(f"“{given.url[:80]}” is no address.", mend="Give one that begins with https:// or http://.")
        allowed = settings.allow_private_addresses
        return next(discover([given.url], policy_id=key, language=language, allow_private_addresses=allowed))
    words, media_type = (given.html, HTML) if given.html else (given.text, PLAIN)
    if not words or not words.strip():
        raise BadSource("There is nothing to read.", mend="Give the policy as `text`, `html` or `url`.")
    if not name:
        raise BadSource("Nothing says which policy it is.", mend="Name it: `key`.")
    try:
        data = words.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadSource(f"The text is not Unicode: {error.reason}.", mend="Send whole characters.") from error
    return Source(name, name, "", BytesLoader(data), media_type, language or None, "utf-8")


def _request(info: Info) -> Request:
    request = info.context.request
    assert isinstance(request, Request)
    return request


def _app(info: Info) -> tuple[Jobs, Settings]:
    state = _request(info).app.state
    return state.jobs, state.settings


async def _started(info: Info, task: Ingest | Remove, wait: float) -> WriteJob:
    jobs, settings = _app(info)
    job = jobs.submit(task)
    seconds = min(wait, WAIT, settings.graphql_seconds / 2)
    if seconds > 0:
        await to_thread.run_sync(jobs.wait, job, seconds)
        info.context.store = await reader_of(_request(info)).store()  # what the job wrote can be seen only there
    return _shown(job)


@strawberry.type(description="Changes to the store. They need the server's token: “Authorization: Bearer TOKEN”.")
class Mutation:
    """The root of every mutation."""

    @strawberry.mutation(description="Read a policy in, or read it anew. The words are kept as they are.")
    async def ingest_policy(
        self,
        info: Info,
        source: PolicySource,
        key: Annotated[
            str | None, strawberry.argument(description="What identifies it from now on; an address names itself.")
        ] = None,
        language: Annotated[str | None, strawberry.argument(description="BCP 47; else it is detected.")] = None,
        force: Annotated[bool, strawberry.argument(description="Extract anew also what has not changed.")] = False,
        wait: WaitArgument = 0.0,
    ) -> WriteJob:
        """Ingest."""
        settings = _app(info)[1]
        found = _source(source, key, language, settings)
        return await _started(info, Ingest(found, chosen(settings), force), wait)

    @strawberry.mutation(description="Take a policy out, with the statements that were read from it.")
    async def remove_policy(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="Its key or IRI, whole.")],
        wait: WaitArgument = 0.0,
    ) -> WriteJob:
        """Remove."""
        if not name:
            raise BadSource("Nothing says which policy it is.", mend="Give its key or IRI.")
        return await _started(info, Remove(name if name.startswith(ID) else policy_iri(name)), wait)


@strawberry.type
class JobQuery:
    """What the root of every query answers about jobs."""

    @strawberry.field(description="How far a change to the store is, by the id that its mutation gave.")
    def job(self, info: Info, id: strawberry.ID) -> WriteJob | None:
        """A job."""
        found = _app(info)[0].get(str(id))
        return _shown(found) if found else None


def with_jobs(root: type) -> type:
    """A root type that answers about jobs, too."""
    definition = root.__strawberry_definition__  # type: ignore[attr-defined]
    made = type(definition.name, (root, JobQuery), {})
    return strawberry.type(made, name=definition.name, description=definition.description)
