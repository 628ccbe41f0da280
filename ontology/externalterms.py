"""What vocabularies of others say of their own terms: which there are, which are given up, what stands above what.

In: triples by graph, of the properties in `PROPERTIES`. Out: `Terms`, which answers about one IRI at a time.

A term exists where the vocabulary that owns its namespace gives it a type. Ownership is read from the terms
themselves: the namespace of an ontology in the file, or the one that most of its terms are in. What the file says of
its preferred namespace is no guide (DPV's OWL files name that of the others).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from .terms import DCT, DPV_BASE, OWL, RDF, RDFS, SCHEMA, SKOS, expand

__all__ = ["PROPERTIES", "Said", "Terms", "namespace_of", "plain_twin"]

#: Graph, subject, property, value: IRIs, or the text of a literal.
Said = tuple[str, str, str, str]

STATUS: Final = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"
_TYPE = RDF + "type"
_DEPRECATED = OWL + "deprecated"
#: From the old term to the new one.
_REPLACED_BY = (
    DCT + "isReplacedBy",
    SCHEMA + "supersededBy",
    "http://schema.org/supersededBy",
    "http://purl.obolibrary.org/obo/IAO_0100001",
)
_REPLACES = DCT + "replaces"
_ABOVE = (SKOS + "broader", SKOS + "broaderTransitive", RDFS + "subClassOf", RDFS + "subPropertyOf")
_EQUAL = (SKOS + "exactMatch", OWL + "sameAs", OWL + "equivalentClass", OWL + "equivalentProperty")

_WORDS: Final = (SKOS + "definition", SKOS + "scopeNote", SKOS + "note", RDFS + "comment")

#: All that `Terms` reads.
PROPERTIES: Final = (_TYPE, STATUS, _DEPRECATED, *_REPLACED_BY, _REPLACES, *_ABOVE, *_EQUAL, *_WORDS)

_GIVEN_UP = frozenset({"sunset", "deprecated", "archaic", "superseded", "obsolete"})
_GONE_TYPES = frozenset({OWL + "DeprecatedClass", OWL + "DeprecatedProperty"})
_PROPERTY_TYPES = frozenset(
    {RDF + "Property", *(OWL + kind + "Property" for kind in ("Object", "Datatype", "Annotation", "Ontology"))}
)
_CURIE: Final = re.compile(r"\b[a-z][a-z-]*:[A-Z]\w+")
#: Namespaces that DPV has moved away from, and where its terms are now.
FORMER: Final[Mapping[str, str]] = {
    "http://www.w3.org/ns/dpv#": DPV_BASE + "#",
    DPV_BASE + "/dpv-gdpr#": DPV_BASE + "/legal/eu/gdpr#",
}


def namespace_of(iri: str) -> str:
    """The part of an IRI up to its last ``#`` or ``/``."""
    found = re.match(r".*[#/]", iri, re.DOTALL)
    return found[0] if found else iri


def plain_twin(iri: str) -> str:
    """DPV's OWL namespaces hold the same terms under other IRIs: the one in the RDFS+SKOS namespace."""
    return iri.replace("/owl#", "#") if iri.startswith(DPV_BASE) else iri


