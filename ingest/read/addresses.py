"""Web addresses: their normal form, and which hosts may be asked.

In: URLs and host names. Out: normalised URLs (a policy's key) and checked IP addresses. Raises `ReadError`.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from .errors import cannot_read

_SCHEMES = {"http": 80, "https": 443}
_KEPT = "!$&'()*+,;=:@/~-._"
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def is_url(text: str) -> bool:
    """Whether ``text`` is an http or https address."""
    return text[:8].lower().startswith(("http://", "https://"))


def normalised(url: str) -> str:
    """The normal form: lower-case scheme and host (IDNA), no default port, no user, no fragment, plain escapes.

    Raises `ReadError` for what is no http(s) address.
    """
    mend = "write an address such as https://example.com/privacy."
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise cannot_read(url, f"it is not a web address ({error})", mend) from error
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or not host:
        raise cannot_read(url, "it is not an http or https address", mend)
    host = f"[{host}]" if ":" in host else host
    place = host if port in {None, _SCHEMES[scheme]} else f"{host}:{port}"
    path = _escapes(_without_dots(parts.path or "/"))
    return urlunsplit((scheme, place, path, _escapes(parts.query), ""))


def checked_addresses(host: str, port: int, *, name: str, allow_private: bool) -> list[str]:
    """The IP addresses of ``host`` that may be asked, best first.

    Raises `ReadError` when the name is unknown, or when any address is not public and that is not allowed: a name
    that leads to both kinds is not to be trusted.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise cannot_read(
            name, f'there is no host "{host}" ({error})', "check the address and the network connection."
        ) from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    refused = [address for address in addresses if not is_public(address)]
    if refused and not allow_private:
        raise cannot_read(
            name,
            f'"{host}" is at {refused[0]}, an address of this machine or of a private network',
            "allow it if you trust it (--allow-private-addresses), or save the page and give the file.",
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet: not private, loopback, link-local, reserved, multicast."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        inner = ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.IPv6Network("64:ff9b::/96"):  # NAT64 carries an IPv4 address
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _without_dots(path: str) -> str:
    """The path without ``.`` and ``..`` segments."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept) or "/"


def _escapes(text: str) -> str:
    """Percent escapes in upper case where needed, and none where not."""
    plain = _ESCAPE.sub(lambda match: char if (char := unquote(match[0])) in _UNRESERVED else match[0].upper(), text)
    return quote(plain, safe=f"{_KEPT}%?")
