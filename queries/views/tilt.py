"""The view `tilt`: what a policy states, as a document of the Transparency Information Language (TILT, GDPR 13/14).

In: a store and policies. Out: JSON, an object for one policy and a list for several; and the fields that TILT requires
and the text does not give. They are left out, never filled: an empty list of recipients would say that there are none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from ...ontology.vocabulary import load_vocabulary
from ..store import PolicyRow, Store
from .base import Missing, Rendered, View
from .said import Notice, Party, read_notice
from .tiltdata import disclosed, sources, transfers
from .tiltparts import EMAIL, PHONE, Gaps, Node, country_of, granting, quotes_of

__all__ = ["VIEW", "document_of"]

#: Each field for a right, with the concepts (and what is below them) that give it.
RIGHTS: Final = {
    "rightToInformation": ("RightOfAccess", "RightToBeInformedDirect", "RightToBeInformedIndirect", "CA-RightToKnow"),
    "rightToRectificationOrDeletion": (
        "RightToRectification",
        "RightToErasure",
        "CA-RightToCorrect",
        "CA-RightToDelete",
    ),
    "rightToDataPortability": ("RightToDataPortability",),
    "rightToWithdrawConsent": ("RightToWithdrawConsent",),
    "rightToComplain": ("RightToLodgeComplaint",),
}
ACCESS: Final = ("RightOfAccess", "RightToDataPortability", "CA-RightToKnow", "TW-A3-2-Copy")
#: "The supervisory authority" names none.
ANY_AUTHORITY: Final = "DataProtectionAuthority"
AUTOMATED: Final = "AutomatedDecisionMaking"


def document_of(notice: Notice) -> tuple[Node, tuple[Missing, ...]]:
    """The document of one policy, and what it lacks."""
    gaps = Gaps(notice.policy)
    document: Node = {
        "meta": _meta(notice, gaps),
        "controller": _controller(notice, gaps),
    }
    officer = _officer(notice, gaps)
    if officer is not None:
        document["dataProtectionOfficer"] = officer
    parts = {
        "dataDisclosed": disclosed(notice, gaps),
        "thirdCountryTransfers": transfers(notice),
        "accessAndDataPortability": _right(notice, ACCESS),
        "sources": sources(notice, gaps),
        **{name: _right(notice, concepts) for name, concepts in RIGHTS.items()},
        "automatedDecisionMaking": _automated(notice, gaps),
        "changesOfPurpose": [],  # a list of what the text announces: none is
    }
    for name, part in parts.items():
        if part is None:
            gaps.need(name, "Nothing about it was found in the text.")
        else:
            document[name] = part
    if "rightToComplain" in document:
        authority = _authority(notice)
        if authority:
            document["rightToComplain"]["supervisoryAuthority"] = {"name": authority}
        else:
            gaps.need("rightToComplain.supervisoryAuthority", "No authority that is named was found in the text.")
    return document, gaps.found()


def _meta(notice: Notice, gaps: Gaps) -> Node:
    """What the version says of itself; the document that TILT means is the policy."""
    name = next((each.name for each in notice.controllers if each.name), "")
    meta: Node = {
        "_id": notice.version,
        "version": notice.number,
        "status": "active",
        "_hash": notice.sha256,
    }
    wanted = {
        "name": (name, "No name of the controller was found in the text."),
        "created": (
            notice.date,
            "No date of the text itself was found, beside those of coming into force or of change.",
        ),
        "modified": (notice.modified, "No date of the last change was found in the text."),
        "language": (notice.language.partition("-")[0].lower(), "The language of the text is not known."),
        "url": (notice.url, "The address of the policy was not given when it was read."),
    }
    return meta | _wanted(wanted, "meta", gaps)


def _controller(notice: Notice, gaps: Gaps) -> Node:
    parties = [*notice.controllers, *_contacts(notice, "DataController")]
    name, address = _first(parties, "name"), _first(parties, "address")
    found = _wanted(
        {
            "name": (name, "No name of the controller was found in the text."),
            "address": (address, "No postal address of the controller was found in the text."),
            "country": (country_of(address), "No address that ends with a country was found in the text."),
        },
        "controller",
        gaps,
    )
    parties = _contacts(notice, "Representative")
    if not parties:
        gaps.need("controller.representative", "No representative of the controller was found in the text.")
        return found
    return found | {"representative": _person(parties, "controller.representative", gaps)}


def _officer(notice: Notice, gaps: Gaps) -> Node | None:
    parties = _contacts(notice, "DataProtectionOfficer")
    if not parties:
        gaps.need("dataProtectionOfficer", "No data protection officer was found in the text.")
        return None
    address = _first(parties, "address")
    found = _wanted(
        {
            "address": (address, "No postal address of the officer was found in the text."),
            "country": (country_of(address), "No address that ends with a country was found in the text."),
        },
        "dataProtectionOfficer",
        gaps,
    )
    return _person(parties, "dataProtectionOfficer", gaps) | found


def _person(parties: Sequence[Party], place: str, gaps: Gaps) -> Node:
    email, phone = _first(parties, "email"), _first(parties, "telephone")
    found = _wanted(
        {
            "name": (_first(parties, "name"), "The contact that was found has no name."),
            "email": (email if EMAIL.fullmatch(email) else "", "The contact that was found has no e-mail address."),
        },
        place,
        gaps,
    )
    return found | ({"phone": phone} if PHONE.fullmatch(phone) else {})


def _wanted(fields: dict[str, tuple[str, str]], place: str, gaps: Gaps) -> Node:
    """The fields that are there; the others are noted with their reason."""
    for name, (value, reason) in fields.items():
        if not value:
            gaps.need(f"{place}.{name}", reason)
    return {name: value for name, (value, _) in fields.items() if value}


def _contacts(notice: Notice, role: str) -> list[Party]:
    return [
        each
        for one in notice.statements
        if one.practice == "OfferContact" and not one.denied and one.contact_role == role
        for each in one.contacts
    ]


def _first(parties: Sequence[Party], name: str) -> str:
    return next((value for each in parties if (value := str(getattr(each, name)))), "")


def _right(notice: Notice, concepts: tuple[str, ...]) -> Node | None:
    """A right that the text grants. One that it restricts is not said to be unavailable: that is for people to read."""
    found = granting(notice, concepts)
    if not found:
        return None
    part: Node = {"available": True, "description": quotes_of(found)}
    emails = [match.group() for one in found if (match := EMAIL.search(one.quote))]
    return part | ({"email": emails[0]} if emails else {})


def _authority(notice: Notice) -> str:
    """The authority to complain to, as the text calls it."""
    for one in granting(notice, RIGHTS["rightToComplain"]):
        for each in one.of("authority"):
            if each != ANY_AUTHORITY:
                return one.words.get(("authority", each), "") or load_vocabulary().label(each, notice.language)
    return ""


def _automated(notice: Notice, gaps: Gaps) -> Node | None:
    said = [one for one in notice.statements if one.automated or AUTOMATED in one.of("purpose")]
    if any(one.handles() for one in said):
        for name in ("logicInvolved", "scopeAndIntendedEffects"):
            gaps.need(f"automatedDecisionMaking.{name}", "It has to be read from the text by a person.")
        return {"inUse": True}
    if any(one.denied and one.controllers and not one.conditional for one in said):
        return {"inUse": False}
    return None


def _render(store: Store, policies: Sequence[PolicyRow], _format: str) -> Rendered:
    found = [document_of(read_notice(store, row)) for row in policies]
    documents: Any = [document for document, _ in found]
    whole = documents[0] if len(documents) == 1 else documents
    data = (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
    return Rendered(data, tuple(one for _, missing in found for one in missing))


VIEW: Final = View(
    name="tilt",
    title="Transparency Information Language (TILT): what GDPR 13 and 14 ask for, as JSON",
    formats={"json": "application/json"},
    render=_render,
)
