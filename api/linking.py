"""Vocabularies of others into a store: fetched or read, then linked, each with what became of it.

In: names of files and http(s) addresses, an open store. Out: `Landed`, one a name. Addresses go through the same gate
as policies do: redirects one by one, no private networks unless allowed, bounded in time and size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .. import ClauseGraphError
from ..ingest.read.addresses import is_url, normalised
from ..ingest.read.errors import ReadError
from ..ingest.read.fetch import fetch
from ..ingest.read.limits import Limits
from ..ingest.read.loaders import FileLoader
from ..ontology.alignment import Claim, read_alignment
from ..ontology.external import External, read_external
from ..queries.linked import Linked, add
from ..queries.store import Store
from .base import ensure_base
from .ingestion import now

__all__ = ["LIMITS", "Landed", "link", "read", "read_claims"]

#: What a vocabulary may take: DPV's places, the largest tried, have 4 MB and come within seconds.
LIMITS = Limits(max_bytes=64_000_000, url_seconds=120.0)

State = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one name. ``vocabulary`` is None and ``error`` says why where ``state`` is "failed"."""

    source: str
    state: State
    vocabulary: Linked | None = None
    instead_of: tuple[Linked, ...] = ()
    error: str = ""
    mend: str = ""


def link(store: Store, names: Iterable[str], *, allow_private_addresses: bool = False) -> Iterator[Landed]:
    """Link every vocabulary named. A bad one is one failed `Landed`; the others go on."""
    ensure_base(store)
    for name in names:
        try:
            added = add(store, read(name, allow_private_addresses=allow_private_addresses), at=now())
        except ClauseGraphError as error:
            yield Landed(name, "failed", error=str(error), mend=error.mend)
        else:
            yield Landed(name, added.state, added.vocabulary, added.instead_of)


#: A namespace often answers people with a page and programs with RDF.
_RDF = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1"


def read(name: str, *, allow_private_addresses: bool = False) -> External:
    """The vocabulary in a file or at an address. Raises `ReadError` or `ExternalError`."""
    if not is_url(name):
        data = FileLoader(name, LIMITS)()
        return read_external(data, name=name, source=Path(name).name)
    address = normalised(name)
    try:
        response = fetch(address, LIMITS, allow_private_addresses=allow_private_addresses, accept=_RDF)
    except ReadError as error:
        raise ReadError(str(error), mend="Download the vocabulary and give the file, or check the address.") from error
    known = response.media_type if response.media_type not in ("text/plain", "application/octet-stream") else ""
    return read_external(response.data, name=response.url, source=address, media_type=known, base=response.url)


def read_claims(file: Path) -> tuple[Claim, ...]:
    """The matches in an alignment file of the user's. Raises `ReadError` or `ExternalError`."""
    return read_alignment(FileLoader(str(file), LIMITS)(), name=file.name)
