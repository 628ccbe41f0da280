"""The names that the emitted quads use, ready to be put between terms.

In: the ontology's terms. Out: predicates as ``" <iri> "``, classes and individuals as ``"<iri>"``.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ...ontology import terms as t


def _p(iri: str) -> str:
    return f" <{iri}> "


@cache
def term(name: str) -> str:
    """A class or individual of the ontology by its local name, in angle brackets."""
    return f"<{t.CG}{name}>"


_FACETS = (*t.FACETS, "namedRecipient", "consequence", "necessity", "automatedDecision", "transferSafeguard")

#: Facet → local name of its denied twin.
TWINS: Final = {name: f"denied{name[0].upper()}{name[1:]}" for name in _FACETS}
#: Facet → predicate, for affirmed statements and for conditions.
PLAIN: Final = {name: _p(t.CG + name) for name in _FACETS}
#: Facet → predicate of its twin, for denied statements.
DENIED: Final = {name: _p(t.CG + TWINS[name]) for name in _FACETS}
#: Kinds of place: sub-properties of cg:jurisdiction.
PLACES: Final = frozenset(t.JURISDICTION_KINDS)

TYPE: Final = _p(t.RDF + "type")
IS_PART_OF: Final = _p(t.DCT + "isPartOf")
TITLE: Final = _p(t.DCT + "title")
LANGUAGE: Final = _p(t.DCT + "language")
MODIFIED: Final = _p(t.DCT + "modified")
DATE: Final = _p(t.DCT + "date")
URL: Final = _p(t.SCHEMA + "url")
NAME: Final = _p(t.SCHEMA + "name")
ALTERNATE_NAME: Final = _p(t.SCHEMA + "alternateName")
EMAIL: Final = _p(t.SCHEMA + "email")
TELEPHONE: Final = _p(t.SCHEMA + "telephone")
ADDRESS: Final = _p(t.SCHEMA + "address")
SOFTWARE_VERSION: Final = _p(t.SCHEMA + "softwareVersion")
USED: Final = _p(t.PROV + "used")
ASSOCIATED: Final = _p(t.PROV + "wasAssociatedWith")
ACTIVITY: Final = f"<{t.PROV}Activity>"
SOFTWARE_AGENT: Final = f"<{t.PROV}SoftwareAgent>"

VERSION_OF: Final = _p(t.VERSION_OF)
CONTROLLER: Final = _p(t.CONTROLLER)
EFFECTIVE_DATE: Final = _p(t.EFFECTIVE_DATE)
SHA256: Final = _p(t.SHA256)
TEXT: Final = _p(t.TEXT)
EXTRACTION: Final = _p(t.EXTRACTION)
PATH: Final = _p(t.PATH)
NUMBER: Final = _p(t.NUMBER)
HEADING: Final = _p(t.HEADING)
ORDER: Final = _p(t.ORDER)
START: Final = _p(t.START)
END: Final = _p(t.END)
CLAUSE_KIND: Final = _p(t.CLAUSE_KIND)
IN_VERSION: Final = _p(t.IN_VERSION)
IN_CLAUSE: Final = _p(t.IN_CLAUSE)
QUOTE: Final = _p(t.QUOTE)
PRACTICE: Final = _p(t.PRACTICE)
DENIED_PRACTICE: Final = _p(t.DENIED_PRACTICE)
POLARITY: Final = _p(t.POLARITY)
MODALITY: Final = _p(t.MODALITY)
CONDITIONAL: Final = _p(t.CONDITIONAL)
CONFIDENCE: Final = _p(t.CONFIDENCE)
EXCEPTION_TO: Final = _p(t.EXCEPTION_TO)
INHERITS: Final = _p(t.INHERITS)
VAGUE: Final = _p(t.VAGUE)
OPEN_LIST: Final = _p(t.OPEN_LIST)
EXCLUSIVE: Final = _p(t.EXCLUSIVE)
ACTOR: Final = _p(t.ACTOR)
NAMED_ACTOR: Final = _p(t.NAMED_ACTOR)
HAS_CONDITION: Final = _p(t.HAS_CONDITION)
EFFECT: Final = _p(t.EFFECT)
CONDITION_KIND: Final = _p(t.CONDITION_KIND)
EXACT: Final = _p(t.EXACT)
DURATION: Final = _p(t.DURATION)
DURATION_DAYS: Final = _p(t.DURATION_DAYS)
DURATION_BOUND: Final = _p(t.DURATION_BOUND)
DURATION_FROM: Final = _p(t.DURATION_FROM)
CONTACT: Final = _p(t.CONTACT)
CONTACT_ROLE: Final = _p(t.CONTACT_ROLE)
CITES_CODE: Final = _p(t.CITES_CODE)
MENTION_OF: Final = _p(t.MENTION_OF)
FACET: Final = _p(t.FACET)
VALUE: Final = _p(t.VALUE)
RULE: Final = _p(t.RULE)
INHERITED_FROM: Final = _p(t.INHERITED_FROM)
NAME_KEY: Final = _p(t.NAME_KEY)
DIGEST: Final = _p(t.CG + "digest")
LEXICON_DIGEST: Final = _p(t.CG + "lexiconDigest")
LIBRARY: Final = _p(t.CG + "library")
