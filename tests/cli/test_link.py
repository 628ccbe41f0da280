"""`clausegraph link`: vocabularies added, listed, removed; alignments and stored data checked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clausegraph.api import linkcheck
from clausegraph.ontology.alignment import ours
from clausegraph.queries.store import open_store

from .conftest import Run

VOCABULARY = """@prefix ex: <https://voc.example/v#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://voc.example/v> a owl:Ontology ; owl:versionIRI <https://voc.example/%s> ; owl:versionInfo "%s" ;
    <http://purl.org/dc/terms/title> "Words" .
ex:Mail a skos:Concept .
ex:Fax a skos:Concept ; <http://www.w3.org/2003/06/sw-vocab-status/ns#term_status> "sunset" .
"""
ALIGNMENT = """@prefix cgc: <https://w3id.org/clausegraph/concepts#> .
@prefix ex: <https://voc.example/v#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
cgc:EmailAddress skos:exactMatch ex:%s .
"""


@pytest.fixture
def vocabulary(tmp_path: Path) -> Path:
    file = tmp_path / "words.ttl"
    file.write_text(VOCABULARY % ("2", "2"), encoding="utf-8")
    return file


def test_add_list_and_remove(run: Run, empty: Path, vocabulary: Path) -> None:
    ran = run("link", "add", vocabulary)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "✓ Words 2: added\n    7 triples in https://voc.example/2\n"
    assert run("link", "add", vocabulary).out.startswith("✓ Words 2: unchanged\n")
    vocabulary.write_text(VOCABULARY % ("3", "3"), encoding="utf-8")
    replaced = run("link", "add", vocabulary)
    assert replaced.out.startswith("✓ Words 3: replaced, in the place of version 2 (https://voc.example/2)\n")
    listed = run("link", "list")
    assert listed.out.splitlines()[1].split()[:4] == ["Words", "3", "7", "https://voc.example/3"]
    assert run("link", "remove", "words").out == "Removed Words 3 (7 triples, https://voc.example/3).\n"
    assert "No vocabulary is linked" in run("link", "list").out


def test_the_same_as_json(run: Run, empty: Path, vocabulary: Path) -> None:
    (added,) = run("link", "add", vocabulary, "--format", "json").json
    assert (added["state"], added["source"], added["insteadOf"]) == ("added", str(vocabulary), [])
    (listed,) = run("link", "list", "-f", "json").json
    assert listed == added["vocabulary"]
    assert listed["source"] == "words.ttl"
    assert run("link", "remove", "https://voc.example/2", "-f", "json").json == {"removed": listed}
    assert run("link", "list", "-f", "json").json == []


def test_a_bad_file_is_named_and_the_others_land(run: Run, empty: Path, vocabulary: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix ex: <https://e.example/> .\nex:a ex:b\n", encoding="utf-8")
    ran = run("link", "add", bad, tmp_path / "none.ttl", vocabulary)
    assert ran.code == 2
    assert f"✗ {bad}: {bad}, line 3: this is not valid Turtle" in ran.out
    assert "there is no such file" in ran.out
    assert "✓ Words 2: added" in ran.out
    again = run("link", "add", bad, "-f", "json")
    assert (again.code, again.json[0]["state"]) == (2, "failed")
    assert again.json[0]["mend"]
    assert len(run("link", "list", "-f", "json").json) == 1


def test_what_is_not_linked_cannot_be_removed(run: Run, empty: Path, vocabulary: Path) -> None:
    run("link", "add", vocabulary)
    ran = run("link", "remove", "dpv", "-f", "json")
    assert ran.code == 2
    assert "There is no linked vocabulary “dpv”" in ran.err + ran.out


class Served(BaseHTTPRequestHandler):
    """The vocabulary at /voc, without an ending; a page elsewhere."""

    def do_GET(self) -> None:
        found = self.path == "/voc"
        body = (VOCABULARY % ("2", "2")).encode() if found else b"<!DOCTYPE html><html>about it</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/turtle; charset=utf-8" if found else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    thread.join()
    http.server_close()


def test_addresses_go_through_the_gate_of_ingestion(run: Run, empty: Path, server: str) -> None:
    refused = run("link", "add", f"{server}/voc")
    assert refused.code == 2
    assert "an address of this machine or of a private network" in refused.out
    assert run("link", "list", "-f", "json").json == []
    (added,) = run("link", "add", f"{server}/voc", "--allow-private-addresses", "-f", "json").json
    assert (added["state"], added["vocabulary"]["source"]) == ("added", f"{server}/voc")
    page = run("link", "add", f"{server}/page", "--allow-private-addresses")
    assert page.code == 2
    assert "is a web page, not a vocabulary" in page.out


def test_check_needs_something_to_check_against(run: Run, filled: Path) -> None:
    ran = run("link", "check")
    assert ran.code == 2
    assert "nothing to check against" in ran.err
    assert "link add" in ran.err


def test_check_of_a_users_alignment(run: Run, filled: Path, vocabulary: Path, tmp_path: Path) -> None:
    run("link", "add", vocabulary)
    file = tmp_path / "mine.ttl"
    file.write_text(ALIGNMENT % "Mail", encoding="utf-8")
    clean = run("link", "check", "--no-data", "--alignment", file)
    assert (clean.code, clean.err) == (0, "")
    assert clean.out == "1 match and 0 terms of stored data compared with 1 linked vocabulary: no faults.\n"
    file.write_text(ALIGNMENT % "Fax", encoding="utf-8")
    faulty = run("link", "check", "--no-data", "--alignment", file)
    assert faulty.code == 1
    assert "Terms that were given up: 1\n" in faulty.out
    assert "https://voc.example/v#Fax is sunset" in faulty.out
    as_json = run("link", "check", "--no-data", "--alignment", file, "-f", "json")
    assert (as_json.code, as_json.json["clean"]) == (1, False)
    assert [one["kind"] for one in as_json.json["faults"]] == ["given-up"]
    assert as_json.json["faults"][0]["where"] == ["mine.ttl"]
    file.write_text("@prefix broken", encoding="utf-8")
    assert run("link", "check", "--alignment", file).code == 2
    assert run("link", "check", "--alignment", tmp_path / "none.ttl").code == 2


def test_check_of_our_own_and_its_notes(
    run: Run, filled: Path, vocabulary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("link", "add", vocabulary)
    ran = run("link", "check", "--no-data", "-f", "json")
    assert (ran.code, ran.json["claims"], ran.json["notes"]) == (0, 0, [])  # every concept of ours has a match
    assert "https://w3id.org/dpv#" in ran.json["unlinked"]

    claims = tuple(claim for claim in ours() if not claim.subject.endswith(("#EmailAddress", "#Marketing")))
    monkeypatch.setattr(linkcheck, "ours", lambda: claims)
    ran = run("link", "check", "--no-data", "-f", "json")
    assert ran.code == 0
    named = [one["subject"].rpartition("#")[2] for one in ran.json["notes"]]
    assert {"EmailAddress", "Marketing"} <= set(named)  # and codes that have theirs through one of the two
    assert {one["kind"] for one in ran.json["notes"]} == {"unmatched"}
    quiet, loud = run("link", "check", "--no-data"), run("link", "check", "--no-data", "--notes")
    assert f"{len(named)} concepts have no match outside; --notes names them." in quiet.out
    assert f"Concepts without a match: {len(named)}" in loud.out
    assert "the concept above it, cgc:Contact, has one" in loud.out


def test_check_of_the_stored_data(run: Run, filled: Path, vocabulary: Path) -> None:
    run("link", "add", vocabulary)
    assert run("link", "check", "-f", "json").json["values"] > 20
    with open_store(filled, write=True) as store:
        triples = "\n".join(
            f"<https://a.example/{value}> <https://a.example/p> <{space}{value}> ."
            for space, value in (
                ("https://voc.example/v#", "Mail"),
                ("https://voc.example/v#", "Fax"),
                ("https://voc.example/v#", "Maill"),
                ("https://w3id.org/clausegraph/concepts#", "Gone"),
            )
        )
        store.write_graph("https://a.example/view", triples.encode() + b"\n", replace=True)
    ran = run("link", "check", "-f", "json")
    assert ran.code == 1
    # FixedDuration: the hand-made policy uses a name that is in no scheme
    found = {one["subject"].rpartition("#")[2]: one for one in ran.json["faults"]}
    kinds = {name: one["kind"] for name, one in found.items()}
    assert kinds == {"Fax": "given-up", "Maill": "unknown", "Gone": "own", "FixedDuration": "own"}
    del found["FixedDuration"]
    assert all(one["where"] == ["https://a.example/view"] for one in found.values())
    assert found["Maill"]["mend"] == "Did you mean <https://voc.example/v#Mail>?"
    assert "Stored data, once:" in run("link", "check").out
    assert run("link", "check", "--no-data").code == 0
