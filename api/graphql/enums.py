"""The closed lists of the schema. Concepts are data, not enums; these are the few that never grow by a data file.

In: nothing. Out: enums whose values are the ontology's local names (a test compares them with the records).
"""

from __future__ import annotations

from enum import Enum
from typing import cast

import strawberry


def enum_value(value: str, *, description: str) -> str:
    """A described value; strawberry leaves the bare ``value`` in its place, hence the type."""
    return cast(str, strawberry.enum_value(value, description=description))


@strawberry.enum(description="What is done with personal data, or denied: the kind of a statement.")
class Practice(Enum):
    """Practices of the ontology."""

    COLLECT = enum_value("Collect", description="Data is obtained, from whomever.")
    USE = enum_value("Use", description="Data is used for a purpose.")
    SHARE = enum_value("Share", description="Data is disclosed to someone: any disclosure.")
    SELL = enum_value("Sell", description="Data is sold, rented or traded.")
    TRANSFER = enum_value("Transfer", description="Data goes to another country.")
    STORE = enum_value("Store", description="Where data is kept.")
    RETAIN = enum_value("Retain", description="How long data is kept.")
    PROTECT = enum_value("Protect", description="A security measure.")
    GRANT_RIGHT = enum_value("GrantRight", description="A right of the person concerned.")
    OFFER_CHOICE = enum_value("OfferChoice", description="A choice: opt in, opt out, cookie settings.")
    NOTIFY = enum_value("Notify", description="People are told of a change or a breach.")
    PROTECT_CHILD = enum_value("ProtectChild", description="What holds for children.")
    OFFER_CONTACT = enum_value("OfferContact", description="Whom to write to or call.")
    LIMIT_SCOPE = enum_value("LimitScope", description="What the policy covers and what it does not.")
    ASSIGN_ROLE = enum_value("AssignRole", description="Who is controller, who is processor.")


@strawberry.enum(description="What a value of a statement says about it.")
class Facet(Enum):
    """Facets of the ontology, under their plain names for denied statements too."""

    DATA_CATEGORY = enum_value("dataCategory", description="Which data.")
    PURPOSE = enum_value("purpose", description="What for.")
    RECIPIENT = enum_value("recipient", description="What kind of recipient.")
    NAMED_RECIPIENT = enum_value("namedRecipient", description="Which recipient by name; its value is a party.")
    JURISDICTION = enum_value("jurisdiction", description="A place, of any of the kinds below.")
    TRANSFER_DESTINATION = enum_value("transferDestination", description="Where data is transferred to.")
    STORAGE_LOCATION = enum_value("storageLocation", description="Where data is stored.")
    PROCESSING_LOCATION = enum_value("processingLocation", description="Where data is processed.")
    RECIPIENT_LOCATION = enum_value("recipientLocation", description="Where the recipient is.")
    RESIDENCE = enum_value("residence", description="Where the people concerned live.")
    LEGAL_BASIS = enum_value("legalBasis", description="On which legal basis.")
    RETENTION = enum_value("retention", description="How the retention period is set.")
    RIGHT = enum_value("right", description="Which right or choice.")
    MEASURE = enum_value("measure", description="Which security measure.")
    SOURCE = enum_value("source", description="Where the data comes from.")
    DATA_SUBJECT = enum_value("dataSubject", description="Whose data.")
    APPLICABLE_LAW = enum_value("applicableLaw", description="Under which law.")
    AUTHORITY = enum_value("authority", description="Which authority.")
    STORAGE_MEDIUM = enum_value("storageMedium", description="On which medium.")
    CONSEQUENCE = enum_value("consequence", description="What follows if the data is not provided.")
    NECESSITY = enum_value("necessity", description="Whether providing the data is required.")
    AUTOMATED_DECISION = enum_value("automatedDecision", description="Decisions made without people.")
    TRANSFER_SAFEGUARD = enum_value("transferSafeguard", description="What protects data in a transfer.")


@strawberry.enum(description="Whether a statement says that something happens or that it does not.")
class Polarity(Enum):
    """Polarity of a statement."""

    AFFIRMED = enum_value("affirmed", description="The text says that it happens.")
    DENIED = enum_value("denied", description="The text says that it does not happen.")


@strawberry.enum(description="Which statements to look at. BOTH is a deliberate choice: read each one's `polarity`.")
class PolarityFilter(Enum):
    """Polarity asked for."""

    AFFIRMED = enum_value("affirmed", description="Only what the text says happens.")
    DENIED = enum_value("denied", description="Only what the text says does not happen.")
    BOTH = enum_value("both", description="Either.")


@strawberry.enum(description="How strongly a statement is put.")
class Modality(Enum):
    """Modality of a statement."""

    WILL = "Will"
    MAY = "May"
    MUST = "Must"
    SHOULD = "Should"


@strawberry.enum(description="What a clause is in the document.")
class ClauseKind(Enum):
    """Kinds of clauses; every character of a policy belongs to a clause of one of these kinds."""

    HEADING = "Heading"
    PARAGRAPH = "Paragraph"
    LIST_ITEM = "ListItem"
    TABLE_ROW = "TableRow"
    BOILERPLATE = enum_value("Boilerplate", description="Menus, breadcrumbs and the like: no part of the policy.")
    MARKUP = enum_value("Markup", description="Characters of markup left in the text.")
    CONTENTS = enum_value("Contents", description="A table of contents.")


