"""Tables whose first row names what their columns hold: "Data | Purpose | How long".

In: the document's `Reading` and clauses. Out: a `Row` for each row of such a table, with the column of every cell, and
what such a row states as `Stated`: a draft with the columns whose values it takes.

A table without heads that the lexicon knows, and a row that says whole sentences, are read like any other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..records import Clause, Mention
from .context import SAYS_NO, SAYS_YES, Draft
from .facts import Facts
from .reading import Reading
from .retention import Period

#: The facets that a column's cells give.
GIVES: dict[str, frozenset[str]] = {
    "data": frozenset({"dataCategory", "dataSubject"}),
    "purpose": frozenset({"purpose"}),
    "basis": frozenset({"legalBasis", "applicableLaw"}),
    "retention": frozenset({"retention"}),
    "recipient": frozenset({"recipient", "jurisdiction"}),
    "processor": frozenset({"recipient", "jurisdiction"}),
    "place": frozenset({"jurisdiction", "storageMedium"}),
    "source": frozenset({"source"}),
    "subject": frozenset({"dataSubject"}),
    "measure": frozenset({"measure"}),
    "name": frozenset({"dataCategory"}),
    "kind": frozenset({"purpose"}),
    "Share": frozenset({"recipient"}),
    "Sell": frozenset({"recipient"}),
}
#: Columns that say yes or no to a practice.
_PRACTICES = frozenset({"Collect", "Share", "Sell", "Store", "Transfer"})
_RECIPIENTS = frozenset({"recipient", "processor"})
_COOKIES = re.compile(r"cookie|tracker|local ?storage|pixel", re.IGNORECASE)
_CELL = re.compile(r"[^|\t]+")
_HEAD_LENGTH = 60
#: A cell this long, or with a full stop before its end, is prose.
_CELL_LENGTH = {True: 160, False: 70}
_STOP = re.compile(r"[.!?;](?:\s|<br)+(?=[\w\"“„(])(?<!\W[A-Zsaropeg]\.\s)|[。；！？](?=[^\s|])|<br")
_OURS = re.compile(
    r"(?:our(?:s|selves)?|us|we|first.party|this (?:site|website|app|shop)|own|naše?|my|vlastní|tento web|první stran\w*|"
    r"本站|本店|本网站|本網站|本公司|本平台|本平臺|我们|我們|自有|第一方|本应用|本應用|自己)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's content without its blanks and marks, and what its column's head calls it ("" where it does not say)."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row under known heads. ``head``: it is the row of heads. ``cookies``: the table lists cookies."""

    cells: tuple[Cell, ...]
    head: bool = False
    cookies: bool = False

    def of(self, *roles: str) -> list[Cell]:
        """The cells of these columns that are not empty, in order."""
        return [cell for cell in self.cells if cell.role in roles and cell.end > cell.start]

    def has(self, *roles: str) -> bool:
        """Whether the table has one of these columns."""
        return any(cell.role in roles for cell in self.cells)

    @property
    def optional(self) -> bool:
        """Whether yes and no in it answer something else than whether data is handled ("Required?")."""
        return self.has("required", "refusable") and not self.has(*_PRACTICES)


@dataclass(frozen=True, slots=True)
class Stated:
    """One practice that a row states, and the columns it takes its values from."""

    draft: Draft
    columns: frozenset[str]


def rows(reading: Reading, clauses: Sequence[Clause]) -> dict[str, Row]:
    """The rows of every table whose heads are known, by clause path."""
    out: dict[str, Row] = {}
    heading = ""
    roles: list[str] = []
    cookies = False
    last: Clause | None = None
    for clause in clauses:
        if clause.kind == "Heading":
            heading = clause.heading
        if clause.kind != "TableRow":
            if clause.kind != "Markup":
                roles, last = [], None
            continue
        cells = _cells(reading, clause)
        if last is None or clause.parent != last.parent:
            roles = _roles(reading, cells)
            known = [role for role in roles if role and role != "other"]
            if not _is_head(roles, known):
                roles = []
            else:
                text = reading.view.text[clause.start : clause.end] + heading
                cookies = bool(_COOKIES.search(text)) and "processor" not in roles[:1]
                out[clause.path] = Row(tuple(Cell(s, e, r) for (s, e), r in zip(cells, roles, strict=True)), head=True)
        elif roles and len(cells) == len(roles):
            out[clause.path] = Row(
                tuple(Cell(s, e, r) for (s, e), r in zip(cells, roles, strict=True)), cookies=cookies
            )
        last = clause
    return out


def _is_head(roles: list[str], known: list[str]) -> bool:
    return len(roles) > 1 and len(known) > 1 and len(known) * 2 >= len(roles)


