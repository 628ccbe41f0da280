"""What the graph says about one thing: the triples that a client gets who looks up its IRI.

In: a store, an IRI of ours. Out: N-Triples; `dataset_of`: where it is known, in *current* or in the history.

A version and the catalogue are graphs, and are given whole. A statement comes with its conditions, its mentions and
the parties it names, an inference with its reasons, since none of them means much alone; everything with what points
to it.
"""

from __future__ import annotations

import re

from ...ontology.terms import CATALOGUE_GRAPH, CG, INFERRED
from ...queries.store import Store, StoreError
from ...queries.store.base import DatasetName
from .graph import iri

PREFIX = f"PREFIX cg: <{CG}>\n"
#: A version's IRI or one below it. The first group is the graph that says what it is.
VERSION = re.compile(r"(.+/version/[0-9a-f]{16}(?:/(?:dpv|changes)(?=/|$))?)(?:/.*)?")

DESCRIPTION = """CONSTRUCT { ?s ?p ?o . ?from ?link ?asked } WHERE {
  VALUES ?asked { %s }
  { ?asked ?p ?o BIND(?asked AS ?s) }
  UNION { ?from ?link ?asked }
  UNION { ?asked a cg:Statement ; cg:condition|cg:controller|cg:namedActor|cg:contact ?s . ?s ?p ?o }
  UNION { ?asked a cg:Statement ; cg:namedRecipient|cg:deniedNamedRecipient ?s . ?s ?p ?o }
  UNION { ?asked a cg:Statement . ?s cg:mentionOf ?asked ; ?p ?o }
  UNION { ?asked a cg:Statement ; cg:condition ?condition . ?s cg:mentionOf ?condition ; ?p ?o }
  UNION { ?asked a cg:Inference ; cg:inferredBecause ?s . ?s ?p ?o }
}"""
WHOLE = """CONSTRUCT { ?s ?p ?o . ?from ?link ?asked } WHERE {
  VALUES ?asked { %s } { GRAPH ?asked { ?s ?p ?o } } UNION { ?from ?link ?asked }
}"""
CATALOGUED = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } GRAPH %s { ?s ?p ?o } }"


def dataset_of(store: Store, name: str) -> DatasetName | None:
    """Which dataset knows an IRI, None where neither does. What stands in a version is where the version's graph is."""
    node, version = iri(name), VERSION.fullmatch(name)
    graph = iri(version[1]) if version else node
    said = f"{node} ?p ?o"
    if version:  # in the version's graph, or in that of what follows from it
        said = f"VALUES ?g {{ {graph} {iri(f'{version[1]}/{INFERRED}')} }} GRAPH ?g {{ {node} ?p ?o }}"
    query = f"ASK {{ {{ {said} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"
    if store.query(query) is True:
        return "current"
    return "history" if _in_history(store, query) else None


def _in_history(store: Store, query: str) -> bool:
    try:
        return store.query(query, dataset="history") is True
    except StoreError as error:
        if type(error) is not StoreError:
            raise
        return False  # a remote store that has no history


def describe(store: Store, name: str, dataset: DatasetName) -> bytes:
    """The triples about an IRI, as N-Triples."""
    node = iri(name)
    graph = store.query(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}", dataset=dataset) is True
    found = store.query_serialised(PREFIX + (WHOLE if graph else DESCRIPTION) % node, "ntriples", dataset=dataset)
    if graph and VERSION.fullmatch(name):  # the catalogue of *current* keeps every version's entry
        found += store.query_serialised(CATALOGUED % (node, iri(CATALOGUE_GRAPH)), "ntriples")
    return found
