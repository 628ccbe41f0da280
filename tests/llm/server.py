"""A server on the loopback that stands for an OpenAI-compatible one: it answers, lies, stalls and breaks as told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request as the server saw it."""

    path: str
    authorization: str
    body: dict[str, Any]

    @property
    def system(self) -> str:
        """The instructions."""
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        """The piece."""
        return str(self.body["messages"][1]["content"])


class Reply(NamedTuple):
    """What the server sends: ``content`` is what the model wrote, or the error's words."""

    content: str = '{"statements": []}'
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    stall: bool = False


Behaviour = Callable[[Asked, int], Reply]


class StubModel:
    """Counts and keeps what it was asked; ``behave`` decides the reply to the n-th request (from 0)."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.asked: list[Asked] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner.post(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def post(self, request: BaseHTTPRequestHandler) -> None:
        """One question."""
        body = json.loads(request.rfile.read(int(request.headers["content-length"])))
        asked = Asked(request.path, request.headers.get("authorization", ""), body)
        with self._lock:
            number = len(self.asked)
            self.asked.append(asked)
        reply = self.behave(asked, number)
        if reply.stall:
            self._closing.wait(20)
            return
        message = {"role": "assistant", "content": reply.content}
        sent: dict[str, Any] = {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        }
        data = json.dumps(sent if reply.status == 200 else {"error": {"message": reply.content}}).encode()
        request.send_response(reply.status)
        for name, value in (("content-type", "application/json"), ("content-length", str(len(data))), *reply.headers):
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)

    def close(self) -> None:
        """Stop and wait for it."""
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def serving(behave: Behaviour) -> Iterator[StubModel]:
    """A server for the time of a test."""
    server = StubModel(behave)
    try:
        yield server
    finally:
        server.close()


def stated(quote: str, practice: str, polarity: str = "affirmed", **more: Any) -> dict[str, Any]:
    """A statement as a model writes it."""
    return {"quote": quote, "practice": practice, "polarity": polarity, **more}


def value(facet: str, quote: str, concept: str) -> dict[str, str]:
    """A facet value as a model writes it."""
    return {"facet": facet, "quote": quote, "concept": concept}


def reply(*statements: dict[str, Any]) -> Reply:
    """A well-formed answer."""
    return Reply(json.dumps({"statements": list(statements)}, ensure_ascii=False))


def knowing(*statements: dict[str, Any]) -> Behaviour:
    """A model that gives those of the statements whose quote stands in the piece."""

    def behave(asked: Asked, number: int) -> Reply:
        return reply(*(one for one in statements if one["quote"] in asked.user))

    return behave
