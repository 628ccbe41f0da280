"""The user's mapping of parties: read from CSV, TSV or Turtle, each line checked against what is stored.

In: a file, a store. Out: `Link`s, or one `MappingError` that names every line that is wrong; nothing is written here.

A table has a header. ``party`` (an IRI), or ``policy`` and ``name``, say who is meant; ``wikidata``, ``lei``,
``register`` and ``same`` (a party's IRI; or ``same_policy`` and ``same_name``) say what it is the same as. A Turtle
file holds triples of owl:sameAs and skos:exactMatch.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from .. import ClauseGraphError
from ..ingest.extract.facets import name_key
from ..ingest.quads import policy_iri
from ..ontology import identifiers
from ..ontology.identifiers import BadIdentifier, Identifier, identified
from ..ontology.terms import EXACT_MATCH, ID, SAME_AS, shorten
from ..queries.same import Link, StoredParty, conflicts, stored_links, stored_parties
from ..queries.store import Store

__all__ = ["CONTROLLER", "MappingError", "read_mapping"]

#: Stands in the column ``name`` for whoever the policy says is responsible, named or not.
CONTROLLER = "(controller)"
_TARGETS: dict[str, Callable[[str], Identifier]] = {
    "wikidata": identifiers.wikidata,
    "lei": identifiers.lei,
    "register": identifiers.register,
}
_COLUMNS = ("party", "policy", "name", *_TARGETS, "same", "same_policy", "same_name")
_TABLES = {".csv": ",", ".tsv": "\t"}
_TURTLE = (".ttl", ".nt")
#: Lines that one message names.
SHOWN = 20

Row = Mapping[str, str]


class MappingError(ClauseGraphError):
    """The mapping cannot be used; the message names every line that is wrong, and nothing of it was written."""


class _LineError(ClauseGraphError):
    """What is wrong with one line."""


def read_mapping(path: Path, store: Store) -> list[Link]:
    """The links of a file, in its order and without repetitions. Raises `MappingError`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"The mapping {path} cannot be read: {error}.", mend="Save it as UTF-8 text.") from error
    suffix = path.suffix.lower()
    if suffix not in (*_TABLES, *_TURTLE):
        raise MappingError(
            f"The mapping {path} has no ending that says what it is.", mend="Name it .csv, .tsv or .ttl."
        )
    parties = _Parties(stored_parties(store))
    found: dict[Link, int] = {}
    wrong: list[tuple[int, ClauseGraphError]] = []
    lines = _table(path, text, _TABLES[suffix]) if suffix in _TABLES else _turtle(path, text)
    for number, read in lines:
        try:
            for link in read(parties):
                found.setdefault(link, number)
        except (_LineError, BadIdentifier) as error:
            wrong.append((number, error))
    if not wrong:
        wrong = _contradictions(found, stored_links(store))
    if wrong:
        raise _refusal(path, wrong)
    if not found:
        raise MappingError(f"The mapping {path} says nothing.", mend="Write at least one line below the header.")
    return list(found)


def _refusal(path: Path, wrong: list[tuple[int, ClauseGraphError]]) -> MappingError:
    said = [
        f"{path.name}, {f'line {number}' if number else 'line unknown'}: {error} {error.mend}".rstrip()
        for number, error in sorted(wrong, key=lambda one: one[0])
    ]
    more = [f"… and {len(said) - SHOWN} lines more."] if len(said) > SHOWN else []
    return MappingError(
        "\n".join(said[:SHOWN] + more), mend="Nothing was written. Mend the lines and add the file again."
    )


def _contradictions(found: Mapping[Link, int], stored: list[Link]) -> list[tuple[int, ClauseGraphError]]:
    """Lines that make one organisation two, among themselves or with what is stored already."""
    wrong: list[tuple[int, ClauseGraphError]] = []
    before = {problem.message for problem in conflicts(stored)}
    for problem in conflicts([*stored, *(link for link in found if link not in stored)]):
        if problem.message not in before:
            lines = [found[link] for link in problem.links if link in found]
            kept = any(link not in found for link in problem.links)
            mend = "`clausegraph same list` shows what is stored; take it out first if it is wrong." if kept else ""
            wrong += [(number, _LineError(problem.message, mend=mend or problem.mend)) for number in sorted(set(lines))]
    return wrong


# --- who is meant


class _Parties:
    """The parties of the store, found by IRI, or by policy and name; never by likeness."""

    def __init__(self, parties: Mapping[str, StoredParty]) -> None:
        self._parties = parties
        self._policies = {one.policy for one in parties.values()}

    def by_iri(self, text: str) -> str:
        iri = identifiers.party(text).iri
        if iri not in self._parties:
            raise _LineError(
                f"No policy in force names the party {iri}.",
                mend="`clausegraph show POLICY --format json` has their IRIs.",
            )
        return iri

    def by_name(self, policy: str, name: str) -> str:
        home = policy if policy.startswith(ID) else policy_iri(policy)
        if home not in self._policies:
            raise _LineError(f"No stored policy has the key “{policy}”.", mend="`clausegraph policies` lists the keys.")
        here = [one for one in self._parties.values() if one.policy == home]
        if name == CONTROLLER:
            fits = [one for one in here if one.controller]
        else:
            key = name_key(name)
            fits = [one for one in here if key in map(name_key, one.names)]
        if len(fits) == 1:
            return fits[0].iri
        if fits:
            raise _LineError(
                f"“{name}” is the name of {len(fits)} parties of the policy “{policy}”.",
                mend=f"Give the party's IRI: {' or '.join(one.iri for one in fits)}.",
            )
        names = sorted(one.names[0] for one in here if one.names)
        known = f"It names {', '.join(names[:12])}{' and others' if len(names) > 12 else ''}." if names else ""
        raise _LineError(f"The policy “{policy}” names no party “{name}”.", mend=known or "It names none.")


