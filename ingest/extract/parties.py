"""Who the policy is of: the controller's name, its aliases, or that it stays unnamed.

In: the text, its reading and its clauses. Out: the controller's `Party` (name "" where the text gives none) and
the title the document goes by. Candidates come from definitions ("X (以下称“我们”)", "X (dále jen …)",
"X (“we”)", "the controller is X") and from names that act like the controller; the best supported one wins.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..records import Clause, Party
from .facets import name_key
from .reading import Reading

_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|有限責任公司|有限公司|集团|集團|基金會|基金会|協會|协会|大學|大学|商行|工作室|\b(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|PLC|B\.V|S\.A|AG|Foundation)\b\.?|s\.\s?r\.\s?o\.?|a\.\s?s\.|z\.\s?s\.|o\.\s?p\.\s?s\.|spol\.)",
    re.IGNORECASE,
)
_CJK_NAME = r"[^\s，。；：、,.;:!！?？“”\"「」『』《》()（）]{2,40}"
_EN_NAME = r"(?:[A-Z][\w&.'’-]*|[a-z]+\.[a-z]{2,})(?:[ ,]{1,2}(?:of|and|the|&|[A-Z][\w&.'’-]*)){0,6}"
_CS_NAME = r"[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w&.-]*(?:[ ,]+(?:a|&|[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ][\w&.-]*|s\. ?r\. ?o\.|a\. ?s\.|z\. ?s\.|spol\.)){0,6}"

_QUOTE = "“”\"「」『』„‘’«»'"
_SELF_ZH = re.compile(r"我[們们]|本公司|本站|本網站|本网站|本平台|本店|公司|本行|本應用|本应用|本軟體|本软件")
_SELF_LATIN = re.compile(
    r"^(?:we|us|our|company|controller|the company|správce|provozovatel|my|společnost|prodávající|poskytovatel|i)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Candidate:
    name: str
    start: int
    weight: float
    rule: str
    aliases: tuple[str, ...] = ()


def controller(text: str, reading: Reading, clauses: tuple[Clause, ...]) -> Party:
    """The policy's controller; ``name`` is "" and ``rule`` "unnamed" where the text names nobody."""
    language = reading.lexicon.language
    found = {"zh": _chinese, "en": _english, "cs": _czech}[language](text)
    acting = _acting(text, reading)
    for candidate in found:
        candidate.weight += 3 * bool(_LEGAL.search(candidate.name)) + min(text.count(candidate.name), 12) / 4
        candidate.weight -= 2 * (candidate.start > len(text) * 0.4)
    for name, count, start in acting:
        if not any(c.name == name for c in found):
            found.append(_Candidate(name, start, 2.5 + min(count, 16) / 4, "acts-as-controller"))
    found = [c for c in found if _plausible(c.name)]
    if not found:
        return _unnamed(text, reading)
    best = max(found, key=lambda c: (c.weight, -c.start))
    if best.weight < 4:
        return _unnamed(text, reading)
    related = [c for c in found if c is not best and _related(best, c)]
    name, aliases = best.name, list(best.aliases)
    if not _LEGAL.search(name):
        shorter = [c for c in related if c.name in name and text.count(c.name) >= 3 * text.count(name)]
        if shorter:
            aliases.append(name)
            chosen = max(shorter, key=lambda c: c.weight)
            name, best = chosen.name, _Candidate(chosen.name, text.find(chosen.name), best.weight, best.rule)
    for other in related:
        if other.name != name:
            aliases.append(other.name)
        aliases += other.aliases
    aliases += [
        m.group().strip()
        for m in re.finditer(
            re.escape(name)
            + r"\s?(?:,\s)?(?:Limited|Ltd\.?|Inc\.?|LLC|Corp\.?|GmbH|s\.\s?r\.\s?o\.|a\.\s?s\.|股份有限公司|有限公司)",
            text,
        )
    ]
    own = tuple(
        dict.fromkeys(a for a in (a.strip(_QUOTE + " ") for a in aliases) if a and a != name and not _pronoun(a))
    )
    return Party(name_key(name), name, best.start, best.start + len(name), own, rule=f"controller:{best.rule}")


