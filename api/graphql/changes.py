"""What differs: between two versions of a policy, and between policies.

In: IRIs. Out: `Change`s and `Comparison`s.
"""

from __future__ import annotations

from typing import Annotated

import strawberry

from ...ontology.vocabulary import load_vocabulary
from ..views import changes as differing
from ..views import compare as comparing
from ..views.changes import UnknownVersion, aspect_words, concept_of, value_words
from ..views.fetch import fetch_version_statements
from ..views.model import StatementView
from ..views.words import label as label_of
from .enums import ChangeAspect, ChangeKind, Facet, Practice
from .filters import policy_of
from .lane import in_thread
from .loaders import Info
from .node import BadId, from_id
from .policies import Policy, policy
from .types import Statement, statement
from .vocabulary import Concept, LangArgument, concept

MOST_POLICIES = 20


@strawberry.type(description="A value that a fact gained or lost.")
class ChangedValue:
    """A value."""

    what: str = strawberry.field(description="Which value, in words: data category, purpose, unless: legal basis, …")
    concept: Concept | None = strawberry.field(description="The value; null where it is a name.")
    denied: bool = strawberry.field(description="Whether the statement that has it denies it.")
    facet: strawberry.Private[str]
    value: strawberry.Private[str]

    @strawberry.field(description="The value in words.")
    def label(self, info: Info, lang: LangArgument = None) -> str:
        """Label."""
        return value_words(self.facet, self.value, lang or info.context.lang)[1]


@strawberry.type(description="Words of one version found again in another.")
class Anchor:
    """An anchor."""

    start: int = strawberry.field(description="Offset of the first character.")
    end: int = strawberry.field(description="Offset after the last character.")
    exact: str = strawberry.field(description="The words there.")
    score: float = strawberry.field(description="How like the words looked for they are, from 0 to 1.")


@strawberry.type(
    description="A fact that differs between two versions. A fact is the same where practice, polarity, modality, "
    "values, period and conditions are, however it is worded and wherever it stands."
)
class Change:
    """A change."""

    kind: ChangeKind
    aspects: list[ChangeAspect] = strawberry.field(description="What about it changed, the gravest first.")
    summary: str = strawberry.field(description="The aspects in words.")
    before: Statement | None = strawberry.field(description="What the older version says; null if nothing.")
    after: Statement | None = strawberry.field(description="What the newer version says; null if nothing.")
    gained: list[ChangedValue] = strawberry.field(description="For CHANGED: the values that came.")
    lost: list[ChangedValue] = strawberry.field(description="For CHANGED: the values that went.")
    anchor: Anchor | None = strawberry.field(
        description="For REMOVED: where the older words stand in the newer text, as far as they are found again; for "
        "ADDED: where the newer stand in the older text; for CHANGED: the newer words, scored against the older."
    )


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
    return list(await in_thread(fetch_version_statements, info.context.store, version))


async def changes_between(info: Info, older: str, newer: str) -> list[Change]:
    """The changes from one version to another. Raises `UnknownVersion`."""
    found = await in_thread(differing.changes, info.context.store, older, newer)
    return [_change(one) for one in found.changes]


def _change(view: differing.ChangeView) -> Change:
    anchor = view.anchor
    return Change(
        kind=ChangeKind(view.kind),
        aspects=[ChangeAspect(one) for one in view.aspects],
        summary="; ".join(map(aspect_words, view.aspects)),
        before=statement(view.before) if view.before else None,
        after=statement(view.after) if view.after else None,
        gained=[_value(view.after, *one) for one in view.gained],
        lost=[_value(view.before, *one) for one in view.lost],
        anchor=Anchor(start=anchor.start, end=anchor.end, exact=anchor.exact, score=anchor.score) if anchor else None,
    )


def _value(side: StatementView | None, facet: str, value: str) -> ChangedValue:
    known = concept_of(facet, value)
    what, _ = value_words(facet, value, "en")
    return ChangedValue(
        what=what,
        concept=concept(known) if known else None,
        denied=differing.is_denied(side, facet),
        facet=facet,
        value=value,
    )


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
    rows = await in_thread(comparing.compare, info.context.store, iris, str(facet.value), practices)
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
