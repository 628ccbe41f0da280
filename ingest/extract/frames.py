"""Predicate frames: what is done, by whom, affirmed or denied, in which part of the sentence.

In: a `Sentence` and its `Zone`s. Out: `Frame`s in text order. A frame is one verb (or verbal noun) of the lexicon's
`predicates` with its actor, polarity, modality and zone; `practices` turns frames into practices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..records import Modality
from .match import Hit
from .reading import Sentence
from .zones import Zone, zone_at

Actor = Literal["we", "you", "third", "policy", ""]


@dataclass(frozen=True, slots=True)
class Frame:
    """``kind`` is the predicate class, ``zone`` "main" or the zone's kind, ``actor_hit`` where the actor is named."""

    hit: Hit
    kind: str
    zone: str
    actor: Actor
    denied: bool
    modality: Modality
    actor_start: int = -1
    actor_end: int = -1


def frames(sentence: Sentence, found: list[Zone]) -> list[Frame]:
    """All frames of a sentence."""
    words = sentence.reading.words
    negations = _negations(sentence)
    contrasts = [hit.start for hit in sentence.named("structure", "contrast")]
    out: list[Frame] = []
    for hit in sentence.hits("predicates"):
        zone = zone_at(found, hit.start)
        kind = zone.kind if zone else "main"
        if zone and zone.kind == "purpose" and zone.start == hit.start:
            kind = "main"  # the word that opens the purpose states the use itself
        if kind == "main" and _nominal(sentence, hit):
            kind = "nominal"
        if zone is not None and kind == "relative" and _of_party(sentence, zone.start):
            kind = "party"
        if kind in ("main", "purpose") and (_relative_words(sentence, hit) if words else _relative_chars(sentence, hit)):
            kind = "relative"
        actor, at, to = _actor(sentence, hit, found)
        if kind == "party":
            kind, actor = "main", "third"
        previous = out[-1] if out else None
        if words:
            denied = _denied_words(sentence, hit, [n for n in negations if _same_zone(found, n, zone)], contrasts, zone) or _coordinated(sentence, hit, previous)
        else:
            denied = _denied_chars(sentence, hit, [n for n in negations if _same_zone(found, n, zone)], contrasts, previous)
        if kind == "main" and _prevented(sentence, hit):
            kind = "relative"
        if hit.id == "apply" and _NOT_OURS.match(sentence.reading.view.folded, hit.start):
            denied = True
        if hit.id == "choose" and _CONSEQUENCE.match(sentence.reading.view.folded, hit.start):
            denied = False
        out.append(Frame(hit, hit.id, kind, actor, denied, _modality(sentence, hit, denied), at, to))
    return out


_VERBAL = re.compile(r"记录|录音|录影|登记|评估|通知|公告|统计|审计|监督")
_AS_VERB = re.compile(r"[会将能可来以并行和及、,;。:并自动先得均亦也须需应予]$|我们$|系统$|服务器$|公司$|网站$|平台$|不$|未$|进行$|用于$")
_CZ_NOUN = re.compile(r"(?:[aeěá]n|t)(?:í|ím|ího|ímu|ími|ích)$")


def _nominal(sentence: Sentence, hit: Hit) -> bool:
    """A verbal noun ("the processing of", zpracováním, 信息的收集) names an activity, it does not state it."""
    folded = sentence.reading.view.folded
    if not sentence.reading.words:
        if hit.start > sentence.start and folded[hit.start - 1] in "的之":
            return True
        if _VERBAL.fullmatch(folded[hit.start : hit.end]) and not _AS_VERB.search(folded[max(sentence.start, hit.start - 3) : hit.start]) and hit.start > sentence.start:
            return True
        begin = sentence.clause_of(hit.start)[0]
        return folded[hit.start - 2 : hit.start] in ("信息", "数据") and hit.end - hit.start == 2 and not re.search(r"[将把对就]", folded[begin : hit.start])
    word = folded[hit.start : hit.end].split()[0]
    if sentence.reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        return bool(_CZ_NOUN.search(word)) and len(word) > 6
    if word in ("process", "use", "store", "access", "control") and sentence.token(hit.start, -1) in ("this", "the", "a", "each", "any", "our", "your", "their", "its", "of"):
        return True
    if word.endswith(("ing", "tion", "ure", "age", "sal")) and hit.id not in ("choose", "right", "contact", "protect"):
        return sentence.token(hit.start, -1) in ("the", "of", "our", "for", "this", "such", "any", "your", "about", "in", "by", "that") or folded[hit.end : hit.end + 4] == " of "
    return False


