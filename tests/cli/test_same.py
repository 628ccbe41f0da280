"""`clausegraph same`: mappings are checked line by line and written whole or not at all; nothing is guessed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from clausegraph import api
from clausegraph.ingest.quads import policy_iri, version_iri
from clausegraph.ontology.terms import ID, SAME_GRAPH
from clausegraph.queries.store import open_store

from ..api.conftest import czech, english, graph_of
from .conftest import Run

LEI = "506700GE1G29325QX363"
REGISTER = "https://register.example/company/0123"
ACME = "shop/privacy"
CZECH = czech().document.key


def party(run: Run, policy: str) -> str:
    """The IRI of a policy's controller."""
    found = {one["iri"]: one["controller"]["iri"] for one in run("policies", "--format", "json").json}
    return str(found[policy_iri(policy)])


def write(folder: Path, name: str, *lines: str) -> Path:
    """A mapping file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def links(run: Run) -> set[tuple[str, str, str]]:
    """What is stored: name of the party, relation, what it is the same as."""
    return {
        (link["name"], link["relation"], link["as"])
        for group in run("same", "list", "--format", "json").json
        for link in group["links"]
    }


def test_a_table_names_parties_by_policy_and_name(run: Run, filled: Path, tmp_path: Path) -> None:
    table = write(tmp_path, "m.csv", "policy,name,wikidata,lei,register", f"{ACME},ＡＣＭＥ ltd,Q42,{LEI},{REGISTER}")
    added = run("same", "add", table, "--format", "json")
    assert (added.code, added.json["added"], added.json["stored"]) == (0, 3, 3)
    assert links(run) == {
        ("Acme Ltd", "owl:sameAs", "Q42"),
        ("Acme Ltd", "skos:exactMatch", LEI),
        ("Acme Ltd", "skos:exactMatch", REGISTER),
    }
    assert run("same", "add", table, "--format", "json").json["added"] == 0
    assert "3 links read, 0 of them new" in run("same", "add", table).out
    assert run("same", "check").code == 0


def test_tabs_aliases_and_the_controller_without_a_name(run: Run, filled: Path, tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "m.tsv",
        "policy\tname\tsame_policy\tsame_name",
        f"{ACME}\tAcme\t{CZECH}\t(controller)",
        "",
    )
    assert run("same", "add", table).code == 0
    ((name, relation, _),) = links(run)
    assert (name, relation) == ("Acme Ltd", "owl:sameAs")
    (group,) = run("same", "list", "--format", "json").json
    assert group["links"][0]["target"] == party(run, CZECH)


def test_turtle_is_taken_by_the_same_rule(run: Run, filled: Path, tmp_path: Path) -> None:
    prefixes = ("@prefix owl: <http://www.w3.org/2002/07/owl#> .", "@prefix wd: <http://www.wikidata.org/entity/> .")
    good = write(tmp_path, "m.ttl", *prefixes, f"<{party(run, ACME)}> owl:sameAs wd:Q42 .")
    assert run("same", "add", good).code == 0
    bad = write(
        tmp_path,
        "bad.ttl",
        *prefixes,
        f"<{party(run, ACME)}> owl:sameAs <{REGISTER}> ;",
        '  owl:differentFrom wd:Q43 ; owl:sameAs "Q42" .',
        f"<{ID}policy/gone/party/0123456789abcdef> owl:sameAs wd:Q42 .",
    )
    told = run("same", "add", bad)
    assert told.code == 2
    assert (
        "line 3: It ties a party to https://register.example/company/0123 by owl:sameAs. Use skos:exactMatch"
        in told.err
    )
    assert "line 4: owl:differentFrom does not say" in told.err
    assert "line 4: It holds a blank node or a text" in told.err
    assert "line 5: No policy in force names the party" in told.err
    assert links(run) == {("Acme Ltd", "owl:sameAs", "Q42")}
    broken = run("same", "add", write(tmp_path, "no.ttl", *prefixes, "<a> <b> ."))
    assert (broken.code, "line 3" in broken.err) == (2, True)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (f"{ACME},Acme Ltd,P31,,", "no Wikidata item"),
        (f"{ACME},Acme Ltd,,506700GE1G29325QX364,", "check digits of the LEI"),
        (f"{ACME},Acme Ltd,,,register.example", "no address of a register's entry"),
        (f"{ACME},Acme Ltd,,,https://www.wikidata.org/wiki/Q1", "no company register"),
        (f"{ACME},Acme Limited,Q1,,", "names no party “Acme Limited”. It names Acme Ltd"),
        ("shop,Acme Ltd,Q1,,", "No stored policy has the key “shop”"),
        (f"{ACME},,Q1,,", "It leaves “name” empty"),
        (",,Q1,,", "It names no party"),
        (f"{ACME},Acme Ltd,,,", "It says of nothing that it is the same"),
        (f"{ACME},Acme Ltd,Q1,,,more", "It has 6 cells, the header 5"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(
    run: Run, filled: Path, tmp_path: Path, cells: str, said: str
) -> None:
    good = f"{ACME},Acme Ltd,,{LEI},"
    told = run("same", "add", write(tmp_path, "m.csv", "policy,name,wikidata,lei,register", good, cells, good))
    assert told.code == 2
    assert f"m.csv, line 3: {said}" in told.err or ("line 3" in told.err and said in told.err)
    assert "line 2" not in told.err
    assert "Nothing was written" in told.err
    assert links(run) == set()
    with open_store(filled) as store:
        assert store.query(f"ASK {{ GRAPH <{SAME_GRAPH}> {{ ?s ?p ?o }} }}") is False


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("m.csv", ["policy,name,wikdata", "a,b,Q1"], "line 1: there is no column “wikdata”"),
        ("m.csv", ["name,wikidata", "a,Q1"], "line 1: nothing says which party is meant"),
        ("m.csv", ["party,lei,lei", "a,b,c"], "the column “lei” stands there twice"),
        ("m.csv", ["policy,name,wikidata", '"a,b,Q1'], "the table cannot be read"),
        ("m.csv", ["policy,name,wikidata"], "says nothing"),
        ("m.xlsx", ["policy"], "no ending that says what it is"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(
    run: Run, filled: Path, tmp_path: Path, name: str, lines: list[str], said: str
) -> None:
    told = run("same", "add", write(tmp_path, name, *lines))
    assert told.code == 2
    assert said in told.err
    assert run("same", "add", tmp_path / "absent.csv").code == 2


def test_one_organisation_has_one_item_and_one_lei(run: Run, filled: Path, tmp_path: Path) -> None:
    head = "policy,name,wikidata,same_policy,same_name"
    within = write(tmp_path, "a.csv", head, f"{ACME},Acme,Q1,,", f"{CZECH},(controller),Q2,{ACME},Acme")
    told = run("same", "add", within)
    assert told.code == 2
    assert "a.csv, line 2: What the mapping makes one organisation has 2 Wikidata items: Q1, Q2" in told.err
    assert "a.csv, line 3" in told.err
    assert run("same", "add", write(tmp_path, "b.csv", head, f"{ACME},Acme,Q1,,")).code == 0
    beside = run("same", "add", write(tmp_path, "c.csv", head, f"{ACME},Acme,Q2,,"))
    assert (beside.code, "same list" in beside.err) == (2, True)
    assert links(run) == {("Acme Ltd", "owl:sameAs", "Q1")}


def test_links_outlive_a_new_version_and_check_tells_what_is_gone(run: Run, filled: Path, tmp_path: Path) -> None:
    head = "policy,name,wikidata,same_policy,same_name"
    table = write(tmp_path, "m.csv", head, f"{ACME},Acme,Q1,{CZECH},(controller)")
    assert run("same", "add", table).code == 0
    with open_store(filled, write=True) as store:
        again = graph_of(english())
        assert version_iri(ACME, english().document.sha256) == again.version_iri
        assert store.put([again], force=True) == ["replaced"]
    assert len(links(run)) == 2
    assert run("same", "check").code == 0
    assert run("remove", CZECH, "--yes").code == 0
    told = run("same", "check", "--format", "json")
    assert told.code == 2
    (problem,) = told.json["problems"]
    assert (problem["kind"], len(problem["links"])) == ("gone", 1)
    assert "No policy in force names the party" in run("same", "check").out
    assert run("same", "remove", "--gone", "--yes").code == 0
    assert links(run) == {("Acme Ltd", "owl:sameAs", "Q1")}
    assert run("same", "check").code == 0


def test_links_are_taken_out_by_what_they_name(run: Run, filled: Path, tmp_path: Path) -> None:
    table = write(tmp_path, "m.csv", "policy,name,wikidata,lei", f"{ACME},Acme,Q1,{LEI}")
    assert run("same", "add", table).code == 0
    assert run("same", "remove", "Q2", "--yes").code == 2
    assert run("same", "remove").code == 2
    assert len(links(run)) == 2
    assert run("same", "remove", LEI.lower(), "--yes", "--format", "json").json["removed"][0]["target"].endswith(LEI)
    assert links(run) == {("Acme Ltd", "owl:sameAs", "Q1")}
    assert run("same", "remove", "--all", "--yes").code == 0
    assert "No links in" in run("same", "list").out


def test_links_that_others_wrote_are_checked_too(run: Run, filled: Path) -> None:
    acme = party(run, ACME)
    with open_store(filled, write=True) as store:
        store.update(
            f"PREFIX owl: <http://www.w3.org/2002/07/owl#> INSERT DATA {{ GRAPH <{SAME_GRAPH}> {{ "
            f"<{acme}> owl:sameAs <{REGISTER}> , <urn:x> , <http://www.wikidata.org/entity/Q1> , "
            "<http://www.wikidata.org/entity/Q2> , <https://www.wikidata.org/wiki/Q2> }}"
        )
    told = run("same", "check", "--format", "json")
    assert told.code == 2
    assert sorted(one["kind"] for one in told.json["problems"]) == ["conflict", "form", "form", "form"]


@pytest.mark.parametrize(("kind", "name"), [("csv", "mapping.csv"), ("turtle", "mapping.ttl")])
def test_the_mappings_in_the_docs_can_be_added(run: Run, empty: Path, tmp_path: Path, kind: str, name: str) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "same.md").read_text(encoding="utf-8")
    (mapping,) = re.findall(rf"```{kind}\n(.*?)```", page, re.S)
    samples = Path(api.__file__).parent / "samples" / "en"
    shutil.copytree(samples, tmp_path / "policies" / "en")
    assert run("ingest", tmp_path / "policies", "--jobs", "1").code == 0
    assert run("same", "add", write(tmp_path, name, mapping)).code == 0
    assert ("Fernway Books Ltd", "owl:sameAs", "Q42") in links(run)
    (asked,) = re.findall(r"```sparql\n(.*?)```", page, re.S)
    assert "fernway-books" in run("query", asked).out
