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
from . import build
from .graph import Nodes, iri, literal, rows
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


def policy_iris(
    store: Store, *, language: str = "", controller: str = "", after: str = "", limit: int | None = None
) -> list[str]:
    """IRIs of current policies in order, after a given one. ``controller`` is a part of the controller's names."""
    tests = [
        f"?version dct:language ?language . FILTER(?language = {literal(language)})" if language else "",
        "?version cg:controller/(schema:name|schema:alternateName) ?name . "
        f"FILTER(CONTAINS(LCASE(?name), LCASE({literal(controller)})))"
        if controller
        else "",
        f"FILTER(STR(?policy) > {literal(after)})" if after else "",
    ]
    ending = f" LIMIT {limit:d}" if limit is not None else ""
    query = (
        f"SELECT DISTINCT ?policy {{ ?policy cg:currentVersion ?version . {' '.join(tests)} }} ORDER BY STR(?policy)"
    )
    return [row["policy"] for row in rows(store, PREFIXES + query + ending)]


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


def fetch_clauses(store: Store, versions: Sequence[str]) -> dict[str, tuple[ClauseView, ...]]:
    """The clauses of current versions, in text order. One query."""
    graphs: dict[str, list[dict[str, str]]] = {}
    for row in rows(store, PREFIXES + ABOUT_CLAUSES % _values("version", versions)):
        graphs.setdefault(row["version"], []).append(row)
    found = {version: Nodes(said) for version, said in graphs.items()}
    return {version: build.clauses(nodes, nodes.of_type(CG + "Clause")) for version, nodes in found.items()}


def fetch_text(store: Store, versions: Sequence[str]) -> dict[str, str]:
    """The canonical texts of versions. One query."""
    found = rows(store, PREFIXES + f"SELECT ?version ?text {{ {_values('version', versions)} ?version cg:text ?text }}")
    return {row["version"]: row["text"] for row in found}


def fetch_statements(store: Store, wanted: Sequence[str]) -> tuple[StatementView, ...]:
    """The statements with these IRIs, with facets, conditions, parties and evidence: one query, in the order given.

    IRIs that name no statement are left out.
    """
    if not wanted:
        return ()
    nodes = Nodes(rows(store, PREFIXES + ABOUT_STATEMENTS.replace("NAMING", NAMING) % " ".join(map(iri, wanted))))
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


def fetch_party(store: Store, name: str) -> tuple[PartyView, tuple[StatementView, ...]]:
    """A party and the statements that name it, the controller's own left out. Raises `UnknownPolicy`."""
    nodes = Nodes(rows(store, f"SELECT ?s ?p ?o {{ VALUES ?s {{ {iri(name)} }} ?s ?p ?o }}"))
    found = build.party(nodes, name) if name in nodes else None
    if found is None:
        raise UnknownPolicy(f"No stored policy names the party {name}.")
    query = f"SELECT DISTINCT ?s {{ ?s {NAMING} {iri(name)} }}"
    statements = fetch_statements(store, [row["s"] for row in rows(store, PREFIXES + query)])
    return found, tuple(sorted(statements, key=lambda one: (one.start, one.end)))
