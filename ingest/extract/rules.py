"""The rule extractor: from clauses to statements by the lexicon alone.

In: `Document` and its clauses. Out: `Extraction` with statements, parties, title and dates. Every mention and
statement names the rules that made it; whole rule families can be switched off (`off`) to see what they bring.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...ontology.lexicon import lexicon_language
from ..records import Clause, Condition, Document, Extraction, Mention, Party, Statement
from ..segment import sentences
from .admit import Admission, admit
from .conditions import conditions
from .confidence import with_confidence
from .context import Context, Draft, Head, Tracker
from .dates import policy_dates
from .facets import values
from .frames import frames
from .parties import acting_names, controller, title
from .facts import FAMILIES, Facts
from .practices import decide, denies
from .reading import Reading, Sentence
from .retention import periods
from .zones import zones

__all__ = ["FAMILIES", "RuleExtractor"]

_SKIPPED = frozenset({"Boilerplate", "Markup", "Contents"})


class RuleExtractor:
    """Predicate frames over clauses; one lexicon a language. Deterministic, stateless between documents."""

    name = "rules"
    version = "1"

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        """``off``: names of rule families (`FAMILIES`) to leave out."""
        unknown = off - set(FAMILIES)
        if unknown:
            raise ValueError(f"unknown rule families: {', '.join(sorted(unknown))}; known: {', '.join(FAMILIES)}")
        self.off = off

    def extract(self, document: Document, clauses: tuple[Clause, ...]) -> Extraction:
        """Everything the rules read from one document. Languages without a lexicon give clauses and a warning."""
        language = lexicon_language(document.language)
        effective, modified, bare = policy_dates(document.text, clauses)
        name = title(document.text, clauses, document.title)
        if language is None:
            warning = f"No lexicon for the language {document.language}: clauses only, no statements."
            return Extraction(
                document,
                clauses,
                title=name,
                effective_date=effective,
                modified=modified,
                date=bare,
                extractor=self.name,
                warnings=(*document.warnings, warning),
            )
        reading = Reading(document.text, language)
        owner = controller(document.text, reading, clauses)
        reading.know_actors(
            [name for name in (owner.name, *owner.aliases, *acting_names(document.text, reading)) if name]
        )
        run = _Run(document, clauses, reading, owner, self.off)
        run.read()
        warnings = document.warnings
        if not owner.name:
            words = document.text[owner.start : owner.end]
            warnings = (
                *warnings,
                "The controller is not named" + (f"; the text calls itself “{words}”." if words else "."),
            )
        return Extraction(
            document,
            clauses,
            with_confidence(run.statements),
            tuple(run.parties.values()),
            owner.key,
            name,
            effective,
            modified,
            bare,
            self.name,
            warnings,
        )


class _Run:
    """One document being read."""

    def __init__(
        self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party, off: frozenset[str]
    ) -> None:
        self.text = document.text
        self.clauses = clauses
        self.reading = reading
        self.off = off
        self.parties: dict[str, Party] = {owner.key: owner}
        self.statements: list[Statement] = []
        self.tracker = Tracker(reading, {clause.path: clause for clause in clauses})

    def read(self) -> None:
        for clause in self.clauses:
            if clause.kind in _SKIPPED:
                continue
            if clause.kind == "Heading":
                self.tracker.enter_heading(clause)
                continue
            self._clause(clause)

    def _clause(self, clause: Clause) -> None:
        head = Head(clause.path, ())
        first = True
        start = _after_label(self.text, max(clause.body, clause.start), clause.end)
        for begin, end in _sentences(self.reading, start, clause.end):
            context = self.tracker.context(clause, first=first)
            found = self._sentence(clause, begin, end, context)
            if found.drafts or found.colon or found.excepts:
                head = found
            if found.drafts:
                self.tracker.last = found
            first = False
        self.tracker.close(clause, head)

    def _sentence(self, clause: Clause, start: int, end: int, context: Context) -> Head:
        sentence = self.reading.sentence(start, end)
        parts = zones(sentence)
        named = values(sentence, parts)
        facts = Facts(sentence, frames(sentence, parts), named, periods(sentence), context, parts, self.off)
        drafts = decide(facts)
        colon = bool(re.search(r"[:：]\s*[*_]*$", self.text[start:end]))
        excepting = any(
            z.kind == "exception"
            and (z.end >= end - 6 or (colon and _announces(self.reading.sentence(z.start, z.end))))
            for z in parts
        ) or _refers_to_exceptions(sentence)
        indexes: list[int] = []
        kept: list[Draft] = []
        bare = colon and _bare_head(facts, drafts)
        for draft in [] if bare else drafts:
            statement = self._statement(clause, sentence, draft, facts, context, admit(facts, draft))
            if statement is None:
                continue
            indexes.append(len(self.statements))
            self.statements.append(statement)
            kept.append(draft)
        if _refers_to_exceptions(sentence) and context.previous is not None and not kept:
            return replace(context.previous, clause=clause.path, excepts=True, colon=True)
        made = [self.statements[i] for i in indexes]
        data = tuple(m for s in made for m in s.mentions if m.facet == "dataCategory") or (
            context.previous.data if context.previous and context.item else ()
        )
        carried = tuple(
            m for s in made for m in s.mentions if m.facet in ("dataSubject", "source", "recipient", "applicableLaw")
        )
        stated = tuple(kept) if kept else tuple(drafts) if bare else ()
        conds: tuple[Condition, ...] = tuple(c for s in made for c in s.conditions)
        return Head(
            clause.path,
            stated,
            tuple(indexes),
            data,
            carried,
            conds,
            excepts="exceptions" not in self.off
            and excepting
            and any(d.denied for d in stated)
            and (colon or _announces(sentence)),
            colon=colon,
            denied=colon and denies(facts, stated),
        )

    def _statement(
        self, clause: Clause, sentence: Sentence, draft: Draft, facts: Facts, context: Context, admitted: Admission
    ) -> Statement | None:
        head = context.head if "list-head" in draft.rules else context.previous if "anaphora" in draft.rules else None
        mentions = list(admitted.mentions)
        inherited: list[Mention] = []
        if "inherit-data" not in self.off and admitted.wants_data:
            inherited = self._inherited_data(clause, draft, context, head)
        if head is not None and "list-head" in draft.rules:
            have = {m.facet for m in mentions}
            inherited += [
                _from(m, head.clause) for m in head.carried if m.facet not in have and m.facet in admitted.allowed
            ]
        mentions += [m for m in inherited if not any(m.facet == o.facet and m.concept == o.concept for o in mentions)]
        if admitted.required and not mentions and not facts.periods and draft.strength < 2:
            return None
        own = conditions(sentence, zones(sentence), facts.values, denied=draft.denied)
        parties = self._named_parties(mentions)
        actor, of_controller, named = self._actor(draft, facts)
        reference = head.statements[0] if head is not None and head.statements else None
        excepted = head.statements if head is not None and head.excepts and "list-head" in draft.rules else ()
        for party in parties:
            self.parties.setdefault(party.key, party)
        return Statement(
            start=sentence.start,
            end=sentence.end,
            clause=clause.path,
            practice=draft.practice,
            denied=draft.denied,
            modality=draft.modality,
            actor=actor,
            named_actor=named,
            of_controller=of_controller,
            mentions=tuple(sorted(set(mentions), key=lambda m: (m.start, m.end, m.facet, m.concept))),
            conditions=own,
            inherits=reference if not excepted else None,
            exception_to=tuple(excepted),
            vague=sentence.has("open", "vague"),
            open_list=sentence.has("open", "list"),
            exclusive=sentence.has("structure", "only"),
            duration=facts.periods[0].duration if facts.periods and draft.practice == "Retain" else None,
            contact_role=_contact_role(sentence) if draft.practice == "OfferContact" else "",
            rules=draft.rules,
            trace=draft.trace,
        )

    def _inherited_data(self, clause: Clause, draft: Draft, context: Context, head: Head | None) -> list[Mention]:
        source = (
            head
            if head is not None and head.data
            else context.head
            if context.head is not None and context.head.data
            else context.previous
        )
        if source is not None and source.data:
            return [_from(m, source.clause) for m in source.data]
        heading = self.tracker.clauses.get(context.heading_path)
        if heading is not None:
            hits = [h for h in self.reading.hits("data-categories", heading.start, heading.end) if not h.form.weak]
            if hits:
                return [
                    Mention(
                        "dataCategory", hits[0].id, hits[0].start, hits[0].end, f"lexicon:{hits[0].id}", heading.path
                    )
                ]
        return []

    def _actor(self, draft: Draft, facts: Facts) -> tuple[str, bool, str]:
        if draft.actor == "you":
            return (
                "DataSubject",
                draft.practice in ("Collect", "Share") and draft.modality in ("Will",) and not draft.denied,
                "",
            )
        if draft.actor == "third":
            near = [
                v.mention
                for v in facts.values
                if v.mention.facet == "recipient"
                and v.mention.start <= draft.actor_end
                and v.mention.end >= draft.actor_start
            ]
            concept = near[0].concept if near else "ThirdParty"
            return concept, False, near[0].party if near else ""
        return "DataController", True, ""

    def _named_parties(self, mentions: list[Mention]) -> list[Party]:
        return [Party(m.party, self.text[m.start : m.end], m.start, m.end, rule=m.rule) for m in mentions if m.party]


def _from(mention: Mention, clause: str) -> Mention:
    return replace(mention, inherited_from=mention.inherited_from or clause)


def _sentences(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Sentence ranges without the emphasis marks around them; a semicolon before a new subject parts a sentence too."""
    text = reading.view.text
    out = []
    for first, last in sentences(text, start, end):
        for begin, stop in _parted(reading, first, last):
            link = _LINK_REST.match(text, begin, stop)
            begin = link.end() if link else begin
            while begin < stop and text[begin] in "*_ |":
                begin += 1
            while stop > begin and text[stop - 1] in "*_ |\\":
                stop -= 1
            if stop - begin >= 2:
                out.append((begin, stop))
    return out


