"""The concepts, read from ``concepts/*.ttl``.

In: the SKOS files beside this module. Out: a `Vocabulary`, frozen, with labels, the broader tree and DPV matches.
Reading takes about a tenth of a second; `load_vocabulary` does it once a process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from .. import ClauseGraphError
from .terms import CG, CGC, FORMER_MATCH, LABEL_CONFIDENCE, MATCH_CONFIDENCE, RDF, SKOS, expand, shorten

FOLDER = Path(__file__).resolve().parent / "concepts"

#: The languages in which every concept has a label.
LANGUAGES = ("en", "zh-Hant", "zh-Hans", "cs")

_TYPE, _CONCEPT = RDF + "type", SKOS + "Concept"


class VocabularyError(ClauseGraphError):
    """A concept file that cannot be used, or a concept that does not exist."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept. ``id`` is the local name of its IRI.

    ``schemes`` are scheme ids such as ``data-categories``; ``broader`` are ids, none for a top concept.
    ``labels`` go by BCP 47 tag. ``exact``, ``close``, ``broad`` and ``narrow`` are IRIs elsewhere (DPV; for cited
    codes also concepts of ours), ``former`` those that meant the same until they were given up. ``notation`` is the
    code of coded concepts and of countries, else "". ``match_confidence``: how well the matches of a code that are
    not exact fit ("high", "medium", "low").
    """

    id: str
    iri: str
    schemes: tuple[str, ...]
    broader: tuple[str, ...]
    labels: Mapping[str, str]
    definition: str
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    notation: str = ""
    label_confidence: str = ""
    match_confidence: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme: ``id`` is the file name without suffix, ``top`` the ids of its top concepts."""

    id: str
    iri: str
    labels: Mapping[str, str]
    definition: str
    top: tuple[str, ...]


class Vocabulary:
    """All concepts and the ways to walk them. Unknown ids raise `VocabularyError`, except in `get` and `label`."""

    def __init__(self, concepts: Iterable[Concept], schemes: Iterable[Scheme] = ()) -> None:
        self.concepts: Mapping[str, Concept] = MappingProxyType({concept.id: concept for concept in concepts})
        self.schemes: Mapping[str, Scheme] = MappingProxyType({scheme.id: scheme for scheme in schemes})
        narrower: dict[str, list[str]] = defaultdict(list)
        members: dict[str, list[Concept]] = defaultdict(list)
        exact: dict[str, Concept] = {}
        for concept in self.concepts.values():
            for broader in concept.broader:
                if broader not in self.concepts:
                    raise VocabularyError(
                        f"The concept {concept.id} has the broader concept {broader}, which does not exist.",
                        mend=f"Write a stanza for {broader} or correct skos:broader of {concept.id}.",
                    )
                narrower[broader].append(concept.id)
            for scheme in concept.schemes:
                members[scheme].append(concept)
            exact[concept.iri] = concept
            for iri in (*concept.former, *concept.exact):
                if not iri.startswith(CGC):  # a code that equals a concept of ours must not hide it
                    exact[iri] = concept
        self._broader = {key: concept.broader for key, concept in self.concepts.items()}
        self._narrower = {key: tuple(ids) for key, ids in narrower.items()}
        self._members = {key: tuple(found) for key, found in members.items()}
        self._exact = exact
        self._ancestors: dict[str, tuple[str, ...]] = {}

    def get(self, id: str) -> Concept | None:
        """The concept of this id, or None."""
        return self.concepts.get(id)

    def ancestors(self, id: str) -> tuple[str, ...]:
        """Ids of all broader concepts, nearest first, without itself."""
        found = self._ancestors.get(id)
        if found is None:
            found = self._ancestors[id] = self._walk(id, self._broader)
        return found

    def descendants(self, id: str) -> tuple[str, ...]:
        """Ids of all narrower concepts, nearest first, without itself."""
        return self._walk(id, self._narrower)

    def narrower(self, id: str) -> tuple[str, ...]:
        """Ids of the concepts directly below."""
        self._known(id)
        return self._narrower.get(id, ())

    def in_scheme(self, scheme: str) -> tuple[Concept, ...]:
        """The concepts of a scheme, by id; empty for an unknown scheme."""
        return self._members.get(scheme, ())

    def by_exact(self, curie_or_iri: str) -> Concept | None:
        """The concept that equals this term: ``pd:EmailAddress``, a DPV IRI or one of our own; None if none does."""
        try:
            return self._exact.get(expand(curie_or_iri))
        except ValueError:
            return None

    def by_notation(self, scheme: str, notation: str) -> Concept | None:
        """The concept of a coded scheme by its code: ``by_notation("tw-purposes", "040")``."""
        return next((concept for concept in self.in_scheme(scheme) if concept.notation == notation), None)

    def label(self, id: str, lang: str = "en") -> str:
        """The label in a language, else in the other Chinese script, else in English; unknown ids name themselves."""
        concept = self.concepts.get(id)
        if concept is None:
            return id
        for tag in fallbacks(lang):
            if tag in concept.labels:
                return concept.labels[tag]
        return concept.labels.get("en", id)

    def curie_for(self, id: str) -> str:
        """The CURIE of the DPV term that the concept equals or did equal, else its own (``cgc:Affiliate``)."""
        concept = self._known(id)
        for iri in (*concept.exact, *concept.former):
            if not iri.startswith(CGC):
                return shorten(iri)
        return shorten(concept.iri)

    def _known(self, id: str) -> Concept:
        concept = self.concepts.get(id)
        if concept is None:
            near = get_close_matches(id, self.concepts, n=3)
            raise VocabularyError(
                f"There is no concept {id!r}.",
                mend=f"Did you mean {' or '.join(near)}?" if near else "See ontology/concepts for all concepts.",
            )
        return concept

    def _walk(self, id: str, steps: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        self._known(id)
        seen = {id: None}
        queue = [id]
        for here in queue:
            for there in steps.get(here, ()):
                if there not in seen:
                    seen[there] = None
                    queue.append(there)
        return tuple(queue[1:])


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the package; read once."""
    return read_vocabulary(FOLDER)


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read all ``*.ttl`` of a folder. `VocabularyError` names the file and place of what is wrong."""
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise VocabularyError(f"There are no concept files (*.ttl) in {folder}.", mend="Install the package again.")
    subjects: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    home: dict[str, Path] = {}
    scheme_ids: dict[str, str] = {}
    for file in files:
        for iri, properties in _subjects(file):
            if iri in home:
                raise VocabularyError(
                    f"{shorten(iri)} is defined in {home[iri].name} and in {file.name}.",
                    mend="Keep one stanza; a concept of two schemes has two skos:inScheme.",
                )
            home[iri] = file
            subjects[iri] = properties
            if any(node.value == SKOS + "ConceptScheme" for node in properties.get(_TYPE, ())):
                scheme_ids[iri] = file.stem
    concepts, schemes = [], []
    for iri, properties in subjects.items():
        if iri in scheme_ids:
            schemes.append(_scheme(iri, scheme_ids[iri], properties))
        else:
            concepts.append(_concept(iri, properties, scheme_ids, home[iri]))
    concepts.sort(key=lambda concept: concept.id)
    for before, after in pairwise(concepts):
        if before.id == after.id:
            raise VocabularyError(f"{before.iri} and {after.iri} share the id {after.id}.", mend="Rename one of them.")
    return Vocabulary(concepts, schemes)


def _subjects(file: Path) -> Iterable[tuple[str, dict[str, list[ox.NamedNode | ox.Literal]]]]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, (ox.NamedNode, ox.Literal)):
                raise VocabularyError(
                    f"{file.name} holds a blank node or quoted triple near {subject}.",
                    mend="Name everything by an IRI.",
                )
            found.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(value)
    except SyntaxError as error:
        raise VocabularyError(
            f"{file.name} is not valid Turtle: {error.msg} (line {error.lineno}).", mend="Correct that line."
        ) from error
    return found.items()


