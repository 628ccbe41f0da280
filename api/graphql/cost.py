"""What a query may cost: how many values its answer can hold, estimated from the sizes of its pages.

In: the schema, a validated document, the values of its variables. Out: the estimate, as a whole number.

Every field of the answer counts one. What stands below a list counts once for each entry that the list can have: the
page that was asked for (`first`, or the ids that were given), else what such a list usually holds (`USUAL`). Fragments
are worked out once, as "so much, and so much more for each entry of the page", so the work grows with the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    get_named_type,
    get_nullable_type,
    value_from_ast_untyped,
)
from graphql.type.introspection import SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef

from .paging import MAX_PAGE

#: Arguments that say how many entries a list or page has at most.
PAGE = ("first", "last")
#: Arguments that name the entries one by one.
NAMED = ("ids", "iris", "names")
#: Fields of a connection that hold one page.
ENTRIES = frozenset({"nodes", "edges"})
#: Entries of a list that has no page size.
USUALLY = 5
#: The same for lists that are usually longer, or shorter.
USUAL = {
    "Query.concepts": 200,
    "Query.reports": 80,
    "Query.changes": 100,
    "Change.aspects": 3,
    "Query.schemes": 14,
    "Coverage.items": 30,
    "CoverageItem.points": 4,
    "CoverageItem.conditions": 1,
    "CoverageEvidence.limits": 1,
    "PolicyConnection.practices": 15,
    "PolicyConnection.languages": 10,
    "StatementConnection.practices": 15,
    "FacetCounts.values": 40,
    "Policy.changes": 100,
    "PolicyVersion.clauses": 20,
    "PolicyVersion.statements": 60,
    "Described.clauses": 20,
    "Comparison.rows": 40,
    "ReportRow.cells": 8,
    "Party.sameAs": 20,
    "Policy.clauses": 20,
    "Clause.children": 4,
    "Clause.statements": 2,
    "Statement.facets": 4,
    "Statement.mentions": 6,
    "Statement.conditions": 1,
    "FacetValue.mentions": 2,
    "Condition.facets": 1,
    "Concept.broader": 2,
    "Concept.narrower": 8,
    "Concept.descendants": 50,
    "ConceptScheme.concepts": 150,
    "ConceptScheme.topConcepts": 20,
    "Clause.descendants": 20,
    "__Schema.types": 60,
    "__Schema.directives": 5,
    "__Type.fields": 10,
    "__Type.interfaces": 1,
    "__Type.possibleTypes": 1,
    "__Type.enumValues": 4,
    "__Type.inputFields": 2,
    "__Field.args": 1,
    "__Directive.locations": 3,
    "__Directive.args": 1,
}
META = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef, "__typename": TypeNameMetaFieldDef}


@dataclass(frozen=True, slots=True)
class Cost:
    """``fixed``, and ``each`` for every entry of the page it stands on."""

    fixed: int = 0
    each: int = 0

    def of(self, page: int) -> int:
        """The cost on a page of that size."""
        return self.fixed + self.each * page


class _Estimate:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self.variables = variables
        self.fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self.known: dict[str, Cost] = {}

    def fragment(self, name: str) -> Cost:
        """The cost of what a fragment selects."""
        if name not in self.known:
            found = self.fragments[name]
            parent = self.schema.get_type(found.type_condition.name.value)
            self.known[name] = self.selection(parent, found.selection_set)
        return self.known[name]

    def selection(self, parent: Any, chosen: SelectionSetNode) -> Cost:
        """The cost of a selection on a type."""
        fixed = each = 0
        for one in chosen.selections:
            if isinstance(one, FragmentSpreadNode):
                part = self.fragment(one.name.value)
            elif isinstance(one, InlineFragmentNode):
                on = self.schema.get_type(one.type_condition.name.value) if one.type_condition else parent
                part = self.selection(on, one.selection_set)
            else:
                assert isinstance(one, FieldNode)
                part = self.field(parent, one)
            fixed, each = fixed + part.fixed, each + part.each
        return Cost(fixed, each)

    def field(self, parent: Any, node: FieldNode) -> Cost:
        """The cost of one field with what is below it."""
        name = node.name.value
        field = META.get(name)
        if field is None and isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            field = parent.fields.get(name)
        if field is None or node.selection_set is None:
            return Cost(1)
        below = self.selection(get_named_type(field.type), node.selection_set)
        page = self.page(field, node)
        if not _is_list(field.type):
            # a connection: its resolver refuses pages larger than this
            return Cost(1 + below.of(USUALLY if page is None else min(page, MAX_PAGE)))
        if page is None and name in ENTRIES:
            return Cost(1, below.of(USUALLY))
        usual = USUAL.get(f"{parent.name}.{name}", USUALLY)
        return Cost(1 + below.of(USUALLY) * (usual if page is None else page))

    def page(self, field: GraphQLField, node: FieldNode) -> int | None:
        """How many entries were asked for; None where the field knows no such argument."""
        given = {one.name.value: self.value(one.value) for one in node.arguments or ()}
        for name in PAGE:
            if name in field.args:
                value = given.get(name, field.args[name].default_value)
                return max(value, 0) if isinstance(value, int) else MAX_PAGE
        named = [given[name] for name in NAMED if name in given]
        return len(named[0]) if named and isinstance(named[0], list) else None

    def value(self, node: Any) -> Any:
        """An argument's value, its variables filled in."""
        return value_from_ast_untyped(node, dict(self.variables))


def _is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(get_nullable_type(kind), GraphQLList)


def estimate(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> int:
    """The most values that an operation's answer is expected to hold."""
    filled = dict(variables)
    for one in operation.variable_definitions or ():
        name = one.variable.name.value
        if name not in filled and one.default_value is not None:
            filled[name] = value_from_ast_untyped(one.default_value)
    filled = {name: value for name, value in filled.items() if value is not Undefined}
    root = schema.get_root_type(operation.operation)
    return _Estimate(schema, document, filled).selection(root, operation.selection_set).of(1)
