"""Score one document: which counts each statement brings to each measure.

In: gold and predicted `Fact`s. Out: `DocumentScore` with its units (one a gold statement or unmatched prediction).

Measures are named ``statements``, ``strict`` and ``lenient`` (facet values, all facets together), ``conditions``,
``lenient+conditions``, ``polarity``, ``facts`` (document facts), ``facts lenient``, and, in parts,
``strict/<facet>``, ``lenient/<facet>``, ``practice/<Practice>``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .concepts import Terms
from .match import Pair, denials_read_as_affirmed, match_guards, match_statements, match_values
from .model import Fact, Value


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Share of the predicted that is right; None where nothing was predicted."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None where gold has nothing."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean; None only where neither gold nor prediction has anything."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


Unit = Mapping[str, Counts]


@dataclass(frozen=True)
class DocumentScore:
    """How one document's predictions compare with its gold.

    ``pairs`` index ``gold`` and ``predicted`` (practice, polarity and span agree); ``loose`` pairs leave polarity
    out; ``value_pairs[pair]`` are the lenient value matches of a pair and ``strict_pairs`` the strict ones;
    ``denials`` are (gold, predicted) of the denials read as affirmed.
    """

    name: str
    language: str
    gold: tuple[Fact, ...]
    predicted: tuple[Fact, ...]
    pairs: tuple[Pair, ...]
    loose: tuple[Pair, ...]
    denials: tuple[Pair, ...]
    strict_pairs: Mapping[Pair, tuple[Pair, ...]]
    value_pairs: Mapping[Pair, tuple[Pair, ...]]
    guard_pairs: Mapping[Pair, tuple[Pair, ...]]
    facts: Counts
    facts_lenient: Counts
    units: tuple[Unit, ...] = field(repr=False)

    @cached_property
    def counts(self) -> Mapping[str, Counts]:
        """The document's counts, measure by measure (those without any are absent)."""
        total = add_units(self.units)
        total["facts"] = self.facts
        total["facts lenient"] = self.facts_lenient
        return total


def add_units(units: Iterable[Unit]) -> dict[str, Counts]:
    """The sum of the units' counts, measure by measure."""
    total: dict[str, Counts] = {}
    for unit in units:
        for measure, counts in unit.items():
            total[measure] = total.get(measure, Counts()) + counts
    return total


def score_document(
    name: str, language: str, gold: Sequence[Fact], predicted: Sequence[Fact], terms: Terms
) -> DocumentScore:
    """Compare the predictions for one document with its gold (pure; order of the inputs is kept)."""
    pairs = match_statements(gold, predicted)
    loose = match_statements(gold, predicted, polarity=False)
    strict: dict[Pair, tuple[Pair, ...]] = {}
    lenient: dict[Pair, tuple[Pair, ...]] = {}
    guards: dict[Pair, tuple[Pair, ...]] = {}
    for left, right in pairs:
        one, other = gold[left], predicted[right]
        strict[left, right] = tuple(match_values(one.values, other.values, None))
        lenient[left, right] = tuple(match_values(one.values, other.values, terms))
        guards[left, right] = tuple(match_guards(one.guards, other.guards))
    agree = {left: gold[left].denied == predicted[right].denied for left, right in loose}
    matched = dict(pairs)
    units: list[Unit] = []
    for left, fact in enumerate(gold):
        if left in matched:
            pair = left, matched[left]
            unit = _unit(fact, predicted[pair[1]], strict[pair], lenient[pair], guards[pair])
        else:
            unit = _unit(fact, None, (), (), ())
        if left in agree:
            unit["polarity"] = Counts(tp=1) if agree[left] else Counts(fp=1, fn=1)
        units.append(unit)
    taken = set(matched.values())
    units.extend(_unit(None, other, (), (), ()) for right, other in enumerate(predicted) if right not in taken)
    return DocumentScore(
        name=name,
        language=language,
        gold=tuple(gold),
        predicted=tuple(predicted),
        pairs=tuple(pairs),
        loose=tuple(loose),
        denials=tuple(denials_read_as_affirmed(gold, predicted, pairs)),
        strict_pairs=strict,
        value_pairs=lenient,
        guard_pairs=guards,
        facts=_facts(gold, predicted, None),
        facts_lenient=_facts(gold, predicted, terms),
        units=tuple(units),
    )


def _unit(
    gold: Fact | None,
    predicted: Fact | None,
    strict: Sequence[Pair],
    lenient: Sequence[Pair],
    guards: Sequence[Pair],
) -> dict[str, Counts]:
    """The counts of a matched pair, a miss (no prediction) or a false alarm (no gold)."""
    statement = Counts(int(bool(gold and predicted)), int(gold is None), int(predicted is None))
    known = gold or predicted
    assert known is not None
    unit = {"statements": statement, f"practice/{known.practice}": statement}
    wanted = gold.values if gold else ()
    given = predicted.values if predicted else ()
    for measure, pairs in (("strict", strict), ("lenient", lenient)):
        for facet, counts in _by_facet(wanted, given, pairs).items():
            unit[measure] = unit.get(measure, Counts()) + counts
            unit[f"{measure}/{facet}"] = counts
    found, asked, made = len(guards), len(gold.guards) if gold else 0, len(predicted.guards) if predicted else 0
    if asked or made:
        unit["conditions"] = Counts(found, made - found, asked - found)
    if "lenient" in unit or "conditions" in unit:
        unit["lenient+conditions"] = unit.get("lenient", Counts()) + unit.get("conditions", Counts())
    return unit


def _by_facet(wanted: Sequence[Value], given: Sequence[Value], pairs: Sequence[Pair]) -> dict[str, Counts]:
    asked = Counter(value.facet for value in wanted)
    made = Counter(value.facet for value in given)
    found = Counter(wanted[left].facet for left, _ in pairs)
    return {
        facet: Counts(found[facet], made[facet] - found[facet], asked[facet] - found[facet])
        for facet in sorted(asked | made)
    }


def _facts(gold: Sequence[Fact], predicted: Sequence[Fact], terms: Terms | None) -> Counts:
    """Compare the sets of (practice, polarity, facet, concept); with ``terms``, one to one within each facet."""
    wanted, given = _fact_set(gold), _fact_set(predicted)
    found = 0
    for key in wanted.keys() & given.keys():
        left = [Value(key[2], concept, 0, 0) for concept in sorted(wanted[key])]
        right = [Value(key[2], concept, 0, 0) for concept in sorted(given[key])]
        found += len(match_values(left, right, terms))
    asked = sum(map(len, wanted.values()))
    made = sum(map(len, given.values()))
    return Counts(found, made - found, asked - found)


def _fact_set(facts: Sequence[Fact]) -> dict[tuple[str, bool, str], set[str]]:
    found: dict[tuple[str, bool, str], set[str]] = {}
    for fact in facts:
        for value in fact.values:
            found.setdefault((fact.practice, fact.denied, value.facet), set()).add(value.concept)
    return found
