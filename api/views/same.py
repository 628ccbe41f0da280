"""What the user's mapping says is the same as a party.

In: a store, IRIs of parties. Out: for each the other parties and the identifiers of its organisation (`SameView`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...ingest.quads import policy_key
from ...ontology.identifiers import BadIdentifier, Kind, identified
from ...ontology.terms import CG, DCT, SAME_AS, SCHEMA
from ...queries.same import groups, stored_links
from ...queries.store import Store
from .graph import iri, rows

#: In which order they are shown.
_ORDER: tuple[Kind, ...] = ("wikidata", "lei", "register", "party")


@dataclass(frozen=True, slots=True)
class SameView:
    """One thing that is the same. ``relation``: the IRI of owl:sameAs or skos:exactMatch.

    ``text``: Q42, an LEI, an address, a party's name. ``policy`` and ``title``: where a party is named.
    """

    kind: Kind
    iri: str
    text: str
    relation: str
    policy: str = ""
    title: str = ""


def fetch_same(store: Store, parties: Sequence[str]) -> dict[str, tuple[SameView, ...]]:
    """By party, what is the same, the identifiers first; parties without a link are left out. Two queries at most.

    A party that no policy in force names any more, and what has no form of ours, is left out too: `clausegraph same
    check` tells of it.
    """
    found = {
        party: [one for one in group if one != party]
        for group in groups(stored_links(store))
        for party in parties
        if party in group
    }
    views = _views(store, {one for others in found.values() for one in others})
    ordered = {
        party: sorted(
            (views[one] for one in others if one in views), key=lambda v: (_ORDER.index(v.kind), v.text, v.iri)
        )
        for party, others in found.items()
    }
    return {party: tuple(others) for party, others in ordered.items()}


def _views(store: Store, wanted: set[str]) -> dict[str, SameView]:
    views: dict[str, SameView] = {}
    parties = []
    for one in sorted(wanted):
        try:
            known = identified(one)
        except BadIdentifier:
            continue
        if known.kind == "party":
            parties.append(one)
        else:
            views[one] = SameView(known.kind, one, known.text, known.relation)
    if parties:
        values = " ".join(map(iri, parties))
        query = f"""PREFIX cg: <{CG}> PREFIX dct: <{DCT}> PREFIX schema: <{SCHEMA}>
        SELECT ?party ?name ?policy ?title {{
          VALUES ?party {{ {values} }}
          ?policy cg:currentVersion ?version .
          GRAPH ?version {{
            ?party a cg:Party
            OPTIONAL {{ ?party schema:name ?name }}
            OPTIONAL {{ ?version dct:title ?title }}
          }}
        }}"""
        for row in rows(store, query):
            title = row.get("title") or policy_key(row["policy"])
            name = row.get("name") or "(unnamed)"
            views[row["party"]] = SameView("party", row["party"], name, SAME_AS, row["policy"], title)
    return views
