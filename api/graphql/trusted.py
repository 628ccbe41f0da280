"""Trusted documents: queries that who runs the server has read, asked by their ids.

In: a folder of `.graphql` files or JSON maps, or one such map (id → text, as code generators write it). Out: `Trusted`.
A document's ids are the SHA-256 of its text, plain and with “sha256:” before it, and the name it has in the folder or
map.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from graphql import GraphQLError, parse

from ... import ClauseGraphError
from ..problem import HttpProblem
from ..settings import Settings


class BadDocuments(ClauseGraphError):
    """The trusted documents cannot be read."""


class Trusted:
    """The documents by their ids. ``only``: nothing else is answered."""

    def __init__(self, documents: dict[str, str], *, only: bool = False) -> None:
        self.only = only
        self._by_id = dict(documents)
        for text in documents.values():
            name = digest(text)
            self._by_id |= {name: text, f"sha256:{name}": text}

    def text(self, query: str | None, document_id: str | None) -> str:
        """The query to be answered. Raises `HttpProblem` where there is none, or none that may be."""
        if document_id is None:
            if query is None:
                raise HttpProblem(
                    "The request brings no query.", status=400, mend='Send {"query": "…"} as application/json.'
                )
            if self.only and digest(query) not in self._by_id:
                raise HttpProblem(
                    "This server answers only the queries that it knows beforehand.",
                    status=403,
                    mend="Send the id of one of them as documentId, or ask who runs the server to add yours.",
                )
            return query
        found = self._by_id.get(document_id)
        if found is None or (query is not None and query != found):
            wrong = "There is no" if found is None else "The query is not the"
            raise HttpProblem(
                f"{wrong} trusted document “{document_id[:80]}”.",
                status=404 if found is None else 400,
                mend="Send the whole query, or have the document added to those that the server knows."
                if not self.only
                else "Have the document added to those that the server knows.",
            )
        return found


def digest(text: str) -> str:
    """SHA-256 of a query, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_trusted(settings: Settings) -> Trusted:
    """The trusted documents that the settings name. Raises `BadDocuments`."""
    if settings.graphql_documents is None:
        if settings.graphql_only_trusted:
            raise BadDocuments(
                "Only trusted GraphQL documents may be answered, but graphql_documents names none.",
                mend="Set graphql_documents to their folder or JSON file.",
            )
        return Trusted({})
    place = Path(settings.graphql_documents).expanduser()
    if not place.exists():
        raise BadDocuments(f"There are no trusted documents at {place}.", mend="Correct graphql_documents.")
    files = [place] if place.is_file() else sorted([*place.rglob("*.graphql"), *place.rglob("*.json")])
    found: dict[str, str] = {}
    for file in files:
        for name, text in _read(file, file.name if place.is_file() else file.relative_to(place).as_posix()).items():
            if found.setdefault(name, text) != text:
                raise BadDocuments(f"{file}: another document is called “{name}”, too.", mend="Rename one of them.")
            try:
                parse(text)
            except GraphQLError as error:
                raise BadDocuments(f"{file}: “{name}” is no GraphQL: {error.message}", mend="Correct it.") from error
    return Trusted(found, only=settings.graphql_only_trusted)


def _read(file: Path, name: str) -> dict[str, str]:
    """The documents of one file."""
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".json":
            return {name.removesuffix(".graphql"): text}
        found = json.loads(text)
    except (OSError, ValueError) as error:
        raise BadDocuments(f"{file} cannot be read: {error}.", mend="Correct or remove that file.") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise BadDocuments(f"{file} is no map from ids to queries.", mend='Write {"id": "query { … }", …}.')
    return found
