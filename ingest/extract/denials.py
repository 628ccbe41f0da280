"""Denials that no negator carries: words before or behind a practice that say it does not happen.

In: a `Sentence` and a predicate of it. Out: whether such words deny it ("we have ceased to share …", "the sale of your
data is out of the question"), and whether a sentence says nothing of what the controller does, because it speaks of
others, of a rumour or of what would be ("many apps sell your data", "it is a myth that …", "should we ever …").
"""

from __future__ import annotations

import re

from .match import Hit
from .reading import Sentence

#: Words before the predicate, up to it.
_BEFORE = {
    "en": re.compile(
        r"(?<!you )(?<!can )(?<!may )\b(?:ceased?|stopp?ed|discontinued?|ended|terminated|halted|suspended|disabled|deactivated"
        r"|turned off|switched off|rul(?:e|ed) out|waived?|dispensed? with|forgo|forgone|resist(?:ed)?|opposed?|renounced?"
        r"|abstain(?:ed)? from|steer clear of|removed|eliminated|abolished|relinquish(?:ed)?|quit|cut off|condemn|dislike|disapprove of|ban(?:ned)?|unwilling to|reluctant to|cancel(?:l?ed)? (?:our|the) plans? to|yet to)\s+(?:(?!(?:and|but|then|while|we|you|they)\s)[\w’'-]+\s+){0,5}?$"
        r"|\b(?:decided|opted|chosen|chose|elected) (?:not to|against)\s+(?:\w+\s+){0,2}$|\bas well as not\s+$"
        r"|\b(?:we|acme) (?:\w+ )?(?:rejects?|declines?|refuses?)\s+(?:(?!(?:and|but|then|we|you)\s)\w+\s+){0,5}?$"
        r"|\b(?:prevent\w*|preclud\w*|bar(?:s|red)?|prohibit\w*|restrict\w*|block\w*|keeps?|kept|stop\w*|forbid\w*|exempt\w*|ban(?:s|ned)?)\b[^,;.]{0,60}?\bfrom\s+(?:being\s+|[\w-]+ing,?\s+(?:or |and )?)*$"
        r"|\b(?:safe|free|protected|secured?|shielded|away|exempt) (?:from|against) (?:being )?(?:\w+ )?$"
        r"|\bwe (?:do not|don['’]t) (?:\w+ )?(?:want|wish|intend|plan|aim|mean|need|seek)(?: or \w+)* (?:to )(?:\w+ )?$"
        r"|\b(?:far |much |way )?too (?:\w+ ){1,6}to (?:be )?(?:\w+ )?$"
        r"|\b(?:as opposed to|in lieu of|sooner\b[^,;.]{0,40}\bthan|last thing we (?:\w+ ){0,3}(?:is|would be)(?: to)?)\s+(?:\w+\s+){0,2}$"
        r"|\b(?:illegal|unlawful|wrong|unethical|unacceptable|unthinkable|impossible|forbidden|prohibited|contrary to (?:\w+ ){1,4}|against (?:our|the) (?:\w+ ){1,3})\s*(?:for \w+ )?to (?:\w+ )?$"
        r"|\b(?:never|not) (?:ever )?do\s*(?:is|:|–|-)\s*(?:to )?(?:\w+ )?$"
        r"|\b(?:nowhere|not once|at no point)\b[^;.]*$"
        r"|\bneither\b[^;.]*\bnor\b[^;.]*$"
        r"|\b(?:not|never|don['’]t|won['’]t)\s*(?:,[^;.]*,|\([^)]*\)|[–—][^–—;.]*[–—])\s*(?:\w+ly\s+)?$"
        r"|\b(?:not|never)\s*:?\s*\(?(?:a|i|1)[).]\s(?:(?!\b(?:we|you)\b)[^.])*$"
    ),
    "cs": re.compile(
        r"\b(?:ukončil\w*|ukončujeme|ukončíme|zastavil\w*|zastavíme|pozastavil\w*|zrušil\w*|rušíme|vypnul\w*|deaktivoval\w*|zakázal\w*|zakazuj\w+"
        r"|zamez(?:il\w*|uje|ujeme|íme|í)|zabrán(?:il\w*|íme|í)|zabraňuj(?:e|eme)|brání(?:me)?|přestal\w*|přestane(?:me)?|skončil\w*|zdrž(?:í|íme|ujeme|el\w*)|zřík\w+|zřekl\w*"
        r"|vzdává\w*|vzdal\w*|vylučuj(?:e|eme)|vyloučil\w*|distancuj\w+|nesouhlasíme|přerušil\w*|upouští\w*|upustil\w*)\s+(?:(?!(?:aby|dokud|pokud|a|ale|my|vy|jste)\b)[\w-]+\s+){0,6}?$"
        r"|\b(?:nezákonn[éý]|protizákonn[éý]|nepřípustn[éý]|nepřijateln[éý]|vyloučen[oaéý]|nemysliteln[éý]|zakázáno|nemožn[éý]|proti našim \w+|v rozporu s \w+(?: \w+)?)\b[^;.]{0,30}$"
        r"|\baniž by\w*\b(?! (?:\w+ ){0,2}(?:byl|mě)\w* (?:\w+ )?(?:dotčen|vliv))[^;.]{0,60}$"
        r"|\b(?:není|nejsou|nesmí|nebude|nebudou|nebudeme|nemůže|nemohou)(?: \w+)?,\s*(?:a to |ani |s výjimkou|kromě|bez ohledu)[^;.]*,\s*$"
        r"|\bspíše\b[^;.]{0,60}\bnež\b[^;.]*$"
        r"|\bne(?:uděláme|děláme|dělá|udělá)\s*(?:,\s*je|:|je)\s+(?:\w+\s+){0,2}$"
    ),
    "zh": re.compile(
        r"(?:不会|从不|绝不|不)做的(?:一件)?(?:事情?)?[^。;]{0,12}$|不会做,?(?:那)?就?是[^。;]{0,6}$"
        r"|(?:未|没有|不|并未|从未)曾?(?:授权|允许|许可|委托)[^,;。]{0,10}(?:第三方|他人|任何人?|机构|公司|合作方)[^,;。]{0,8}$"
        r"|(?:移除|删除|下线|取消|去除|关闭|停用|禁用)了[^,;。]{0,8}$|(?:已经?|现已|均已|会|将|坚决)(?:终止|取消|禁用|停用|放弃|中止|暂停|阻止|排除(?!故障|异常|风险|干扰|安全))[^,;。后时前并且]{0,16}$"
        r"|(?:放弃|婉拒|谢绝|阻止|免除|排除(?=将|向|把|与))[^,;。后时前并且]{0,14}$|与其$|不(?:会)?(?:同|跟)(?:任何|其他|别的|第三)[^,;。]{0,12}$"
        r"|(?:不会|不得|绝不|从不|不|禁止|严禁)(?:有|从事|进行|实施|做)?(?:以下|下列|如下|任何)?(?:行为|事项|活动|用途|情形)?:(?:(?!但|我们|本公司|您|:)[^。])*$"
        r"|(?:无需|无须|毋须|毋需|毋庸|不必)(?!您|用户|会员|征|取得|经|另行|再)[^,;。同授]{0,6}$"
    ),
}
#: Words behind the predicate, where it is a noun.
_BEHIND = {
    "en": re.compile(
        r"[^;.]{0,110}?(?:\b(?:does|do|did|will) not (?:take place|happen|occur|exist|arise)\b"
        r"|\b(?:is|are|was|were|(?:can|will|shall|must) be) (?:\w+ly )?(?:excluded|ruled out|prohibited|forbidden|banned|illegal|unlawful|unacceptable|off limits|out of the question|not (?:made|done|carried out|performed|possible|allowed|permitted|planned|intended))\b"
        r"|\b(?:has|have) been (?:switched off|turned off|disabled|deactivated|discontinued|stopped|terminated|suspended|ended|abolished|removed)\b"
        r"|\bisn['’]t (?:our|something|part)\b|\bis something (?:that )?we (?:will |would |do )?(?:never|not)\b|\b(?:would|will) (?:violate|breach|contradict|be (?:illegal|unlawful|wrong|contrary))\b"
        r"|\b(?:ended|ceased|stopped) in \d{4}|\bis (?:against|contrary to)\b)"
    ),
    "cs": re.compile(
        r"[^;.]{0,90}?(?:\b(?:je|jsou|bylo|byla|byly|byl|bude|máme)\s+(?:\w+\s+){0,4}?(?:deaktivován|vypnut|ukončen|zastaven|pozastaven|zrušen|zakázán|vyloučen|znemožněn|nepřípustn|nepřijateln|nezákonn|protizákonn|nemysliteln)\w*"
        r"|\b(?:je|jsou|by byl\w*|by bylo)\s+(?:\w+\s+){0,2}?(?:v rozporu|proti (?:našim|zákonu|zásadám|právu))\b|\bskončil\w*\b|\bje (?:\w+ ){0,2}tabu\b|\bpovažujeme za ne\w+"
        r"|\bjsme\s+(?:\w+\s+)?(?:zakázali|ukončili|zastavili|pozastavili|zrušili|vypnuli|deaktivovali)\b|\bodmítáme\b|\bje to poslední\b|\bse distancujeme\b)"
    ),
    "zh": re.compile(
        r"[^,;。:]{0,24}(?:是违法的|属于?违法|不符合|不可接受|是错误的|不被允许|是?(?:绝对)?不允许|所禁止|被禁止|有悖|相悖)"
        r"|[^,;。:]{0,16}(?:已|已经|均已|现已)(?:被|全部|永久)?(?:关闭|停止|终止|取消|禁用|停用|下线|移除)"
        r"|[^,;。:]{0,16}(?:违反(?:我们|本公司)|有违)|[^;。:]{0,12},(?:我们|本公司)[^,;。]{0,6}(?:抵制|零容忍|反对|拒绝|禁止)"
    ),
}
#: "We have sold these categories to third parties: none".
_NONE = {
    "en": re.compile(r"[^;.]{0,160}:\s*(?:none|nil|not applicable|n/a|nothing)\s*[.*_|]*\s*$"),
    "cs": re.compile(r"[^;.]{0,160}:\s*(?:žádn\w+|nikdo|nikomu)\s*[.*_|]*\s*$"),
    "zh": re.compile(r"[^;。]{0,80}:\s*(?:无|没有|不适用|否)\s*[.。*_|]*\s*$"),
}
#: What a measure guards against is no practice ("we protect your data against disclosure").
_AGAINST = {
    "en": re.compile(
        r"\b(?:protect|guard|secur|safeguard|defend)\w*\b[^,;.]{0,60}\b(?:from|against)\b[^;.]*$"
        r"|(?:\bnot|n['’]t|\bwithout|\bnever) (?:\w+ )?affect\w*\b[^;.]*$"
    ),
    "cs": re.compile(
        r"\b(?:nem(?:á|ají|ělo) vliv na|neovlivn\w+|(?:není|nejsou|nebude|nebudou) (?:tím )?dotčen\w*|bez vlivu na)\b[^;.]*$"
    ),
    "zh": re.compile(
        r"不(?:会|得|致|应)?影响[^,;。]*$|(?:拦截|截取|截获|窃取|窃听|篡改)(?:或|和|、|及|与)(?:被)?(?:他人)?$"
    ),
}
#: Sentences that say nothing of what is done: others do it, it is a rumour or a worry, it would be.
_UNSAID = {
    "en": re.compile(
        r"^(?:many|most) (?:\w+ ){0,2}?(?:companies|apps|applications|websites|sites|services|businesses|providers|firms|platforms|organi[sz]ations)\b"
        r"|^(?:while|unlike|whereas) (?:some|many|most|other|certain)\b|^some (?:\w+ ){0,2}?(?:companies|apps|websites|sites|firms|businesses)\b[^.]*[,;][^.]*\b(?:not|n['’]t)\b"
        r"|\byou (?:might|may|could) (?:think|wonder|ask|believe|worry|fear)\b|\b(?:asked|wonder\w*|asks?) (?:whether|if) we\b|\bdoes not mean (?:that )?we\b"
        r"|\b(?:myth|misconception|rumou?r|hoax)\b|^not all\b|^few\b|^false\s*:|\bnothing (?:but|other than|except)\b|^should we\b|^were we to\b|^if we were to\b"
    ),
    "cs": re.compile(
        r"^mýt(?:us|y)\b|\b(?:to )?neznamená, že\b|\bmožná si myslíte\b|\bnemusíte se (?:bát|obávat)\b|\bkdybychom\b|\btvrzení, že\b|\bnepravdiv|\bnevyděláváme\b|\bnežijeme z\b"
        r"|^(?:mnoh[éáí]|většina|řada) (?:\w+ ){0,2}(?:aplikac|firem|firm|společnost|web|stránek|stránk|služeb|služb)|^zatímco (?:jin|mnoh|někter|ostatn)"
        r"|^na rozdíl od [^,]{0,60}, kter\w+ (?:prodáv|sdíl|sbír)"
    ),
    "zh": re.compile(
        r"误解|误区|迷思|谣言|传闻|不实|不属实|并非如此|不代表(?:我们|本公司|本网站|本平台)|(?:并不|不)意味着|(?:担心|以为|误认为)(?:我们|本公司)|^与其他[^,;。]{0,6}(?:出售|收集|共享|分享)[^,;。]*不同"
        r"|^(?:其他|别的|有些|一些)[^,;。]{0,8}(?:软件|应用|公司|平台|网站|app)[^。]*(?:我们|本公司)(?:则|却)?(?:不|绝不|从不|没有)|^(?:许多|很多|不少|多数|大多数)(?:其他)?(?:公司|应用|网站|平台|app|企业|软件|服务商)"
    ),
}