def acting_names(text: str, reading: Reading) -> list[str]:
    """Names that act like the controller throughout (brands, products), whoever the controller is."""
    return [name for name, count, _ in _acting(text, reading) if count >= 4]


def _plausible(name: str) -> bool:
    if re.search(r"\b(?:Regulation|Act|Directive|GDPR|CCPA|Commission|How|What|Why|Who|When|Nařízení)\b", name):
        return False
    return 2 <= len(name) <= 60 and not re.fullmatch(r"[\d\W]+", name) and not _SELF_ZH.fullmatch(name)


def _pronoun(alias: str) -> bool:
    return bool(_SELF_ZH.fullmatch(alias) or _SELF_LATIN.match(alias) or len(alias) > 30)


def _related(one: _Candidate, other: _Candidate) -> bool:
    a, b = name_key(one.name), name_key(other.name)
    if len(other.name) > 24 or re.search(r"[的之和及与與]|以及", other.name):
        return False
    return a in b or b in a or other.name in one.aliases or one.name in other.aliases


def _unnamed(text: str, reading: Reading) -> Party:
    """The words the text uses for itself ("this platform") are kept as evidence, never as a name."""
    own = [
        hit
        for hit in reading.layers.get("subjects", ())
        if hit.id == "we" and hit.end - hit.start > 3 and not _SELF_LATIN.match(text[hit.start : hit.end])
    ]
    if own:
        counts = Counter(hit.form.text for hit in own)
        # "this platform" says more than "the service"
        chosen = max(
            own, key=lambda hit: (" " in hit.form.text or text[hit.start] in "本", counts[hit.form.text], -hit.start)
        )
        return Party("", "", chosen.start, chosen.end, rule="controller:unnamed")
    first = next((hit for hit in reading.layers.get("subjects", ()) if hit.id == "we"), None)
    return Party("", "", first.start if first else 0, first.end if first else 0, rule="controller:unnamed")


def _split_aliases(inside: str) -> tuple[str, ...]:
    quoted = re.findall(r"[“\"「『„‘«']\s*([^”\"」』“’»']{1,40}?)\s*[”\"」』“’»']", inside)
    return tuple(a.strip() for a in quoted if a.strip())


def _chinese(text: str) -> list[_Candidate]:
    out = []
    for m in re.finditer(
        rf"(?P<quoted>[「『“\"《][^」』”\"》\n]{{2,40}}[」』”\"》])?(?P<name>{_CJK_NAME})?\s*[（(](?P<in>[^）)\n]{{0,80}}?(?:以下[簡简]?[稱称]|以下[統统]稱|[簡简][稱称]|下稱|下称|[統统][稱称]|合称|合稱|我[們们])[^）)\n]{{0,60}})[）)]",
        text,
    ):
        name = (m["quoted"] or "").strip('「」『』“”"《》') or _last_name(m["name"] or "")
        start = text.find(name, m.start()) if name else -1
        if start < 0:
            continue
        aliases = _split_aliases(m["in"]) or tuple(
            re.findall(r"[稱称]\s*(?:為|为)?\s*([^，,。“”「」\s或及]{2,12})", m["in"])
        )
        own = any(_SELF_ZH.search(alias) for alias in aliases) or _SELF_ZH.search(m["in"])
        out.append(_Candidate(name, start, 8.0 if own else 5.0, "alias-definition", aliases))
    for m in re.finditer(
        rf"(?:由|是由)\s*(?P<name>{_CJK_NAME}?(?:有限公司|公司|基金會|基金会|大學|大学))[^。\n]{{0,12}}(?:提供|運營|运营|經營|经营|開發|开发|擁有|拥有)",
        text,
    ):
        out.append(_Candidate(m["name"], m.start("name"), 5.0, "operator"))
    for m in re.finditer(
        rf"(?P<name>{_CJK_NAME})(?:是|為|为)(?:您|你)?(?:的)?(?:個人資料|个人数据|個人數據|个人信息|個人資訊|資料|数据)的?(?:控制者|處理者|处理者|管理者)",
        text,
    ):
        out.append(_Candidate(_last_name(m["name"]), m.start("name"), 7.0, "controller-is"))
    for m in re.finditer(
        r"(?:歡迎|欢迎|光臨|光临|造訪|访问|使用)[^「“\n]{0,8}[「“](?P<name>[^」”\n]{2,30})[」”]", text[:3000]
    ):
        out.append(_Candidate(m["name"], m.start("name"), 4.0, "welcome"))
    return [c for c in out if not _SELF_ZH.fullmatch(c.name)]


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


