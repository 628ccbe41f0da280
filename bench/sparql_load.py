"""Ask a server over HTTP/1.1 as fast as it answers, for a while, over a number of connections that stay open.

In: JSON on standard input: ``port``, ``connections``, ``seconds``, ``requests`` (texts, asked in turn). Out: JSON on
standard output: ``answered`` (how many), ``seconds``, ``p10``, ``median`` and ``p99`` (seconds an answer took),
``bytes`` (of the first answer's body). Exit code 1 where an answer is not 200. It is a process of its own, so that
asking costs the server no lock of Python's; it reads just enough HTTP to know where an answer ends.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import statistics
import sys
import time
from itertools import cycle
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Unexpected(Exception):
    """An answer that is no 200 with a body; the message holds its beginning."""


def load(port: int, connections: int, seconds: float, requests: list[str]) -> dict[str, Any]:
    """Keep every connection busy for some seconds. Raises `Unexpected`."""
    turns = cycle([request.encode("ascii") for request in requests])
    taken: list[float] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
        began = time.perf_counter()
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line, selectors.EVENT_READ, [time.perf_counter(), b""])
            line.sendall(next(turns))
        while (now := time.perf_counter()) < began + seconds:
            for key, _ in selector.select(seconds):
                line, state = key.fileobj, key.data
                assert isinstance(line, socket.socket)
                state[1] += (piece := line.recv(1 << 18))
                body = body_of(state[1])
                if body is None:
                    if not piece:
                        raise Unexpected("The server closed the connection.")
                    continue
                size = size or len(body)
                now = time.perf_counter()
                taken.append(now - state[0])
                state[:] = [now, b""]
                line.sendall(next(turns))
        for line in lines:
            line.close()
    if not taken:
        raise Unexpected("Nothing was answered in time.")
    cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 99  # the tenth and the last of them
    return {
        "answered": len(taken),
        "seconds": now - began,
        "p10": cuts[9],
        "median": statistics.median(taken),
        "p99": cuts[98],
        "bytes": size,
    }


def body_of(received: bytes) -> bytes | None:
    """The body of an answer that is whole, else None. Raises `Unexpected`."""
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return None
    length = _LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise Unexpected(received[:1000].decode("utf-8", "replace"))
    if length is not None:
        return body if len(body) >= int(length[1]) else None
    return body if body.endswith(b"0\r\n\r\n") else None  # chunked: JSON cannot end so by itself


if __name__ == "__main__":
    try:
        print(json.dumps(load(**json.load(sys.stdin))))
    except Unexpected as error:
        sys.exit(str(error))
