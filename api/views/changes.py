"""What one version of a policy says that another does not, as views.

In: a store, the IRIs of two versions. Out: a `DiffView` with its `ChangeView`s, by their place in the newer text.

What counts as a change is said once, in `queries.changes`; here the statements are put to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pyoxigraph as ox
from rapidfuzz.distance import Indel

from ... import ClauseGraphError
from ...ontology.vocabulary import load_vocabulary
from ...queries.changes import KINDS, compare_graphs
from ...queries.changes.anchor import Anchor
from ...queries.changes.facts import Value
from ...queries.store import Store
from ...queries.versions import version_graph
from . import build
from .facets import title
from .fetch import fetch_versions, version_chains
from .graph import Nodes
from .model import PolicyDocument, PolicyView, StatementView
from .words import label

#: Fewer digits than this name no version.
SHORTEST = 4
#: A word, a character of a script without spaces between words, or what stands between them.
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")


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

    @property
    def said(self) -> StatementView:
        """What is said now, or was said before."""
        said = self.after or self.before
        assert said is not None
        return said


@dataclass(frozen=True, slots=True)
class DiffView:
    """Two versions compared.

    ``same``: how many facts of the newer are the same as before. ``reread``: how many differ only because another
    extractor read them, and are no changes of the policy.
    """

    older: PolicyView
    newer: PolicyView
    changes: tuple[ChangeView, ...]
    same: int
    reread: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind."""
        return {kind: sum(one.kind == kind for one in self.changes) for kind in KINDS}


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
    old, new = _document(older, found.older.iri), _document(newer, found.newer.iri)
    before, after = ({one.iri: one for one in side.statements} for side in (old, new))
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
    return DiffView(old.policy, new.policy, tuple(views), found.same, found.reread)


def _document(graph: bytes, version: str) -> PolicyDocument:
    rows = [
        {"s": quad.subject.value, "p": quad.predicate.value, "o": quad.object.value}
        for quad in ox.parse(graph, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
    ]
    return build.document(Nodes(rows), version)


def find_version(store: Store, policy: PolicyView, name: str) -> str:
    """The one version of a policy that ``name`` means: its IRI, the first digits of its name, or a date it bears.

    Raises `UnknownVersion`, which lists them.
    """
    chain = version_chains(store, [policy.iri])[policy.iri]
    known = fetch_versions(store, chain)
    fits = [one for one in chain if one == name]
    if not fits and len(name) >= SHORTEST:
        fits = [
            one
            for one in chain
            if one.rpartition("/")[2].startswith(name.casefold())
            or (one in known and name in (known[one].effective_date, known[one].modified, known[one].date))
        ]
    if len(fits) == 1:
        return fits[0]
    listed = "; ".join(f"{one.rpartition('/')[2]}{_dated(known.get(one))}" for one in chain[:8])
    what = f"{len(fits)} versions" if fits else "no version"
    raise UnknownVersion(f"“{name[:200]}” is {what} of “{policy.shown}”.", mend=f"There are, newest first: {listed}.")


def _dated(view: PolicyView | None) -> str:
    return f" of {date_of(view)}" if view is not None and date_of(view) else ""


def date_of(view: PolicyView) -> str:
    """The date that a version bears, "" for none."""
    return view.effective_date or view.modified or view.date


Pieces = tuple[tuple[str, bool], ...]


def words_apart(older: str, newer: str) -> tuple[Pieces, Pieces]:
    """Two wordings cut into pieces, each with whether the other lacks it."""
    tokens = _WORDS.findall(older), _WORDS.findall(newer)
    differ = [True] * len(tokens[0]), [True] * len(tokens[1])
    for step in Indel.opcodes(*tokens):
        if step.tag == "equal":
            differ[0][step.src_start : step.src_end] = [False] * (step.src_end - step.src_start)
            differ[1][step.dest_start : step.dest_end] = [False] * (step.dest_end - step.dest_start)
    return _pieces(tokens[0], differ[0]), _pieces(tokens[1], differ[1])


def _pieces(tokens: list[str], differ: list[bool]) -> Pieces:
    """Tokens joined where they are alike; a space between two words that differ differs too."""
    marked = [
        one or (0 < place < len(tokens) - 1 and tokens[place].isspace() and differ[place - 1] and differ[place + 1])
        for place, one in enumerate(differ)
    ]
    runs = groupby(zip(tokens, marked, strict=True), key=itemgetter(1))
    return tuple(("".join(token for token, _ in run), differs) for differs, run in runs)


#: What each kind of change is called.
KIND_WORDS = {
    "TurnedRound": "turned round",
    "Added": "newly stated",
    "Removed": "no longer stated",
    "Changed": "changed",
}


def summary(found: DiffView) -> str:
    """How much changed, in a sentence."""
    counts = [f"{count} {KIND_WORDS[kind]}" for kind, count in found.counts.items() if count]
    said = ", ".join(counts) if counts else "Nothing changed"
    return f"{said}; {found.same} {'fact is' if found.same == 1 else 'facts are'} the same."


def reread_words(found: DiffView) -> str:
    """What to know where two extractors read the two versions, "" where one did."""
    if not found.reread:
        return ""
    return (
        f"{found.reread} more are read otherwise by another extractor though their words are the same: "
        "no changes of the policy."
    )


def aspect_words(aspect: str) -> str:
    """An aspect for people: “NewRecipient” is “new recipient”."""
    return _ASPECTS.get(aspect) or title(aspect).lower()


#: Aspects whose name does not say it all.
_ASPECTS = {
    "NowAffirmed": "was denied, now affirmed",
    "NowDenied": "was affirmed, now denied",
    "PutOtherwise": "the same rule put the other way",
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
        return what.lower(), f"{title(bound).lower()} {_spelled(length)}".strip()
    return what.lower(), title(value) if facet in ("OnlyIf", "Unless", "modality") else value


def _spelled(length: str) -> str:
    """A period for people: “P6M” is “6 months”; one with hours or fractions stays as it is."""
    if not re.fullmatch(r"P(\d+[YMWD])+", length):
        return length
    found = [(int(number), _UNITS[unit]) for number, unit in re.findall(r"(\d+)([YMWD])", length)]
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in found)


_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


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