def _english(text: str) -> list[_Candidate]:
    out = []
    plain = text.replace("*", " ").replace("_", " ")
    for m in re.finditer(
        rf"(?P<name>{_EN_NAME})\s*,?\s*(?:\([^()\n]*?\)\s*)?\((?P<in>[^()\n]{{0,160}}?[“\"'‘][^()\n]{{1,120}}?)\)",
        plain,
    ):
        aliases = _split_aliases(m["in"])
        own = any(_SELF_LATIN.match(alias.strip(",. ")) for alias in aliases)
        name = _clean(m["name"])
        policy = any(
            re.search(r"policy|notice|terms|service|site|user|data|information", alias, re.IGNORECASE)
            for alias in aliases
        )
        if name and not (policy and not own):
            out.append(
                _Candidate(
                    name,
                    plain.find(name, m.start()),
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
                out.append(_Candidate(name, plain.find(name, m.start()), weight, rule))
    return out


_NOT_NAMES = re.compile(
    r"^(?:This|The|Our|We|You|Your|If|When|It|These|Those|Policy|Privacy|Terms|Service|Services|Site|Website|Information|Personal|Data|Effective|Last|All|Any|In|For|To|By|At|As|Please|Cookies?|Notice|User|Users|App|Application|I)$"
)


def _clean(name: str) -> str:
    words = name.strip(" ,.").split()
    while words and _NOT_NAMES.match(words[0]):
        words = words[1:]
    while words and words[-1].lower() in ("and", "of", "the", "a"):
        words = words[:-1]
    return " ".join(words).strip(" ,")


def _czech(text: str) -> list[_Candidate]:
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
            _Candidate(
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
                out.append(_Candidate(name, plain.find(name, m.start()), weight, rule))
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
    name = re.split(r",\s*(?:IČ|DIČ|se sídlem|Sídlo)|\s{2,}|\n", name)[0]
    name = re.sub(r"\s+(?:a|i|nebo)$", "", name.strip())
    return (
        re.sub(r"[,.]\s*$", "", name.strip())
        if not name.rstrip().endswith(("s.", "o.", "z.s.", "a.s."))
        else name.strip()
    )


def _acting(text: str, reading: Reading) -> list[tuple[str, int, int]]:
    """Names that act like the controller: proper names right before 会/将/不会 …, or before "collects/does not share"."""
    words = reading.words
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    if words:
        pattern = re.compile(
            r"(?<![\w.])(?P<name>[A-Z][\w.&'’-]{2,30})(?:\s+(?:may|will|does|do|can|cannot|collects?|uses?|utilizes|stores?|limits|processes|keeps|shares?|takes?|is|has|zpracovává|používá|shromažďuje|přijímá|bude|může|vystupuje|získává)\b)"
        )
    else:
        pattern = re.compile(
            r"(?P<name>(?<![A-Za-z])[A-Z][A-Za-z0-9.]+(?: [A-Z][A-Za-z0-9.]+){0,3}|(?<![A-Za-z])[A-Za-z][A-Za-z0-9.]{2,24}|(?<![A-Za-z])[A-Za-z][A-Za-z0-9.]{0,20}[\u4e00-\u9fff]{1,4}?)(?=\s?(?:会|會|将會|将|將|不会|不會|可能|所提供|所蒐集|所收集|使用|收集|蒐集|得將|於網站))"
        )
    for match in pattern.finditer(text):
        name = match["name"]
        if _NOT_NAMES.match(name) or _generic(name) or name.lower() in ("cookie", "cookies"):
            continue
        counts[name] += 1
        first.setdefault(name, text.find(name))
    out = []
    for name, count in counts.most_common(6):
        total = text.count(name)
        if (
            count >= 2
            and total >= 3
            and not any(h.id for h in reading.hits("parties", first[name], first[name] + len(name)))
        ):
            out.append((name, total, first[name]))
    return out


def _generic(name: str) -> bool:
    if any("\u4e00" <= char <= "\u9fff" for char in name):
        return not re.search(
            r"[A-Za-z]", name
        )  # a purely Chinese brand needs a definition; the pattern cannot tell it from a noun
    return bool(
        re.match(
            r"(?:Users?|Visitors?|Third|Parties|Providers?|Companies|Children|Parents|Cookies?|Personal|Uživatel|Zákazník|Služba|Aplikace|Tato|Web|Správce|Google|Facebook|Apple|Microsoft|Amazon|APP|SDK|Customer)",
            name,
            re.IGNORECASE,
        )
    )


_SELF_TITLE = re.compile(
    r"本?《(?P<a>[^》\n]{2,40})》|本(?:網站|网站|公司|平台)?的?(?P<b>(?:隱私權?|隐私权?|個人資料|个人信息|个人数据)[^，。；\s、,]{0,10}(?:政策|聲明|声明|公告|條款|条款))"
)
_SELF_TITLE_LATIN = re.compile(
    r"\b(?:This|Our|these|Tyto|Toto|Těchto)\s+(?P<a>(?:[A-Z][\w-]+\s+)?(?:Privacy|Data Protection|Cookie|Zásad\w*|Prohlášení)\s+(?:Policy|Notice|Statement|ochrany osobních údajů|zpracování osobních údajů|o ochraně osobních údajů))",
    re.IGNORECASE,
)
_TITLE_NOUN = re.compile(
    r"政策|聲明|声明|公告|條款|条款|告知|policy|notice|statement|zásady|prohlášení|ochrana|informace|gdpr|privacy|soukromí",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(
    r"隱私|隐私|個資|个人信息|個人資料|privacy|data protection|personal data|cookie|osobních údajů|soukromí|gdpr|ochran",
    re.IGNORECASE,
)


def title(text: str, clauses: tuple[Clause, ...], given: str) -> str:
    """The document's title: a heading at the top that says what it is, else how the text calls itself, else the first line."""
    top = [c for c in clauses if c.kind in ("Heading", "Paragraph")][:6]
    for clause in top:
        line = _line(text, clause)
        if (
            clause.kind == "Heading"
            and _TITLE_WORDS.search(line)
            and _TITLE_NOUN.search(line)
            and len(line) <= 120
            and not clause.number
        ):
            return line
    if given and _TITLE_WORDS.search(given):
        return given
    named = Counter(m["a"] or m["b"] for m in _SELF_TITLE.finditer(text) if _TITLE_WORDS.search(m["a"] or m["b"]))
    if not named:
        named = Counter(m["a"] for m in _SELF_TITLE_LATIN.finditer(text))
    if named:
        return named.most_common(1)[0][0]
    headings = [c for c in clauses[:12] if c.kind == "Heading"]
    if headings:
        return _line(text, headings[0])
    return given or (_line(text, top[0])[:120] if top else "")


def _line(text: str, clause: Clause) -> str:
    return clause.heading or re.sub(r"\s+", " ", text[clause.start : clause.end]).strip(" #*_\t")
