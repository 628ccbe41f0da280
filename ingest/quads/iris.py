"""The IRIs of what a policy says: made from its key and content alone, so that the same input gives the same IRIs.

In: keys, digests, paths. Out: absolute IRIs below ``https://w3id.org/clausegraph/id/``, as plain strings.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, unquote

from ...ontology.terms import CGC, ID

_POLICY = f"{ID}policy/"
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")  # what `quote` would leave as it is


def policy_iri(key: str) -> str:
    """The policy's IRI. All of ``key`` but letters, digits and ``-._~`` is percent-encoded, slashes too.

    So any key gives a valid IRI, two keys never give the same one, and no key can reach into another policy's
    versions or parties. Raises ValueError for an empty key.
    """
    if not key:
        raise ValueError("a policy needs a key")
    return _POLICY + _encode(key)


def policy_key(iri: str) -> str:
    """The key behind a policy's IRI or any IRI below it. Raises ValueError for another kind of IRI."""
    if not iri.startswith(_POLICY) or len(iri) == len(_POLICY):
        raise ValueError(f"{iri} is no policy's IRI")
    return unquote(iri[len(_POLICY) :].partition("/")[0], errors="surrogatepass")


def version_iri(key: str, sha256: str) -> str:
    """The IRI of one exact text of the policy, which is also the name of its graph; ``sha256`` is the whole hex."""
    return f"{policy_iri(key)}/version/{sha256[:16].lower()}"


def clause_iri(version: str, path: str) -> str:
    """The IRI of the clause at ``path`` in a version given by IRI."""
    return f"{version}/c/{_encode(path)}"


def party_iri(key: str, name_key: str) -> str:
    """The IRI of a party of the policy with this key. Parties of two policies are never one node."""
    return f"{policy_iri(key)}/party/{hashlib.sha256(name_key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def extractor_iri(digest: str) -> str:
    """The IRI of an extractor, told apart by its digest."""
    return f"{ID}extractor/{_encode(digest)}"


@lru_cache(maxsize=8192)
def concept_iri(concept: str) -> str:
    """The IRI of a concept given by its local name."""
    return CGC + _encode(concept)


def _encode(part: str) -> str:
    return part if _PLAIN.fullmatch(part) else quote(part, safe="", errors="surrogatepass")
