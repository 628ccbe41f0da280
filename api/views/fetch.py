"""Fetches views from a store, each in a fixed small number of queries.

In: a store. Out: `list_policies`, `find_policy`, `fetch_document`, `fetch_statements`, `search_statements`.

Errors: `UnknownPolicy` where a name fits no policy or several; it lists what would fit.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from ... import ClauseGraphError
from ...ontology.terms import CG, DCT, SCHEMA
from ...queries.store import Store
from ...queries.store.base import DatasetName, NoHistory
from . import build
from .graph import Nodes, iri, rows
from .model import ClauseView, PartyView, PolicyDocument, PolicyView, StatementView

PREFIXES = f"PREFIX cg: <{CG}> PREFIX dct: <{DCT}> PREFIX schema: <{SCHEMA}>\n"

POLICIES = """
SELECT DISTINCT ?s ?p ?o WHERE {
  %s ?policy cg:currentVersion ?version .
  { ?version ?p ?o BIND(?version AS ?s) FILTER(?p NOT IN (cg:text)) }
  UNION { ?version cg:controller ?s . ?s ?p ?o }
}"""

COUNTS = """
SELECT ?version (COUNT(?statement) AS ?statements) (SUM(IF(?polarity = cg:Denied, 1, 0)) AS ?denied) WHERE {
  %s ?policy cg:currentVersion ?version .
  ?statement cg:inVersion ?version ; cg:polarity ?polarity .
} GROUP BY ?version"""

CLAUSES = """
SELECT ?version (COUNT(?clause) AS ?clauses) WHERE {
  %s ?policy cg:currentVersion ?version .
  GRAPH ?version { ?clause a cg:Clause }
} GROUP BY ?version"""

ABOUT_CLAUSES = """
SELECT ?version ?s ?p ?o WHERE { %s GRAPH ?version { ?s a cg:Clause ; ?p ?o } }"""

ABOUT_STATEMENTS = """
SELECT ?s ?p ?o WHERE {
  VALUES ?statement { %s }
  { ?statement ?p ?o BIND(?statement AS ?s) }
  UNION { ?statement cg:condition ?s . ?s ?p ?o }
  UNION { ?s cg:mentionOf ?statement ; ?p ?o }
  UNION { ?statement cg:condition ?condition . ?s cg:mentionOf ?condition ; ?p ?o }
  UNION {
    ?statement cg:controller|NAMING ?s .
    ?s ?p ?o
  }
}"""


VERSIONS = """
SELECT DISTINCT ?s ?p ?o WHERE {
  %s GRAPH ?version {
    { ?version cg:versionOf ?policy ; ?p ?o BIND(?version AS ?s) FILTER(?p NOT IN (cg:text)) }
    UNION { ?version cg:controller ?s . ?s ?p ?o }
  }
}"""

VERSION_COUNTS = """
SELECT ?version (SUM(?c) AS ?clauses) (SUM(?s) AS ?statements) (SUM(?d) AS ?denied) WHERE {
  %s GRAPH ?version {
    { ?x cg:clauseKind ?kind BIND(1 AS ?c) BIND(0 AS ?s) BIND(0 AS ?d) }
    UNION { ?x cg:practice ?p BIND(0 AS ?c) BIND(1 AS ?s) BIND(0 AS ?d) }
    UNION { ?x cg:deniedPractice ?p BIND(0 AS ?c) BIND(1 AS ?s) BIND(1 AS ?d) }
  }
} GROUP BY ?version"""

DATASETS: tuple[DatasetName, ...] = ("current", "history")

NAMING = "cg:namedActor|cg:contact|cg:namedRecipient|cg:deniedNamedRecipient"


class UnknownPolicy(ClauseGraphError):
    """A name that fits nothing stored, or more than one thing."""


def _values(variable: str, iris: Iterable[str] | None) -> str:
    """A VALUES clause, or nothing where there is no restriction."""
    return "" if iris is None else f"VALUES ?{variable} {{ {' '.join(map(iri, iris))} }}"


def list_policies(store: Store, policies: Sequence[str] | None = None) -> list[PolicyView]:
    """Current policies with their counts, by title then IRI; only those with an IRI in ``policies`` where given."""
    limit = _values("policy", policies)
    nodes = Nodes(rows(store, PREFIXES + POLICIES % limit))
    counted = {row["version"]: row for row in rows(store, PREFIXES + COUNTS % limit)}
    clauses = {row["version"]: int(row["clauses"]) for row in rows(store, PREFIXES + CLAUSES % limit)}
    views = []
    for version in nodes.with_predicate(CG + "versionOf"):
        row = counted.get(version)
        statements, denied = (int(row["statements"]), int(row["denied"])) if row else (0, 0)
        views.append(build.policy(nodes, version, counts=(clauses.get(version, 0), statements, denied)))
    return sorted(views, key=lambda view: (view.shown.casefold(), view.iri))


def find_policy(store: Store, name: str) -> PolicyView:
    """The one policy that ``name`` means: its IRI, its key, or a part of its key, title or controller that fits one.

    Raises `UnknownPolicy`.
    """
    views = list_policies(store)
    wanted = name.strip().casefold()

    def names(view: PolicyView) -> list[str]:
        controller = view.controller
        return [view.key, view.title, *((controller.name, *controller.aliases) if controller else ())]

    if not views:
        raise UnknownPolicy("The store holds no policy.", mend="Read some first: `clausegraph ingest FOLDER`.")
    exact = [view for view in views if name in (view.iri, view.version) or view.key.casefold() == wanted]
    fits = exact or [view for view in views if wanted and any(wanted in each.casefold() for each in names(view))]
    if len(fits) == 1:
        return fits[0]
    if fits:
        shown = "; ".join(f"{view.shown} ({view.key})" for view in fits[:8])
        raise UnknownPolicy(
            f"“{name}” fits {len(fits)} policies: {shown}.", mend="Give a longer part, the key or the IRI."
        )
    close = difflib.get_close_matches(wanted, [view.key.casefold() for view in views], n=3, cutoff=0.4)
    near = f" The nearest keys are {', '.join(close)}." if close else ""
    raise UnknownPolicy(f"No stored policy is called “{name}”.{near}", mend="`clausegraph policies` lists them all.")


def fetch_document(store: Store, policy: PolicyView) -> PolicyDocument:
    """A policy's current version as a whole: one query over its graph."""
    found = rows(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH {iri(policy.version)} {{ ?s ?p ?o }} }}")
    return build.document(Nodes(found), policy.version, ingested_at=policy.ingested_at)


