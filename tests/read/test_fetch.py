"""Pages from the web: a server of our own on the loopback address, which is refused unless allowed."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from clausegraph.ingest.read import Limits, ReadError, discover, read_source
from clausegraph.ingest.read.addresses import checked_addresses, is_public, normalised
from clausegraph.ingest.read.fetch import fetch
from clausegraph.ingest.records import Document

CZECH = "<title>Acme</title><p>Společnost Acme shromažďuje osobní údaje, které jí sdělíte při registraci.</p>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers.get("Host", ""))
        path = self.path.partition("?")[0]
        if path == "/policy":
            self.answer(CZECH.encode("cp1250"), {"Content-Type": "text/html; charset=windows-1250"})
        elif path == "/moved":
            self.answer(b"", {"Location": "/policy?from=moved"}, 301)
        elif path == "/loop":
            self.answer(b"", {"Location": "/loop"}, 302)
        elif path == "/inward":
            self.answer(b"", {"Location": "http://10.0.0.1/"}, 302)
        elif path == "/file":
            self.answer(b"", {"Location": "file:///etc/hostname"}, 302)
        elif path == "/large":
            self.answer(gzip.compress(bytes(3_000_000)), {"Content-Encoding": "gzip"})
        elif path == "/twice":
            self.answer(gzip.compress(gzip.compress(b"x")), {"Content-Encoding": "gzip, gzip"})
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"x")
                time.sleep(0.1)
        elif path == "/vocabulary":
            turtle = "text/turtle" in self.headers.get("Accept", "").split(",")[0]
            body = (b"<x:a> <x:b> 1 .", "text/turtle") if turtle else (b"<p>For people</p>", "text/html")
            self.answer(body[0], {"Content-Type": body[1]})
        elif path == "/text":
            self.answer(b"Acme Widgets collects your name and your e-mail address.", {"Content-Type": "text/plain"})
        else:
            self.answer(b"not here", {}, 404)

    def answer(self, body: bytes, headers: dict[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Leaves clients alone that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has seen enough closes the connection."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def read(url: str, **options: object) -> Document:
    (source,) = discover([url], **{"allow_private_addresses": True, **options})  # type: ignore[arg-type]
    return read_source(source)


def test_a_page_is_read_with_what_its_server_says(server: str) -> None:
    document = read(f"{server.replace('//', '//user:secret@')}/policy#top")
    assert document.text.startswith("Společnost Acme shromažďuje")
    assert (document.key, document.url) == (f"{server}/policy", f"{server}/policy")
    assert (document.language, document.encoding, document.title) == ("cs", "windows-1250", "Acme")
    assert document.warnings == ()


def test_a_redirect_is_followed_and_said(server: str) -> None:
    document = read(f"{server}/moved")
    assert document.key == f"{server}/moved"
    assert document.warnings == (f"The address led to {server}/policy?from=moved.",)


def test_other_types_can_be_asked_for(server: str) -> None:
    limits = Limits()
    asked = fetch(f"{server}/vocabulary", limits, allow_private_addresses=True, accept="text/turtle, */*;q=0.1")
    assert (asked.media_type, asked.data) == ("text/turtle", b"<x:a> <x:b> 1 .")
    assert fetch(f"{server}/vocabulary", limits, allow_private_addresses=True).media_type == "text/html"


def test_plain_text_stays_plain(server: str) -> None:
    assert read(f"{server}/text").media_type == "text/plain"


def test_the_host_is_named_though_the_address_is_asked(server: str) -> None:
    port = server.rpartition(":")[2]
    Handler.hosts.clear()
    assert fetch(f"http://localhost:{port}/text", Limits(), allow_private_addresses=True).data
    assert Handler.hosts == [f"localhost:{port}"]


@pytest.mark.parametrize(
    ("path", "limits", "cause"),
    [
        ("/absent", Limits(), "answers 404 Not Found"),
        ("/loop", Limits(max_redirects=3), "redirects more than 3 times"),
        ("/file", Limits(), "file:///etc/hostname, which is no web address"),
        ("/large", Limits(max_bytes=1_000_000), "larger than 1,000,000 bytes"),
        ("/twice", Limits(), "packs its answer more than once"),
        ("/slow", Limits(url_seconds=0.3), "did not answer within 0.3 seconds"),
    ],
)
def test_what_cannot_be_fetched_is_named(server: str, path: str, limits: Limits, cause: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(server + path, limits=limits)
    assert str(caught.value).startswith(f"Cannot read {server}{path}: ") and cause in str(caught.value)
    assert caught.value.mend


def test_private_addresses_are_refused_unless_allowed(server: str) -> None:
    Handler.hosts.clear()
    with pytest.raises(ReadError, match=r"127\.0\.0\.1, an address of this machine") as caught:
        read(f"{server}/policy", allow_private_addresses=False)
    assert "--allow-private-addresses" in caught.value.mend
    assert not Handler.hosts


def resolve_to(monkeypatch: pytest.MonkeyPatch, answers: dict[str, list[str]]) -> list[str]:
    """Let names resolve to what the test says; returns the names asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers[host]]

    monkeypatch.setattr("clausegraph.ingest.read.addresses.socket.getaddrinfo", getaddrinfo)
    return asked


