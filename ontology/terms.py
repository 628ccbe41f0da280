"""Names of the graph: namespaces, classes, properties, individuals, as plain strings.

In: nothing. Out: IRIs. Everything that writes or asks the graph takes its names from here, so that a misspelt
name is an import error. Whether each name is defined in ``clausegraph.ttl`` is tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BASE: Final = "https://w3id.org/clausegraph/"
CG: Final = BASE + "ontology#"
CGC: Final = BASE + "concepts#"
ID: Final = BASE + "id/"

DCT: Final = "http://purl.org/dc/terms/"
DPV: Final = "https://w3id.org/dpv#"
DPV_BASE: Final = "https://w3id.org/dpv"
OA: Final = "http://www.w3.org/ns/oa#"
ODRL: Final = "http://www.w3.org/ns/odrl/2/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

# Named graphs beside those of the policy versions.
ONTOLOGY_GRAPH: Final = BASE + "ontology"
CONCEPTS_GRAPH: Final = BASE + "concepts"
CATALOGUE_GRAPH: Final = ID + "catalogue"
#: What the user says is the same; only a mapping of the user's writes it.
SAME_GRAPH: Final = ID + "same"
SAME_AS: Final = OWL + "sameAs"
EXACT_MATCH: Final = SKOS + "exactMatch"

#: What follows from a version's graph stands in a graph named ``{version}/inferred``.
INFERRED: Final = "inferred"

# Classes
POLICY: Final = CG + "Policy"
POLICY_VERSION: Final = CG + "PolicyVersion"
CLAUSE: Final = CG + "Clause"
STATEMENT: Final = CG + "Statement"
AFFIRMED_STATEMENT: Final = CG + "AffirmedStatement"
DENIED_STATEMENT: Final = CG + "DeniedStatement"
MENTION: Final = CG + "Mention"
CONDITION: Final = CG + "Condition"
PARTY: Final = CG + "Party"
INFERENCE: Final = CG + "Inference"
INFERENCE_REASON: Final = CG + "InferenceReason"
UNNAMED_PARTY: Final = CG + "UnnamedParty"
#: In the catalogue: the graph of a vocabulary of others.
LINKED_VOCABULARY: Final = CG + "LinkedVocabulary"
#: Affirmed statements and conditions: the domain of plain facets.
FACET_BEARER: Final = CG + "FacetBearer"

# Properties of policies and their versions
CURRENT_VERSION: Final = CG + "currentVersion"
PREVIOUS_VERSION: Final = CG + "previousVersion"
INGESTED_AT: Final = CG + "ingestedAt"
EXTRACTOR_DIGEST: Final = CG + "extractorDigest"
GRAPH_DIGEST: Final = CG + "graphDigest"
LINKED_AT: Final = CG + "linkedAt"
VERSION_OF: Final = CG + "versionOf"
CONTROLLER: Final = CG + "controller"
EFFECTIVE_DATE: Final = CG + "effectiveDate"
SHA256: Final = CG + "sha256"
TEXT: Final = CG + "text"
EXTRACTION: Final = CG + "extraction"
DIGEST: Final = CG + "digest"
LEXICON_DIGEST: Final = CG + "lexiconDigest"
LIBRARY: Final = CG + "library"

# Properties of clauses
PATH: Final = CG + "path"
NUMBER: Final = CG + "number"
HEADING: Final = CG + "heading"
ORDER: Final = CG + "order"
CLAUSE_KIND: Final = CG + "clauseKind"

# Properties of anything that stands in the text
START: Final = CG + "start"
END: Final = CG + "end"
EXACT: Final = CG + "exact"
QUOTE: Final = CG + "quote"

# Properties of statements
IN_VERSION: Final = CG + "inVersion"
IN_CLAUSE: Final = CG + "inClause"
PRACTICE: Final = CG + "practice"
DENIED_PRACTICE: Final = CG + "deniedPractice"
POLARITY: Final = CG + "polarity"
MODALITY: Final = CG + "modality"
CONDITIONAL: Final = CG + "conditional"
CONFIDENCE: Final = CG + "confidence"
EXCEPTION_TO: Final = CG + "exceptionTo"
INHERITS: Final = CG + "inherits"
VAGUE: Final = CG + "vague"
OPEN_LIST: Final = CG + "openList"
EXCLUSIVE: Final = CG + "exclusive"
ACTOR: Final = CG + "actor"
NAMED_ACTOR: Final = CG + "namedActor"
NAMED_RECIPIENT: Final = CG + "namedRecipient"
DENIED_NAMED_RECIPIENT: Final = CG + "deniedNamedRecipient"
HAS_CONDITION: Final = CG + "condition"
DURATION: Final = CG + "duration"
DURATION_DAYS: Final = CG + "durationDays"
DURATION_BOUND: Final = CG + "durationBound"
DURATION_FROM: Final = CG + "durationFrom"
CONTACT: Final = CG + "contact"
CONTACT_ROLE: Final = CG + "contactRole"
CONSEQUENCE: Final = CG + "consequence"
NECESSITY: Final = CG + "necessity"
AUTOMATED_DECISION: Final = CG + "automatedDecision"
TRANSFER_SAFEGUARD: Final = CG + "transferSafeguard"
CITES_CODE: Final = CG + "citesCode"

# Properties of mentions, conditions and parties
MENTION_OF: Final = CG + "mentionOf"
FACET: Final = CG + "facet"
VALUE: Final = CG + "value"
RULE: Final = CG + "rule"
INHERITED_FROM: Final = CG + "inheritedFrom"
EFFECT: Final = CG + "effect"
CONDITION_KIND: Final = CG + "conditionKind"
NAME_KEY: Final = CG + "nameKey"
LABEL_CONFIDENCE: Final = CG + "labelConfidence"
MATCH_CONFIDENCE: Final = CG + "matchConfidence"
FORMER_MATCH: Final = CG + "formerMatch"

# Properties of inferences and their reasons
INFERENCE_OF: Final = CG + "inferenceOf"
INFERRED_CLASS: Final = CG + "inferredClass"
INFERRED_BECAUSE: Final = CG + "inferredBecause"
REASON_ON: Final = CG + "reasonOn"
REASON_PROPERTY: Final = CG + "reasonProperty"
REASON_VALUE: Final = CG + "reasonValue"
REASON_FLAG: Final = CG + "reasonFlag"
REASON_CONCEPT: Final = CG + "reasonConcept"
REASON_THROUGH: Final = CG + "reasonThrough"
REASON_MENTION: Final = CG + "reasonMention"
DEFINITIONS_DIGEST: Final = CG + "definitionsDigest"

# Individuals
AFFIRMED: Final = CG + "Affirmed"
DENIED: Final = CG + "Denied"

PRACTICES: Final = (
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
MODALITIES: Final = ("Will", "May", "Must", "Should")
CLAUSE_KINDS: Final = ("Heading", "Paragraph", "ListItem", "TableRow", "Boilerplate", "Markup", "Contents")
EFFECTS: Final = ("OnlyIf", "Unless")
CONDITION_KINDS: Final = ("Exception", "Consent", "Request", "If")
DURATION_BOUNDS: Final = ("AtMost", "Exactly", "AtLeast")
#: Concept ids, the values of ``cg:contactRole``.
CONTACT_ROLES: Final = ("DataController", "DataProtectionOfficer", "Representative", "DataProtectionAuthority")

#: The kinds of place; each is a sub-property of ``cg:jurisdiction``.
JURISDICTION_KINDS: Final = (
    "transferDestination",
    "storageLocation",
    "processingLocation",
    "recipientLocation",
    "residence",
)

#: Which schemes the values of a facet come from (ids as in `Vocabulary.in_scheme`).
FACET_SCHEMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dataCategory": ("data-categories",),
        "purpose": ("purposes",),
        "recipient": ("recipients",),
        "jurisdiction": ("places",),
        "transferDestination": ("places",),
        "storageLocation": ("places",),
        "processingLocation": ("places",),
        "recipientLocation": ("places",),
        "residence": ("places",),
        "legalBasis": ("legal-bases",),
        "retention": ("retention",),
        "right": ("rights",),
        "measure": ("measures",),
        "source": ("sources", "recipients"),
        "dataSubject": ("data-subjects",),
        "applicableLaw": ("laws",),
        "authority": ("authorities", "recipients"),
        "storageMedium": ("storage-media",),
    }
)
#: Facets whose values are concepts; every one has a denied twin.
FACETS: Final = tuple(FACET_SCHEMES)

#: What else has a denied twin: the party of a recipient, and what a statement says around its practice.
OTHER_TWINNED: Final = ("namedRecipient", "consequence", "necessity", "automatedDecision", "transferSafeguard")

#: Prefixes for people to read; all of them have the usual meaning.
PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cg": CG,
        "cgc": CGC,
        "dct": DCT,
        "dpv": DPV,
        "pd": DPV_BASE + "/pd#",
        "loc": DPV_BASE + "/loc#",
        "tech": DPV_BASE + "/tech#",
        "ai": DPV_BASE + "/ai#",
        "justifications": DPV_BASE + "/justifications#",
        "eu-gdpr": DPV_BASE + "/legal/eu/gdpr#",
        "oa": OA,
        "odrl": ODRL,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sh": SH,
        "skos": SKOS,
        "xsd": XSD,
    }
)


def property_iri(facet: str, denied: bool = False) -> str:
    """The property that carries a facet, or its twin on denied statements.

    ``property_iri("purpose")`` is ``…#purpose``, ``property_iri("purpose", True)`` is ``…#deniedPurpose``.
    Works for every name in `FACETS` and `OTHER_TWINNED` and for ``practice``; raises `ValueError` for others, since
    only these have twins.
    """
    if facet not in FACET_SCHEMES and facet not in OTHER_TWINNED and facet != "practice":
        raise ValueError(f"{facet!r} is no facet; the facets are {', '.join(FACETS)}")
    return CG + (f"denied{facet[0].upper()}{facet[1:]}" if denied else facet)


def concept_iri(concept: str) -> str:
    """``EmailAddress`` → ``https://w3id.org/clausegraph/concepts#EmailAddress``. Practices are `practice_iri`."""
    return CGC + concept