def fetch_clauses(
    store: Store, versions: Sequence[str], dataset: DatasetName = "current"
) -> dict[str, tuple[ClauseView, ...]]:
    """The clauses of versions, in text order. One query."""
    graphs: dict[str, list[dict[str, str]]] = {}
    for row in rows(store, PREFIXES + ABOUT_CLAUSES % _values("version", versions), dataset):
        graphs.setdefault(row["version"], []).append(row)
    found = {version: Nodes(said) for version, said in graphs.items()}
    return {version: build.clauses(nodes, nodes.of_type(CG + "Clause")) for version, nodes in found.items()}


def fetch_text(store: Store, versions: Sequence[str], dataset: DatasetName = "current") -> dict[str, str]:
    """The canonical texts of versions. One query."""
    query = f"SELECT ?version ?text {{ {_values('version', versions)} ?version cg:text ?text }}"
    found = rows(store, PREFIXES + query, dataset)
    return {row["version"]: row["text"] for row in found}


def fetch_statements(
    store: Store, wanted: Sequence[str], dataset: DatasetName = "current"
) -> tuple[StatementView, ...]:
    """The statements with these IRIs, with facets, conditions, parties and evidence: one query, in the order given.

    IRIs that name no statement are left out.
    """
    if not wanted:
        return ()
    query = ABOUT_STATEMENTS.replace("NAMING", NAMING) % " ".join(map(iri, wanted))
    nodes = Nodes(rows(store, PREFIXES + query, dataset))
    return build.statements(nodes, [one for one in wanted if nodes.one(one, CG + "inVersion")])


def fetch_statement(store: Store, name: str) -> StatementView:
    """One statement. Raises `UnknownPolicy` where no statement has this IRI."""
    found = fetch_statements(store, [name])
    if not found:
        raise UnknownPolicy(
            f"No stored statement has the IRI {name}.",
            mend="`clausegraph show POLICY` prints the IRI of each statement.",
        )
    return found[0]


