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
        ("zh-Hant", "撤回同意,不影響撤回前我們依您同意所為之蒐集、處理及利用。"),
    ],
)
def test_what_is_left_unaffected_is_not_denied(language: str, sentence: str) -> None:
    assert not {("Use", True), ("Collect", True), ("Store", True)} & stated(read(sentence, language))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-Hant", "如果您在頁面上沒有辦法查詢您的訂單資料,請來信告知。"),
        ("zh-Hans", "您的订单资料在网络传送途中不会被他人拦截或读取。"),
        ("zh-Hans", "我们不对商家自行决定保存在其系统中的订单信息负责。"),
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
        ("zh-Hans", "想查阅或更正资料的顾客应直接向下单的商家提出申请。"),
        ("zh-Hans", "请留意本页,以便知道本政策的更改。"),
        ("zh-Hant", "請詳閱修改後之聲明。"),
        ("zh-Hans", "请知悉,我们仍可能保留您的资料。"),
    ],
)
def test_no_right_is_granted(language: str, sentence: str) -> None:
    assert "GrantRight" not in {practice for practice, _ in stated(read(sentence, language))}


def test_who_is_named_behind_from_gives() -> None:
    extraction = read("我们也会从问卷平台和其他第三方服务商收到您的答卷信息。", "zh-Hans")
    assert ("Collect", False) in stated(extraction)
    assert "Share" not in {practice for practice, _ in stated(extraction)}


def test_a_right_to_pass_data_on_is_no_disclosure() -> None:
    found = stated(read("您有权将您的信息以机器可读的格式传输给第三方。", "zh-Hans"))
    assert ("GrantRight", False) in found and "Share" not in {practice for practice, _ in found}
