"""Queries made ready: read, measured and checked once, however often they are asked.

In: a query's text. Out: `Prepared`: the document or the errors that a client can mend. The checks go from the cheap to
the dear: length, tokens, then depth, aliases and fields (`measure`), then validation; each costs linear time.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules
from strawberry.schema.schema import validate_document

from .limits import CHARACTERS, Limits, refusal
from .measure import measure

#: Queries that are kept ready. Clients ask few different ones; values belong into variables.
KEPT = 256
#: Errors that are told of one query.
TOLD = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """``document`` is None where ``errors`` say why."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()


class Documents:
    """The queries that were asked last, ready to be answered."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self.schema = schema
        self.limits = limits
        self._known: OrderedDict[bytes, Prepared] = OrderedDict()

    def prepare(self, query: str) -> Prepared:
        """A query's document, or what is wrong with it."""
        if len(query) > self.limits.tokens * CHARACTERS:
            # not read at all, so that its tokens are not known
            return Prepared(
                None, (refusal("tokens", self.limits.tokens, f"{len(query):,} characters and so too many"),)
            )
        name = hashlib.sha256(query.encode("utf-8", "surrogatepass")).digest()
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._prepare(query)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(name)
        return found

    def _prepare(self, query: str) -> Prepared:
        limits = self.limits
        try:
            document = parse(query, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
            size = measure(document)
            if size.depth > limits.depth:
                return Prepared(None, (refusal("depth", limits.depth, size.depth),))
            if size.aliases > limits.aliases:
                return Prepared(None, (refusal("aliases", limits.aliases, size.aliases),))
            if size.fields > limits.cost:
                return Prepared(None, (refusal("cost", limits.cost, size.fields),))
            errors = validate_document(self.schema, document, specified_rules)
            if any(error.message == "Validation aborted." for error in errors):  # fragments in fragments in fragments
                return Prepared(None, (refusal("depth", limits.depth, "far too many"),))
        except GraphQLError as error:
            return Prepared(None, (_told(error, limits),))
        except RecursionError:
            return Prepared(None, (refusal("depth", limits.depth, "far too many"),))
        return Prepared(None, tuple(errors[:TOLD])) if errors else Prepared(document)


def _told(error: GraphQLError, limits: Limits) -> GraphQLError:
    """The parser's words, or ours where it would not read on."""
    if "Document is nested too deeply" in error.message:
        return refusal("depth", limits.depth, "far too many")
    if "Document contains more than" in error.message:
        return refusal("tokens", limits.tokens, f"more than {limits.tokens:,}")
    return error
