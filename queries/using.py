"""The dataset of an update, as the SPARQL protocol's ``using-graph-uri`` and ``using-named-graph-uri`` name it.

In: an update, IRIs. Out: the same update with USING clauses. Nothing that safety rests on happens here: what comes
out still goes through `guard`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from .lexer import Token, tokens
from .store import QueryError

__all__ = ["with_dataset"]

#: What may stand outside braces. Anything else there (two keywords without space between them) is not understood.
_WORDS = frozenset(
    {
        "ADD",
        "ALL",
        "AS",
        "BASE",
        "CLEAR",
        "COPY",
        "CREATE",
        "DATA",
        "DEFAULT",
        "DELETE",
        "DROP",
        "GRAPH",
        "INSERT",
        "INTO",
        "LOAD",
        "MOVE",
        "NAMED",
        "PREFIX",
        "SILENT",
        "TO",
        "VERSION",
        "WHERE",
    }
)


def with_dataset(update: str, using: Sequence[str], named: Sequence[str]) -> str:
    """The update with every WHERE asking these graphs. Raises `QueryError` where it names graphs by itself.

    ``DELETE WHERE { … }``, which takes no USING, becomes ``DELETE { … } USING … WHERE { … }``.
    """
    if not using and not named:
        return update
    try:
        clauses = [f"USING {ox.NamedNode(iri)}" for iri in using] + [
            f"USING NAMED {ox.NamedNode(iri)}" for iri in named
        ]
    except ValueError as error:
        raise QueryError(f"A using-graph-uri is no IRI: {error}.", mend="Give a full https://… address.") from error
    insertion = " ".join(clauses) + " "
    out: list[str] = []
    done = depth = 0
    before: Token | None = None
    everything = list(tokens(update))
    for place, token in enumerate(everything):
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0 and token.kind == "word":
            word = token.text.upper()
            if word in ("USING", "WITH"):
                raise QueryError(
                    f"The update says {word} and the request gives using-graph-uri as well.",
                    mend="Name the graphs in one of the two places.",
                )
            if word not in _WORDS:
                raise QueryError(
                    f"“{token.text[:40]}” in the update is not understood beside using-graph-uri.",
                    mend="Put space between keywords, or write USING into the update itself.",
                )
            if word == "WHERE":
                out.append(update[done : token.start])
                if before is not None and before.text.upper() == "DELETE":
                    out.append(_group(update, everything[place + 1 :]) + " ")
                out.append(insertion)
                done = token.start
        before = token
    return "".join(out) + update[done:]


def _group(update: str, rest: Sequence[Token]) -> str:
    """The text from the first brace to the one that closes it; "" where there is none (which no parser accepts)."""
    depth = 0
    for token in rest:
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            if depth == 0:
                return update[rest[0].start : token.end]
    return ""
