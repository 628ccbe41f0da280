"""Which language a text is written in.

In: canonical text (a document or one long paragraph). Out: a BCP 47 tag (`en`, `cs`, `zh-Hant`, `zh-Hans`, …) or
``"und"``. Scripts are counted first (Han, kana, Hangul); everything else goes to py3langid's model, restricted to
languages in which policies are written. Traditional and simplified Chinese are told apart by counting characters
that only one of the two writes. Only samples of the text are looked at: a call takes about a millisecond.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

UNDETERMINED = "und"

#: What py3langid may answer: the official languages of Europe, the large ones elsewhere, and two that are answers
#: of the kind "no language": `zxx` (no linguistic content) and `la` (placeholder text).
_CANDIDATES = (
    "af ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja jv ka kk ko la lt lv mk mn ms "
    "mt nl no pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh zxx"
)
_NO_LANGUAGE = frozenset({"zxx", "la"})

_SLICE = 1_200  # code points of one of the samples taken from a long text
_PLACES = (0.0, 0.2, 0.4, 0.6, 0.8)  # where they start, as shares of the text
_WHOLE = len(_PLACES) * _SLICE  # shorter texts are looked at whole
_MODEL_LETTERS = 800  # more of one sample does not change the model's answer
_OPENING = 1.5  # the weight of a text's first sample
_MIN_LETTERS = 16  # shorter alphabetic text is undecidable
_MIN_HAN = 4
_MIN_VOTES = 0.45  # what the confidences of the samples for one language must add up to
#: One Han character says about as much as three letters: weighs Chinese text against the names and addresses in it.
_HAN_WEIGHT = 3

# Addresses, tags and link targets look like English in every language.
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\]\([^)\s]*\)|</?[a-zA-Z][^<>]*>|\{:[^}]*\}|[0-9_|*#=<>()\[\]{}]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*")
_TRADITIONAL_REGIONS = frozenset({"TW", "HK", "MO"})
_SIMPLIFIED_REGIONS = frozenset({"CN", "SG", "MY"})


def detect(text: str) -> str:
    """The BCP 47 tag of the language that most of ``text`` is written in, or ``"und"`` when it cannot be told."""
    return identify(text)[0]


def identify(text: str) -> tuple[str, float]:
    """Like `detect`, with a confidence between 0 and 1 (``("und", 0.0)`` when undecidable)."""
    samples = [_NOISE.sub(" ", part) for part in _slices(text)]
    joined = "\n".join(samples)
    han, kana, hangul = (len(script.findall(joined)) for script in (_HAN, _KANA, _HANGUL))
    east_asian = han + kana + hangul
    letters = len(_LETTER.findall(joined)) - east_asian
    if east_asian * _HAN_WEIGHT >= letters and east_asian >= _MIN_HAN:
        if hangul * 4 >= east_asian:
            return "ko", 1.0
        if kana * 10 >= east_asian:
            return "ja", 1.0
        return _chinese(joined)
    if letters < _MIN_LETTERS:
        return UNDETERMINED, 0.0
    language, votes = _vote(samples)
    if language == "zh":
        return _chinese(joined)
    if language in _NO_LANGUAGE or votes < _MIN_VOTES:
        return UNDETERMINED, 0.0
    return language, votes / len(samples)


def canonical_tag(tag: str, text: str = "") -> str:
    """``tag`` in the usual case, with the script of Chinese made plain (`zh-TW` → `zh-Hant`, `zh` → by ``text``).

    Returns ``""`` when ``tag`` is not shaped like a BCP 47 tag.
    """
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return ""
    subtags = [_cased(index, subtag) for index, subtag in enumerate(tag.split("-"))]
    if subtags[0] == "zh" and not {"Hant", "Hans"} & set(subtags):
        if _TRADITIONAL_REGIONS & set(subtags):
            return "zh-Hant"
        if _SIMPLIFIED_REGIONS & set(subtags):
            return "zh-Hans"
        written = identify(text)[0]
        return written if written.startswith("zh-") else "zh"
    if subtags[0] == "zh":
        return f"zh-{subtags[1]}"
    return "-".join(subtags)


def han_evidence(text: str) -> tuple[int, int]:
    """How many characters of ``text`` only traditional and only simplified Chinese writes."""
    traditional, simplified = _han_tables()
    return sum(map(traditional.__contains__, text)), sum(map(simplified.__contains__, text))


def _slices(text: str) -> list[str]:
    """The text, or five parts of it, so that a table of addresses or links in one place does not decide alone."""
    if len(text) <= _WHOLE:
        return [text]
    starts = [int(len(text) * share) for share in _PLACES]
    return [text[start : start + _SLICE] for start in starts]


def _vote(samples: list[str]) -> tuple[str, float]:
    """The language with the most votes, and how many: the model's confidences for it added up over the samples.

    A sample weighs by its length, the opening more: that is where a policy says its title in its own language.
    """
    model = _model()
    words = [" ".join(sample.split())[:_MODEL_LETTERS] for sample in samples]
    weights = [len(sample) * (_OPENING if index == 0 else 1.0) for index, sample in enumerate(words)]
    scale = len(samples) / sum(weights)
    votes: dict[str, float] = {}
    for sample, weight in zip(words, weights, strict=True):
        language, confidence = model.classify(sample)
        votes[str(language)] = votes.get(str(language), 0.0) + float(confidence) * weight * scale
    best = max(votes, key=lambda language: (language not in _NO_LANGUAGE, votes[language]))
    return best, votes[best]


def _chinese(text: str) -> tuple[str, float]:
    traditional, simplified = han_evidence(text)
    if traditional == simplified:
        return UNDETERMINED, 0.0
    tag = "zh-Hant" if traditional > simplified else "zh-Hans"
    return tag, max(traditional, simplified) / (traditional + simplified)


def _cased(index: int, subtag: str) -> str:
    if index and len(subtag) == 4:
        return subtag.title()
    return subtag.upper() if index and len(subtag) == 2 else subtag.lower()


@cache
def _model() -> Any:
    """py3langid's identifier (0.7 s to load, once a process)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(_CANDIDATES.split()) & set(identifier.labels)))
    return identifier


@cache
def _han_tables() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of traditional and of simplified Chinese alone.

    A character counts as traditional when OpenCC simplifies it and GB 2312 has no place for it, as simplified when
    OpenCC changes it the other way and Big5 has none: 后, 里, 台, which both write, count for neither.
    """
    import opencc

    han = [chr(code) for block in (range(0x4E00, 0xA000), range(0x3400, 0x4DC0)) for code in block]
    lines = "\n".join(han)  # one a line, so that no phrase table applies
    simplified = opencc.OpenCC("t2s").convert(lines).split("\n")
    traditional = opencc.OpenCC("s2t").convert(lines).split("\n")
    return _changed(han, simplified, "gb2312"), _changed(han, traditional, "big5")


def _changed(han: list[str], converted: list[str], charset: str) -> frozenset[str]:
    """The characters that a conversion changes and ``charset`` has no place for."""
    return frozenset(
        char for char, other in zip(han, converted, strict=True) if char != other and not _in(charset, char)
    )


def _in(charset: str, char: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
