"""What identifies an organisation outside a text: Wikidata, the LEI of ISO 17442, a company register.

In: what a person writes (``Q42``, an LEI, an address). Out: an `Identifier` with its one IRI, and which property ties
a party to it. Errors: `BadIdentifier`. Nothing is looked up, so a well-formed identifier may still be another's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from .. import ClauseGraphError
from .terms import EXACT_MATCH, ID, SAME_AS

__all__ = [
    "RELATION",
    "BadIdentifier",
    "Identifier",
    "Kind",
    "identified",
    "is_lei",
    "lei",
    "party",
    "register",
    "wikidata",
]

Kind = Literal["party", "wikidata", "lei", "register"]

#: An IRI that names the organisation itself takes owl:sameAs, one that names a record about it skos:exactMatch: a
#: record has its own date, keeper and correction, which are not the organisation's.
RELATION: Final[dict[Kind, str]] = {
    "party": SAME_AS,
    "wikidata": SAME_AS,
    "lei": EXACT_MATCH,
    "register": EXACT_MATCH,
}

WIKIDATA: Final = "http://www.wikidata.org/entity/"
GLEIF: Final = "https://api.gleif.org/api/v1/lei-records/"

_PARTY = re.compile(re.escape(ID) + r"policy/[^/\s<>\"]+/party/[0-9a-f]{16}")
_Q = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(?P<q>Q[1-9][0-9]*)", re.ASCII)
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}", re.ASCII)
_REGISTER = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+\.[^\s\x00-\x20<>\"{}|\\^`]+")
#: Hosts whose addresses have a form and a column of their own here.
_KNOWN = re.compile(r"https?://(?:[\w-]+\.)*(?:wikidata\.org|gleif\.org|w3id\.org/clausegraph)(?:[/:?#]|\Z)", re.I)


class BadIdentifier(ClauseGraphError):
    """What was given is no identifier of its kind."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """``iri`` names it in the graph, ``text`` is what people know it by (Q42, the LEI, the address)."""

    kind: Kind
    iri: str
    text: str

    @property
    def relation(self) -> str:
        """The IRI of the property that ties a party to it."""
        return RELATION[self.kind]


def wikidata(text: str) -> Identifier:
    """From ``Q42`` or its address. Properties, lexemes and redirects by title are refused."""
    found = _Q.fullmatch(text.strip())
    if found is None:
        raise BadIdentifier(f"“{text}” is no Wikidata item.", mend="Give its id, such as Q42, or its address.")
    return Identifier("wikidata", WIKIDATA + found["q"], found["q"])


def is_lei(text: str) -> bool:
    """Whether the twenty signs have the form of ISO 17442 and their check digits are right (ISO 7064, MOD 97-10)."""
    return _LEI.fullmatch(text) is not None and int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def lei(text: str) -> Identifier:
    """From an LEI or GLEIF's address of it; small letters and spaces are read as what they stand for."""
    code = re.sub(r"\s", "", text.strip().removeprefix(GLEIF)).upper()
    if _LEI.fullmatch(code) is None:
        raise BadIdentifier(
            f"“{text}” is no LEI: it has {len(code)} signs or signs that none has.",
            mend="An LEI has 18 letters or digits and 2 check digits.",
        )
    if not is_lei(code):
        raise BadIdentifier(f"The check digits of the LEI “{text}” are wrong.", mend="Copy it again from its record.")
    return Identifier("lei", GLEIF + code, code)


def register(text: str) -> Identifier:
    """From the address of an entry in a company register."""
    address = text.strip()
    if _REGISTER.fullmatch(address) is None:
        raise BadIdentifier(
            f"“{text}” is no address of a register's entry.", mend="Give the full https://… address of the entry."
        )
    if _KNOWN.match(address):
        raise BadIdentifier(
            f"“{text}” is no company register.",
            mend="Wikidata items, LEIs and parties have columns of their own: wikidata, lei, same.",
        )
    return Identifier("register", address, address)


def party(text: str) -> Identifier:
    """From the IRI of a party of a stored policy."""
    iri = text.strip()
    if _PARTY.fullmatch(iri) is None:
        raise BadIdentifier(
            f"“{text}” is no IRI of a party.", mend=f"It looks like {ID}policy/KEY/party/ and 16 hexadecimal digits."
        )
    return Identifier("party", iri, iri)


def identified(iri: str) -> Identifier:
    """The identifier of an IRI as it stands in the graph. Raises `BadIdentifier` where it has no form of ours."""
    if re.match(r"https?://(?:www\.)?wikidata\.org/", iri):
        return wikidata(iri)
    if iri.startswith(GLEIF):
        return lei(iri)
    if iri.startswith(ID):
        return party(iri)
    return register(iri)
