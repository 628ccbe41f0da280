"""Vocabularies of others in a store: each in a named graph of its own, with an entry in the catalogue.

In: an open store and `External`s. Out: `Linked` records, and what became of each. One SPARQL update a change, so a
vocabulary is there whole, entry and all, or not at all.

A store holds one version of an ontology: adding another puts it in the place of the one before. Two at once would mix
in every query, since the default graph is the union of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from ..ontology.external import External
from ..ontology.externalterms import PROPERTIES, Said, Terms
from ..ontology.terms import (
    CATALOGUE_GRAPH,
    CONCEPTS_GRAPH,
    DCT,
    GRAPH_DIGEST,
    ID,
    LINKED_AT,
    LINKED_VOCABULARY,
    ONTOLOGY_GRAPH,
    OWL,
    RDF,
    XSD,
)
from .store import Solutions, Store, StoreError
from .store.catalogue import iri

__all__ = ["LINKED_QUERY", "Added", "Linked", "NotLinked", "Use", "add", "find", "linked", "remove", "terms_of", "used"]

State = Literal["added", "replaced", "unchanged"]
_GRAPH = f"GRAPH <{CATALOGUE_GRAPH}>"
_TRIPLES = "http://rdfs.org/ns/void#triples"

#: Gives one row a vocabulary (more where a field has several values).
LINKED_QUERY = f"""SELECT ?graph ?ontology ?version ?title ?source ?digest ?at ?triples WHERE {{
  {_GRAPH} {{
    ?graph a <{LINKED_VOCABULARY}> ; <{DCT}source> ?source ; <{GRAPH_DIGEST}> ?digest ; <{LINKED_AT}> ?at ;
      <{_TRIPLES}> ?triples .
    OPTIONAL {{ ?graph <{DCT}isVersionOf> ?ontology }}
    OPTIONAL {{ ?graph <{OWL}versionInfo> ?version }}
    OPTIONAL {{ ?graph <{DCT}title> ?title }}
  }}
  FILTER EXISTS {{ GRAPH ?graph {{ ?s ?p ?o }} }}
}} ORDER BY ?graph"""


class NotLinked(StoreError):
    """No linked vocabulary has that name, or several have."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A vocabulary in the store. The fields are those of `External`; ``at`` is when it was added (ISO 8601)."""

    graph: str
    ontology: str
    version: str
    title: str
    source: str
    digest: str
    at: str
    triples: int

    @property
    def shown(self) -> str:
        """What people call it."""
        name = self.title or self.ontology or self.source
        return f"{name} {self.version}" if self.version and self.version not in name else name


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a vocabulary. ``instead_of``: the versions of the same ontology that it put out."""

    state: State
    vocabulary: Linked
    instead_of: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """An IRI in the stored data: how often it stands there, and one graph that holds it."""

    iri: str
    times: int
    graph: str


def linked(store: Store) -> list[Linked]:
    """The vocabularies in the store, by the names of their graphs."""
    answer = store.query(LINKED_QUERY)
    assert isinstance(answer, Solutions)
    found: dict[str, Linked] = {}
    for row in answer.texts():
        found.setdefault(
            row["graph"],
            Linked(
                graph=row["graph"],
                ontology=row.get("ontology", ""),
                version=row.get("version", ""),
                title=row.get("title", ""),
                source=row["source"],
                digest=row["digest"],
                at=row["at"],
                triples=int(row["triples"]),
            ),
        )
    return list(found.values())


def add(store: Store, vocabulary: External, *, at: str) -> Added:
    """Put a vocabulary into its graph. The same bytes again write nothing; ``at`` is the time as the catalogue has it.

    Raises `StoreError` where a graph of that name is there that was not linked, or the store cannot be written; the
    store then is as it was.
    """
    present = linked(store)
    entry = Linked(
        graph=vocabulary.graph,
        ontology=vocabulary.ontology,
        version=vocabulary.version,
        title=vocabulary.title,
        source=vocabulary.source,
        digest=vocabulary.digest,
        at=at,
        triples=vocabulary.triples,
    )
    same = next((one for one in present if one.graph == vocabulary.graph), None)
    others = tuple(
        one
        for one in present
        if one.graph != vocabulary.graph and vocabulary.ontology and one.ontology == vocabulary.ontology
    )
    if same is not None and same.digest == vocabulary.digest and not others:
        return Added("unchanged", same)
    if same is None and store.query(f"ASK {{ GRAPH {iri(vocabulary.graph)} {{ ?s ?p ?o }} }}") is True:
        raise StoreError(
            f"There is a graph {vocabulary.graph} in the store already that “link” did not put there.",
            mend="Drop that graph first (DELETE /graphs?graph=… on the server), then add the vocabulary again.",
        )
    gone = [one.graph for one in others] + [vocabulary.graph]
    store.update(f"{_drop(gone)} ;\n{_insert(entry, vocabulary.ntriples)}")
    return Added("replaced" if same is not None or others else "added", entry, others)


def remove(store: Store, name: str) -> Linked:
    """Take a vocabulary out, by whatever `find` knows it by. Raises `NotLinked`."""
    one = find(linked(store), name)
    store.update(_drop([one.graph]))
    return one


def find(present: Sequence[Linked], name: str) -> Linked:
    """The one vocabulary that is meant: by its graph, its ontology, its title or the file it came from.

    Raises `NotLinked`.
    """
    wanted = name.strip()
    bare = wanted.rstrip("/#")
    fits = [one for one in present if one.graph == wanted] or [
        one
        for one in present
        if bare in (one.graph.rstrip("/#"), one.ontology.rstrip("/#"), one.source, one.source.rpartition(".")[0])
        or wanted.casefold() in (one.title.casefold(), one.shown.casefold())
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        listed = ", ".join(one.graph for one in fits)
        raise NotLinked(f"“{name}” may be any of {listed}.", mend="Name the graph.")
    listed = ", ".join(one.graph for one in present) or "none"
    raise NotLinked(
        f"There is no linked vocabulary “{name}”; there {'is' if len(present) < 2 else 'are'} {listed}.",
        mend="Name one as “clausegraph link list” shows it.",
    )


def terms_of(store: Store, present: Sequence[Linked]) -> Terms:
    """What the vocabularies say of their terms."""
    names = " ".join(f"<{name}>" for name in PROPERTIES)
    said: list[Said] = []
    for one in present:
        answer = store.query(
            f"SELECT ?s ?p ?o {{ VALUES ?p {{ {names} }} GRAPH {iri(one.graph)} {{ ?s ?p ?o }} FILTER(isIRI(?s)) }}"
        )
        assert isinstance(answer, Solutions)
        said += [(one.graph, row["s"], row["p"], row["o"]) for row in answer.texts()]
    return Terms(said, {one.graph: one.ontology for one in present})


def used(store: Store, present: Sequence[Linked]) -> list[Use]:
    """The properties and values in the stored data that have a name of a vocabulary, by IRI.

    What the vocabularies, our own ontology and the catalogue say is left out.
    """
    apart = [ONTOLOGY_GRAPH, CONCEPTS_GRAPH, CATALOGUE_GRAPH, *(one.graph for one in present)]
    graphs = ", ".join(iri(graph) for graph in apart)
    found: dict[str, Use] = {}
    for place in ("o", "p"):
        answer = store.query(
            f"SELECT ?{place} (COUNT(*) AS ?times) (SAMPLE(?g) AS ?graph) {{ GRAPH ?g {{ ?s ?p ?o }} "
            f"FILTER(isIRI(?{place}) && !STRSTARTS(STR(?{place}), {ox.Literal(ID)}) && ?g NOT IN ({graphs})) }} "
            f"GROUP BY ?{place}"
        )
        assert isinstance(answer, Solutions)
        for row in answer.texts():
            if place not in row:
                continue
            before = found.get(row[place])
            times = int(row["times"]) + (before.times if before else 0)
            found[row[place]] = Use(row[place], times, before.graph if before else row["graph"])
    return [found[name] for name in sorted(found)]


def _drop(graphs: Sequence[str]) -> str:
    return " ;\n".join(
        f"DROP SILENT GRAPH {iri(graph)} ;\nDELETE WHERE {{ {_GRAPH} {{ {iri(graph)} ?property ?value }} }}"
        for graph in graphs
    )


def _insert(entry: Linked, ntriples: bytes) -> str:
    name = iri(entry.graph)
    lines = [
        f"{name} <{RDF}type> <{LINKED_VOCABULARY}> .",
        f"{name} <{DCT}source> {ox.Literal(entry.source)} .",
        f"{name} <{GRAPH_DIGEST}> {ox.Literal(entry.digest)} .",
        f"{name} <{LINKED_AT}> {ox.Literal(entry.at, datatype=ox.NamedNode(XSD + 'dateTime'))} .",
        f"{name} <{_TRIPLES}> {ox.Literal(entry.triples)} .",
    ]
    if entry.ontology:
        lines.append(f"{name} <{DCT}isVersionOf> {iri(entry.ontology)} .")
    if entry.version:
        lines.append(f"{name} <{OWL}versionInfo> {ox.Literal(entry.version)} .")
    if entry.title:
        lines.append(f"{name} <{DCT}title> {ox.Literal(entry.title)} .")
    said = "\n".join(lines)
    return f"INSERT DATA {{\n{_GRAPH} {{\n{said}\n}}\nGRAPH {name} {{\n{ntriples.decode()}}}\n}}"
