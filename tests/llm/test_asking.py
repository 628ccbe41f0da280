"""Asking a server that stalls, breaks, refuses or recovers; and not asking twice."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clausegraph import ClauseGraphError
from clausegraph.ingest.extractors import Choice, ExtractorError, build
from clausegraph.ingest.llm import ModelExtractor, ModelOptions
from clausegraph.ingest.llm.client import ModelError
from clausegraph.ingest.pipeline import work
from clausegraph.ingest.read import Source, discover
from clausegraph.ingest.records import Extraction
from clausegraph.ingest.segment import segment

from .conftest import Serve, policy
from .server import Asked, Behaviour, Reply, StubModel, knowing, stated

POLICY = "Privacy Policy\n\n1. Data\n\nWe collect your name.\n\n2. Sale\n\nWe never sell your name.\n"
GOOD = knowing(stated("We collect your name.", "Collect"), stated("We never sell your name.", "Sell", "denied"))


def extracted(server: StubModel, options: ModelOptions) -> Extraction:
    document = policy(POLICY)
    return ModelExtractor(replace(options, url=server.url)).extract(document, segment(document))


def first(reply: Reply, times: int = 1) -> Behaviour:
    """Answers with ``reply`` so many times, then well."""
    return lambda asked, number: reply if number < times else GOOD(asked, number)


def test_a_second_run_asks_nothing(serve: Serve, options: ModelOptions) -> None:
    server = serve(GOOD)
    one = extracted(server, options)
    assert len(server.asked) == 2
    assert extracted(server, options) == one
    assert len(server.asked) == 2
    assert not [path for path in options.cache.rglob("*") if path.suffix == ".part"]


def test_another_model_or_another_text_is_asked_for(serve: Serve, options: ModelOptions) -> None:
    server = serve(GOOD)
    extracted(server, options)
    extracted(server, replace(options, model="tiny-2"))
    assert len(server.asked) == 4
    document = policy(POLICY.replace("never sell", "do not sell"))
    ModelExtractor(replace(options, url=server.url)).extract(document, segment(document))
    assert len(server.asked) == 5


@pytest.mark.parametrize("damage", [b"", b"{", b"[1, 2]", b'{"other": 1}', b"\xff\xfe", b'{"statements": "all"}'])
def test_a_broken_entry_is_asked_for_again_and_written_over(serve: Serve, options: ModelOptions, damage: bytes) -> None:
    server = serve(GOOD)
    one = extracted(server, options)
    entries = sorted(options.cache.rglob("*.json"))
    whole = [path.read_bytes() for path in entries]
    entries[0].write_bytes(damage)
    assert extracted(server, options) == one
    assert len(server.asked) == 3
    assert [path.read_bytes() for path in entries] == whole


def test_a_cache_that_cannot_be_written_is_said(serve: Serve, options: ModelOptions, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ExtractorError, match="file") as caught:
        extracted(serve(GOOD), replace(options, cache=tmp_path / "file"))
    assert "CLAUSEGRAPH_LLM_CACHE" in caught.value.mend


@pytest.mark.parametrize(
    "reply",
    [
        Reply("too many", 429),
        Reply("too many", 429, (("retry-after", "0"),)),
        Reply("too many", 429, (("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),)),
        Reply("oh", 500),
        Reply("busy", 503),
        Reply('{"statements": [{"quote": "We'),
        Reply("Here you are:"),
        Reply(""),
        Reply('{"statements": 7}'),
        Reply("{}"),
    ],
)
def test_what_may_pass_is_tried_again(serve: Serve, options: ModelOptions, reply: Reply) -> None:
    server = serve(first(reply, 2))
    assert [one.practice for one in extracted(server, options).statements] == ["Collect", "Sell"]
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "content", ['{"statements": []}', '{"statements": null}', "[]", '```json\n{"statements": []}\n```']
)
def test_nothing_stated_is_an_answer(serve: Serve, options: ModelOptions, content: str) -> None:
    server = serve(lambda asked, number: Reply(content))
    assert extracted(server, options).statements == ()
    assert len(server.asked) == 2


def test_a_server_that_always_fails_fails_the_document(serve: Serve, options: ModelOptions) -> None:
    server = serve(lambda asked, number: Reply("out of memory", 500))
    with pytest.raises(ModelError) as caught:
        extracted(server, options)
    told = str(caught.value)
    assert len(server.asked) == options.tries
    assert told.startswith("made-up.txt, clause ")
    assert "tiny-1" in told
    assert "500" in told
    assert told.endswith(".")
    assert caught.value.mend
    assert not list(options.cache.rglob("*.json"))


def test_what_was_answered_before_a_failure_is_kept(serve: Serve, options: ModelOptions) -> None:
    def behave(asked: Asked, number: int) -> Reply:
        return GOOD(asked, number) if "collect your name" in asked.user else Reply("oh", 500)

    server = serve(behave)
    with pytest.raises(ModelError, match=r"clause 1\.2\.1"):
        extracted(server, options)
    server.behave = GOOD
    before = len(server.asked)
    assert len(extracted(server, options).statements) == 2
    assert len(server.asked) == before + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_will_not_pass_is_not_tried_again(serve: Serve, options: ModelOptions, status: int) -> None:
    server = serve(lambda asked, number: Reply("no", status))
    with pytest.raises(ModelError, match=str(status)) as caught:
        extracted(server, options)
    assert len(server.asked) == 1
    assert caught.value.mend


def test_a_model_that_has_its_own_temperature_is_left_it(serve: Serve, options: ModelOptions) -> None:
    def behave(asked: Asked, number: int) -> Reply:
        if "temperature" in asked.body:
            return Reply("Unsupported value: 'temperature' does not support 0", 400)
        return GOOD(asked, number)

    server = serve(behave)
    assert len(extracted(server, options).statements) == 2
    assert len(server.asked) == 3


def test_silence_ends_in_an_error(serve: Serve, options: ModelOptions) -> None:
    server = serve(lambda asked, number: Reply(stall=True))
    began = time.monotonic()
    with pytest.raises(ModelError, match=r"0\.2 seconds") as caught:
        extracted(server, replace(options, seconds=0.2, tries=2))
    assert time.monotonic() - began < 5
    assert len(server.asked) == 2
    assert "CLAUSEGRAPH_LLM_SECONDS" in caught.value.mend


def test_silence_that_ends_is_forgiven(serve: Serve, options: ModelOptions) -> None:
    server = serve(first(Reply(stall=True)))
    assert len(extracted(server, replace(options, seconds=1)).statements) == 2


def test_a_server_that_is_not_there_is_said(serve: Serve, options: ModelOptions) -> None:
    server = serve(GOOD)
    server.close()
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        extracted(server, replace(options, tries=2))
    assert "CLAUSEGRAPH_LLM_URL" in caught.value.mend


def test_the_key_is_never_told(
    serve: Serve, options: ModelOptions, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    server = serve(lambda asked, number: Reply(f"Incorrect API key: {asked.authorization}", 401))
    secret = replace(options, url=server.url.replace("http://", "http://me:sk-other@"))
    document = policy(POLICY)
    with caplog.at_level(logging.DEBUG), pytest.raises(ModelError) as caught:
        ModelExtractor(secret).extract(document, segment(document))
    shown = capfd.readouterr()
    told = [str(caught.value), caught.value.mend, repr(secret), caplog.text, shown.out, shown.err]
    assert not [one for one in told if "sk-secret" in one]
    assert "sk-other" not in str(caught.value)


def source(folder: Path) -> Source:
    (folder / "made-up.txt").write_text(POLICY)
    (found,) = discover([str(folder / "made-up.txt")])
    return found


def choice(server: StubModel, options: ModelOptions) -> Choice:
    return Choice("llm", (("url", server.url), ("model", "tiny-1"), ("cache", str(options.cache)), ("seconds", "5")))


def test_the_pipeline_takes_the_model_by_name(serve: Serve, options: ModelOptions, tmp_path: Path) -> None:
    done = work(source(tmp_path), choice(serve(GOOD), options))
    assert done.ok
    assert done.summary is not None
    assert (done.summary.statements, done.summary.denied) == (2, 1)
    assert b"llm:tiny-1" in done.nquads


def test_a_document_that_fails_leaves_nothing_half_done(serve: Serve, options: ModelOptions, tmp_path: Path) -> None:
    failed = work(source(tmp_path), choice(serve(lambda asked, number: Reply("no", 401)), options))
    assert not failed.ok
    assert (failed.nquads, failed.summary) == (b"", None)
    assert str(tmp_path / "made-up.txt") in failed.error
    assert "clause 1.1.1" in failed.error


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "llm_url"),
        ({"url": "http://127.0.0.1:1/v1", "cache": "c"}, "llm_model"),
        ({"url": "127.0.0.1:1", "model": "m", "cache": "c"}, "no http or https"),
        ({"url": "ftp://me:sk-other@host/v1", "model": "m", "cache": "c"}, "ftp://host/v1"),
    ],
)
def test_what_is_not_set_is_said_before_anything_is_read(given: dict[str, str], says: str) -> None:
    with pytest.raises(ClauseGraphError, match=says) as caught:
        build(Choice("llm", tuple(given.items())))
    assert "CLAUSEGRAPH_LLM_" in caught.value.mend
    assert "sk-other" not in str(caught.value)