#: List heads that deny what follows ("We have stopped:", "Odmítáme:", 严禁:).
_HEADS = {
    "en": re.compile(
        r"\b(?:stopped|ceased|discontinued|ended|forbidden|prohibited|barred|banned|refuse|refrain from|abstain from|avoid|reject|oppose)\b[^:.]{0,50}:\s*[*_]*$"
    ),
    "cs": re.compile(
        r"\b(?:přestali|ukončili|zastavili|zrušili|odmítáme|zakazujeme|zakázáno|nesmějí|nesmí|neumí|zdrž\w+ se|vyhýbáme se|zříkáme se|vylučujeme)\b[^:.]{0,40}:\s*[*_]*$"
    ),
    "zh": re.compile(r"(?:严禁|禁止|杜绝|拒绝|抵制|反对|停止|谢绝)[^:。]{0,14}:\s*[*_]*$"),
}


#: List heads that turn from what is denied to what there is ("this holds no names, only:", 不包含姓名,仅包含:).
_TURNS = {
    "en": re.compile(r"[,;]\s*(?:but |and )?only\b(?:(?!\bnot\b|n['’]t\b)[^,;.])*:\s*[*_]*$"),
    "cs": re.compile(r"[,;]\s*(?:ale |a |nýbrž )?(?:jen|jenom|pouze|výhradně)\b(?:(?!\bne)[^,;.])*:\s*[*_]*$"),
    "zh": re.compile(r"[,;]\s*(?:而|但)?(?:是)?(?:仅|只|唯)(?![^:]*[不未无])[^,;。]*:\s*[*_]*$"),
}


