"""The last look before a permission is stated.

In: a sentence's drafts and its `Facts`. Out: the drafts without affirmed ones beside a negator that nothing accounts
for. A denial read as a permission is the worst error there is; a missed fact is forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .context import Draft
from .facts import Facts, negative_word
from .polarity import negations
from .zones import zone_at

#: Practices that are never affirmed beside a negator that nothing accounts for.
GUARDED = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})
#: Words that deny without being negators everywhere.
_LEXICAL = {
    "en": re.compile(
        r"\b(?:neither|nor|none|no one|nobody|nothing|unable|impossible|incapable|lacks?|disallow\w*|forbid\w*|forbidden|"
        r"against (?:sell|shar|collect|our)\w*|rather than|would rather|\w{3,}n['’]t|dont|doesnt|wont|cant|never)\b|:\s*off\b"
    ),
    "cs": re.compile(r"\b(?:nikdo|odmít\w+|vyluč\w+|vylouč\w+|zakazuj\w+|zakázán\w*|jsme proti|žádn\w+)\b"),
    "zh": re.compile(r"严禁|杜绝|禁止|抵制|谢绝|缺乏|没有必要|绝无|不同意|不接受|不支持|反对(?!权|或|、)|做不到|从不"),
}
_UNDOES = re.compile(
    r"not only|no(?:t)? (?:more|less|later|longer|fewer)|not limited|whether or not|cannot be (?:ruled out|excluded)|"
    r"不仅|不只|不限|不得不|不会不(?!经)|nejen|nelze vyloučit|neváhá"
)


#: "Others sell your data; we don't": what others do is affirmed, and no verb of ours stands there to be denied.
_ELLIPSIS = re.compile(
    r"[;,:–—-]\s*(?:but |and |ale |my |)(?:we|i)?\s*(?:do not|don['’]t|never do|won['’]t|will not|nikoli|ne)\s*[.!]?\s*$"
)


#: "We cannot guarantee that your data will be deleted": what is not promised is not said to happen.
_UNPROMISED = {
    "en": re.compile(
        r"\b(?:cannot|can ?not|can['’]t|do not|don['’]t|does not|unable to|not able to) (?:\w+ ){0,2}?(?:guarantee|promise|warrant|ensure|assure)\b(?: \w+){0,2}? that\b"
    ),
    "cs": re.compile(
        r"(?:\b(?:nemůžeme|nelze|nejsme schopni|není možné|neumíme)\s+(?:\w+\s+){0,2}?(?:zaručit|garantovat|slíbit|zajistit)"
        r"|\b(?:nezaručujeme|negarantujeme|neslibujeme|nezajišťujeme|nezaručuje|negarantuje))\b[^,;.]{0,30},\s*(?:že|aby)\b"
    ),
    "zh": re.compile(r"(?:无法|不能|不|未能|难以)(?:会|作出|完全|绝对|百分之百)*(?:保证|担保|承诺|确保)"),
}


def guarded(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts that may be stated."""
    if not any(not d.denied and d.practice in GUARDED for d in drafts):
        return drafts
    if _ELLIPSIS.search(facts.sentence.folded):
        drafts = [d for d in drafts if d.denied or d.practice not in GUARDED]
    unpromised = _UNPROMISED[facts.sentence.reading.lexicon.language].search(facts.sentence.folded)
    if unpromised:
        from_there = facts.sentence.start + unpromised.end()
        drafts = [d for d in drafts if d.denied or d.practice not in GUARDED or not _within(facts, d, from_there)]
    denied = [f.hit.start for f in facts.frames if f.denied]
    colon = facts.sentence.reading.view.folded.find(":", facts.sentence.start, facts.sentence.end)
    if colon > 0 and any(at > colon for at in denied):  # "Transfers: we do not …": the label states nothing
        drafts = [d for d in drafts if d.denied or d.practice not in GUARDED or not 0 <= d.at < colon]
    doubts = list(_doubts(facts))
    if not doubts:
        return drafts
    return [d for d in drafts if d.denied or d.practice not in GUARDED or not _near(facts, d, doubts)]


def _within(facts: Facts, draft: Draft, start: int) -> bool:
    """Whether a draft's verb stands behind ``start`` without a new main clause between."""
    between = facts.sentence.reading.view.folded[start : max(draft.at, start)]
    return draft.at >= start and not re.search(r";|\bbut\b|, (?:we|so we)\b|\bale\b|,(?:但|不过|我们)", between)


def _doubts(facts: Facts) -> Iterator[tuple[int, bool]]:
    """Where a negator stands that no zone, no denied verb and no idiom takes up, and whether it can follow its verb."""
    sentence = facts.sentence
    folded = sentence.reading.view.folded
    language = sentence.reading.lexicon.language
    places = {hit.start: language == "cs" for hit in negations(sentence)}
    places |= {m.start(): language != "zh" for m in _LEXICAL[language].finditer(folded, sentence.start, sentence.end)}
    places |= dict.fromkeys(negative_word(facts), True)
    denied = [f for f in facts.frames if f.denied]
    for at, follows in sorted(places.items()):
        zone = zone_at(facts.zones, at)
        if zone is not None and zone.kind in ("condition", "exception", "relative", "denied"):
            continue
        begin, end = _clause(facts, at)
        if any(begin <= f.hit.start < end or f.hit.start <= at < f.hit.end for f in denied):
            continue
        if _UNDOES.search(folded, max(begin - 1, sentence.start), end):
            continue
        yield at, follows


_FRONTED_OBJECT = re.compile(r"\s*(?:将|把)")


def _clause(facts: Facts, at: int) -> tuple[int, int]:
    """The clause that holds a position; a fronted object (将…,我们不会) belongs to the clause behind it."""
    begin, end = facts.sentence.clause_of(at)
    if _FRONTED_OBJECT.match(facts.sentence.reading.view.folded, begin):
        end = facts.sentence.clause_of(end + 1)[1] if end + 1 < facts.sentence.end else end
    return begin, end


def _near(facts: Facts, draft: Draft, doubts: list[tuple[int, bool]]) -> bool:
    """Whether a doubt stands in the clause of a draft's verb, or anywhere where it has none."""
    if draft.at < 0:
        return True
    begin, end = _clause(facts, draft.at)
    first_end = facts.sentence.clause_of(draft.at)[1]
    return any(begin <= at < end and (follows or at < draft.at or at > first_end) for at, follows in doubts)