def test_a_redirect_inward_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop counts as public here, the second is checked all the same."""
    monkeypatch.setattr("clausegraph.ingest.read.addresses.is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(ReadError, match=r"10\.0\.0\.1, an address"):
        read(f"{server}/inward", allow_private_addresses=False)


def test_the_checked_address_is_the_one_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that would lead elsewhere at a second look is not looked up a second time."""
    port = server.rpartition(":")[2]
    asked = resolve_to(monkeypatch, {"acme.test": ["127.0.0.1"]})
    monkeypatch.setattr("clausegraph.ingest.read.addresses.is_public", lambda address: True)
    monkeypatch.setattr("socket.create_connection", _only_literal(socket.create_connection))
    Handler.hosts.clear()
    read(f"http://acme.test:{port}/text", allow_private_addresses=False)
    assert Handler.hosts == [f"acme.test:{port}"] and asked[0] == "acme.test" and "acme.test" not in asked[1:]


def _only_literal(connect: object) -> object:
    def checked(address: tuple[str, int], *args: object, **options: object) -> object:
        assert address[0] == "127.0.0.1"
        family = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        family.connect(address)
        return family

    return checked


def test_a_name_with_public_and_private_addresses_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, {"acme.test": ["93.184.216.34", "192.168.0.7"]})
    with pytest.raises(ReadError, match=r"192\.168\.0\.7"):
        checked_addresses("acme.test", 80, name="x", allow_private=False)
    assert checked_addresses("acme.test", 80, name="x", allow_private=True) == ["93.184.216.34", "192.168.0.7"]


def test_nobody_listening_is_said() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(ReadError, match=r"no connection to 127\.0\.0\.1"):
            fetch(f"http://127.0.0.1:{port}/", Limits(url_seconds=5), allow_private_addresses=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Acme.Test:80", "http://acme.test/"),
        ("https://user:secret@acme.test:8443/a/./b/../c?x=1#top", "https://acme.test:8443/a/c?x=1"),
        ("https://acme.test/%7euser/%2f/ochrana údajů", "https://acme.test/~user/%2F/ochrana%20%C3%BAdaj%C5%AF"),
        ("https://例子.test/隱私", "https://xn--fsqu00a.test/%E9%9A%B1%E7%A7%81"),
        ("https://[2606:2800::1]:443/", "https://[2606:2800::1]/"),
        ("https://acme.test./a/..", "https://acme.test/"),
    ],
)
def test_addresses_have_one_normal_form(url: str, normal: str) -> None:
    assert normalised(url) == normal == normalised(normal)


@pytest.mark.parametrize(
    "url", ["ftp://acme.test", "https://", "http://a:b", "http://[::1", "/privacy", f"http://{'a' * 70}.test"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ReadError):
        normalised(url)
