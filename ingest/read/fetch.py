"""One policy from the web.

In: an http(s) address and `Limits`. Out: `Response`: the body with what the server says of it. Redirects are followed
one by one; each host is resolved here, its addresses checked, and the connection made to a checked address, so that
a name that changes its mind between check and connection gains nothing. Raises `ReadError`.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from .addresses import checked_addresses, is_url, normalised
from .errors import cannot_read
from .limits import Limits

if TYPE_CHECKING:
    import httpx

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "clausegraph",
}
_LATER = "try again later, or save the page and give the file."


@dataclass(frozen=True, slots=True)
class Response:
    """``data``: the body, unpacked. ``media_type`` and ``charset`` as the server says ("" and None where it does not).

    ``url``: the address that answered, after redirects.
    """

    data: bytes
    media_type: str
    charset: str | None
    url: str


def fetch(url: str, limits: Limits, *, allow_private_addresses: bool = False, accept: str = "") -> Response:
    """What is at ``url``. Raises `ReadError`: refused, unreachable, too slow, too large, not found.

    ``accept``: the media types to ask for, as in the header; by default those of a document for people.

    The work is done in a thread of its own: neither name resolution nor a server that sends its headers byte by byte
    keeps to any other time limit.
    """
    outcome: queue.Queue[Response | Exception] = queue.Queue(1)

    def work() -> None:
        try:
            outcome.put(_fetch(url, limits, allow_private_addresses, _HEADERS | ({"Accept": accept} if accept else {})))
        except Exception as error:  # handed to the caller's thread, whatever it is
            outcome.put(error)

    threading.Thread(target=work, name=f"fetch {url}", daemon=True).start()
    try:
        result = outcome.get(timeout=limits.url_seconds)
    except queue.Empty:
        raise _too_slow(url, limits) from None
    if isinstance(result, Exception):
        raise result
    return result


def _fetch(url: str, limits: Limits, allow_private: bool, headers: Mapping[str, str]) -> Response:
    import httpx

    deadline = time.monotonic() + limits.url_seconds
    address = normalised(url)
    # No proxies from the environment: a proxy would resolve the name again, unchecked.
    with httpx.Client(follow_redirects=False, trust_env=False) as client:
        for _ in range(limits.max_redirects + 1):
            answer = _ask(client, address, url, limits, deadline, allow_private, headers)
            if isinstance(answer, Response):
                return answer
            address = answer
    raise cannot_read(url, f"it redirects more than {limits.max_redirects} times", "give the address it ends at.")


def _ask(
    client: httpx.Client,
    address: str,
    name: str,
    limits: Limits,
    deadline: float,
    allow_private: bool,
    headers: Mapping[str, str],
) -> Response | str:
    """The answer of one address, or the address it redirects to."""
    import httpx

    parts = urlsplit(address)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    places = checked_addresses(host, port, name=name, allow_private=allow_private)
    failure: Exception | None = None
    for place in places:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _too_slow(name, limits)
        literal = f"[{place}]" if ":" in place else place
        try:
            request = client.build_request(
                "GET",
                urlunsplit((parts.scheme, f"{literal}:{port}", parts.path, parts.query, "")),
                headers={**headers, "Host": parts.netloc},
                extensions={"sni_hostname": host},
                timeout=left,
            )
            response = client.send(request, stream=True)
            try:
                return _answer(response, address, name, limits, deadline)
            finally:
                response.close()
        except httpx.ConnectError as error:
            failure = error  # the next address may answer
        except httpx.TimeoutException as error:
            raise _too_slow(name, limits) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise cannot_read(name, f"the server's answer is broken ({error})", _LATER) from error
    raise cannot_read(name, f"no connection to {host} ({failure})", _LATER) from failure


def _answer(response: httpx.Response, address: str, name: str, limits: Limits, deadline: float) -> Response | str:
    location = response.headers.get("Location")
    if response.status_code in _REDIRECTS and location:
        target = urljoin(address, location)
        if not is_url(target):
            raise cannot_read(name, f"it redirects to {target}, which is no web address", "give another address.")
        return normalised(target)
    if response.status_code != 200:
        raise cannot_read(
            name,
            f"the server answers {response.status_code} {response.reason_phrase}".rstrip(),
            "check the address in a browser; if the page is shown there, save it and give the file.",
        )
    if "," in response.headers.get("Content-Encoding", ""):  # packed twice: a few bytes could unpack to gigabytes
        raise cannot_read(name, "the server packs its answer more than once", "save the page and give the file.")
    body = bytearray()
    for chunk in response.iter_bytes(65_536):
        body += chunk
        if len(body) > limits.max_bytes:
            raise cannot_read(
                name,
                f"it is larger than {limits.max_bytes:,} bytes",
                "give the address of the policy alone.",
            )
        if time.monotonic() > deadline:
            raise _too_slow(name, limits)
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Response(bytes(body), media_type, response.charset_encoding, address)


def _too_slow(name: str, limits: Limits) -> Exception:
    return cannot_read(name, f"it did not answer within {limits.url_seconds:g} seconds", _LATER)
