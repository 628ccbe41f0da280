"""The words of the view `odrl`: its JSON-LD context and its ODRL profile.

In: nothing. Out: `CONTEXT`, `PROFILE`, `profile_nodes`, `action_iri`.

The profile adds the actions and left operands that ODRL's own vocabulary lacks. Its actions are all included in
`odrl:use` and in nothing else: were selling included in sharing, a permission to share would permit to sell.
"""

from __future__ import annotations

from typing import Any, Final

from ...ontology.terms import BASE, CG, CGC, DPV, DPV_BASE, ODRL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, practice_iri
from ...ontology.vocabulary import load_vocabulary
from .said import dpv_or_own

__all__ = ["CONTEXT", "PROFILE", "action_iri", "profile_nodes"]

#: The profile's IRI, and the namespace of its left operands.
PROFILE: Final = BASE + "odrl"
CGO: Final = PROFILE + "#"

PREFIXES: Final = {
    "cg": CG,
    "cgc": CGC,
    "cgo": CGO,
    "dct": "http://purl.org/dc/terms/",
    "dpv": DPV,
    "eu-gdpr": DPV_BASE + "/legal/eu/gdpr#",
    "loc": DPV_BASE + "/loc#",
    "odrl": ODRL,
    "pd": DPV_BASE + "/pd#",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "tech": DPV_BASE + "/tech#",
    "xsd": XSD,
}


def _link(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "@id"}


def _term(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "@vocab"}


#: Whole, so that nothing has to be fetched to read the file; the names are those of ODRL's own context.
CONTEXT: Final[dict[str, Any]] = {
    **PREFIXES,
    "@vocab": ODRL,
    "uid": _link("odrl:uid"),
    "profile": _link("odrl:profile"),
    "conflict": _term("odrl:conflict"),
    "permission": _link("odrl:permission"),
    "prohibition": _link("odrl:prohibition"),
    "obligation": _link("odrl:obligation"),
    "duty": _link("odrl:duty"),
    "target": _link("odrl:target"),
    "assignee": _link("odrl:assignee"),
    "action": _term("odrl:action"),
    "value": _term("rdf:value"),
    "includedIn": _term("odrl:includedIn"),
    "refinement": _link("odrl:refinement"),
    "constraint": _link("odrl:constraint"),
    "leftOperand": _term("odrl:leftOperand"),
    "operator": _term("odrl:operator"),
    "rightOperand": "odrl:rightOperand",
    "derived": _link("prov:wasDerivedFrom"),
    "title": "dct:title",
    "description": "dct:description",
    "comment": "rdfs:comment",
    "label": "skos:prefLabel",
    "definition": "skos:definition",
    "name": "schema:name",
}

ACTIONS: Final = (
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
)

#: Left operands of the profile: label and what the right operand is.
OPERANDS: Final = {
    "circumstance": ("Circumstance", "A case that the text describes in words; the right operand is named after them."),
    "legalBasis": ("Legal basis", "The legal basis on which the action is taken."),
    "dataSubject": ("Data subject", "The group of people whose data it is."),
    "source": ("Source", "Where the data comes from."),
    "storageMedium": ("Storage medium", "What the data is stored on."),
    "recipientLocation": ("Location of the recipient", "Where the party that receives the data is."),
    "retention": ("Retention", "What sets the end of the time for which data is kept."),
    "measure": ("Measure", "The measure that protects the data."),
    "right": ("Right", "The right or choice that a person is given."),
}


def action_iri(practice: str) -> str:
    """The action that a practice is: the DPV term that equals it, else the practice itself."""
    equal = dpv_or_own(practice)
    return equal if equal.startswith(DPV_BASE) else practice_iri(practice)


def profile_nodes() -> list[dict[str, Any]]:
    """What the profile defines, to stand beside the policies that use it."""
    vocabulary = load_vocabulary()
    actions = [
        {"@id": action_iri(each), "@type": "Action", "label": _en(vocabulary.label(each)), "includedIn": "use"}
        for each in ACTIONS
    ]
    operands = [
        {"@id": CGO + name, "@type": "LeftOperand", "label": _en(label), "definition": _en(definition)}
        for name, (label, definition) in OPERANDS.items()
    ]
    ending = {
        "@id": CGO + "endStorage",
        "@type": "Action",
        "label": _en("End the storage"),
        "definition": _en("To delete data or to make it anonymous, so that it is no longer kept."),
        "includedIn": "use",
    }
    return [*actions, ending, *operands]


def _en(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}
