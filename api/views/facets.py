"""Facets as people see them: groups with a name, a colour class for pages and a style for terminals.

In: nothing. Out: `GROUPS`, `group_of`, `FACET_OF` (property IRI → plain facet name and whether it is denied), `title`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...ontology import terms

#: Every facet in the order of the schema, the named recipient beside its kind.
FACETS = (
    *terms.FACETS[: terms.FACETS.index("recipient") + 1],
    "namedRecipient",
    *terms.FACETS[terms.FACETS.index("recipient") + 1 :],
    "consequence",
    "necessity",
    "automatedDecision",
    "transferSafeguard",
)

PLACES = terms.JURISDICTION_KINDS


@dataclass(frozen=True, slots=True)
class Group:
    """Facets that share a colour. ``css`` is a class name, ``style`` a rich style (black on a light ground)."""

    css: str
    label: str
    style: str
    facets: tuple[str, ...]


GROUPS = (
    Group("data", "data", "black on #ffd479", ("dataCategory",)),
    Group("purpose", "purpose", "black on #9ad0ff", ("purpose",)),
    Group("recipient", "recipient", "black on #d6b3ff", ("recipient", "namedRecipient")),
    Group(
        "place",
        "place",
        "black on #9fe3b1",
        ("jurisdiction", *PLACES, "storageMedium"),
    ),
    Group("basis", "legal basis", "black on #c9d3e0", ("legalBasis", "applicableLaw", "authority")),
    Group("time", "retention", "black on #ffb38a", ("retention",)),
    Group("right", "right", "black on #8fe3df", ("right",)),
    Group("measure", "measure", "black on #d3e27a", ("measure", "transferSafeguard")),
    Group("party", "source or subject", "black on #f3b6d3", ("source", "dataSubject")),
    Group("other", "other", "black on #dddddd", ("consequence", "necessity", "automatedDecision", "controller")),
)
CONDITION = Group("condition", "condition", "italic underline", ())

_BY_FACET = {facet: group for group in GROUPS for facet in group.facets}


def property_of(facet: str, denied: bool) -> str:
    """IRI of the property that carries a facet, or of its twin on denied statements."""
    return terms.CG + (f"denied{facet[:1].upper()}{facet[1:]}" if denied else facet)


#: property IRI → (plain facet name, whether it is the denied twin)
FACET_OF: dict[str, tuple[str, bool]] = {
    property_of(facet, denied): (facet, denied) for facet in FACETS for denied in (False, True)
}


def group_of(facet: str) -> Group:
    """The colour group of a facet; facets without one of their own share the last."""
    return _BY_FACET.get(facet, GROUPS[-1])


def title(name: str) -> str:
    """A camel-case name as words: "transferDestination" → "transfer destination", "GrantRight" → "Grant right"."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return words[:1] + words[1:].lower()
