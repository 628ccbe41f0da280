"""What is the same as a party, in the schema.

In: views. Out: the type `Same`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from ...ontology.terms import SAME_AS
from ..views import model
from ..views.same import SameView
from .enums import enum_value
from .evidence import party

if TYPE_CHECKING:
    from .evidence import Party


@strawberry.enum(description="What a name of an organisation is.")
class SameKind(Enum):
    """Kinds of identifiers."""

    PARTY = enum_value("party", description="A party that another policy names.")
    WIKIDATA = enum_value("wikidata", description="A Wikidata item.")
    LEI = enum_value("lei", description="A Legal Entity Identifier (ISO 17442).")
    REGISTER = enum_value("register", description="An entry in a company register.")


@strawberry.enum(description="Which property ties a party to what is the same.")
class SameRelation(Enum):
    """Properties."""

    SAME_AS = enum_value("sameAs", description="owl:sameAs: the IRI names the organisation itself.")
    EXACT_MATCH = enum_value("exactMatch", description="skos:exactMatch: the IRI names a record about it.")


@strawberry.type(description="One name of the same organisation elsewhere, as the user's mapping says.")
class Same:
    """The same organisation."""

    kind: SameKind
    iri: str
    text: str = strawberry.field(description="What people know it by: Q42, an LEI, an address, a party's name.")
    relation: SameRelation = strawberry.field(description="Which property ties a party to it.")
    party: Annotated[Party, strawberry.lazy(".evidence")] | None = strawberry.field(
        description="The party, where it is one of another policy."
    )


def same(view: SameView, named: model.PartyView | None) -> Same:
    """One of them."""
    return Same(
        kind=SameKind(view.kind),
        iri=view.iri,
        text=view.text,
        relation=SameRelation.SAME_AS if view.relation == SAME_AS else SameRelation.EXACT_MATCH,
        party=party(named),
    )