_LINK_REST = re.compile(r"\s*\]?\((?:https?|mailto|#)[^)\s]*\)\s*")
_PART = re.compile(r"[;；]\s*(?=\S)")
_JOINS = re.compile(r"(?:或|以及|及|和|并|而|和|且|nebo|a\s|or\s|and\s|as well)")


def _parted(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Parts of a long sentence whose own subject stands right behind a semicolon."""
    text = reading.view.text
    cuts = [start]
    for mark in _PART.finditer(text, start, end):
        at = mark.end()
        if at - cuts[-1] < 12 or end - at < 12 or _JOINS.match(reading.view.folded, at):
            continue
        near = reading.hits("subjects", at, min(at + (40 if reading.words else 14), end))
        if near and reading.hits("predicates", at, end):
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


_LABEL = re.compile(r"\s*(?:\*\*|__)(?P<label>[^*_\n]{1,60}?)[:：]?(?:\*\*|__)\s*[:：–—-]?\s*(?=\S)")


def _after_label(text: str, start: int, end: int) -> int:
    """Where an item's text starts behind its bold label ("**E-mail**: we …"); ``start`` where the label is all there is."""
    found = _LABEL.match(text, start, end)
    return found.end() if found and end - found.end() > 24 else start


def _announces(sentence: Sentence) -> bool:
    return bool(re.search(r"以下|下列|如下|following|následující|těchto případ|below", sentence.folded))


def _refers_to_exceptions(sentence: Sentence) -> bool:
    return len(sentence.folded) < 60 and bool(
        re.search(r"但书|例外情形|除外情形|前项但书|exceptions (?:are|include)|výjimky (?:jsou|tvoří)", sentence.folded)
    )


def _bare_head(facts: Facts, drafts: list[Draft]) -> bool:
    """A list head without a value of its own ("We use:") announces, it states nothing."""
    if not drafts:
        return True
    if (
        not facts.sentence.reading.words
        and len(facts.sentence.folded) <= 16
        and not any(f.zone == "main" and f.actor for f in facts.frames)
    ):
        return True
    return not facts.values and not facts.sentence.has("anaphora", "data")


def _contact_role(sentence: Sentence) -> str:
    folded = sentence.folded
    if re.search(r"data protection officer|\bdpo\b|pověřen|数据保护官|数据保护长|个人信息保护负责人", folded):
        return "DataProtectionOfficer"
    if re.search(r"supervisory|authority|úřad|主管机关|监管机构", folded):
        return "Authority"
    return "Controller"
