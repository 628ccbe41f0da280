"""Who acts in a frame: the controller, the user, a third party, or the policy itself.

In: a `Sentence`, a predicate and the `Zone`s. Out: the actor's kind and the place of its words.
"""

from __future__ import annotations

import itertools
import re
from typing import Literal

from .match import Hit
from .reading import Sentence
from .zones import Zone, zone_at

Actor = Literal["we", "you", "third", "policy", ""]

#: Sentences that tell the user what to do or not to do.
_IMPERATIVE = re.compile(
    r"(?:please,? )?(?:do not|don't|never|keep|choose|use caution|avoid)\b(?! we| our)|please\b(?!,? (?:note|be aware|be advised|remember|understand|know|bear in mind|keep in mind))|(?:prosíme?,? )?(?:ne)?\w+(?:ejte|ujte|něte)\b"
)
_IMPERATIVE_ZH = re.compile(
    r"(?:因此,?|所以,?)?(?:请|切勿|勿)(?!求|注意|放心|理解|知悉|了解|参|您(?:注意|放心|理解|知悉|了解))"
)
_TOWARDS = re.compile(r"(?:向|与|和|给|对|跟|(?<!不)(?<!相)同(?!时))[^,;。会将不未]{0,8}$")


def actor_of(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    """Who acts, and where the words for it stand (-1, -1 where only the verb's ending says it)."""
    if (not sentence.reading.words and _IMPERATIVE_ZH.match(sentence.folded)) or (
        sentence.reading.words and _IMPERATIVE.match(sentence.folded)
    ):
        return "you", -1, -1
    if sentence.reading.words:
        return _actor_words(sentence, hit, found)
    return _actor_chars(sentence, hit, found)


_RECEIVER = re.compile(
    r"(?:向|给|为|对|与|和|跟|替|请|使|让|帮助|将|把|于|及|或|、|要求|代表|委托|授权|有关|关于|了解|识别|保护|提醒|通知|征得|获得|取得|经|供|任何|以|使用|从|来自|自|除|遵循|根据|按照|依照|遵守|同意|阅读|依据|依|除了|因|参与|通过|借助)\s*$"
)


_TOLD = re.compile(
    r"(?:(?<=[,;。 ])|(?<=[亦也并则故但]))\s*(?:请(?!求|您理解)|敬请|烦请|切勿|建议(?=勿|您|不)|务必|勿)"
)


#: 会员数据将保存至…: whose data, not who keeps it.
_COMPOUND = re.compile(r"个人(?:数据|信息)|数据|信息|账号|记录|隐私")
_PART = re.compile(r"(?:个人)?(?:数据|信息|名单|名册|档案)(?!的(?:收集|处理|利用|使用|保护))")
#: "您输入的内容会发送至 …": who has entered it does not send it.
_OWNED = re.compile(
    r"(?:所|主动|自行|自愿)?(?:选中|选择|输入|上传|提供|提交|填写|创建|发布|录入|录制|拍摄|保存|导入|编辑|授权)的(?:[^,;。的]{1,12}(?:信息|数据|内容|文字|文本|照片|图片|文件|提示词|问题|资料))?"
)


def _actor_chars(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    reading = sentence.reading
    folded = reading.view.folded
    zone = zone_at(found, hit.start)
    here = sentence.clause_of(hit.start)[0]
    told = _TOLD.search(folded, here, hit.start)
    if (
        told
        and hit.id not in ("contact", "channel")
        and not any(s.id in ("we", "third") for s in reading.hits("subjects", here, hit.start))
    ):
        return "you", -1, -1
    for start, end in reversed([c for c in sentence.clauses if c[0] <= hit.start]):
        best: Hit | None = None
        for subject in reading.hits("subjects", start, min(end, hit.start)):
            following = folded[subject.end : subject.end + 1]
            if folded.find("(", start, subject.start) > 0 and folded.find(")", subject.end, hit.start) > 0:
                continue  # named in a bracket that is closed before the verb
            inside = zone_at(found, subject.start)
            if (
                inside is not None
                and inside is not zone
                and inside.kind in ("condition", "exception")
                and subject.id != "policy"
            ):
                continue
            if subject.id == "you" and _PART.match(folded, subject.end):  # 会员数据: the members do nothing
                continue
            owned = _OWNED.match(folded, subject.end, hit.start) if subject.id == "you" else None
            if owned or following in ("的", "之") or (subject.id == "policy" and following in ("中", "所")):
                continue
            opens = subject.id == "you" and subject.start <= start + 1
            if opens and hit.id in ("retain", "store", "delete") and _COMPOUND.match(folded, subject.end):
                continue
            by = folded[max(start, subject.start - 1) : subject.start]
            if by in ("由", "被"):
                if hit.start >= end:  # "由您提供,仅保存在本地": who provides it does not keep it
                    continue
                return _as_actor(subject)
            if by == "就" and subject.id == "we":  # 您就本公司保有之个人资料得…: of what, not who
                continue
            before = folded[max(start, subject.start - 4) : subject.start]
            if before.endswith(("没有任何", "无任何")):  # "没有任何第三方可以访问": nobody, but they would act
                best = subject
                continue
            if _RECEIVER.search(before) or _TOWARDS.search(folded[max(start, subject.start - 10) : subject.start]):
                continue
            best = subject
        if best is not None:
            return _as_actor(best)
    return "", -1, -1


def _as_actor(subject: Hit) -> tuple[Actor, int, int]:
    kind: Actor = subject.id if subject.id in ("we", "you", "third", "policy") else ""  # type: ignore[assignment]
    return kind, subject.start, subject.end


def is_subject_words(sentence: Sentence, subject: Hit) -> bool:
    """Whether a word for an actor stands where a subject stands, not behind a preposition or a possessive."""
    before = sentence.token(subject.start, -1)
    if subject.id == "third" and before in ("our", "your", "other"):  # "our partners may collect"
        before = sentence.token(subject.start, -2)
    return before not in {
        "to",
        "with",
        "from",
        "about",
        "by",
        "for",
        "of",
        "our",
        "your",
        "on",
        "at",
        "other",
        "between",
        "via",
        "through",
        "let",
        "help",
        "those",
        "s",
        "s vámi",
        "od",
        "o",
        "k",
        "pro",
        "na",
        "u",
        "ze",
        "se",
        "mezi",
        "asking",
        "ask",
        "and our",
    }


#: Czech cases that no subject stands in ("ujišťujeme vás", "údaje zákazníků").
_CZ_OBLIQUE = re.compile(r"(?:\b(?:vás|vám|vámi|tě|ti|tebe|tobě|tebou)|ů|ům|ího|ímu|ele|eli|ovi)$")


def _actor_words(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    reading = sentence.reading
    folded = reading.view.folded
    czech = bool(reading.lexicon.cues.get("language", {}).get("negative_prefix"))
    if czech:
        ending = _czech_person(sentence, hit)
        if ending:
            return ending, -1, -1
    zone = zone_at(found, hit.start)
    begin = (
        zone.cue
        if zone and zone.cue <= hit.start and zone.kind in ("condition", "exception", "relative")
        else sentence.start
    )
    agent = re.match(r"(?:\s+\w+){0,3}?\s+by\s+", folded[hit.end : min(hit.end + 40, sentence.end)])
    if agent:
        by = [
            s
            for s in reading.hits("subjects", hit.end + agent.end() - 1, min(hit.end + agent.end() + 24, sentence.end))
            if s.id in ("third", "you")
        ]
        if by and by[0].start <= hit.end + agent.end() + 4:
            return _as_actor(by[0])
    if re.match(r"you\b", folded[hit.start : hit.end]):
        return "you", hit.start, hit.start + 3
    candidates = []
    for subject in reading.hits("subjects", begin, hit.start):
        inside = zone_at(found, subject.start)
        if inside is not None and inside is not zone:
            continue
        if czech and subject.id == "you" and _CZ_OBLIQUE.search(folded, subject.start, subject.end):
            continue
        if is_subject_words(sentence, subject):
            candidates.append(subject)
    if not candidates:
        return _behind(sentence, hit) if czech and hit.id not in _GIVES else ("", -1, -1)
    for one, other in itertools.pairwise(candidates):
        if (
            one.id == "we"
            and other.id == "third"
            and re.fullmatch(
                r"\s+(?:and|or|a|nebo)(?:\s+(?:our|its|naši|náš))?(?:\s+\w+){0,2}\s+", folded[one.end : other.start]
            )
        ):
            return _as_actor(one)
    while len(candidates) > 1 and czech and candidates[-1].start - candidates[-2].end <= 1:
        candidates.pop()  # "poskytovatel služby": the second names whose the first is
    pronouns = [s for s in candidates if s.id in ("we", "you") and len(folded[s.start : s.end]) <= 3]
    chosen = (
        pronouns[-1]
        if pronouns and not any(s.start > pronouns[-1].start and s.id == "third" for s in candidates)
        else candidates[-1]
    )
    return _as_actor(chosen)


#: Behind verbs of giving stands who takes ("údaje předává dopravci").
_GIVES = frozenset({"share", "provide", "transfer", "sell"})
#: "Platby zpracovává platební brána", "ukládá je náš poskytovatel hostingu": what may stand between a Czech verb and the
#: subject behind it, and words for others in the case of a subject.
_CZ_THIRD = re.compile(r"\w{3,}(?:á|í|uje|je|ají|ují|ejí)")
_CZ_SUBJECT = re.compile(
    r"(?:\s+(?:ho|je|ji|jej|vám|nám|za nás|pro nás|naším jménem|také|pouze|jen|výhradně|přímo|vždy|i|si|vaše|osobní|údaje|data|platby))*"
    r"(?:\s+(?:náš|naše|naši|váš|vaše|externí|zvolen[ýáé]|vybran[ýáé]|příslušn[ýáé]|samotn[ýáé]|smluvní|daný|daná|třetí|jednotliví|tito|jejich|její|její?ho))*"
    r"\s+(?P<who>(?:poskytovatel|dodavatel|zpracovatel|partner|provozovatel (?:platební|rezervační|hosting|server|sítě|cloud)\w*)(?:é|i)?"
    r"|platební brán[ay]|brán[ay]|bank[ay]|dopravc[ei]|přepravc[ei]|účetní(?: \w+)?|kurýr|prohlížeč|operátor|inzerent[i]?|třetí stran[ay]|třetí osob[ay])\b"
)


def _behind(sentence: Sentence, hit: Hit) -> tuple[Actor, int, int]:
    """Another's name or role behind a Czech verb that has no subject in front."""
    reading = sentence.reading
    folded = reading.view.folded
    end = sentence.clause_of(hit.start)[1]
    if not _CZ_THIRD.fullmatch(folded[hit.start : hit.end]) or re.search(
        r"\bs[ei]\s+(?:\w+\s+)?$", folded[sentence.start : hit.start]
    ):
        return "", -1, -1
    found = _CZ_SUBJECT.match(folded, hit.end, end)
    if found:
        return "third", found.start("who"), found.end("who")
    party = next((p for p in reading.hits("parties", hit.end, end)), None)
    if party is not None and re.fullmatch(
        r"\s+(?:(?:ho|je|ji|jej|nám|za nás|pro nás|služba|nástroj|společnost)\s+)*", folded[hit.end : party.start]
    ):
        return "third", party.start, party.end
    return "", -1, -1


_CZ_AUX_WE = re.compile(
    r"\b(?:nemáme|máme|budeme|nebudeme|můžeme|nemůžeme|mohu|nemohu|můžu|budu|nebudu|musíme|chceme|jsme|smíme|hodláme)\b"
)
_CZ_AUX_YOU = re.compile(
    r"\b(?:budete|můžete|nemůžete|musíte|chcete|jste|máte|smíte|nemusíte|byste|můžeš|nemůžeš|máš|budeš|musíš|chceš|smíš|nemusíš|jsi|bys)\b"
)


def _czech_person(sentence: Sentence, hit: Hit) -> Actor:
    folded = sentence.reading.view.folded
    word = folded[hit.start : hit.end].split()[0]
    start, end = sentence.clause_of(hit.start)
    if re.search(r"(?:áme|íme|ujeme|eme|uji|ím|ám)$", word) and len(word) > 4 and word not in ("námi",):
        return "we"
    if re.search(r"(?:áte|íte|ujete|ete|jte|te|áš|íš|eš)$", word) and len(word) > 4 and not word.endswith("čte"):
        return "you"
    clause = folded[start:end]
    offset = hit.start - start
    we = [m.start() for m in _CZ_AUX_WE.finditer(clause)]
    you = [m.start() for m in _CZ_AUX_YOU.finditer(clause)]
    nearest = min([(abs(p - offset), "we") for p in we] + [(abs(p - offset), "you") for p in you], default=None)
    if nearest is None:
        return ""
    return "we" if nearest[1] == "we" else "you"