@strawberry.enum(description="What a condition does to its statement.")
class ConditionEffect(Enum):
    """Effects of a condition."""

    ONLY_IF = enum_value("OnlyIf", description="The statement holds only if the condition is met.")
    UNLESS = enum_value("Unless", description="The statement does not hold if the condition is met.")


@strawberry.enum(description="What a condition is about.")
class ConditionKind(Enum):
    """Kinds of conditions."""

    EXCEPTION = "Exception"
    CONSENT = "Consent"
    REQUEST = "Request"
    IF = "If"


@strawberry.enum(description="In which order statements come. Those without the figure asked for come last.")
class StatementOrder(Enum):
    """Orders of statements."""

    PLACE = enum_value("", description="By policy, then as the text has them.")
    MOST_CERTAIN = enum_value("mostCertain", description="By confidence, the highest first.")
    LEAST_CERTAIN = enum_value("leastCertain", description="By confidence, the lowest first: what to check by eye.")
    LONGEST_KEPT = enum_value("longestKept", description="By retention period, the longest first.")
    SHORTEST_KEPT = enum_value("shortestKept", description="By retention period, the shortest first.")


@strawberry.enum(description="In which order policies come.")
class PolicyOrder(Enum):
    """Orders of policies."""

    IRI = enum_value("", description="By IRI.")
    TITLE = enum_value("title", description="By title.")
    NEWEST = enum_value("newest", description="By the date in the text, the newest first; those without one last.")
    LAST_READ = enum_value("lastRead", description="By when it was read in, the newest first.")
    MOST_STATEMENTS = enum_value("mostStatements", description="By how much they state, the most first.")


@strawberry.enum(description="In which order clauses come that a search has found.")
class SearchOrder(Enum):
    """Orders of a search."""

    MOST_HITS = enum_value("hits", description="Those in which the words occur most often first.")
    PLACE = enum_value("place", description="By policy, then as the text has them.")


@strawberry.enum(description="How a concept matches one elsewhere.")
class MatchKind(Enum):
    """SKOS matches."""

    EXACT = enum_value("exact", description="They mean the same.")
    CLOSE = enum_value("close", description="They nearly mean the same.")
    BROADER = enum_value("broader", description="The other means more.")
    NARROWER = enum_value("narrower", description="The other means less.")


@strawberry.enum(description="What happened to a fact between two versions.")
class ChangeKind(Enum):
    """Kinds of changes."""

    TURNED_ROUND = enum_value("TurnedRound", description="One version denies what the other affirms.")
    ADDED = enum_value("Added", description="Only the newer version says it.")
    REMOVED = enum_value("Removed", description="Only the older version says it.")
    CHANGED = enum_value("Changed", description="Both speak of it, but say something else.")


@strawberry.enum(description="What about a fact changed between two versions.")
class ChangeAspect(Enum):
    """Aspects of changes."""

    NOW_AFFIRMED = enum_value("NowAffirmed", description="It was denied and is affirmed now.")
    NOW_DENIED = enum_value("NowDenied", description="It was affirmed and is denied now.")
    PUT_OTHERWISE = enum_value(
        "PutOtherwise", description="“Not without your consent” has become “only with your consent”, or the reverse."
    )
    NEW_RECIPIENT = enum_value("NewRecipient", description="It affirms a recipient that the older affirmed nowhere.")
    RECIPIENT_GONE = enum_value("RecipientGone", description="It affirmed a recipient that the newer affirms nowhere.")
    NEW_DATA_CATEGORY = enum_value("NewDataCategory", description="It affirms a kind of data new to the policy.")
    DATA_CATEGORY_GONE = enum_value("DataCategoryGone", description="It affirmed data that the newer affirms nowhere.")
    NEW_PURPOSE = enum_value("NewPurpose", description="It affirms a purpose that the older affirmed nowhere.")
    PURPOSE_GONE = enum_value("PurposeGone", description="It affirmed a purpose that the newer affirms nowhere.")
    CONDITION_ADDED = enum_value("ConditionAdded", description="It had no condition and has one now.")
    CONDITION_DROPPED = enum_value("ConditionDropped", description="It had a condition and has none now.")
    CONDITION_CHANGED = enum_value("ConditionChanged", description="Its condition says something else.")
    RETENTION_LENGTHENED = enum_value("RetentionLengthened", description="The period is longer.")
    RETENTION_SHORTENED = enum_value("RetentionShortened", description="The period is shorter.")
    RETENTION_CHANGED = enum_value("RetentionChanged", description="The period is another; which is longer is open.")
    MODALITY_CHANGED = enum_value("ModalityChanged", description="Another of will, may, must, should.")
    VALUES_CHANGED = enum_value("ValuesChanged", description="It has gained or lost values.")
    SAME_WORDS = enum_value(
        "SameWords", description="Both texts hold the same words; what is read from them differs by their context."
    )
