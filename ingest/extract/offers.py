"""Which values a statement might take, and which of them it takes.

In: a draft with its sentence's `Facts`, what the rules admitted, and what its list head, the sentence before and its
heading say. Out: the mentions that its marks support when all are weighed together.

What stands in an exception or in a denied part of the sentence is never weighed: it belongs to neither permission.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...ontology.vocabulary import load_vocabulary
from ..records import Mention
from .admit import ADMITTED, GENERIC, giver, place, rivalled, turned_down
from .context import Draft
from .facts import Facts
from .reading import Sentence
from .weights import Features, Model, model, probability

#: Probability from which a value is taken: where precision and recall were level on the annotated policies.
THRESHOLD = 0.37


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that a statement might take.

    ``origin``: "own" (its sentence names it), "said" (a construction implies it), "head", "previous", "heading".
    ``ruled``: the rules admit it.
    """

    mention: Mention
    origin: str
    zone: str = "main"
    weak: bool = False
    composed: bool = False
    ruled: bool = False


def offered(
    facts: Facts, draft: Draft, rivals: Sequence[Draft], admitted: Iterable[Mention], inherited: Sequence[Offer]
) -> list[Offer]:
    """Everything the statement might take: own values first, each facet, concept and place once."""
    ruled = {(m.facet, m.concept, m.start): m for m in admitted}
    out: dict[tuple[str, str, int], Offer] = {}
    turned = {v.mention.facet for v in facts.values if v.zone == "denied"}
    for value in facts.values:
        if value.zone == "exception" or (value.zone == "denied" and draft.zone != "denied"):
            continue
        if draft.zone == "denied" and (
            value.zone not in ("denied", "main") or (value.zone == "main" and value.mention.facet in turned)
        ):
            continue
        if rivalled(facts, draft, value, rivals) or turned_down(facts, draft, value) or giver(draft, value.mention):
            continue
        mention = place(draft, value.mention)
        key = (mention.facet, mention.concept, mention.start)
        out.setdefault(key, Offer(mention, "own", value.zone, value.weak, value.composed, key in ruled))
    for key, mention in ruled.items():
        out.setdefault(key, Offer(mention, "said" if not mention.inherited_from else "ruled", ruled=True))
    for offer in inherited:
        mention = offer.mention
        key = (mention.facet, mention.concept, mention.start)
        out.setdefault(key, offer)
    return list(out.values())


def features(facts: Facts, draft: Draft, offers: Sequence[Offer], rivals: Sequence[Draft] = ()) -> list[Features]:
    """The features of each offer, in their order; ``rivals`` are the sentence's other drafts."""
    shared = _Shared(facts, draft, offers, [r for r in rivals if r.practice != draft.practice])
    return [shared.of(offer) for offer in offers]


