"""What every thing of the graph has in the schema: an IRI, a Relay id, a page.

In: IRIs. Out: the interface `Node`, ids of Relay and back.
"""

from __future__ import annotations

import base64
import binascii

import strawberry

from ... import ClauseGraphError
from ..pages import local_path
from .loaders import Info


class BadId(ClauseGraphError):
    """An id that this schema did not give out."""


def to_id(kind: str, iri: str) -> str:
    """A Relay id."""
    return base64.urlsafe_b64encode(f"{kind}:{iri}".encode()).decode().rstrip("=")


def from_id(id: str) -> tuple[str, str]:
    """Type and IRI of a Relay id. Raises `BadId`."""
    try:
        text = base64.b64decode(id + "=" * (-len(id) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    kind, _, iri = text.partition(":")
    if not kind.isalpha() or not iri:
        raise BadId(f"“{id[:100]}” is no id of this server.", mend="Give the `id` of a node as a query gave it to you.")
    return kind, iri


def page_of(iri: str, info: Info) -> str:
    """The address at which this server shows what an IRI stands for; an IRI that is not ours leads to itself."""
    path = local_path(iri)
    return info.context.base_url + path if path else iri


@strawberry.interface(description="Anything that can be looked up again: by its Relay id, its IRI, or in a browser.")
class Node:
    """A thing of the graph."""

    iri: str = strawberry.field(description="Its IRI: its name in RDF and SPARQL.")

    @strawberry.field(description="Its Relay id, for `node` and `nodes`.")
    def id(self) -> strawberry.ID:
        """Relay id."""
        return strawberry.ID(to_id(type(self).__name__, self.iri))

    @strawberry.field(description="Its page on this server, for people.")
    def page(self, info: Info) -> str:
        """Page."""
        return page_of(self.iri, info)
