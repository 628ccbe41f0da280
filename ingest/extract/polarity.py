"""Whether a predicate is denied.

In: a `Sentence`, a predicate, the negators around it, the `Zone`s. Out: yes or no. A denial read as a permission is
the worst error there is: where the words deny in a way not understood here, callers state nothing.
"""

from __future__ import annotations

import re

from .actors import is_subject_words
from .match import Hit
from .reading import Sentence
from .zones import Zone, zone_at


def same_zone(found: list[Zone], negation: Hit, zone: Zone | None) -> bool:
    """A negator inside a condition, exception or relative clause denies nothing outside it."""
    at = zone_at(found, negation.start)
    return at is None or at is zone or at.kind == "purpose" or (at.start == negation.start and at.kind != "denied")


#: The link "Do Not Sell or Share My Personal Information" and the signal "Do Not Track" are names.
_NAMED = re.compile(r"\bDo[ -]Not[ -](?:Track|Sell|Share)|\bDNT\b")


def negations(sentence: Sentence) -> list[Hit]:
    """The negators of a sentence that are words of it, not of a name."""
    text = sentence.reading.view.text
    names = [
        (m.start(), m.end())
        for m in _NAMED.finditer(text, sentence.start, sentence.end)
        if sentence.token(m.start(), -1) not in ("we", "i", "they", "it")
    ]
    return [hit for hit in sentence.named("negation", "words") if not any(s <= hit.start < e for s, e in names)]


def denied_chars(
    sentence: Sentence, hit: Hit, negations: list[Hit], contrasts: list[int], previous: tuple[Hit, bool] | None
) -> bool:
    """Whether a Chinese predicate is denied; ``previous`` is the predicate before it and whether that is.

    A negator of its clause denies it, and so does one of the predicate it is joined to.
    """
    folded = sentence.reading.view.folded
    start, _end = sentence.around(hit.start)
    if _PURPOSE_ONLY_ZH.search(folded, start, hit.start):
        return False
    if folded.startswith(("不到", "不了"), hit.end) or _SELF_ZH.fullmatch(folded, hit.start, hit.end):
        return True
    negations = [
        neg
        for neg in negations
        if not _OF_DATA_ZH.match(folded, neg.start, hit.start) or folded[neg.start - 1] not in "将把、的对或和及"
    ]
    turn = max((at for at in contrasts if start <= at < hit.start), default=start)
    inner = [(m.start(), m.end()) for m in re.finditer(r"\([^()]*\)", folded[start : hit.start])]
    if any(
        turn <= neg.start < hit.start and not any(start + s <= neg.start < start + e for s, e in inner)
        for neg in negations
    ):
        return not _double(folded, turn, hit.start)
    if _LATE_ZH.match(folded, _label_end(folded, hit), sentence.end):
        return True
    if previous is not None and previous[1]:
        between = folded[previous[0].end : hit.start]
        if re.fullmatch(
            r"\s*(?:[、,/]|或者?|和|以及|及|与|,?也|,?亦|或是|、?或)\s*(?:向|对|将|与|给|任何|第三方|其他|公司|组织|个人|和|、|转让|或)*",
            between,
        ):
            return True
        if _OR_ELSE_ZH.fullmatch(between):
            return True
    return _carried(sentence, hit, start, negations)


#: Verbs that carry their negator.
_SELF_ZH = re.compile(r"看不[到见]|接触不到|无从(?:得知|知晓)|无法(?:得知|获知)")

