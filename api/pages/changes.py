"""The page about the changes of a version: old and new words side by side.

In: a version, the one it is compared with (``?since=``, else the one before it). Out: a page.
"""

from __future__ import annotations

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ...queries.store import Store
from ..views.changes import (
    KIND_WORDS,
    ChangeView,
    UnknownVersion,
    aspect_words,
    changes,
    date_of,
    find_version,
    is_denied,
    reread_words,
    summary,
    value_words,
    words_apart,
)
from ..views.fetch import fetch_versions, version_chains
from ..views.model import PolicyView, StatementView
from . import language_of, page


def changes_page(request: Request, store: Store, policy: PolicyView, version: str) -> Response:
    """What a version changes. Raises `HTTPException` 404 where there is nothing to compare it with."""
    lang = language_of(request)
    chain = version_chains(store, [policy.iri])[policy.iri]
    if version not in chain:
        raise HTTPException(404, f"“{policy.shown}” has no version {version}.")
    since = request.query_params.get("since", "")
    try:
        older = find_version(store, policy, since) if since else next(iter(chain[chain.index(version) + 1 :]), "")
    except UnknownVersion as error:
        raise HTTPException(404, f"{error} {error.mend}") from error
    known = fetch_versions(store, chain)
    found = changes(store, older, version) if older else None
    return page(
        request,
        "changes.html",
        policy=policy,
        found=found,
        newer=version,
        told={one: f"{date_of(known[one])} ({one.rpartition('/')[2]})".strip() for one in chain if one in known},
        summary=summary(found) if found else "",
        reread=reread_words(found) if found else "",
        rows=[_row(one, lang) for one in found.changes] if found else [],
    )


def _row(change: ChangeView, lang: str) -> dict[str, object]:
    older, newer = words_apart(_quote(change.before), _quote(change.after))
    both = change.before is not None and change.after is not None

    def values(side: StatementView | None, pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, str, bool]]:
        return [(*value_words(*pair, lang), is_denied(side, pair[0])) for pair in pairs]

    return {
        "change": change,
        "said": change.said,
        "kind": change.kind.lower(),
        "told": KIND_WORDS[change.kind],
        "aspects": [aspect_words(aspect) for aspect in change.aspects],
        "older": [(text, differs and both) for text, differs in older],
        "newer": [(text, differs and both) for text, differs in newer],
        "gained": values(change.after, change.gained),
        "lost": values(change.before, change.lost),
    }


def _quote(view: StatementView | None) -> str:
    return view.quote if view else ""
