"""What stored versions amount to: the figures that a list of policies read shows.

In: IRIs of versions, then the rows that the store answers. Out: the SPARQL text, then `Figures` by version. One query
serves any number of versions; its parts are joined by UNION, so that no engine has to find a good order for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .base import Figures
from .catalogue import PREFIXES, iri

_COUNTS = ("clauses", "accounted", "statements", "denied")


def figures_query(versions: Iterable[str]) -> str:
    """Gives rows of ``version`` with its title, language, controller and characters, or with counts."""
    named = f"VALUES ?version {{ {' '.join(iri(version) for version in versions)} }}"

    def counted(chosen: str, pattern: str) -> str:
        return f"{{ SELECT ?version {chosen} WHERE {{ {named} GRAPH ?version {{ {pattern} }} }} GROUP BY ?version }}"

    of_text = (
        "?version cg:text ?text "
        "OPTIONAL { ?version dct:title ?title } OPTIONAL { ?version dct:language ?language } "
        "OPTIONAL { ?version cg:controller ?party . ?party schema:name ?controller }"
    )
    parts = (
        f"{{ SELECT ?version ?title ?language ?controller (STRLEN(?text) AS ?characters) "
        f"WHERE {{ {named} GRAPH ?version {{ {of_text} }} }} }}",
        counted(
            "(COUNT(?node) AS ?clauses) (SUM(?end - ?start) AS ?accounted)",
            "?node cg:clauseKind ?kind ; cg:start ?start ; cg:end ?end",
        ),
        counted("(COUNT(?node) AS ?statements)", "?node cg:inVersion ?version"),
        counted("(COUNT(?node) AS ?denied)", "?node cg:deniedPractice ?practice"),
    )
    return f"{PREFIXES}SELECT * WHERE {{ {' UNION '.join(parts)} }}"


def figures_of(rows: Iterable[Mapping[str, str]]) -> dict[str, Figures]:
    """The figures in the rows of `figures_query`; a version whose text is not stored has none."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if "version" in row:
            found.setdefault(row["version"], {}).update(row)
    return {
        version: Figures(
            title=row.get("title", ""),
            language=row.get("language", ""),
            controller=row.get("controller", ""),
            characters=int(row["characters"]),
            **{name: int(row.get(name, "0")) for name in _COUNTS},
        )
        for version, row in found.items()
        if "characters" in row
    }
