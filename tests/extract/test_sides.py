"""A sentence that affirms and denies: each side takes its own values, and what is left unaffected is not denied."""

from __future__ import annotations

import pytest

from .reads import only, read, stated, values


@pytest.mark.parametrize(
    ("language", "sentence", "affirmed"),
    [
        (
            "en",
            "We use your e-mail address to send order notices and will not use it for any other purpose.",
            "ServiceNotice",
        ),
        (
            "en",
            "We use your address to deliver your parcel, and we never use it for other purposes.",
            "DeliveryOfGoods",
        ),
        ("cs", "Telefon používáme k potvrzení objednávky a nepoužijeme jej k jinému účelu.", "CustomerOrderManagement"),
        ("zh-Hans", "我们使用您的电子邮箱发送订单通知,不会用于其他用途。", "ServiceNotice"),
        ("zh-Hant", "我們蒐集您的姓名用於配送,不會用於其他目的。", "DeliveryOfGoods"),
    ],
)
def test_other_purposes_are_denied_and_the_purpose_is_not(language: str, sentence: str, affirmed: str) -> None:
    extraction = read(sentence, language)
    assert values(only(extraction, "Use", denied=True), "purpose") == {"UnspecifiedPurpose"}
    for statement in extraction.statements:
        if not statement.denied:
            assert "UnspecifiedPurpose" not in values(statement, "purpose")
    assert any(affirmed in values(s, "purpose") for s in extraction.statements if not s.denied)


@pytest.mark.parametrize(
    ("language", "sentence", "practice", "facet", "given", "withheld"),
    [
        (
            "en",
            "We share your address with couriers and do not share it with advertisers.",
            "Share",
            "recipient",
            "LogisticsProvider",
            "AdvertisingNetwork",
        ),
        (
            "en",
            "We share your name with couriers and do not sell or share your phone number.",
            "Share",
            "dataCategory",
            "Name",
            "TelephoneNumber",
        ),
        (
            "cs",
            "Adresu předáváme dopravcům a nepředáváme ji inzerentům.",
            "Share",
            "recipient",
            "LogisticsProvider",
            "AdvertisingNetwork",
        ),
        (
            "zh-Hans",
            "我们会与快递公司共享您的地址,不会与广告商共享。",
            "Share",
            "recipient",
            "LogisticsProvider",
            "AdvertisingNetwork",
        ),
    ],
)
def test_each_side_takes_its_own(
    language: str, sentence: str, practice: str, facet: str, given: str, withheld: str
) -> None:
    extraction = read(sentence, language)
    said, denied = only(extraction, practice), only(extraction, practice, denied=True)
    assert given in values(said, facet) and withheld not in values(said, facet)
    assert withheld in values(denied, facet) and given not in values(denied, facet)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Withdrawing consent does not affect the processing carried out before."),
        ("cs", "Odvolání souhlasu nemá vliv na zpracování provedené před jeho odvoláním."),
        ("zh-Hans", "撤回同意不影响此前基于您的同意已进行的信息收集和使用。"),
        ("zh-Hant", "此提出不會影響在此前我們基於您同意已進行之蒐集、處理或利用。"),
    ],
)
def test_what_is_left_unaffected_is_not_denied(language: str, sentence: str) -> None:
    assert not {("Use", True), ("Collect", True), ("Store", True)} & stated(read(sentence, language))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-Hant", "如果您於系統中沒有辦法查閱您的個人資訊,請聯繫我們。"),
        ("zh-Hans", "您的资料在网上传输时不会被任意拦截或读取。"),
        ("zh-Hans", "我们不对客户自行决定存储在其服务器上的其他信息负责。"),
        ("en", "We are not responsible for how other websites collect, store or share your data."),
    ],
)
def test_nothing_of_ours_is_denied(language: str, sentence: str) -> None:
    denied = {practice for practice, no in stated(read(sentence, language)) if no}
    assert denied <= {"LimitScope"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Employees who want their data deleted should direct their request to their employer."),
        ("cs", "S žádostí o výmaz se obraťte na svého zaměstnavatele."),
        ("zh-Hans", "寻求访问或更正的个人应直接向与其打交道的客户提出请求。"),
        ("zh-Hans", "请定期访问此页面,以了解本声明的任何更改。"),
        ("zh-Hant", "請詳閱修改後之聲明。"),
        ("zh-Hans", "请知悉,我们仍可能保留您的资料。"),
    ],
)
def test_no_right_is_granted(language: str, sentence: str) -> None:
    assert "GrantRight" not in {practice for practice, _ in stated(read(sentence, language))}


def test_who_is_named_behind_from_gives() -> None:
    extraction = read("我们也可能从评论网站以及我们聘请的其他第三方服务提供者收到有关您的信息。", "zh-Hans")
    assert ("Collect", False) in stated(extraction)
    assert "Share" not in {practice for practice, _ in stated(extraction)}


def test_a_right_to_pass_data_on_is_no_disclosure() -> None:
    found = stated(read("您有权将您的信息以机器可读的格式传输给第三方。", "zh-Hans"))
    assert ("GrantRight", False) in found and "Share" not in {practice for practice, _ in found}
