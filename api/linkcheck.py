"""`link check`: our alignments, or a user's, and the stored data, against the vocabularies that are linked.

In: an open store, the claims of an alignment. Out: a `Report`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..ontology.alignment import Claim, is_ours, our_names, ours
from ..ontology.alignmentcheck import check_alignment, term_fault
from ..ontology.externalterms import Terms
from ..ontology.findings import Finding
from ..ontology.terms import CGC, shorten
from ..ontology.vocabulary import load_vocabulary
from ..queries.linked import Linked, NotLinked, Use, linked, terms_of, used
from ..queries.store import Store

__all__ = ["Report", "check"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. ``claims`` and ``values``: how much was compared; ``unlinked``: namespace → what was not.

    ``faults`` make the check fail, ``notes`` do not.
    """

    vocabularies: tuple[Linked, ...]
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    claims: int
    values: int
    unlinked: Mapping[str, int]


def check(
    store: Store, alignment: Sequence[Claim] | None = None, *, with_ours: bool = False, data: bool = True
) -> Report:
    """Check our own alignments, or ``alignment`` in their place (``with_ours``: together with them), and the data.

    ``data`` False leaves the stored data out. Raises `NotLinked` where there is nothing to check against.
    """
    present = linked(store)
    if not present:
        raise NotLinked(
            "No vocabulary is linked, so there is nothing to check against.",
            mend="Download one (DPV from https://w3id.org/dpv, say) and add it with “clausegraph link add FILE”.",
        )
    terms = terms_of(store, present)
    claims = ours() if alignment is None else tuple(alignment)
    own = our_names()
    parents = {one.iri: [_iri(above) for above in one.broader] for one in load_vocabulary().concepts.values()}
    checked = check_alignment(claims, terms, parents=parents, own=own, beside=ours() if with_ours else ())
    uses = used(store, present) if data else []
    known = [use for use in uses if is_ours(use.iri) or terms.owner(use.iri) is not None]
    faults = [*checked.findings, *(fault for use in known if (fault := _fault(use, terms)) is not None)]
    notes = _unmatched() if alignment is None else []
    return Report(tuple(present), tuple(faults), tuple(notes), checked.claims, len(known), checked.unlinked)


def _iri(concept: str) -> str:
    return load_vocabulary().concepts[concept].iri


def _fault(use: Use, terms: Terms) -> Finding | None:
    """What is wrong with an IRI that the stored data uses."""
    times = "once" if use.times == 1 else f"{use.times:,} times"
    if is_ours(use.iri):
        if use.iri in our_names():
            return None
        message = f"Stored data, {times}: ClauseGraph has no {shorten(use.iri)}."
        mend = "It comes from another version of ClauseGraph: ingest these policies again with --force."
        return Finding("own", use.iri, (), (use.graph,), message, mend)
    return term_fault(use.iri, terms, said=f"Stored data, {times}: ", subject=use.iri, where=(use.graph,))


def _unmatched() -> list[Finding]:
    """Our concepts that match nothing outside; official codes do so through the concepts of ours that they match."""
    claims = ours()
    outside = {claim.subject for claim in claims if not is_ours(claim.object)}
    through = {claim.subject for claim in claims if claim.relation.endswith("Match") and claim.object in outside}
    notes = []
    for concept in load_vocabulary().concepts.values():
        if concept.iri.startswith(CGC) and concept.iri not in outside | through:
            near = [_iri(above) for above in concept.broader if _iri(above) in outside]
            below = f"; the concept above it, {shorten(near[0])}, has one" if near else ""
            where = tuple(f"concepts/{scheme}.ttl" for scheme in concept.schemes)
            message = f"{shorten(concept.iri)} has no match outside{below}."
            notes.append(Finding("unmatched", concept.iri, tuple(near), where, message, severity="note"))
    return notes