class Terms:
    """The terms of the linked vocabularies."""

    def __init__(self, said: Iterable[Said], ontologies: Mapping[str, str] | None = None) -> None:
        """``ontologies``: graph → the ontology it is a version of, for names; graphs without one may be absent."""
        self._types: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self._status: dict[str, str] = {}
        self._replaced: defaultdict[str, set[str]] = defaultdict(set)
        self._parents: defaultdict[str, set[str]] = defaultdict(set)
        self._equals: defaultdict[str, set[str]] = defaultdict(set)
        self._above: dict[str, frozenset[str]] = {}
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        for graph, subject, name, value in said:
            self._take(graph, subject, name, value)
        self._owners = self._find_owners(ontologies or {})
        self._loose = {_loose(namespace): namespace for namespace in self._owners}

    def _take(self, graph: str, subject: str, name: str, value: str) -> None:
        if name == _TYPE:
            self._types[graph].setdefault(subject, set()).add(value)
            if value in _GONE_TYPES:
                self._status.setdefault(subject, "deprecated")
        elif name == STATUS:
            if value.lower() in _GIVEN_UP:
                self._status[subject] = value.lower()
        elif name == _DEPRECATED:
            if value in ("true", "1"):
                self._status.setdefault(subject, "deprecated")
        elif name in _REPLACED_BY:
            self._replaced[subject].add(value)
        elif name == _REPLACES:
            self._replaced[value].add(subject)
        elif name in _ABOVE:
            self._parents[subject].add(value)
        elif name in _EQUAL:
            self._equals[subject].add(value)
            self._equals[value].add(subject)
        elif name in _WORDS and "deprecated" in value:
            self._words[subject].append(value)

    def _find_owners(self, ontologies: Mapping[str, str]) -> dict[str, set[str]]:
        """Namespace → graphs that define its terms."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for graph, types in self._types.items():
            counted = Counter(namespace_of(iri) for iri in types)
            stems = {iri.rstrip("/#") for iri, kinds in types.items() if OWL + "Ontology" in kinds}
            stems.update(iri.rstrip("/#") for iri in (ontologies.get(graph, ""),) if iri)
            own = {namespace for namespace in counted if namespace.rstrip("/#") in stems and namespace[-1:] in "/#"}
            own = {n for n in own if not (n.endswith("/") and n[:-1] + "#" in counted)}  # where the ontologies are
            for namespace in own or {counted.most_common(1)[0][0]}:
                owners[namespace].add(graph)
        return dict(owners)

    # --- one term

    def owner(self, iri: str) -> str | None:
        """The graph of the vocabulary that an IRI belongs to, None where that is not linked.

        Slips in the namespace's spelling (http for https, ``/`` for ``#``) count as that vocabulary's, as do
        namespaces that it has given up.
        """
        namespace = namespace_of(iri)
        near = self._loose.get(_loose(FORMER.get(namespace, namespace)))
        found = self._owners.get(namespace) or self._owners.get(near or "")
        return min(found) if found else None

    def exists(self, iri: str) -> bool:
        """Whether the vocabulary that owns the IRI's namespace defines it."""
        return any(iri in self._types[graph] for graph in self._owners.get(namespace_of(iri), ()))

    def status(self, iri: str) -> str:
        """``sunset``, ``deprecated`` and the like; "" for a term in good standing."""
        return self._status.get(iri, "")

    def replacements(self, iri: str) -> tuple[str, ...]:
        """The terms that the vocabulary puts in the place of this one."""
        return tuple(sorted(self._replaced.get(iri, set()) - {iri}))

    def advised(self, iri: str) -> tuple[str, ...]:
        """What might do for a term given up: its exact matches, and existing terms that its description names.

        DPV says in the description what to use instead, and nowhere else.
        """
        found = {other for other in self._equals.get(iri, ()) if not self.status(other)}
        for words in self._words.get(iri, ()):
            found.update(name for curie in _CURIE.findall(words) if self.exists(name := _expanded(curie)))
        return tuple(sorted(found - {iri}))

    def nearest(self, iri: str) -> str:
        """The existing term whose name is most like an unknown one, "" where none is."""
        namespace = namespace_of(iri)
        here = FORMER.get(namespace, namespace)
        here = here if here in self._owners else self._loose.get(_loose(here), "")
        local = iri[len(namespace) :]
        names = {
            each[len(here) :]: each
            for graph in self._owners.get(here, ())
            for each in self._types[graph]
            if each.startswith(here)
        }
        if local in names:
            return names[local]
        close = get_close_matches(local, sorted(names), n=1, cutoff=0.8)
        return names[close[0]] if close else ""

    def is_property(self, iri: str) -> bool:
        """Whether the term relates things, rather than being one."""
        return any(types.get(iri, set()) & _PROPERTY_TYPES for types in self._types.values())

    # --- two terms

    def above(self, iri: str) -> frozenset[str]:
        """All terms that are broader, at any distance; the term itself is not among them."""
        known = self._above.get(iri)
        if known is None:
            found: set[str] = set()
            waiting = list(self._parents.get(iri, ()))
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += self._parents.get(one, ())
            known = self._above[iri] = frozenset(found - {iri})
        return known

    def is_below(self, iri: str, other: str) -> bool:
        """Whether ``iri`` lies below ``other`` and not also above it."""
        return other in self.above(iri) and iri not in self.above(other)

    def siblings(self, iri: str, other: str) -> bool:
        """Whether two terms share a parent."""
        return bool(self._parents.get(iri, set()) & self._parents.get(other, set()))

    def same(self, iri: str, other: str) -> bool:
        """Whether the vocabularies themselves hold two IRIs to be one term."""
        return plain_twin(iri) == plain_twin(other) or other in self._equals.get(iri, ())

    def related_vocabularies(self, iri: str, other: str) -> bool:
        """Whether both terms are of one vocabulary, or of two extensions of it (DPV's ``pd`` and ``tech``)."""
        first, second = self.owner(iri), self.owner(other)
        if first is None or second is None:
            return False
        short, long = sorted((first, second), key=len)
        stems = (self._root(short), self._root(long))
        return first == second or stems[0] == stems[1]

    def _root(self, graph: str) -> str:
        """The shortest of the linked graphs that a graph's name begins with."""
        stems = [other.rstrip("/#") for other in self._types]
        return min((stem for stem in stems if (graph + "/").startswith(stem + "/")), key=len, default=graph)


def _expanded(curie: str) -> str:
    try:
        return expand(curie)
    except ValueError:  # a prefix of the vocabulary's own
        return curie


def _loose(namespace: str) -> str:
    return namespace.partition("://")[2].removeprefix("www.").rstrip("/#").lower()
