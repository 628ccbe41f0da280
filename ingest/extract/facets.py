"""The values a sentence names: concepts with the words they rest on.

In: a `Sentence`, its `Zone`s. Out: `Value`s (a `Mention` with the zone it stands in), before any practice has chosen
which of them it admits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Mention
from .match import Hit
from .reading import Reading, Sentence
from .zones import Zone, zone_at

FACET_OF_SCHEME = {
    "data-categories": "dataCategory",
    "purposes": "purpose",
    "recipients": "recipient",
    "data-subjects": "dataSubject",
    "sources": "source",
    "legal-bases": "legalBasis",
    "retention": "retention",
    "rights": "right",
    "measures": "measure",
    "laws": "applicableLaw",
    "authorities": "authority",
    "places": "jurisdiction",
    "storage-media": "storageMedium",
}

#: Composition windows, in code points between verb and object.
_REACH_WORDS, _REACH_CHARS, _FARTHEST = 48, 16, 108
#: What parts a verb from the object behind it.
_PARTED = re.compile(r"[()“”\"《》【】]|^(?:给(?!您|你|用户|我)|或)")


@dataclass(frozen=True, slots=True)
class Value:
    """A mention, the zone its words stand in ("main" or a zone's kind) and whether it was composed of verb and object."""

    mention: Mention
    zone: str
    composed: bool = False
    weak: bool = False


#: What is changed is the policy, not data: no right to rectification.
_NOTICE = re.compile(
    r"(?:声明|政策|条款|协议|通知|公告|告知|说明|规则)(?:书|内容)?(?:的|之|作|做|任何|所有|有|若|如|进行|,|\s)*$|(?:修改|变更|更新|更改|更正)后的?$"
)


def _of_notice(sentence: Sentence, hit: Hit) -> bool:
    return hit.id == "RightToRectification" and bool(
        _NOTICE.search(sentence.reading.view.folded, max(sentence.start, hit.start - 14), hit.start)
    )


def values(sentence: Sentence, found: list[Zone]) -> list[Value]:
    """Every value named in the sentence, in text order."""
    out: list[Value] = []
    for scheme, facet in FACET_OF_SCHEME.items():
        out.extend(
            _value(facet, hit, found, f"lexicon:{hit.id}")
            for hit in sentence.hits(scheme)
            if not (facet == "right" and (of_entitled(sentence, hit.start, hit.end) or _of_notice(sentence, hit)))
            and not (facet == "jurisdiction" and _lives_there(sentence, hit, found))
        )
    out += [value for hit in sentence.hits("legal-bases") for value in _more_letters(sentence, hit, found)]
    for hit in sentence.hits("parties"):
        if hit.form.weak and not sentence.reading.view.text[hit.start].isupper():
            continue
        key = name_key(sentence.reading.view.text[hit.start : hit.end])
        mention = Mention("recipient", hit.id, hit.start, hit.end, f"party:{hit.id}", party=key)
        out.append(Value(mention, _zone(found, hit.start), weak=hit.form.weak))
    out += _composed(sentence, found)
    for said in _described(sentence, found):  # instead of the plain data that it describes
        inside = range(said.mention.start, said.mention.end)
        out = [v for v in out if v.mention.concept != "PersonalData" or v.mention.start not in inside] + [said]
    out.sort(key=lambda value: (value.mention.start, value.mention.end))
    return _unnested(out)


_CZ_DATA = r"\b(?:(?:vaše|vašich|tvé|tvých|další|osobní\w*) ){0,2}(?:údaj\w*|informac\w+|dat(?:a|ech|y|ům)?)\s*,\s*kter[éáý]\w*\s+"
#: Data that a Czech clause describes by where they come from: "údaje, které nám poskytnete", "údaje, které získáme".
_DESCRIBED = {
    "ProvidedPersonalData": re.compile(
        _CZ_DATA
        + r"(?:(?!kter)\w+\s+){0,4}?(?:poskyt|svěř|sděl|zad|vypl|uved|předá|zašl|pošl|vlož|nahra)\w*(?:te|š|(?<!e)l|la|li|ly)\b"
    ),
    "CollectedPersonalData": re.compile(
        _CZ_DATA
        + r"(?:(?!kter)\w+\s+){0,3}?(?:shromažď\w+|shromáždí\w*|sbír\w+|získ[aá]\w*?|zpracováv\w+)(?:me|m|l|la|li)\b"
    ),
}


def _described(sentence: Sentence, found: list[Zone]) -> list[Value]:
    """What a Czech relative clause says of data where no word of the lexicon does."""
    if sentence.reading.lexicon.language != "cs":
        return []
    folded = sentence.reading.view.folded
    out = []
    for concept, pattern in _DESCRIBED.items():
        for match in pattern.finditer(folded, sentence.start, sentence.end):
            mention = Mention("dataCategory", concept, match.start(), match.end(), f"described:{concept}")
            out.append(Value(mention, _zone(found, match.start())))
    return out


#: "任何有权存取该内容的访客": what people may do by whom something is seen is no right of the data subject.
_ENTITLED = re.compile(
    r"[^,;。]{0,16}的(?:访客|访问者|用户|人员|人士|人(?![的格身])|员工|第三方|雇员|供应商|主管|合作伙伴)"
)


def of_entitled(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are of a clause that says who may see something (Chinese text)."""
    folded = sentence.reading.view.folded
    if sentence.reading.words or "有权" not in folded[max(sentence.start, start - 3) : end]:
        return False
    at = folded.rfind("有权", max(sentence.start, start - 3), end)
    return folded[max(at - 1, 0)] not in "您你" and bool(_ENTITLED.match(folded, end, sentence.end))


_LIVES = re.compile(
    r"(?:您|你|用户)?(?:位于|居住(?:在|于)?|居于|身处|身在)\s*$|\b(?:located|resid(?:e|ent|ents|ing)|liv(?:e|ing)|based|are|were) (?:in|of|within)(?: the)?\s+$"
    r"|\b(?:nacházíte|bydlíte|sídlíte|žijete|jste)\b[^,;.]{0,8}$"
)


def _lives_there(sentence: Sentence, hit: Hit, found: list[Zone]) -> bool:
    """ "If you are in the UK, …": where the user lives is no place of storage, use or transfer."""
    zone = zone_at(found, hit.start)
    before = sentence.reading.view.folded[max(sentence.start, hit.start - 40) : hit.start]
    return zone is not None and zone.kind == "condition" and bool(_LIVES.search(before))


_LETTER = re.compile(
    r"\)?\s*(?:,|;|/|、|和|及|或|\b(?:and|or|a|i|nebo|resp\.?)\b)\s*(?:písm\w*\.?|lit\.?|points?|第)?\s*\(?(?P<letter>[a-f])\)"
)


def _more_letters(sentence: Sentence, hit: Hit, found: list[Zone]) -> list[Value]:
    """ "Art. 6(1)(b) and (f)": the letters behind the first name provisions of the same paragraph."""
    article, _, letter = hit.id.rpartition("-")
    if not article.startswith("GDPR-A6-1") or len(letter) != 1:
        return []
    out = []
    position = hit.end
    while match := _LETTER.match(sentence.reading.view.folded, position, sentence.end):
        concept = f"{article}-{match['letter']}"
        mention = Mention("legalBasis", concept, match.start("letter"), match.end("letter"), f"lexicon:{concept}")
        out.append(Value(mention, _zone(found, match.start("letter"))))
        position = match.end() - 1
    return out


def name_key(name: str) -> str:
    """NFKC, case-folded, without white space: what joins a party's names across policies."""
    import unicodedata

    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name).casefold())


