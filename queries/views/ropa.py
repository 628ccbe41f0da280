"""The view `ropa`: the skeleton of a register of processing activities by GDPR Art. 30(1).

In: a store and policies. Out: one row for each purpose that a policy names, one more for what it says without a
purpose; as CSV, XLSX, JSON or Turtle. Only what the text affirms of its controller's own handling is in it. What the
text does not say is marked as not stated: the controller, who knows, has to fill it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ...ontology.vocabulary import load_vocabulary
from ..store import PolicyRow, Store
from .base import Rendered, View
from .ropafiles import to_csv, to_json, to_turtle, to_xlsx
from .roparows import COLUMNS, Entry, Row
from .said import ANY_DATA, EMPTY, Notice, Party, Said, read_notice

__all__ = ["VIEW", "rows_of"]

#: What protects a transfer is no measure of security.
OF_TRANSFERS: Final = "SafeguardForDataTransfer"
_DURATION: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS: Final = ("year", "month", "week", "day", "hour", "minute", "second")
_BOUNDS: Final = {"AtMost": "at most ", "AtLeast": "at least "}


@dataclass(frozen=True, slots=True)
class _Activity:
    """A purpose ("" for none) with the statements that name it, and the data that they name."""

    purpose: str
    statements: tuple[Said, ...]

    @property
    def data(self) -> frozenset[str]:
        return frozenset(each for one in self.statements for each in one.of("dataCategory"))


def rows_of(notice: Notice) -> list[Row]:
    """The rows of one policy: its purposes in the order of the text, then what has none."""
    handling = notice.handling()
    purposes = dict.fromkeys(each for one in handling for each in _purposes(one))
    activities = [_Activity(each, tuple(one for one in handling if each in _purposes(one))) for each in purposes]
    general = [one for one in handling if not _purposes(one) and _of_data(one) and _times(one)]
    placed = {one.iri for one in general for each in activities if _applies(one, each)}
    rest = _Activity("", tuple(one for one in handling if not _purposes(one) and one.iri not in placed))
    if rest.statements:
        activities.append(rest)
    return [_row(notice, each, general if each.purpose else []) for each in activities]


def _purposes(one: Said) -> list[str]:
    return [each for each in one.of("purpose") if each not in EMPTY]


def _of_data(one: Said) -> bool:
    """Whether a statement is about data rather than about an activity: how long it is kept."""
    return one.practice == "Retain"


def _applies(one: Said, activity: _Activity) -> bool:
    """Whether what is said of data without a purpose holds for an activity: it is of data that the activity names.

    Measures may protect everything without a word about it. A time limit may not: that of job applications is for
    them alone, also where "job application" was not read as data, and one under a condition ("if you ask us to delete
    it") is no limit for everything.
    """
    named = set(one.of("dataCategory"))
    if named - ANY_DATA:
        return bool((named - ANY_DATA) & activity.data)
    return not _of_data(one) or (bool(named) and not one.conditional)


def _row(notice: Notice, activity: _Activity, general: Sequence[Said]) -> Row:
    here = activity.statements
    kept = [one for one in here if _of_data(one)] + [one for one in general if _applies(one, activity)]
    protect = [one for one in notice.statements if one.practice == "Protect" and not one.denied and one.controllers]
    moved = [one for one in here if one.practice == "Transfer"]
    cells = {
        "purpose": _concepts([activity.purpose] if activity.purpose else []),
        "controller": tuple(Entry(each.name, each.iri) for each in notice.controllers if each.name),
        "contact": _contacts((*notice.controllers, *_parties(notice, "DataController")), named=False),
        "joint": tuple(
            Entry(each.name, each.iri)
            for one in here
            if "JointDataControllers" in one.of("recipient")
            for each in one.named_recipients
        ),
        "representative": _contacts(_parties(notice, "Representative")),
        "dpo": _contacts(_parties(notice, "DataProtectionOfficer")),
        "subjects": _concepts(_values(here, "dataSubject")),
        "data": _concepts(_values(here, "dataCategory")),
        "recipients": _recipients(here),
        "countries": _concepts(_values(moved, "transferDestination")),
        "safeguards": _concepts([*_values(moved, "transferSafeguard"), *_values(moved, "measure")]),
        "erasure": _once(entry for one in kept for entry in _times(one)),
        "measures": _measures([one for one in protect if _applies(one, activity)]),
    }
    said = {one.iri: one for one in (*here, *kept)}
    return Row(
        policy=notice.policy,
        version=notice.version,
        title=notice.title,
        language=notice.language,
        key=activity.purpose or "no-purpose",
        cells=cells,
        conditions=_conditions(here),
        statements=tuple(said),
        quotes=tuple(dict.fromkeys(" ".join(one.quote.split()) for one in said.values())),
    )


def _values(statements: Iterable[Said], facet: str) -> list[str]:
    return list(dict.fromkeys(each for one in statements for each in one.of(facet) if each not in EMPTY))


def _concepts(ids: Iterable[str]) -> tuple[Entry, ...]:
    vocabulary = load_vocabulary()
    return tuple(Entry(vocabulary.label(each), concept=each) for each in dict.fromkeys(ids))


def _measures(statements: Sequence[Said]) -> tuple[Entry, ...]:
    """Measures of security; one that is only taken under a condition says so."""
    vocabulary = load_vocabulary()

    def security(some: Sequence[Said]) -> list[str]:
        return [each for each in _values(some, "measure") if OF_TRANSFERS not in vocabulary.ancestors(each)]

    always = security([one for one in statements if not one.conditional])
    sometimes = [
        Entry(f"{vocabulary.label(each)} ({'; '.join(map(str, one.conditions))})", concept=each)
        for one in statements
        if one.conditional
        for each in security([one])
        if each not in always
    ]
    return _concepts(always) + _once(sometimes)


def _recipients(statements: Sequence[Said]) -> tuple[Entry, ...]:
    named = _once(Entry(each.name, each.iri) for one in statements for each in one.named_recipients if each.name)
    return _concepts(_values(statements, "recipient")) + named


def _parties(notice: Notice, role: str) -> tuple[Party, ...]:
    return tuple(
        each
        for one in notice.statements
        if one.practice == "OfferContact" and not one.denied and one.contact_role == role
        for each in one.contacts
    )


def _contacts(parties: Iterable[Party], *, named: bool = True) -> tuple[Entry, ...]:
    found = []
    for party in parties:
        parts = [party.name if named else "", party.address, party.email, party.telephone]
        if text := ", ".join(filter(None, parts)):
            found.append(Entry(text, party.iri))
    return _once(found)


def _times(one: Said) -> list[Entry]:
    """How long, and of which data; the end that a text names rather than a period in its own words."""
    vocabulary = load_vocabulary()
    of = ", ".join(vocabulary.label(each) for each in one.of("dataCategory"))
    when = "".join(f", {each}" for each in one.conditions)
    texts = []
    if one.duration:
        since = f" from “{' '.join(one.duration_from.split())}”" if one.duration_from else ""
        texts.append((_BOUNDS.get(one.bound, "") + _in_words(one.duration) + since, "TemporalDuration"))
    else:
        for each in _values([one], "retention"):
            words = " ".join(one.words.get(("retention", each), "").split())
            texts.append((vocabulary.label(each) + (f" (“{words}”)" if words else ""), each))
    tail = (f" [{of}]" if of else "") + when
    return [Entry(text + tail, concept=concept, duration=one.duration) for text, concept in texts]


def _in_words(duration: str) -> str:
    match = _DURATION.fullmatch(duration)
    parts = match.groups() if match else ()
    words = [
        f"{number} {unit}{'' if number == '1' else 's'}"
        for number, unit in zip(parts, _UNITS, strict=bool(parts))
        if number
    ]
    return " ".join(words) or duration


def _conditions(statements: Iterable[Said]) -> tuple[Entry, ...]:
    found = [Entry(str(each), each.iri) for one in statements for each in one.conditions]
    found += [Entry(f"only if: “{' '.join(one.quote.split())}”", one.iri) for one in statements if one.exception_to]
    return _once(found)


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Without those whose text has come before."""
    return tuple({entry.text: entry for entry in reversed(tuple(entries))}.values())[::-1]


def _render(store: Store, policies: Sequence[PolicyRow], format: str) -> Rendered:
    rows = [row for policy in policies for row in rows_of(read_notice(store, policy))]
    return Rendered(_WRITERS[format](rows))


_WRITERS: Final = {"csv": to_csv, "xlsx": to_xlsx, "json": to_json, "turtle": to_turtle}

VIEW: Final = View(
    name="ropa",
    title=f"Register of processing activities, GDPR Art. 30(1): {len(COLUMNS)} columns, to be completed",
    formats={
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
        "turtle": "text/turtle",
    },
    render=_render,
    binary=frozenset({"xlsx"}),
)