def _cells(reading: Reading, clause: Clause) -> list[tuple[int, int]]:
    """The ranges of a row's cells: between bars (the outer ones are no cells) or tabs."""
    text = reading.view.text
    start, end = max(clause.body, clause.start), clause.end
    while start < end and text[start] in " \r\n":
        start += 1
    while end > start and text[end - 1] in " \r\n":
        end -= 1
    mark = "|" if "|" in text[start:end] else "\t"
    if mark == "|":
        start += text[start] == "|"
        end -= end > start and text[end - 1] == "|"
    out: list[tuple[int, int]] = []
    at = start
    while at <= end:
        stop = text.find(mark, at, end)
        stop = end if stop < 0 else stop
        out.append(_bare(text, at, stop))
        at = stop + 1
    return out


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n*`":
        start += 1
    while end > start and text[end - 1] in " \t\r\n*`":
        end -= 1
    return start, end


def _roles(reading: Reading, cells: Sequence[tuple[int, int]]) -> list[str]:
    return [role_of(reading, start, end) if end - start <= _HEAD_LENGTH else "" for start, end in cells]


def role_of(reading: Reading, start: int, end: int) -> str:
    """What a column's head, or a label, asks for; "" where the lexicon does not know it.

    In languages that put the head noun first the first word decides, in Chinese the last.
    """
    hits = reading.hits("columns", start, end)
    asked = [hit for hit in hits if hit.id in ("required", "refusable")]
    hit = asked[0] if asked else hits[0 if reading.words else -1] if hits else None
    if hit is not None and hit.id == "kind" and any(other.id == "data" for other in hits):
        return "data"  # "Types of data"
    return hit.id if hit else ""


def is_prose(reading: Reading, row: Row) -> bool:
    """Whether a cell holds whole sentences, which say more than their column."""
    for cell in row.cells:
        text = reading.view.text[cell.start : cell.end]
        if len(text) > _CELL_LENGTH[reading.words] or _STOP.search(text):
            return True
    return False


def refuses(reading: Reading, row: Row) -> bool:
    """Whether a cell denies something in words of its own; columns of yes and no are not asked."""
    return any(
        reading.has("negation", "words", cell.start, cell.end)
        or any(hit.negated for hit in reading.hits("predicates", cell.start, cell.end))
        for cell in row.cells
        if cell.role not in _PRACTICES
        and cell.role not in ("required", "refusable", "other")
        and not SAYS_NO.fullmatch(reading.view.text[cell.start : cell.end])
    )


def supported(one: Stated, mentions: Sequence[Mention], periods: Sequence[Period]) -> bool:
    """Whether the row has what its practice cannot do without."""
    facets = {mention.facet for mention in mentions}
    if one.draft.practice == "Retain":
        return "retention" in facets or bool(periods)
    if one.draft.practice == "OfferChoice":
        return "right" in facets
    if one.draft.practice in ("Share", "Sell") and not one.draft.denied:
        return "recipient" in facets or "dataCategory" in facets
    return bool(facets & {"dataCategory", "purpose"})


def stated(row: Row, facts: Facts) -> list[Stated]:
    """What a row states, each practice once and polarity."""
    reading = facts.sentence.reading
    out: list[Stated] = []

    def add(practice: str, columns: Sequence[str], *, denied: bool = False) -> None:
        if any(s.draft.practice == practice for s in out):
            return
        trace = (f"its column says {'no' if denied else 'so'}",)
        out.append(Stated(Draft(practice, denied, "Will", "we", rules=("table",), trace=trace), frozenset(columns)))

    named = ("data", "subject", "source", "basis", "purpose")
    for cell in row.of(*_PRACTICES):
        text = reading.view.text[cell.start : cell.end]
        if SAYS_NO.fullmatch(text):
            add(cell.role, ("data",), denied=True)
        elif SAYS_YES.fullmatch(text) or any(
            cell.start <= v.mention.start and v.mention.end <= cell.end for v in facts.receivers()
        ):
            add(cell.role, (*named, *_RECIPIENTS, cell.role))
    if out:
        return out
    announced = facts.context.announced
    where = [cell for cell in row.of(*_RECIPIENTS) if not _OURS.fullmatch(reading.view.text[cell.start : cell.end])]
    if row.cookies:  # a cookie of ours serves us, one of somebody else's collects
        ours = not where and row.has("purpose", "kind")
        add("Use" if ours else "Collect", (*named, "kind", "name", *_RECIPIENTS))
    elif where and not (row.has("data") and announced[:1] in (("Collect",), ("Use",)) and row.cells[0].role == "data"):
        if all(SAYS_NO.fullmatch(reading.view.text[cell.start : cell.end]) for cell in where):
            add("Share", ("data",), denied=True)
        else:
            add("Share", (*named, *_RECIPIENTS, "place", "measure"))
    elif row.has("data", "purpose"):
        wanted = next((p for p in announced if p in ("Collect", "Use", "Store", "Protect")), "")
        if not wanted:
            wanted = "Use" if row.has("purpose", "basis") else "Collect"
        if not row.has("data") and wanted == "Collect":
            wanted = "Use"
        if row.has("purpose", "basis", "source", "subject", "place", "required") or wanted in announced:
            add(wanted, (*named, "place"))
    if row.of("retention"):
        add("Retain", ("data", "name", "retention", *(() if row.has("data", "name") else ("purpose",))))
    if row.of("required", "refusable"):
        add("OfferChoice", ("data", *(() if row.has("data") else ("purpose",))))
    return out


