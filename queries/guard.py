"""The fence before queries and updates that strangers send.

In: SPARQL text. Out: SPARQL text that is safe to run, or `Refused`.

Oxigraph has no switch that turns SERVICE off, and bans on the raw text are bypassed, so two fences stand here:

1. A query without the letters ``service`` holds no such keyword and passes as it is. Any other is parsed by
   rdflib and its algebra searched; what rdflib cannot parse is refused.
2. Two parsers may read one text differently (``"\\u0022"`` is a quotation mark to rdflib, a character to Oxigraph).
   So the letters are then spelled ``\\u0073ervice`` wherever they could be the keyword: Oxigraph reads that as
   the same characters inside strings and IRIs and as a syntax error everywhere else. They are left alone only
   where they continue a name or variable (``cgc:ServiceProvision``, ``?service``), which no keyword does.

Updates are always parsed, and LOAD is fenced like SERVICE.

Both rest on how pyoxigraph reads escapes; a test holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .. import ClauseGraphError

__all__ = ["Refused", "fence_query", "fence_update"]

_LETTERS = re.compile("service", re.IGNORECASE | re.ASCII)
#: A keyword's letters inside a longer name or variable (left alone), or anywhere else (first letter apart).
_IN_QUERIES = re.compile(r"(?P<name>(?:[?$]\w*|:(?:\w[\w-]*)?)service)|(?P<first>s)(?=ervice)", re.I | re.A)
_IN_UPDATES = re.compile(
    r"(?P<name>(?:[?$]\w*|:(?:\w[\w-]*)?)(?:service|load))|(?P<first>s(?=ervice)|l(?=oad))", re.I | re.A
)
_MAX_NESTING = 100


class Refused(ClauseGraphError):
    """The query or update asks for what nobody may ask here."""


def fence_query(sparql: str) -> str:
    """The query, safe to run as it is returned. Raises `Refused` for SERVICE and for what cannot be judged.

    Costs microseconds for a query without the letters ``service``, some 10 ms once for one with them.
    """
    if _LETTERS.search(sparql) is None:
        return sparql
    reason = _judge_query(sparql)
    if reason:
        raise Refused(reason, mend=_MEND)
    return _IN_QUERIES.sub(_spell, sparql)


def fence_update(sparql: str) -> str:
    """The same for an update, where LOAD is refused too. Every update is parsed: some 10 ms for a small one."""
    reason = _judge_update(sparql)
    if reason:
        raise Refused(reason, mend=_MEND)
    return _IN_UPDATES.sub(_spell, sparql)


_MEND = "Ask only about what this store holds; load other data with the command line, then ask."


def _spell(match: re.Match[str]) -> str:
    return match["name"] or f"\\u{ord(match['first']):04x}"


@lru_cache(maxsize=1024)
def _judge_query(sparql: str) -> str:
    """Why the query is refused, empty if it is not. (A word, not an exception: the verdict is cached.)"""
    from rdflib.plugins.sparql.algebra import translateQuery  # 0.3 s that most queries need not wait for
    from rdflib.plugins.sparql.parser import parseQuery

    if _too_deep(sparql):
        return "The query is nested too deeply to be judged safe."
    try:
        return _search(translateQuery(parseQuery(sparql)).algebra)
    except RecursionError:
        return "The query is nested too deeply to be judged safe."
    except Exception as error:  # fail closed, whatever rdflib stumbles over
        return _unread("query", error)


@lru_cache(maxsize=1024)
def _judge_update(sparql: str) -> str:
    from rdflib.plugins.sparql.algebra import translateUpdate
    from rdflib.plugins.sparql.parser import parseUpdate

    if _too_deep(sparql):
        return "The update is nested too deeply to be judged safe."
    try:
        operations = translateUpdate(parseUpdate(sparql)).algebra
        return next((reason for each in operations if (reason := _search(each))), "")
    except RecursionError:
        return "The update is nested too deeply to be judged safe."
    except Exception as error:  # fail closed
        return _unread("update", error)


def _unread(what: str, error: Exception) -> str:
    return f"The {what} could not be read well enough to be judged safe: {str(error).strip() or type(error).__name__}."


def _too_deep(sparql: str) -> bool:
    depth = deepest = 0
    for character in sparql:
        if character in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth -= 1
    return deepest > _MAX_NESTING


def _search(root: object) -> str:
    """Look at every node of the algebra, inside filters, subqueries and property paths too."""
    from rdflib.plugins.sparql.parserutils import CompValue

    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            if "service" in node.name.lower():
                return "SERVICE is refused: this endpoint asks no other server."
            if node.name == "Load":
                return "LOAD is refused: this endpoint fetches nothing."
            stack.extend(node.values())
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, Iterable) and not isinstance(node, str | bytes):
            stack.extend(node)
    return ""
