"""The encoding of bytes that declare none.

In: bytes. Out: the decoded text and Python's name of the encoding, or None when it cannot be told: UTF-16 without
byte order mark, UTF-8, Big5, GB18030, windows-1250 and its neighbours ISO 8859-2 and windows-1252. A candidate must
decode strictly and then read like a language: Chinese by its commonest characters, Latin script by the letters that
the language found in it really has.
"""

from __future__ import annotations

from ..language import identify

#: The commonest characters of running Chinese and of policies, both scripts: two thirds of a policy.
_COMMON_HAN = frozenset(
    "的一是不了在人有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得於于著着下自之年過过發发"
    "後后作里用道行所然家種种事成方多經经去法學学如都同現现當当沒没動动面起看定天分還还進进好小部其些主樣样理心她本前開开但因只"
    "從从想實实日軍军者意無无力它與与長长把機机十民第公此已工使情明性知全三又關关點点正業业外將将兩两高間间由問问很最重並并物手"
    "應应向頭头文體体政美相見见被利什二等產产新己制身果加西斯月話话合回特代內内信表化老給给世位次度門门任常先海通教兒儿原東东"
    "聲声提立及比員员解水名真論论處处走義义各入幾几口認认條条平系氣气題题活爾尔更別别打女變变四神總总何電电數数安少報报才結结反"
    "受目太量再感建務务做接必場场件計计管期市直德資资命山金指克許许統统區区保至隊队形社便空決决治展馬马科司五基眼書书非則则聽听"
    "隱隐私權权據据料收集蒐用戶户服務务個个您策網网站護护供享存儲储第三方同意請请聯联絡络款更信息訊讯"
)
_LEAST_COMMON_SHARE = 0.3  # of the Han characters; the wrong encoding gives 0 to 0.2, Japanese read as Big5 the most
_LEAST_HAN = 4  # an umlaut and the letter after it can look like one
_LEAST_HAN_SHARE = 0.02  # of all characters, HTML tags included
_SEPARATORS = frozenset(" \n\u3002\uff0c\u3001")
_LEAST_SEPARATORS = 0.02

_PUNCTUATION = frozenset("\u00a0\u00ad„“”‘’‚‹›«»–—…•·§°©®™€£¡¿")
_ALPHABETS = {
    "cs": "áčďéěíňóřšťúůýžäöü",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "sl": "čšžćđ",
    "hr": "čšžćđ",
    "ro": "ăâîşţ",
    "et": "äöõüšž",
    "de": "äöüßé",
    "en": "éèçáíóöüäñ",
    "fr": "àâæçéèêëîïôœùûüÿñ",
    "es": "áéíñóúüçà",
    "ca": "àçéèíïóòúü",
    "it": "àèéìíîòóùú",
    "pt": "áâãàçéêíóôõúü",
    "gl": "áéíñóúü",
    "nl": "ëïéèöüáóíúêç",
    "sv": "åäöéàü",
    "da": "æøåéü",
    "no": "æøåéòôü",
    "fi": "åäöéšž",
    "is": "áðéíóúýþæö",
}
_CENTRAL = frozenset({"cs", "sk", "pl", "hu", "sl", "hr", "ro", "de", "en"})
_WESTERN = frozenset({"de", "en", "fr", "es", "ca", "it", "pt", "gl", "nl", "sv", "da", "no", "fi", "is", "et"})
_SINGLE_BYTE = (("cp1252", _WESTERN), ("cp1250", _CENTRAL), ("iso8859-2", _CENTRAL))
_MOST_BEYOND_ASCII = 0.35  # of the bytes of a text in Latin script
_MOST_STRAY = 0.05  # of the characters beyond ASCII: names from other languages


def guess(data: bytes) -> tuple[str, str] | None:
    """The text of ``data`` and the encoding it was decoded from, or None when no encoding is convincing."""
    if b"\0" in data and (wide := _utf16(data)) is not None:
        return wide
    if (text := _decoded(data, "utf-8")) is not None:
        return text, "utf-8"
    return _chinese(data) or _latin(data)


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 in the byte order in which its spaces, line ends and full stops are what they should be."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = _decoded(data, codec)
        if text and sum(char in _SEPARATORS for char in text) >= _LEAST_SEPARATORS * len(text) and "\0" not in text:
            return text, codec
    return None


def _chinese(data: bytes) -> tuple[str, str] | None:
    best: tuple[float, str, str] | None = None
    for codec in ("cp950", "big5hkscs", "gb18030"):
        text = _decoded(data, codec)
        if text is None:
            continue
        share = _common_share(text)
        if share >= _LEAST_COMMON_SHARE and (best is None or share > best[0]):
            best = share, text, codec
    return None if best is None else best[1:]


def _common_share(text: str) -> float:
    """The share of the commonest characters in the Han characters of ``text``; 0 where they are few beside others."""
    beyond_ascii = [char for char in text if char > "\x7f"]
    han = [char for char in beyond_ascii if "\u3400" <= char <= "\u9fff" or char >= "\U00020000"]
    if len(han) < max(_LEAST_HAN, 0.5 * len(beyond_ascii), _LEAST_HAN_SHARE * len(text)):
        return 0.0
    return sum(char in _COMMON_HAN for char in han) / len(han)


def _latin(data: bytes) -> tuple[str, str] | None:
    best: tuple[float, str, str] | None = None
    if sum(byte > 0x7F for byte in data) > _MOST_BEYOND_ASCII * len(data):
        return None
    for codec, languages in _SINGLE_BYTE:
        text = _decoded(data, codec)
        if text is None:
            continue
        language = identify(text)[0]
        if language not in languages:
            continue
        stray = _stray_share(text, language)
        if stray <= _MOST_STRAY and (best is None or stray < best[0]):
            best = stray, text, codec
    return None if best is None else best[1:]


def _stray_share(text: str, language: str) -> float:
    """The share of the characters beyond ASCII that ``language`` does not write."""
    known = _PUNCTUATION | set(_ALPHABETS[language]) | set(_ALPHABETS[language].upper())
    beyond_ascii = [char for char in text if char > "\x7f"]
    return sum(char not in known for char in beyond_ascii) / max(1, len(beyond_ascii))


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