#: What refusing costs ("unable to use", 无法使用) is said of a choice, it does not deny one.
_CONSEQUENCE = re.compile(r"无法|可能无法|将无法|影响|不影响|unable|may be unable|may not|might not|nebudete moci|nemus|omezena")
_NOT_OURS = re.compile(r"不负责|概不负责|不承担责任|不负任何责任|无法控制|not responsible|no control|no responsibility|neodpovídáme|nemáme kontrolu|neneseme|nenese zodpovědnost|not operated by")
_PREVENTED = re.compile(
    r"(?:未经授权|未授权|未经许可|不被|免受|不受|免于|非法)[^,;。]{0,24}$|限制[^,;。]{0,24}$|(?:unauthori[sz]ed|unlawful|accidental|improper)\s+(?:\w+\s*,?\s+){0,6}$|neoprávněn\w+\s+(?:\w+\s*,?\s+){0,3}$|"
    r"(?:防止|避免|阻止|停止|禁止|限制|反对|拒绝|要求停止|以免)[^,;。]{0,16}$"
    r"|\b(?:prevent|stop|avoid|limit|block|object to|opt out of|opting out of|restrict|refuse|disable)\s+(?:\w+\s+){0,4}$"
    r"|\b(?:zabrán\w+|zakáz\w+|odmítn\w+|zastav\w+|omez\w+)\s+(?:\w+\s+){0,2}$"
)


def _prevented(sentence: Sentence, hit: Hit) -> bool:
    """What somebody prevents or stops is not stated ("prevent the collection of")."""
    if hit.id in ("choose", "right", "protect", "consent", "contact", "notify"):
        return False
    begin = max(sentence.clause_of(hit.start)[0], hit.start - 48)
    return bool(_PREVENTED.search(sentence.reading.view.folded[begin : hit.start]))


def _of_party(sentence: Sentence, start: int) -> bool:
    """ "service providers who collect": the clause tells what the party does. """
    reading = sentence.reading
    for layer in ("recipients", "parties"):
        for hit in reading.hits(layer, max(sentence.start, start - 60), start):
            if reading.view.folded[hit.end : start].strip(" ,") == "" and hit.id not in ("User", "Customer", "Member", "Public"):
                return True
    return False


def _same_zone(found: list[Zone], negation: Hit, zone: Zone | None) -> bool:
    """A negator inside a condition, exception or relative clause denies nothing outside it."""
    at = zone_at(found, negation.start)
    return at is None or at is zone or at.kind == "purpose" or at.start == negation.start


# -- polarity


def _negations(sentence: Sentence) -> list[Hit]:
    return sentence.named("negation", "words")


def _denied_chars(sentence: Sentence, hit: Hit, negations: list[Hit], contrasts: list[int], previous: Frame | None) -> bool:
    folded = sentence.reading.view.folded
    start, end = sentence.clause_of(hit.start)
    turn = max((at for at in contrasts if start <= at < hit.start), default=start)
    if any(turn <= neg.start and neg.end <= hit.start for neg in negations):
        return not _double(folded, turn, hit.start)
    if re.match(r"[^,;。]{0,12}(?:并未发生|不存在|不会发生|并不存在|从未发生)", folded[hit.end : end]):
        return True
    if previous is not None and previous.denied:
        between = folded[previous.hit.end : hit.start]
        if re.fullmatch(r"\s*(?:[、,/]|或者?|和|以及|及|与|,?也|,?亦|或是|、?或)\s*(?:向|对|将|与|给|任何|第三方|其他|公司|组织|个人|和|、|转让|或)*", between):
            return True
    return False


