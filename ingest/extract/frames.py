"""Predicate frames: what is done, by whom, affirmed or denied, in which part of the sentence.

In: a `Sentence` and its `Zone`s. Out: `Frame`s in text order. A frame is one verb (or verbal noun) of the lexicon's
`predicates` with its actor, polarity, modality and zone; `practices` turns frames into practices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Modality
from .actors import Actor, actor_of
from .denials import denied_by_words, guarded_against
from .facets import of_entitled
from .match import Hit
from .polarity import STOPS, coordinated, denied_chars, denied_words, negations, same_zone
from .reading import Sentence
from .zones import Zone, zone_at


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
    folded = sentence.reading.view.folded
    negators = negations(sentence)
    contrasts = [hit.start for hit in sentence.named("structure", "contrast")]
    inserted = [m.span() for m in _INSERTED.finditer(folded, sentence.start + 2, sentence.end)] if not words else []
    out: list[Frame] = []
    seen: set[tuple[int, str]] = set()
    for hit in sentence.hits("predicates"):
        if (hit.start, hit.id) in seen:  # two forms of one stem
            continue
        seen.add((hit.start, hit.id))
        if _CANCELLED.search(folded, max(sentence.start, hit.start - 60), hit.start):
            continue
        if _no_practice(sentence, hit):
            continue
        zone = zone_at(found, hit.start)
        kind: str = zone.kind if zone else "main"
        if zone and zone.kind == "purpose" and zone.start == hit.start:
            kind = "main"  # the word that opens the purpose states the use itself
        if kind == "main" and _nominal(sentence, hit):
            kind = "nominal"
        actor, at, to = actor_of(sentence, hit, found)
        if zone is not None and kind == "relative" and _of_party(sentence, zone.start):
            if not any(n.end <= zone.start for n in negators):
                kind, actor = "main", "third"
        elif kind in ("main", "purpose") and (
            _relative_words(sentence, hit, found) if words else _relative_chars(sentence, hit)
        ):
            kind = "relative"
        elif kind == "main" and hit.id != "control" and any(a <= hit.start < b and not a < at for a, b in inserted):
            kind = "relative"  # 密码(以哈希存储)、电话: what is said of one member
        before = next(((f.hit, f.denied) for f in reversed(out) if f.hit.start < hit.start), None)
        near = [n for n in negators if same_zone(found, n, zone)]
        if words:
            denied = denied_words(sentence, hit, near, contrasts, zone) or coordinated(sentence, hit, before)
        else:
            denied = denied_chars(sentence, hit, near, contrasts, before)
        if denied and hit.id == "delete" and words and _AND_DELETE.search(folded, sentence.start, hit.start):
            denied = False  # "we do not collect it knowingly and delete it once we learn of it"
        worded = False
        if hit.id not in _OFFERS and kind in ("main", "nominal", "purpose"):
            worded = not denied and denied_by_words(sentence, hit, sentence.start)
            if worded:
                kind, denied = "main", True
            elif hit.id != "protect" and guarded_against(sentence, hit):
                kind = "prevented"
        name = hit.id
        if (
            denied
            and name in ("store", "retain", "provide", "transfer")
            and _MANNER.search(folded, *sentence.clause_of(hit.start))
        ):
            name, denied = "protect", False
        if kind in ("main", "nominal") and not worded and _prevented(sentence, hit):
            stop = STOPS.search(folded, max(sentence.start, hit.start - 40), hit.start)
            by_user = stop and re.search(
                r"您|用户|会员|浏览器|\byou\b|\bbrowsers?\b|\busers?\b|\bvy\b|můžete|můžeš",
                folded[sentence.start : stop.start()],
            )
            stopped = actor in ("we", "") and stop is not None and not by_user
            stopped = stopped and not (stop and re.search(r"\bby\b", folded[stop.start() : hit.start]))
            kind, denied = ("main", True) if stopped else ("prevented", denied)
        if (
            hit.id == "apply"
            and (
                _NOT_OURS.match(folded, hit.start)
                or re.match(r"(?:(?:do|does) )?(?:not|no)\b", folded[hit.start : hit.end])
            )
        ) or (hit.id == "right" and _NO_EFFECT.search(folded, hit.end, sentence.clause_of(hit.start)[1])):
            denied = True
        if hit.id == "right" and actor != "you" and _CZ_REFUSES.search(folded, hit.start, hit.end):
            denied = True
        if hit.id == "choose" and _CONSEQUENCE.match(folded, hit.start):
            denied = False
        out.append(Frame(hit, name, kind, actor, denied, _modality(sentence, hit, denied), at, to))
    return out


#: How something is not kept or sent ("passwords are never stored in plain text"): a protection, it denies no keeping.
_MANNER = re.compile(
    r"\b(?:in|as) (?:plain|clear|readable)[ -]?(?:text|form)?\b|\bunencrypted\b|明文"
    r"|\bv (?:čiteln|otevřen|nezašifrovan|nešifrovan|nechráněn|prost)\w+ (?:podobě|formě|tvaru|textu)|\bjako prost\w+ text|\b(?:nezašifrovan|nešifrovan)\w+"
)
_AND_DELETE = re.compile(r"\b(?:and|a) (?:will |then |\w+ly )*$")
_FEE = re.compile(r"[^,;。信数资]{0,8}费")
_TRAINING = re.compile(r"\s+(?:\w+\s+){0,2}(?:training|instructions?|guidance|education)\b")
#: "This may be considered a sale": what a law calls it, not what is done.
_DEEMED = re.compile(
    r"(?:^|[,;]|\bbut\b)(?:(?!\bnot\b|\bnever\b|\bno\b|n['’]t\b|\bbut\b)[^,;])*\b(?:considered|deemed|constitut\w+|qualif(?:y|ies)|regarded|treated|classified|interpreted|construed|viewed"
    r"|defined|counts?|amounts?|falls? (?:under|within)|meets? the definition)\s(?:[\W]*\b(?!and\b|but\b|we\b|you\b)\w+[\W]*){0,5}$"
)
_AUXILIARY = re.compile(r"\s+(?:do|does|did|don['’]t|are|were|will|may|can|have|contain|include|never|only)\b")
_MADE_PUBLIC = re.compile(
    r"\bma(?:ke|de|king|kes)\b[^.;]{0,30}$|\b(?:is|are|be|become|becomes|go|goes|being|visible)\s+(?:\w+ly\s+)?$"
)


def _no_practice(sentence: Sentence, hit: Hit) -> bool:
    """Whether a verb has nothing to do with data: charging a fee, training, "public registers", who may see something."""
    folded = sentence.reading.view.folded
    word = folded[hit.start : hit.end]
    if word == "收取":
        return bool(_FEE.match(folded, hit.end))
    if word in ("logs", "records") and _AUXILIARY.match(folded, hit.end):
        return True  # "The logs do not include your name"
    if word == "public":
        return not _MADE_PUBLIC.search(folded, sentence.start, hit.start)
    if word == "设置":
        begin = sentence.clause_of(hit.start)[0]
        return not _SETS.search(folded, begin, hit.start) and bool(_SETTING.match(folded, hit.end))
    if hit.id in ("right", "delete") and _UNTIL.search(folded, sentence.start, hit.start):
        return True  # 保存至您删除账号为止: how long, not what one may do
    if hit.id in ("sell", "share") and _DEEMED.search(folded[sentence.start : hit.start]):
        return True
    if hit.id == "receive" and sentence.reading.words:
        return bool(_TRAINING.match(folded, hit.end))
    return hit.id in ("right", "access") and of_entitled(sentence, hit.start, hit.end)


#: What is offered to the user is denied by its own words only.
_OFFERS = frozenset({"choose", "right", "consent", "contact", "channel", "notify", "describe", "apply", "vendor"})

_VERBAL = re.compile(r"记录|录音|录影|登记|评估|通知|公告|统计|审计|监督")
_AS_VERB = re.compile(
    r"[会将能可来以并行和及、,;。:并自动先得均亦也须需应予]$|我们$|系统$|服务器$|公司$|网站$|平台$|不$|未$|进行$|用于$"
)
_INSERTED = re.compile(r"\([^()不未无没]*\)")
_UNTIL = re.compile(r"(?:直到|直至|[存留]至|保管至)(?:您|用户|会员|使用者|当事人)[^,;。]{0,10}$")
#: 主题设置皆存储于…, 偏好设置: the settings, not to set, unless somebody may or must.
_SETTING = re.compile(r"\s*(?:[皆都均等与和及或、,;。:)】|*]|会|将|$)")
_SETS = re.compile(r"[可能请得须需勿]|随时|自行|允许|如何")
#: Nouns among the forms of verbs that end like none: a backup, a storage.
_CZ_THING = re.compile(r"záloh(?:a|y|u|ou|ám|ách|ami)?|úložišt(?:ě|i|ěm|ích)")
_CZ_NOUN = re.compile(r"(?:[aeěá]n|t)(?:í|ím|ího|ímu|ími|ích)$")


def _nominal(sentence: Sentence, hit: Hit) -> bool:
    """A verbal noun ("the processing of", zpracováním, 信息的收集) names an activity, it does not state it."""
    folded = sentence.reading.view.folded
    if not sentence.reading.words:
        if (
            hit.start > sentence.start
            and folded[hit.start - 1] in "的之"
            and folded[hit.start - 2 : hit.start] != "目的"
        ):
            return True
        if (
            _VERBAL.fullmatch(folded[hit.start : hit.end])
            and not _AS_VERB.search(folded[max(sentence.start, hit.start - 3) : hit.start])
            and hit.start > sentence.start
            and not re.match(r"您|用户|会员|我们|客户|当事人|使用者", folded[hit.end : hit.end + 3])
        ):
            return True
        begin = sentence.clause_of(hit.start)[0]
        return (
            folded[hit.start - 2 : hit.start] in ("信息", "数据")
            and hit.end - hit.start == 2
            and not re.search(r"[将把对就]", folded[begin : hit.start])
        )
    word = folded[hit.start : hit.end].split()[0]
    if sentence.reading.lexicon.cues.get("language", {}).get("negative_prefix"):
        if _CZ_THING.fullmatch(word):
            return True
        return bool(_CZ_NOUN.search(word)) and len(word) > 6 and not word.endswith(("opustí", "pouští"))
    if word in ("process", "use", "store", "access", "control") and sentence.token(hit.start, -1) in (
        "this",
        "the",
        "a",
        "each",
        "any",
        "our",
        "your",
        "their",
        "its",
        "of",
    ):
        return True
    if word.endswith(("ing", "tion", "ure", "age", "sal")) and hit.id not in ("choose", "right", "contact", "protect"):
        return (
            sentence.token(hit.start, -1)
            in ("the", "of", "our", "for", "this", "such", "any", "your", "about", "in", "by", "that")
            or folded[hit.end : hit.end + 4] == " of "
        )
    return False


#: What refusing costs ("unable to use", 无法使用) is said of a choice, it does not deny one.
_CONSEQUENCE = re.compile(
    r"无法|可能无法|将无法|影响|不影响|unable|may be unable|may not|might not|nebudete moci|nemus|omezena"
)
#: "údaje nemusíme smazat": the words of a right that is not granted.
_CZ_REFUSES = re.compile(r"\bne(?:musíme|můžeme|mohu|lze|budeme|smažeme)\b")
_NOT_OURS = re.compile(
    r"不负责|概不负责|不承担责任|不负任何责任|无法控制|not responsible|no control|no responsibility|neodpovídáme|nemáme kontrolu|neneseme|nenese zodpovědnost|not operated by"
)
#: Negators that these verbs cancel ("nothing prevents us from sharing", "will not hesitate to"), and the without
#: of "cannot provide the service without collecting": what follows is neither stated nor denied.
_CANCELLED = re.compile(
    r"(?:\bnot|n't|\bnothing|\bcannot|\bnever|\bnebude\w*|\bnic)\s+(?:\w+\s+){0,4}?(?:prevents?|stops?|hesitate|deny|rule out|fail|forget|avoid|cease|váhat|brán\w+|vyloučit|vyhnout)\b[^.;]*$"
    r"|(?:不|未|无法|不能|难以)(?:会|能|可)?(?:阻止|排除|犹豫|否认|避免)[^,;。]*$"
    r"|\b(?:not|never) (?:\w+ )?(?:liable|responsible|aware|accountable|consider\w*)\b[^.;]*$|\b(?:no|nothing)\b[^.;]{0,40}\b(?:restrictions?|restricts?|limits?|prevents?)\b[^.;]*$"
    r"|\b(?:nejsme si vědomi|neodpovídáme|neneseme odpovědnost|nepovažujeme)\b[^.;]*$|(?:不了解|不清楚|不知道|不认为)[^,;。]*$|没有(?:什么|任何)[^,;。]{0,6}(?:阻止|限制)[^,;。]*$"
    r"|\b(?:cannot|can't|unable|not possible|could not|not be able|nemůžeme|nelze)\b[^.;]*\b(?:without|bez|aniž)\s+(?:\w+\s+){0,4}$"
)
_NO_EFFECT = re.compile(
    r"\bdoes not affect|\bnot affect|\bnemá vliv|\bnení dotčen|不影响|不会影响|\bneuplatn|\bnemůžeme vyhovět"
)
_PREVENTED = re.compile(
    r"(?:未经授权|未授权|未经许可|不被|免受|不受|免于|非法)[^,;。]{0,24}$|限制[^,;。]{0,24}$|(?:unauthori[sz]ed|unlawful|accidental|improper)\s+(?:\w+\s*,?\s+){0,6}$|neoprávněn\w+\s+(?:\w+\s*,?\s+){0,3}$|"
    r"(?:选择不|选择是否|防止|以防|防范|避免|阻止|停止|禁止|限制|反对|拒绝|要求停止|以免|(?:确保|保证|保护|保障|以|使|让)[^,;。]{0,20}(?:不会被|不致被|未被)|不致被|不希望被)[^,;。]{0,16}$"
    r"|\b(?:prevent|stop|avoid|limit|block|object to|opt out of|opting out of|restrict|refuse|disable|choose not to|choose whether to)\s+(?:\w+\s+){0,4}$"
    r"|\b(?:zabrán\w+|zakáz\w+|odmítn\w+|zastav\w+|omez\w+)\s+(?:\w+\s+){0,2}$"
)


def _prevented(sentence: Sentence, hit: Hit) -> bool:
    """What somebody prevents or stops is not stated ("prevent the collection of")."""
    if hit.id in ("choose", "right", "protect", "consent", "contact", "notify"):
        return False
    begin = max(sentence.clause_of(hit.start)[0], hit.start - 48)
    return bool(_PREVENTED.search(sentence.reading.view.folded[begin : hit.start]))


def _of_party(sentence: Sentence, start: int) -> bool:
    """ "service providers who collect": the clause tells what the party does."""
    reading = sentence.reading
    for layer in ("recipients", "parties"):
        for hit in reading.hits(layer, max(sentence.start, start - 60), start):
            if reading.view.folded[hit.end : start].strip(" ,") == "" and hit.id not in (
                "User",
                "Customer",
                "Member",
                "Public",
            ):
                return True
    return False


# -- relative clauses without a pronoun


def _relative_chars(sentence: Sentence, hit: Hit) -> bool:
    folded = sentence.reading.view.folded
    if re.search(
        r"(?:如何|怎样|怎么|哪些|什么|查询我们是否)[^,;。]{0,56}$",
        folded[max(sentence.start, hit.start - 60) : hit.start],
    ):
        return True
    if hit.id in ("contact", "sell") and folded.endswith(("我们", "您"), hit.start, hit.end):
        return False  # 请联系我们的客服, 销售您的数据: whose it is, not which
    if hit.id != "consent" and re.match(
        r"[^,;。]{0,16}的(?:方式|方法|目的|范围|做法|规则|用途|类型|种类)(?:[,;。及和、]|$)",
        folded[hit.end : min(hit.end + 24, sentence.end)],
    ):
        return True
    if re.search(
        r"(?:与|有关|关于|涉及)[^,;。]{0,16}$", folded[max(sentence.start, hit.start - 18) : hit.start]
    ) and re.match(r"[^,;。]{0,20}(?:相关|有关)的", folded[hit.end : hit.end + 24]):
        return True
    before = folded[max(sentence.start, hit.start - 2) : hit.start]
    if before.endswith("所") and not folded.startswith("所有", hit.start - 1) and before[0] not in "务诊场处究住厕派":
        return True
    if _TO_PLACE.search(folded, hit.start, hit.end) and _SERVER.match(folded, hit.end, sentence.end):
        return False
    return bool(
        re.match(
            r"(?:(?:或|和|及|、|与|并)[^,;。的您其]{2}){0,3}(?:(?:给|予|到|至|自|过|于)(?:我们|本公司|本网站|本平台|第三方)?)?(?:的|之)(?!一|外|前|后|间|中|时|安全)",
            folded[hit.end : hit.end + 20],
        )
    )


#: "传输至美国的服务器": 的 stands between a place and what stands there, not behind a clause.
_TO_PLACE = re.compile(r"[至到给于在]")
_SERVER = re.compile(r"的[^,;。的]{0,6}?(?:服务器|数据中心|机房|云端|数据库|后台|云平台)(?![上中内里]?的)")

_STARTERS = frozenset(
    "and or but that then so because however also , ; : ( generally sometimes therefore thus additionally instead moreover "
    "furthermore if when where unless while once as after before until whether generally here please note addition finally "
    "occasionally currently although though since".split()
)


def _relative_words(sentence: Sentence, hit: Hit, found: list[Zone]) -> bool:
    """ "the information we collect": a pronoun right behind a noun opens a clause that describes it."""
    reading = sentence.reading
    folded = reading.view.folded
    start, _ = sentence.clause_of(hit.start)
    subjects = [
        s for s in reading.hits("subjects", start, hit.start) if folded[s.start : s.end] in ("we", "you", "i", "they")
    ]
    if not subjects:
        return False
    last = subjects[-1]
    if last.start <= start + 1 or len(folded[last.end : hit.start].split()) > 3:
        return False
    if any(z.kind == "condition" and z.end == last.start for z in found):
        return False  # "when you subscribe we process": the main clause takes over
    before = sentence.token(last.start, -1)
    if not before or before in _STARTERS or not before[0].isalpha():
        return False
    return before in ("how", "what", "why", "which", "whom") or _is_noun(sentence, last.start)


def _is_noun(sentence: Sentence, at: int) -> bool:
    reading = sentence.reading
    for layer in ("data-categories", "purposes", "recipients", "measures", "rights"):
        if any(at - hit.end <= 1 for hit in reading.hits(layer, max(sentence.start, at - 40), at)):
            return True
    return sentence.token(at, -1) in {
        "information",
        "data",
        "details",
        "content",
        "services",
        "cookies",
        "way",
        "purposes",
        "any",
        "products",
        "things",
        "everything",
        "partners",
        "parties",
        "features",
        "websites",
    }


#: "Údaje sdílíme jen zřídka": how often, said behind the verb.
_SELDOM = re.compile(r"\s+(?:\w+\s+){0,3}?(?:zřídka|výjimečně|ojediněle|příležitostně|občas)\b")


def _modality(sentence: Sentence, hit: Hit, denied: bool) -> Modality:
    start, _ = sentence.clause_of(hit.start)
    found = [m for m in sentence.reading.hits("modality", start, hit.start) if m.id in ("may", "must", "should")]
    if not found:
        return "May" if not denied and _SELDOM.match(sentence.reading.view.folded, hit.end) else "Will"
    names: dict[str, Modality] = {"may": "May", "must": "Must", "should": "Should"}
    return names[found[-1].id]
