"""Two stock Strawberry endpoints that give the same answer as ours, for the comparison in `bench.graphql`.

In: the store, and statements as views. Out: routers: one whose fields each ask the store (the naive way), one over
objects that are in memory already (the floor of what Strawberry costs).
"""

from __future__ import annotations

from collections.abc import Sequence

import strawberry
from strawberry.fastapi import GraphQLRouter

from clausegraph.api.views import model
from clausegraph.api.views.search import StatementFilter, search
from clausegraph.api.views.words import label as label_of
from clausegraph.ontology.terms import CG, PREFIXES
from clausegraph.queries.store import Store

HEAD = f"PREFIX cg: <{CG}>\nPREFIX skos: <{PREFIXES['skos']}>\n"
CONCEPTS = PREFIXES["cgc"]


@strawberry.type
class Mention:
    """A mention, ready."""

    exact: str
    start: int
    end: int


@strawberry.type
class Concept:
    """A concept, ready."""

    name: str

    @strawberry.field
    def label(self, lang: str = "en") -> str:
        """Its label."""
        return label_of(self.name, lang)


@strawberry.type
class FacetValue:
    """A facet's value, ready."""

    facet: str
    concept: Concept | None
    mentions: list[Mention]


@strawberry.type
class Statement:
    """A statement, ready."""

    iri: str
    quote: str
    practice: str
    start: int
    end: int
    facets: list[FacetValue]


@strawberry.type
class Statements:
    """A page."""

    nodes: list[Statement]


def ready(view: model.StatementView) -> Statement:
    """A view as objects."""
    facets = [
        FacetValue(
            facet=facet.facet,
            concept=None if facet.party else Concept(name=facet.value),
            mentions=[
                Mention(exact=one.exact, start=one.start, end=one.end)
                for one in view.mentions
                if (one.facet, one.value) == (facet.facet, facet.value)
            ],
        )
        for facet in view.facets
    ]
    return Statement(
        iri=view.iri, quote=view.quote, practice=view.practice, start=view.start, end=view.end, facets=facets
    )


def in_memory(views: Sequence[model.StatementView]) -> GraphQLRouter[None, None]:
    """Stock Strawberry over objects that are there already."""
    page = [ready(view) for view in views]

    @strawberry.type
    class Query:
        @strawberry.field
        def statements(self, first: int) -> Statements:
            return Statements(nodes=page[:first])

    return GraphQLRouter(strawberry.Schema(query=Query), path="/memory", graphql_ide=None)


def naive(store: Store) -> GraphQLRouter[None, None]:
    """Stock Strawberry whose fields ask the store one by one."""

    def values(query: str) -> list[dict[str, str]]:
        return store.query(HEAD + query).texts()

    @strawberry.type
    class NaiveMention:
        node: strawberry.Private[str]

        def one(self, name: str) -> str:
            return values(f"SELECT ?v {{ <{self.node}> cg:{name} ?v }}")[0]["v"]

        @strawberry.field
        def exact(self) -> str:
            return self.one("exact")

        @strawberry.field
        def start(self) -> int:
            return int(self.one("start"))

        @strawberry.field
        def end(self) -> int:
            return int(self.one("end"))

    @strawberry.type
    class NaiveConcept:
        node: strawberry.Private[str]

        @strawberry.field
        def name(self) -> str:
            return self.node.removeprefix(CONCEPTS)

        @strawberry.field
        def label(self, lang: str = "en") -> str:
            found = values(f'SELECT ?v {{ <{self.node}> skos:prefLabel ?v FILTER(LANG(?v) = "{lang}") }}')
            return found[0]["v"] if found else ""

    @strawberry.type
    class NaiveFacet:
        statement: strawberry.Private[str]
        property: strawberry.Private[str]
        value: strawberry.Private[str]

        @strawberry.field
        def facet(self) -> str:
            return self.property.removeprefix(CG)

        @strawberry.field
        def concept(self) -> NaiveConcept | None:
            return NaiveConcept(node=self.value) if self.value.startswith(CONCEPTS) else None

        @strawberry.field
        def mentions(self) -> list[NaiveMention]:
            about = f"cg:mentionOf <{self.statement}> ; cg:facet <{self.property}> ; cg:value <{self.value}>"
            found = values(f"SELECT ?v {{ ?v {about} }}")
            return [NaiveMention(node=one["v"]) for one in found]

    @strawberry.type
    class NaiveStatement:
        iri: str

        def one(self, name: str) -> str:
            return values(f"SELECT ?v {{ <{self.iri}> cg:{name} ?v }}")[0]["v"]

        @strawberry.field
        def quote(self) -> str:
            return self.one("quote")

        @strawberry.field
        def practice(self) -> str:
            return self.one("practice").removeprefix(CG)

        @strawberry.field
        def start(self) -> int:
            return int(self.one("start"))

        @strawberry.field
        def end(self) -> int:
            return int(self.one("end"))

        @strawberry.field
        def facets(self) -> list[NaiveFacet]:
            query = f"SELECT DISTINCT ?p ?v {{ ?m cg:mentionOf <{self.iri}> ; cg:facet ?p ; cg:value ?v }}"
            return [NaiveFacet(statement=self.iri, property=one["p"], value=one["v"]) for one in values(query)]

    @strawberry.type
    class NaiveStatements:
        nodes: list[NaiveStatement]

    @strawberry.type
    class Query:
        @strawberry.field
        def statements(self, first: int) -> NaiveStatements:
            hits = search(store, StatementFilter(), limit=first)
            return NaiveStatements(nodes=[NaiveStatement(iri=hit.statement) for hit in hits])

    scope = {one.__name__: one for one in (NaiveMention, NaiveConcept, NaiveFacet, NaiveStatement, NaiveStatements)}
    globals().update(scope)  # where Strawberry looks the annotations up
    return GraphQLRouter(strawberry.Schema(query=Query), path="/naive", graphql_ide=None)
