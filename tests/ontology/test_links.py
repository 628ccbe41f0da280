"""The alignments: every name on either side exists, and nothing is claimed beyond what the tables allow."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS

from clausegraph.ontology.terms import CG, CGC, DPV, SCHEMA
from clausegraph.ontology.vocabulary import Vocabulary

#: Which file of the shared vocabularies defines the external names of which alignment.
SOURCES = {
    "dpv": ("dpv-2.3/dpv.ttl", DPV),
    "dpv-owl": ("dpv-2.3/dpv-owl.ttl", "https://w3id.org/dpv/owl#"),
    "odrl": ("other/ODRL22.ttl", "http://www.w3.org/ns/odrl/2/"),
    "oa": ("other/oa.ttl", "http://www.w3.org/ns/oa#"),
    "gdprtext": ("other/gdprtext-gdpr.ttl", "http://purl.org/adaptcentre/resources/GDPRtEXT#"),
}


def test_our_side_exists(links: rdflib.Graph, core: rdflib.Graph, vocabulary: Vocabulary) -> None:
    for subject in links.subjects():
        name = str(subject)
        if name.startswith(CGC):
            assert name.removeprefix(CGC) in vocabulary.concepts
        else:
            assert name.startswith(CG)
            assert (subject, RDF.type, None) in core, name


def test_only_these_relations_are_used(links: rdflib.Graph) -> None:
    """No equivalences and no imports: a policy of ours never drags another vocabulary in."""
    allowed = {RDFS.subPropertyOf, RDFS.subClassOf, SKOS.closeMatch, SKOS.relatedMatch}
    assert set(links.predicates()) == allowed
    assert (None, OWL.imports, None) not in links


def test_a_policy_is_no_measure(links: rdflib.Graph) -> None:
    """dpv:PrivacyNotice lies below the organisational measures of DPV."""
    assert [cls for cls in links.objects(None, RDFS.subClassOf) if str(cls).startswith("https://w3id.org/dpv")] == []


def test_names_of_prov_dublin_core_and_schema(folder: Path) -> None:
    prov = rdflib.Graph().parse(folder / "links" / "prov.ttl")
    known = {str(name) for name in (*dir(PROV), *dir(DCTERMS))}
    assert {str(name) for name in prov.objects()} <= known
    schema = rdflib.Graph().parse(folder / "links" / "schema.ttl")
    assert {str(name) for name in schema.objects()} == {SCHEMA + "DigitalDocument", SCHEMA + "Organization"}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SOURCES))
def test_the_other_side_exists(name: str, folder: Path, shared: Path) -> None:
    file, namespace = SOURCES[name]
    text = (shared / "vocab" / file).read_text(encoding="utf-8")
    defined = {str(subject) for subject in rdflib.Graph().parse(data=text, format="turtle").subjects(RDF.type)}
    objects = {str(name) for name in rdflib.Graph().parse(folder / "links" / f"{name}.ttl").objects()}
    assert objects
    assert all(name.startswith(namespace) for name in objects)
    assert objects - defined == set()