# --- tables


def _table(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, Callable[[_Parties], list[Link]]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(path, cells, reader.line_num)
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            extra, columns = cells[len(header) :], len(header)
            yield reader.line_num, partial(_of_row, row, extra, columns)
    except csv.Error as error:
        raise MappingError(
            f"{path.name}, line {reader.line_num}: the table cannot be read: {error}.",
            mend="Nothing was written. Close the quotation marks, or save the table anew.",
        ) from error


def _header(path: Path, cells: list[str], number: int) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    unknown = [name for name in header if name not in _COLUMNS]
    twice = [name for name in header if header.count(name) > 1]
    whole = {"party"} <= {*header} or {"policy", "name"} <= {*header}
    if unknown or twice or not whole:
        what = (
            f"there is no column “{unknown[0]}”"
            if unknown
            else f"the column “{twice[0]}” stands there twice"
            if twice
            else "nothing says which party is meant"
        )
        raise MappingError(
            f"{path.name}, line {number}: {what}.",
            mend=f"Begin with a header: party, or policy and name; then some of {', '.join(_COLUMNS[3:])}.",
        )
    return header


def _of_row(row: Row, extra: list[str], columns: int, parties: _Parties) -> list[Link]:
    if any(cell.strip() for cell in extra):
        raise _LineError(
            f"It has {columns + len(extra)} cells, the header {columns}.",
            mend="Put cells that hold the separator in quotation marks.",
        )
    subject = _party_of(row, parties, "party", "policy", "name")
    if subject is None:
        raise _LineError(
            "It names no party.", mend=f"Fill party, or policy and name (“{CONTROLLER}” for who is responsible)."
        )
    targets = [make(row[name]) for name, make in _TARGETS.items() if row.get(name)]
    other = _party_of(row, parties, "same", "same_policy", "same_name")
    if other is not None:
        if other == subject:
            raise _LineError("It says that a party is the same as itself.", mend="Name another party.")
        targets.append(identifiers.party(other))
    if not targets:
        raise _LineError("It says of nothing that it is the same.", mend=f"Fill {', '.join(_TARGETS)} or same.")
    return [Link(subject, target.relation, target.iri) for target in targets]


def _party_of(row: Row, parties: _Parties, iri: str, policy: str, name: str) -> str | None:
    """The party that three cells name; None where all are empty."""
    by_iri = parties.by_iri(row[iri]) if row.get(iri) else None
    if not (row.get(policy) or row.get(name)):
        return by_iri
    if not (row.get(policy) and row.get(name)):
        empty = name if row.get(policy) else policy
        raise _LineError(
            f"It leaves “{empty}” empty.", mend=f"A name counts within its policy: fill {policy} and {name}."
        )
    by_name = parties.by_name(row[policy], row[name])
    if by_iri is not None and by_iri != by_name:
        raise _LineError(f"{iri} and {policy} with {name} mean two parties.", mend="Fill one of the two.")
    return by_name


# --- Turtle


def _turtle(path: Path, text: str) -> Iterator[tuple[int, Callable[[_Parties], list[Link]]]]:
    try:
        quads = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise MappingError(
            f"{path.name}, line {error.lineno}: it is no Turtle: {error.msg}.",
            mend="Nothing was written. Mend that line.",
        ) from error
    for quad in quads:
        terms = (quad.subject, quad.predicate, quad.object)
        yield _line_of(text, terms), partial(_of_triple, terms)


def _of_triple(terms: tuple[object, object, object], parties: _Parties) -> list[Link]:
    subject, relation, target = terms
    if not (
        isinstance(subject, ox.NamedNode) and isinstance(relation, ox.NamedNode) and isinstance(target, ox.NamedNode)
    ):
        raise _LineError("It holds a blank node or a text.", mend="Name everything by an IRI.")
    if relation.value not in (SAME_AS, EXACT_MATCH):
        raise _LineError(
            f"{shorten(relation.value)} does not say that two are the same.", mend="Use owl:sameAs or skos:exactMatch."
        )
    one = parties.by_iri(subject.value)
    other = identified(target.value)
    if other.kind == "party" and parties.by_iri(other.iri) == one:
        raise _LineError("It says that a party is the same as itself.", mend="Name another party.")
    if relation.value != other.relation:
        raise _LineError(
            f"It ties a party to {other.text} by {shorten(relation.value)}.",
            mend=f"Use {shorten(other.relation)}: parties and Wikidata items take owl:sameAs, records skos:exactMatch.",
        )
    return [Link(one, other.relation, other.iri)]


def _line_of(text: str, terms: tuple[object, object, object]) -> int:
    """Where a triple stands: the first line from its subject's on that has its object; 0 where neither is found.

    The parser tells no places, and IRIs may be shortened by prefixes, so their last parts are looked for.
    """
    lines = text.splitlines()
    first = _first(lines, _tail(terms[0]), 1)
    return _first(lines, _tail(terms[2]), first or 1) or first


def _first(lines: list[str], words: str, number: int) -> int:
    return next((at for at, line in enumerate(lines[number - 1 :], number) if words and words in line), 0)


def _tail(term: object) -> str:
    return re.split(r"[/#]", getattr(term, "value", "").rstrip("/"))[-1]
