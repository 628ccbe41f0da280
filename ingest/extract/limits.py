"""Limits: sentences that speak of a right, a choice, a protection or another's policy to say how far it does not go.

In: the drafts of a sentence and its `Facts`. Out: the drafts, those turned to denials whose verb affirms ("your opt-out
does not stop …", "we do not respond to Do Not Track", "their own policy governs …").
"""

from __future__ import annotations

import re
from dataclasses import replace

from .context import Draft
from .facts import Facts

_NOT = r"(?:does not|do not|doesn['’]t|don['’]t|will not|won['’]t|shall not|may not|cannot|can['’]t|is not|are not)"
_DNT = r"(?:do[- ]not[- ]track|\bdnt\b|请勿(?:追踪|跟踪)|不要(?:追踪|跟踪)|不(?:追踪|跟踪)|勿(?:追踪|跟踪))"

#: A choice or a right that does not go as far as one may think.
_CHOICE = {
    "en": re.compile(
        rf"\b(?:withdraw\w*|revo(?:cation|k\w+)|opt(?:ing)?[- ]?(?:ed )?out\w*|unsubscrib\w+|turning off|disabling|rejecting|your (?:decision|choices?|objection|request)) ?[^.;]{{0,60}}?\b{_NOT}\s+(?:\w+\s+){{0,2}}?(?:affect|impact|turn off|prevent|block|delete|stop|apply|override|effective|influence|remove|guarantee|longer)\b"
        rf"|\byou (?:will |may |shall )?(?:not be able to|cannot|can not|can['’]t|are not able to|are unable to)\s+(?:\w+\s+)?(?:opt[- ]?out|unsubscribe|object|withdraw)\b"
        rf"|\b{_NOT}\s+(?:\w+\s+){{0,5}}?(?:respond|recogni[sz]e|honou?r|react|support|alter|follow|act)\b[^.;]{{0,60}}?{_DNT}"
        rf"|{_DNT}[^.;]{{0,170}}\b{_NOT}\s+(?:\w+\s+){{0,4}}?(?:respond|recogni[sz]e|honou?r|react|support|alter|follow|act|change)\b"
        rf"|\b(?:ignor|disregard)\w*\b[^.;]{{0,60}}?{_DNT}|{_DNT}[^.;]{{0,40}}\b(?:(?:is|are|gets?) (?:\w+ )?(?:ignored|disregarded)|(?:has|have|makes?) no (?:effect|difference))\b"
        r"|\beven (?:if|though|after|when) you (?:\w+ ){0,4}?(?:request|opt|unsubscrib|delet|withdr|object|cancel|remov|hide)\w*\b[^.;]{0,120}\b(?:may|might|can|will)\b"
        r"|\b(?:opt out|unsubscribe|opted out)\b[^.;]{0,80}\b(?:will|may) (?:still|continue|nevertheless)\b"
        r"|\byou (?:will|may|might) (?:still|continue to) (?:receive|see|get)\b"
    ),
    "zh": re.compile(
        r"(?:撤回|撤销|关闭|取消|拒绝|退出|注销|请求|此提出)[^。;]{0,30}不(?:会|应|得)?影响[^。;]{0,14}(?:此前|之前|先前|以前|撤回前|已经|已进行|基于(?:您|用户)?的?(?:授权|同意))"
        r"|您(?:可能|将|将会)?(?:无法|不能|不可)(?:选择)?(?:取消|退订|退出|拒绝|撤回)"
        rf"|(?:不|暂不|尚未|无法|没有)(?:会|对)?(?:响应|回应|支持|识别)?[^。;]{{0,16}}{_DNT}[^。;]{{0,12}}(?:响应|回应|反应|信号|请求)"
        r"|不会?(?:针对|对)[^。;]{0,8}信号[^。;]{0,6}(?:采取行动|回应|响应|反应)"
        r"|(?:即使|即便)您[^。;]{0,24}(?:请求|要求|删除|关闭|退出|撤回|注销|拒绝|取消)[^。;]{0,30}(?:仍|依然|继续)"
        r"|(?:关闭|退订|退出|拒绝|取消)[^。;]{0,16}(?:后|,)(?:您|用户)?(?:仍|依然|还是)(?:会|可能|将|可)"
        r"|提出[^。;]{0,6}(?:请求|要求|申请),?(?:我们|本公司)?仍(?:可能|得|会|将|可)"
    ),
    "cs": re.compile(
        r"\bodvolání\w*\b[^.;]{0,60}(?:nemá (?:však )?vliv|není dotčen|nejsou dotčen|neovliv|nedotýk|nemá dopad|nelze)"
        r"|\b(?:vypnout|odmítnout|odhlásit|zakázat|zrušit)\b[^.;]{0,20}\b(?:neumí\w*|nelze|nejde)\b"
        r"|\bodvol\w+\b[^.;]{0,40}\b(?:aniž|čímž není|tím není)\b[^.;]{0,40}(?:dotčen|vliv)"
        r"|(?:nelze|nemůžete|nemůžeš|není možné)\s+(?:\w+\s+){0,3}?(?:odhlásit|odmítnout|odvolat|vypnout|zakázat)"
        rf"|(?:nereag\w+|nepodporuj\w+|nerespekt\w+)[^.;]{{0,60}}{_DNT}|{_DNT}[^.;]{{0,80}}(?:nereag\w+|nepodporuj\w+|nerespekt\w+)"
        r"|\bi (?:když|po)\b[^.;]{0,40}(?:odhlás|odvol|požád|smaž|vymaž)\w*[^.;]{0,80}(?:můžeme|může|nadále|i nadále)"
    ),
}
_RIGHT = {
    "en": re.compile(
        r"\b(?:these|your|the|such|some|certain|this|that)\s+(?:\w+\s+){0,3}?rights?\b[^.;]{0,40}?\b(?:(?:may|do|does|might) not (?:always )?(?:apply|be available)|(?:are|is) not absolute|(?:may be|are|is|can be) (?:subject to (?:\w+ )?(?:limit|restrict|exception|exempt)|limited|restricted))"
        r"|\b(?:is|are) not subject to\b[^.;]{0,80}\bright\b"
        r"|\bwe (?:may|might|can) (?:have to |need to )?(?:refuse|restrict|limit|reject|decline)\b"
    ),
    "zh": re.compile(
        r"(?:无法|不能|不会|可能不)(?:处理|执行|办理|实现|满足)(?:您|用户)?的?[^,。;]{0,6}(?:请求|要求|申请)|权利[^。;]{0,16}(?:受到?限制|并非绝对)"
    ),
    "cs": re.compile(r"\bpráv\w+\b[^.;]{0,40}(?:není absolutní|nejsou absolutní|neuplatn\w+|nemusí (?:být|platit))"),
}
#: Another's policy that governs, where ours therefore does not.
_SCOPE = {
    "en": re.compile(
        r"\b(?:their|its|third[- ]part\w+(?:['’]s?)?|respective|that (?:site|party|company)['’]s)\s+(?:own\s+)?(?:\w+[\s,/]+){0,3}?(?:privacy )?(?:polic\w+|notices?|statements?|terms)\b[^.;]{0,30}?\bgovern\w*"
        r"|\bgoverned by\s+(?:\w+\s+){0,3}?(?:their|its|own|third[- ]part\w+|those)\b"
    ),
    "zh": re.compile(
        r"受(?:到)?(?:该|其|第三方|他们|它们|各自|该等|相关)[^。;]{0,24}(?:政策|条款|声明)[^。;]{0,16}约束"
        r"|(?<!还)(?<!也将)(?<!应当)适用(?:他们|其|该|第三方|它们)[^。;]{0,14}(?:隐私|政策|声明)"
        r"|(?:他们|其|第三方|该等?(?:网站|服务|第三方))(?:的|自身的|自己的)?[^,。;]{0,6}(?:隐私|个人信息)[^,。;]{0,8}(?:政策|声明|条款|规则)[^,。;]{0,20}(?:适用|约束|为准|规范)"
    ),
    "cs": re.compile(
        r"(?:řídí|upravuj\w+|podléh\w+)[^.;]{0,50}\b(?:jejich|vlastní\w*|třetích stran|příslušn\w+)\b[^.;]{0,40}(?:zásad|podmín|pravidl|prohlášen)"
    ),
}
#: What the policy does not answer for, and what it does not take for personal data.
_DISCLAIMS = {
    "en": re.compile(
        r"\b(?:not|nor|no longer) (?:\w+ ){0,2}?(?:responsible|liable|accountable) for\b[^.;]{0,90}\b(?:third[- ]part|other (?:web)?sites|(?:web)?sites|networks|links|platforms|partners|providers|companies|organi[sz]ations|advertisers|services|their|they|processing that)"
        r"|\b(?:have|has|had|having) no (?:\w+ )?control (?:over|of)\b|\b(?:do|does|can|could) not (?:\w+ )?control\b|\bbeyond our control\b|\bnot (?:\w+ or )?controlled by\b|\bnot (?:have )?(?:\w+ to, or )?control over\b"
    ),
    "zh": re.compile(
        r"(?:不|无法|亦不|并不)(?:对(?!外)|就|为)(?:[^。;]{0,40}|[^,。;]{41,90})(?:负责|承担[^。;]{0,10}责任)|不(?:承担|负)[^。;]{0,30}责任(?=[^。;]{0,30}(?:第三方|网站|链接))|(?:没有|无|不具备)能力和?(?:直接)?义务"
        r"|(?:概|恕|均|皆|亦|并|也)不(?:负责|(?:负|承担)[^,。;]{0,8}责任?)(?=[,。;]|$)"
        r"|与(?:本站|本网站|本公司|本平台|本app|本会|本校|我们)(?:无关|无涉)(?!的|之)"
        r"|(?:单独|无法|不能)[^。;]{0,60}(?:不属于|不是|不构成|并非)[^。;]{0,10}个人信息(?!的对外)(?![^。;]*(?:去标识|匿名))|单独的?[^。;]{0,40}(?:无法|不能|不涉及)[^。;]{0,24}(?:识别|位置)"
    ),
    "cs": re.compile(
        r"\b(?:nenes\w+|neodpovíd\w+|nepřebír\w+|neručí\w*)\b[^.;]{0,60}(?:odpovědnost|za )[^.;]{0,60}(?:třetích|jiných|těchto|stránek|webů|obsah|odkaz)|\bnemáme (?:\w+ )?(?:kontrolu|vliv)\b"
    ),
}
#: Security that is not promised.
_PROTECT = {
    "en": re.compile(
        r"\bno (?:\w+[ ,]+){1,22}?(?:is|are|can be)\b[^.;]{0,40}(?:secure|impenetrable|infallible|safe|guarantee\w*)|\bmay compromise the security\b"
        r"|\bnot responsible for how\b|\bat your own risk\b"
    ),
    "zh": re.compile(r"(?:可能|难免)[^,。;]{0,12}(?:控制之外|无法控制)[^,。;]{0,16}(?:安全问题|风险)"),
}

