"""From the model's answers to statements: every quote found again, every word checked against the vocabulary.

In: the text, its clauses, what the rules read, one `Answer` a piece. Out: `Statement`s in text order, the parties they
name, and what was left out, by reason. Nothing is repaired by guessing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...ontology.terms import JURISDICTION_KINDS
from ..extract.admit import ADMITTED, PLACE_OF
from ..extract.conditions import conditions
from ..extract.cuts import after_label, sentence_ranges
from ..extract.facets import name_key
from ..extract.facts import Facts
from ..records import PRACTICES, Clause, Condition, ConditionKind, Duration, Effect, Mention, Modality, Party, Statement
from .concepts import concept_of
from .crosscheck import Rules
from .found import place, places
from .pieces import Piece, above
from .schema import ACTORS, Answer, Restriction, Stated, Value

_PRACTICES = {name.casefold(): name for name in PRACTICES}
_POLARITY = {"affirmed": False, "denied": True}
_MODALITY: dict[str, Modality] = {"will": "Will", "may": "May", "must": "Must", "should": "Should"}
_KINDS: dict[str, ConditionKind] = {"exception": "Exception", "consent": "Consent", "request": "Request", "if": "If"}
_ISO = re.compile(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", re.IGNORECASE)
_DAYS = (365.0, 30.0, 7.0, 1.0, 1 / 24, 1 / 1440)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a statement stands: its clause, the model's quote, the sentences around it, and whether it quotes all."""

    clause: Clause
    quote: tuple[int, int]
    start: int
    end: int
    whole: bool


