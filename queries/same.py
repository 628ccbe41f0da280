"""Which parties are the same, as the user's mapping says: a graph of its own in *current*; no ingestion touches it.

In: `Link`s, a store. Out: the links that are stored, groups of what is the same, `Problem`s (a party that is gone, two
Wikidata items for one organisation, …). Nothing is inferred from names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..ontology.identifiers import BadIdentifier, Identifier, identified
from ..ontology.terms import CG, SAME_GRAPH, SCHEMA, shorten
from .store import Solutions, Store

__all__ = [
    "Link",
    "Problem",
    "StoredParty",
    "add_links",
    "check_links",
    "conflicts",
    "drop_links",
    "groups",
    "stored_links",
    "stored_parties",
]

ProblemKind = Literal["gone", "conflict", "form"]
_AGAIN = "Take the link out and add it again from a file."
_KIND_NAMES = {"wikidata": "Wikidata items", "lei": "LEIs"}


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One triple of the mapping: ``relation`` is owl:sameAs or skos:exactMatch."""

    party: str
    relation: str
    target: str

    @property
    def line(self) -> str:
        """As N-Triples."""
        return f"<{self.party}> <{self.relation}> <{self.target}> .\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with links. ``kind``: ``gone`` (no such party any more), ``conflict``, ``form``."""

    kind: ProblemKind
    links: tuple[Link, ...]
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class StoredParty:
    """A party of a policy in force. ``names``: its name, then its other names; none where the text names nobody."""

    iri: str
    policy: str
    names: tuple[str, ...]
    controller: bool


def stored_links(store: Store) -> list[Link]:
    """All links, sorted."""
    answer = _rows(store, f"SELECT ?s ?p ?o {{ GRAPH <{SAME_GRAPH}> {{ ?s ?p ?o }} }}")
    return sorted(Link(row["s"], row["p"], row["o"]) for row in answer)


def add_links(store: Store, links: Iterable[Link]) -> int:
    """Write links in one step, all or none; how many are new."""
    new = sorted({*links} - {*stored_links(store)})
    if new:
        store.write_graph(SAME_GRAPH, "".join(link.line for link in new).encode(), replace=False)
    return len(new)


def drop_links(store: Store, links: Iterable[Link]) -> int:
    """Take links out in one step; how many there were."""
    stored = stored_links(store)
    gone = {*links} & {*stored}
    left = [link for link in stored if link not in gone]
    if gone and left:
        store.write_graph(SAME_GRAPH, "".join(link.line for link in left).encode(), replace=True)
    elif gone:
        store.drop_graph(SAME_GRAPH)
    return len(gone)


def stored_parties(store: Store) -> dict[str, StoredParty]:
    """The parties of all policies in force, by IRI."""
    query = f"""PREFIX cg: <{CG}> PREFIX schema: <{SCHEMA}>
    SELECT DISTINCT ?party ?policy ?name ?alias ?controls {{
      ?policy cg:currentVersion ?version .
      GRAPH ?version {{
        ?party a cg:Party
        OPTIONAL {{ ?party schema:name ?name }}
        OPTIONAL {{ ?party schema:alternateName ?alias }}
        OPTIONAL {{ ?version cg:controller ?party BIND(true AS ?controls) }}
      }}
    }}"""
    names: dict[str, dict[str, None]] = {}
    about: dict[str, tuple[str, bool]] = {}
    for row in _rows(store, query):
        known = names.setdefault(row["party"], {})
        known |= dict.fromkeys(row[one] for one in ("name", "alias") if one in row)
        about[row["party"]] = (row["policy"], "controls" in row)
    return {iri: StoredParty(iri, policy, tuple(names[iri]), leads) for iri, (policy, leads) in about.items()}


def groups(links: Iterable[Link]) -> list[frozenset[str]]:
    """What is the same, directly or through others: IRIs of parties and identifiers, each in one group."""
    around: dict[str, set[str]] = {}
    for link in links:
        around.setdefault(link.party, set()).add(link.target)
        around.setdefault(link.target, set()).add(link.party)
    seen: set[str] = set()
    found = []
    for start in sorted(around):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = around[waiting.pop()] - group
            group |= new
            waiting += new
        seen |= group
        found.append(frozenset(group))
    return found


def conflicts(links: Sequence[Link]) -> Iterator[Problem]:
    """Groups that hold two Wikidata items or two LEIs: one organisation has one of each."""
    for group in groups(links):
        within = tuple(link for link in links if link.party in group)
        for kind, several in _KIND_NAMES.items():
            ids = sorted({one.text for one in map(_known, group) if one is not None and one.kind == kind})
            if len(ids) > 1:
                yield Problem(
                    "conflict",
                    within,
                    f"What the mapping makes one organisation has {len(ids)} {several}: {', '.join(ids)}.",
                    "Leave out the links that are wrong; one organisation has one of each.",
                )


def check_links(store: Store) -> list[Problem]:
    """Everything that is wrong with what is stored."""
    links, parties = stored_links(store), stored_parties(store)
    return [*_gone(links, parties), *_malformed(links), *conflicts(links)]


def _gone(links: Sequence[Link], parties: Mapping[str, StoredParty]) -> Iterator[Problem]:
    missing: dict[str, list[Link]] = {}
    for link in links:
        for iri in (link.party, link.target):
            one = _known(iri)
            if iri not in parties and (iri == link.party or (one is not None and one.kind == "party")):
                missing.setdefault(iri, []).append(link)
    for iri, found in missing.items():
        yield Problem(
            "gone",
            tuple(found),
            f"No policy in force names the party {iri}.",
            "Its policy was removed, or names it otherwise now: take the links out with `same remove --gone`.",
        )


def _malformed(links: Sequence[Link]) -> Iterator[Problem]:
    """Links that no command of ours wrote."""
    for link in links:
        try:
            target = identified(link.target)
        except BadIdentifier as error:
            yield Problem("form", (link,), str(error), _AGAIN)
            continue
        if target.iri != link.target:
            yield Problem("form", (link,), f"{link.target} is not how {target.text} is written: {target.iri}.", _AGAIN)
        if link.relation != target.relation:
            said = shorten(link.relation)
            yield Problem(
                "form",
                (link,),
                f"{link.party} is tied to {target.text} by {said}, not by {shorten(target.relation)}.",
                _AGAIN,
            )


def _known(iri: str) -> Identifier | None:
    try:
        return identified(iri)
    except BadIdentifier:
        return None


def _rows(store: Store, query: str) -> list[dict[str, str]]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return answer.texts()