#: A relation that is not there.
_ROLE = {
    "en": re.compile(
        r"\bno (?:direct |legal |contractual )?(?:relationship|affiliation)\b|\bnot (?:\w+ )?affiliated\b"
    ),
    "zh": re.compile(r"(?:没有|并无|无)(?:任何|直接|隶属)?[^,。;]{0,4}(?:隶属|关系|关联)"),
    "cs": re.compile(
        r"\bnemá\w* (?:\w+ )?(?:přímý |žádný )?vztah\b|\bne(?:ní|jsme|jsou) (?:\w+ )?(?:spojen|přidružen|propojen)\w*"
    ),
}

_LIMITS = (
    ("AssignRole", _ROLE),
    ("OfferChoice", _CHOICE),
    ("GrantRight", _CHOICE),
    ("GrantRight", _RIGHT),
    ("LimitScope", _SCOPE),
    ("Protect", _PROTECT),
)


def limits(facts: Facts) -> dict[str, list[re.Match[str]]]:
    """Which practices a sentence limits, and where it says so (within the sentence)."""
    language = facts.sentence.reading.lexicon.language
    found: dict[str, list[re.Match[str]]] = {}
    for practice, patterns in _LIMITS:
        if language in patterns and (match := patterns[language].search(facts.sentence.folded)):
            found.setdefault(practice, []).append(match)
    return found