#: What may stand between a negator and a comma without being denied for itself: how, why, for or to whom, with what,
#: or nothing (我们不会,在任何情况下,出售).
_HOW_ZH = re.compile(
    r"(?:会|得|能|可以?|应|曾|再|将)*(?:"
    r"(?:以|用|通过|透过|经由|凭|借|按|依|因|因为|出于|基于|由于)[^,;。]*(?:形式|方式|方法|手段|途径|渠道|名义|身份|形态|代价|对价|价格"
    r"|理由|原因|缘故|目的|用途|需要|需求|考量|考虑|利益|因素|诱因)"
    r"|为(?!准|限|止)了?[^,;。]*|(?:向|对|与|和|同|就)[^,;。]*|(?:将|把)[^,;。]*"
    r"|(?:在|于)[^,;。]*(?:下|时|前|后|中|内|外|期间|同时))?\s*"
)
_BARE_ZH = re.compile(r"(?<!不)不(?=(?!以[^,;。]*为(?:目的|条件|前提|准|限))(?:以|因|为了|基于|出于|通过|向|将|把))")
#: How a clause goes on that says for itself what is done, or only adds to the one before it.
_ANEW_ZH = re.compile(
    r"\s*(?:但|而|不过|然而|却|只|仅|才|则|故|因此|所以|即|也就是|我们|本公司|本网站|本平台|您|用户|会员|贵|其|它|该|此|这)(?!的)"
)
_ADDED_ZH = re.compile(
    r"\s*(?:也|亦|更|在任何|除非|擅自|自行|以任何|包括|包含|例如|比如|如|无论|不论|不管|或者?|及|以及|和|与|特别是|尤其是)"
)
_SAYS_ZH = re.compile(r"(?<!不)(?:会|将会|可能|可以|仅|只|才|将(?=会|于|在|按|依))")


def _carried(sentence: Sentence, hit: Hit, start: int, negations: list[Hit]) -> bool:
    """Whether a negator reaches its verb over a comma: "不会以任何形式,将…出售", "不会为了广告,向…提供"."""
    folded = sentence.reading.view.folded
    if _ANEW_ZH.match(folded, start, hit.start) or _SAYS_ZH.search(folded, start, hit.start):
        return False
    before = [c for c in sentence.clauses if c[1] <= start]
    while before:
        begin, end = before.pop()
        if folded[end : end + 1] not in (",", "—", "–", "("):
            return False
        inside = [neg for neg in negations if begin <= neg.start and neg.end <= end]
        if inside:
            last = inside[-1]
            verbs = [h for h in sentence.reading.hits("predicates", last.end, end) if folded[h.end : h.end + 1] != "的"]
            lead = re.compile(r"(?:会|得|能|可以?|应|曾|再|将)*(?:将|把|向|对|与|就)").match(folded, last.end, end)
            if _HOW_ZH.fullmatch(folded, last.end, end) and not (lead and verbs):
                return True
            if folded[begin : begin + 1] not in "也亦更":
                return False
            continue
        bare = _BARE_ZH.search(folded, begin, end)
        if bare and _HOW_ZH.fullmatch(folded, bare.end(), end):
            return True
        if _ANEW_ZH.match(folded, begin, end):
            return False
        if not _ADDED_ZH.match(folded, begin, end) and sentence.reading.hits("predicates", begin, end):
            return False
    return False


#: "并非为了广告而收集": the purpose is denied, not what is done.
_PURPOSE_ONLY_ZH = re.compile(r"(?:并非|不是|并不是)(?:为了?|出于)[^,;。]{1,20}(?:而|才)[^,;。]{0,4}$")
#: "将无法识别您身份的信息提供给…": what is said of the data, unlike 绝对不会将您的数据….
_OF_DATA_ZH = re.compile(
    r"(?:无法|不能|不可|未|不)(?!(?:会|得|再|能|可)?(?:将|把))[^,;。、]{1,14}的(?:个人)?(?:信息|数据|资料)"
)
#: "不会对外提供上述信息,或者将其用于…": what "or" joins to a denied verb and its object is denied as well.
_OR_ELSE_ZH = re.compile(r"[^,;。:]{0,16},(?:或者?|或是|亦或)(?!者?您|者?用户)[^,;。:会]{0,8}")


