"""What differs: between two versions of a policy, and between policies.

In: IRIs. Out: `Change`s and `Comparison`s.
"""

from __future__ import annotations

from typing import Annotated

import strawberry
from fastapi.concurrency import run_in_threadpool

from ... import ClauseGraphError
from ...ontology.vocabulary import load_vocabulary
from ..views import changes as differing
from ..views import compare as comparing
from ..views.facets import title
from ..views.fetch import fetch_version_statements
from ..views.model import StatementView
from ..views.words import label as label_of
from .enums import ChangeKind, Facet, Practice
from .filters import policy_of
from .loaders import Info
from .node import BadId, from_id
from .policies import Policy, policy
from .types import Statement, statement
from .vocabulary import Concept, LangArgument, concept

MOST_POLICIES = 20


class UnknownVersion(ClauseGraphError):
    """A version that the store does not keep, or policies that cannot be compared."""


@strawberry.type(description="A value that a fact gained or lost.")
class ChangedValue:
    """A value."""

    what: str = strawberry.field(description="Which value, in words: data category, purpose, unless: legal basis, …")
    concept: Concept | None = strawberry.field(description="The value; null where it is a name.")
    value: strawberry.Private[str]

    @strawberry.field(description="The value in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(self.concept.name, lang or info.context.lang) if self.concept else self.value


@strawberry.type(
    description="A fact that differs between two versions. A fact is the same where practice, polarity, values and "
    "period are, however it is worded and wherever it stands."
)
class Change:
    """A change."""

    kind: ChangeKind
    before: Statement | None = strawberry.field(description="What the older version says; null if nothing.")
    after: Statement | None = strawberry.field(description="What the newer version says; null if nothing.")
    gained: list[ChangedValue] = strawberry.field(description="For CHANGED: the values that came.")
    lost: list[ChangedValue] = strawberry.field(description="For CHANGED: the values that went.")


@strawberry.type(description="What one policy says about the value of a row.")
class ComparisonCell:
    """A cell."""

    policy: Policy
    affirmed: list[Statement] = strawberry.field(description="Statements that affirm it or something below it.")
    denied: list[Statement] = strawberry.field(description="Statements that deny it or something above it.")


@strawberry.type(description="A practice and a value, and what each policy says about them.")
class ComparisonRow:
    """A row."""

    practice: Practice
    concept: Concept | None = strawberry.field(description="The value; null where it is a recipient's name.")
    cells: list[ComparisonCell] = strawberry.field(description="One a policy, in the order asked for.")
    value: strawberry.Private[str]

    @strawberry.field(description="The value in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return label_of(self.concept.name, lang or info.context.lang) if self.concept else self.value


@strawberry.type(description="Policies side by side in one facet. An empty cell means that the policy does not say so.")
class Comparison:
    """A comparison."""

    facet: Facet
    policies: list[Policy]
    rows: list[ComparisonRow] = strawberry.field(description="By practice, then value.")


def version_iri(name: str) -> str:
    """The IRI of a version given by IRI or Relay id. Raises `UnknownVersion`."""
    try:
        kind, iri = ("PolicyVersion", name) if "/version/" in name else from_id(name)
    except BadId:
        kind, iri = "", ""
    if kind != "PolicyVersion":
        raise UnknownVersion(
            f"“{name[:200]}” is no version of a policy.",
            mend="Give a version's IRI or id: `policy(name: …) { versions { iri } }` lists them.",
        )
    return iri


async def statements_of(info: Info, version: str) -> list[StatementView]:
    """What a version states, in text order, wherever the store keeps it."""
    return list(await run_in_threadpool(fetch_version_statements, info.context.store, version))


async def changes_between(info: Info, older: str, newer: str) -> list[Change]:
    """The changes from one version to another. Raises `UnknownVersion`."""
    for one in (older, newer):
        if await info.context.version.load(one) is None:
            raise UnknownVersion(
                f"The store keeps no version {one[:300]}.", mend="`policy(name: …) { versions { iri } }` lists them."
            )
    found = differing.changes(await statements_of(info, older), await statements_of(info, newer))
    return [_change(one) for one in found]


def _change(view: differing.ChangeView) -> Change:
    kind = ChangeKind.CHANGED if view.before and view.after else ChangeKind.ADDED if view.after else ChangeKind.REMOVED
    return Change(
        kind=kind,
        before=statement(view.before) if view.before else None,
        after=statement(view.after) if view.after else None,
        gained=[_value(*one) for one in view.gained],
        lost=[_value(*one) for one in view.lost],
    )


def _value(facet: str, value: str) -> ChangedValue:
    effect, _, inner = facet.partition(" ")
    what = f"{title(effect)}: {title(inner)}" if inner else title(facet)
    known = load_vocabulary().get(value) is not None and facet not in ("namedRecipient", "OnlyIf", "Unless")
    return ChangedValue(what=what.lower(), concept=concept(value) if known else None, value=value)


async def compare(info: Info, names: list[str], facet: Facet, practice: list[Practice] | None = None) -> Comparison:
    """Policies side by side. Raises `UnknownVersion` for too many, too few or unknown ones."""
    iris = list(dict.fromkeys(map(policy_of, names)))
    if not 1 <= len(iris) <= MOST_POLICIES:
        raise UnknownVersion(
            f"{len(iris)} policies cannot be compared.", mend=f"Name between 1 and {MOST_POLICIES} policies."
        )
    views = await info.context.policy.load_many(iris)
    missing = [name for name, view in zip(names, views, strict=False) if view is None]
    if missing:
        raise UnknownVersion(
            f"The store holds no policy “{missing[0][:200]}”.", mend="`policies { nodes { key } }` lists them all."
        )
    shown = {view.iri: policy(view) for view in views if view is not None}
    practices = None if practice is None else tuple(str(one.value) for one in practice)
    rows = await run_in_threadpool(comparing.compare, info.context.store, iris, str(facet.value), practices)
    return Comparison(facet=facet, policies=list(shown.values()), rows=[_row(one, shown) for one in rows])


def _row(view: comparing.Row, shown: dict[str, Policy]) -> ComparisonRow:
    known = load_vocabulary().get(view.value) is not None
    return ComparisonRow(
        practice=Practice(view.practice),
        concept=concept(view.value) if known else None,
        value=view.value,
        cells=[
            ComparisonCell(
                policy=shown[cell.policy],
                affirmed=[statement(one) for one in cell.affirmed],
                denied=[statement(one) for one in cell.denied],
            )
            for cell in view.cells
        ],
    )


ComparedArgument = Annotated[
    list[str], strawberry.argument(description=f"Keys or IRIs of policies, at most {MOST_POLICIES}.")
]