def _concept(
    iri: str, properties: Mapping[str, list[ox.NamedNode | ox.Literal]], scheme_ids: Mapping[str, str], file: Path
) -> Concept:
    if not any(node.value == _CONCEPT for node in properties.get(_TYPE, ())):
        raise VocabularyError(f"{shorten(iri)} in {file.name} is no skos:Concept.", mend="Add `a skos:Concept`.")

    def values(name: str) -> tuple[str, ...]:
        return tuple(node.value for node in properties.get(SKOS + name, ()))

    schemes = values("inScheme")
    unknown = [scheme for scheme in schemes if scheme not in scheme_ids]
    if unknown or not schemes:
        raise VocabularyError(
            f"{shorten(iri)} in {file.name} is in "
            + (f"the scheme {shorten(unknown[0])}, which no file defines." if unknown else "no scheme."),
            mend="Correct skos:inScheme.",
        )
    return Concept(
        id=_local(iri),
        iri=iri,
        schemes=tuple(scheme_ids[scheme] for scheme in schemes),
        broader=tuple(_local(broader) for broader in values("broader")),
        labels=_labels(properties),
        definition=" ".join(values("definition")),
        exact=values("exactMatch"),
        close=values("closeMatch"),
        broad=values("broadMatch"),
        narrow=values("narrowMatch"),
        notation=" ".join(values("notation")),
        label_confidence=" ".join(node.value for node in properties.get(LABEL_CONFIDENCE, ())),
        match_confidence=" ".join(node.value for node in properties.get(MATCH_CONFIDENCE, ())),
        former=tuple(node.value for node in properties.get(FORMER_MATCH, ())),
    )


def _scheme(iri: str, id: str, properties: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Scheme:
    return Scheme(
        id=id,
        iri=iri,
        labels=_labels(properties),
        definition=" ".join(node.value for node in properties.get(SKOS + "definition", ())),
        top=tuple(_local(node.value) for node in properties.get(SKOS + "hasTopConcept", ())),
    )


def _labels(properties: Mapping[str, list[ox.NamedNode | ox.Literal]]) -> Mapping[str, str]:
    return MappingProxyType(
        {
            _TAGS.get(node.language or "", node.language or ""): node.value
            for node in properties.get(SKOS + "prefLabel", ())
            if isinstance(node, ox.Literal)
        }
    )


_TAGS = {tag.lower(): tag for tag in LANGUAGES}  # RDF libraries may fold language tags to lower case


def fallbacks(lang: str) -> tuple[str, ...]:
    """The tags in which to look for a text in this language, best first; Chinese falls back to the other script."""
    primary = lang.partition("-")[0].lower()
    if primary != "zh":
        return (lang, primary)
    region = lang.lower()
    traditional = any(mark in region for mark in ("hant", "-tw", "-hk", "-mo"))
    return (lang, "zh-Hant", "zh-Hans") if traditional else (lang, "zh-Hans", "zh-Hant")


def _local(iri: str) -> str:
    return iri.removeprefix(CGC) if iri.startswith(CGC) else iri.removeprefix(CG)
