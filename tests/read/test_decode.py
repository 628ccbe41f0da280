"""Bytes become text, or an error that says where and what to do."""

from __future__ import annotations

import codecs

import pytest

from clausegraph.ingest.read import ReadError
from clausegraph.ingest.read.decode import declared_encoding, decode

HANT = "本公司依據個人資料保護法，說明我們如何蒐集、處理與利用您的個人資料。您可以隨時要求查詢或刪除。\n"
HANS = "本公司依据个人信息保护法，说明我们如何收集、存储和使用您的个人信息。您可以随时要求查询或删除。\n"
CZECH = "Společnost shromažďuje osobní údaje, které nám sdělíte při registraci, a předává je jen zpracovatelům.\n"
POLISH = "Spółka zbiera dane osobowe, które użytkownik podał przy rejestracji, i są one usuwane, gdy ktoś o to prosi.\n"
FRENCH = (
    "Nous collectons les données personnelles que vous nous avez transmises à l’inscription, où qu’elle soit faite.\n"
)
ENGLISH = "We collect the personal data that you give us when you register – “nothing more” – and keep it for a year.\n"


def check(data: bytes, text: str, encoding: str) -> None:
    found = decode(data, name="a.txt")
    assert (found.text, found.encoding, found.warnings) == (text, encoding, ())


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("utf-8", CZECH, "utf-8"),
        ("big5", HANT, "big5"),
        ("gb18030", HANS, "gb18030"),
        ("gb2312", HANS, "gb18030"),
        ("gb18030", HANT, "gb18030"),
        ("cp1250", CZECH, "windows-1250"),
        ("cp1250", POLISH, "windows-1250"),
        ("iso8859-2", CZECH, "iso8859-2"),
        ("iso8859-2", POLISH, "iso8859-2"),
        ("cp1252", FRENCH, "windows-1252"),
        ("cp1252", ENGLISH, "windows-1252"),
        ("utf-16-le", HANT, "utf-16-le"),
        ("utf-16-be", HANS, "utf-16-be"),
        ("utf-16-le", ENGLISH, "utf-16-le"),
        ("utf-16-be", CZECH, "utf-16-be"),
    ],
)
def test_undeclared_encodings_are_detected(codec: str, text: str, encoding: str) -> None:
    check(text.encode(codec), text, encoding)


@pytest.mark.parametrize("codec", ["cp1250", "big5"])
def test_tags_do_not_hide_the_encoding(codec: str) -> None:
    text = "".join(
        f'<div class="col-12 text-muted"><p>{line}</p></div>' for line in [CZECH if codec == "cp1250" else HANT] * 3
    )
    assert decode(text.encode(codec), name="a.html").text == text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_stays_in_the_source(mark: bytes, codec: str) -> None:
    check(mark + CZECH.encode(codec), "\ufeff" + CZECH, codec)


@pytest.mark.parametrize(
    ("head", "codec", "label"),
    [
        ('<meta charset="windows-1251">', "cp1251", "windows-1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "cp932", "Shift_JIS"),
        ('<?xml version="1.0" encoding="EUC-KR"?>', "euc_kr", "EUC-KR"),
    ],
)
def test_a_declaration_is_followed(head: str, codec: str, label: str) -> None:
    words = {"cp1251": "Мы собираем данные", "cp932": "個人情報を収集します", "euc_kr": "개인정보를 수집합니다"}[codec]
    data = f"{head}<p>{words}".encode(codec)
    assert declared_encoding(data) == label
    found = decode(data, name="a.html")
    assert found.text.endswith(words) and not found.warnings


def test_http_is_heard_before_the_page() -> None:
    data = f"<meta charset=utf-8><p>{CZECH}".encode("cp1250")
    assert decode(data, name="a", charset="windows-1250").text.endswith(CZECH)


@pytest.mark.parametrize(
    ("declared", "text", "codec"),
    [
        ("iso-8859-1", CZECH, "utf-8"),  # the commonest lie
        ("utf-8", CZECH, "cp1250"),
        ("utf-8", HANT, "big5"),
        ("klingon", CZECH, "utf-8"),
    ],
)
def test_a_declaration_that_is_contradicted_is_said(declared: str, text: str, codec: str) -> None:
    source = f"<meta charset={declared}><p>{text}"
    found = decode(source.encode(codec), name="a.html")
    assert found.text == source
    assert len(found.warnings) == 1 and declared in found.warnings[0]


def test_latin_1_means_windows_1252() -> None:
    assert decode("<meta charset=latin1>“quoted”".encode("cp1252"), name="a").text.endswith("“quoted”")


def test_big5_has_its_hong_kong_letters() -> None:
    text = f"<meta charset=big5>{HANT}我哋收集你嘅資料，唔會賣俾其他人。"
    assert decode(text.encode("big5hkscs"), name="a").text == text


def test_the_user_has_the_last_word() -> None:
    data = "Ochrana údajů".encode("iso8859-2")
    assert decode(data, name="a", encoding="iso-8859-2", charset="utf-8").text == "Ochrana údajů"


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        (CZECH.encode("cp1250"), "utf-8", ["a.txt", "is not utf-8", "byte 0xe8 at offset 5"]),
        (b"abc", "klingon", ["a.txt", 'no encoding "klingon"']),
        (b"abc", "base64", ["no encoding"]),
        (b"abc", "utf-7", ["no encoding"]),
        ("Мы собираем данные о вас".encode("koi8-r"), None, ["a.txt", "cannot be told", "byte 0xed at offset 0"]),
        ("個人情報を収集します。".encode("euc_jp"), None, ["cannot be told"]),
        (CZECH.encode() + b"\xff", None, ["cannot be told", "byte 0xff", f"offset {len(CZECH.encode()):,}"]),
        (b"\xef\xbb\xbfabc\xff", None, ["byte order mark", "byte 0xff at offset 6"]),
        (bytes(range(256)) * 20, None, ["binary"]),
    ],
)
def test_what_cannot_be_decoded_is_named(data: bytes, encoding: str | None, words: list[str]) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, name="a.txt", encoding=encoding)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.mend
    if "binary" not in words:
        assert "--encoding" in caught.value.mend


def test_a_stray_zero_byte_is_no_utf_16() -> None:
    text = CZECH * 20 + "\x00" + CZECH
    check(text.encode(), text, "utf-8")
