"""Languages are told apart, and what cannot be told is not guessed."""

from __future__ import annotations

import pytest

from clausegraph.ingest.language import UNDETERMINED, canonical_tag, detect, identify

SENTENCES = {
    "en": "We collect the personal data that you give us when you register and keep it for a year.",
    "cs": "Shromažďujeme osobní údaje, které nám sdělíte při registraci, a uchováváme je po dobu jednoho roku.",
    "sk": "Zhromažďujeme osobné údaje, ktoré nám poskytnete pri registrácii, a uchovávame ich počas jedného roka.",
    "zh-Hant": "我們蒐集您註冊時提供的個人資料，並保存一年。",
    "zh-Hans": "我们收集您注册时提供的个人信息，并保存一年。",
    "ja": "当社は、登録時にご提供いただいた個人情報を収集し、一年間保存します。",
    "ko": "회사는 회원가입 시 제공하신 개인정보를 수집하여 1년간 보관합니다.",
    "de": "Wir erheben die personenbezogenen Daten, die Sie uns bei der Anmeldung mitteilen.",
    "fr": "Nous collectons les données personnelles que vous nous communiquez lors de votre inscription.",
    "pl": "Zbieramy dane osobowe, które podajesz podczas rejestracji, i przechowujemy je przez rok.",
    "ru": "Мы собираем персональные данные, которые вы сообщаете при регистрации.",
    "el": "Συλλέγουμε τα προσωπικά δεδομένα που μας παρέχετε κατά την εγγραφή σας.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "2026-05-25",
        "https://acme.test/privacy",
        "OK",
        "個人",
        "lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do",
    ],
)
def test_what_says_nothing_is_undetermined(text: str) -> None:
    assert identify(text) == (UNDETERMINED, 0.0)


def test_names_and_addresses_do_not_count() -> None:
    links = "[Acme Widgets](https://acme.test/very/long/english/words/in/an/address) privacy@acme.test " * 3
    assert detect(links + SENTENCES["cs"]) == "cs"
    assert detect("Acme Widgets Limited Google Analytics " + SENTENCES["zh-Hant"] * 2) == "zh-Hant"


def test_a_table_in_other_languages_does_not_decide() -> None:
    text = SENTENCES["en"] * 40 + SENTENCES["de"] * 25 + SENTENCES["en"] * 40
    assert detect(text) == "en"
    assert identify(text)[1] < 1.0


def test_characters_that_both_scripts_write_do_not_count() -> None:
    assert detect(SENTENCES["zh-Hant"] + "皇后在里台，只余面条。" * 2) == "zh-Hant"


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-cn", "zh-Hans"),
        ("zh-hant-tw", "zh-Hant"),
        ("zh", "zh-Hant"),
        ("sr-latn", "sr-Latn"),
        ("czech", ""),
        ("", ""),
        ("e n", ""),
    ],
)
def test_tags_have_one_form(tag: str, canonical: str) -> None:
    assert canonical_tag(tag, SENTENCES["zh-Hant"]) == canonical
