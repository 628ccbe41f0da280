"""What policies of small Chinese apps, shops and mini programs say of devices, servers, trackers and purposes."""

from __future__ import annotations

import pytest

from .reads import only, read, stated, values


@pytest.mark.parametrize(
    ("sentence", "practice", "denied"),
    [
        ("您的笔记只保存在您的平板上，绝不会上传到我们的服务器。", "Collect", True),
        ("请求由您的电脑直接发出，不经过我们的服务器，您的密钥也不会。", "Collect", True),
        ("我们看不到您的练字记录。", "Collect", True),
        ("练字密码只存在您的平板里，我们无从得知。", "Collect", True),
        ("没有任何第三方可以访问您的数据。", "Share", True),
        ("除上述用途外，您的姓名不作他用。", "Use", True),
        ("您的数据可能会传输至美国的服务器。", "Transfer", False),
        ("我们的子处理者包括阿里云。", "Share", False),
        ("您选中的文字会直接发送给您选择的模型服务商。", "Share", False),
        ("若字帖店转让给他人经营，会员资料将一并移交。", "Share", False),
    ],
)
def test_where_data_go_and_do_not_go(sentence: str, practice: str, denied: bool) -> None:
    found = stated(read(sentence, "zh-Hans"))
    assert (practice, denied) in found
    assert (practice, not denied) not in found


@pytest.mark.parametrize(
    "head",
    [
        "我们收集您的个人信息主要用于以下目的：",
        "我们收集的信息将用于以下用途：",
        "我們蒐集的資料僅用於下列目的：",
    ],
)
def test_a_head_that_announces_purposes_collects_nothing(head: str) -> None:
    language = "zh-Hant" if "蒐" in head else "zh-Hans"
    found = read(f"{head}\n\n- 处理您的订单；\n- 改进我们的服务。", language)
    assert {practice for practice, _ in stated(found)} == {"Use"}


def test_what_is_in_a_bracket_is_not_denied_by_the_head() -> None:
    found = stated(read("我们不收集以下信息：\n\n- 您的银行卡号（支付由微信支付处理）", "zh-Hans"))
    assert found == {("Collect", True)}


def test_a_bracket_offers_a_choice_beside_what_the_item_says() -> None:
    found = stated(read("我们将您的邮箱用于：\n\n- 寄送新书目录（您可随时退订）", "zh-Hans"))
    assert found == {("Use", False), ("OfferChoice", False)}


@pytest.mark.parametrize("line", ["不含广告 SDK", "未集成任何统计 SDK", "不含任何追踪代码"])
def test_what_is_not_built_in_is_denied(line: str) -> None:
    found = stated(read(f"## 第三方\n\n- {line}", "zh-Hans"))
    assert found and all(denied for _, denied in found)


def test_what_is_denied_lends_no_data_to_what_is_kept() -> None:
    found = read("- 本应用不读取 IMEI\n\n当您主动录入时，本应用会在本地保存以下内容：\n\n- 体重", "zh-Hans")
    for statement in found.statements:
        if not statement.denied:
            assert "UID" not in values(statement, "dataCategory")


def test_a_table_of_what_is_uploaded_says_where_it_stays() -> None:
    head = "## 数据\n\n| 数据类型 | 存储位置 | 是否上传 |\n|---|---|---|\n"
    found = stated(read(head + "| 体重 | 设备本地 | 否 |", "zh-Hans"))
    assert found == {("Collect", True), ("Store", False)}


def test_a_state_of_off_denies_its_row() -> None:
    head = "## 第三方服务\n\n| 名称 | 用途 | 状态 |\n|---|---|---|\n"
    found = stated(read(head + "| 友盟 | 统计 | 未启用 |", "zh-Hans"))
    assert found and all(denied for _, denied in found)


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("我们只会在您授权后获取您的头像。", "DataController"),
        ("本小程序通过微信授权获取您的昵称。", "DataController"),
        ("您输入的提示词会发送至模型服务商以生成回复。", "DataController"),
        ("会员资料仅保存一年。", "DataController"),
    ],
)
def test_who_acts(sentence: str, actor: str) -> None:
    assert {statement.actor for statement in read(sentence, "zh-Hans").statements} == {actor}


def test_names_and_addresses_are_no_rights() -> None:
    text = "如您希望行使您的个人信息权利，请通过以下方式与我们联系：\n\n- 公司名称：青禾科技\n- 邮箱：hi@qinghe.example"
    found = [one for one in read(text, "zh-Hans").statements if one.practice == "GrantRight"]
    assert all("权利" in read(text, "zh-Hans").document.text[one.start : one.end] for one in found)


def test_a_published_policy_is_no_disclosure() -> None:
    found = stated(read("如本政策有变更，我们将在应用内和官网公布。", "zh-Hans"))
    assert found == {("Notify", False)}


def test_a_service_for_adults_is_scope() -> None:
    text = "## 未成年人\n\n本应用主要面向成年人。"
    assert stated(read(text, "zh-Hans")) == {("LimitScope", False)}


def test_verification_codes_verify() -> None:
    statement = only(read("我们会与短信服务商共享您的手机号码，以发送验证码。", "zh-Hans"), "Share")
    assert values(statement, "purpose") == {"IdentityVerification"}


@pytest.mark.parametrize(
    ("sentence", "practice", "denied", "effects"),
    [
        ("对于重大变更（如用途增加），我们将通过弹窗通知您。", "Notify", False, ["OnlyIf"]),
        ("根据法律法规要求，我们会向公安机关提供您的信息。", "Share", False, []),
        ("不经您同意，我们不会将您的数据传输至境外。", "Transfer", True, ["Unless"]),
    ],
)
def test_what_is_a_condition(sentence: str, practice: str, denied: bool, effects: list[str]) -> None:
    statement = only(read(sentence, "zh-Hans"), practice, denied=denied)
    assert [condition.effect for condition in statement.conditions] == effects
