"""The frozen records that the stages hand to each other.

In: nothing. Out: `Document` (read), `Clause` (segment), `Statement` and its parts (extract), `Extraction` (all of it).

Every ``start``/``end`` is a half-open range of code points of ``Document.text`` and
``document.text[start:end]`` is the evidence, always.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "boilerplate", "contents", "markup"]
ClauseKind = Literal["Heading", "Paragraph", "ListItem", "TableRow", "Boilerplate", "Markup", "Contents"]
Modality = Literal["Will", "May", "Must", "Should"]
Effect = Literal["OnlyIf", "Unless"]
ConditionKind = Literal["Exception", "Consent", "Request", "If"]

PRACTICES = (
    "Collect",
    "Use",
    "Share",
    "Sell",
    "Transfer",
    "Store",
    "Retain",
    "Protect",
    "GrantRight",
    "OfferChoice",
    "Notify",
    "ProtectChild",
    "OfferContact",
    "LimitScope",
    "AssignRole",
)

#: Facet names as the contract writes them, without the prefix; denied statements use the twins (`deniedPurpose`).
FACETS = (
    "dataCategory",
    "purpose",
    "recipient",
    "jurisdiction",
    "transferDestination",
    "storageLocation",
    "processingLocation",
    "recipientLocation",
    "residence",
    "legalBasis",
    "retention",
    "right",
    "measure",
    "source",
    "dataSubject",
    "applicableLaw",
    "authority",
    "storageMedium",
)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from canonical offsets back to code points of the decoded source.

    Runs ``(start, source_start, length, source_length)`` ascend in ``start`` and do not overlap. Where
    ``length == source_length`` the run is copied code point by code point; otherwise (an entity, a CRLF)
    the whole run stands for the whole source run. Canonical text outside every run has no source
    (a line break put between two HTML blocks). An empty map is the identity.
    """

    runs: tuple[tuple[int, int, int, int], ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source range that holds the source of ``[start, end)``.

        A range with no source at all gives the empty range at the nearest earlier source point.
        """
        if not self.runs:
            return start, end
        first = self._point(start, toward_end=False)
        last = self._point(end, toward_end=True)
        return (first, last) if first <= last else (last, last)

    def _point(self, offset: int, *, toward_end: bool) -> int:
        runs = self.runs
        probe = offset - 1 if toward_end else offset
        index = bisect_right(runs, probe, key=lambda run: run[0]) - 1
        if index < 0:
            return runs[0][1]
        start, source, length, source_length = runs[index]
        within = probe - start
        if within >= length:  # in a gap that has no source
            if toward_end or index + 1 >= len(runs):
                return source + source_length
            return runs[index + 1][1]
        if length == source_length:
            return source + within + (1 if toward_end else 0)
        return source + source_length if toward_end else source


@dataclass(frozen=True, slots=True)
class Block:
    """A structural unit that the reader knows for certain (from HTML, DOCX); plain text has none.

    ``level``: a heading's rank (1–6), a list item's depth (1 outermost), else 0. ``marker``: the number or
    bullet a list shows without its being text ("1.", "a.", "•"), for numbered paths.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One exact text. ``text`` has LF line ends and only XML 1.0 characters; it is never rewritten.

    ``key``: the policy's identity below ``…/id/policy/``. ``language``: BCP 47 (`zh-Hant`, `zh-Hans`, `cs`,
    `en`, …). ``sha256``: hex digest of the source bytes. ``origin``: file or URL for messages only.
    """

    key: str
    text: str
    language: str
    sha256: str
    source_map: SourceMap = SourceMap()
    blocks: tuple[Block, ...] = ()
    title: str = ""
    url: str = ""
    origin: str = ""
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree. Leaves partition the text: every character belongs to exactly one.

    A heading's clause spans its own line only; ``section_end`` is where what stands under it ends.
    ``path`` is counted ("3.2.1"), ``number`` is as printed ("三、", "(一)", "Šest,").
    ``body`` is where the content starts after number and bullet. ``parent`` is a path or "" at the top.
    ``level``: depth as printed for list items. ``language`` overrides the document's for long foreign paragraphs.
    """

    path: str
    start: int
    end: int
    kind: ClauseKind
    order: int
    number: str = ""
    heading: str = ""
    body: int = 0
    parent: str = ""
    level: int = 0
    section_end: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """The exact words that a facet value rests on. ``concept`` is the local name of a ``cgc:`` concept.

    ``rule``: what produced it ("lexicon:EmailAddress", "compose:provide+service", "anaphora", …).
    ``inherited_from``: path of the heading or list-head clause in which the words stand, else "".
    ``party``: name key of a named recipient, else "". ``code``: local name of a cited code concept, else "".
    """

    facet: str
    concept: str
    start: int
    end: int
    rule: str
    inherited_from: str = ""
    party: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a statement holds (`OnlyIf`) or does not (`Unless`); values inside an `Unless` are its own."""

    start: int
    end: int
    effect: Effect
    kinds: tuple[ConditionKind, ...]
    rule: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """A retention period: ISO 8601 ``value`` ("P180D"), its days (month 30, year 365) and bound."""

    value: str
    days: float
    bound: Literal["AtMost", "Exactly", "AtLeast"] = "Exactly"
    since: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Someone the text names (or, with ``name == ""``, a controller it leaves unnamed).

    ``key`` is the name key: NFKC, case-folded, without spaces. ``start``/``end`` is where the name is introduced.
    """

    key: str
    name: str
    start: int = 0
    end: int = 0
    aliases: tuple[str, ...] = ()
    email: str = ""
    telephone: str = ""
    address: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One data practice: the smallest unit that a person would call one fact.

    ``clause`` is a clause path. ``actor`` is a concept local name, ``named_actor`` a party key or "".
    ``of_controller``: the controller's own practice, also through a processor. ``inherits`` and
    ``exception_to`` are indexes into ``Extraction.statements``. ``trace`` says in words what fired
    (for ``clausegraph explain``); ``rules`` are the ids the confidence table is keyed by. ``contact`` is a party key,
    "" too where the controller is unnamed; it counts where ``contact_role`` (`CONTACT_ROLES`) is not "".
    """

    start: int
    end: int
    clause: str
    practice: str
    denied: bool = False
    modality: Modality = "Will"
    actor: str = "DataController"
    named_actor: str = ""
    of_controller: bool = True
    mentions: tuple[Mention, ...] = ()
    conditions: tuple[Condition, ...] = ()
    inherits: int | None = None
    exception_to: tuple[int, ...] = ()
    vague: bool = False
    open_list: bool = False
    exclusive: bool = False
    duration: Duration | None = None
    contact: str = ""
    contact_role: str = ""
    confidence: float | None = None
    rules: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()

    @property
    def conditional(self) -> bool:
        """Whether any condition stands on it."""
        return bool(self.conditions)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document; what `quads` turns into the version's named graph.

    ``controller`` is a party key. Dates are ISO 8601 (``YYYY-MM-DD``) or "".
    """

    document: Document
    clauses: tuple[Clause, ...]
    statements: tuple[Statement, ...] = ()
    parties: tuple[Party, ...] = ()
    controller: str = ""
    title: str = ""
    effective_date: str = ""
    modified: str = ""
    date: str = ""
    extractor: str = ""
    warnings: tuple[str, ...] = field(default=())