def limited(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts, denied where the sentence says how far they do not go.

    What another clause offers stays ("you may withdraw your consent, which does not affect …") beside its limit.
    """
    sentence = facts.sentence
    language = sentence.reading.lexicon.language
    found = limits(facts)
    out: list[Draft] = []
    for draft in drafts:
        spans = found.get(draft.practice)
        if draft.denied or not spans:
            out.append(draft)
            continue
        limit = replace(
            draft, denied=True, rules=(*draft.rules, "limit"), trace=(*draft.trace, "says how far it does not go")
        )
        at = draft.at - sentence.start
        offered = language in _CHOICE and any(span.re is _CHOICE[language] for span in spans)
        offered = offered and draft.at >= 0 and draft.actor == "you"
        clause = sentence.clause_of(draft.at)
        aside = sentence.folded.find("(")  # "withdraw your consent (this does not affect …)"
        if (0 <= at < aside and all(sentence.folded.find("不", span.start()) > aside for span in spans)) or (
            offered
            and not any(
                span.start() <= at < span.end() and sentence.start + span.end() <= clause[1] + 1 for span in spans
            )
        ):
            out.append(draft)
        out.append(limit)
    return out


#: Who wants to use a right is sent to somebody else, a customer of the controller for whom it only processes.
_ELSEWHERE = {
    "en": re.compile(
        r"\b(?:direct|submit|send|address|make|raise)\w*\b[^.;]{0,60}\b(?:to|with) (?:the |that |their |your |our |its |such |a )(?:\w+ )?(?:customers?|clients?|data controllers?|employers?|organi[sz]ations?|merchants?|sellers?)\b"
        r"|\bcontact (?:the|that|your|such) (?:\w+ )?(?:customers?|clients?|employers?|merchants?|sellers?)\b"
    ),
    "cs": re.compile(
        r"\b(?:obra[ťt]\w*|obrátit|směřuj\w*|směřovat|podej\w*|podat|zašl\w*)\b[^.;]{0,50}\b(?:na|u|k) (?:\w+ )?(?:zákazník\w*|klient\w*|zaměstnavatel\w*|prodejc\w*|obchodník\w*)\b"
    ),
    "zh": re.compile(
        r"(?:应|请|需|须)[^,。;]{0,14}(?:直接)?(?:向|与|联系|联络)[^,。;]{0,14}(?:客户|雇主|商家|卖家|企业用户|组织)[^,。;]{0,10}(?:提出|提交|联系|联络|反映|查询|行使)"
    ),
}


def elsewhere(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts without rights, and what they ask for, where others are to be asked for them."""
    if not _ELSEWHERE[facts.sentence.reading.lexicon.language].search(facts.sentence.folded):
        return drafts
    return [d for d in drafts if d.denied or d.practice not in ("GrantRight", "Retain", "OfferChoice")]


_OF_DATA = frozenset({"Collect", "Use", "Share", "Sell", "Transfer", "Store", "Retain"})


def disclaimed(facts: Facts, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with a scope denied where the sentence says what the policy does not answer for."""
    language = facts.sentence.reading.lexicon.language
    said = _DISCLAIMS[language].search(facts.sentence.folded)
    if not said:
        return drafts
    start = facts.sentence.start
    rest = [
        d
        for d in drafts
        if d.practice != "LimitScope"
        and not (d.practice in _OF_DATA | {"OfferChoice"} and said.start() <= d.at - start < said.end() + 4)
    ]
    if any(not d.denied and d.practice in ("Protect", "OfferChoice", "GrantRight") for d in rest):
        return drafts
    why = ("says what the policy does not answer for",)
    return [*rest, Draft("LimitScope", True, "Will", "we", rules=("disclaimer",), trace=why)]
