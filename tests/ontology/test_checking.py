"""`check_ontology`: sound alone and with the vocabularies of others, and planted faults are found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausegraph.ontology.checking import VocabularyFileError, check_ontology

PREFIXES = """
@prefix cg: <https://w3id.org/clausegraph/ontology#> .
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file to plant something in."""
    return tmp_path / "theirs.ttl"


@pytest.mark.java
@pytest.mark.usefixtures("java")
class TestWithJava:
    def test_the_ontology_alone_is_sound(self) -> None:
        report = check_ontology()
        assert report.sound
        assert (report.files, report.alignments, report.left_out) == ((), (), ())

    def test_classes_that_nobody_said_are_the_same_are_named(self, written: Path) -> None:
        written.write_text(
            PREFIXES
            + "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:C .\n"
            + "ex:C a owl:Class ; rdfs:subClassOf ex:A .\n"
            + "ex:D a owl:Class ; owl:equivalentClass ex:E . ex:E a owl:Class ."
        )
        report = check_ontology([written], concepts=False)
        assert report.verdict.consistent
        assert report.verdict.equivalent == (
            ("https://example.org/A", "https://example.org/B", "https://example.org/C"),
        )
        assert not report.sound
        assert report.classes == 5

    def test_an_alignment_that_makes_denials_affirmed_is_found(self, written: Path) -> None:
        written.write_text(
            PREFIXES
            + "cg:DeniedStatement rdfs:subClassOf ex:Process . ex:Process a owl:Class ; "
            + "rdfs:subClassOf cg:AffirmedStatement ."
        )
        report = check_ontology([written], concepts=False)
        assert "https://w3id.org/clausegraph/ontology#DeniedStatement" in report.verdict.unsatisfiable

    def test_a_contradiction_is_found(self, written: Path) -> None:
        written.write_text(PREFIXES + "ex:s a cg:AffirmedStatement , cg:DeniedStatement .")
        report = check_ontology([written], concepts=False)
        assert not report.verdict.consistent
        assert not report.sound

    def test_what_hermit_cannot_read_is_left_out_and_said(self, written: Path) -> None:
        written.write_text(
            PREFIXES
            + "<https://example.org/> a owl:Ontology ; owl:imports <https://w3id.org/dpv/2.3> .\n"
            + 'ex:p a owl:DatatypeProperty ; rdfs:range xsd:duration . ex:s ex:p "P1D"^^xsd:duration ; '
            + 'ex:q "2026-01-01"^^xsd:date , "x"^^ex:own .'
        )
        report = check_ontology([written], concepts=False)
        assert report.sound
        told = "\n".join(report.left_out)
        assert "nothing is fetched from the network" in told
        assert "xsd:date," in told
        assert "xsd:duration" in told
        assert len(report.left_out) == 5
        assert "no OWL classes" in report.notes[0]

    @pytest.mark.shared
    @pytest.mark.parametrize(
        ("files", "alignments", "classes"),
        [
            (("dpv-2.3/dpv-owl.ttl",), ("dpv-owl.ttl",), 973),
            (("dpv-2.3/dpv-owl.ttl", "dpv-2.3/eu-gdpr-owl.ttl"), ("dpv-owl.ttl",), 1202),
            (("other/ODRL22.ttl",), ("odrl.ttl",), 29),
        ],
    )
    def test_it_is_sound_with_the_vocabularies_of_others(
        self, shared: Path, files: tuple[str, ...], alignments: tuple[str, ...], classes: int
    ) -> None:
        report = check_ontology([shared / "vocab" / file for file in files], concepts=False)
        assert report.sound
        assert report.alignments == alignments
        assert report.classes == classes


def test_a_file_that_is_no_rdf_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>")
    for file in (broken, tmp_path / "absent.ttl"):
        with pytest.raises(VocabularyFileError, match=file.name) as caught:
            check_ontology([file])
        assert caught.value.mend