def _zone(found: list[Zone], position: int) -> str:
    zone = zone_at(found, position)
    return zone.kind if zone else "main"


def _value(facet: str, hit: Hit, found: list[Zone], rule: str) -> Value:
    return Value(Mention(facet, hit.id, hit.start, hit.end, rule), _zone(found, hit.start), weak=hit.form.weak)


def _unnested(out: list[Value]) -> list[Value]:
    """Of purposes that cover each other keep the fixed form over the composed, the longer over the shorter."""
    purposes = [v for v in out if v.mention.facet == "purpose"]
    dropped: set[int] = set()
    for index, value in enumerate(purposes):
        for at, other in enumerate(purposes):
            if at == index or at in dropped:
                continue
            inside = other.mention.start <= value.mention.start and value.mention.end <= other.mention.end
            same = inside and (value.mention.start, value.mention.end) == (other.mention.start, other.mention.end)
            if (
                (value.composed and not other.composed and (inside or _overlaps(value, other)))
                or (inside and not same and value.composed == other.composed)
                or (same and value.composed and other.composed and index > at)
            ):
                dropped.add(index)
    kept = {id(value) for index, value in enumerate(purposes) if index not in dropped}
    return [v for v in out if v.mention.facet != "purpose" or id(v) in kept]


def in_measure(value: Value, values: list[Value]) -> bool:
    """Whether data is named inside a measure: "regular backups" protect, they are not what is protected."""
    mention = value.mention
    return mention.facet == "dataCategory" and any(
        v.mention.facet == "measure" and v.mention.start <= mention.start and mention.end <= v.mention.end
        for v in values
    )


