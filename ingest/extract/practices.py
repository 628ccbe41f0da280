"""Which practices a sentence states.

In: a sentence's `Facts`. Out: `Draft`s, at most one a practice and polarity. Verbs of the main clause decide first;
then verbal nouns, then verbs of subordinate clauses, then what the sentence inherits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .absence import absent
from .consequences import withheld
from .context import Draft
from .denials import head_denies, head_turns, unsaid
from .facts import Facts, negative
from .guard import guarded
from .inherit import inherited, of_item
from .labels import labelled
from .lacking import lacking
from .limits import disclaimed, elsewhere, limited
from .polarity import negations
from .topics import (
    careful,
    children,
    exercised,
    once,
    one_polarity,
    one_scope,
    refused,
    restricted,
    scope,
    under_denial,
    vendor_item,
)
from .verbs import of_frames

#: "Settings → Privacy → Cookies": where to click.
_PATH = re.compile(r"^[^.;]*\w\s*(?:→|>|›|»)\s*\w[^.;→>›»]*(?:→|>|›|»)[^.;]*$")


def decide(facts: Facts) -> list[Draft]:
    """The drafts of one sentence, in the order of its words."""
    sentence = facts.sentence
    if (
        facts.topic("pointer")
        and not facts.colon
        and not any(
            f.zone == "main"
            and f.kind in ("collect", "share", "sell", "retain", "store", "process", "protect", "right", "choose")
            for f in facts.frames
        )
    ):
        return []
    if flips(facts) or facts.sentence.folded.lstrip().startswith("、"):  # a piece of the sentence before
        return []
    if facts.scoped_out:
        return [Draft("LimitScope", True, "Will", "", rules=("list-head",), trace=("stands under a limit of scope",))]
    drafts = of_item(facts)
    if drafts is not None:
        drafts += _offered_aside(facts, of_frames(facts, ("main",)))
    else:
        drafts = of_frames(facts, ("main",))
        if drafts and drafts == _offered_aside(facts, drafts):
            drafts = inherited(facts) + drafts
        if drafts and all(d.rules == ("frame:consent",) for d in drafts):
            agreed = [
                d
                for d in of_frames(facts, ("nominal", "relative"))
                if d.practice in ("Collect", "Use", "Share", "Transfer", "Store")
            ]
            drafts = [replace(d, rules=(*d.rules, "consented")) for d in agreed] or drafts
        if not drafts:
            drafts = careful(facts, [replace(d, rules=(*d.rules, "nominal")) for d in of_frames(facts, ("nominal",))])
        if not drafts and "weak-frames" not in facts.off:
            drafts = careful(
                facts,
                [
                    replace(d, strength=1, rules=(*d.rules, "weak-frames"))
                    for d in of_frames(facts, ("relative", "purpose", "condition"), weak=True)
                ],
            )
        if not drafts:
            drafts = inherited(facts)
    drafts = under_denial(facts, absent(facts, labelled(facts, drafts)))
    head = facts.context.head
    if head is not None and facts.context.item and head.subject and "list-head" not in facts.off:
        drafts = [d if d.actor or d.practice not in _BY_OTHERS else replace(d, actor=head.subject) for d in drafts]
    drafts = restricted(facts, refused(facts, exercised(facts, vendor_item(facts, drafts))))
    drafts = children(facts, scope(facts, drafts))
    if sentence.has("definition", "words") and not any(f.zone == "main" and f.actor == "we" for f in facts.frames):
        return []
    drafts = disclaimed(facts, one_scope(facts, elsewhere(facts, lacking(facts, drafts))))
    drafts = once(limited(facts, one_polarity(facts, drafts)))
    return guarded(facts, withheld(facts, drafts + _twins(facts, drafts)))


def _offered_aside(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The choices that a bracket offers ("- Newsletters (you can unsubscribe at any time)") beside what the item says."""
    return [d for d in drafts if d.practice == "OfferChoice" and not d.denied and facts.aside(d.at)]


#: What others do under a list head that names them ("Third parties may not:").
_BY_OTHERS = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})

_TWINNED = {
    "Collect": "dataCategory",
    "Store": "dataCategory",
    "Share": "recipient",
    "Sell": "recipient",
    "Use": "purpose",
}


def _twins(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "We collect your e-mail address, but not your name" denies a collection, too."""
    denied = [v for v in facts.values if v.zone == "denied"]
    out: list[Draft] = []
    for draft in drafts:
        if (
            draft.denied
            or draft.practice not in _TWINNED
            or any(d.denied and d.practice == draft.practice for d in drafts)
        ):
            continue
        practice = draft.practice
        if practice != "Use" and not any(v.mention.facet in (_TWINNED[practice], "dataCategory") for v in denied):
            practice = "Use"
        if not any(v.mention.facet in (_TWINNED[practice], "dataCategory") for v in denied):
            continue
        if any(o.practice == practice for o in out):
            continue
        out.append(
            replace(
                draft,
                practice=practice,
                denied=True,
                zone="denied",
                rules=(*draft.rules, "denied-part"),
                trace=(*draft.trace, "a part of the sentence is denied"),
            )
        )
    return out


#: "It is not true that …", "we deny having …" turn their clause round, "we used to …" tells of what is over: better
#: nothing than the wrong way.
_FLIPS = re.compile(
    r"není pravda|it is not true|并非事实|不是事实|it is untrue"
    r"|\bwe (?:\w+ )?(?:deny|denied|dispute|refute) (?:that|having|\w+ing)\b|\bwe used to\b"
    r"|\b(?:popír|odmít|nepřipoušt|vyluč|netvrd|neříká|nepotvrz|neprohlaš)\w*[^,;.]{0,20}, že\b"
    r"|(?:我们|本公司|本网站|本平台)[^,;。]{0,4}(?:否认|(?:不|没有|未|并未|从未)(?:声称|宣称|承认))"
    r"|^(?:in the past|formerly|in earlier years),? we\b|(?:^|[,;] )we (?:have |had )?(?:previously|formerly|once)(?! (?:you|we|the|a|an|your|our)\b)"
    r"|^(?:dříve|kdysi|v minulosti|v minulých letech)\b[^,;.]{0,40}\b(?:jsme|jsem)\b|^(?:dříve|kdysi|v minulosti) \w+(?:l|la|li|ly|lo)\b"
    r"|(?:^|[,;])(?:以前|过去|从前|早前|早期|往年),?(?:我们|本公司|本网站|本平台)|(?:^|[,;])(?:我们|本公司|本网站|本平台)(?:(?:以前|过去|从前|早前)会?|曾(?!获))"
)


def flips(facts: Facts) -> bool:
    """Whether the sentence turns its own clause round, or says where to click, so that nothing may be read from it."""
    if facts.context.item and _PATH.search(facts.sentence.folded):
        return True
    return bool(_FLIPS.search(facts.sentence.folded)) or unsaid(facts.sentence)


def denies(facts: Facts, drafts: Sequence[Draft]) -> bool:
    """Whether a list head denies what follows it: it is negative and affirms nothing itself."""
    if head_turns(facts.sentence):
        return False
    inside = {z.start: z.end for z in facts.zones if z.kind in ("condition", "exception")}
    words = [n for n in negations(facts.sentence) if not any(s <= n.start < e for s, e in inside.items())]
    return (negative(facts) or bool(words) or head_denies(facts.sentence)) and all(d.denied for d in drafts)
