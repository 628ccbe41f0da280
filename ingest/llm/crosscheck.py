"""What the rules read where a model affirms something: a denial must not come out as a permission.

In: a document and its clauses. Out: what the rules extract, and `Rules`, to be asked whether a practice may be affirmed
of a range and which values are denied there. The check errs towards leaving out: a missed fact is forgiven.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..extract import RuleExtractor
from ..extract.context import Context, Draft
from ..extract.facts import Facts, negative
from ..extract.guard import GUARDED, guarded
from ..extract.limits import limits
from ..extract.practices import decide
from ..extract.questions import is_question
from ..extract.reader import DocumentReader
from ..extract.reading import Reading
from ..records import Clause, Document, Extraction, Mention, Party, Statement

#: What denies one of these denies the others: who does not share sells nothing, who does not sell does not share by it.
_KIN = frozenset({"Share", "Sell", "Transfer"})


class _WatchedReader(DocumentReader):
    """Reads as ever and keeps what every sentence looked like."""

    def __init__(
        self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party, off: frozenset[str]
    ) -> None:
        super().__init__(document, clauses, reading, owner, off)
        self.seen: list[Facts] = []

    def _facts(self, start: int, end: int, context: Context) -> Facts:
        facts = super()._facts(start, end, context)
        self.seen.append(facts)
        return facts

    def negates(self, clause: Clause) -> bool:
        """Whether a heading or list head, by itself, denies something."""
        return negative(super()._facts(clause.start, clause.end, Context()))


class _Watching(RuleExtractor):
    """The rules over one document, with their reader kept."""

    watched: _WatchedReader | None = None

    def reader(self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party) -> DocumentReader:
        """See `RuleExtractor.reader`."""
        self.watched = _WatchedReader(document, clauses, reading, owner, self.off)
        return self.watched


class Rules:
    """What the rules read of one document."""

    def __init__(self, reader: _WatchedReader) -> None:
        self.reading = reader.reading
        self._reader = reader
        self._by_path = {clause.path: clause for clause in reader.clauses}
        self._denied: dict[int, frozenset[str]] = {}
        self._negates: dict[str, bool] = {}

    def facts(self, start: int, end: int) -> list[Facts]:
        """The sentences that a range touches."""
        return [one for one in self._reader.seen if one.sentence.start < end and start < one.sentence.end]

    def may_affirm(self, practice: str, start: int, end: int) -> bool:
        """Whether nothing in the range speaks against the practice being affirmed there."""
        said = self._said(start, end)
        affirmed = {one.practice for one in said if not one.denied}
        if practice in affirmed:
            return True
        facts = self.facts(start, end)
        denied = {one.practice for one in said if one.denied}.union(*(self._drafts(one) for one in facts))
        if practice in denied or (practice in _KIN and not _KIN.isdisjoint(denied)):
            return False
        if any(practice in limits(one) for one in facts):
            return False
        text = self.reading.view.text
        if facts and all(is_question(text[one.sentence.start : one.sentence.end]) for one in facts):
            return False
        # The rules affirm nothing of the kind here, so any negator will do to doubt that they only missed it.
        if any(negative(one) for one in facts) or (not affirmed and not GUARDED.isdisjoint(denied)):
            return False
        return all(guarded(one, [Draft(practice, False, "Will")]) for one in facts)

    def may_hold(self, practice: str, start: int, end: int, mentions: list[Mention]) -> list[Mention] | None:
        """The values that an affirmed statement may have in the range, None where it may not stand with them.

        Values that the rules read as denied go, and so do those from a heading or list head that denies. Where the
        rules read the practice both ways ("we do not share it, except with couriers"), the statement needs a value
        that only the affirmed reading has.
        """
        said = self._said(start, end)
        kin = _KIN if practice in _KIN else frozenset({practice})
        denied = _values(one for one in said if one.denied and one.practice in kin)
        affirmed = _values(one for one in said if not one.denied and one.practice in kin)
        against = [mention for place, mention in denied.items() if place not in affirmed]
        against += [one for one in mentions if self._from_denial(one) and not _touches(one, affirmed.values())]
        kept = [one for one in mentions if not _touches(one, against)]
        if {True, False} <= {one.denied for one in said if one.practice == practice}:
            speaking = [mention for place, mention in affirmed.items() if place not in denied]
            return kept if any(_touches(one, speaking) for one in kept) else None
        return kept if kept or not mentions else None

    def _from_denial(self, mention: Mention) -> bool:
        """Whether a value is inherited from a clause that denies."""
        path = mention.inherited_from
        if path and path not in self._negates:
            self._negates[path] = self._reader.negates(self._by_path[path])
        return bool(path) and self._negates[path]

    def _said(self, start: int, end: int) -> list[Statement]:
        return [one for one in self._reader.statements if one.start < end and start < one.end]

    def _drafts(self, facts: Facts) -> frozenset[str]:
        """Practices that a sentence denies, also those that the rules decided on and then did not state."""
        place = facts.sentence.start
        if place not in self._denied:
            self._denied[place] = frozenset(draft.practice for draft in decide(facts) if draft.denied)
        return self._denied[place]


def read_by_rules(document: Document, clauses: tuple[Clause, ...]) -> tuple[Extraction, Rules | None]:
    """What the rules extract; None beside it where they have no lexicon for the language."""
    watching = _Watching()
    extraction = watching.extract(document, clauses)
    watched = watching.watched
    return extraction, Rules(watched) if watched else None


def _values(statements: Iterable[Statement]) -> dict[tuple[str, int, int], Mention]:
    return {(one.facet, one.start, one.end): one for each in statements for one in each.mentions}


def _touches(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether a mention shares words with one of the same facet."""
    return any(one.facet == mention.facet and one.start < mention.end and mention.start < one.end for one in others)