class Gathering:
    """What one document's answers come to."""

    def __init__(self, text: str, clauses: tuple[Clause, ...], rules: Rules, model: str) -> None:
        self._text = text
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]
        self._by_path = {clause.path: clause for clause in clauses}
        self._rules = rules
        self._rule = f"llm:{model}"
        self._taken: list[Statement] = []
        self._used: set[tuple[str, bool, int]] = set()
        self._parties: dict[str, Party] = {}
        #: What was left out, by reason.
        self.dropped: Counter[str] = Counter()
        #: Paths of the clauses in which a denial was called affirmed.
        self.turned: list[str] = []

    def take(self, piece: Piece, answer: Answer) -> None:
        """The statements of one piece."""
        for stated in answer.statements:
            statement = self._statement(piece, stated)
            if statement is not None:
                self._taken.append(statement)

    def statements(self) -> tuple[Statement, ...]:
        """All statements in text order; those that say the same of the same words are one with all their values."""
        merged: dict[Statement, dict[Mention, None]] = {}
        for one in sorted(self._taken, key=lambda one: (one.start, one.end)):
            merged.setdefault(replace(one, mentions=()), {}).update(dict.fromkeys(one.mentions))
        return tuple(
            replace(one, mentions=tuple(sorted(values, key=lambda m: (m.start, m.end, m.facet, m.concept))))
            for one, values in merged.items()
        )

    def parties(self) -> dict[str, Party]:
        """The parties that the statements name, by key."""
        named = {mention.party for one in self._taken for mention in one.mentions}
        return {key: party for key, party in self._parties.items() if key in named}

    def warnings(self) -> tuple[str, ...]:
        """What a person must know of what was left out."""
        told = []
        if self.dropped:
            reasons = ", ".join(f"{reason} ({count})" for reason, count in sorted(self.dropped.items()))
            told.append(f"Left out of what {self._rule} answered: {reasons}.")
        if self.turned:
            where = ", ".join(dict.fromkeys(self.turned))
            told.append(
                f"{self._rule} affirmed what the rules read as denied, or cannot tell from a denial: "
                f"{len(self.turned)} left out, in the clauses {where}."
            )
        return tuple(told)

    def _statement(self, piece: Piece, stated: Stated) -> Statement | None:
        practice = _PRACTICES.get(stated.practice.strip().casefold())
        denied = _POLARITY.get(stated.polarity.strip().casefold())
        modality = _MODALITY.get((stated.modality.strip() or "will").casefold())
        actor = ACTORS.get((stated.actor.strip() or "controller").casefold().replace("_", " ").replace("-", " "))
        if practice is None or denied is None or modality is None or actor is None:
            self.dropped["statements with a practice, polarity, modality or actor that does not exist"] += 1
            return None
        span = self._span(piece, stated.quote, practice, denied)
        if span is None:
            return None
        if not denied and not self._rules.may_affirm(practice, span.start, span.end):
            self.turned.append(span.clause.path)
            return None
        facts = self._rules.facts(span.start, span.end)
        mentions = self._mentions(stated.values, practice, span)
        if not denied:
            kept = self._rules.may_hold(practice, span.start, span.end, mentions)
            if kept is None:
                self.turned.append(span.clause.path)
                return None
            if len(kept) < len(mentions):
                self.dropped["values that the rules read as denied"] += len(mentions) - len(kept)
            mentions = kept
        concept, own = actor
        if concept == "DataSubject":  # who gives data to us lets us collect it
            own = practice in ("Collect", "Share") and modality == "Will" and not denied
        return Statement(
            start=span.start,
            end=span.end,
            clause=span.clause.path,
            practice=practice,
            denied=denied,
            modality=modality,
            actor=concept,
            of_controller=own,
            mentions=tuple(mentions),
            conditions=self._conditions(stated.conditions, span, facts, denied=denied),
            vague=any(one.sentence.has("open", "vague") for one in facts),
            open_list=any(one.sentence.has("open", "list") for one in facts),
            exclusive=any(one.sentence.has("structure", "only") for one in facts),
            duration=self._duration(stated.duration, practice, facts),
            rules=(self._rule,),
            trace=(f"{self._rule} read it in the piece at {piece.path}",),
        )

    def _span(self, piece: Piece, quote: str, practice: str, denied: bool) -> _Span | None:
        """Where the quote stands in the piece.

        Of several places whole sentences count, and of these the first that this practice has not taken yet. A
        fragment that stands in several places could mean any of them.
        """
        found = list(places(self._text, quote, piece.start, piece.end))
        if not found:
            self.dropped["statements with a quote that is not in the text"] += 1
            return None
        spans = [one for one in (self._around(*each) for each in found) if one is not None]
        if not spans:
            self.dropped["statements with a quote across clauses"] += 1
            return None
        if len(spans) > 1:
            spans = [one for one in spans if one.whole]
        if not spans:
            self.dropped["statements with a fragment for a quote that stands in several places"] += 1
            return None
        chosen = next((one for one in spans if (practice, denied, one.start) not in self._used), spans[0])
        self._used.add((practice, denied, chosen.start))
        return chosen

    def _around(self, start: int, end: int) -> _Span | None:
        """The whole sentences around a quote, None where it reaches beyond a clause."""
        clause = self._clauses[bisect_right(self._starts, start) - 1]
        if end > clause.end:
            return None
        begin = after_label(self._text, max(clause.body, clause.start), clause.end)
        ranges = sentence_ranges(self._rules.reading, begin, clause.end)
        around = [one for one in ranges if one[0] < end and start < one[1]]
        body = max(start, clause.body)  # without the item's number or bullet
        if not around:
            return _Span(clause, (start, end), body, end, whole=False)
        first, last = around[0][0], around[-1][1]
        whole = start <= first and not any(char.isalnum() for char in self._text[end:last])
        return _Span(clause, (start, end), min(body, first), max(end, last), whole)

    def _mentions(self, values: Iterable[Value], practice: str, span: _Span) -> list[Mention]:
        found = (self._mention(value, practice, span) for value in values)
        return list(dict.fromkeys(one for one in found if one is not None))

    def _mention(self, value: Value, practice: str, span: _Span) -> Mention | None:
        facet = value.facet.strip()
        general = "jurisdiction" if facet in JURISDICTION_KINDS else facet
        if general not in ADMITTED[practice]:
            self.dropped["values in a facet that the practice cannot have"] += 1
            return None
        concept = concept_of(facet, value.concept)
        if concept is None:
            self.dropped["values with a concept that does not exist in the facet"] += 1
            return None
        if facet == "jurisdiction":
            facet = PLACE_OF.get(practice, facet)
        here = place(self._text, value.quote, *span.quote) or place(self._text, value.quote, span.start, span.end)
        if here is not None:
            return self._with_party(Mention(facet, concept, *here, self._rule))
        for clause in above(span.clause, self._by_path):
            there = place(self._text, value.quote, clause.start, clause.end)
            if there is not None:
                return self._with_party(Mention(facet, concept, *there, self._rule, clause.path))
        self.dropped["values with a quote that is not in the statement or above it"] += 1
        return None

    def _with_party(self, mention: Mention) -> Mention:
        """With the party, where the words are the name of one that the lexicon knows."""
        hits = self._rules.reading.hits("parties", mention.start, mention.end) if mention.facet == "recipient" else []
        if not any((hit.start, hit.end) == (mention.start, mention.end) and not hit.form.weak for hit in hits):
            return mention
        name = self._text[mention.start : mention.end]
        key = name_key(name)
        self._parties.setdefault(key, Party(key, name, mention.start, mention.end, rule=mention.rule))
        return replace(mention, party=key)

    def _conditions(
        self, given: Iterable[Restriction], span: _Span, facts: list[Facts], *, denied: bool
    ) -> tuple[Condition, ...]:
        known = [one for each in facts for one in conditions(each.sentence, each.zones, each.values, denied=denied)]
        found: dict[tuple[int, int], Condition] = {}
        for one in given:
            kind = _KINDS.get(one.kind.strip().casefold())
            here = place(self._text, one.quote, span.start, span.end)
            if kind is None or here is None:
                self.dropped["conditions of no known kind, or with a quote that is not in the statement"] += 1
                continue
            read: list[Effect] = [each.effect for each in known if each.start < here[1] and here[0] < each.end]
            usual: Effect = "OnlyIf"
            if kind == "Exception" or (kind == "Consent" and denied):
                usual = "Unless"
            effect = read[0] if read and kind != "Exception" else usual
            found.setdefault(here, Condition(*here, effect, (kind,), self._rule))
        return tuple(found[here] for here in sorted(found))

    def _duration(self, told: str, practice: str, facts: list[Facts]) -> Duration | None:
        """The period that the rules read in the same words, if the model means it."""
        told = told.strip()
        if not told or practice != "Retain":
            return None
        match = _ISO.fullmatch(told)
        days = (
            sum(int(number or 0) * days for number, days in zip(match.groups(), _DAYS, strict=True)) if match else -1.0
        )
        for one in facts:
            for period in one.periods:
                if abs(period.duration.days - days) < 1e-3:
                    return period.duration
        self.dropped["periods that are not in the statement"] += 1
        return None
