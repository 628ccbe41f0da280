"""The names that the emitted quads use, ready to be put between terms.

In: the ontology's terms. Out: predicates as ``" <iri> "``, classes and individuals as ``"<iri>"``.
"""

from __future__ import annotations

from typing import Final

from ..records import FACETS

CG: Final = "https://w3id.org/clausegraph/ontology#"
CGC: Final = "https://w3id.org/clausegraph/concepts#"
ID: Final = "https://w3id.org/clausegraph/id/"
DCT: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SCHEMA: Final = "https://schema.org/"

#: Kinds of place: sub-properties of cg:jurisdiction.
PLACES: Final = frozenset(
    {"transferDestination", "storageLocation", "processingLocation", "recipientLocation", "residence"}
)


def _cg(name: str) -> str:
    return f" <{CG}{name}> "


def term(name: str) -> str:
    """A class or individual of the ontology, in angle brackets."""
    return f"<{CG}{name}>"


def twin(name: str) -> str:
    """The local name of a facet property's denied twin: ``purpose`` → ``deniedPurpose``."""
    return f"denied{name[0].upper()}{name[1:]}"


#: Facet → predicate, for affirmed statements and for conditions.
PLAIN: Final = {name: _cg(name) for name in (*FACETS, "namedRecipient")}
#: Facet → predicate of its twin, for denied statements.
DENIED: Final = {name: _cg(twin(name)) for name in PLAIN}

TYPE: Final = f" <{RDF}type> "
IS_PART_OF: Final = f" <{DCT}isPartOf> "
TITLE: Final = f" <{DCT}title> "
LANGUAGE: Final = f" <{DCT}language> "
MODIFIED: Final = f" <{DCT}modified> "
DATE: Final = f" <{DCT}date> "
URL: Final = f" <{SCHEMA}url> "
NAME: Final = f" <{SCHEMA}name> "
ALTERNATE_NAME: Final = f" <{SCHEMA}alternateName> "
EMAIL: Final = f" <{SCHEMA}email> "
TELEPHONE: Final = f" <{SCHEMA}telephone> "
ADDRESS: Final = f" <{SCHEMA}address> "
SOFTWARE_VERSION: Final = f" <{SCHEMA}softwareVersion> "
USED: Final = f" <{PROV}used> "
ASSOCIATED: Final = f" <{PROV}wasAssociatedWith> "
ACTIVITY: Final = f"<{PROV}Activity>"
SOFTWARE_AGENT: Final = f"<{PROV}SoftwareAgent>"

VERSION_OF: Final = _cg("versionOf")
CONTROLLER: Final = _cg("controller")
EFFECTIVE_DATE: Final = _cg("effectiveDate")
SHA256: Final = _cg("sha256")
TEXT: Final = _cg("text")
EXTRACTION: Final = _cg("extraction")
DIGEST: Final = _cg("digest")
LEXICON_DIGEST: Final = _cg("lexiconDigest")
LIBRARY: Final = _cg("library")

PATH: Final = _cg("path")
NUMBER: Final = _cg("number")
HEADING: Final = _cg("heading")
ORDER: Final = _cg("order")
START: Final = _cg("start")
END: Final = _cg("end")
CLAUSE_KIND: Final = _cg("clauseKind")

IN_VERSION: Final = _cg("inVersion")
IN_CLAUSE: Final = _cg("inClause")
QUOTE: Final = _cg("quote")
PRACTICE: Final = _cg("practice")
DENIED_PRACTICE: Final = _cg("deniedPractice")
POLARITY: Final = _cg("polarity")
MODALITY: Final = _cg("modality")
CONDITIONAL: Final = _cg("conditional")
CONFIDENCE: Final = _cg("confidence")
EXCEPTION_TO: Final = _cg("exceptionTo")
INHERITS: Final = _cg("inherits")
VAGUE: Final = _cg("vague")
OPEN_LIST: Final = _cg("openList")
EXCLUSIVE: Final = _cg("exclusive")
ACTOR: Final = _cg("actor")
NAMED_ACTOR: Final = _cg("namedActor")
CONDITION: Final = _cg("condition")
EFFECT: Final = _cg("effect")
CONDITION_KIND: Final = _cg("conditionKind")
EXACT: Final = _cg("exact")
DURATION: Final = _cg("duration")
DURATION_DAYS: Final = _cg("durationDays")
DURATION_BOUND: Final = _cg("durationBound")
DURATION_FROM: Final = _cg("durationFrom")
CONTACT: Final = _cg("contact")
CONTACT_ROLE: Final = _cg("contactRole")
CITES_CODE: Final = _cg("citesCode")

MENTION_OF: Final = _cg("mentionOf")
FACET: Final = _cg("facet")
VALUE: Final = _cg("value")
RULE: Final = _cg("rule")
INHERITED_FROM: Final = _cg("inheritedFrom")
NAME_KEY: Final = _cg("nameKey")