def _double(folded: str, start: int, end: int) -> bool:
    """不得不, 不会不, 无不: two negators that affirm."""
    return bool(re.search(r"不得不|不会不|无不|没有不|不能不|并非不", folded[start:end]))


def _denied_words(sentence: Sentence, hit: Hit, negations: list[Hit], contrasts: list[int], zone: Zone | None) -> bool:
    reading = sentence.reading
    folded = reading.view.folded
    begin = zone.cue if zone and zone.kind in ("condition", "exception", "relative", "purpose") and zone.cue <= hit.start else sentence.start
    begin = max([begin, *(at for at in contrasts if at < hit.start)], default=begin)
    semicolon = folded.rfind(";", begin, hit.start)
    begin = max(begin, semicolon + 1)
    if reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        return _denied_czech(sentence, hit, negations, begin)
    subjects = [s for s in reading.hits("subjects", begin, hit.start) if s.id in ("we", "you", "third")]
    before = [neg for neg in negations if begin <= neg.start and neg.end <= hit.start]
    if before:
        last = before[-1]
        word = folded[last.start : last.end]
        fresh = [s for s in subjects if s.start > last.end and _is_subject_words(sentence, s)]
        if word in ("no", "none", "nobody", "nothing", "zero"):  # denies what it determines and the verb after it
            return not fresh and "," not in folded[last.end : hit.start]
        if not fresh and not _finite_again(folded[last.end : hit.start]):
            return True
    after = [neg for neg in negations if hit.end <= neg.start <= hit.end + 12 and folded[neg.start : neg.end] in ("no", "none", "nothing", "zero")]
    return any(not re.search(r"[,;:]|\bif\b|\bthat\b", folded[hit.end : neg.start]) for neg in after)


_CHAIN = re.compile(r"[\s,/]*(?:\b(?:or|and|nor|otherwise|any|form|of|other|the|in|way|to|nebo|ani|či|a|ani)\b|[\s,/])*")


def _coordinated(sentence: Sentence, hit: Hit, previous: Frame | None) -> bool:
    """A verbal noun or bare verb joined to a denied one shares its denial."""
    if previous is None or not previous.denied:
        return False
    between = sentence.reading.view.folded[previous.hit.end : hit.start]
    return bool(_CHAIN.fullmatch(between)) and hit.start > previous.hit.start


def _finite_again(between: str) -> bool:
    """Whether a new finite verb phrase starts after the negator ("…, and will use …")."""
    return bool(re.search(r"[,;]\s*(?:and|but|so)\s+(?:we|you|they|it|will|may|can|is|are|do)\b|\b(?:and|but)\s+(?:will|may|can|do)\b(?!\s+not)", between))


_CZ_FINITE = re.compile(r"(?:[aáeiíu]me|ujeme|uji|ám|ím|eme|íme|áme|ují|ují|ete|áte|íte|ujete|uje|á|í|ají)$")


def _denied_czech(sentence: Sentence, hit: Hit, negations: list[Hit], begin: int) -> bool:
    if hit.negated:
        return True
    folded = sentence.reading.view.folded
    word = folded[hit.start : hit.end].split()[0]
    before = [neg for neg in negations if begin <= neg.start and neg.end <= hit.start]
    if not before:
        after = sentence.reading.hits("negation", hit.end, min(hit.end + 18, sentence.end))
        return any(folded[n.start : n.end] in ("nejsou", "není", "nebudou", "nebude", "nemáme", "nedochází", "neprobíhá") and "," not in folded[hit.end : n.start] for n in after)
    last = before[-1]
    text = folded[last.start : last.end]
    between = folded[last.end : hit.start]
    if "," in between and re.search(r",\s*(?:ale|však|avšak|který|která|které|aby|abychom|pokud|že|což|protože)\b", between):
        return False
    if text == "bez":
        return len(between) < 30 and "," not in between
    if text in ("ne", "nikdy", "žádný", "žádná", "žádné", "žádných", "žádným", "žádnou", "ani", "nikomu", "nikým", "nikoli", "nikoliv", "žádnému"):
        # Czech doubles the negation: a plain finite verb beside these words stays affirmed unless none is negated
        return text in ("nikoli", "nikoliv", "ne") and len(between) < 24
    if _CZ_FINITE.search(word) and word.endswith(("me", "ji", "te")):
        return False
    return not re.search(r"\b(?:budeme|můžeme|mohou|může|budou|jsou|je|bude|ale)\b", between)


