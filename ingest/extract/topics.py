"""Rules on what a sentence is about: other people's sites, minors, denials above it.

In: the drafts of a sentence and its `Facts`. Out: the drafts, changed or fewer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .context import Draft
from .duties import ADULTS
from .facts import Facts, negative


def careful(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Of drafts that only a noun or a subordinate verb supports, a negative sentence keeps the denied."""
    return (
        [d for d in drafts if d.denied or d.practice in ("OfferChoice", "OfferContact", "LimitScope")]
        if negative(facts)
        else drafts
    )


def under_denial(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Items under "We will never:", "What we do not do", behind ✗ or beside a "no" are denied, whatever verb they have."""
    context = facts.context
    if context.heading_denied and not context.under_denial:  # a fragment under such a heading affirms nothing
        return [d for d in drafts if d.denied or d.actor or d.practice not in _OF_DATA]
    if not context.under_denial:
        return drafts
    # "- Card numbers (payment is handled by Stripe)": what others do in a bracket is not what the head denies
    drafts = [d for d in drafts if d.denied or d.actor != "third" or not facts.aside(d.at)]
    drafts = [d for d in drafts if d.denied or not _own_sentence(facts, d)]
    return [
        d
        if d.denied or (d.actor == "we" and context.marked is not False and not context.forbidden)
        else replace(d, denied=True, rules=(*d.rules, "denied-head"), trace=(*d.trace, "stands under a denial"))
        for d in drafts
    ]


_CZ_FINITE = re.compile(r"\w+(?:á|í|uje|ují|ají|ejí|nou|sou)")


def _own_sentence(facts: Facts, draft: Draft) -> bool:
    """A Czech sentence with a finite verb of its own under a denial ("Fotografie zůstávají v telefonu.") is no fragment of it."""
    text, sentence = facts.sentence.reading.view.text, facts.sentence
    if sentence.reading.lexicon.language != "cs" or draft.at <= sentence.start or draft.zone:
        return False
    verb = sentence.token(draft.at)
    return text[sentence.start].isupper() and text[sentence.end - 1] == "." and bool(_CZ_FINITE.fullmatch(verb))


_OF_DATA = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})


def one_polarity(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Where a sentence denies a practice, it affirms the same one only behind a contrast ("…, but we do collect")."""
    offered = {d.practice for d in drafts if not d.denied and d.practice in ("GrantRight", "OfferChoice")}
    drafts = [d for d in drafts if not (d.denied and d.practice in offered and d.rules != ("refusal",))]
    affirmed = {d.practice for d in drafts if not d.denied and d.practice != "Use"}  # other purposes are denied
    folded = facts.sentence.reading.view.folded
    drafts = [
        d for d in drafts if not (d.denied and d.practice in affirmed and d.at >= 0 and _NO_OTHER.match(folded, d.at))
    ]
    denied = {d.practice: d.at for d in drafts if d.denied}
    return [d for d in drafts if d.denied or d.practice not in denied or _contrasted(facts, denied[d.practice], d)]


#: "We collect your name only, we do not collect any other data": that no more is done denies nothing of what is.
_NO_OTHER = re.compile(
    r"\S+ (?:any |anything )?(?:other|further|additional|else)\b|\S+ (?:žádné |žádná )?(?:jiné|další|jiných|dalších)\b|[\u4e00-\u9fff]{2,4}?(?:任何)?(?:其他|其它|别的|额外)"
)


def _contrasted(facts: Facts, denied_at: int, draft: Draft) -> bool:
    """Whether "but" or a semicolon stands between the verb that is denied and the one that is affirmed."""
    if draft.at < 0 or denied_at < 0:
        return False
    start, end = sorted((draft.at, denied_at))
    turns = [h.start for h in facts.sentence.named("structure", "contrast")]
    between = facts.sentence.reading.view.folded[start:end]
    clause = facts.sentence.clause_of(draft.at)
    if (
        draft.at < denied_at
        and _CZ_THEN_NOT.search(between)
        and _CZ_IS.search(facts.sentence.folded[: draft.at - facts.sentence.start])
    ):
        return True
    if _MIGHT_HAVE.search(facts.sentence.reading.view.folded, clause[0], draft.at):
        return False
    if draft.actor:
        if any(start < at < end for at in turns) or ";" in between:
            return True
        if (
            draft.at < denied_at
            and draft.practice == "Use"
            and _OTHER_ENDS.match(facts.sentence.reading.view.folded, denied_at, facts.sentence.end)
        ):
            return True  # "we use it for your order and not for any other purpose" says what it is used for
        own = (clause[0], min(clause[1], denied_at)) if draft.at < denied_at else clause
        named = any(own[0] <= v.mention.start < own[1] and not v.weak for v in facts.values)
        again = _AGAIN.search(facts.sentence.reading.view.folded, start, end + 12)
        if named and again and again.start() < end:
            return True
    other = facts.sentence.clause_of(denied_at)
    apart = clause != other and _names_data(facts, clause) and _names_data(facts, other)
    others = _OF_OTHERS.get(facts.sentence.reading.lexicon.language)
    return apart and others is not None and bool(others.search(between))


#: "Údaje jsou sdíleny jen s dopravcem a nejsou poskytovány nikomu dalšímu": both verbs say for themselves what is done.
_CZ_IS = re.compile(r"\b(?:jsou|je|budou|bude|byly|být)\s+(?:\w+\s+){0,2}$")
_CZ_THEN_NOT = re.compile(r"\ba (?:nejsou|není|nebudou|nebude|nemohou být|nesmí být)\s+(?:\w+\s+){0,3}$")


def _names_data(facts: Facts, clause: tuple[int, int]) -> bool:
    return any(
        v.mention.facet == "dataCategory" and not v.weak and clause[0] <= v.mention.start < clause[1]
        for v in facts.values
    )


#: "We could sell your address, but we do not sell it" says what is possible, not what is done.
_MIGHT_HAVE = re.compile(r"\b(?:could|would|should)\b|\b(?:mohl|měl)\w* by\w*\b|\bby\w* (?:mohl|měl)\w*|本可|本来|原本")
#: A denied verb of use whose object is nothing but other purposes.
_OTHER_ENDS = re.compile(
    r"\w+ (?:it |them |this |that |the data |this data |your data |this information )?(?:for|to) (?:any |some )?(?:other|further|different|unrelated|another)\b"
    r"|\w+ (?:je |jej |ho |ji |tyto údaje |údaje )?(?:k|pro|za) (?:žádn\w+ )?(?:jin|dalš)\w+ účel"
    r"|[\u4e00-\u9fff]{1,3}?(?:于|作|做|为)?(?:任何|本[^,;。]{1,12})?(?:其他|其它|别的|以外|之外)[^,;。]{0,8}(?:目的|用途)"
)
#: A new clause with the same subject ("we use cookies to …, and we do not use them for …"), where each says of what.
_AGAIN = re.compile(
    r",\s*(?:and |but |yet )?we\b|,(?:但|而|且|并且|同时)?(?:我们|本公司|本网站|本平台)|,\s*(?:a |ale |avšak )\w*(?:me|eme)\b"
    r"|\band (?:(?:will|do|shall|would) not\b|never\b|\w+n['’]t\b)|\b(?:a|ale) ne\w{2,}(?:eme|áme|íme)\b"
    r"|,(?:但|而|且|并且|同时)?(?:也|亦|均|都)?(?:绝|从|并)?不(?:会|得|予)?"
)
#: A new clause about other data ("we share your name, and your phone number is not shared", "jméno sdílíme, e-mail ne…").
_OF_OTHERS = {
    "en": re.compile(
        r"(?:,\s*(?:and |but |while |whereas )?|\b(?:and|while|whereas) )(?:your|the|this|these)\b[^,;]*\b(?:is|are)\b"
    ),
    "cs": re.compile(r"me\b[^,;]*,\s*(?:a |ale )?[^,;]*$|(?:,|\ba)\s+(?:vaše|vaši|váš|vašeho|tyto|tato)\b[^,;]*$"),
    "zh": re.compile(r",(?:而|但|且|同时)?(?:您|用户|会员)的[^,;。]*$"),
}


def scope(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """A sentence about other people's sites limits the scope and states no practice of the controller."""
    if not facts.topic("foreign_site"):
        return drafts
    about = [d for d in drafts if d.practice == "LimitScope"]
    if about or facts.announces("LimitScope"):
        rest = [d for d in drafts if d.practice in ("OfferContact",)]
        if not about and drafts:
            about = [
                replace(
                    drafts[0], practice="LimitScope", rules=("topic:foreign-site",), trace=("speaks of other sites",)
                )
            ]
        return about + rest
    return drafts


def children(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """What is said of minors is a rule on minors."""
    asks = not negative(facts) and any(v.mention.concept == "ParentalConsent" for v in facts.values)
    if "children" in facts.off or not (facts.topic("child") and (drafts or asks or facts.announces("ProtectChild"))):
        return drafts
    under = facts.context.announced[:1] == ("ProtectChild",)
    sentence = facts.sentence
    subjects = sentence.reading.hits("data-subjects", sentence.start, sentence.end)
    strong = any(h.id == "Child" and not h.form.weak for h in subjects)
    if not (under or strong):
        return drafts
    beside = {"OfferContact", "GrantRight"} | ({"LimitScope"} if ADULTS.search(sentence.folded) else set())
    keep = [d for d in drafts if d.practice in beside]
    rest = [d for d in drafts if d.practice not in beside]
    if rest:
        first = max(rest, key=lambda d: (d.denied, d.strength))
        return [
            replace(
                first,
                practice="ProtectChild",
                rules=(*first.rules, "children"),
                trace=(*first.trace, "speaks of minors"),
            ),
            *keep,
        ]
    if (under or asks) and not keep:
        denied = negative(facts)
        return [
            Draft(
                "ProtectChild",
                denied,
                "Will",
                "",
                rules=("children",),
                trace=("under a heading on minors" if under else "asks for the consent of parents",),
                strength=1,
            ),
            *keep,
        ]
    return drafts


def vendor_item(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """Under "Third-party services" an item that opens with a provider says who receives data, whatever it does with it."""
    context = facts.context
    if not context.item or context.announced[:1] != ("Share",) or any(d.denied for d in drafts):
        return drafts
    start = facts.sentence.start
    named = [v for v in facts.receivers() if v.mention.start - start <= 6]
    if not named or any(d.practice in ("Share", "LimitScope", "OfferContact", "OfferChoice") for d in drafts):
        return drafts
    if any(f.actor == "we" and f.zone == "main" for f in facts.frames):
        return drafts
    return [
        Draft(
            "Share",
            False,
            "Will",
            "",
            rules=("vendor-item",),
            trace=("its heading announces Share and it opens with a provider",),
        )
    ]


_REFUSED = re.compile(
    r"\bwe (?:may|might|can|could|reserve the right to|are entitled to|will)?\s*(?:decline|refuse|deny|reject)\b[^.;]{0,48}\brequest"
    r"|\bwe (?:cannot|can't|may not be able to|are unable to|are not able to|will not be able to|may not)\s+(?:\w+\s+){0,3}?"
    r"(?:(?:respond to|comply with|fulfil|fulfill|honou?r|accommodate|grant|process)\b[^.;]{0,30}\brequest|(?:delete|erase|remove|change|provide)\b[^.;]{0,30}\b(?:your|data|information|copy))"
    r"|(?:无法|不能|可能不会|不会)(?:响应|满足|回应|受理|接受)(?:您的|用户的|该|此类)?[^,;。]{0,6}(?:请求|要求|申请)|(?:请求|申请|要求)[^。;]{0,16}(?:予以拒绝|拒绝(?:处理|受理|回复)?$|有权拒绝|可能会拒绝)"
    r"|(?:nemůžeme|nemusíme|nelze)\s+(?:\w+\s+){0,3}vyhovět|vyhovět\s+(?:nemůžeme|nelze)|odmítnout\s+(?:\w+\s+){0,3}žádost|žádost\w*\s+(?:\w+\s+){0,3}odmít"
)


def refused(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "We may refuse requests that …", "we cannot delete …": a right is denied, no choice is offered."""
    if not _REFUSED.search(facts.sentence.folded) or any(f.actor == "you" and f.kind == "give" for f in facts.frames):
        return drafts
    if (
        facts.named("purpose")
        and not facts.announces("GrantRight")
        and not re.search(r"request|请求|申请|要求|žádost|delete|erase", facts.sentence.folded)
    ):
        return drafts
    rest = [d for d in drafts if d.practice not in ("OfferChoice", "GrantRight", "Retain")]
    return [*rest, Draft("GrantRight", True, "May", "we", rules=("refusal",), trace=("refuses what a right asks",))]


_EXERCISE = re.compile(
    r"exercis\w+ (?:your|these|any|this|his|their)|with your request|uplatn\w+ (?:\w+ ){0,2}práv|行使(?:您|上述|前述|该|您的)?[^,;。]{0,8}权|(?:数据|信息)[^,;。]{0,4}提出(?:要求|请求)"
)


def exercised(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "To exercise your rights, contact us" says both how a right is had and whom to ask."""
    stated = {d.practice for d in drafts}
    addressed = "@" in facts.sentence.folded  # "To exercise these rights, e-mail privacy@…"
    contact = any(
        f.zone == "main" and (f.kind == "contact" or (f.kind == "channel" and addressed)) for f in facts.frames
    )
    if not contact or not _EXERCISE.search(facts.sentence.folded) or not stated & {"GrantRight", "OfferContact"}:
        return drafts
    more = [p for p in ("GrantRight", "OfferContact") if p not in stated]
    trace = ("tells how to exercise rights",)
    return [
        *drafts,
        *(Draft(p, False, "Will", "you" if p == "GrantRight" else "", rules=("exercise",), trace=trace) for p in more),
    ]


def one_scope(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """ "does not apply to that site, read its own policy" only denies."""
    if not any(d.practice == "LimitScope" and d.denied for d in drafts):
        return drafts
    affirms = any(
        f.kind == "apply"
        and not f.denied
        and re.match(r"适用|appl|vztah|plat", facts.sentence.reading.view.folded[f.hit.start : f.hit.end])
        for f in facts.frames
    )
    return drafts if affirms else [d for d in drafts if not (d.practice == "LimitScope" and not d.denied)]


def once(drafts: list[Draft]) -> list[Draft]:
    """One draft a practice; affirmed and denied stand side by side only where different verbs say so."""
    out: dict[tuple[str, bool], Draft] = {}
    for draft in drafts:
        key = (draft.practice, draft.denied)
        if key in out and not out[key].actor and draft.actor == "you":
            out[key] = replace(out[key], actor="you", actor_start=draft.actor_start, actor_end=draft.actor_end)
        if key not in out or out[key].strength < draft.strength:
            out[key] = draft
    return list(out.values())


#: 只有经授权的员工才能存取您的数据: who may see the data is how it is protected, nobody's permission.
_RESTRICTED = re.compile(
    r"(?:仅|只|唯)(?:有|限于?|由|允许|供)?(?:经过?|获得?|被|已|得到|本公司|我们|内部|少数|特定|必要|的|之)*授权过?(?:的|之)?"
    r"[^,;。在后时]{0,10}?(?:人员?|员工|同仁|人士|者|单位)[^,;。不未]{0,8}?(?:存取|访问|接触|查看|查阅|知悉|读取|取得)"
)


def restricted(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """A sentence that says who alone may see the data protects it."""
    found = _RESTRICTED.search(facts.sentence.folded)
    if not found or negative(facts):
        return drafts
    start = facts.sentence.start
    stated = _OF_DATA | {"GrantRight", "OfferChoice"}
    rest = [d for d in drafts if d.practice not in stated or not found.start() <= d.at - start < found.end()]
    if any(d.practice == "Protect" for d in rest):
        return rest
    why = ("says who alone may see the data",)
    return [*rest, Draft("Protect", False, "Will", "we", rules=("restricted",), trace=why)]
