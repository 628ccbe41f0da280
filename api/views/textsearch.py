"""Full-text search over the clauses of what is in force, in words, Chinese included.

In: a store, a query. Out: `Found` clauses with the places of the words in them.

SQLite's FTS5 holds the folded clauses in memory, one index a store; each search first takes in the versions that came
and drops those that went. Ideographs are words of their own there, so that 个资 finds 個資保護法 as a phrase of two.
Words of letters are looked for by their beginning, since Czech and English put endings to them. All must occur; what
stands in quotation marks must occur as it stands.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ... import ClauseGraphError
from ...ontology.terms import CG
from ...queries.store import Store
from .fetch import fetch_clauses, fetch_text
from .folding import fold
from .graph import rows
from .model import ClauseView

#: Versions that are taken in at once: enough to be fast, few enough to bound memory.
CHUNK = 100

_IDEOGRAPH = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_IDEOGRAPH}]+|[^\W_{_IDEOGRAPH}]+")
_PART = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|(\S+)')
_CURRENT = f"SELECT ?version ?digest {{ ?p <{CG}currentVersion> ?version . ?version <{CG}extractorDigest> ?digest }}"


class BadSearch(ClauseGraphError):
    """A query without words."""


class Place(NamedTuple):
    """A clause found, with what orders it: ``hits`` is how often the words occur in it."""

    hits: int
    policy: str
    start: int
    clause: str
    version: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; ``whole``: the last one must not go on."""

    words: tuple[str, ...]
    whole: bool

    @property
    def match(self) -> str:
        """The phrase for FTS5."""
        text = '"' + " ".join(self.words) + '"'
        return text if self.whole else text + "*"

    @property
    def pattern(self) -> str:
        """The phrase for `re`, in folded text."""
        pieces = [re.escape(word) for word in self.words]
        between = [r"[\W_]*" if len(one) == 1 and ord(one) > 0x2E80 else r"[\W_]+" for one in self.words[:-1]]
        body = "".join(piece + gap for piece, gap in zip(pieces, [*between, ""], strict=True))
        letters = not re.match(rf"[{_IDEOGRAPH}]", self.words[0])
        before, after = rf"(?<![^\W_{_IDEOGRAPH}])", rf"(?![^\W_{_IDEOGRAPH}])"
        return (before if letters else "") + body + (after if self.whole and letters else "")


def phrases(query: str) -> tuple[Phrase, ...]:
    """A query taken apart. Raises `BadSearch` where nothing in it is a word."""
    found = []
    for match in _PART.finditer(query):
        quoted = match[4] is None
        words = _words(next(group for group in match.groups() if group is not None))
        if words:
            ideograph = bool(re.match(rf"[{_IDEOGRAPH}]", words[-1]))
            found.append(Phrase(tuple(words), quoted or ideograph))
    if not found:
        raise BadSearch(f"“{query[:100]}” holds no word to look for.", mend="Give at least one word.")
    return tuple(found)


def places(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text; overlapping places are joined."""
    folded = fold(text)
    spans = sorted(match.span() for one in phrases(query) for match in re.finditer(one.pattern, folded))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _words(text: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group()
        found += list(token) if re.match(rf"[{_IDEOGRAPH}]", token) else [token]
    return found


class Index:
    """The clauses of one store. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, str] = {}
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.create_function("occurrences", 2, _occurrences, deterministic=True)
        self._base.executescript(
            """
            CREATE TABLE place (id INTEGER PRIMARY KEY, version TEXT, policy TEXT, clause TEXT, start INT, end INT);
            CREATE INDEX of_version ON place (version);
            CREATE VIRTUAL TABLE said USING fts5(words, tokenize = "unicode61 remove_diacritics 0");
            """
        )

    def search(
        self,
        store: Store,
        query: str,
        *,
        policies: Sequence[str] | None = None,
        by_hits: bool = True,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Place]:
        """The clauses that hold all words: those with most of them first, or by policy and place in the text."""
        with self._lock:
            self._renew(store)
            asked = phrases(query)
            tests, values = ["said MATCH ?"], [" ".join(one.match for one in asked)]
            hits = "occurrences(words, ?)" if by_hits else "0"
            given: list[str | int] = [" ".join(one.match for one in asked)] if by_hits else []
            if policies is not None:
                tests.append(f"policy IN ({', '.join('?' * len(policies))})")
                values += policies
            sql = (
                f"SELECT {hits} AS hits, policy, start, clause, version, end "
                f"FROM said JOIN place ON place.id = said.rowid WHERE {' AND '.join(tests)}"
            )
            given += values
            if after is not None:
                sql = f"SELECT * FROM ({sql}) WHERE (-hits, policy, start, clause) > (?, ?, ?, ?)"
                given += [-after.hits, after.policy, after.start, after.clause]
            sql += " ORDER BY hits DESC, policy, start, clause" + (f" LIMIT {limit:d}" if limit is not None else "")
            return [Place(*row) for row in self._base.execute(sql, given)]

    def count(self, store: Store, query: str, policies: Sequence[str] | None = None) -> int:
        """How many clauses hold all words."""
        return len(self.search(store, query, policies=policies, by_hits=False))

    def policies(self, store: Store, query: str) -> list[str]:
        """The policies of which one clause holds all words."""
        return list(dict.fromkeys(place.policy for place in self.search(store, query, by_hits=False)))

    def _renew(self, store: Store) -> None:
        now = {row["version"]: row["digest"] for row in rows(store, _CURRENT)}
        gone = [version for version, digest in self._held.items() if now.get(version) != digest]
        for version in gone:
            self._base.execute("DELETE FROM said WHERE rowid IN (SELECT id FROM place WHERE version = ?)", [version])
            self._base.execute("DELETE FROM place WHERE version = ?", [version])
            del self._held[version]
        new = [version for version in now if version not in self._held]
        for first in range(0, len(new), CHUNK):
            chunk = new[first : first + CHUNK]
            self._add(fetch_text(store, chunk), fetch_clauses(store, chunk))
            self._held |= {version: now[version] for version in chunk}

    def _add(self, texts: dict[str, str], clauses: dict[str, tuple[ClauseView, ...]]) -> None:
        for version, text in texts.items():
            policy = version.rsplit("/version/", 1)[0]
            for clause in clauses.get(version, ()):
                words = _words(text[clause.start : clause.end])
                row = (version, policy, clause.iri, clause.start, clause.end)
                made = self._base.execute(
                    "INSERT INTO place (version, policy, clause, start, end) VALUES (?, ?, ?, ?, ?)", row
                )
                self._base.execute("INSERT INTO said (rowid, words) VALUES (?, ?)", [made.lastrowid, " ".join(words)])


def _occurrences(words: str, match: str) -> int:
    """How often the phrases of an FTS5 query stand in a clause's words."""
    padded = f" {words} "
    asked = re.findall(r'"([^"]*)"(\*?)', match)
    return sum(padded.count(f" {words}" if going_on else f" {words} ") for words, going_on in asked)


_INDEXES: WeakKeyDictionary[Store, Index] = WeakKeyDictionary()
_MAKING = threading.Lock()


def index_of(store: Store) -> Index:
    """The index of a store, which lives as long as it."""
    with _MAKING:
        if store not in _INDEXES:
            _INDEXES[store] = Index()
        return _INDEXES[store]
