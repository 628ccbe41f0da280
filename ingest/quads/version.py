"""The quads of a version itself: its facts, clauses, parties and where it comes from.

In: an `Extraction` and the `ExtractorStamp`. Out: lines of N-Quads (see `Lines`).
"""

from __future__ import annotations

from collections.abc import Callable
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
    """The lines of one graph, subject by subject, in no order; all terms as they stand in N-Quads."""

    def __init__(self, extraction: Extraction, version: str) -> None:
        self.extraction = extraction
        self.version = version
        self._subjects: dict[str, list[str]] = {}
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

    def about(self, subject: str) -> Callable[[str], None]:
        """Takes what is said of the subject: predicate (with its spaces) and object in one string."""
        known = self._subjects.get(subject)
        if known is None:
            known = self._subjects[subject] = []
        return known.append

    def text(self) -> str:
        """All lines, sorted by code point (which for UTF-8 is by byte), none twice.

        Sorting subjects and then what is said of each gives the order of the whole lines, since no subject in its
        brackets begins another and what may follow a shorter object (``"``, ``^``) sorts after the space.
        """
        tail = f" <{self.version}> .\n"
        return "".join(
            f"{subject}{(tail + subject).join(sorted(set(said)))}{tail}"
            for subject, said in sorted(self._subjects.items())
        )

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
    version = f"<{lines.version}>"
    say = lines.about(version)
    say(n.TYPE + n.term("PolicyVersion"))
    say(n.VERSION_OF + f"<{policy_iri(document.key)}>")
    say(n.LANGUAGE + string(document.language))
    say(n.SHA256 + string(document.sha256))
    say(n.TEXT + string(document.text))
    title = extraction.title or document.title
    if title:
        say(n.TITLE + string(title))
    if document.url:
        say(n.URL + typed(document.url, "anyURI"))
    for predicate, date in (
        (n.EFFECTIVE_DATE, extraction.effective_date),
        (n.MODIFIED, extraction.modified),
        (n.DATE, extraction.date),
    ):
        if date:
            say(predicate + typed(date, "date"))
    if lines.controller:
        say(n.CONTROLLER + lines.controller)
    activity = f"<{lines.version}/extraction>"
    say(n.EXTRACTION + activity)
    say = lines.about(activity)
    say(n.TYPE + n.ACTIVITY)
    say(n.USED + version)
    agent = f"<{extractor_iri(stamp.digest)}>"
    say(n.ASSOCIATED + agent)
    say = lines.about(agent)
    say(n.TYPE + n.SOFTWARE_AGENT)
    say(n.NAME + string(stamp.name))
    say(n.SOFTWARE_VERSION + string(stamp.version))
    say(n.DIGEST + string(stamp.digest))
    if stamp.lexicon:
        say(n.LEXICON_DIGEST + string(stamp.lexicon))
    for library, its_version in stamp.libraries:
        say(n.LIBRARY + string(f"{library} {its_version}"))


def add_parties(lines: Lines) -> None:
    """Every party, and the one mention of the controller where the text names it."""
    extraction = lines.extraction
    for party in extraction.parties:
        _party(lines, party)
        if party.key == extraction.controller and party.end > party.start:
            say = lines.about(f"<{lines.version}/m/controller-{party.start}-{party.end}>")
            say(n.TYPE + n.term("Mention"))
            say(n.MENTION_OF + f"<{lines.version}>")
            say(n.FACET + n.term("controller"))
            say(n.VALUE + lines.party(party.key))
            say(n.START + offset(party.start))
            say(n.END + offset(party.end))
            say(n.EXACT + string(extraction.document.text[party.start : party.end]))
            if party.rule:
                say(n.RULE + string(party.rule))


def _party(lines: Lines, party: Party) -> None:
    say = lines.about(lines.party(party.key))
    say(n.TYPE + n.term("Party"))
    if party.name:
        say(n.NAME + string(party.name))
        say(n.NAME_KEY + string(party.key))
    else:
        say(n.TYPE + n.term("UnnamedParty"))
    for alias in party.aliases:
        say(n.ALTERNATE_NAME + string(alias))
    for predicate, value in ((n.EMAIL, party.email), (n.TELEPHONE, party.telephone), (n.ADDRESS, party.address)):
        if value:
            say(predicate + string(value))


def add_clauses(lines: Lines) -> None:
    """The clause tree."""
    for clause in lines.extraction.clauses:
        _clause(lines, clause)


def _clause(lines: Lines, clause: Clause) -> None:
    say = lines.about(lines.clause(clause.path))
    say(n.TYPE + n.term("Clause"))
    say(n.PATH + string(clause.path))
    say(n.ORDER + offset(clause.order))
    say(n.START + offset(clause.start))
    say(n.END + offset(clause.end))
    say(n.CLAUSE_KIND + n.term(clause.kind))
    say(n.IS_PART_OF + (lines.clause(clause.parent) if clause.parent else f"<{lines.version}>"))
    if clause.number:
        say(n.NUMBER + string(clause.number))
    if clause.heading:
        say(n.HEADING + string(clause.heading))
    if clause.language:
        say(n.LANGUAGE + string(clause.language))
