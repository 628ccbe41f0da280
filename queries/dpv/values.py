"""Which DPV property says what a facet says, and with which values.

In: a facet and a concept of ours. Out: `Said`: properties with their direct values and with the broader ones.

The direct value is the DPV term that equals the concept; where there is none (or it is of another kind in DPV) it is
the concept of ours. The broader values are all DPV terms above, as far as they are of the property's kind: a payment
card is above a card number, that both are data is not what `dpv:hasPersonalData` is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from ...ontology.dpv import dpv_levels
from ...ontology.terms import DPV, concept_iri, practice_iri
from ...ontology.vocabulary import load_vocabulary

__all__ = ["FACET_RULES", "HANDLING", "PLACE", "Rule", "Said", "processing_of", "said_of", "storage_of"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A DPV property for concepts that are one of ``roots`` or below one, by DPV or by our own tree.

    ``only_below``: the property takes no others; else it takes every value of the facet. ``unless``: it takes none
    that is this or below it.
    """

    property: str
    roots: tuple[str, ...]
    only_below: bool = False
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One property with what it says: ``direct`` values of the statement, ``broader`` ones that follow."""

    property: str
    direct: tuple[str, ...]
    broader: tuple[str, ...]


def _rule(name: str, *roots: str, only_below: bool = False, unless: str = "") -> Rule:
    return Rule(DPV + name, tuple(DPV + root for root in roots), only_below, DPV + unless if unless else "")


_COUNTRY: Final = DPV + "Country"
_HAS_COUNTRY: Final = DPV + "hasCountry"
PLACE: Final = (_rule("hasLocation", "Location"),)
_PLACE_AND_COUNTRY: Final = (*PLACE, _rule("hasCountry", "Country", only_below=True))
_MEASURES: Final = (
    _rule("hasTechnicalOrganisationalMeasure", "TechnicalOrganisationalMeasure"),
    _rule("hasTechnicalMeasure", "TechnicalMeasure", only_below=True),
    _rule("hasOrganisationalMeasure", "OrganisationalMeasure", only_below=True),
    _rule("hasPhysicalMeasure", "PhysicalMeasure", only_below=True),
    _rule("hasLegalMeasure", "LegalMeasure", only_below=True),
)

#: What facets say of the handling of data. They are left out of statements that do not themselves handle any: a right
#: to object to marketing does not say that there is marketing.
HANDLING: Final = MappingProxyType(
    {
        "dataCategory": (
            _rule("hasPersonalData", "PersonalData", only_below=True),
            _rule("hasData", "Data", only_below=True, unless="PersonalData"),
        ),
        "purpose": (_rule("hasPurpose", "Purpose"),),
        "recipient": (
            _rule("hasRecipient", "Entity", "Recipient"),
            _rule("hasDataProcessor", "DataProcessor", only_below=True),
            _rule("hasRecipientThirdParty", "ThirdParty", only_below=True),
        ),
        "legalBasis": (_rule("hasLegalBasis", "LegalBasis"),),
        "source": (_rule("hasDataSource", "DataSource", "Technology", "Entity"),),
        "dataSubject": (_rule("hasDataSubject", "HumanSubject"), _rule("hasHumanSubject", "HumanSubject")),
        "transferDestination": _PLACE_AND_COUNTRY,
        "storageLocation": _PLACE_AND_COUNTRY,
        "processingLocation": _PLACE_AND_COUNTRY,
        "recipientLocation": PLACE,
        "storageMedium": (
            _rule("hasLocation", "Location", only_below=True),
            _rule("isImplementedUsingTechnology", "Technology", only_below=True),
        ),
    }
)

#: What facets say of any statement.
FACET_RULES: Final = MappingProxyType(
    {
        "right": (
            _rule("hasRight", "Right", only_below=True),
            _rule("hasEntityInvolvement", "EntityInvolvement", only_below=True),
            _rule("hasNecessity", "Necessity", only_below=True),
            _rule("hasFee", "FeeRequirement", only_below=True),
        ),
        "measure": _MEASURES,
        "transferSafeguard": _MEASURES,
        "necessity": (_rule("hasNecessity", "Necessity", only_below=True),),
        "applicableLaw": (_rule("hasApplicableLaw", "Law"),),
        "authority": (_rule("hasAuthority", "Authority", only_below=True),),
    }
)

#: Practices that handle data, with the DPV term that equals each ("" where DPV has none) and what else holds of it.
#: To keep for a time is to store; to sell is to share.
_PROCESSING: Final = MappingProxyType(
    {
        "Collect": ("Collect", ()),
        "Use": ("Use", ()),
        "Share": ("Disclose", ()),
        "Sell": ("", ("Share",)),
        "Transfer": ("CrossBorderTransfer", ()),
        "Store": ("Store", ()),
        "Retain": ("", ("Store",)),
    }
)


def processing_of(practice: str) -> Said | None:
    """What `dpv:hasProcessing` says of a practice; None for one that handles no data."""
    known = _PROCESSING.get(practice)
    if known is None:
        return None
    equal, wider = known
    direct = DPV + equal if equal else practice_iri(practice)
    broader = {DPV + name for name in wider}
    broader = broader.union(*(dpv_levels().above(iri) for iri in {direct, *broader}))
    return Said(DPV + "hasProcessing", (direct,), tuple(sorted(broader)))


@lru_cache(maxsize=8192)
def said_of(rule: Rule, concept: str) -> Said | None:
    """What a rule says of a concept (an id); None where it is not of the property's kind, or no concept."""
    levels = dpv_levels()
    roots, known = set(rule.roots), levels.levels(concept)
    if load_vocabulary().get(concept) is None or (rule.unless and rule.unless in known):
        return None
    fitting = {iri for iri in known if iri in roots or not roots.isdisjoint(levels.above(iri))}
    if rule.property == _HAS_COUNTRY:  # a part of a country is below it, and none itself
        fitting = {iri for iri in fitting if iri == _COUNTRY or _COUNTRY in levels.directly_above(iri)}
    if rule.only_below and not fitting:
        return None
    direct = tuple(iri for iri in levels.exact(concept) if iri in fitting)
    if not direct and rule.property != _HAS_COUNTRY:
        direct = (concept_iri(concept),)
    return Said(rule.property, direct, tuple(sorted(fitting - set(direct))))


def storage_of(concept: str) -> tuple[Said | None, Said | None]:
    """What a retention (an id) says of the process and what of its storage condition: durations are the latter's."""
    if DPV + "Duration" in dpv_levels().levels(concept):
        return None, said_of(_DURATION, concept)
    return said_of(_STORAGE, concept), None


_DURATION: Final = _rule("hasDuration", "Duration")
_STORAGE: Final = _rule("hasStorageCondition", "StorageCondition")
