"""The home page: what is in the store, and where to go from there.

In: a request. Out: a page, or the list of policies as JSON (`?format=json`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.responses import Response

from ...queries.linked import linked
from ..reader import reader_of
from ..views.fetch import list_policies
from . import page

router = APIRouter(tags=["pages"])


@router.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """What is in the store."""
    reader = reader_of(request)
    store = await reader.store()
    policies = await run_in_threadpool(list_policies, store)
    if request.query_params.get("format") == "json":
        return JSONResponse([asdict(one) for one in policies])
    return page(
        request,
        "home.html",
        policies=policies,
        vocabularies=await run_in_threadpool(linked, store),
        place=reader.location,
        tongues=Counter(one.language for one in policies).most_common(),
        statements=sum(one.statements for one in policies),
        denied=sum(one.denied for one in policies),
        base=str(request.base_url).rstrip("/"),
    )