# -- relative clauses without a pronoun


def _relative_chars(sentence: Sentence, hit: Hit) -> bool:
    folded = sentence.reading.view.folded
    if re.search(r"(?:如何|怎样|怎么|哪些|什么)[^,;。]{0,20}$", folded[max(sentence.start, hit.start - 24) : hit.start]):
        return True
    if re.match(r"[^,;。]{0,16}的(?:方式|方法|目的|范围|做法|规则|用途|类型|种类)(?:[,;。及和、]|$)", folded[hit.end : min(hit.end + 24, sentence.end)]):
        return True
    if hit.start > sentence.start and folded[hit.start - 1] == "所" and not folded.startswith("所有", hit.start - 1):
        return True
    return bool(re.match(r"(?:给|予|到|至|自|过|于)?(?:我们|本公司|本网站|本平台|第三方)?(?:的|之)(?!一|外|前|后|间|中|时|安全)", folded[hit.end : hit.end + 12]))


_STARTERS = frozenset(
    "and or but that then so because however also , ; : ( generally sometimes therefore thus additionally instead moreover "
    "furthermore if when where unless while once as after before until whether generally here please note addition finally "
    "occasionally currently although though since".split()
)


def _relative_words(sentence: Sentence, hit: Hit) -> bool:
    """ "the information we collect": a pronoun right behind a noun opens a clause that describes it. """
    reading = sentence.reading
    folded = reading.view.folded
    start, _ = sentence.clause_of(hit.start)
    subjects = [s for s in reading.hits("subjects", start, hit.start) if folded[s.start : s.end] in ("we", "you", "i", "they")]
    if not subjects:
        return False
    last = subjects[-1]
    if last.start <= start + 1 or len(folded[last.end : hit.start].split()) > 3:
        return False
    before = sentence.token(last.start, -1)
    if not before or before in _STARTERS or not before[0].isalpha():
        return False
    return before in ("how", "what", "why", "which", "whom") or _is_noun(sentence, last.start)


def _is_noun(sentence: Sentence, at: int) -> bool:
    reading = sentence.reading
    for layer in ("data-categories", "purposes", "recipients", "measures", "rights"):
        if any(at - hit.end <= 1 for hit in reading.hits(layer, max(sentence.start, at - 40), at)):
            return True
    return sentence.token(at, -1) in {"information", "data", "details", "content", "services", "cookies", "way", "purposes", "any", "products", "things", "everything", "partners", "parties", "features", "websites"}


# -- actor