#: A denial that follows what it denies: "收集行为从未发生", "第三方分享: 无".
_LATE_ZH = re.compile(
    r"[^,;。:]{0,14}(?:(?:并未|不会|从未|未曾|绝不会|没有)发生|没有必要|(?:并)?不存在|并非(?!为|出于)|不是(?=[^,;。]{0,8}(?:业务|做法|目的|项目)))|[^,;。:]{0,10}:\s*(?:无|否|不(?![超少多长低])|没有|从不|绝无|×|✗|✘)(?![论需同])"
)


def _label_end(folded: str, hit: Hit) -> int:
    """Where a predicate ends, without the colon that some labels carry ("shromažďované údaje:")."""
    return hit.end - 1 if folded[hit.end - 1] == ":" else hit.end


def _double(folded: str, start: int, end: int) -> bool:
    """不得不, 不会不, 无不: two negators that affirm."""
    return bool(re.search(r"不得不|不会不(?!经|通过|在)|无不|没有不|不能不|并非不", folded[start:end]))


_LATE = re.compile(
    r"[^,;.]{0,60}?(?:\bdoes not (?:take place|happen|occur)|\bis not something|\bout of the question|\bis (?:strictly )?(?:prohibited|forbidden)|\bagainst our|\bnot part of)"
    r"|[^,;.:]{0,48}\s?[:–-]\s*(?:none|never|no|not|nothing|off|n/a)\b(?! more| longer than| later)"
    r"|[^,;.:]{0,48}\s?[:–-]\s*(?:ne(?! déle| více| méně| delší)|nikdy|nic|žádn\w+|neprob\w+)\b"
    r"|[^,;.]{0,48}?\b(?:neprovád\w+|neprob\w+|je zakázán\w+|není možn\w+|se nekoná)"
)
#: "to no one", "with nobody": the negator stands behind its verb.
_TO_NONE = re.compile(r"[^,;.]{0,36}?\b(?:to|with|by) (?:no one|nobody|none)\b|[^,;.]{0,24}?\bnikomu\b")
_FRONTED = re.compile(
    r"\b(?:under no circumstances|in no (?:event|case|way|circumstances)|at no time|by no means|on no account|(?:never|nor|neither) (?:do|does|will|would|can|have|are|is|did))\b"
)
#: Verbs that deny what follows them where the controller does them.
STOPS = re.compile(
    r"\b(?:(?:have |has |had )?(?:stopped|ceased|refuse to|refrain from|abstain from|avoid|forgo|steer clear of|never|far from|rather than|instead of|hardly ever|rather \w+(?: \w+){0,3} than)|přestal\w*(?: jsme)?|vyhýb\w+ se|vyhneme se|zdrž\w+ se|upouštíme od|upustili jsme od|odmítáme|namísto|místo)\s+(?:\w+\s+){0,2}$"
    r"|(?:已经?停止|已不再|停止|(?<![有可能的])拒绝|避免|杜绝|绝无|严禁|抵制|谢绝|禁止)[^,;。并且]{0,6}$"
)


