"""The questions that the schema answers.

In: arguments. Out: policies, statements, concepts. What a user got wrong becomes an error with the words that mend it.
"""

from __future__ import annotations

from typing import Annotated

import strawberry
from fastapi.concurrency import run_in_threadpool

from ...ingest.quads import policy_iri
from ...ontology.terms import ID
from ...ontology.vocabulary import load_vocabulary
from ..views.fetch import policy_iris
from ..views.search import StatementFilter, find_concept, search
from . import paging
from . import reports as saved
from .loaders import Info
from .types import (
    AfterArgument,
    FirstArgument,
    PageInfo,
    Policy,
    PolicyConnection,
    Statement,
    StatementConnection,
    StatementWhere,
    WhereArgument,
    hit_of,
    policy,
    statement,
    statement_page,
)
from .vocabulary import Concept, LangArgument


@strawberry.type(
    description="Privacy policies, read statement by statement; every fact leads to the words it rests on."
)
class Query:
    """The root of every query."""

    @strawberry.field(description="The stored policies, by IRI.")
    async def policies(
        self,
        info: Info,
        language: Annotated[str | None, strawberry.argument(description="Only of this language, such as cs.")] = None,
        controller: Annotated[
            str | None, strawberry.argument(description="Only with this text in the controller's name or aliases.")
        ] = None,
        first: FirstArgument = 50,
        after: AfterArgument = None,
    ) -> PolicyConnection:
        """Policies."""
        paging.page_size(first)
        last = str(paging.decode(after, str)[0]) if after is not None else ""
        found = await run_in_threadpool(
            lambda: policy_iris(
                info.context.store, language=language or "", controller=controller or "", after=last, limit=first + 1
            )
        )
        views = await info.context.policy.load_many(found[:first])
        return PolicyConnection(
            nodes=[policy(view) for view in views if view is not None],
            page_info=PageInfo(
                has_next_page=len(found) > first,
                end_cursor=paging.encode(found[first - 1 if len(found) > first else -1]) if found and first else None,
            ),
        )

    @strawberry.field(description="One policy by its key or IRI.")
    async def policy(self, info: Info, name: str) -> Policy | None:
        """A policy."""
        iri = name if name.startswith(ID) else policy_iri(name)
        found = await info.context.policy.load(iri)
        return policy(found) if found else None

    @strawberry.field(description="Statements of all policies, or of some, by policy and place in the text.")
    async def statements(
        self,
        info: Info,
        where: WhereArgument = None,
        policies: Annotated[
            list[str] | None, strawberry.argument(description="Only of the policies with these keys or IRIs.")
        ] = None,
        first: FirstArgument = 50,
        after: AfterArgument = None,
    ) -> StatementConnection:
        """Statements."""
        paging.page_size(first)
        last = hit_of(after)
        wanted = (where or StatementWhere()).to_filter()
        if policies is not None:
            iris = tuple(name if name.startswith(ID) else policy_iri(name) for name in policies)
            wanted = StatementFilter(iris, None, wanted.practices, wanted.polarity, wanted.concept, wanted.facet)
        hits = await run_in_threadpool(lambda: search(info.context.store, wanted, after=last, limit=first + 1))
        return await statement_page(info, hits, first, None)

    @strawberry.field(description="One statement by its IRI.")
    async def statement(self, info: Info, iri: str) -> Statement | None:
        """A statement."""
        found = await info.context.statement.load(iri)
        return statement(found) if found else None

    @strawberry.field(description="One concept by its id, its IRI, or a DPV term or code that it equals.")
    def concept(self, name: str) -> Concept:
        """A concept."""
        return Concept(id=find_concept(name).id)

    @strawberry.field(description="All concepts of one scheme, such as purposes.")
    def concepts(self, scheme: str) -> list[Concept]:
        """Concepts."""
        return [Concept(id=found.id) for found in load_vocabulary().in_scheme(scheme)]

    @strawberry.field(description="The saved reports, one whose file is broken with its error.")
    async def reports(
        self,
        info: Info,
        tag: Annotated[str | None, strawberry.argument(description="Only with this tag, such as sharing.")] = None,
    ) -> list[saved.ReportInfo]:
        """Reports."""
        return await saved.all_reports(info, tag)

    @strawberry.field(description="One saved report, asked with parameters.")
    async def report(
        self,
        info: Info,
        name: str,
        parameters: Annotated[
            list[saved.ReportParameter] | None, strawberry.argument(description="By name; a report has defaults.")
        ] = None,
        lang: LangArgument = None,
    ) -> saved.ReportAnswer:
        """A report's answer."""
        return await saved.answer(info, name, parameters or [], lang)
