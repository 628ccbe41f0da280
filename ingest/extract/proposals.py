"""Which practices a sentence might state, and which of them are stated.

In: a sentence's `Facts` and the drafts that the rules decided for it. Out: the drafts that its marks support when all
are weighed together. What the rules rest on one verb for, the weights rest on everything that stands beside it.

A permission is never added beside a negator: the weights may add a denial, or drop what the rules stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .collecting import only_named
from .consequences import withheld
from .context import Draft
from .facts import Facts, negative
from .guard import guarded
from .inherit import inherited, of_item
from .keeping import giver
from .limits import elsewhere, limited
from .reading import Sentence
from .topics import once
from .verbs import of_frames
from .weights import Features, Model, model, probability

#: Probability below which what the rules stated is dropped, and from which something is stated beside it.
KEEP, ADD = 0.15, 0.45

_ZONES = ("main", "nominal", "relative", "purpose", "condition")
_TOPICS = ("pointer", "policy", "child", "foreign_site", "cookie", "breach")
#: Practices that a value without any verb may stand for.
_OF_VALUE: dict[str, tuple[str, ...]] = {
    "dataCategory": ("Collect",),
    "purpose": ("Use",),
    "recipient": ("Share",),
    "right": ("GrantRight", "OfferChoice"),
    "measure": ("Protect",),
    "retention": ("Retain",),
    "jurisdiction": ("Store", "Transfer"),
    "storageMedium": ("Store",),
    "authority": ("OfferContact",),
}
#: The practice that a verb of each kind may stand for where no rule made anything of it.
_OF_VERB = {
    "collect": "Collect",
    "receive": "Collect",
    "record": "Collect",
    "track": "Collect",
    "ask": "Collect",
    "inbound": "Collect",
    "give": "Collect",
    "use": "Use",
    "process": "Use",
    "serve": "Use",
    "share": "Share",
    "provide": "Share",
    "access": "Share",
    "sell": "Sell",
    "transfer": "Transfer",
    "store": "Store",
    "retain": "Retain",
    "delete": "Retain",
    "protect": "Protect",
    "notify": "Notify",
    "change": "Notify",
    "describe": "LimitScope",
    "apply": "LimitScope",
    "control": "AssignRole",
    "right": "GrantRight",
    "choose": "OfferChoice",
    "consent": "OfferChoice",
    "contact": "OfferContact",
    "channel": "OfferContact",
    "vendor": "Share",
}
_OF_TOPIC = {"policy": ("LimitScope", "Notify"), "child": ("ProtectChild",), "foreign_site": ("LimitScope",)}

#: Where a draft of one practice is taken from when several propose it, best first.
_ORDER = (
    "rules",
    "main",
    "item",
    "inherited",
    *_ZONES[1:],
    *(f"{zone}-weak" for zone in _ZONES),
    "heading",
    "heading-above",
    "head",
    "previous",
    "verb",
    "value",
)


@dataclass(slots=True)
class Proposal:
    """A practice that a sentence might state: ``origins`` are what proposes it, ``draft`` the best of their drafts."""

    origins: set[str] = field(default_factory=set)
    drafts: dict[str, Draft] = field(default_factory=dict)

    @property
    def draft(self) -> Draft:
        """The draft of the best origin."""
        return next(self.drafts[origin] for origin in _ORDER if origin in self.drafts)


Key = tuple[str, bool]


def propose(facts: Facts, stated: list[Draft]) -> dict[Key, Proposal]:
    """Everything that might be stated, by practice and polarity."""
    out: dict[Key, Proposal] = {}

    def add(draft: Draft, origin: str) -> None:
        proposal = out.setdefault((draft.practice, draft.denied), Proposal())
        proposal.origins.add(origin)
        proposal.drafts.setdefault(origin, draft)

    for draft in stated:
        add(draft, "rules")
    for zone in _ZONES:
        for weak in (False, True):
            origin = f"{zone}-weak" if weak else zone
            for draft in of_frames(facts, (zone,), weak=weak, pruned=False):
                add(draft if origin == "main" else replace(draft, rules=(*draft.rules, origin), strength=1), origin)
    for draft in of_item(facts) or ():
        add(draft, "item")
    for draft in inherited(facts):
        add(draft, "inherited")
    context = facts.context
    denied = context.heading_denied or context.under_denial
    for practice, origin in zip(context.announced, ("heading", "heading-above"), strict=False):
        add(_bare(practice, denied, origin), origin)
    if context.head is not None and context.item:
        for draft in context.head.drafts:
            add(_bare(draft.practice, draft.denied and not context.head.excepts, "list-head"), "head")
    if context.previous is not None:
        for draft in context.previous.drafts:
            add(_bare(draft.practice, draft.denied, "anaphora"), "previous")
    for frame in facts.frames if "frames" not in facts.off else ():
        if frame.zone in ("main", "nominal", "relative") and frame.kind in _OF_VERB:
            if giver(facts, frame):  # what comes in is a collection, which its frame has proposed
                continue
            if only_named(facts, frame):
                continue
            if frame.kind == "delete" and frame.denied:  # what is not deleted is no denied retention
                continue
            draft = _bare(_OF_VERB[frame.kind], frame.denied or denied, "verb")
            add(replace(draft, actor=frame.actor, modality=frame.modality, at=frame.hit.start), "verb")
    for value in facts.values:
        if value.zone in ("main", "purpose") and not value.weak:
            for practice in _OF_VALUE.get(value.mention.facet, ()):
                add(_bare(practice, denied, "value"), "value")
    for topic, practices in _OF_TOPIC.items():
        if facts.topic(topic):
            for practice in practices:
                add(_bare(practice, denied, "value"), "value")
    return out


def _bare(practice: str, denied: bool, rule: str) -> Draft:
    return Draft(practice, denied, "Will", rules=(rule,), trace=(f"proposed by its {rule}",), strength=1)


@dataclass(slots=True)
class Said:
    """What is said of a proposal: features of its own, and the groups that the marks of its sentence count in."""

    own: Features
    groups: tuple[str, ...]

    def features(self, marks: Sequence[str]) -> Features:
        """All of its features, the marks of its sentence among them."""
        some = [mark for mark in marks if mark.startswith(_BROAD)]
        return [*self.own, *((group, some if group.startswith("from:") else marks) for group in self.groups)]


#: Marks that are combined with what proposes a practice, too.
_BROAD = ("v:", "item", "colon", "refers", "no:", "under:", "topic:")


def features(
    facts: Facts, stated: list[Draft], proposals: dict[Key, Proposal], words: frozenset[str] | None = None
) -> tuple[list[str], dict[Key, Said]]:
    """The marks of the sentence, and what is said of each proposal. ``words``: the words that matter (None: all)."""
    sentence = facts.sentence
    language = sentence.reading.lexicon.language
    no = negative(facts)
    marks = _marks(facts, no)
    said = _words(sentence)
    marks += sorted(said if words is None else said & words)
    decided = {(draft.practice, draft.denied) for draft in stated}
    verbs = {practice for (practice, _), proposal in proposals.items() if "main" in proposal.origins}
    out: dict[Key, Said] = {}
    for (practice, denied), proposal in proposals.items():
        draft = proposal.draft
        ruled = "rules" in proposal.origins
        origins = [f"from:{origin}" for origin in sorted(proposal.origins)]
        own = [*origins, *(f"rule:{rule}" for rule in draft.rules if ruled)]
        own += [f"actor:{draft.actor}", f"modality:{draft.modality}", f"denied:{denied}", f"denied:{denied} no:{no}"]
        own += [f"beside:{other}" for other in sorted({p for p, _ in decided if p != practice})]
        own += [f"beside-verb:{other}" for other in sorted(verbs - {practice})]
        if (practice, not denied) in proposals:
            own.append("both" if (practice, not denied) in decided else "maybe-both")
        own.append(f"decided:{min(3, len(decided))}")
        if practice in facts.context.announced:
            own.append("announced-nearest" if facts.context.announced[0] == practice else "announced")
        own += [language, f"{language} rules:{ruled}"]
        out[practice, denied] = Said([("", [*own, practice]), (practice, own)], (practice, *origins))
    return marks, out


def _marks(facts: Facts, no: bool) -> list[str]:
    """What the sentence shows, whatever practice is in question."""
    sentence, context = facts.sentence, facts.context
    length = len(sentence.folded) * (1 if sentence.reading.words else 3)
    marks = {f"length:{min(5, length // 60)}", f"no:{no}"}
    for name, holds in (
        ("item", context.item),
        ("colon", facts.colon),
        ("first", context.first),
        ("definition", sentence.has("definition", "words")),
        ("refers", bool(sentence.hits("anaphora"))),
        ("refers-data", sentence.has("anaphora", "data")),
        ("period", bool(facts.periods)),
    ):
        if holds:
            marks.add(name)
    marks |= {f"topic:{topic}" for topic in _TOPICS if facts.topic(topic)}
    for value in facts.values:
        mention = value.mention
        marks |= {f"v:{mention.facet} {value.zone}", f"c:{mention.concept}"}
        if mention.facet == "dataCategory" and not value.weak and mention.concept not in _LOOSE:
            marks.add(f"v:category {value.zone}")
        if mention.party:
            marks.add("v:party")
        if mention.facet == "recipient" and mention.start - sentence.start < 6:
            marks.add("v:opens with recipient")
    for frame in facts.frames:
        marks.add(f"f:{frame.kind} {frame.zone}")
        if frame.zone == "main":
            marks |= {f"f:{frame.kind} by {frame.actor}", f"by {frame.actor}"}
    marks |= {f"under:{practice}" for practice in context.announced[:1]}
    marks |= {f"above:{practice}" for practice in context.announced[1:2]}
    if context.head is not None and context.item:
        marks |= {f"head:{draft.practice} {draft.denied}" for draft in context.head.drafts}
        if context.head.colon:
            marks.add("head:colon")
    if context.previous is not None:
        marks |= {f"after:{draft.practice}" for draft in context.previous.drafts}
    return sorted(marks)


_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def _words(sentence: Sentence) -> set[str]:
    """The sentence's words and pairs of words, by stem; in Chinese its groups of two and three characters."""
    if sentence.reading.words:
        stems = sentence.stems()
        return {f"w:{stem}" for stem in stems} | {f"w:{one} {two}" for one, two in pairwise(stems)}
    return {
        f"w:{run[at : at + size]}"
        for run in _CHINESE.findall(sentence.folded)
        for size in (2, 3)
        for at in range(len(run) - size + 1)
    }


