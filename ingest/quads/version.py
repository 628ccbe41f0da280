"""The quads of a version itself: its facts, clauses, parties and where it comes from.

In: an `Extraction` and the `ExtractorStamp`. Out: lines of N-Quads (see `Lines`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Clause, Extraction, Party
from . import names as n
from .iris import clause_iri, extractor_iri, party_iri, policy_iri
from .literals import offset, string, typed


@dataclass(frozen=True, slots=True)
class ExtractorStamp:
    """Who extracted: nothing of it depends on the clock or the machine.

    ``digest`` covers code, lexicons and tables (same digest, same output). ``lexicon`` is the digest of the lexicons
    alone, ``libraries`` are (name, version) of the libraries whose version may change the output.
    """

    name: str
    version: str
    digest: str
    lexicon: str = ""
    libraries: tuple[tuple[str, str], ...] = ()


class Lines:
    """The lines of one graph, in no order; ``add`` takes terms as they stand in N-Quads."""

    def __init__(self, extraction: Extraction, version: str) -> None:
        self.extraction = extraction
        self.version = version
        self.tail = f" <{version}> .\n"
        self.lines: list[str] = []
        self.parties = {party.key: f"<{party_iri(extraction.document.key, party.key)}>" for party in extraction.parties}
        self.clauses = {clause.path: f"<{clause_iri(version, clause.path)}>" for clause in extraction.clauses}
        if extraction.controller and extraction.controller not in self.parties:
            raise ValueError(f"the controller {extraction.controller!r} is no party of the extraction")
        #: In angle brackets, or "" where the extraction knows none. An unnamed controller may have the key "".
        self.controller = self.parties.get(extraction.controller, "")
        if len(self.parties) != len(extraction.parties):
            raise ValueError("two parties have the same key")
        if len(self.clauses) != len(extraction.clauses):
            raise ValueError("two clauses have the same path")

    def add(self, subject: str, predicate: str, value: str) -> None:
        """One line."""
        self.lines.append(subject + predicate + value + self.tail)

    def party(self, key: str) -> str:
        """The party with this key, in angle brackets. ValueError if the extraction has none."""
        try:
            return self.parties[key]
        except KeyError:
            raise ValueError(f"no party of the extraction has the key {key!r}") from None

    def clause(self, path: str) -> str:
        """The clause at this path, in angle brackets. ValueError if the extraction has none."""
        try:
            return self.clauses[path]
        except KeyError:
            raise ValueError(f"no clause of the extraction has the path {path!r}") from None


def add_version(lines: Lines, stamp: ExtractorStamp) -> None:
    """What the text says of itself, the text, and how it was extracted."""
    extraction, document = lines.extraction, lines.extraction.document
    add, version = lines.add, f"<{lines.version}>"
    add(version, n.TYPE, n.term("PolicyVersion"))
    add(version, n.VERSION_OF, f"<{policy_iri(document.key)}>")
    add(version, n.LANGUAGE, string(document.language))
    add(version, n.SHA256, string(document.sha256))
    add(version, n.TEXT, string(document.text))
    title = extraction.title or document.title
    if title:
        add(version, n.TITLE, string(title))
    if document.url:
        add(version, n.URL, typed(document.url, "anyURI"))
    for predicate, date in (
        (n.EFFECTIVE_DATE, extraction.effective_date),
        (n.MODIFIED, extraction.modified),
        (n.DATE, extraction.date),
    ):
        if date:
            add(version, predicate, typed(date, "date"))
    if lines.controller:
        add(version, n.CONTROLLER, lines.controller)
    activity = f"<{lines.version}/extraction>"
    add(version, n.EXTRACTION, activity)
    add(activity, n.TYPE, n.ACTIVITY)
    add(activity, n.USED, version)
    agent = f"<{extractor_iri(stamp.digest)}>"
    add(activity, n.ASSOCIATED, agent)
    add(agent, n.TYPE, n.SOFTWARE_AGENT)
    add(agent, n.NAME, string(stamp.name))
    add(agent, n.SOFTWARE_VERSION, string(stamp.version))
    add(agent, n.DIGEST, string(stamp.digest))
    if stamp.lexicon:
        add(agent, n.LEXICON_DIGEST, string(stamp.lexicon))
    for library, its_version in stamp.libraries:
        add(agent, n.LIBRARY, string(f"{library} {its_version}"))


def add_parties(lines: Lines) -> None:
    """Every party, and the one mention of the controller where the text names it."""
    extraction = lines.extraction
    for party in extraction.parties:
        _party(lines, party)
        if party.key == extraction.controller and party.end > party.start:
            mention = f"<{lines.version}/m/controller-{party.start}-{party.end}>"
            lines.add(mention, n.TYPE, n.term("Mention"))
            lines.add(mention, n.MENTION_OF, f"<{lines.version}>")
            lines.add(mention, n.FACET, n.term("controller"))
            lines.add(mention, n.VALUE, lines.party(party.key))
            lines.add(mention, n.START, offset(party.start))
            lines.add(mention, n.END, offset(party.end))
            lines.add(mention, n.EXACT, string(extraction.document.text[party.start : party.end]))
            if party.rule:
                lines.add(mention, n.RULE, string(party.rule))


def _party(lines: Lines, party: Party) -> None:
    subject = lines.party(party.key)
    lines.add(subject, n.TYPE, n.term("Party"))
    if party.name:
        lines.add(subject, n.NAME, string(party.name))
        lines.add(subject, n.NAME_KEY, string(party.key))
    else:
        lines.add(subject, n.TYPE, n.term("UnnamedParty"))
    for alias in party.aliases:
        lines.add(subject, n.ALTERNATE_NAME, string(alias))
    for predicate, value in ((n.EMAIL, party.email), (n.TELEPHONE, party.telephone), (n.ADDRESS, party.address)):
        if value:
            lines.add(subject, predicate, string(value))


def add_clauses(lines: Lines) -> None:
    """The clause tree."""
    for clause in lines.extraction.clauses:
        _clause(lines, clause)


def _clause(lines: Lines, clause: Clause) -> None:
    subject, add = lines.clause(clause.path), lines.add
    add(subject, n.TYPE, n.term("Clause"))
    add(subject, n.PATH, string(clause.path))
    add(subject, n.ORDER, offset(clause.order))
    add(subject, n.START, offset(clause.start))
    add(subject, n.END, offset(clause.end))
    add(subject, n.CLAUSE_KIND, n.term(clause.kind))
    add(subject, n.IS_PART_OF, lines.clause(clause.parent) if clause.parent else f"<{lines.version}>")
    if clause.number:
        add(subject, n.NUMBER, string(clause.number))
    if clause.heading:
        add(subject, n.HEADING, string(clause.heading))
    if clause.language:
        add(subject, n.LANGUAGE, string(clause.language))