def head_turns(sentence: Sentence) -> bool:
    """Whether a list head that denies something announces what is there all the same."""
    return bool(_TURNS[sentence.reading.lexicon.language].search(sentence.folded))


def head_denies(sentence: Sentence) -> bool:
    """Whether a sentence that announces a list denies its items without a negator."""
    return bool(_HEADS[sentence.reading.lexicon.language].search(sentence.folded))


def denied_by_words(sentence: Sentence, hit: Hit, begin: int) -> bool:
    """Whether words before the predicate (from ``begin``), or behind it where nobody acts, deny it."""
    folded, language = sentence.reading.view.folded, sentence.reading.lexicon.language
    before = _BEFORE[language].search(folded, max(begin, hit.start - 160), hit.start)
    if before and not (language == "zh" and _SUFFICES.match(folded, hit.end, sentence.end)):
        opened = max(folded.rfind(mark, begin, before.start()) for mark in ",;:(")
        if language == "cs" and folded.find(" aby ", max(begin, opened), before.start()) >= 0:
            opened = begin  # "můžete jej nastavit tak, aby zabránil …"
        if not _BY_USER.search(folded, max(begin, opened), before.start() + 1):
            return True
    if _NONE[language].match(folded, hit.end, sentence.end):
        return True
    at = hit.end - 1 if folded[hit.end - 1] == ":" else hit.end
    if not _BEHIND[language].match(folded, at, sentence.end):
        return False
    return not any(
        s.id in ("we", "you", "third") and s.end < hit.start
        for s in sentence.reading.hits("subjects", begin, hit.start)
    )


#: Whoever stops it is the user, who is offered a choice.
_BY_USER = re.compile(r"\b(?:you|users?|visitors?|browsers?|vy|můžete|můžeš|uživatel\w*)\b|您|你|用户|会员")
#: 无需您同意即可收集: not needed, and done all the same.
_SUFFICES = re.compile(r"[^,;。]{0,12}(?:即可|便可|就可|也可)")


def guarded_against(sentence: Sentence, hit: Hit) -> bool:
    """Whether the predicate names what a measure protects from."""
    pattern = _AGAINST.get(sentence.reading.lexicon.language)
    return bool(
        pattern and pattern.search(sentence.reading.view.folded, max(sentence.start, hit.start - 200), hit.start)
    )


def unsaid(sentence: Sentence) -> bool:
    """Whether the sentence says nothing of what the controller does, whatever verbs it has."""
    return bool(_UNSAID[sentence.reading.lexicon.language].search(sentence.folded))
