"""The GraphQL schema as it was reviewed, and the page of questions with the answers that the samples give.

`make docs` (CLAUSEGRAPH_WRITE_DOCS=1) writes both anew; read the diff of the schema as its users will: what went away
or got another type breaks their queries.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, build_schema

from clausegraph.api.app import create_app
from clausegraph.api.base import ensure_base
from clausegraph.api.graphql import sdl
from clausegraph.api.settings import Settings

from ..queries.goldens import filled
from .graphql_page import QUESTIONS, page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def compare(file: Path, wanted: str) -> None:
    """Write a made page, or find out whether it has drifted."""
    if os.environ.get("CLAUSEGRAPH_WRITE_DOCS"):
        file.write_text(wanted, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == wanted, "write it anew: make docs"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the app over the samples and an older text of one of them."""
    with filled(tmp_path_factory.mktemp("older") / "texts") as store:
        ensure_base(store)
        settings = Settings(store=":memory:", language="en")
        with TestClient(create_app(settings, store=store), base_url="http://127.0.0.1:8000") as client:
            yield client


def test_the_schema_is_the_one_that_was_reviewed() -> None:
    compare(DOCS / "schema.graphql", sdl())


def test_everything_in_the_schema_that_is_not_plain_is_explained() -> None:
    plain = {"title", "key", "name", "email", "telephone", "address", "description", "summary", "tags", "parameters"}
    plain |= {"practice", "facet", "kind", "effect", "match", "iri", "cursor", "node", "pageInfo", "policy", "start"}
    plain |= {"end", "lang", "columns", "count", "policies", "required", "clauseCount", "hasNextPage", "startCursor"}
    bare = []
    for kind in build_schema(sdl()).type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType | GraphQLEnumType):
            bare += [] if kind.description else [kind.name]
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            bare += [
                f"{kind.name}.{name}"
                for name, field in kind.fields.items()
                if not field.description and name not in plain
            ]
    assert bare == []


def test_the_page_of_questions_answers_as_the_samples_do(client: TestClient) -> None:
    assert len(QUESTIONS) >= 10
    compare(DOCS / "graphql.md", page(client))
