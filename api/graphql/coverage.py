"""Checklists in the schema: what of a law's list a policy says, item by item.

In: a policy, a law. Out: the type `Coverage`; its evidence leads on to the statements. What a user got wrong is an
error with the words that mend it.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry

from ...ontology.checklist import find_checklist
from ...ontology.wording import phrase, worded
from ...queries import coverage as covering
from ...queries.store import Store
from ..coverageforms import judgements
from ..views.fetch import UnknownPolicy
from .enums import ConditionEffect, enum_value
from .filters import policy_of
from .loaders import Info
from .types import Statement, statement


@strawberry.enum(description="What was found of an item. It says what the text states, not whether a law is kept.")
class Verdict(Enum):
    """A verdict."""

    MET = enum_value("met", description="Every point that was checked is stated.")
    PARTLY = enum_value("partly", description="Some points are stated.")
    NOT_FOUND = enum_value("not found", description="No point is stated, or only denied.")
    NOT_APPLICABLE = enum_value(
        "not applicable", description="Nothing states the condition on which it applies: an assumption."
    )
    NOT_CHECKED = enum_value("not checked", description="Only a person can tell.")


@strawberry.enum(description="How far the wording of an item was checked against a source.")
class Verification(Enum):
    """A state of verification."""

    VERIFIED = enum_value("Verified", description="Against a text of the law.")
    SECONDARY = enum_value("VerifiedSecondary", description="Against a secondary source only.")
    UNVERIFIED = enum_value("Unverified", description="Not at all.")


@strawberry.type(description="A condition that stands on a piece of evidence.")
class CoverageLimit:
    """A condition's effect and words."""

    effect: ConditionEffect
    exact: str = strawberry.field(description="The words of the condition.")


@strawberry.type(description="Words that a finding rests on.")
class CoverageEvidence:
    """Evidence."""

    statement_iri: strawberry.Private[str]
    quote: str = strawberry.field(description="The words.")
    clause_path: str | None = strawberry.field(description="The clause they stand in, such as 3.2.1.")
    clause_iri: str | None = strawberry.field(description="IRI of that clause.")
    limits: list[CoverageLimit] = strawberry.field(description="The conditions on which the statement holds or not.")

    @strawberry.field(description="The statement; null where it is a name, a date or an address of the policy.")
    async def statement(self, info: Info) -> Statement | None:
        """Statement."""
        found = await info.context.statement.load(self.statement_iri) if self.statement_iri else None
        return statement(found) if found else None


MostArgument = Annotated[int, strawberry.argument(description="How many pieces of evidence.")]


@strawberry.type(description="One point that an item asks for, or a condition on which it applies.")
class CoveragePoint:
    """A point or condition."""

    label: str = strawberry.field(description="What it is, in the language asked for.")
    found: bool = strawberry.field(description="Whether a statement states it; a denial never does.")
    said: strawberry.Private[tuple[covering.Evidence, ...]]
    unsaid: strawberry.Private[tuple[covering.Evidence, ...]]

    @strawberry.field(description="What states it, the clearest first.")
    def evidence(self, first: MostArgument = 3) -> list[CoverageEvidence]:
        """Evidence."""
        return [_evidence(one) for one in self.said[: max(first, 0)]]

    @strawberry.field(description="What denies it.")
    def denials(self, first: MostArgument = 3) -> list[CoverageEvidence]:
        """Denials."""
        return [_evidence(one) for one in self.unsaid[: max(first, 0)]]


@strawberry.type(description="One item of a checklist: a thing that a law wants a policy to say.")
class CoverageItem:
    """An item."""

    iri: str
    article: str = strawberry.field(description="Article and paragraph, such as 13(1)(a).")
    provision: str = strawberry.field(description="IRI of the provision.")
    title: str
    verdict: Verdict = strawberry.field(description="What was found of it.")
    verification: Verification = strawberry.field(description="How far its wording was checked.")
    conditions: list[CoveragePoint] = strawberry.field(
        description="On what it applies: while one of them is not found it counts as not applicable, or as not "
        "checked where the text leaves open whether it is held."
    )
    points: list[CoveragePoint] = strawberry.field(description="What was looked for.")
    judge: list[str] = strawberry.field(description="What a person must judge, in sentences.")


@strawberry.type(
    description="What of a law's checklist the policy in force says. This is not legal advice: it says what was "
    "checked and what a person must judge."
)
class Coverage:
    """A checklist against a policy."""

    coverage: strawberry.Private[covering.Coverage]
    lang: str = strawberry.field(description="The language of the words.")
    law: str = strawberry.field(description="gdpr, tw-pdpa, pipl or ccpa.")
    title: str
    version: str = strawberry.field(description="IRI of the version that was checked.")
    note: str | None = strawberry.field(description="What to know of the checklist.")
    advice: str = strawberry.field(description="What the verdicts mean and do not mean.")
    complete: bool = strawberry.field(description="Whether no item is partly met or not found.")

    @strawberry.field(description="How many items have a verdict.")
    def count(self, verdict: Verdict) -> int:
        """Count."""
        return self.coverage.count(covering.Verdict(verdict.value))

    @strawberry.field(description="The items in the order of the law: all, or those with some verdicts.")
    def items(
        self,
        only: Annotated[list[Verdict] | None, strawberry.argument(description="Only with these verdicts.")] = None,
    ) -> list[CoverageItem]:
        """Items."""
        wanted = None if only is None else {one.value for one in only}
        return [_item(one, self.lang) for one in self.coverage.items if wanted is None or one.verdict.value in wanted]


def _evidence(one: covering.Evidence) -> CoverageEvidence:
    return CoverageEvidence(
        statement_iri=one.iri if "/s/" in one.iri else "",
        quote=one.text,
        clause_path=one.path or None,
        clause_iri=one.clause or None,
        limits=[CoverageLimit(effect=ConditionEffect(effect), exact=words) for effect, words in one.conditions],
    )


def _item(covered: covering.ItemCoverage, lang: str) -> CoverageItem:
    item = covered.item
    return CoverageItem(
        iri=item.iri,
        article=item.article,
        provision=item.provision,
        title=worded(item.labels, lang),
        verdict=Verdict(covered.verdict.value),
        verification=Verification(item.verification),
        conditions=[
            CoveragePoint(label=worded(one.when.labels, lang), found=one.held, said=one.evidence, unsaid=one.denials)
            for one in covered.when
        ],
        points=[
            CoveragePoint(label=worded(one.point.labels, lang), found=one.found, said=one.evidence, unsaid=one.denials)
            for one in (*covered.points, *covered.unread, *covered.also)
        ],
        judge=judgements(covered, lang),
    )


async def coverage(info: Info, policy: str, law: str, lang: str | None) -> Coverage:
    """Ask a checklist of a policy. Raises `ChecklistError`, `UnknownPolicy`."""
    context = info.context
    found = await context.policy.load(policy_of(policy))
    if found is None:
        raise UnknownPolicy(f"The store holds no policy “{policy[:200]}”.", mend="Ask `policies` for their keys.")

    def ask(store: Store) -> covering.Coverage:
        return covering.cover(context.stoppable(store), found.version, find_checklist(law))

    asked = await context.deadline.run(ask, context.store)
    words = lang or context.lang
    checklist = asked.checklist
    return Coverage(
        coverage=asked,
        lang=words,
        law=checklist.id,
        title=worded(checklist.labels, words),
        version=asked.version,
        note=worded(checklist.notes, words) or None,
        advice=phrase("advice", words),
        complete=asked.complete,
    )