def values(row: Row, facts: Facts, one: Stated) -> list[Mention]:
    """The values that a row's statement takes from the columns that are its own."""
    out: list[Mention] = []
    for cell in row.of(*one.columns):
        gives = GIVES.get(cell.role, frozenset())
        within = [
            v.mention
            for v in facts.values
            if v.mention.facet in gives and cell.start <= v.mention.start and v.mention.end <= cell.end
        ]
        within += bare_words(facts.sentence.reading, cell, within)
        if row.cookies and cell.role == "name":
            within = list(_cookies(facts.sentence.reading.view.text, cell))
        if cell.role in _RECIPIENTS:
            within = _receivers(facts.sentence.reading.view.text, cell, within)
        if cell.role == "retention":
            within += [
                Mention("retention", "TemporalDuration", period.start, period.end, "period")
                for period in facts.periods
                if cell.start <= period.start and period.end <= cell.end
            ]
        out += within
    if one.draft.practice == "OfferChoice":
        out += _choice(row, facts)
    return out


#: The lexicon's layers of words that count in a column only, with their facets.
_BARE = (("cell-purposes", "purpose"), ("cell-retention", "retention"), ("cell-bases", "legalBasis"))


def bare_words(reading: Reading, cell: Cell, within: Sequence[Mention]) -> Iterator[Mention]:
    """Words that name a concept only where a column asks for one ("Security"), where no value stands already."""
    gives = GIVES.get(cell.role, frozenset())
    for layer, facet in _BARE:
        for hit in reading.hits(layer, cell.start, cell.end) if facet in gives else ():
            if not any(m.facet == facet and m.start < hit.end and hit.start < m.end for m in within):
                yield Mention(facet, hit.id, hit.start, hit.end, f"cell:{hit.id}")


def _receivers(text: str, cell: Cell, within: list[Mention]) -> list[Mention]:
    """Who receives: the known, or the cell as a whole, which is then somebody the lexicon does not know."""
    known = [m for m in within if m.facet == "recipient" and m.concept not in _GENERIC]
    if known:
        return [m for m in within if m.facet != "recipient" or m in known]
    said = text[cell.start : cell.end]
    places = [m for m in within if m.facet != "recipient"]
    if not said or _OURS.fullmatch(said) or SAYS_NO.fullmatch(said):
        return places
    concept = "ServiceProvider" if cell.role == "processor" else "ThirdParty"
    return [*places, Mention("recipient", concept, cell.start, cell.end, "table:recipient")]


_GENERIC = frozenset({"Organisation", "Entity", "LegalEntity", "Recipient"})


def _cookies(text: str, cell: Cell) -> Iterator[Mention]:
    """Every name in a cell of cookie names is a cookie."""
    for match in re.finditer(r"[^,、，;/\s][^,、，;]*[^,、，;\s]|\S", text[cell.start : cell.end]):
        yield Mention(
            "dataCategory", "CookieData", cell.start + match.start(), cell.start + match.end(), "table:cookie"
        )


def _choice(row: Row, facts: Facts) -> Iterator[Mention]:
    """What "no" under "Required?" and "yes" under "Can you refuse?" say of the choice there is."""
    text = facts.sentence.reading.view.text
    for cell in row.of("required", "refusable"):
        said = text[cell.start : cell.end]
        if cell.role == "required":
            no = SAYS_NO.fullmatch(said) or _OPTIONAL.match(said)
            concept = "Optional" if no else "Required" if SAYS_YES.fullmatch(said) or _MUST.match(said) else ""
        else:
            concept = "OptingOutFromProcess" if SAYS_YES.fullmatch(said) else ""
        if concept:
            yield Mention("right", concept, cell.start, cell.end, "table:choice")


_OPTIONAL = re.compile(r"optional|voluntary|volitel|nepovinn|dobrovoln|可选|可選|选填|選填|非必|否", re.IGNORECASE)
_MUST = re.compile(r"required|mandatory|necessary|compulsory|povinn|nutn|nezbytn|必[需须須填选選要]|是", re.IGNORECASE)