_OF_DATA = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})
#: Rules that say enough by themselves: a label, what is not there, what does not leave the device.
_SURE = frozenset({"column", "absence", "device"})
_LOOSE = frozenset({"PersonalData", "UserData", "CookieData"})


def _certain(facts: Facts, denied: bool) -> bool:
    """Whether what the rules stated is beyond weighing: a cited code, or a denial that the heading or list head says."""
    context = facts.context
    if denied and (context.under_denial or context.heading_denied):
        return True
    if denied and _bare_denial(facts):
        return True
    return any(value.mention.code for value in facts.values)


def _bare_denial(facts: Facts) -> bool:
    """Whether a short line says no more than that something is not used ("不含广告 SDK")."""
    sentence = facts.sentence
    return (
        not sentence.reading.words
        and sentence.end - sentence.start <= 32
        and any(f.denied and f.zone == "main" and f.kind in ("use", "vendor") for f in facts.frames)
        and facts.named("purpose", "recipient")
    )


def weighed(facts: Facts, stated: list[Draft], weights: Model | None = None) -> list[Draft]:
    """The drafts to state: those of the rules and of the proposals whose weight suffices. Without weights: ``stated``."""
    weights = weights or model("practices")
    if weights is None or facts.scoped_out:
        return stated
    proposals = propose(facts, stated)
    if not proposals:
        return stated
    marks, said = features(facts, stated, proposals, weights.words)
    sums = weights.sums(marks)
    decided = {(draft.practice, draft.denied) for draft in stated}
    context = facts.context
    denies = negative(facts) or context.under_denial or context.heading_denied
    disclaims = any("disclaimer" in draft.rules for draft in stated)
    out: list[Draft] = []
    added: list[Draft] = []
    for key, proposal in proposals.items():
        score = weights.score(said[key].own) + sum(sums.get(group, 0.0) for group in said[key].groups)
        ruled = key in decided
        # where the rules state both, they account for the denial in another clause
        both = not key[1] and proposal.draft.actor in ("we", "") and (key[0], True) in decided
        least = KEEP if ruled and (key[1] or both or not denies) else ADD  # an affirmation beside a denial needs more
        sure = both or bool(_SURE & {*proposal.draft.rules}) or _certain(facts, key[1])
        if not (ruled and sure) and probability(score) < least:
            continue
        draft = proposal.draft
        if not ruled and draft.denied and ("condition" in draft.rules or disclaims):
            continue  # "if you cannot see your data, write to us": what is supposed is not said
        weighed_as = f"weighed {probability(score):.2f}"
        if not ruled:
            reasons = weights.reasons(said[key].features(marks))
            weighed_as += ": " + ", ".join(f"{name} {weight:+.2f}" for name, weight in reasons)
        draft = replace(draft, trace=(*draft.trace, weighed_as))
        if ruled:
            out.append(draft)
        elif ("ProtectChild", True) in decided and key[1] and key[0] in _OF_DATA and not facts.sentence.reading.words:
            continue  # 我们不会主动收集儿童的信息 is a rule on minors, said once
        elif draft.denied or not (denies or (draft.practice, True) in decided):
            added.append(replace(draft, rules=(*draft.rules, "weighed")))
    present = [*out, *stated]
    out += [
        draft
        for draft in guarded(facts, limited(facts, elsewhere(facts, added)))
        if not any(o.practice == draft.practice and o.denied != draft.denied for o in present)
    ]
    return sorted(withheld(facts, once(out)), key=lambda draft: draft.at if draft.at >= 0 else 1 << 30)