def _actor(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    if sentence.reading.words:
        return _actor_words(sentence, hit, found)
    return _actor_chars(sentence, hit, found)


_RECEIVER = re.compile(r"(?:向|给|为|对|与|和|替|请|使|让|帮助|将|把|于|及|或|、|要求|代表|委托|授权|有关|关于|了解|识别|保护|提醒|通知|征得|获得|取得|经|供|任何|以|使用|从|来自|自|除|遵循|根据|按照|依照|遵守|同意|阅读|依据|依|除了|因|参与)\s*$")


def _actor_chars(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    reading = sentence.reading
    folded = reading.view.folded
    zone = zone_at(found, hit.start)
    for start, end in reversed([c for c in sentence.clauses if c[0] <= hit.start]):
        best: Hit | None = None
        for subject in reading.hits("subjects", start, min(end, hit.start)):
            following = folded[subject.end : subject.end + 1]
            inside = zone_at(found, subject.start)
            if inside is not None and inside is not zone and inside.kind in ("condition", "exception") and subject.id != "policy":
                continue
            if following in ("的", "之") or subject.id == "policy" and following in ("中", "所"):
                continue
            by = folded[max(start, subject.start - 1) : subject.start]
            if by in ("由", "被"):
                return _as_actor(subject)
            if _RECEIVER.search(folded[max(start, subject.start - 4) : subject.start]):
                continue
            best = subject
        if best is not None:
            return _as_actor(best)
    return "", -1, -1


def _as_actor(subject: Hit) -> tuple[Actor, int, int]:
    kind: Actor = subject.id if subject.id in ("we", "you", "third", "policy") else ""  # type: ignore[assignment]
    return kind, subject.start, subject.end


def _is_subject_words(sentence: Sentence, subject: Hit) -> bool:
    before = sentence.token(subject.start, -1)
    return before not in {"to", "with", "from", "about", "by", "for", "of", "our", "your", "on", "at", "other", "between", "via", "through", "let", "help", "those", "s", "s vámi", "od", "o", "k", "pro", "na", "u", "ze", "se", "mezi", "asking", "ask", "and our"}


def _actor_words(sentence: Sentence, hit: Hit, found: list[Zone]) -> tuple[Actor, int, int]:
    reading = sentence.reading
    folded = reading.view.folded
    czech = bool(reading.lexicon.cues.get("language", {}).get("negative_prefix"))
    if czech:
        ending = _czech_person(sentence, hit)
        if ending:
            return ending, -1, -1
    zone = zone_at(found, hit.start)
    begin = zone.cue if zone and zone.cue <= hit.start and zone.kind in ("condition", "exception", "relative") else sentence.start
    agent = re.match(r"(?:\s+\w+){0,3}?\s+by\s+", folded[hit.end : min(hit.end + 40, sentence.end)])
    if agent:
        by = [s for s in reading.hits("subjects", hit.end + agent.end() - 1, min(hit.end + agent.end() + 24, sentence.end)) if s.id in ("third", "you")]
        if by and by[0].start <= hit.end + agent.end() + 4:
            return _as_actor(by[0])
    if re.match(r"you\b", folded[hit.start : hit.end]):
        return "you", hit.start, hit.start + 3
    candidates = []
    for subject in reading.hits("subjects", begin, hit.start):
        inside = zone_at(found, subject.start)
        if inside is not None and inside is not zone:
            continue
        if _is_subject_words(sentence, subject):
            candidates.append(subject)
    if not candidates:
        return "", -1, -1
    pronouns = [s for s in candidates if s.id in ("we", "you") and len(folded[s.start : s.end]) <= 3]
    chosen = pronouns[-1] if pronouns and not any(s.start > pronouns[-1].start and s.id == "third" for s in candidates) else candidates[-1]
    return _as_actor(chosen)


_CZ_AUX_WE = re.compile(r"\b(?:nemáme|máme|budeme|nebudeme|můžeme|nemůžeme|mohu|nemohu|můžu|budu|nebudu|musíme|chceme|jsme|smíme|hodláme)\b")
_CZ_AUX_YOU = re.compile(r"\b(?:budete|můžete|nemůžete|musíte|chcete|jste|máte|smíte|nemusíte|byste|můžeš|máš)\b")


def _czech_person(sentence: Sentence, hit: Hit) -> Actor:
    folded = sentence.reading.view.folded
    word = folded[hit.start : hit.end].split()[0]
    start, end = sentence.clause_of(hit.start)
    if re.search(r"(?:áme|íme|ujeme|eme|uji|ím|ám)$", word) and len(word) > 4 and word not in ("námi",):
        return "we"
    if re.search(r"(?:áte|íte|ujete|ete|jte|te)$", word) and len(word) > 4:
        return "you"
    clause = folded[start:end]
    offset = hit.start - start
    we = [m.start() for m in _CZ_AUX_WE.finditer(clause)]
    you = [m.start() for m in _CZ_AUX_YOU.finditer(clause)]
    nearest = min([(abs(p - offset), "we") for p in we] + [(abs(p - offset), "you") for p in you], default=None)
    if nearest is None:
        return ""
    return "we" if nearest[1] == "we" else "you"


def _modality(sentence: Sentence, hit: Hit, denied: bool) -> Modality:
    start, _ = sentence.clause_of(hit.start)
    found = [m for m in sentence.reading.hits("modality", start, hit.start) if m.id in ("may", "must", "should")]
    if not found:
        return "Will"
    names: dict[str, Modality] = {"may": "May", "must": "Must", "should": "Should"}
    return names[found[-1].id]
