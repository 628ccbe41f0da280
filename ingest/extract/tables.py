"""What the rows of tables state.

In: a `Row` of `grid` and its `Facts`. Out: `Stated`, a draft with the columns whose values it takes, and those values.

A table without heads that the lexicon knows, and a row that says whole sentences, are read like any other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..records import Mention
from .context import SAYS_NO, SAYS_YES, Draft
from .facts import Facts
from .grid import PRACTICES, Cell, Row
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
_RECIPIENTS = frozenset({"recipient", "processor"})
#: A cell this long, or with a full stop before its end, is prose.
_CELL_LENGTH = {True: 160, False: 70}
_STOP = re.compile(r"[.!?;](?:\s|<br)+(?=[\w\"“„(])(?<!\W[A-Zsaropeg]\.\s)|[。；！？](?=[^\s|])|<br")
_OURS = re.compile(
    r"(?:our(?:s|selves)?|us|we|first.party|this (?:site|website|app|shop)|own|naše?|my|vlastní|tento web|první stran\w*|"
    r"本站|本店|本网站|本網站|本公司|本平台|本平臺|我们|我們|自有|第一方|本应用|本應用|自己)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One practice that a row states, and the columns it takes its values from."""

    draft: Draft
    columns: frozenset[str]


def is_prose(reading: Reading, row: Row) -> bool:
    """Whether a cell holds whole sentences, which say more than their column."""
    for cell in row.cells:
        text = reading.view.text[cell.start : cell.end]
        if len(text) > _CELL_LENGTH[reading.words] or _STOP.search(text):
            return True
    return False


def is_plain(row: Row, facts: Facts, *, whole: bool) -> bool:
    """Whether a row's columns say all there is: no sentences (unless those are read as a ``whole``), no denial in words."""
    if any(v.zone in ("denied", "exception") for v in facts.values):
        return False
    reading = facts.sentence.reading
    return whole or row.denies or not (is_prose(reading, row) or refuses(reading, row))


_OFF = re.compile(
    r"\W*(?:(?:currently |zatím |momentálně )?(?:off|disabled|inactive|neběží|neaktivní|vypnut\w*|nepoužív\w+(?: se)?)|未启用|未啟用|未使用|未接入|已?停用|已?禁用)\W*",
    re.IGNORECASE,
)


def refuses(reading: Reading, row: Row) -> bool:
    """Whether a cell denies something in words of its own; columns of yes and no are not asked.

    A "no" in a column whose head the lexicon does not know ("State: off") may deny all that the row says.
    """
    text = reading.view.text
    if any(SAYS_NO.fullmatch(text[cell.start : cell.end]) for cell in row.of("")) or any(
        _OFF.fullmatch(text[cell.start : cell.end]) for cell in row.of("other")
    ):
        return True
    return any(
        _negates(reading, cell)
        for cell in row.cells
        if cell.role not in PRACTICES
        and cell.role not in ("required", "refusable", "other")
        and not SAYS_NO.fullmatch(reading.view.text[cell.start : cell.end])
    )


def _negates(reading: Reading, cell: Cell) -> bool:
    return (
        reading.has("negation", "words", cell.start, cell.end)
        or any(hit.negated for hit in reading.hits("predicates", cell.start, cell.end))
        or bool(_NOBODY.search(reading.view.text, cell.start, cell.end))
    )


_NOBODY = re.compile(r"\bno(?:body|ne| one|-one)\b|\bnik(?:do|omu|ým)\b|\bžádn|没有人|沒有人|无人|無人", re.IGNORECASE)


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
    if row.denies:
        for practice in dict.fromkeys(cell.denies for cell in row.cells if cell.denies not in ("", "?")):
            own = [cell for cell in row.cells if cell.denies == practice]
            if not any(_negates(reading, cell) for cell in own):  # "Not shared with | nobody"
                add(practice, ("data", *(cell.role for cell in own)), denied=True)
        return out
    for cell in row.of(*PRACTICES):
        text = reading.view.text[cell.start : cell.end]
        if SAYS_NO.fullmatch(text) or _NO_BUT.match(text):
            add(cell.role, ("data",), denied=True)
        elif (
            SAYS_YES.fullmatch(text)
            or _YES_BUT.match(text)
            or any(cell.start <= v.mention.start and v.mention.end <= cell.end for v in facts.receivers())
        ):
            add(cell.role, (*named, *_RECIPIENTS, cell.role))
    if out:
        if any(not SAYS_NO.fullmatch(reading.view.text[cell.start : cell.end]) for cell in row.of("place")):
            add("Store", ("data", "place"))  # what is not sent is kept where the row says
        return out
    announced = facts.context.announced
    head = facts.context.head
    if head is not None and head.drafts and not head.excepts:  # "We store the following on our servers:"
        if any(draft.denied for draft in head.drafts):
            return []
        announced = (*(draft.practice for draft in head.drafts), *announced)
    where = [cell for cell in row.of(*_RECIPIENTS) if not _OURS.fullmatch(reading.view.text[cell.start : cell.end])]
    if row.cookies:  # a cookie of ours serves us, one of somebody else's collects
        ours = not where and row.has("purpose", "kind")
        add("Use" if ours else "Collect", (*named, "kind", "name", *_RECIPIENTS))
    elif where and not (row.has("data") and announced[:1] in (("Collect",), ("Use",)) and row.cells[0].role == "data"):
        if all(SAYS_NO.fullmatch(reading.view.text[cell.start : cell.end]) for cell in where):
            add("Share", ("data",), denied=True)
        else:
            add("Sell" if announced[:1] == ("Sell",) else "Share", (*named, *_RECIPIENTS, "place", "measure"))
    elif row.has("data", "purpose"):
        wanted = next((p for p in announced if p in ("Collect", "Use", "Store", "Protect", "Sell", "Share")), "")
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


#: "Yes, …", "Optional", "only when you …"; "No (…)".
_YES_BUT = re.compile(
    r"(?:yes|ano|是|有|会|會)\s*[,，、(（:：;–-]|(?:optional|only (?:if|when|with)|if you|when you|with your|volitel|nepovinn|pouze|jen |se souhlasem)"
    r"|(?:可选|可選|选填|選填|(?:仅|僅|只)(?:在|当|當|经|經|有))",
    re.IGNORECASE,
)
_NO_BUT = re.compile(r"(?:no|never|ne|nikdy|否|不|从不|從不)\s*[,，(（:：;–-]", re.IGNORECASE)
_OPTIONAL = re.compile(r"optional|voluntary|volitel|nepovinn|dobrovoln|可选|可選|选填|選填|非必|否", re.IGNORECASE)
_MUST = re.compile(r"required|mandatory|necessary|compulsory|povinn|nutn|nezbytn|必[需须須填选選要]|是", re.IGNORECASE)