def practice_iri(practice: str) -> str:
    """``Collect`` → ``https://w3id.org/clausegraph/ontology#Collect``."""
    return CG + practice


def expand(curie: str) -> str:
    """``pd:EmailAddress`` → its IRI; IRIs pass unchanged. `ValueError` for an unknown prefix.

    DPV's national and sector vocabularies go by pattern: ``legal-cz:``, ``sector-law:``.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or local.startswith("//"):
        return curie
    if prefix in PREFIXES:
        return PREFIXES[prefix] + local
    family, dash, part = prefix.partition("-")
    if dash and family in ("legal", "sector"):
        return f"{DPV_BASE}/{family}/{part}#{local}"
    raise ValueError(f"unknown prefix in {curie!r}; known are {', '.join(PREFIXES)}, legal-xx and sector-xx")


def shorten(iri: str) -> str:
    """The CURIE of an IRI, where its namespace has a prefix, else the IRI itself. The inverse of `expand`."""
    namespace, mark, local = iri.rpartition("#")
    if mark:
        prefix = _PREFIX_OF.get(namespace + mark)
        if prefix is None and namespace.startswith(DPV_BASE + "/"):
            parts = namespace.removeprefix(DPV_BASE + "/").split("/")
            if len(parts) == 2 and parts[0] in ("legal", "sector"):
                prefix = "-".join(parts)
        if prefix is not None:
            return f"{prefix}:{local}"
    namespace, mark, local = iri.rpartition("/")
    prefix = _PREFIX_OF.get(namespace + mark)
    return f"{prefix}:{local}" if prefix and local else iri


_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
