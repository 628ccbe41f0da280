"""Turns what the graph says (`Nodes`) into views.

In: `Nodes` that hold everything said about a version, its statements, mentions, conditions and parties.
Out: `StatementView`, `ClauseView`, `PolicyView`, `PolicyDocument`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...ontology.terms import CG, CGC, DCT, PROV, SCHEMA
from .facets import FACET_OF, FACETS, PLACES
from .graph import Nodes
from .model import (
    ClauseView,
    ConditionView,
    FacetView,
    MentionView,
    PartyView,
    PolicyDocument,
    PolicyView,
    StatementView,
)


def local(value: str) -> str:
    """A concept or practice IRI as its local name; any other IRI as it is."""
    for namespace in (CGC, CG):
        if value.startswith(namespace):
            return value[len(namespace) :]
    return value


def party(nodes: Nodes, value: str) -> PartyView | None:
    """The party with this IRI, None for "" (a party that nothing is said about keeps its IRI)."""
    if not value:
        return None
    return PartyView(
        value,
        nodes.one(value, SCHEMA + "name"),
        tuple(nodes.all(value, SCHEMA + "alternateName")),
        nodes.one(value, SCHEMA + "email"),
        nodes.one(value, SCHEMA + "telephone"),
        nodes.one(value, SCHEMA + "address"),
    )


def facets(nodes: Nodes, subject: str) -> tuple[FacetView, ...]:
    """All facet values of a statement or condition, in the order of `FACETS`, twins under their plain names.

    A place that stands under its kind (storage location, …) is not repeated as mere jurisdiction.
    """
    found = [
        (FACET_OF[predicate][0], value)
        for predicate, values in nodes.said(subject).items()
        if predicate in FACET_OF
        for value in values
    ]
    kinds = {value for facet, value in found if facet in PLACES}
    found = [(facet, value) for facet, value in found if facet != "jurisdiction" or value not in kinds]
    found.sort(key=lambda pair: (FACETS.index(pair[0]), pair[1]))
    return tuple(
        FacetView(facet, value, party(nodes, value)) if facet == "namedRecipient" else FacetView(facet, local(value))
        for facet, value in found
    )


def mention(nodes: Nodes, subject: str) -> MentionView:
    """One mention."""
    facet = nodes.one(subject, CG + "facet")
    return MentionView(
        iri=subject,
        of=nodes.one(subject, CG + "mentionOf"),
        facet=FACET_OF[facet][0] if facet in FACET_OF else local(facet),
        value=local(nodes.one(subject, CG + "value")),
        start=nodes.number(subject, CG + "start"),
        end=nodes.number(subject, CG + "end"),
        exact=nodes.one(subject, CG + "exact"),
        rule=nodes.one(subject, CG + "rule"),
        inherited_from=nodes.one(subject, CG + "inheritedFrom"),
        code=local(nodes.one(subject, CG + "citesCode")),
    )


def _mentions(nodes: Nodes, subjects: Iterable[str]) -> tuple[MentionView, ...]:
    found = [mention(nodes, subject) for subject in subjects]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.facet, one.value)))


def statements(nodes: Nodes, wanted: Iterable[str]) -> tuple[StatementView, ...]:
    """The statements with these IRIs, in the order given."""
    mentions: dict[str, list[str]] = defaultdict(list)
    for subject in nodes:
        for owner in nodes.all(subject, CG + "mentionOf"):
            mentions[owner].append(subject)

    def condition(subject: str) -> ConditionView:
        return ConditionView(
            iri=subject,
            effect=local(nodes.one(subject, CG + "effect")),
            kinds=tuple(local(value) for value in nodes.all(subject, CG + "conditionKind")),
            start=nodes.number(subject, CG + "start"),
            end=nodes.number(subject, CG + "end"),
            exact=nodes.one(subject, CG + "exact"),
            facets=facets(nodes, subject),
            mentions=_mentions(nodes, mentions[subject]),
        )

    def statement(subject: str) -> StatementView:
        def one(name: str) -> str:
            return nodes.one(subject, CG + name)

        conditions = sorted(
            (condition(value) for value in nodes.all(subject, CG + "condition")), key=lambda c: (c.start, c.end)
        )
        return StatementView(
            iri=subject,
            version=one("inVersion"),
            clause=one("inClause"),
            start=nodes.number(subject, CG + "start"),
            end=nodes.number(subject, CG + "end"),
            quote=one("quote"),
            practice=local(one("practice") or one("deniedPractice")),
            denied=one("polarity") == CG + "Denied",
            modality=local(one("modality")),
            actor=local(one("actor")),
            named_actor=party(nodes, one("namedActor")),
            controller=party(nodes, one("controller")),
            conditional=nodes.flag(subject, CG + "conditional"),
            confidence=nodes.decimal(subject, CG + "confidence"),
            vague=nodes.flag(subject, CG + "vague"),
            open_list=nodes.flag(subject, CG + "openList"),
            exclusive=nodes.flag(subject, CG + "exclusive"),
            duration=one("duration"),
            duration_days=nodes.decimal(subject, CG + "durationDays"),
            duration_bound=local(one("durationBound")),
            duration_from=one("durationFrom"),
            contact=party(nodes, one("contact")),
            contact_role=local(one("contactRole")),
            rules=tuple(nodes.all(subject, CG + "rule")),
            inherits=one("inherits"),
            exception_to=tuple(nodes.all(subject, CG + "exceptionTo")),
            facets=facets(nodes, subject),
            conditions=tuple(conditions),
            mentions=_mentions(nodes, mentions[subject]),
        )

    return tuple(statement(subject) for subject in wanted)


def clauses(nodes: Nodes, wanted: Iterable[str]) -> tuple[ClauseView, ...]:
    """The clauses with these IRIs, in text order."""
    found = []
    for subject in wanted:
        above = nodes.one(subject, DCT + "isPartOf")
        found.append(
            ClauseView(
                iri=subject,
                path=nodes.one(subject, CG + "path"),
                kind=local(nodes.one(subject, CG + "clauseKind")),
                order=nodes.number(subject, CG + "order"),
                start=nodes.number(subject, CG + "start"),
                end=nodes.number(subject, CG + "end"),
                number=nodes.one(subject, CG + "number"),
                heading=nodes.one(subject, CG + "heading"),
                parent=nodes.one(above, CG + "path"),
            )
        )
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.order)))


def policy(
    nodes: Nodes, version: str, *, counts: tuple[int, int, int] = (0, 0, 0), ingested_at: str = ""
) -> PolicyView:
    """A version's own description; ``counts`` are clauses, statements, denied statements."""
    return PolicyView(
        iri=nodes.one(version, CG + "versionOf") or version.rsplit("/version/", 1)[0],
        version=version,
        title=nodes.one(version, DCT + "title"),
        language=nodes.one(version, DCT + "language"),
        url=nodes.one(version, SCHEMA + "url"),
        controller=party(nodes, nodes.one(version, CG + "controller")),
        effective_date=nodes.one(version, CG + "effectiveDate"),
        modified=nodes.one(version, DCT + "modified"),
        date=nodes.one(version, DCT + "date"),
        sha256=nodes.one(version, CG + "sha256"),
        ingested_at=ingested_at or nodes.one(version, CG + "ingestedAt"),
        clauses=counts[0],
        statements=counts[1],
        denied=counts[2],
    )


def document(nodes: Nodes, version: str, *, ingested_at: str = "") -> PolicyDocument:
    """A whole version from all that its graph says."""
    shown_clauses = clauses(nodes, nodes.of_type(CG + "Clause"))
    owned = [subject for subject in nodes if nodes.one(subject, CG + "inVersion") == version]
    shown = sorted(statements(nodes, owned), key=lambda one: (one.start, one.end, one.iri))
    counts = (len(shown_clauses), len(shown), sum(one.denied for one in shown))
    activity = nodes.one(version, CG + "extraction")
    extraction = {local(predicate): min(values) for predicate, values in nodes.said(activity).items()}
    for agent in nodes.all(activity, PROV + "wasAssociatedWith"):
        extraction |= {local(predicate): min(values) for predicate, values in nodes.said(agent).items()}
    return PolicyDocument(
        policy(nodes, version, counts=counts, ingested_at=ingested_at),
        nodes.one(version, CG + "text"),
        shown_clauses,
        tuple(shown),
        dict(sorted(extraction.items())),
    )
