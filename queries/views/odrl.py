"""The view `odrl`: each policy as an `odrl:Set`, by the ODRL information model 2.2.

In: a store and policies. Out: JSON-LD or Turtle. What the controller says it does is a permission, what it says it
does not do a prohibition, what it promises an obligation. Each rule is named after its statement and quotes it.

What decides the reading: prohibitions win (``odrl:conflict odrl:prohibit``), an exception narrows the prohibition by
its own words and is a permission only in that case, and no action encompasses another, so that no permission to use
or to share data reaches farther than the sentence it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from ...ontology.vocabulary import load_vocabulary
from ..comparing import compares
from ..store import PolicyRow, Store
from ..store.formats import export_pieces
from .base import Missing, Rendered, View
from .odrlconstraints import (
    DESCRIBING,
    Node,
    case_of,
    circumstance,
    constraint,
    limits_of,
    party_of,
    text_of,
    time_of,
)
from .odrlterms import CONTEXT, PROFILE, action_iri, profile_nodes
from .said import ANY_DATA, HANDLING, Condition, Notice, Party, Said, dpv_or_own, read_notice

__all__ = ["VIEW", "policy_node"]

#: Permissions that would reach without end where no limit was found: they hold as their sentence says.
FARTHER: Final = frozenset({"Use", "Share", "Sell", "Transfer", "Retain"})
#: What ends the keeping of data; without a period it is a promise.
DELETION: Final = "StorageDeletion"
#: What a promise is about: the practice, the facet it needs, and the left operand that refines its action.
PROMISES: Final = {
    "Protect": ("measure", "cgo:measure"),
    "GrantRight": ("right", "cgo:right"),
    "OfferChoice": ("right", "cgo:right"),
    "Notify": ("", ""),
}
#: Only these are something that a controller can owe; "cannot be undone" is among the rights of the vocabulary too.
OWED: Final = ("DataSubjectRight", "EntityPermissiveInvolvement", "ConsentControl")


def policy_node(notice: Notice) -> tuple[Node, dict[str, Node]]:
    """The policy with its rules, and what they point at (assets, parties, circumstances) by IRI."""
    beside: dict[str, Node] = {}
    rules: dict[str, list[Node]] = {"permission": [], "prohibition": [], "obligation": []}
    for one in notice.statements:
        kind = _kind(notice, one)
        if kind:
            rules[kind].append(_rule(notice, one, kind, beside))
    node: Node = {
        "@id": f"{notice.version}/odrl",
        "@type": "Set",
        "uid": f"{notice.version}/odrl",
        "profile": PROFILE,
        "conflict": "prohibit",
        "derived": notice.version,
    }
    if notice.title:
        node["title"] = text_of(notice.title, notice)
    return node | {kind: found for kind, found in rules.items() if found}, beside


def _kind(notice: Notice, one: Said) -> str:
    """Which kind of rule a statement is; "" for none."""
    if one.practice in HANDLING:
        if one.denied:
            # "May" and "should" are no denial of a practice: "cannot be recorded", "please do not lend".
            return "prohibition" if one.controllers and one.modality in ("Will", "Must") else ""
        if not one.handles() or one.iri in notice.heads:
            return ""
        if not _ends(one):
            return "permission"
        return "obligation" if one.modality in ("Will", "Must") else ""
    if one.denied or one.practice not in PROMISES or one.iri in notice.heads:
        return ""
    facet, _ = PROMISES[one.practice]
    if facet and not _values(one, facet):
        return ""
    if facet == "right":  # a right that a person may use is a promise of the controller whose text grants it
        owed = one.actor in ("DataSubject", "DataController", "User") and bool(one.controllers or notice.controllers)
        return "obligation" if owed and one.modality in ("Will", "May", "Must") else ""
    return "obligation" if one.controllers and one.modality in ("Will", "Must") else ""


def _ends(one: Said) -> bool:
    """Whether a statement says that data is deleted, rather than how long it is kept."""
    return one.practice == "Retain" and DELETION in one.of("retention") and not one.duration


def _rule(notice: Notice, one: Said, kind: str, beside: dict[str, Node]) -> Node:
    iri = f"{notice.version}/odrl/{one.key}"
    node: Node = {
        "@id": iri,
        "@type": {"permission": "Permission", "prohibition": "Prohibition", "obligation": "Duty"}[kind],
        "uid": iri,
        "action": _action(iri, one, kind),
        "derived": one.iri,
        "description": text_of(one.quote, notice),
    }
    if kind != "obligation" or one.of("dataCategory"):
        node["target"] = _targets(notice, one, beside)
    parties = one.controllers or notice.controllers
    node["assignee"] = [party_of(party, beside) for party in parties]
    limits = limits_of(iri, one, beside) if kind != "obligation" else []
    limits += time_of(iri, one)
    asks = [each for each in one.conditions if kind == "permission" and _asks_consent(each)]
    limits += [circumstance(iri, each, notice, beside) for each in one.conditions if each not in asks]
    limits += _exceptions(notice, one, iri, kind, beside)
    bounding = [each for each in limits if kind != "permission" or each["leftOperand"] not in DESCRIBING]
    if (not bounding and not asks and _too_far(notice, one, kind)) or (kind == "prohibition" and _ends_unread(one)):
        limits.append(_in_words(iri, one, notice, beside))
    if limits:
        node["constraint"] = limits
    if asks:
        node["duty"] = [_consent(iri, each, notice, parties, beside) for each in asks]
    notes = _notes(one)
    if notes:
        node["comment"] = " ".join(notes)
    return node


def _too_far(notice: Notice, one: Said, kind: str) -> bool:
    """Whether a rule without a limit says more than its sentence may."""
    if kind == "permission":
        return bool(one.inherits) or one.practice in FARTHER
    if kind != "prohibition":
        return False
    if one.practice == "Use" and set(one.of("dataCategory")) <= ANY_DATA:
        return True  # nobody says that data is not used at all: what for was not found
    return any(  # the limit of the sentence stands on the other practice that it denies
        other.denied and other.practice in HANDLING - {one.practice} and limits_of("", other, {})
        for other in notice.statements
        if (other.start, other.quote) == (one.start, one.quote)
    )


def _ends_unread(one: Said) -> bool:
    """Whether a denial sets an end ("no longer than necessary") that no value of it says."""
    return compares(one.quote) and not one.conditions and not time_of("", one)


def _action(iri: str, one: Said, kind: str) -> str | Node:
    if kind != "obligation":
        return action_iri(one.practice)
    if _ends(one):
        return "cgo:endStorage"
    facet, operand = PROMISES[one.practice]
    if not facet:
        return action_iri(one.practice)
    # A refinement says how the promise is kept; as a constraint it would say when it holds.
    values = sorted(set(map(dpv_or_own, _values(one, facet))))
    refinement = constraint(f"{iri}/refinement/{facet}", operand, "eq" if len(values) == 1 else "isAllOf", values)
    return {"@id": f"{iri}/action", "value": action_iri(one.practice), "refinement": [refinement]}


def _values(one: Said, facet: str) -> tuple[str, ...]:
    found = one.of(facet)
    if facet != "right":
        return found
    vocabulary = load_vocabulary()
    return tuple(
        each for each in found if vocabulary.get(each) and not set(OWED).isdisjoint((each, *vocabulary.ancestors(each)))
    )


def _targets(notice: Notice, one: Said, beside: dict[str, Node]) -> list[str]:
    found = sorted(one.of("dataCategory"))
    if not found:
        unnamed = f"{notice.version}/odrl/data"
        beside[unnamed] = {"@id": unnamed, "@type": "Asset", "title": "Data of a kind that the text does not name"}
        return [unnamed]
    targets = []
    for concept in found:
        iri = dpv_or_own(concept)
        beside[iri] = {"@id": iri, "@type": "Asset", "title": load_vocabulary().label(concept)}
        targets.append(iri)
    return targets


def _asks_consent(condition: Condition) -> bool:
    return condition.effect == "OnlyIf" and "Consent" in condition.kinds


def _exceptions(notice: Notice, one: Said, iri: str, kind: str, beside: dict[str, Node]) -> list[Node]:
    """An exception is a case of its own: what it excepts does not hold there, and it holds only there."""
    denied = {each.iri for each in notice.statements if each.denied}
    found = []
    if kind == "prohibition":
        for each in notice.statements:
            if one.iri in each.exception_to and not each.denied:
                beside[each.iri] = {"@id": each.iri, "description": text_of(each.quote, notice)}
                found.append(case_of(iri, each.key, each.iri, "neq"))
    elif denied.intersection(one.exception_to):
        found.append(_in_words(iri, one, notice, beside))
    return found


def _in_words(iri: str, one: Said, notice: Notice, beside: dict[str, Node]) -> Node:
    """The case that the statement's own words describe."""
    beside[one.iri] = {"@id": one.iri, "description": text_of(one.quote, notice)}
    return case_of(iri, "words", one.iri, "eq")


