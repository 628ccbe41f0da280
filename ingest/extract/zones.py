"""The parts of a sentence that do not state its main practice.

In: a `Sentence`. Out: `Zone`s: a condition ("if you …"), an exception ("except …"), a denied constituent ("but not your
name"), a purpose ("to improve …"), a relative clause ("which you provide"). What no zone covers is the main clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .reading import Sentence

ZoneKind = Literal["denied", "exception", "condition", "purpose", "relative"]
_RANK = {"denied": 0, "exception": 1, "condition": 2, "relative": 3, "purpose": 4}


@dataclass(frozen=True, slots=True)
class Zone:
    """``[start, end)`` of one kind; ``cue`` is where the word that opens it ends."""

    start: int
    end: int
    kind: ZoneKind
    cue: int = 0


def zones(sentence: Sentence) -> list[Zone]:
    """The zones of a sentence, those of higher rank first (exception, condition, relative, purpose)."""
    found = _of_words(sentence) if sentence.reading.words else _of_chars(sentence)
    found += _denied(sentence)
    conditions = [z for z in found if z.kind == "condition"]
    found = [_clipped(z, conditions) if z.kind == "purpose" else z for z in found]
    return sorted(found, key=lambda zone: (_RANK[zone.kind], zone.start))


def zone_at(found: list[Zone], position: int) -> Zone | None:
    """The zone of highest rank that holds a position."""
    return next((zone for zone in found if zone.start <= position < zone.end), None)


def _clipped(zone: Zone, conditions: list[Zone]) -> Zone:
    """A purpose inside a condition ends with it."""
    ends = [c.end for c in conditions if c.start < zone.start < c.end < zone.end]
    return Zone(zone.start, min(ends), zone.kind, zone.cue) if ends else zone


#: A constituent that is denied without a verb of its own: "but not your name", "never for advertising", 而不是广告商.
_DENIED = {
    True: re.compile(
        r"(?:[,;(–-]\s*|\b(?:but|and|ale|avšak|však|a(?= nikoli))\s+)+(?:but\s+|and\s+|ale\s+|avšak\s+|však\s+|a\s+)?"
        r"(?P<no>not|never|nikoliv?|nikdy|ne|rather than|instead of|(?<=\()(?:bez|without)(?! (?:vaš|tv|souhl|předch|zbyt|ohled|toho|těch|nich|omez|udán|vliv|nutn|zás|popl|náhr|your|prior|consent|limit|undue|delay|notice|charge)))\s+(?!only|limited|just|merely|least|necessarily|always|all\b|yet|to exceed|later|more|longer|fewer|less|však\s+jen|jen|pouze)"
    ),
    False: re.compile(
        r"(?P<no>(?:但|且|并)?(?:不包括|不包含|不含)(?!但)|而非|而不是|而并非|并非为了?|并不是为了?|绝非)"
    ),
}
_OWN_VERB = re.compile(
    r"(?:do|does|did|be|is|are|been|have|has|will|would|sell|share|use|collect|disclose|keep|store|retain|transfer|rent|trade|provide|process|track|require|ask|receive|record|combine)\b"
)


def _denied(sentence: Sentence) -> list[Zone]:
    """Denied constituents behind an affirmed verb; they end at the next mark."""
    reading, folded = sentence.reading, sentence.reading.view.folded
    out = []
    for match in _DENIED[reading.words].finditer(folded, sentence.start, sentence.end):
        if reading.words and _OWN_VERB.match(folded, match.end()):
            continue
        before = reading.hits("predicates", sentence.start, match.start())
        behind = reading.hits("predicates", match.end(), min(match.end() + 14, sentence.end))
        next_to = reading.hits("predicates", match.end(), min(match.end() + 40, sentence.end))
        if not (before or match["no"] in ("bez", "without")) or (
            reading.words and (any(h.negated for h in behind) or any(h.start <= match.end() + 1 for h in next_to))
        ):
            continue
        mark = re.compile(r"[,;.)–]" if reading.words else r"[,;。)]").search(folded, match.end(), sentence.end)
        out.append(Zone(match.start("no"), mark.start() if mark else sentence.end, "denied", match.end()))
    return out


# -- languages of words

_BARE_TO_AFTER = frozenset(
    "right rights able need needs want wants wish wishes choose chooses chose going like allowed agree agrees continue "
    "entitled required decide try tries seek ability option used committed free request opportunity due access addition respond responds responding directed apply applies "
    "related according pursuant subject limited relating opposed responsible intend unable refer prior".split()
)
_MARK = re.compile(r"[,;]")


def _of_words(sentence: Sentence) -> list[Zone]:
    folded = sentence.reading.view.folded
    out: list[Zone] = []
    if sentence.reading.lexicon.language == "cs":
        opened = [hit.end for hit in sentence.named("structure", "condition_open")]
        out.extend(
            Zone(li.start(), _condition_end(sentence, li.start(), li.end()), "condition", li.end())
            for li in _CZ_LI.finditer(folded, sentence.start, sentence.end)
            if not li.group().startswith("ne") and not any(li.start() < end <= li.end() for end in opened)
        )
    contrast = [hit.start for hit in sentence.named("structure", "contrast")]
    for hit in sentence.hits("structure"):
        kind = hit.id
        if kind == "exception_open":
            end = next((at for at in contrast if at > hit.end + 8 and at != hit.start), sentence.end)
            if hit.start <= sentence.start + 2:  # an exception in front ends where the main clause begins
                end = _condition_end(sentence, hit.start, hit.end)
            for verb in sentence.reading.hits("predicates", hit.end, end):  # "že kromě e-mailu neshromažďujeme nic"
                if verb.negated and not _MARK.search(folded, hit.end, verb.start):
                    end = verb.start
            semicolon = folded.find(";", hit.end, end)
            out.append(Zone(hit.start, semicolon if semicolon > 0 else end, "exception", hit.end))
        elif kind == "condition_open":
            out.append(Zone(hit.start, _condition_end(sentence, hit.start, hit.end), "condition", hit.end))
        elif kind == "relative":
            if _opens_relative(sentence, hit.start):
                end = _next_mark(folded, hit.end, sentence.end)
                if end - hit.end <= 1:  # "that, alone or together, could …": the comma opens an insertion
                    end = _next_mark(folded, _next_mark(folded, end + 1, sentence.end) + 1, sentence.end)
                out.append(Zone(hit.start, end, "relative", hit.end))
        elif kind == "purpose" and _opens_purpose(sentence, hit.start, hit.end):
            out.append(Zone(hit.start, _purpose_end(sentence, hit.end), "purpose", hit.end))
    return out


#: "Zasíláte-li nám zprávy, …": a verb with -li opens a condition.
_CZ_LI = re.compile(r"(?<!\w)\w{2,}[- ]li\b")


def _next_mark(folded: str, start: int, end: int) -> int:
    mark = _MARK.search(folded, start, end)
    return mark.start() if mark else end


#: Conditions with a verb of their own; the others are phrases that end where a finite verb takes over.
_CLAUSAL = re.compile(
    r"(?:if|when|where|unless|whenever|once|while|until|provided that|in the event(?! of)|in case(?! of)|to the extent|as long as|only if|only when|"
    r"pokud|když|jestliže|jakmile|kdykoliv?|zda|dokud|\w+[- ]li|budete|budeš|je li|máte|máš|chcete|chceš|používáte|používáš|za předpokladu|v případě, že)\b"
)
_TAKEN_OVER = re.compile(
    r"(?<=\s)(?:(?:správce|provozovatel|prodávající|společnost|spolek|škola)\b(?= (?:\w+ ){0,3}(?:\w{3,}(?:aže|aní|uje|ává)|může|je)\b)|(?:your|the|all|this|these|our) (?:\w+ ){1,3}(?=(?:will|is|are|may|can|shall|must)\b)|we|you|i|they|(?:ne)?(?:můžeme|budeme|budou|může|mohou|mohu|budu|jsou|máte|můžete|musíme|musíte|dochází|jsme|(?:nás |nám |mě |mi )?\w+(?:ejte|ujte)|\w+(?:ujeme|ějeme|áme|íme)|se (?:ne)?\w+(?:uje|ují|ává|ávají|ese|ešle|ají)))\b"
)


#: "When you place an order we collect …": a second subject takes over without a comma.
_SECOND_SUBJECT = re.compile(
    r"\s*(?:we|you|they|i|the user|a user)\b[^,;.]{6,80}?\s(?<!and )(?<!or )(?<!that )(?<!which )(?<!information )(?<!data )(?<!services )(?<!how )(?<!what )(?P<main>we|you)\s(?:may|will|can|collect|use|share|do|store|also|have|must|shall|might|process|keep|receive|ask|log|record|retain|transfer|send|provide|need|save|obtain|require|delete|set|place|analy[sz]e|disclose|automatically|then)\b"
)


#: "Without your consent your data …": the phrase is complete where the object or the subject follows at once.
_PHRASE = re.compile(r"consent|permission|request|souhlas|žádost|svolení")
_OBJECT = re.compile(
    r"\s+(?:vaše|vašich|tvé|tvoje|tvých|údaje|osobní|tyto|data|your|we|personal|any|ne\w+(?:me|jí|í|á|u|ou)|nelze|žádn\w+|"
    r"(?:(?:před\w+|sdíle|poskyt\w+|zveřejni|zpřístupni|zprac\w+|použí\w*|prod\w+|ode?s[lí]\w+|ucho\w+|ukláda|sděl\w+)t)|\w{3,}(?:án|nut|[eě]n)[aoyi]?)\b"
)
#: A comma before these opens a clause inside the condition.
_SUBORDINATE = re.compile(r"\s*(?:že|aby|který|která|které|kteří|jak|zda|co|kdo|kde|that|which|who|whether)\b")


def _condition_end(sentence: Sentence, start: int, opened: int) -> int:
    """Up to the first comma behind which a subject or a verb of the main clause stands, else the first comma."""
    folded = sentence.reading.view.folded
    if _PHRASE.search(folded, start, opened) and _OBJECT.match(folded, opened):
        return opened
    if not _CLAUSAL.match(folded, start):
        taken_over = _TAKEN_OVER.search(folded, opened, sentence.end)
        mark = _MARK.search(folded, opened, sentence.end)
        ends = [m.start() for m in (taken_over, mark) if m]
        if ends:
            return min(ends)
    first = 0
    if start <= sentence.start + 3:
        second = _SECOND_SUBJECT.match(folded, opened, sentence.end)
        if second:
            return second.start("main")
    for mark in _MARK.finditer(folded, opened, sentence.end):
        if _SUBORDINATE.match(folded, mark.end()):
            continue
        if not first:
            first = mark.start()
        window = sentence.reading.hits("subjects", mark.end(), min(mark.end() + 30, sentence.end))
        if any(hit.start - mark.end() <= 3 for hit in window) or mark.group() == ";":
            return mark.start()
        verb = sentence.reading.hits("predicates", mark.end(), min(mark.end() + 24, sentence.end))
        if any(hit.start - mark.end() <= 2 for hit in verb) and start - sentence.start < 4:
            return mark.start()
    return first or sentence.end


_COMPLEMENT_AFTER = frozenset(
    "promise guarantee ensure believe agree understand note learn acknowledge means mean so request require requires confirm say "
    "state ask advise know such provided event fact likely aware warrant assure possible remember please cannot sure extent learned "
    "discover find given now except".split()
)


def _opens_relative(sentence: Sentence, start: int) -> bool:
    return start > sentence.start + 2 and sentence.token(start, -1) not in _COMPLEMENT_AFTER


def _opens_purpose(sentence: Sentence, start: int, end: int) -> bool:
    reading = sentence.reading
    word = reading.view.folded[start:end]
    if word not in ("to", "for", "k", "ke", "pro", "na"):
        return True
    if sentence.token(start, -1) in _BARE_TO_AFTER:
        return False
    limit = min(end + (14 if word == "to" else 26), sentence.end)
    stop = min(limit + 30, sentence.end)
    after = [h for layer in ("compose-verbs", "purposes") for h in reading.hits(layer, end, stop)]
    return any(hit.start <= limit and not hit.negated for hit in after)


_CZ_VERB = re.compile(
    r"(?<=\s)(?:(?:ne)?(?:\w{2,}(?:ujeme|ějeme|áme|íme)|budeme|můžeme|potřebujeme|musíme|jsou|budou|mohou)|se (?:ne)?\w+[íáe])\b"
)

#: Marks, and "and" with a finite verb: "to send orders and will not use it for …".
_PURPOSE_STOP = re.compile(
    r"[,;.]|\band (?:we|you)\b|\bbut\b|\b(?:and|or) (?:(?:will|do|does|shall|must|would|never)\b|\w+n['’]t\b)|\b(?:a|ani|ale) ne\w{2,}(?:eme|áme|íme)\b|\ba\b"
)


def _purpose_end(sentence: Sentence, start: int) -> int:
    """Purposes run on over commas until a new subject takes over."""
    folded, czech = sentence.reading.view.folded, sentence.reading.lexicon.language == "cs"
    if start - sentence.start < 16:
        verb = _CZ_VERB.search(folded, start, sentence.end)
        if verb:  # "Pro účely … předáváme …": the main verb ends a purpose in front of it
            return verb.start()
    for mark in _PURPOSE_STOP.finditer(folded[start : sentence.end]):
        at = start + mark.start()
        if mark.group() == "a" and not (czech and sentence.denies_at(at, 18)):
            continue  # "ke zobrazení mapy a nikam se neukládá"
        near = sentence.reading.hits("subjects", at, min(at + 28, sentence.end))
        if mark.group() not in (",", ".") or any(h.id in ("we", "you") and h.start - at <= 8 for h in near):
            return at
    return sentence.end


# -- Chinese

_CONDITION = re.compile(
    r"(?:如果|如|若|当|倘若|假如|一旦|只有|只要|每当|万一|凡|遇有|除非|即使|尽管|在|于|经由|经过|经|未经|非经|未获|未得|取得|征得|获得|根据|依据|依照|按照|基于|通过|因)"
)
_WITH_CLOSE = re.compile(
    r"(?:(?<![现存所潜旨内正])在|(?<![对由关基等至属位处])于|(?<![适应相正])当(?![地事前局天年])|(?<![已曾])经(?![销营理济常])|经过|未经|非经|(?<![例譬比诸])如(?![何下上前此同]|果?(?:我们|本公司)?(?:发现|得知|获悉))|若|取得|征得|获得|一旦|只有|仅在|只在|(?<![删移解排免清])除)[^,;:。]{1,60}?(?:之时(?![间段])|(?<![及随同实即小按暂])时(?![间区候长刻段效代常期而])|的情况下|之情况下|情形下|情况下|的前提下|前提下|之后|以后|后(?=我|本|会|将|才|,|方|,|$|您)|之前|以前|前(?=,|我|本)|期间|的过程中|过程中|范围内|的情形)"
)
_ALWAYS = (
    "如果",
    "如您",
    "如我",
    "若",
    "当您",
    "当我",
    "当用",
    "当会",
    "倘若",
    "假如",
    "一旦",
    "只有",
    "只要",
    "每当",
    "万一",
    "除非",
    "如需",
    "如有",
    "如欲",
    "如因",
    "如对",
    "如发",
    "如其",
    "如不",
    "如拒",
    "如用",
    "如上",
    "如经",
    "如果",
    "当",
    "如",
)
_SUCH_AS = re.compile(r"当[中地事前然局机]|如(?:[何下上此同]|前述)|如本[^,;。]{0,14}(?:所述|规定)|如(?:有|适用)$")

_IF_INDEED = re.compile(r"如(?:果|您|我|需|有|欲|因|对|不|(?:用户|会员)[^,;。]*?(?:时|后|需|要|欲|拒绝|同意|希望))")


def _such_as(folded: str, begin: int, end: int, first: int) -> bool:
    """如下, 如何, and the 如 that opens an example behind a colon or bracket."""
    if _SUCH_AS.match(folded, begin, end):
        return True
    example = folded[begin] == "如" and folded[first:begin].rstrip()[-1:] in (":", "(")
    listed = folded[begin] == "如" and re.match(r"[^,;。]{2,40}等(?!级|待|于|同|候|到)", folded[begin + 1 : end + 1])
    members = re.match(
        r"如(?!果|您|你|我|需|有|欲|因|对|发|其|不|用户|会员|经|无|未|涉|遇|仅|出现|存在|后续|今后|将|要|该|本|系|为|属|相关|法|监)[^,;。]*[、和及]",
        folded[begin:end],
    )
    example = example or bool(members and begin > first)
    example = example or bool(
        listed and not re.match(r"如(?:果|您|我|需|有|欲|因|对|发|其|不|用户|会员)", folded[begin:end])
    )
    return example and not _IF_INDEED.match(folded, begin, end)


#: How a clause opens that says when the user does something (您使用…功能时).
_WHO_DOES = re.compile(r"您|你|用户|会员|当事人|客户|以|对|使用|注册|登录|办理|申请|参加|参与|购买|下单|提供|进行")
_ADDS = re.compile(r"\s*,?\s*[^,;。不未]{0,14}?(?:也|亦|还|同时)")  # 除…外,亦…: an addition, no exception
#: 即使 … 也: a concession runs over commas up to its 也.
_CONCEDED = re.compile(r"(?:即使|即便|纵使)[^;。]{2,60}?,(?=\s*(?:我们|本公司|其)?(?:也|亦|仍))")
_PROVIDED = re.compile(
    r"(?:但)?前提是[^;。]*|(?<![^,;。\s])对于?(?:任何)?(?:重大|实质性)[^,;。()]{0,4}(?:变更|修改|修订|调整)(?=[,(])"
)
_CONSENT_LIKE = re.compile(
    r"(?:未|非|不)?经(?!授权|许可)[^,;]{0,16}(?:同意|授权|许可)(?!的|之)|(?:未|非)经(?:授权|许可)(?=,)|未?(?:取得|征得|获得|得到)[^,;]{0,16}(?:同意|授权|许可)(?!的权|书)|(?:在|于)(?:您|用户|使用者|会员|当事人|阁下)[^,;。的]{0,10}?(?:同意|授权|许可)(?:之)?(?:后|时|下)|(?<=[仅只会])在(?:您|用户)[^,;。的]{0,8}(?:同意|授权|允许|开启|请求|点击|启用)[^,;。]{0,8}?(?:之?后|时)"
)
_PURPOSE_START = re.compile(
    r"(?:并)?(?:为了|为(?!准|限|止|您的个人|其|由)|以便于|以便|便于|以期|旨在|出于|基于[^,;]{0,30}目的|以利|(?<![可得足予加难所何])以(?=提供|改善|改进|优化|确保|保障|实现|满足|防止|便|维护|完成|进行|帮助|提升|确认|减少|了解|评估|分析|供|及时|方便|达|遵守|降低|识别|验证)|从而|藉此|方便|用于|用以|用来|用作|才能|使我们|让我们|供我们|以供|以使)"
)
_PURPOSE_MID = re.compile(
    r"(?<!适)用于|用以|用来|用作|以便于|以便|便于|旨在|从而|藉此|以供|以使|来(?=解答|发送|完成|联系|履行|维护|维持|向您|提供|改善|改进|优化|识别|帮助|分析|进行|回应|处理|确保|追踪|跟踪|了解|实现|收集|验证|提升|管理|保护|制定)|(?<![可得足予加难所何])以(?=提供|改善|改进|优化|确保|保障|实现|满足|防止|维护|完成|进行|帮助|提升|确认|减少|了解|评估|分析|供|及时|方便|达|遵守|降低|识别|验证|追踪|跟踪|收集|发送)"
)
_EXCEPTION = re.compile(
    r"(?:除了|除(?!此|外,此|非|去|名))[^,;。]{1,60}?(?:以外|之外|外)|除非[^,;。]*|(?:但|惟|唯)[^;。]*?(?:不在此限|除外|例外(?!事项|情形|情况|规定))|(?:以下|下列)[^,;。]{0,12}除外|(?:法律|法令|法规)[^,;。]{0,16}另有规定(?:者)?(?:外|除外)?"
)


def _of_chars(sentence: Sentence) -> list[Zone]:
    folded = sentence.reading.view.folded
    out: list[Zone] = []
    for match in _EXCEPTION.finditer(folded, sentence.start, sentence.end):
        if folded.startswith("除", match.start()) and _ADDS.match(folded, match.end(), sentence.end):
            continue
        out.append(Zone(match.start(), _exception_end(folded, match, sentence.end), "exception", match.start()))
    for pattern in (_WITH_CLOSE, _CONCEDED, _PROVIDED, _CONSENT_LIKE):
        found = pattern.finditer(folded, sentence.start, sentence.end)
        out.extend(Zone(match.start(), match.end(), "condition", match.start()) for match in found)
    for start, end in sentence.clauses:
        begin = start
        while begin < end and folded[begin] in " 且并但而及或":
            begin += 1
        if folded.startswith(_ALWAYS, begin) and not _such_as(folded, begin, end, sentence.start):
            out.append(Zone(begin, _split_condition(folded, begin, end), "condition", begin))
        elif (
            _CONDITION.match(folded, begin)
            and re.search(r"(?:时|后|情况下|情形|前提下|者|规定|要求|需要|要求下)$", folded[begin:end].rstrip())
        ) or (
            start == sentence.start
            and end < sentence.end
            and re.search(r"(?:之后|(?<![售背前最])后|(?<![同届平及随实暂有])时)$", folded[begin:end].rstrip())
            and (end - begin <= 24 or _WHO_DOES.match(folded, begin, end))
        ):
            out.append(Zone(begin, end, "condition", begin))
        opened = _PURPOSE_START.match(folded, begin)
        if opened:
            out.append(Zone(begin, end, "purpose", opened.end()))
        else:
            mid = _PURPOSE_MID.search(folded, begin, end)
            if mid:
                out.append(Zone(mid.start(), _purpose_over(sentence, end), "purpose", mid.end()))
    return out


def _exception_end(folded: str, match: re.Match[str], limit: int) -> int:
    """除非 … 、或 … ，否则: an exception runs over commas up to its 否则."""
    if not folded.startswith("除非", match.start()):
        return match.end()
    other = folded.find("否则", match.end(), limit)
    if other > 0:
        return other
    more = _OR_MORE.match(folded, match.end(), limit)
    return more.end() if more else match.end()


_OR_MORE = re.compile(r"(?:,(?:或|以及|或者)[^,。;]*)+")


def _split_condition(folded: str, start: int, end: int) -> int:
    """A condition without a comma before its main clause ends where 我们/本公司 takes over."""
    found = re.search(r"(?<=[时后下者])(?=我们|本公司|本网站|本平台|您可|将|会)", folded[start:end])
    return start + found.start() if found else end


def _purpose_over(sentence: Sentence, end: int) -> int:
    """A purpose runs on over the next clauses while they start with a verb of purpose, not with a subject."""
    reading = sentence.reading
    for start, stop in sentence.clauses:
        if start < end:
            continue
        begin = start
        while begin < stop and reading.view.folded[begin] in " 且并及或和、":
            begin += 1
        verb = any(h.start <= begin + 1 for h in reading.hits("compose-verbs", begin, stop)) or any(
            h.start <= begin + 1 for h in reading.hits("purposes", begin, stop)
        )
        if not verb or any(h.start <= begin + 1 for h in reading.hits("subjects", begin, stop)):
            return end
        end = stop
    return end
