"""When a statement holds and when it does not.

In: a `Sentence`, its `Zone`s and `Value`s. Out: `Condition` records: an exception or a missing consent is `Unless`
(the statement does not hold when it is met), everything else `OnlyIf`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import Condition, ConditionKind, Effect, Mention
from .context import Draft
from .facets import Value
from .reading import Sentence
from .zones import Zone

_WITHOUT = re.compile(
    r"^(?:(?:在)?未|非|不)经|^(?:如果?|若|倘若?)?(?:没有|并无|无)|^(?:在)?未(?:取得|征得|获得|得到|获)|\bwithout\b|^bez\b"
)
_TRIM = " \t\n,;:()"
#: Concessions ("even if", 即使) and what only stresses ("under no circumstances", 在任何情况下) limit nothing.
_LIMITS_NOTHING = re.compile(
    r"(?:即使|即便|尽管|虽然|纵使|无论|不论|不管)|(?:在)?任何(?:情况|情形|时候|时间)|(?:even |(?<=even ))(?:if|though|when|after)\b|although\b|regardless\b|i když\b|ačkoliv?\b|přestože\b|za (?:žádných|jakýchkoli) okolností"
)
#: "at least 30 days before": a cue that nothing follows.
_BARE = re.compile(r"before|after|when|if|once|until|pokud|když|před|po|时|后|前")
#: 无需征得您的同意: consent that is not asked for is no condition.
_NEEDLESS = re.compile(r"(?:无需|无须|毋须|毋需|不必|不需|不须|无庸)[^,;。]{0,4}$")
#: 除经您同意外,我们还…: besides, not except.
_BESIDES = re.compile(r"除[^,;。]{1,40}外,?(?:我们|本公司)?(?:还|亦|也)")


#: What opens like a condition and sets none: "if any", "as long as necessary", "to the extent possible", 同时.
_NONE = re.compile(
    r"(?:if|where) (?:any|so)$|depending (?:up)?on\b"
    r"|(?:for )?as long as (?:\w+ ){0,3}?(?:necessary|needed|required|relevant)\b"
    r"|to the extent (?:that )?(?:it )?(?:is |are )?(?:reasonably |strictly |absolutely )?(?:necessary|needed|possible|practicable)\b"
    r"|(?:同|届|平|此|及|随|实|暂|有|当|到|即|定|准)时$"
    r"|(?:根据|依据|依照|按照|遵照)(?![^,]*(?:您|用户|当事人))[^,]{0,24}(?:法|规|规定|条例|办法|强制性)[^,]{0,10}(?:要求|规定|需要|命令)?$"
)
#: What opens like a condition in English and is a date, the end of a period, a means, or what somebody finds out.
_NO_CONDITION = re.compile(
    r"after (?:a |an |the |about |at most |no more than )*(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|day|week|month|year|while|defined|certain|end of|last|final)\b"
    r"|by (?:visiting|clicking|following|going)\b|subject to (?:this|the|our|automated|disclosure|change|your)\b(?! consent| approval| agreement| permission)|once (?:it|they) (?:becomes?|is|are)\b"
)
_FINDS_OUT = re.compile(
    r"\b(?:know|understand|see|show|shows|remember|determine|check|learn|find(?: out)?|detect|measure|record|tell us|identify|indicate)s?\s+$"
)
#: What limits a statement in English without a conjunction.
_PHRASES = re.compile(
    r"\bin (?:some|certain|such|these|those|limited|rare|exceptional)(?: an?)? (?:\w+ )?(?:cases?|circumstances|situations?|instances|events?)\b"
    r"|\bunder (?:certain|some|limited|exceptional) (?:conditions|circumstances)\b|\b(?:rarely|seldom|on rare occasions|hardly ever)\b"
    r"|\b(?:insofar|in so far|as far) as\b[^,;.]*|\bwhile (?:you|using|browsing|visiting|playing|logged)\b[^,;.]*|\bas you (?:browse|use|navigate|visit|interact)\b[^,;.]*"
)
_DEPENDING = re.compile(r"\bdepending (?:up)?on\b[^,;.]*")
#: Who is asked for whom to turn to wants something.
_ASKING = re.compile(
    r"^(?:for (?:any |all |further |more |general )*(?:questions|inquir\w+|enquir\w+|requests|concerns|complaints|matters|queries|help|information)\b[^,;:.]*?"
    r"|to (?:exercise|make|submit|learn|request|revoke|withdraw|opt|ask|report|complain)\b[^,;:.]*?)(?=,|;|:|\.|\s(?:please|contact|e-?mail|write|send|call|you)\b|$)"
)
_QUESTIONS = re.compile(
    r"if you have (?:any |further |other |more )*(?:questions|concerns|comments|queries|complaints|requests)"
)
#: "Countries where we operate", "the page where you can …": a place, no condition.
_PLACE_BEFORE = re.compile(
    r"\b(?:countr(?:y|ies)|jurisdictions?|states?|territor(?:y|ies)|places?|locations?|areas?|regions?|pages?|(?:web)?sites?|links?|sections?|settings"
    r"|servers?|cent(?:er|re)s?|facilit(?:y|ies)|offices?|stores?|apps?|accounts?|inbox|menu|screen),?\s+$"
)


def conditions(
    sentence: Sentence, found: list[Zone], values: list[Value], *, denied: bool, practice: str = ""
) -> tuple[Condition, ...]:
    """The conditions of a statement of this polarity and practice."""
    out: list[Condition] = []
    text = sentence.reading.view.text
    folded = sentence.reading.view.folded
    taken: list[tuple[int, int]] = []
    for zone in found:
        if zone.kind not in ("condition", "exception"):
            continue
        start, end = zone.start, min(zone.end, sentence.end)
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM + "。.":
            end -= 1
        if start >= end or any(s < end and start < e for s, e in taken):
            continue
        if zone.kind == "condition" and (
            _is_value(values, start, end)
            or _LIMITS_NOTHING.match(folded, start)
            or _NEEDLESS.search(folded, max(start - 8, sentence.start), start)
            or any(b.start() <= start - sentence.start < b.end() for b in _BESIDES.finditer(sentence.folded))
        ):
            continue
        if zone.kind == "condition" and (
            _BARE.fullmatch(folded, start, end)
            or _NONE.match(folded[start:end])
            or (folded.startswith("where", start) and _PLACE_BEFORE.search(folded, sentence.start, start))
        ):
            continue
        english = sentence.reading.lexicon.language == "en"
        if (
            english
            and zone.kind == "condition"
            and (_NO_CONDITION.match(folded, start) or _FINDS_OUT.search(folded, sentence.start, start))
        ):
            continue
        taken.append((start, end))
        effect, kinds = _kind(sentence, zone, folded[start:end], denied)
        if effect == "OnlyIf" and practice == "OfferChoice":
            kinds = ("If",)  # "if you do not want them, you can …": a choice is what it offers, not what it hangs on
        if not denied and effect == "OnlyIf" and "Consent" in kinds and _WITHOUT.search(folded[start:end]):
            # "we may share them without your consent where the law requires it": the consent is not what it hangs on
            if not _SUPPOSED.search(folded, max(sentence.start, start - 8), start):
                start = _behind_consent(sentence, start, end)
            if start >= end:
                continue
            kinds = ("If",)
        inside: tuple[Mention, ...] = ()
        if effect == "Unless":
            inside = tuple(
                v.mention
                for v in values
                if start <= v.mention.start
                and v.mention.end <= end
                and v.mention.facet in ("legalBasis", "purpose", "recipient", "dataCategory")
            )
        out.append(Condition(start, end, effect, kinds, f"zone:{zone.kind}", inside))
    for start, end, kind in _phrases(sentence, practice):
        if not any(s < end and start < e for s, e in taken):
            out.append(Condition(start, end, "OnlyIf", (kind,), "phrase"))
    return tuple(sorted(out, key=lambda condition: condition.start))


def _phrases(sentence: Sentence, practice: str) -> Iterator[tuple[int, int, ConditionKind]]:
    """Limits that no conjunction opens: "in some cases", "rarely", "for questions, write to …"."""
    if sentence.reading.lexicon.language != "en":
        return
    at = sentence.start
    for match in _PHRASES.finditer(sentence.folded):
        yield at + match.start(), at + match.end(), "If"
    if practice in ("GrantRight", "OfferChoice", "Share", "Sell", "Transfer"):
        for match in _DEPENDING.finditer(sentence.folded):
            yield at + match.start(), at + match.end(), "If"
    if practice == "OfferContact" and (asking := _ASKING.match(sentence.folded)):
        yield at, at + asking.end(), "Request"


#: What ends "without your consent" in Chinese and says nothing more.
_SO = re.compile(r"(?:的?(?:授权|同意|许可))*(?:的?(?:情况|前提|情形|条件)下?|即可|,|\s)*")


#: "if an account is opened without consent, we close it": a lack that is supposed, not one that is claimed.
_SUPPOSED = re.compile(
    r"(?:如果?|若|倘若?|假如|一旦|发现|\bif|\bwhere|\bwhen|\bpokud|\bzjistíme, že)\s*(?:在|您|用户|\w+ )?$"
)
_GOES_ON = re.compile(
    r"(?:and |a |,\s*)?(?:only )?(?:where|if|when|unless|as|to the extent|in (?:case|the event)|pokud|když|jestliže|jen|pouze|v případ\w*|je-li)\b"
)


def _behind_consent(sentence: Sentence, start: int, end: int) -> int:
    """Where a condition goes on after the consent that it opens with; its end where it does not."""
    consents = [h for h in sentence.reading.hits("conditions", start, end) if h.id == "consent"]
    after = consents[0].end if consents else end
    folded = sentence.reading.view.folded
    said = _SO.match(folded, after, end)
    at = said.end() if said else after
    return end if sentence.reading.words and not _GOES_ON.match(folded, at, end) else at


#: How a clause opens that says what the user does.
_YOU = re.compile(r"\s*[,，]?\s*(?:您|用户|you\b|můžete\b|máte\b|můžeš\b|máš\b)")


def governs(sentence: Sentence, draft: Draft, condition: Condition) -> bool:
    """Whether a condition of the sentence is one of the draft.

    It is not in "we set cookies; if you do not want them, you can …": there it is of the clause behind it.
    """
    return not (
        condition.effect == "OnlyIf"
        and draft.actor != "you"
        and 0 <= draft.at < condition.start
        and sentence.clause_of(draft.at)[1] <= condition.start
        and _YOU.match(sentence.reading.view.folded, condition.end, sentence.end)
    )


#: What stands before a consent that is not asked for.
_UNASKED = re.compile(
    r"(?:\bwithout (?:\w+ ){0,3}|\bnot (?:need|require) (?:\w+ ){0,3}|\bbez (?:\w+ ){0,2}|\bnepotřebujeme (?:\w+ ){0,2}"
    r"|未(?:[经取征获得过]{1,2}[^,;。]{0,6})?|不经过?[^,;。]{0,6}|(?:无需|无须|毋须|毋需|不必|不需要?|不须|无庸)[^,;。]{0,8})$"
)


def unasked(sentence: Sentence, draft: Draft, mention: Mention) -> bool:
    """Whether a legal basis of what is done is one that it is done without ("we may share it without your consent")."""
    if draft.denied or mention.facet != "legalBasis" or not sentence.start <= mention.start < sentence.end:
        return False
    folded = sentence.reading.view.folded
    before = folded[max(sentence.start, mention.start - 40) : mention.start]
    return bool(_UNASKED.search(before) or _WITHOUT.match(folded[mention.start : mention.end]))


def _is_value(values: list[Value], start: int, end: int) -> bool:
    """Whether the words are a retention period or a principle ("as long as necessary") rather than a condition."""
    said = (
        v.mention for v in values if v.mention.facet == "retention" or v.mention.concept == "DataMinimisationPrinciple"
    )
    return any((min(m.end, end) - max(m.start, start)) >= 0.6 * (end - start) for m in said)


def _of_person(words: str) -> bool:
    """Chinese 授权, 许可, 允许 are consent only where a person gives them; the law permits, too."""
    words = words.replace("授权登录", "登录")
    if re.search(r"疑问|意见|不同意", words):
        return False
    if re.search(r"拒绝|撤回|撤销|难以|很难|取消授权", words):
        return False
    return bool(
        re.search(
            r"同意|准许|默许|选择加入|(?:您|阁下|台端|用户|会员|当事人|客户|家长|父母|监护人)[^,;。]{0,8}(?:授权|许可|允许|自愿)",
            words,
        )
    )


#: "nepředáme, pokud nám to neukládá zákon": unless.
_CZ_UNLESS = re.compile(
    r"pokud\b[^,;]*\bne(?:opravňuj|zavazuj|uklád|vyžaduj|stanov|udělíte|dáte|souhlasíte|požádáte|povol|nařizuj|umožňuj|jde|jedná)"
)


def _asked(words: str) -> bool:
    """Chinese 要求, 申请 are requests where a person makes them; the law and authorities require, too."""
    return bool(
        re.search(
            r"(?:您|你|用户|会员|当事人|客户|使用者|监护人|家长|父母|本人)(?:[^,;。不]{0,14}(?:要求|请求|申请|想要|欲|愿意|希望|拟)|[^,;。不]{0,8}行使)"
            r"|(?:应|依|按|根据|按照|经)[^,;。法律规机部院]{0,6}(?:要求|请求|申请)|(?:如|若)欲|行使[^,;。]{0,8}权利",
            words,
        )
    )


def _kind(sentence: Sentence, zone: Zone, words: str, denied: bool) -> tuple[Effect, tuple[ConditionKind, ...]]:
    reading = sentence.reading
    consent = reading.has("conditions", "consent", zone.start, zone.end) and (reading.words or _of_person(words))
    request = reading.has("conditions", "request", zone.start, zone.end) and (reading.words or _asked(words))
    if zone.kind == "exception":
        kinds: tuple[ConditionKind, ...] = ("Exception", "Consent") if consent else ("Exception",)
        return "Unless", kinds
    if denied and _CZ_UNLESS.match(words):
        return "Unless", ("Exception", "Consent") if consent else ("Exception",)
    if consent and _WITHOUT.search(words):
        return ("Unless" if denied else "OnlyIf"), ("Consent",)
    if consent:
        return "OnlyIf", ("Consent",)
    request = request or bool(_QUESTIONS.match(words))
    return "OnlyIf", ("Request",) if request else ("If",)
