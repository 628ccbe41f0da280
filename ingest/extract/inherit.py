"""What a sentence takes over from its list head, its heading or the sentence before.

In: the `Facts` of a sentence whose own verbs state nothing, or of a list item. Out: `Draft`s.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .context import Draft
from .facts import Facts, negative
from .verbs import of_frames

CARRIED = frozenset(
    {
        "Collect",
        "Use",
        "Share",
        "Sell",
        "Transfer",
        "Store",
        "Retain",
        "Protect",
        "GrantRight",
        "OfferChoice",
        "Notify",
        "ProtectChild",
    }
)


#: An item that is a noun phrase ("有关您使用服务的信息") has no verb of its own.
_NOUN_ITEM = re.compile(
    r"(?:(?!将会|会将|可能会)[^;。:(]){2,60}?(?:的|之)(?:相关)?(?:信息|数据|内容|记录)(?:,|;|。|\(|$|以及|例如|包括)"
)


def of_item(facts: Facts) -> list[Draft] | None:
    """An item of a list takes its head's practices unless it is a sentence of its own."""
    context = facts.context
    if context.head is None or "list-head" in facts.off or not context.first:
        return None
    head = context.head
    if not head.colon and not head.excepts and not context.item:
        return None
    rights = any(d.practice == "GrantRight" for d in head.drafts)
    if (
        any(f.denied and f.zone == "main" for f in facts.frames)
        and not rights
        and not all(d.denied for d in head.drafts)
    ):
        return None  # an item that denies says so itself
    noun = head.colon and not facts.sentence.reading.words and bool(_NOUN_ITEM.match(facts.sentence.folded))
    own = (
        []
        if noun
        else [
            f
            for f in facts.frames
            if f.zone == "main"
            and f.actor in ("we", "third")
            and f.kind not in ("protect", "serve", "control", "describe", "contact")
        ]
    )
    if own and not head.excepts:
        return None
    user = (
        []
        if noun
        else [
            f
            for f in facts.frames
            if f.zone == "main"
            and f.actor == "you"
            and f.kind in ("right", "choose", "access", "delete")
            and not facts.aside(f.hit.start)
        ]
    )
    if user and not any(d.practice in ("GrantRight", "OfferChoice") for d in head.drafts) and not head.excepts:
        return None
    drafts = [d for d in head.drafts if d.practice in CARRIED]
    if any(d.practice == "OfferContact" for d in head.drafts) and not facts.named("right"):
        drafts = [d for d in drafts if d.practice != "GrantRight"]  # a name or address to turn to is no right
    if head.excepts and any(d.practice == "Share" for d in drafts):
        drafts = [d for d in drafts if d.practice != "Sell"]
    if not drafts or (not head.colon and not head.excepts and any(d.actor for d in of_frames(facts, ("main",)))):
        return None
    if not head.colon and not head.excepts and not _fits(facts, drafts):
        return None
    out = []
    for draft in drafts:
        if not draft.denied and negative(facts) and not head.excepts:
            continue
        denied = draft.denied and not head.excepts
        trace = f"inherits {draft.practice} from the list head"
        out.append(
            replace(
                draft,
                denied=denied,
                modality="May" if head.excepts and draft.denied else draft.modality,
                rules=("list-head",),
                trace=(trace,),
                strength=2,
            )
        )
    return out


def _fits(facts: Facts, drafts: list[Draft]) -> bool:
    """Whether an item under a paragraph that is no list head carries a value its practices would take."""
    wanted = {
        "Collect": "dataCategory",
        "Store": "dataCategory",
        "Use": "purpose",
        "Share": "recipient",
        "GrantRight": "right",
        "Protect": "measure",
        "Retain": "retention",
        "OfferChoice": "right",
    }
    return any(facts.named(wanted[d.practice]) for d in drafts if d.practice in wanted)


#: A sentence that explains what a thing is ("Cookies are small files …") states no practice.
_EXPLAINS = re.compile(
    r"[^,]{2,14}是(?:一|当|指|用|由|您|在)|(?:an? )?[\w\s]{2,28} (?:are|is) (?:an? |the |small |pieces? |text |files? )|[\w\s]{2,28} (?:jsou|je) (?:mal|krátk|textov|soubor)"
)


def inherited(facts: Facts) -> list[Draft]:
    """What a sentence without a verb of its own takes from the sentence before or from its headings."""
    context = facts.context
    out: list[Draft] = []
    if negative(facts) and not (context.heading_denied or context.under_denial):
        return out  # what a negative sentence denies is not known: better nothing than a permission
    refers = facts.sentence.hits("anaphora")
    opens = [h for h in refers if h.start <= facts.sentence.start + 6]
    if "anaphora" not in facts.off and context.previous is not None and opens and not context.item:
        out = [
            replace(draft, rules=("anaphora",), trace=(f"refers back to the {draft.practice} before it",), strength=1)
            for draft in context.previous.drafts
            if draft.practice in CARRIED and not draft.denied and supports(facts, draft.practice)
        ]
        if out:
            return out
    if facts.named("legalBasis") and re.search(
        r"legal (?:basis|ground)|lawful basis|právní (?:základ|důvod|titul)|法律依据|法律基础|合法性基础|合法基础",
        facts.sentence.folded,
    ):
        return [Draft("Use", False, "Will", rules=("legal-basis",), trace=("names the legal basis",))]
    if "heading" in facts.off or _EXPLAINS.match(facts.sentence.folded) or _bare_line(facts):
        return out
    for practice in context.announced[:3]:
        if supports(facts, practice):
            denied = context.heading_denied or context.under_denial
            trace = f"heading announces {practice}" + (", denied" if denied else "")
            out.append(Draft(practice, denied, "Will", "", rules=("heading",), trace=(trace,), strength=1))
            break
    return out


_ADDRESS = re.compile(
    r"\S+@\S+|https?://\S+|\[[^\]]*\]\([^)]*\)|[+\d][\d ()/-]{6,}|[A-Z][\w.& ]+,? (?:Inc|LLC|Ltd|s\. ?r\. ?o|a\. ?s)\.?",
    re.IGNORECASE,
)


def _bare_line(facts: Facts) -> bool:
    """A lone link, address or name outside a list states nothing of what its heading announces."""
    sentence = facts.sentence
    text = sentence.reading.view.text[sentence.start : sentence.end].strip(" .,;:")
    if _ADDRESS.fullmatch(text):
        return True
    return not facts.context.item and sentence.reading.words and len(text.split()) < 4


def supports(facts: Facts, practice: str) -> bool:
    """Whether the sentence names what the practice is about."""
    specific = any(
        v.mention.facet == "dataCategory" and v.mention.concept != "PersonalData" and v.zone != "exception"
        for v in facts.values
    )
    if facts.context.under_denial or facts.context.heading_denied:
        return facts.named("dataCategory", "purpose", "recipient")
    if practice == "Collect":
        return specific
    if practice == "Use":
        sentence = facts.sentence
        return facts.named("purpose") or (
            facts.context.item and any(h.start <= sentence.start + 1 for h in sentence.hits("compose-verbs"))
        )
    if practice == "Share":
        return bool(facts.receivers())
    if practice == "Retain":
        return bool(facts.periods) or facts.named("retention")
    if practice == "Store":
        return facts.named("jurisdiction", "storageMedium")
    if practice == "Protect":
        return facts.named("measure") or facts.sentence.has("predicates", "protect")
    if practice in ("GrantRight", "OfferChoice"):
        return facts.named("right")
    return False
