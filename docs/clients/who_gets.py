"""Who gets a kind of data? A typed client in Python: httpx and pydantic, nothing generated.

In: the server's address, a concept. Out: one line a statement. `python who_gets.py http://127.0.0.1:8000 Contact`

Pydantic checks each answer against the classes below, so a change of the schema fails here by name, and a type checker
knows every field. Follows the pages to their end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

QUERY = """
query WhoGets($concept: String!, $after: String) {
  statements(where: { practice: [SHARE, SELL, TRANSFER], concept: $concept }, first: 50, after: $after) {
    nodes {
      iri
      quote
      policy { title key }
      facets(only: [RECIPIENT, NAMED_RECIPIENT]) { label }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


class Answer(BaseModel):
    """What all parts of an answer share: names as GraphQL writes them, nothing unknown, nothing changed."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


class Policy(Answer):
    """The policy that states it."""

    title: str | None
    key: str


class Facet(Answer):
    """A recipient."""

    label: str


class Statement(Answer):
    """One data practice with the words that state it."""

    iri: str
    quote: str
    policy: Policy
    facets: list[Facet]


class PageInfo(Answer):
    """Where the page ends."""

    has_next_page: bool
    end_cursor: str | None


class Statements(Answer):
    """A page."""

    nodes: list[Statement]
    page_info: PageInfo


class Data(Answer):
    """The whole answer."""

    statements: Statements


class Refused(Exception):
    """The server's words, and what mends it."""


def ask(client: httpx.Client, query: str, **variables: Any) -> Any:
    """The data of an answer. Raises `Refused`."""
    answer = client.post("/graphql", json={"query": query, "variables": variables})
    body = answer.json()
    for error in body.get("errors", ()):
        raise Refused(f"{error['message']} {error.get('extensions', {}).get('mend', '')}".strip())
    answer.raise_for_status()
    return body["data"]


def who_gets(client: httpx.Client, concept: str) -> Iterator[Statement]:
    """Every statement by which somebody gets such data."""
    after: str | None = None
    while True:
        page = Data.model_validate(ask(client, QUERY, concept=concept, after=after)).statements
        yield from page.nodes
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def main() -> None:
    """Print the answer."""
    server, concept = sys.argv[1:3]
    with httpx.Client(base_url=server, headers={"Accept": "application/graphql-response+json"}) as client:
        for one in who_gets(client, concept):
            recipients = ", ".join(facet.label for facet in one.facets) or "somebody"
            print(f"{one.policy.title or one.policy.key}: {recipients}: {one.quote}")


if __name__ == "__main__":
    main()
