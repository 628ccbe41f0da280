"""Sentences with one practice each: which, affirmed or denied, by whom and how firmly."""

from __future__ import annotations

import pytest

from clausegraph.ingest.extract import FAMILIES, RuleExtractor
from clausegraph.ingest.pipeline import process

from .reads import only, read, stated

EN = [
    ("We collect your name.", "Collect", False),
    ("Your name is collected when you register.", "Collect", False),
    ("We do not collect your location.", "Collect", True),
    ("Your location is never collected.", "Collect", True),
    ("We use your e-mail address to send you newsletters.", "Use", False),
    ("We do not use your photos for advertising.", "Use", True),
    ("We share your address with couriers.", "Share", False),
    ("Your address is not disclosed to third parties.", "Share", True),
    ("We sell your browsing history to advertisers.", "Sell", False),
    ("We will never sell your personal data.", "Sell", True),
    ("We transfer your data to the United States.", "Transfer", False),
    ("We do not transfer your data outside the European Union.", "Transfer", True),
    ("The extension reads the address of the page.", "Collect", False),
    ("Your notes are synced through iCloud.", "Share", False),
    ("If there is a breach, we will tell you within 72 hours.", "Notify", False),
    ("There are no trackers and no ads.", "Use", True),
    ("We store your data on servers in Germany.", "Store", False),
    ("We do not store your card number.", "Store", True),
    ("We keep your invoices for ten years.", "Retain", False),
    ("We protect your data with encryption.", "Protect", False),
    ("You have the right to access your personal data.", "GrantRight", False),
    ("You can opt out of marketing e-mails at any time.", "OfferChoice", False),
    ("We will notify you of changes to this policy by e-mail.", "Notify", False),
    ("We do not knowingly collect personal data from children under 13.", "ProtectChild", True),
    ("If you have questions, contact us at privacy@kettle.example.", "OfferContact", False),
    ("This policy applies to our website and our app.", "LimitScope", False),
    ("This policy does not apply to websites of third parties.", "LimitScope", True),
]
CS = [
    ("Shromažďujeme vaše jméno.", "Collect", False),
    ("Neshromažďujeme vaši polohu.", "Collect", True),
    ("Vaše poloha není shromažďována.", "Collect", True),
    ("Vaše telefonní číslo používáme k doručení zásilky.", "Use", False),
    ("Vaše fotografie nepoužíváme k reklamě.", "Use", True),
    ("Vaše údaje předáváme dopravcům.", "Share", False),
    ("Vaše údaje nesdílíme s třetími stranami.", "Share", True),
    ("Osobní údaje neprodáváme.", "Sell", True),
    ("Osobní údaje předáváme do USA.", "Transfer", False),
    ("Osobní údaje nepředáváme mimo Evropskou unii.", "Transfer", True),
    ("Údaje ukládáme na serverech v Německu.", "Store", False),
    ("Číslo platební karty neukládáme.", "Store", True),
    ("Faktury uchováváme po dobu deseti let.", "Retain", False),
    ("Vaše údaje chráníme šifrováním.", "Protect", False),
    ("Máte právo na přístup ke svým osobním údajům.", "GrantRight", False),
    ("Z odběru novinek se můžete kdykoli odhlásit.", "OfferChoice", False),
    ("O změnách těchto zásad vás budeme informovat e-mailem.", "Notify", False),
    ("Vědomě neshromažďujeme údaje dětí mladších 15 let.", "ProtectChild", True),
    ("Kontaktujte nás na adrese info@kotlik.example.", "OfferContact", False),
    ("Tyto zásady se vztahují na náš e-shop.", "LimitScope", False),
]
HANT = [
    ("我們蒐集您的姓名。", "Collect", False),
    ("我們不會蒐集您的位置資訊。", "Collect", True),
    ("我們利用您的電子郵件寄送電子報。", "Use", False),
    ("我們不會將您的照片用於廣告。", "Use", True),
    ("我們會將您的地址提供給物流業者。", "Share", False),
    ("我們不會將您的個人資料提供給第三方。", "Share", True),
    ("我們絕不出售您的個人資料。", "Sell", True),
    ("您的資料可能會傳輸至美國。", "Transfer", False),
    ("您的資料儲存於台灣的伺服器。", "Store", False),
    ("本網站不儲存信用卡號。", "Store", True),
    ("我們保存您的資料三年。", "Retain", False),
    ("我們使用加密技術保護您的資料。", "Protect", False),
    ("您有權查詢或閱覽您的個人資料。", "GrantRight", False),
    ("您可以隨時取消訂閱電子報。", "OfferChoice", False),
    ("本政策修改時，我們會在網站上公告。", "Notify", False),
    ("如有疑問，請來信 privacy@kettle.example 與我們聯絡。", "OfferContact", False),
    ("本政策不適用於其他網站。", "LimitScope", True),
    ("您對自己的資料擁有控制權。", "GrantRight", False),
    ("您就本所保有您之個人資料得行使之權利如下：您可以查詢。", "GrantRight", False),
    ("如您未滿 18 歲，須徵得家長同意方可提供個人資料。", "ProtectChild", False),
    ("如有任何查詢，請聯絡我們的私隱主任。", "OfferContact", False),
    ("使用本App即表示您同意本政策描述的做法。", "OfferChoice", False),
    ("本公司對第三方網站之內容概不負責。", "LimitScope", True),
    ("我們訂立以下隱私權政策，請您閱讀以了解我們如何蒐集資料。", "LimitScope", False),
    ("會員資料將保存至您刪除帳號為止。", "Retain", False),
    ("您的主題與分類設定皆儲存在您的裝置上。", "Store", False),
    ("您的照片僅用於產生縮圖。", "Use", False),
    ("外部網站的隱私權政策與本站無關。", "LimitScope", True),
    ("只有經授權的員工才能存取您的資料。", "Protect", False),
    ("僅經授權之員工得存取您的資料。", "Protect", False),
    ("我們會採取一切切實可行的步驟，確保資料不被未獲准許的人士查閱。", "Protect", False),
    ("我們會上傳當機報告至 Sentry。", "Share", False),
    ("我們會將您的照片上傳至我們的伺服器。", "Collect", False),
    ("我們不會將您的照片上傳到 Google。", "Share", True),
    ("本政策闡述我們如何根據香港法例第486章《個人資料（私隱）條例》收集及使用您的資料。", "LimitScope", False),
]
HANS = [
    ("我们收集您的姓名。", "Collect", False),
    ("我们不会收集您的位置信息。", "Collect", True),
    ("我们使用您的手机号码向您发送验证码。", "Use", False),
    ("我们不会将您的照片用于广告。", "Use", True),
    ("我们会与物流公司共享您的地址。", "Share", False),
    ("我们不会向第三方提供您的个人信息。", "Share", True),
    ("我们从不出售您的个人信息。", "Sell", True),
    ("您的信息可能会被传输至美国。", "Transfer", False),
    ("我们不会向境外传输您的个人信息。", "Transfer", True),
    ("您的个人信息存储于中国境内。", "Store", False),
    ("我们不会存储您的银行卡号。", "Store", True),
    ("我们保留您的信息六个月。", "Retain", False),
    ("我们采用加密技术保护您的信息。", "Protect", False),
    ("您有权访问和更正您的个人信息。", "GrantRight", False),
    ("您可以随时退订营销短信。", "OfferChoice", False),
    ("本政策更新后，我们会通知您。", "Notify", False),
    ("如您有任何疑问，请通过 privacy@kettle.example 联系我们。", "OfferContact", False),
    ("本政策不适用于第三方网站。", "LimitScope", True),
]
TABLES = {"en": EN, "cs": CS, "zh-Hant": HANT, "zh-Hans": HANS}
SENTENCES = [(language, *row) for language, rows in TABLES.items() for row in rows]