def denied_words(sentence: Sentence, hit: Hit, negations: list[Hit], contrasts: list[int], zone: Zone | None) -> bool:
    """Whether a predicate of a language of words is denied."""
    reading = sentence.reading
    folded = reading.view.folded
    begin = (
        zone.cue
        if zone and zone.kind in ("condition", "exception", "relative", "purpose") and zone.cue <= hit.start
        else sentence.start
    )
    begin = max([begin, *(at for at in contrasts if at < hit.start)], default=begin)
    semicolon = folded.rfind(";", begin, hit.start)
    begin = max(begin, semicolon + 1)
    if _LATE.match(folded, _label_end(folded, hit), sentence.end) and _no_subject(sentence, begin, hit):
        return True
    if _TO_NONE.match(folded, hit.end, sentence.end):
        return True
    stop = STOPS.search(folded, max(begin, hit.start - 40), hit.start)
    if stop and " by " in folded[stop.start() : hit.start]:
        stop = None
    if _FRONTED.search(folded, begin, hit.start) or stop:
        return True
    if reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        return _denied_czech(sentence, hit, negations, begin)
    subjects = [s for s in reading.hits("subjects", begin, hit.start) if s.id in ("we", "you", "third")]
    before = [neg for neg in negations if begin <= neg.start and neg.end <= hit.start]
    if before:
        last = before[-1]
        word = folded[last.start : last.end]
        own = not _SUBJECTLESS.search(folded[last.end : hit.start] + folded[hit.start : hit.end])
        fresh = [s for s in subjects if own and s.start > last.end and is_subject_words(sentence, s)]
        if word in ("no", "none", "nobody", "nothing", "zero"):  # denies what it determines and the verb after it
            between = folded[last.end : hit.start]
            return not fresh and not _NEW_CLAUSE.search(between) and not _again(sentence, begin, last, hit)
        if not fresh and not _finite_again(folded[last.end : hit.start]) and not _again(sentence, begin, last, hit):
            return True
    after = [
        neg
        for neg in negations
        if hit.end <= neg.start <= hit.end + 12 and folded[neg.start : neg.end] in ("no", "none", "nothing", "zero")
    ]
    return any(not re.search(r"[,;:]|\bif\b|\bthat\b", folded[hit.end : neg.start]) for neg in after)


#: An infinitive or a noun in the clause of the negator has no subject of its own ("we do not use the app to collect …").
_SUBJECTLESS = re.compile(
    r"^[^,;:]*\bto \w+$|^(?:(?!\b(?:that|which|who|how|what|whether)\b)[^,;:])*\b\w+(?:tion|sion|ssing|closure|torage)$"
)


_CHAIN = re.compile(
    r"[\s,/]*(?:\b(?:or|and|nor|otherwise|any|form|of|other|the|in|way|to|nebo|ani|či|a|ani)\b|[\s,/])*"
)


def coordinated(sentence: Sentence, hit: Hit, previous: tuple[Hit, bool] | None) -> bool:
    """A verbal noun or bare verb joined to a denied one shares its denial."""
    if previous is None or not previous[1]:
        return False
    folded = sentence.reading.view.folded
    if sentence.reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        word = folded[hit.start : hit.end].split()[0]
        if not hit.negated and _CZ_FINITE.search(word):  # "neodesílají se a zůstávají": a finite verb denies for itself
            return False
    return bool(_CHAIN.fullmatch(folded[previous[0].end : hit.start])) and hit.start > previous[0].start


#: Behind "no …" a comma may go on listing; these words start a clause of their own.
_NEW_CLAUSE = re.compile(
    r"[,;:]\s*(?:your|the|this|these|all|our|it|they|we|you|which|but|so|then|and we|if|when|unless|except)\b|\bbut\b"
)


def _no_subject(sentence: Sentence, begin: int, hit: Hit) -> bool:
    """Whether no actor stands before a verbal noun ("Sale of your data: none")."""
    return not any(
        s.id in ("we", "you", "third") and s.end < hit.start - 1
        for s in sentence.reading.hits("subjects", begin, hit.start)
    )


def _finite_again(between: str) -> bool:
    """Whether a new finite verb phrase starts after the negator ("…, and will use …")."""
    return bool(
        re.search(
            r"[,;]\s*(?:and|but|so)\s+(?:we|you|they|it|will|may|can|is|are|do)\b|\b(?:and|but)\s+(?:will|may|can|do|is|are)\b(?!\s+(?:not|never|no))"
            r"|[,;]\s*(?:and|but|while|whereas|yet)\s+(?:your|the|this|these|other|some|our)\b[^,;]*\b(?:is|are|will be|may be|can be)\b(?!\s+(?:not|never))",
            between,
        )
    )


