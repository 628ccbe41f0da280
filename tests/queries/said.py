"""Policies for the tests of checklists: sentences with what they state, made into a graph without any extractor.

In: `Said` sentences. Out: a `VersionGraph` that a store takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clausegraph.ingest.quads import ExtractorStamp, policy_iri, version_iri, version_quads
from clausegraph.ingest.records import Clause, Condition, Document, Extraction, Mention, Party, Statement
from clausegraph.queries.store import VersionGraph

STAMP = ExtractorStamp("rules", "0.1.0", "d1" * 32, "e2" * 32)
ACME = Party("acmeltd", "Acme Ltd", 0, 0, email="privacy@acme.example")
OFFICER = Party("anexample", "An Example", email="dpo@acme.example")
#: Somebody who is named, but not how to reach them.
UNREACHABLE = Party("anotherexample", "Another Example")


@dataclass(frozen=True)
class Said:
    """A sentence and one statement of it. ``facets``: facet → concept; its words are the whole sentence.

    ``unless``, ``only_if``: words of the sentence that are a condition; ``inside``: facets of that condition.
    ``beside``: it stands in the clause of the sentence before it. ``also``: more values of facets.
    """

    text: str
    practice: str
    facets: dict[str, str] = field(default_factory=dict)
    denied: bool = False
    own: bool = True
    unless: str = ""
    only_if: str = ""
    inside: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    contact_role: str = ""
    vague: bool = False
    beside: bool = False
    also: tuple[tuple[str, str], ...] = ()
    actor: str = "DataController"


def policy(key: str, sentences: Sequence[Said], *, controller: Party = ACME, date: str = "") -> VersionGraph:
    """A policy that says these sentences, each in a clause of its own unless it says otherwise."""
    text, statements = "", []
    clauses: list[Clause] = []
    for one in sentences:
        start, end = len(text), len(text) + len(one.text)
        text += one.text + "\n"
        path = clauses[-1].path if one.beside else str(len(clauses) + 1)
        if one.beside:
            clauses[-1] = replace(clauses[-1], end=len(text))
        else:
            clauses.append(Clause(path, start, len(text), "Paragraph", len(clauses), "", "", start, ""))
        conditions = []
        for words, effect, kind in ((one.unless, "Unless", "Exception"), (one.only_if, "OnlyIf", "If")):
            if words:
                place = (start + one.text.index(words), start + one.text.index(words) + len(words))
                inside = tuple(Mention(facet, value, *place, "test") for facet, value in one.inside.items())
                conditions.append(Condition(*place, effect, (kind,), "test", inside))  # type: ignore[arg-type]
        statements.append(
            Statement(
                start,
                end,
                path,
                one.practice,
                denied=one.denied,
                actor=one.actor,
                of_controller=one.own,
                vague=one.vague,
                mentions=tuple(Mention(*pair, start, end, "test") for pair in (*one.facets.items(), *one.also)),
                conditions=tuple(conditions),
                contact=one.contact,
                contact_role=one.contact_role,
            )
        )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    extraction = Extraction(
        Document(key, text, "en", sha256),
        tuple(clauses),
        tuple(statements),
        (controller, OFFICER, UNREACHABLE),
        controller.key,
        f"Policy {key}",
        date,
    )
    nquads = version_quads(extraction, extractor=STAMP)
    return VersionGraph(policy_iri(key), version_iri(key, sha256), sha256, STAMP.digest, nquads, "2026-01-01T00:00:00Z")


def right(text: str, concept: str, **more: object) -> Said:
    """A sentence that grants a right."""
    return Said(text, "GrantRight", {"right": concept}, **more)  # type: ignore[arg-type]


#: All that Taiwan's act asks for, and nothing that brings its other items into play.
COMPLETE = (
    Said("We collect your name to deliver what you order.", "Collect", {"dataCategory": "Name", "purpose": "Delivery"}),
    Said("We use your name to deliver.", "Use", {"dataCategory": "Name", "purpose": "ServiceProvision"}),
    Said("We share your name with carriers.", "Share", {"dataCategory": "Name", "recipient": "ServiceProvider"}),
    Said("We keep your name as long as needed.", "Retain", {"dataCategory": "Name", "retention": "AsLongAsNecessary"}),
    Said("Your name stays in Norway.", "Store", {"dataCategory": "Name", "storageLocation": "Norway"}),
    right("You may look at your data.", "RightOfAccess"),
    right("You may have a copy of your data.", "TW-A3-2-Copy"),
    right("You may have your data corrected.", "RightToRectification"),
    right("You may have us stop.", "TW-A3-4-Stop"),
    right("You may have your data deleted.", "RightToErasure"),
    Said("Write to us to use these rights.", "GrantRight", {"measure": "RightExerciseNotice"}),
)