def _overlaps(one: Value, other: Value) -> bool:
    return one.mention.start < other.mention.end and other.mention.start < one.mention.end


# -- purposes composed of a verb and its object


def _composed(sentence: Sentence, found: list[Zone]) -> list[Value]:
    reading = sentence.reading
    pairs = reading.lexicon.pairs
    named = sentence.hits("data-categories")  # 自我介绍 is data, no introduction
    verbs = [v for v in sentence.hits("compose-verbs") if not any(_within(v, d) for d in named)]
    objects = sentence.hits("compose-objects")
    if not verbs or not objects:
        return []
    folded = reading.view.folded
    out: list[Value] = []
    pending: list[Hit] = []
    starts = sorted({hit.start for hit in verbs})
    for at in starts:
        group = [hit for hit in verbs if hit.start == at]
        verb = group[0]
        following = next((other for other in starts if other >= verb.end), sentence.end)
        things = _things(folded, objects, verb, min(following, verb.end + _FARTHEST), reading.words)
        if not things:
            nominal = _nominal(folded, objects, verb, reading.words)
            if nominal:
                for each in group:
                    concept = pairs.get((each.id, nominal.id))
                    if concept:
                        out.append(_pair(concept, nominal.start, verb.end, each, nominal, found))
                        break
                pending = []
                continue
            if _joined(folded, verb.end, following):
                pending += group
            else:
                pending = []
            continue
        for each in [*pending, *group]:
            for thing in things:
                concept = pairs.get((each.id, thing.id))
                if concept:
                    begin = each.start if thing is things[0] else thing.start
                    out.append(_pair(concept, begin, thing.end, each, thing, found))
        pending = []
    return out


def _within(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def _things(folded: str, objects: list[Hit], verb: Hit, limit: int, words: bool) -> list[Hit]:
    """The verb's objects: the first within reach and those joined to it.

    No object stands beyond a bracket or quotation mark, nor beyond a Chinese comma (、 joins, a comma parts), and what
    is given *to* somebody (提供给第三方的服务) is no object.
    """
    out: list[Hit] = []
    position = verb.end
    reach, commas = (_REACH_WORDS, 1) if words else (_REACH_CHARS, 0)
    for thing in objects:
        if thing.start < position or thing.start >= limit:
            continue
        between = folded[position : thing.start]
        if re.search(r"[;。.:!?]", between):
            break
        if not out and (len(between) > reach or between.count(",") > commas or _PARTED.search(between)):
            break
        if out and not re.fullmatch(
            r"[\s,、/&'\"]*(?:\b(?:and|or|our|the|your|its|other|any|related|a|nebo|či|i|naše|naší|našich)\b|和|及|以及|或|与|我们的|我们|其|相关|各项|的|\s|,|、|/)*\s*",
            between,
        ):
            break
        out.append(thing)
        position = thing.end
    return out


def _nominal(folded: str, objects: list[Hit], verb: Hit, words: bool) -> Hit | None:
    """服务改善, "service improvement": the object right before the verb, unless another verb follows (平台进行比对)."""
    if folded.startswith("进行", verb.start):
        return None
    for thing in reversed(objects):
        if thing.end <= verb.start:
            between = folded[thing.end : verb.start]
            loose = r"\s*" if words else r"[\s之的与和、及]{0,2}"
            return thing if re.fullmatch(loose, between) else None
    return None


def _joined(folded: str, end: int, following: int) -> bool:
    return bool(
        re.fullmatch(
            r"[\s,、/]*(?:\b(?:and|or|to|a|nebo|či|i)\b|和|及|以及|或|与|并|、|\s|,)*\s*", folded[end:following]
        )
    )


def _pair(concept: str, start: int, end: int, verb: Hit, thing: Hit, found: list[Zone]) -> Value:
    mention = Mention("purpose", concept, start, end, f"compose:{verb.id}+{thing.id}")
    return Value(mention, _zone(found, start), composed=True)


#: What an item's bold label may name for the sentence behind it ("**Lumen Mail** – sends our letters").
_OF_LABEL = frozenset({"recipient", "legalBasis", "right", "purpose"})


def with_label(reading: Reading, label: tuple[int, int], found: list[Value]) -> list[Value]:
    """A sentence's values, and those of the label cut off in front of it that it does not name itself."""
    if label[0] >= label[1] or not reading.words:
        return found
    have = {v.mention.facet for v in found} - {"legalBasis"}
    named = values(reading.sentence(*label), [])
    return [v for v in named if v.mention.facet in _OF_LABEL - have] + found
