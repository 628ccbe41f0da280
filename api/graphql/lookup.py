"""One thing by its id.

In: Relay ids. Out: nodes, None for what is not there.
"""

from __future__ import annotations

from ...ontology.terms import CG, CGC
from ...ontology.vocabulary import load_vocabulary
from ..views.concepts import find_scheme
from . import reports as saved
from .evidence import condition, mention, party, statement_of
from .loaders import Info
from .node import BadId, Node, from_id
from .policies import policy, version
from .types import clause_of, statement
from .vocabulary import concept, scheme

KINDS = (
    "Policy",
    "PolicyVersion",
    "Clause",
    "Statement",
    "Mention",
    "Condition",
    "Party",
    "Concept",
    "ConceptScheme",
    "Report",
)


async def node(info: Info, id: str) -> Node | None:
    """What an id stands for. Raises `BadId` for text that is no id."""
    kind, iri = from_id(id)
    if kind not in KINDS:
        raise BadId(f"“{id[:100]}” is no id of this server.", mend="Give the `id` of a node as a query gave it to you.")
    context = info.context
    if kind == "Policy":
        found = await context.policy.load(iri)
        return policy(found) if found else None
    if kind == "PolicyVersion":
        found = await context.version.load(iri)
        return version(found) if found else None
    if kind == "Clause":
        return await clause_of(info, iri)
    if kind == "Party":
        return party(await context.party.load(iri))
    if kind == "Report":
        named = [one for one in await saved.all_reports(info, None) if one.name == iri.rpartition("/")[2]]
        return named[0] if named else None
    if kind in ("Concept", "ConceptScheme"):
        return _of_vocabulary(kind, iri)
    return await _of_statement(info, kind, iri)


def _of_vocabulary(kind: str, iri: str) -> Node | None:
    name = iri.removeprefix(CGC).removeprefix(CG)
    if kind == "Concept":
        return concept(name) if load_vocabulary().get(name) else None
    found = find_scheme(name)
    return scheme(found) if found else None


async def _of_statement(info: Info, kind: str, iri: str) -> Node | None:
    view = await info.context.statement.load(statement_of(iri))
    if view is None:
        return None
    if kind == "Statement":
        return statement(view) if view.iri == iri else None
    if kind == "Condition":
        return next((condition(one) for one in view.conditions if one.iri == iri), None)
    return next((mention(one) for one in view.evidence() if one.iri == iri), None)
