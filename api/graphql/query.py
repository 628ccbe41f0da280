"""The questions that the schema answers.

In: arguments. Out: policies, statements, concepts. What a user got wrong becomes an error with the words that mend it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated

import strawberry

from ... import ClauseGraphError
from ...ontology.vocabulary import load_vocabulary
from ..views.concepts import find_scheme
from ..views.folding import fold
from ..views.search import find_concept
from . import changes as differing
from . import coverage as covering
from . import lookup, paging, searching
from . import policies as listing
from . import reports as saved
from .enums import Facet, PolicyOrder, Practice, SearchOrder, StatementOrder
from .filters import (
    AfterArgument,
    FirstArgument,
    PolicyWhere,
    PolicyWhereArgument,
    StatementWhere,
    WhereArgument,
    policy_of,
    within,
)
from .loaders import Info
from .node import Node
from .policies import Policy, PolicyConnection, policy
from .statements import StatementConnection, list_statements
from .types import Clause, Statement, clause_of, statement
from .vocabulary import Concept, ConceptScheme, LangArgument, concept, scheme

MOST_NODES = 200


class UnknownScheme(ClauseGraphError):
    """A name that no scheme has."""


@strawberry.type(
    description="Privacy policies, read statement by statement; every fact leads to the words it rests on. Lists go "
    "page by page: give the `endCursor` of one as `after` for the next."
)
class Query:
    """The root of every query."""

    @strawberry.field(description="Anything by its Relay id; null if it is not there.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """A node."""
        return await lookup.node(info, id)

    @strawberry.field(description="Several things by their Relay ids, at most 200, in the order given.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """Nodes."""
        if len(ids) > MOST_NODES:
            raise paging.BadCursor(f"{len(ids)} nodes cannot be given at once.", mend=f"Ask for at most {MOST_NODES}.")
        return list(await asyncio.gather(*(lookup.node(info, id) for id in ids)))

    @strawberry.field(description="The stored policies.")
    async def policies(
        self,
        info: Info,
        where: PolicyWhereArgument = None,
        language: Annotated[str | None, strawberry.argument(description="The same as `where: {language: …}`.")] = None,
        controller: Annotated[
            str | None, strawberry.argument(description="The same as `where: {controller: …}`.")
        ] = None,
        order_by: PolicyOrder = PolicyOrder.IRI,
        first: FirstArgument = 50,
        after: AfterArgument = None,
    ) -> PolicyConnection:
        """Policies."""
        wanted = where or PolicyWhere()
        wanted = replace(wanted, language=language or wanted.language, controller=controller or wanted.controller)
        return await listing.list_policies(info, wanted, order_by, first, after)

    @strawberry.field(description="One policy by its key or IRI; null if it is not there.")
    async def policy(self, info: Info, name: str) -> Policy | None:
        """A policy."""
        found = await info.context.policy.load(policy_of(name))
        return policy(found) if found else None

    @strawberry.field(description="Statements of all policies, or of some.")
    async def statements(
        self,
        info: Info,
        where: WhereArgument = None,
        policies: Annotated[
            list[str] | None, strawberry.argument(description="Only of the policies with these keys or IRIs.")
        ] = None,
        of: PolicyWhereArgument = None,
        order_by: StatementOrder = StatementOrder.PLACE,
        first: FirstArgument = 50,
        after: AfterArgument = None,
    ) -> StatementConnection:
        """Statements."""
        wanted = (where or StatementWhere()).to_filter()
        chosen = of
        if policies is not None:
            both = [one for one in policies if of is None or of.policies is None or one in of.policies]
            chosen = replace(of or PolicyWhere(), policies=both)
        return await list_statements(info, lambda: within(info.context.store, wanted, chosen), order_by, first, after)

    @strawberry.field(description="One statement by its IRI; null if it is not there.")
    async def statement(self, info: Info, iri: str) -> Statement | None:
        """A statement."""
        found = await info.context.statement.load(iri)
        return statement(found) if found else None

    @strawberry.field(description="One clause by its IRI; null if it is not there.")
    async def clause(self, info: Info, iri: str) -> Clause | None:
        """A clause."""
        return await clause_of(info, iri)

    @strawberry.field(
        description="Clauses that hold all these words. Words of letters are found by their beginning, in either "
        "case, with or without accents; Chinese anywhere in the text and in either script; “words in quotation marks” "
        "as they stand."
    )
    async def search(
        self,
        info: Info,
        query: Annotated[str, strawberry.argument(description="Words, such as: advert partner, 第三方, “log files”.")],
        of: PolicyWhereArgument = None,
        order_by: SearchOrder = SearchOrder.MOST_HITS,
        first: FirstArgument = 20,
        after: AfterArgument = None,
    ) -> searching.SearchConnection:
        """Full-text search."""
        return await searching.search(info, query, of, order_by, first, after)

    @strawberry.field(description="Policies side by side: who affirms and who denies what, in one facet.")
    async def compare(
        self,
        info: Info,
        policies: differing.ComparedArgument,
        facet: Facet,
        practice: Annotated[
            list[Practice] | None, strawberry.argument(description="Only these practices; else all.")
        ] = None,
    ) -> differing.Comparison:
        """A comparison."""
        return await differing.compare(info, policies, facet, practice)

    @strawberry.field(
        description="What one version says that another does not, fact by fact: what has turned round first, then by "
        "place in the newer text. `policy(name: …) { changes }` compares the version in force with the one before."
    )
    async def changes(
        self,
        info: Info,
        from_: Annotated[str, strawberry.argument(name="from", description="IRI or id of the older version.")],
        to: Annotated[str, strawberry.argument(description="IRI or id of the newer version.")],
    ) -> list[differing.Change]:
        """Changes."""
        return await differing.changes_between(info, differing.version_iri(from_), differing.version_iri(to))

    @strawberry.field(description="One concept by its name, its IRI, a DPV term that it equals, or an official code.")
    def concept(self, name: str) -> Concept:
        """A concept."""
        return concept(find_concept(name).id)

    @strawberry.field(description="Concepts of one scheme or of all, by name.")
    def concepts(
        self,
        scheme: Annotated[str | None, strawberry.argument(description="A scheme's name, such as purposes.")] = None,
        text: Annotated[
            str | None,
            strawberry.argument(description="Only with this text in its name or in a label."),
        ] = None,
    ) -> list[Concept]:
        """Concepts."""
        vocabulary = load_vocabulary()
        if scheme is not None and find_scheme(scheme) is None:
            raise UnknownScheme(
                f"There is no scheme “{scheme[:100]}”.", mend=f"There are {', '.join(vocabulary.schemes)}."
            )
        chosen = find_scheme(scheme) if scheme is not None else None
        found = vocabulary.in_scheme(chosen.id) if chosen else tuple(vocabulary.concepts.values())
        wanted = fold(text or "")
        return [
            concept(one.id)
            for one in found
            if not wanted or any(wanted in fold(name) for name in (one.id, *one.labels.values()))
        ]

    @strawberry.field(description="The concept schemes: one for each kind of value, and the lists of official codes.")
    def schemes(self) -> list[ConceptScheme]:
        """Schemes."""
        return [scheme(one) for one in load_vocabulary().schemes.values()]

    @strawberry.field(description="The saved reports, one whose file is broken with its error.")
    async def reports(
        self,
        info: Info,
        tag: Annotated[str | None, strawberry.argument(description="Only with this tag, such as sharing.")] = None,
    ) -> list[saved.Report]:
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

    @strawberry.field(description="What of a law's checklist a policy says, item by item. This is not legal advice.")
    async def coverage(
        self,
        info: Info,
        policy: Annotated[str, strawberry.argument(description="Key or IRI of a policy.")],
        law: Annotated[str, strawberry.argument(description="gdpr, tw-pdpa, pipl or ccpa.")],
        lang: LangArgument = None,
    ) -> covering.Coverage:
        """Coverage."""
        return await covering.coverage(info, policy, law, lang)