def _consent(iri: str, condition: Condition, notice: Notice, by: Iterable[Party], beside: dict[str, Node]) -> Node:
    """Before the permission is used, consent is obtained."""
    duty = f"{iri}/duty/{condition.iri.rpartition('/x/')[2]}"
    return {
        "@id": duty,
        "@type": "Duty",
        "uid": duty,
        "action": "obtainConsent",
        "assignee": [party_of(party, beside) for party in by],
        "derived": condition.iri,
        "description": text_of(condition.words, notice),
    }


def _notes(one: Said) -> list[str]:
    notes = []
    if one.open_list:
        notes.append("The text marks its list as not complete.")
    if one.vague:
        notes.append("The text says it vaguely.")
    if one.denied and one.of("legalBasis"):
        named = ", ".join(map(load_vocabulary().label, one.of("legalBasis")))
        notes.append(f"The sentence also speaks of: {named}.")
    if one.duration and one.bound == "AtLeast":
        notes.append(f"The text says at least {one.duration}, which sets no end.")
    if one.duration_from:
        notes.append(f"The time counts from: “{' '.join(one.duration_from.split())}”.")
    return notes


def _render(store: Store, policies: Sequence[PolicyRow], format: str) -> Rendered:
    nodes, missing = [], []
    beside: dict[str, Node] = {}
    for row in policies:
        node, found = policy_node(read_notice(store, row))
        if any(kind in node for kind in ("permission", "prohibition", "obligation")):
            nodes.append(node)
            beside |= found
        else:
            reason = "ODRL asks for at least one rule, and no practice of the controller was found in the text."
            missing.append(Missing(row.policy_iri, "permission", reason))
    others = [beside[iri] for iri in sorted(beside)] + profile_nodes() if nodes else []
    document = {"@context": CONTEXT, "@graph": nodes + others}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Rendered(text.encode() if format == "jsonld" else _turtle(text), tuple(missing))


def _turtle(jsonld: str) -> bytes:
    """The same triples, sorted; everything has a name, so there are no blank nodes to spoil the order."""
    quads = ox.parse(jsonld, format=ox.RdfFormat.JSON_LD)
    lines = sorted({f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads})
    return b"".join(export_pieces("turtle", [""], lambda _graph: "".join(lines).encode()))


VIEW: Final = View(
    name="odrl",
    title="Policies of permissions, prohibitions and obligations (ODRL 2.2)",
    formats={"jsonld": "application/ld+json", "turtle": "text/turtle"},
    render=_render,
)