def fetch_versions(store: Store, versions: Sequence[str]) -> dict[str, PolicyView]:
    """Versions by IRI, also superseded ones that the history keeps. At most four queries."""
    found: dict[str, PolicyView] = {}
    for dataset in DATASETS:
        limit = _values("version", [one for one in versions if one not in found])
        nodes = Nodes(rows_of(store, PREFIXES + VERSIONS % limit, dataset))
        counted = {row["version"]: row for row in rows_of(store, PREFIXES + VERSION_COUNTS % limit, dataset)}
        for version in nodes.with_predicate(CG + "versionOf"):
            row = counted.get(version, {})
            counts = (int(row.get("clauses", 0)), int(row.get("statements", 0)), int(row.get("denied", 0)))
            found[version] = build.policy(nodes, version, counts=counts)
        if len(found) == len(set(versions)):
            break
    return found


def version_chains(store: Store, policies: Sequence[str]) -> dict[str, list[str]]:
    """The versions of policies that the catalogue knows, newest first. One query."""
    query = (
        f"SELECT ?policy ?version ?older {{ {_values('policy', policies)} ?policy cg:currentVersion ?newest . "
        "?newest cg:previousVersion* ?version OPTIONAL { ?version cg:previousVersion ?older } }"
    )
    older: dict[str, dict[str, str]] = {policy: {} for policy in policies}
    for row in rows(store, PREFIXES + query):
        older[row["policy"]][row["version"]] = row.get("older", "")
    chains = {}
    for policy, known in older.items():
        here = next((version for version in known if version not in known.values()), "")
        chain: list[str] = []
        while here and here not in chain:
            chain.append(here)
            here = known.get(here, "")
        chains[policy] = chain
    return chains


def fetch_version_statements(store: Store, version: str) -> tuple[StatementView, ...]:
    """All that a version states, in text order, also a superseded one's. At most two queries."""
    query = f"SELECT ?s ?p ?o WHERE {{ GRAPH {iri(version)} {{ ?s ?p ?o }} }}"
    for dataset in DATASETS:
        found = rows_of(store, query, dataset)
        if found:
            return build.document(Nodes(found), version).statements
    return ()


def rows_of(store: Store, sparql: str, dataset: DatasetName) -> list[dict[str, str]]:
    """The rows of a SELECT over one dataset; none where the store has no history."""
    try:
        return rows(store, sparql, dataset)
    except NoHistory:
        return []


def fetch_parties(store: Store, wanted: Sequence[str]) -> dict[str, PartyView]:
    """Parties by IRI; what names no party is left out. One query."""
    query = f"SELECT ?s ?p ?o {{ {_values('s', wanted)} ?s a cg:Party ; ?p ?o }}"
    nodes = Nodes(rows(store, PREFIXES + query))
    return {one: view for one in wanted if one in nodes and (view := build.party(nodes, one)) is not None}


def naming(store: Store, parties: Sequence[str]) -> dict[str, list[str]]:
    """The statements that name parties, as their actor, contact or recipient, in text order. One query."""
    query = f"SELECT DISTINCT ?party ?s ?start {{ {_values('party', parties)} ?s {NAMING} ?party ; cg:start ?start }}"
    found: dict[str, list[str]] = {}
    for row in sorted(rows(store, PREFIXES + query), key=lambda row: (int(row["start"]), row["s"])):
        found.setdefault(row["party"], []).append(row["s"])
    return found


def fetch_party(store: Store, name: str) -> tuple[PartyView, tuple[StatementView, ...]]:
    """A party and the statements that name it, the controller's own left out. Raises `UnknownPolicy`."""
    nodes = Nodes(rows(store, f"SELECT ?s ?p ?o {{ VALUES ?s {{ {iri(name)} }} ?s ?p ?o }}"))
    found = build.party(nodes, name) if name in nodes else None
    if found is None:
        raise UnknownPolicy(f"No stored policy names the party {name}.")
    query = f"SELECT DISTINCT ?s {{ ?s {NAMING} {iri(name)} }}"
    statements = fetch_statements(store, [row["s"] for row in rows(store, PREFIXES + query)])
    return found, tuple(sorted(statements, key=lambda one: (one.start, one.end)))
