"""Names that may be the controller's, by the words around them.

In: a policy's text. Out: `Candidate`s, one finder a language: definitions ("X (以下称“我们”)", "X (dále jen …)",
"X (“we”)"), operators and "the controller is X".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK_NAME = r"[^\s，。；：、,.;:!！?？“”\"「」『』《》()（）]{2,40}"
_EN_NAME = r"(?:[A-Z][\w&.'’-]*|[a-z]+\.[a-z]{2,})(?:[ ,]{1,2}(?:of|and|the|&|[A-Z][\w&.'’-]*)){0,6}"
_CS_NAME = r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w&.-]*(?:[ ,]+(?:a|&|[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w&.-]*|s\. ?r\. ?o\.|a\. ?s\.|z\. ?s\.|spol\.)){0,6}"

SELF_ZH = re.compile(r"我[們们]|本公司|本站|本網站|本网站|本平台|本店|公司|本行|本應用|本应用|本軟體|本软件")
SELF_LATIN = re.compile(
    r"^(?:we|us|our|company|controller|the company|správce|provozovatel|my|společnost|prodávající|poskytovatel|i)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Candidate:
    """A name, where it stands, what supports it and how much, and its aliases."""

    name: str
    start: int
    weight: float
    rule: str
    aliases: tuple[str, ...] = ()


def _split_aliases(inside: str) -> tuple[str, ...]:
    quoted = re.findall(r"[“\"「『„‘«']\s*([^”\"」』“’»']{1,40}?)\s*[”\"」』“’»']", inside)
    return tuple(a.strip() for a in quoted if a.strip())


def chinese(text: str) -> list[Candidate]:
    """Candidates of a Chinese text."""
    out = []
    for m in _DEFINED_ZH.finditer(text):
        name = (m["quoted"] or "").strip('「」『』“”"《》') or _last_name(m["name"] or "")
        start = text.find(name, m.start()) if name else -1
        if start < 0:
            continue
        aliases = _split_aliases(m["in"]) or tuple(
            re.findall(r"[稱称]\s*(?:為|为)?\s*([^，,。“”「」\s或及]{2,12})", m["in"])
        )
        own = any(SELF_ZH.search(alias) for alias in aliases) or SELF_ZH.search(m["in"])
        out.append(Candidate(name, start, 8.0 if own else 5.0, "alias-definition", aliases))
    out += [Candidate(m["name"], m.start("name"), 5.0, "operator") for m in _OPERATOR_ZH.finditer(text)]
    out += [
        Candidate(_last_name(m["name"]), m.start("name"), 7.0, "controller-is") for m in _CONTROLLER_ZH.finditer(text)
    ]
    out += [Candidate(m["name"], m.start("name"), 4.0, "welcome") for m in _WELCOME_ZH.finditer(text[:3000])]
    return [c for c in out if not SELF_ZH.fullmatch(c.name)]


_DEFINED_ZH = re.compile(
    rf"(?P<quoted>[「『“\"《][^」』”\"》\n]{{2,40}}[」』”\"》])?(?P<name>{_CJK_NAME})?\s*[（(](?P<in>[^）)\n]{{0,80}}?(?:以下[簡简]?[稱称]|以下[統统]稱|[簡简][稱称]|下稱|下称|[統统][稱称]|合称|合稱|我[們们])[^）)\n]{{0,60}})[）)]"
)
_OPERATOR_ZH = re.compile(
    rf"(?:由|是由)\s*(?P<name>{_CJK_NAME}?(?:有限公司|公司|工作室|基金會|基金会|大學|大学))[^。\n]{{0,12}}(?:提供|運營|运营|經營|经营|開發|开发|擁有|拥有)"
)
_CONTROLLER_ZH = re.compile(
    rf"(?P<name>{_CJK_NAME})(?:是|為|为)(?:您|你)?(?:的)?(?:個人資料|个人数据|個人數據|个人信息|個人資訊|資料|数据)的?(?:控制者|處理者|处理者|管理者)"
)
_WELCOME_ZH = re.compile(r"(?:歡迎|欢迎|光臨|光临|造訪|访问|使用)[^「“\n]{0,8}[「“](?P<name>[^」”\n]{2,30})[」”]")


def _last_name(words: str) -> str:
    """Cut what precedes the name in running Chinese text ("如果 Mozilla", "歡迎使用X")."""
    words = re.split(r"及其|和其|與其|与其", words)[0]
    return (
        re.sub(
            r"^.*?(?:歡迎(?:您)?(?:使用|光臨|造訪|來到)?|欢迎(?:您)?(?:使用|光临|访问)?|感謝您?對|感谢您?对|如果|是|由|為|为|對|对|使用)(?=\S{2})",
            "",
            words,
        ).strip()
        or words
    )


_ADDRESSED = re.compile(
    rf"(?:^|[.\n]\s*|\b(?:by|is|are|of)\s+)(?P<name>{_EN_NAME}?\s(?:AB|AS|A/S|Oy|BV|B\.V\.|SE|SA|GmbH|AG|Ltd\.?|Limited|Inc\.?|LLC|PLC|Corp\.?))(?=,\s)",
    re.MULTILINE,
)


def english(text: str) -> list[Candidate]:
    """Candidates of an English text."""
    out = []
    plain = text.replace("*", " ").replace("_", " ")
    for m in re.finditer(
        rf"(?P<name>{_EN_NAME})\s*,?\s*(?:\([^()\n]*?\)\s*)?\((?P<in>[^()\n]{{0,160}}?[“\"'‘][^()\n]{{1,120}}?)\)",
        plain,
    ):
        aliases = _split_aliases(m["in"])
        own = any(SELF_LATIN.match(alias.strip(",. ")) for alias in aliases)
        name = _clean(m["name"])
        before = _ADDRESSED.search(plain, max(0, m.start() - 90), m.end("name"))
        if before and before.end() < m.end("name"):  # "Acme Ltd, 1 Mill Lane, York (“we”)": the name, not the town
            name = _clean(before["name"])
        policy = any(
            re.search(r"policy|notice|terms|service|site|user|data|information", alias, re.IGNORECASE)
            for alias in aliases
        )
        if name and not (policy and not own):
            out.append(
                Candidate(
                    name,
                    plain.find(name, max(0, m.start() - 90)),
                    8.0 if own else 4.0,
                    "alias-definition",
                    tuple(a.strip(",. ") for a in aliases),
                )
            )
    patterns = (
        (
            rf"(?i:\b(?:we|us|our))[”\"’']*,?\s*(?i:means?|refers? to|are|is|we['’]re referring to|we are referring to)\s+(?P<name>{_EN_NAME})",
            7.0,
            "we-means",
        ),
        (rf"(?P<name>{_EN_NAME})\s+is the (?:data )?controller", 7.0, "controller-is"),
        (rf"(?i:\b(?:data )?controller\b)[^.\n]{{0,40}}?\bis:?\s+(?P<name>{_EN_NAME})", 7.0, "controller-is"),
        (
            rf"\b(?:operated|owned|provided|produced|published|developed|run|offered|built) (?:and \w+ )?by\s+(?P<name>{_EN_NAME})",
            4.5,
            "operator",
        ),
        (
            rf"(?i:privacy (?:policy|notice|statement) (?:for|of)|welcome to)\s+(?:the\s+)?(?P<name>{_EN_NAME})",
            4.0,
            "title",
        ),
        (rf"(?P<name>{_EN_NAME})\s+is responsible for (?:the |all )?(?:collection|processing)", 6.0, "controller-is"),
        (rf"\bAt\s+(?P<name>{_EN_NAME})\s*,?\s+we\b", 5.0, "at-we"),
        (
            rf"(?P<name>{_EN_NAME}) (?:takes|respects|is committed|values|cares|knows that you care|built the)\b",
            4.0,
            "values-privacy",
        ),
    )
    for pattern, weight, rule in patterns:
        for m in re.finditer(pattern, plain):
            name = _clean(m["name"])
            if name and name[0].isalnum() and (name[0].isupper() or "." in name):
                out.append(Candidate(name, plain.find(name, m.start()), weight, rule))
    return out


NOT_NAMES = re.compile(
    r"^(?:This|The|Our|We|You|Your|If|When|It|These|Those|Policy|Privacy|Terms|Service|Services|Site|Website|Information|Personal|Data|Effective|Last|All|Any|In|For|To|By|At|As|Please|Cookies?|Notice|User|Users|App|Application|I)$"
)


def _clean(name: str) -> str:
    words = name.strip(" ,.").split()
    while words and NOT_NAMES.match(words[0]):
        words = words[1:]
    while words and words[-1].lower() in ("and", "of", "the", "a"):
        words = words[:-1]
    return " ".join(words).strip(" ,")


def czech(text: str) -> list[Candidate]:
    """Candidates of a Czech text."""
    out = []
    plain = text.replace("*", " ")
    defined = (
        rf"(?P<name>{_CS_NAME})\s*\((?P<in>[^()\n]{{0,10}}?(?:dále|to jsme my)[^()\n]{{0,80}})\)",
        rf"(?P<name>{_CS_NAME})(?=[^()\n]{{0,24}}(?:IČ|se sídlem|sídlem|narozen|zapsan))[^()\n]{{0,160}}?\((?P<in>[^()\n]{{0,10}}?dále[^()\n]{{0,80}})\)",
    )
    for m in (m for pattern in defined for m in re.finditer(pattern, plain)):
        aliases = _split_aliases(m["in"])
        if not aliases:
            bare = re.search(r"dále\s+(?:také\s+)?(?:jen|jako)\s+(?:jako\s+)?([\w ]{2,24})", m["in"])
            aliases = (bare.group(1).strip(),) if bare else ()
        out.append(
            Candidate(
                _clean_cs(m["name"]),
                m.start("name"),
                7.0 if not re.search(r"GDPR|nařízení|zákon", m["name"]) else 0.0,
                "alias-definition",
                aliases,
            )
        )
    patterns = (
        (
            rf"[Ss]právcem?(?: vašich| Vašich)?(?: osobních)?(?: údajů)?(?: je| jsou|:)\s*(?:společnost |podnikatel |pan |paní |firma )?(?P<name>{_CS_NAME})",
            8.0,
            "controller-is",
        ),
        (
            rf"[Pp]rovozovatel(?:em)?[^.\n]{{0,40}}?(?: je|:)\s*(?:společnost |firma |pan |paní )?(?P<name>{_CS_NAME})",
            7.0,
            "operator",
        ),
        (rf"(?:[Jj]sme|jsme my) (?:společnost |firma )?(?P<name>{_CS_NAME})", 6.0, "we-are"),
        (rf"(?:[Vv]aše )?osobní údaje zpracovává (?:společnost )?(?P<name>{_CS_NAME})", 6.5, "controller-is"),
        (rf"[Ss]polečnost[ií]?\s+(?P<name>{_CS_NAME})", 4.0, "company"),
        (
            rf"(?:web|stránky|aplikaci|službu) (?:provozuje|vytvořil[ai]?|poskytuje)\s+(?:společnost |pan |paní )?(?P<name>{_CS_NAME})",
            5.0,
            "operator",
        ),
        (rf"(?P<name>{_CS_NAME})\s+vytvořil\w*\s+(?:aplikaci|web|službu)", 5.5, "operator"),
        (rf"(?P<name>{_CS_NAME}),\s*(?:IČO?|se sídlem)", 6.0, "registered"),
        (rf"(?:Jméno|Název|Obchodní jméno|Obchodní firma)[^:\n]{{0,24}}[:\n]\s*(?P<name>{_CS_NAME})", 6.0, "labelled"),
        (rf"(?P<name>{_CS_NAME})\n\s*IČO?\b", 6.5, "registered"),
    )
    for pattern, weight, rule in patterns:
        for m in re.finditer(pattern, plain):
            name = _clean_cs(m["name"])
            if name:
                out.append(Candidate(name, plain.find(name, m.start()), weight, rule))
    return [
        c
        for c in out
        if c.name
        and not re.match(
            r"(?:Zásad|Ochran|Osobní|Úřad|GDPR|Nařízení|Tento|Tato|Tyto|Vaše|Pokud|Správce|Google|Facebook|Evrops|Zákon|Obchodn|Kontakt|Sídlo|Účinn)",
            c.name,
        )
    ]


def _clean_cs(name: str) -> str:
    name = re.split(
        r"(?<=s\.r\.o\.)\s|(?<=s\. r\. o\.)\s|(?<=a\.s\.)\s|(?<=a\. s\.)\s|(?<=z\.s\.)\s|(?<=z\. s\.)\s", name
    )[0]
    name = re.split(r",\s*(?:IČ|DIČ|se sídlem|Sídlo)|\s{2,}|\n", name)[0]
    name = re.sub(r"\s+(?:a|i|nebo)$", "", name.strip())
    return (
        re.sub(r"[,.]\s*$", "", name.strip())
        if not name.rstrip().endswith(("s.", "o.", "z.s.", "a.s."))
        else name.strip()
    )
