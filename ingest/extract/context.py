"""What a sentence inherits from where it stands.

In: clauses in order with the practices decided so far. Out: `Context` for the next sentence: the practices its
headings announce, the list head above it, and what was said just before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..records import Clause, Condition, Mention, Modality
from .actors import Actor
from .denials import head_denies, head_turns
from .reading import Reading

#: Headings that name a group within an announced list ("For visitors who …") and do not end it.
_GROUP = re.compile(r"(?:对于|對於|针对|針對|对|對|当|當|如果|如|For |When |If |Pro |Při |Pokud |U )", re.IGNORECASE)


#: The practice that a verb in a heading announces.
OF_VERB = {
    "collect": "Collect",
    "record": "Collect",
    "track": "Collect",
    "use": "Use",
    "share": "Share",
    "sell": "Sell",
    "store": "Store",
    "retain": "Retain",
}
_WH = re.compile(
    r"\b(?:what|which|who|where|how|why|co|jaké|které|kdo|kde|jak)\b|哪些|什么|什麼|何种|何種|谁|誰", re.IGNORECASE
)
_TICKS = "✓✔☑✅√"
_MARK = re.compile(r"(?:[-*•·]\s*)?([✓✔☑✅√✗✘❌✖🚫⛔×])\s*\S")
_MARK_BEHIND = re.compile(r"^[^\n。.!?]{2,60}[\s:：]([✓✔☑✅√✗✘❌✖🚫⛔×])\s*$")
_NEVER_BEHIND = re.compile(r"[(（](?:never|no|nikdy|ne|从未|從未|从不|從不|否|无|無)[)）]\s*$", re.IGNORECASE)
#: Headings under which nothing is done of what they list.
_FORBIDDEN = re.compile(
    r"^(?:what|things|practices|activities|uses(?: and disclosures)?)(?: that)? (?:we|you) (?:do not|don['’]t|will not|won['’]t|would never|will never|never|['’]ll never|stopped|no longer)(?: ever)?(?: do(?:ing)?| make)?(?: with (?:your|the) \w+)?\s*$"
    r"|^(?:prohibited|forbidden) (?:practices|activities|uses|conduct)|^co (?:\w+ ){0,4}ne(?:děl|uděl|provád)\w+|^co od nás nečekejte|^zakázan\w+ (?:činnost|jednání|použití)"
    r"|(?:不会|不會|从不|從不|绝不|絕不|不)做的(?:事|事情)?$|(?:不允许|不允許|反对|反對|禁止)的?(?:行为|行為)$|不会发生的事|不會發生的事|^误区|^迷思|^myths?$",
    re.IGNORECASE,
)
#: A heading that makes exceptions, says who somebody is not, or that no more is kept than needed, denies nothing.
_NO_DENIAL = re.compile(
    r"(?:除外|例外)(?:情形|情况|情況)?[:：\s]*$|不是(?:我们|我們|本|你|您)|不多|不仅|不僅|不只"
    r"|\bexcept(?:ions)?(?: for)?(?: the following| these)?[:\s]*$|\bnot only\b|\bno (?:more|longer) than\b|\bnot (?:us|ours)\b"
    r"|\b(?:výjim\w+|kromě)[:\s]*$|\bnejen\b|\bne(?:j)? ?(?:déle|více) než\b",
    re.IGNORECASE,
)
#: A table's cell, or a line below a label, that says nothing but no.
SAYS_NO = re.compile(
    r"[\s*_|–—-]*(?:no|none|never|nil|n/?a|not applicable|(?:is |are |does |do )?not (?:take place|performed|carried out|collected|shared|sold|transferred|used|stored)"
    r"|ne|není|nejsou|nic|žádn\w+|nikdy|netýká se|(?:se )?(?:neprovád\w+|neprobíhá\w*|neuskutečňuj\w+|nedochází|nepředávaj\w+|nepředává|nesdílí|nezpracováv\w+)(?: se)?"
    r"|off|disabled|inactive|not (?:used|active|enabled|in use)|neběží|neaktivní|vypnut\w*|nepoužív\w+(?: se)?"
    r"|未启用|未啟用|未使用|未开启|未開啟|未接入|未集成|不使用|不启用|已?关闭|已?關閉|已?停用|已?禁用"
    r"|无|無|不|否|没有|沒有|不适用|不適用|不涉及|未涉及|不(?:会|會)?(?:收集|蒐集|提供|共享|分享|进行|進行|出售|传输|傳輸|存储|儲存)"
    r"|[✗✘❌✖×])[\s.。*_|]*",
    re.IGNORECASE,
)
_NOT_APPLICABLE = re.compile(r"n/?a|not applicable|netýká se|不适用|不適用|[\s–—-]*", re.IGNORECASE)
#: A cell that says nothing but yes.
SAYS_YES = re.compile(r"(?:yes|ano|是|有|[✓✔☑✅√])\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A practice decided for a sentence, before its facets. ``actor`` is "we", "you", "third" or ""; rules name what decided it.

    ``at`` is where its verb stands (-1: it has none); ``zone`` names the only zone whose values it takes ("": the rest).
    """

    practice: str
    denied: bool
    modality: Modality
    actor: str = ""
    actor_start: int = -1
    actor_end: int = -1
    rules: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    strength: int = 2
    at: int = -1
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A list head: its drafts, the indexes of its statements, its data, whether it announces exceptions."""

    clause: str
    drafts: tuple[Draft, ...]
    statements: tuple[int, ...] = ()
    data: tuple[Mention, ...] = ()
    carried: tuple[Mention, ...] = ()
    conditions: tuple[Condition, ...] = ()
    excepts: bool = False
    colon: bool = False
    denied: bool = False
    #: Who acts in the items where the head names others than the controller: "third", "you" or "".
    subject: Actor = ""


@dataclass(frozen=True, slots=True)
class Context:
    """``announced``: practices of the headings, nearest first. ``head``: of the list this item stands in. ``previous``: the sentence before."""

    announced: tuple[str, ...] = ()
    heading_path: str = ""
    head: Head | None = None
    previous: Head | None = None
    item: bool = False
    first: bool = True
    heading_denied: bool = False
    marked: bool | None = None
    #: The heading says that nothing of what follows is done ("What we never do").
    forbidden: bool = False

    @property
    def under_denial(self) -> bool:
        """Whether an item without a subject of its own stands under words, or behind a mark, that deny it."""
        if self.marked is not None:
            return not self.marked
        if self.forbidden:
            return True
        if not self.item or self.under_scope:
            return False
        head = self.head
        if (
            head is not None
            and head.colon
            and not head.denied
            and (head.excepts or any(not d.denied for d in head.drafts))
        ):
            return False  # "What we never upload … The app goes online for two things only: …"
        return self.heading_denied or (self.head is not None and self.head.denied and not self.head.excepts)

    @property
    def under_scope(self) -> bool:
        """Whether an item stands under "this policy does not apply to": it says of what, and no practice."""
        head = self.head
        if not self.item or head is None or not head.drafts or head.excepts:
            return False
        return all(draft.practice == "LimitScope" and draft.denied for draft in head.drafts)


@dataclass(slots=True)
class Tracker:
    """Keeps the context while the clauses are read in order."""

    reading: Reading
    clauses: dict[str, Clause]
    heads: dict[str, Head] = field(default_factory=dict)
    last: Head | None = None
    open_list: Head | None = None
    before: Head | None = None
    _announced: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def context(self, clause: Clause, *, first: bool) -> Context:
        """The context of a sentence of ``clause``; ``first``: its first sentence."""
        heading = self._heading(clause)
        item = clause.kind in ("ListItem", "TableRow")
        head = self.heads.get(clause.parent) if clause.parent and clause.parent != heading else None
        if (head is None and item) or clause.kind == "TableRow":  # whatever stands above it in the tree: `begin_table`
            head = self.open_list
        if head is not None and not item and not head.colon:
            head = None
        return Context(
            self.announced(heading),
            heading,
            head,
            self.last,
            item,
            first,
            self._denied(heading),
            self._marked(clause),
            heading in self.clauses and bool(_FORBIDDEN.search(self.clauses[heading].heading)),
        )

    def announced(self, path: str) -> tuple[str, ...]:
        """Practices that a heading and those above it announce, nearest first, each once."""
        if not path:
            return ()
        if path not in self._announced:
            clause = self.clauses[path]
            own = self.own_announced(path)
            self._announced[path] = tuple(dict.fromkeys(own + self.announced(self._heading(clause))))
        return self._announced[path]

    def own_announced(self, path: str) -> tuple[str, ...]:
        """Practices that this heading itself announces."""
        clause = self.clauses.get(path)
        if clause is None:
            return ()
        own = [hit.id for hit in self.reading.hits("headings", clause.start, clause.end)]
        if self._denied(path):  # "What we never sell": the verb that is denied is what it announces
            own = [
                OF_VERB[h.id] for h in self.reading.hits("predicates", clause.start, clause.end) if h.id in OF_VERB
            ] + own
        return tuple(dict.fromkeys(own))

    def _denied(self, path: str) -> bool:
        """Whether the nearest heading denies what it announces ("What we do not collect"); a question denies nothing."""
        clause = self.clauses.get(path)
        if clause is None:
            return False
        if clause.heading.rstrip().endswith(("?", "？", "吗", "嗎")) and not _WH.search(clause.heading):
            return False
        sentence = self.reading.sentence(clause.start, clause.end)
        if _NO_DENIAL.search(clause.heading) or head_turns(sentence):
            return False
        if self.reading.has("negation", "words", clause.start, clause.end):
            return True
        if head_denies(sentence):
            return True
        return any(hit.negated for hit in self.reading.hits("predicates", clause.start, clause.end))

    def _marked(self, clause: Clause) -> bool | None:
        """What a ✓ or ✗ before an item, or a yes or no in a table's cell, says of it."""
        text = self.reading.view.text[clause.start : clause.end].strip()
        if clause.kind == "TableRow":
            cells = [cell.strip(" *_|") for cell in re.split(r"[|\t]", text) if cell.strip(" *_|")]
            wide = len(cells) > 2  # one of several columns has nothing to say: that denies no other
            if any(SAYS_NO.fullmatch(cell) and not (wide and _NOT_APPLICABLE.fullmatch(cell)) for cell in cells[1:]):
                return False
            return True if any(SAYS_YES.fullmatch(cell) for cell in cells[1:]) else None
        mark = _MARK.match(text) or _MARK_BEHIND.search(text)
        if mark is None:
            return False if _NEVER_BEHIND.search(text) else None
        return mark.group(1) in _TICKS

    def close(self, clause: Clause, head: Head) -> None:
        """A clause has been read: ``head`` is what its last sentence said."""
        self.before = head
        self.heads[clause.path] = head
        if head.drafts:
            self.last = head
        if clause.kind == "Paragraph":
            self.open_list = head if head.colon or head.excepts else None
            if not head.colon and head.drafts:
                self.open_list = replace(head, colon=False)

    def begin_table(self) -> None:
        """A table is announced by what stands right before it, if by anything."""
        if self.before is not None:
            self.open_list = self.before if self.before.colon or self.before.excepts else None

    def enter_heading(self, clause: Clause) -> None:
        """A heading ends what was open, unless the open list head announced the groups that follow."""
        self.before = None
        if self.open_list is not None and self.open_list.colon and _GROUP.match(clause.heading):
            return
        if self.open_list is not None and self.open_list.denied:
            self.open_list = None
        if self.open_list is not None and clause.level < self.clauses[self.open_list.clause].level:
            self.open_list = None
        if self.own_announced(clause.path):
            self.open_list = None
            self.last = None
        elif self.open_list is not None and not self.open_list.colon:
            self.open_list = None

    def _heading(self, clause: Clause) -> str:
        path = clause.parent
        while path and self.clauses[path].kind != "Heading":
            path = self.clauses[path].parent
        return path