@pytest.mark.parametrize(("language", "sentence", "practice", "denied"), SENTENCES)
def test_practice_and_polarity(language: str, sentence: str, practice: str, denied: bool) -> None:
    found = stated(read(sentence, language))
    assert (practice, denied) in found
    assert (practice, not denied) not in found


@pytest.mark.parametrize(("language", "sentence", "practice", "denied"), SENTENCES)
def test_a_statement_quotes_its_sentence(language: str, sentence: str, practice: str, denied: bool) -> None:
    extraction = read(sentence, language)
    statement = only(extraction, practice, denied=denied)
    assert extraction.document.text[statement.start : statement.end] == sentence
    assert statement.clause in {clause.path for clause in extraction.clauses}
    assert statement.rules and statement.trace


@pytest.mark.parametrize(
    ("language", "sentence", "practice", "actor", "of_controller"),
    [
        ("en", "We collect your IP address.", "Collect", "DataController", True),
        ("en", "Third parties may collect your IP address.", "Collect", "ThirdParty", False),
        ("cs", "Naši partneři mohou shromažďovat vaši IP adresu.", "Collect", "BusinessPartner", False),
        ("zh-Hant", "第三方可能會蒐集您的 IP 位址。", "Collect", "ThirdParty", False),
        ("zh-Hans", "第三方可能会收集您的IP地址。", "Collect", "ThirdParty", False),
        ("en", "You provide us with your name.", "Collect", "DataSubject", True),
        ("en", "Our partners may collect your IP address.", "Collect", "BusinessPartner", False),
        ("en", "Our processors store your data in Germany on our behalf.", "Store", "DataProcessor", True),
    ],
)
def test_who_acts(language: str, sentence: str, practice: str, actor: str, of_controller: bool) -> None:
    statement = only(read(sentence, language), practice)
    assert (statement.actor, statement.of_controller) == (actor, of_controller)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "You must not share your password with others."), ("zh-Hant", "您不得將密碼提供給他人。")],
)
def test_a_duty_of_the_user_is_not_charged_to_the_controller(language: str, sentence: str) -> None:
    statement = only(read(sentence, language), "Share", denied=True)
    assert (statement.actor, statement.of_controller, statement.modality) == ("DataSubject", False, "Must")


