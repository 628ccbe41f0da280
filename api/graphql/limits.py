"""What a query may ask for, and the words in which more is refused.

In: settings; what a query measures. Out: `Limits`, and a `GraphQLError` that names the limit, the value and the mend.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import GraphQLError

from ..settings import Settings

#: Characters a token: more are refused before they are read. Quotes of texts and comments are long.
CHARACTERS = 50
SAYS = {
    "tokens": "The query consists of {value} words and signs; the limit is {allowed}.",
    "depth": "The query is {value} levels deep; the limit is {allowed}.",
    "aliases": "The query uses {value} aliases and repeated fields, its fragments unfolded; the limit is {allowed}.",
    "cost": "The answer may hold {value} values; the limit is {allowed}.",
    "time": "The query was given up after {allowed} seconds.",
}
MEND = {
    "tokens": "Ask in several requests, use fragments for what repeats, and pass values as variables.",
    "depth": "Ask for what lies deeper in a second query that starts from the IRIs of this one.",
    "aliases": "Ask in several requests, or ask for a list (`nodes`, `policies: […]`) in place of one field each.",
    "cost": "Ask for smaller pages (`first`) and follow `endCursor`, or leave out fields below long lists.",
    "time": "Ask for smaller pages (`first`), fewer fields, or less at a time.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one query may take."""

    depth: int = 15
    aliases: int = 50
    tokens: int = 2000
    cost: int = 100_000
    seconds: float = 20.0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Those that the settings name."""
        return cls(
            settings.graphql_depth,
            settings.graphql_aliases,
            settings.graphql_tokens,
            settings.graphql_cost,
            settings.graphql_seconds,
        )


def refusal(limit: str, allowed: float, value: int | str | None = None) -> GraphQLError:
    """The error for a query that takes more than ``allowed``. ``value``: what it takes, where that is known."""
    said = f"{value:,}" if isinstance(value, int) else str(value)
    message = SAYS[limit].format(value=said, allowed=f"{allowed:,g}" if allowed < 1000 else f"{allowed:,.0f}")
    told = {"limit": limit, "allowed": allowed, "value": value, "mend": MEND[limit]}
    return GraphQLError(message, extensions={name: one for name, one in told.items() if one is not None})