class _Shared:
    """What the offers of one statement have in common."""

    def __init__(self, facts: Facts, draft: Draft, offers: Sequence[Offer], rivals: Sequence[Draft]) -> None:
        self.facts, self.draft, self.rivals = facts, draft, rivals
        self.beside = [f"with:{min(3, len(rivals))}", *sorted({f"with:{rival.practice}" for rival in rivals})]
        sentence = facts.sentence
        self.step = 40 if sentence.reading.words else 12
        self.language = sentence.reading.lexicon.language
        self.own = [o.mention for o in offers if o.origin == "own"]
        self.number = Counter(m.facet for m in self.own)
        self.from_elsewhere = Counter((o.origin, o.mention.facet) for o in offers if o.origin != "own")
        self.refers = sentence.has("anaphora", "data")
        self.clause = sentence.clause_of(draft.at) if draft.at >= 0 else None
        self.vocabulary = load_vocabulary()

    def of(self, offer: Offer) -> Features:
        mention, draft = offer.mention, self.draft
        practice, facet = draft.practice, mention.facet
        marks = [offer.origin, offer.zone, f"ruled:{offer.ruled}", f"denied:{draft.denied}", self.language]
        marks += [f"made:{mention.rule.split(':')[0]}", f"of its facet:{min(4, self.number[facet])}", *self.beside]
        for name, holds in (
            ("weak", offer.weak),
            ("composed", offer.composed),
            (f"composed in {offer.zone}", offer.composed),
            ("named", bool(mention.party)),
            ("foreign", facet not in ADMITTED[practice]),
            ("item", self.facts.context.item),
        ):
            if holds:
                marks.append(name)
        marks += self._place(offer) if offer.origin == "own" else self._origin(offer)
        concept = f"concept {mention.concept}"
        return [
            ("", [offer.origin, offer.zone, f"ruled:{offer.ruled}", *(["weak"] if offer.weak else ())]),
            (facet, [*marks, practice, *(f"rule:{rule}" for rule in draft.rules)]),
            (f"{facet} of {practice}", marks),
            (concept, ["", practice, offer.origin, *(["weak"] if offer.weak else ())]),
            (f"beside {facet}", _neighbours(self.facts.sentence, mention) if offer.origin == "own" else ()),
        ]

    def _origin(self, offer: Offer) -> list[str]:
        origin, facet = offer.origin, offer.mention.facet
        return [
            f"{origin} beside own:{self.number[facet] > 0}",
            f"{origin} of:{min(6, self.from_elsewhere[origin, facet])}",
            f"{origin} item:{self.facts.context.item}",
            f"{origin} refers:{self.refers}",
        ]

    def _place(self, offer: Offer) -> list[str]:
        """How the value stands to the verb and to the other values."""
        mention, facts, draft = offer.mention, self.facts, self.draft
        marks = [f"at:{min(4, (mention.start - facts.sentence.start) // (self.step + 10))}"]
        if mention.start - facts.sentence.start < 4:
            marks.append("opens")
        if self.clause is not None:
            same = self.clause[0] <= mention.start < self.clause[1]
            after = mention.start >= draft.at
            marks += [f"clause:{same} after:{after}", f"after:{after}"]
            marks.append(f"far:{min(5, abs(mention.start - draft.at) // self.step)}")
            marks += self._verbs(mention)
        else:
            marks.append("no verb")
        before = [frame.kind for frame in facts.frames if frame.hit.start <= mention.start]
        if before:
            marks.append(f"behind:{before[-1]}")
        if any(f.hit.start < mention.end and mention.start < f.hit.end for f in facts.frames):
            marks.append("in verb")
        for other in self.own:
            if other is mention or (other.start, other.end, other.facet, other.concept) == (
                mention.start,
                mention.end,
                mention.facet,
                mention.concept,
            ):
                continue
            inside = other.start <= mention.start and mention.end <= other.end
            if inside and other.facet != mention.facet:
                marks.append(f"inside:{other.facet}")
            elif inside and (other.start, other.end) != (mention.start, mention.end):
                marks.append("nested")
            if other.facet != mention.facet:
                continue
            if 0 <= other.start - mention.end <= 6 or 0 <= mention.start - other.end <= 6:
                marks.append("listed")
            if other.concept == mention.concept:
                marks.append("again" if other.start < mention.start else "first of two")
            elif self._above(mention.concept, other.concept):
                marks.append("above another")
        return list(dict.fromkeys(marks))

    def _verbs(self, mention: Mention) -> list[str]:
        """Whether the statement's own verb is the nearest, and the last before the value, of the sentence's verbs."""
        verbs = [self.draft, *(rival for rival in self.rivals if rival.at >= 0)]
        own = abs(self.draft.at - mention.start)
        marks = [f"nearest:{all(own <= abs(verb.at - mention.start) for verb in verbs)}"]
        before = [verb for verb in verbs if verb.at <= mention.start]
        if before:
            last = max(before, key=lambda verb: verb.at)
            marks.append("behind own verb" if last is self.draft else f"behind verb of {last.practice}")
        return marks

    def _above(self, concept: str, other: str) -> bool:
        return self.vocabulary.get(other) is not None and concept in self.vocabulary.ancestors(other)


def _neighbours(sentence: Sentence, mention: Mention) -> list[str]:
    """The one and the two words (stems; in Chinese characters) right before and right behind a mention."""
    reading = sentence.reading
    if reading.words:
        tokens, stem = reading.view.tokens, reading.stem
        first, last = reading.view.token_at(mention.start), reading.view.token_at(mention.end)
        before = [
            stem(t.text) if t.word else t.text for t in tokens[max(0, first - 2) : first] if t.start >= sentence.start
        ]
        behind = [stem(t.text) if t.word else t.text for t in tokens[last : last + 2] if t.end <= sentence.end]
        pairs = (" ".join(before), " ".join(behind))
    else:
        before = list(reading.view.folded[max(sentence.start, mention.start - 2) : mention.start])
        behind = list(reading.view.folded[mention.end : min(sentence.end, mention.end + 2)])
        pairs = ("".join(before), "".join(behind))
    return [
        f"w:before {before[-1] if before else '^'}",
        f"w:before {pairs[0]}",
        f"w:behind {behind[0] if behind else '$'}",
        f"w:behind {pairs[1]}",
    ]


def taken(
    facts: Facts,
    draft: Draft,
    offers: Sequence[Offer],
    rivals: Sequence[Draft] = (),
    weights: Model | None = None,
) -> list[Mention] | None:
    """The mentions to take; None without weights."""
    weights = weights or model("values")
    if weights is None:
        return None
    out: list[Mention] = []
    for offer, said in zip(offers, features(facts, draft, offers, rivals), strict=True):
        cited = offer.ruled and (offer.mention.code or offer.mention.rule in ("period", "inbound"))
        if cited or probability(weights.score(said)) >= THRESHOLD:
            out.append(offer.mention)
    return _once(facts, _narrow(out) if draft.denied else out)


def _narrow(mentions: list[Mention]) -> list[Mention]:
    """ "We do not collect personal data about your health" denies health data, not all data: denials roll up."""
    data = {m.concept for m in mentions if m.facet == "dataCategory"}
    if data <= GENERIC:
        return mentions
    return [m for m in mentions if m.facet != "dataCategory" or m.concept not in GENERIC]


def _once(facts: Facts, mentions: list[Mention]) -> list[Mention]:
    """The same words, and what is taken over beside an own value of the same concept, count once."""
    text = facts.sentence.reading.view.folded
    out: list[Mention] = []
    for mention in mentions:
        same = [m for m in out if m.facet == mention.facet and m.concept == mention.concept]
        if any(
            mention.inherited_from
            or (m.start < mention.end and mention.start < m.end)
            or text[m.start : m.end] == text[mention.start : mention.end]
            for m in same
        ):
            continue
        out.append(mention)
    return out