def test_a_named_actor_is_a_party() -> None:
    extraction = read("Google collects your IP address on our website.")
    statement = only(extraction, "Collect")
    assert statement.named_actor in {party.key for party in extraction.parties} and not statement.of_controller


@pytest.mark.parametrize(
    ("language", "sentence", "practice", "modality"),
    [
        ("en", "We may share your name with couriers.", "Share", "May"),
        ("en", "We share your name with couriers.", "Share", "Will"),
        ("en", "We must keep your invoices for ten years.", "Retain", "Must"),
        ("cs", "Vaše údaje můžeme předat dopravcům.", "Share", "May"),
        ("zh-Hant", "我們可能會將您的地址提供給物流業者。", "Share", "May"),
        ("zh-Hans", "我们可能会与物流公司共享您的地址。", "Share", "May"),
    ],
)
def test_modality(language: str, sentence: str, practice: str, modality: str) -> None:
    assert only(read(sentence, language), practice).modality == modality


def test_a_language_without_a_lexicon_gives_clauses_and_says_so() -> None:
    extraction = process(read("Wir verkaufen nichts.", "en").document, RuleExtractor())
    german = read("We collect names.").document
    other = process(type(german)("k", german.text, "de", german.sha256))
    assert extraction.clauses and other.clauses and not other.statements
    assert any("No lexicon for the language de" in warning for warning in other.warnings)


def test_families_can_be_switched_off_by_their_names_only() -> None:
    document = read("We collect your name.").document
    assert not process(document, RuleExtractor(frozenset({"frames"}))).statements
    assert process(document, RuleExtractor()).statements
    with pytest.raises(ValueError, match=r"unknown rule families: magic; known: " + FAMILIES[0]):
        RuleExtractor(frozenset({"magic"}))


@pytest.mark.parametrize(
    ("sentence", "practice"),
    [("您可以選擇不填選填項目。", "OfferChoice"), ("您有權不因投訴而受到不利待遇。", "GrantRight")],
)
def test_a_right_not_to_is_a_right(sentence: str, practice: str) -> None:
    found = stated(read(sentence, "zh-Hant"))
    assert (practice, False) in found and (practice, True) not in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("本公司依個人資料保護法辦理，您的資料可能傳輸至境外。", {"OutsideTaiwan"}),
        ("您的資料可能傳輸至境外。", set()),
        ("您的資料可能傳輸至中國境外。", {"OutsideChina"}),
    ],
)
def test_abroad_is_seen_from_the_country_of_the_policy(text: str, place: set[str]) -> None:
    moved = only(read(text, "zh-Hant"), "Transfer")
    assert {m.concept for m in moved.mentions if m.concept.startswith("Outside")} == place


def test_an_authority_that_asks_receives() -> None:
    share = only(read("警察機關依法調閱時，本公司將配合提供必要資料。", "zh-Hant"), "Share")
    assert "LawEnforcementOrganisation" in {m.concept for m in share.mentions}


def test_where_to_click_states_nothing() -> None:
    text = "Browsers let you control cookies:\n\n- Chrome: Settings → Privacy → Cookies\n"
    found = read(text, "en")
    assert not [s.practice for s in found.statements if "→" in found.document.text[s.start : s.end]]


def test_what_a_denial_leaves_is_not_denied() -> None:
    (denied,) = [s for s in read("We do not store your card number, only the amount.", "en").statements if s.denied]
    assert {m.concept for m in denied.mentions} == {"PaymentCardNumber"}
