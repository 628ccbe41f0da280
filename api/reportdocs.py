"""The saved reports in the OpenAPI description: one typed operation each.

In: the description that FastAPI makes, the reports. Out: the same with ``/reports/NAME`` for every report, its
parameters with type, default and allowed values, its columns as the schema of the rows. Broken reports are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import FastAPI

from ..ontology.vocabulary import load_vocabulary
from ..queries.report import Column, Parameter, Report, list_reports
from .reports import ENDINGS, MEDIA_TYPES

__all__ = ["install"]

_TYPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "iri": {"type": "string", "format": "uri"},
}
_PROBLEM = {
    "description": "The question is wrong; the text says what mends it.",
    "content": {"application/problem+json": {}},
}


def install(app: FastAPI, folders: Iterable[str]) -> None:
    """Let the app's description name every report that there is when it is first asked for."""
    plain: Callable[[], dict[str, Any]] = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            described_reports(plain(), list_reports(folders))
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]  # FastAPI documents this way


def described_reports(schema: dict[str, Any], reports: Iterable[Report]) -> None:
    """Add the operations to the description, in place."""
    schemas: dict[str, Any] = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["ReportCell"] = {
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": {"type": "string", "description": "For people."},
            "iri": {"type": "string", "format": "uri", "description": "The thing, where it is one."},
            "number": {"type": "number"},
        },
    }
    for report in reports:
        if not report.error:
            schema["paths"][f"/reports/{report.name}"] = {"get": _operation(report, schemas)}


def _operation(report: Report, schemas: dict[str, Any]) -> dict[str, Any]:
    words = "".join(part.title() for part in report.name.split("-"))
    schemas[f"Report{words}"] = _answer(report.columns)
    content: dict[str, Any] = {media_type: {"schema": {"type": "string"}} for media_type in MEDIA_TYPES.values()}
    content["application/json"] = {"schema": {"$ref": f"#/components/schemas/Report{words}"}}
    reserved = [
        {"name": "lang", "in": "query", "description": "Language of the labels.", "schema": {"type": "string"}},
        {"name": "format", "in": "query", "schema": {"type": "string", "enum": sorted(ENDINGS)}},
    ]
    return {
        "operationId": f"report{words}",
        "tags": ["reports"],
        "summary": report.title,
        "description": f"{report.summary} {report.description}".strip(),
        "parameters": [_parameter(one, schemas) for one in report.parameters] + reserved,
        "responses": {"200": {"description": "The answer.", "content": content}, "400": _PROBLEM},
    }


def _parameter(parameter: Parameter, schemas: dict[str, Any]) -> dict[str, Any]:
    """One query parameter; it may be repeated, which means any of the values."""
    value = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.values:
        value["enum"] = list(parameter.values)
    elif parameter.type == "concept":
        name = "Concept" + "".join(part.title() for part in parameter.scheme.split("-"))
        schemas.setdefault(name, {"type": "string", "enum": _concepts(parameter.scheme)})
        value = {"$ref": f"#/components/schemas/{name}"}
    described: dict[str, Any] = {"type": "array", "items": value}
    if parameter.default:
        described["default"] = [_plain(term) for term in parameter.default]
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and not parameter.default,
        "description": parameter.description,
        "schema": described,
    }


def _concepts(scheme: str) -> list[str]:
    return sorted(concept.id for concept in load_vocabulary().in_scheme(scheme))


def _plain(term: str) -> str | float:
    """A default as a client would write it."""
    if term.startswith(("cg:", "cgc:")):
        return term.partition(":")[2]
    try:
        return float(term)
    except ValueError:
        return term.strip('"')


def _answer(columns: Iterable[Column]) -> dict[str, Any]:
    """What `tables.to_json` makes of a report."""
    cells = {column.name: {"$ref": "#/components/schemas/ReportCell", "title": column.title} for column in columns}
    text = {"type": "string"}
    row = {"type": "object", "required": list(cells), "properties": cells}
    return {
        "type": "object",
        "required": ["report", "title", "lang", "parameters", "columns", "rows"],
        "properties": {
            "report": text,
            "title": text,
            "lang": text,
            "parameters": {"type": "object"},
            "columns": {"type": "array", "items": {"type": "object", "properties": {"name": text, "title": text}}},
            "rows": {"type": "array", "items": row},
        },
    }