def _again(sentence: Sentence, begin: int, last: Hit, hit: Hit) -> bool:
    """Whether another clause begins between a negator and a verb without a comma.

    "Your number is not shared and your name is shown", "the logs contain no names and may be kept".
    """
    folded = sentence.reading.view.folded
    if sentence.clause_of(hit.start)[0] > last.end and _AND_BEFORE.search(folded, last.end, hit.start):
        return not _NOT_HERE.search(folded, sentence.clause_of(hit.start)[0], hit.start)
    said = sentence.reading.hits("predicates", begin, last.start) or _HOLDS.search(folded, begin, last.start)
    return bool(said) and bool(_AND_MAY.search(folded, last.end, hit.start))


_AND_BEFORE = re.compile(r"(?<!,)\s(?:and|while|whereas) (?:your|the|this|these|our|its|their)\b[^,;]*$")
_NOT_HERE = re.compile(r"\b(?:not|never|no|neither|nor|nobody|none)\b|n['’]t\b")
_HOLDS = re.compile(r"\b(?:contains?|includes?|has|have|holds?|carr(?:y|ies)|show)\s*$")
_AND_MAY = re.compile(r"\band (?:may|can|will|is|are) (?!not\b|never\b)[^,;]*$")

_CZ_AUXILIARY = re.compile(
    r"\b(?:ne(?:sm|moh|můž|hodl|chc|plán|mín|bud|mus)\w*|nejsou|nejsme|není|nelze|nedochází)\b[^,;:]{0,60}$"
)
_CZ_FINITE = re.compile(r"(?:[aáeiíu]me|ujeme|uji|ám|ím|eme|íme|áme|ují|ují|ete|áte|íte|ujete|uje|á|í|ají)$")


#: "není sdíleno a je uloženo v EU": an auxiliary that affirms begins anew.
_CZ_AGAIN = re.compile(r"\ba\s+(?:[^,;]*\s)?(?:je|jsou|bude|budou|byl[ayo]?|byli)\b")


def _denied_czech(sentence: Sentence, hit: Hit, negations: list[Hit], begin: int) -> bool:
    if hit.negated:
        return True
    folded = sentence.reading.view.folded
    word = folded[hit.start : hit.end].split()[0]
    auxiliary = _CZ_AUXILIARY.search(folded, max(begin, sentence.clause_of(hit.start)[0]), hit.start)
    if auxiliary and not _CZ_FINITE.search(word):
        return not _CZ_AGAIN.search(auxiliary.group())
    before = [neg for neg in negations if begin <= neg.start and neg.end <= hit.start]
    if not before:
        after = sentence.reading.hits("negation", hit.end, min(hit.end + 18, sentence.end))
        return any(
            folded[n.start : n.end] in ("nejsou", "není", "nebudou", "nebude", "nemáme", "nedochází", "neprobíhá")
            and not re.search(r",|\b(?:a|ale|i|nebo)\b", folded[hit.end : n.start])
            for n in after
        )
    last = before[-1]
    text = folded[last.start : last.end]
    between = folded[last.end : hit.start]
    if "," in between and re.search(
        r",\s*(?:ale|však|avšak|který|která|které|aby|abychom|pokud|že|což|protože)\b", between
    ):
        return False
    if text == "bez":
        return len(between) < 30 and "," not in between
    if text in (
        "ne",
        "nikdy",
        "žádný",
        "žádná",
        "žádné",
        "žádných",
        "žádným",
        "žádnou",
        "ani",
        "nikomu",
        "nikým",
        "nikoli",
        "nikoliv",
        "žádnému",
    ):
        # Czech doubles the negation: a plain finite verb beside these words stays affirmed unless none is negated
        return text in ("nikoli", "nikoliv", "ne") and len(between) < 24
    if _CZ_FINITE.search(word) and word.endswith(("me", "ji", "te")):
        return False
    return not _CZ_AGAIN.search(between) and not re.search(r"\b(?:budeme|můžeme|mohou|může|budou|bude|ale)\b", between)
