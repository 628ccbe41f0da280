"""What the tests of the views share: the policies that they are of, how a view is written, and SHACL.

In: a store. Out: bytes, and the complaints of shapes by name.
"""

from __future__ import annotations

from pathlib import Path

import rdflib
from rdflib.namespace import RDF, SH

from clausegraph.queries.store import Store
from clausegraph.queries.views import Missing, view_of

HERE = Path(__file__).parent


def written(store: Store, view: str, format: str, key: str = "") -> bytes:
    """The view of all policies, or of those whose IRI ends so."""
    return rendered(store, view, format, key)[0]


def rendered(store: Store, view: str, format: str, key: str = "") -> tuple[bytes, tuple[Missing, ...]]:
    """The same, with what is missing."""
    rows = sorted((row for row in store.policies() if row.policy_iri.endswith(key)), key=lambda row: row.policy_iri)
    assert rows
    found = view_of(view).render(store, rows, format)
    return found.data, found.missing


def complaints(data: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """What breaks the shapes: the names of the property shapes, or the messages."""
    import pyshacl

    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph), text
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        found.add(str(shapes.value(shape, SH.name) or report.value(result, SH.resultMessage)))
    return found
