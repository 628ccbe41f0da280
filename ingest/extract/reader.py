"""One document being read, clause by clause.

In: the document, its clauses, its `Reading` and its controller. Out: statements and the parties they name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from ..records import Clause, Condition, Document, Mention, Party, Statement
from .acting import actor_of
from .admit import ADMITTED, Admission, admit, place, specific
from .codes import with_codes
from .conditions import conditions, governs, unasked
from .consequences import consequences
from .context import Context, Draft, Head, Tracker
from .cuts import after_label, sentence_ranges
from .exceptions import permitted
from .facets import FACET_OF_SCHEME, values, with_label
from .facts import Facts
from .frames import frames
from .grid import Row, beginnings, rows
from .heads import WHOLE, announces, bare_head, refers_to_exceptions, subject_of
from .labels import said
from .offers import Offer, offered, taken
from .practices import decide, denies, flips
from .proposals import weighed
from .questions import Question, answer, asked, is_question, label_denied
from .reading import Reading, Sentence
from .retention import by_period, periods
from .tables import is_plain, stated, supported
from .tables import values as row_values
from .zones import zones

#: More data than this is what a section is about, not what one sentence refers back to.
_MOST_CARRIED = 6
#: What a heading may name for the sentences under it.
_OF_HEADING = ("data-categories", "purposes", "recipients", "data-subjects", "sources", "legal-bases", "places")
#: The dashes below the heads of a table's columns.
_RULE = re.compile(r"[ \t]*\|?[\s:|-]*-{2,}[\s:|-]*\n")
_SKIPPED = frozenset({"Boilerplate", "Markup", "Contents"})


class DocumentReader:
    """One document being read."""

    def __init__(
        self, document: Document, clauses: tuple[Clause, ...], reading: Reading, owner: Party, off: frozenset[str]
    ) -> None:
        self.text = document.text
        self.clauses = clauses
        self.starts = [clause.start for clause in clauses]
        self.reading = reading
        self.off = off
        self.parties: dict[str, Party] = {owner.key: owner}
        self.statements: list[Statement] = []
        self.label = (0, 0)
        self.tracker = Tracker(reading, {clause.path: clause for clause in clauses})
        self.question: Question | None = None
        self.begin = beginnings(reading, clauses)
        self.rows = rows(reading, clauses, self.begin) if "tables" not in off else {}

    def read(self) -> None:
        for clause in self.clauses:
            if clause.kind in _SKIPPED:
                continue
            if clause.kind == "Heading":
                self.tracker.enter_heading(clause)
                self.question = self._ask(clause, clause.start, clause.end, Context())
                continue
            self._clause(clause)

    def _clause(self, clause: Clause) -> None:
        head = Head(clause.path, ())
        row = self.rows.get(clause.path)
        if clause.path in self.begin:
            self.tracker.begin_table()
        ruled = clause.kind == "TableRow" and _RULE.match(self.text, clause.end)
        if ruled or (row is not None and (row.head or self._row(clause, row))):
            self.tracker.close(clause, head)
            return
        first = True
        body = max(clause.body, clause.start)
        start = after_label(self.text, body, clause.end)
        self.label = body, start
        for begin, end in sentence_ranges(self.reading, start, clause.end):
            context = self.tracker.context(clause, first=first)
            if row is not None and row.optional:
                context = replace(context, marked=None)
            first = False
            question, self.question = self.question, self._ask(clause, begin, end, context)
            if is_question(self.text[begin:end]) or self._denies_label(clause, begin, end):
                continue
            found = self._sentence(clause, begin, end, context)
            if question is not None:
                self._answer(question, clause, begin, end, found)
            if found.drafts or found.colon or found.excepts:
                head = found
            if found.drafts:
                self.tracker.last = found
        if row is not None:
            self._row(clause, row, only=("Retain",))
        self.tracker.close(clause, head)

    def _row(self, clause: Clause, row: Row, only: tuple[str, ...] = ()) -> bool:
        """State what a row says by its columns (``only`` these practices); False where it is to be read as text."""
        context = replace(self.tracker.context(clause, first=True), marked=None)
        filled = [cell for cell in row.cells if cell.end > cell.start]
        if not filled or context.under_denial or context.heading_denied:
            return row.denies
        facts = self._facts(filled[0].start, filled[-1].end, context)
        if not is_plain(row, facts, whole=bool(only)):
            return row.denies
        have = {s.practice for s in self.statements if s.clause == clause.path}
        found = False
        for one in stated(row, facts):
            if only and (one.draft.practice not in only or one.draft.practice in have):
                continue
            mentions = [place(one.draft, mention) for mention in row_values(row, facts, one)]
            mentions = specific(self.reading.view.folded, mentions)
            if not supported(one, mentions, facts.periods):
                continue
            admitted = Admission(tuple(mentions), ADMITTED[one.draft.practice], False, True)
            made = self._statement(clause, facts.sentence, one.draft, facts, context, admitted, [])
            if made is not None:
                self.statements += by_period(made, facts.periods)
                found = True
        return found or row.denies

    def _ask(self, clause: Clause, start: int, end: int, context: Context) -> Question | None:
        """The yes/no question in a range, with what it asks after."""
        if not asked(self.text[start:end]):
            return None
        facts = self._facts(start, end, context)
        drafts = tuple(d for d in decide(facts) if not d.denied)
        return Question(clause.path, start, end, facts, drafts) if drafts else None

    def _denies_label(self, clause: Clause, start: int, end: int) -> bool:
        """Deny what the label on the line before states, where this line says nothing but no."""
        last = self.statements[-1] if self.statements else None
        if last is None or last.clause == clause.path or self.text[last.end : start].strip(" \t\r\n|*_"):
            return False
        if not label_denied(self.text[last.start : last.end], self.text[start:end]):
            return False
        for at in range(len(self.statements) - 1, -1, -1):
            said = self.statements[at]
            if said.start != last.start:
                break
            self.statements[at] = replace(said, denied=True, rules=(*said.rules, "label-denied"))
        return True

    def _answer(self, question: Question, clause: Clause, start: int, end: int, found: Head) -> None:
        """State what was asked, with the answer's polarity, unless the answer says it in full."""
        said = answer(self.text[start:end])
        if said is None:
            return
        same = question.clause == clause.path
        for draft in question.drafts:
            if any(d.practice == draft.practice for d in found.drafts):
                continue
            asked_of = replace(draft, actor="we", denied=not said, rules=(*draft.rules, "answer"))
            statement = self._statement(
                clause,
                question.facts.sentence,
                asked_of,
                question.facts,
                Context(),
                admit(question.facts, asked_of),
                [],
            )
            if statement is None:
                continue
            mentions = statement.mentions if same else tuple(self._from(m) for m in statement.mentions)
            begin = question.start if same else start
            self.statements.append(
                replace(
                    statement, start=begin, end=end, mentions=mentions, conditions=statement.conditions if same else ()
                )
            )

    def _facts(self, start: int, end: int, context: Context) -> Facts:
        sentence = self.reading.sentence(start, end)
        parts = zones(sentence)
        found = with_codes(sentence, said(sentence, values(sentence, parts)))
        if context.first:
            found = with_label(self.reading, self.label, found)
        return Facts(
            sentence,
            frames(sentence, parts),
            found,
            periods(sentence),
            context,
            parts,
            self.off,
        )

    def _sentence(self, clause: Clause, start: int, end: int, context: Context) -> Head:
        facts = self._facts(start, end, context)
        sentence, parts = facts.sentence, facts.zones
        drafts = self._decide(facts)
        colon = bool(re.search(r"[:：]\s*[*_]*$", self.text[start:end]))
        excepting = any(
            z.kind == "exception"
            and not (
                WHOLE.match(sentence.reading.view.folded, z.start, z.end)
                and not announces(self.reading.sentence(z.start, z.end))
            )
            and (z.end >= end - 6 or (colon and announces(self.reading.sentence(z.start, z.end))))
            for z in parts
        ) or refers_to_exceptions(sentence)
        indexes: list[int] = []
        kept: list[Draft] = []
        excepted: set[tuple[str, tuple[Mention, ...]]] = set()  # a sale and a disclosure may make the same exception
        bare = colon and bare_head(facts, drafts)
        for draft in [] if bare else drafts:
            statement = self._statement(clause, sentence, draft, facts, context, admit(facts, draft, drafts), drafts)
            if statement is None:
                continue
            for one in by_period(statement, facts.periods):
                indexes.append(len(self.statements))
                self.statements.append(one)
            kept.append(draft)
            allowed = permitted(statement, facts, indexes[-1]) if "exceptions" not in self.off else None
            if allowed is not None and (allowed.practice, allowed.mentions) not in excepted:
                excepted.add((allowed.practice, allowed.mentions))
                self.statements.append(allowed)
        if refers_to_exceptions(sentence) and context.previous is not None and not kept:
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
            and (colon or announces(sentence)),
            colon=colon,
            denied=colon and denies(facts, stated),
            subject=subject_of(sentence) if colon else "",
        )

    def _statement(
        self,
        clause: Clause,
        sentence: Sentence,
        draft: Draft,
        facts: Facts,
        context: Context,
        admitted: Admission,
        rivals: list[Draft],
    ) -> Statement | None:
        head = context.head if "list-head" in draft.rules else context.previous if "anaphora" in draft.rules else None
        mentions = list(admitted.mentions)
        inherited: list[Mention] = []
        refers = "list-head" in draft.rules or sentence.has("anaphora", "data") or draft.practice != "Use"
        if "inherit-data" not in self.off and admitted.wants_data and refers:
            inherited = self._inherited_data(clause, draft, context, head)
        if head is not None and "list-head" in draft.rules:
            have = {m.facet for m in mentions}
            carried = () if head.excepts else head.carried  # an exception is for others than those it is taken from
            inherited += [self._from(m) for m in carried if m.facet not in have and m.facet in admitted.allowed]
        mentions += [m for m in inherited if not any(m.facet == o.facet and m.concept == o.concept for o in mentions)]
        if "weights" not in self.off and not {"table", "absence"} & {*draft.rules}:
            mentions = self._weigh(clause, draft, facts, context, mentions, rivals)
        mentions = [m for m in mentions if not unasked(sentence, draft, m)] + consequences(facts, draft, rivals)
        if admitted.required and not mentions and not facts.periods and draft.strength < 2:
            return None
        own = tuple(
            one
            for one in conditions(sentence, facts.zones, facts.values, denied=draft.denied, practice=draft.practice)
            if governs(sentence, draft, one)
        )
        actor, of_controller, named = actor_of(draft, facts)
        acting = [v.mention for v in facts.values if named and v.mention.party == named]
        parties = self._named_parties([*mentions, *acting, *(m for c in own for m in c.mentions)])
        reference = head.statements[0] if head is not None and head.statements else None
        excepted = head.statements if head is not None and head.excepts and "list-head" in draft.rules else ()
        for party in parties:
            self.parties.setdefault(party.key, party)
        return Statement(
            start=min([sentence.start, *(m.start for m in mentions if not m.inherited_from)]),  # a label may say more
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
            rules=draft.rules,
            trace=draft.trace,
        )

    def _decide(self, facts: Facts) -> list[Draft]:
        stated = decide(facts)
        return stated if "weights" in self.off or flips(facts) else weighed(facts, stated)

    def _weigh(
        self,
        clause: Clause,
        draft: Draft,
        facts: Facts,
        context: Context,
        admitted: list[Mention],
        rivals: list[Draft],
    ) -> list[Mention]:
        """The mentions whose marks suffice, of those the sentence and its surroundings offer."""
        offers = offered(facts, draft, rivals, admitted, self._around(draft, context))
        weighed_in = taken(facts, draft, offers, rivals)
        return admitted if weighed_in is None else weighed_in

    def _around(self, draft: Draft, context: Context) -> list[Offer]:
        """What the list head, the sentence before and the heading say, where they have the draft's polarity."""
        out: list[Offer] = []
        for origin, head in (("head", context.head), ("previous", context.previous)):
            for index in head.statements if head is not None else ():
                said = self.statements[index]
                turned = origin == "head" and head is not None and head.excepts
                if said.denied == draft.denied or turned:
                    taken_over = (m for m in said.mentions if m.facet == "dataCategory" or not turned)
                    out.extend(Offer(self._from(mention), origin, "elsewhere") for mention in taken_over)
        heading = self.tracker.clauses.get(context.heading_path)
        if heading is not None and not context.heading_denied:
            for scheme in _OF_HEADING:
                for hit in self.reading.hits(scheme, heading.start, heading.end):
                    mention = Mention(
                        FACET_OF_SCHEME[scheme], hit.id, hit.start, hit.end, f"lexicon:{hit.id}", heading.path
                    )
                    out.append(Offer(mention, "heading", "elsewhere", hit.form.weak))
        return out

    def _inherited_data(self, clause: Clause, draft: Draft, context: Context, head: Head | None) -> list[Mention]:
        source = (
            head
            if head is not None and head.data
            else context.head
            if context.head is not None and context.head.data
            else context.previous
        )
        if source is not None and source is context.previous and source not in (head, context.head):
            turned = source.drafts and all(d.denied for d in source.drafts) and not draft.denied
            if turned or (draft.denied and context.item and context.first):
                source = None  # what is not collected of one kind is not what is kept of another
        if source is not None and source.data and len(source.data) <= _MOST_CARRIED:
            return [self._from(m) for m in source.data]
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

    def _from(self, mention: Mention) -> Mention:
        """The mention as inherited from the clause it stands in."""
        at = bisect_right(self.starts, mention.start) - 1
        return replace(mention, inherited_from=self.clauses[max(at, 0)].path)

    def _named_parties(self, mentions: list[Mention]) -> list[Party]:
        return [Party(m.party, self.text[m.start : m.end], m.start, m.end, rule=m.rule) for m in mentions if m.party]
