"""What one version of a policy says that another does not, as views.

In: a store, the IRIs of two versions. Out: a `DiffView` with its `ChangeView`s, by their place in the newer text.

What counts as a change is said once, in `queries.changes`; here the statements are put to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ... import ClauseGraphError
from ...ontology.vocabulary import load_vocabulary
from ...queries.changes import compare_graphs
from ...queries.changes.anchor import Anchor
from ...queries.changes.facts import Value
from ...queries.store import Store
from ...queries.versions import version_graph
from . import build
from .facets import title
from .graph import Nodes
from .model import StatementView
from .words import label


class UnknownVersion(ClauseGraphError):
    """A version that the store does not keep, or policies that cannot be compared."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: ``before`` None: it came; ``after`` None: it is gone; both: it changed. See `queries.changes`."""

    kind: str
    before: StatementView | None
    after: StatementView | None
    aspects: tuple[str, ...] = ()
    gained: tuple[Value, ...] = ()
    lost: tuple[Value, ...] = ()
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class DiffView:
    """Two versions compared: their IRIs, the changes, and how many facts of the newer are the same as before."""

    older: str
    newer: str
    changes: tuple[ChangeView, ...]
    same: int


def changes(store: Store, older: str, newer: str) -> DiffView:
    """The changes from one version to another, wherever the store keeps them. Raises `UnknownVersion`."""
    graphs = {one: version_graph(store, one) for one in (older, newer)}
    for one, graph in graphs.items():
        if not graph:
            raise UnknownVersion(
                f"The store keeps no version {one[:300]}.", mend="`policy(name: …) { versions { iri } }` lists them."
            )
    return changes_of(graphs[older], graphs[newer])


def changes_of(older: bytes, newer: bytes) -> DiffView:
    """The changes from one version's graph to another's, given as N-Triples or N-Quads; stored or not."""
    found = compare_graphs(older, newer)
    before = _statements(older, found.older.iri) if found.changes else {}
    after = _statements(newer, found.newer.iri) if found.changes else {}
    views = [
        ChangeView(
            one.kind,
            before[one.before.iri] if one.before else None,
            after[one.after.iri] if one.after else None,
            one.aspects,
            one.gained,
            one.lost,
            one.anchor,
        )
        for one in found.changes
    ]
    return DiffView(found.older.iri, found.newer.iri, tuple(views), found.same)


def _statements(graph: bytes, version: str) -> dict[str, StatementView]:
    rows = [
        {"s": quad.subject.value, "p": quad.predicate.value, "o": quad.object.value}
        for quad in ox.parse(graph, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
    ]
    return {one.iri: one for one in build.document(Nodes(rows), version).statements}


def aspect_words(aspect: str) -> str:
    """An aspect for people: “NewRecipient” is “new recipient”."""
    return _ASPECTS.get(aspect) or title(aspect).lower()


#: Aspects whose name does not say it all.
_ASPECTS = {
    "NowAffirmed": "was denied, now affirmed",
    "NowDenied": "was affirmed, now denied",
    "NewDataCategory": "new kind of data",
    "DataCategoryGone": "kind of data gone",
    "ModalityChanged": "put more or less strongly",
    "SameWords": "same words, read in another place or context",
}


def value_words(facet: str, value: str, lang: str) -> tuple[str, str]:
    """A gained or lost value in words: what it is a value of, and the value."""
    effect, _, inner = facet.partition(" ")
    what = f"{title(effect)}: {title(inner)}" if inner else title(facet)
    if concept_of(facet, value):
        return what.lower(), label(value, lang)
    if facet == "period":
        bound, _, length = value.rpartition(" ")
        return what.lower(), f"{title(bound).lower()} {length}".strip()
    return what.lower(), title(value) if facet in ("OnlyIf", "Unless", "modality") else value


def concept_of(facet: str, value: str) -> str:
    """The id of the concept that a gained or lost value is, "" where it is none (a name, a period)."""
    if facet.rpartition(" ")[2] in _NO_CONCEPTS:
        return ""
    return value if load_vocabulary().get(value) is not None else ""


def is_denied(side: StatementView | None, facet: str) -> bool:
    """Whether a value that one side of a change has alone is denied there; what conditions hold never is."""
    return side is not None and side.denied and facet not in _NEUTRAL and " " not in facet


#: What says around a denial how it is put.
_NEUTRAL = frozenset({"actor", "namedActor", "contact", "contactRole", "OnlyIf", "Unless", "period", "modality"})
_NO_CONCEPTS = frozenset({"namedRecipient", "namedActor", "contact", "OnlyIf", "Unless", "period", "modality"})
