"""`clausegraph diff`: versions, policies and files compared as facts, in all four languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clausegraph import api
from clausegraph.queries.store import Solutions, open_store

from .conftest import Run

SAMPLES = Path(api.__file__).parent / "samples"
ENGLISH, CZECH = "en/fernway-books.txt", "cs/sluka-caje.txt"
TAIWAN, CHINA = "zh-Hant/shanwu-select.txt", "zh-Hans/modu-notes.txt"

#: What is written over what, and what that changes: kind, practice, aspects.
EDITS = [
    (ENGLISH, "We never sell your personal data.", "We sell your personal data.", "turnedRound Sell nowAffirmed"),
    (
        ENGLISH,
        "We do not collect health data",
        "We collect health data",
        "turnedRound Collect nowAffirmed newDataCategory",
    ),
    (
        CZECH,
        "platebních kartách neukládáme",
        "platebních kartách ukládáme",
        "turnedRound Store nowAffirmed newDataCategory",
    ),
    (TAIWAN, "本公司不會蒐集您的醫療", "本公司會蒐集您的醫療", "turnedRound Collect nowAffirmed newDataCategory"),
    (CHINA, "我们不会收集您的通讯录", "我们会收集您的通讯录", "turnedRound Collect nowAffirmed newDataCategory"),
    (ENGLISH, ", except with your explicit consent.", ".", "changed Share conditionDropped"),
    (CZECH, ", ledaže jste zasílání dotazníku odmítli", "", "changed Share conditionDropped"),
    (ENGLISH, "newsletter, if you have given your consent.", "newsletter.", "changed Use conditionDropped"),
    (CHINA, "未经您的单独同意,我们不会", "仅在取得您的单独同意后,我们才会", "changed Use putOtherwise"),
    (ENGLISH, "invoices for seven years", "invoices for ten years", "changed Retain retentionLengthened"),
    (CZECH, "nejdéle 5 let", "nejdéle 3 roky", "changed Retain retentionShortened"),
    (TAIWAN, "保存六個月後刪除", "保存一年後刪除", "changed Retain retentionLengthened"),
    (ENGLISH, "and telephone number.", ", telephone number and date of birth.", "changed Collect newDataCategory"),
    (TAIWAN, "業者。\n3. 司法", "業者。\n3. 為行銷目的,提供給廣告商。\n4. 司法", "added Share newRecipient"),
    (CHINA, "(2)与关联公司共享必要的信息,以便您使用统一账号;\n", "", "removed Share recipientGone"),
]
#: What says the same in other words or in another place.
SAME = [
    (ENGLISH, "We never sell your personal data.", "At Fernway, your personal data is never sold."),
    (ENGLISH, "2. Why we use it", "2. The reasons why we use your data"),
    (CZECH, "faktury a jiné účetní doklady: 10 let", "jiné účetní doklady a faktury: po 10 let"),
    (TAIWAN, "本公司不會將您的個人資料提供、出租", "您的個人資料,本公司不會提供、出租"),
    (CHINA, "我们会收集您的设备型号、操作系统版本", "我们会收集您的操作系统版本、设备型号"),
]


def files(folder: Path, sample: str, older: str, newer: str) -> tuple[Path, Path]:
    """A sample, and the same with some words written over others."""
    text = (SAMPLES / sample).read_text(encoding="utf-8")
    assert text.count(older) == 1
    made = folder / "older.txt", folder / "newer.txt"
    made[0].write_text(text, encoding="utf-8")
    made[1].write_text(text.replace(older, newer), encoding="utf-8")
    return made


@pytest.mark.parametrize(("sample", "older", "newer", "told"), EDITS)
def test_what_changes_is_told(run: Run, tmp_path: Path, sample: str, older: str, newer: str, told: str) -> None:
    ran = run("diff", *files(tmp_path, sample, older, newer), "--format", "json")
    assert ran.code == 1
    first: dict[str, Any] = ran.json["changes"][0]
    kind, practice, *aspects = told.split()
    said = first["after"] or first["before"]
    assert (first["kind"], said["practice"]) == (kind, practice)
    assert set(aspects) <= set(first["aspects"])
    assert [one["kind"] for one in ran.json["changes"]].count("turnedRound") == (kind == "turnedRound")


@pytest.mark.parametrize(("sample", "older", "newer"), SAME)
def test_other_words_for_the_same_are_no_change(run: Run, tmp_path: Path, sample: str, older: str, newer: str) -> None:
    ran = run("diff", *files(tmp_path, sample, older, newer))
    assert ran.code == 0, ran.out
    assert "Nothing changed" in ran.out


def test_a_section_moved_elsewhere_is_no_change(run: Run, tmp_path: Path) -> None:
    text = (SAMPLES / ENGLISH).read_text(encoding="utf-8")
    start, end = text.index("8. Cookies"), text.index("9. Children")
    moved = text[:start] + text[end:].replace("10. Changes", f"{text[start:end]}10. Changes")
    older, newer = files(tmp_path, ENGLISH, "8. Cookies", "8. Cookies")
    newer.write_text(moved, encoding="utf-8")
    ran = run("diff", older, newer, "--format", "json")
    assert (ran.code, ran.json["changes"]) == (0, []), ran.out


def test_words_stand_side_by_side(run: Run, tmp_path: Path) -> None:
    made = files(tmp_path, ENGLISH, "We never sell your personal data.", "We sell your personal data.")
    ran = run("diff", *made)
    assert ran.code == 1
    head, before, after = [line.strip() for line in ran.out.splitlines() if line.strip()][2:5]
    assert head == "! Sell  turned round: was denied, now affirmed"
    assert before == "before  NOT  “We never sell your personal data.”"
    assert after == "after  “We sell your personal data.”"
    back = run("diff", *reversed(made))
    assert "!  NOT  Sell  turned round: was affirmed, now denied" in back.out
    text = run("diff", *made, "--format", "markdown").out
    assert "| Before | After |" in text
    assert "| **NOT** “We never sell your personal data.” | “We sell your personal data.” |" in text


def test_words_are_found_again_in_the_other_text(run: Run, tmp_path: Path) -> None:
    """A question states nothing, but its words are near."""
    made = files(tmp_path, ENGLISH, "We never sell your personal data.", "Do we ever sell your personal data?")
    (gone,) = run("diff", *made, "--format", "json").json["changes"]
    assert (gone["kind"], gone["before"]["practice"], gone["before"]["denied"]) == ("removed", "Sell", True)
    anchor = gone["anchor"]
    assert made[1].read_text(encoding="utf-8")[anchor["start"] : anchor["end"]] == anchor["exact"]
    assert "ever sell your personal data" in anchor["exact"]
    assert 0.8 <= anchor["score"] < 1
    assert f"nearest words, {anchor['score']:.0%} alike" in run("diff", *made).out


@pytest.fixture
def revised(run: Run, empty: Path, tmp_path: Path) -> Path:
    """A store with three versions of one policy: seven, ten and five years."""
    for years, day in (("seven", 1), ("ten", 2), ("five", 3)):
        text = (SAMPLES / ENGLISH).read_text(encoding="utf-8")
        text = text.replace("for seven years", f"for {years} years").replace("1 March 2025", f"{day} March 2025")
        file = tmp_path / f"{years}.txt"
        file.write_text(text, encoding="utf-8")
        assert run("ingest", file, "--id", "shop").code == 0
    return empty


def aspects(ran: Any) -> list[list[str]]:
    """The aspects of each change."""
    return [one["aspects"] for one in ran.json["changes"]]


def test_versions_of_a_stored_policy(run: Run, revised: Path) -> None:
    last = run("diff", "shop", "--format", "json")
    assert (last.code, aspects(last)) == (1, [["retentionShortened"]])
    assert (last.json["from"]["date"], last.json["to"]["date"]) == ("2025-03-02", "2025-03-03")
    dated = run("diff", "shop", "--to", "2025-03-02", "--format", "json")
    assert aspects(dated) == [["retentionLengthened"]]
    digits = dated.json["from"]["version"].rpartition("/")[2][:6]
    assert aspects(run("diff", "shop", "--from", digits, "--format", "json")) == [["retentionShortened"]]
    same = run("diff", "shop", "--from", digits, "--to", dated.json["from"]["version"])
    assert same.code == 0
    first = run("diff", "shop", "--to", digits)
    assert (first.code, first.out) == (2, "")
    assert "nothing before it" in first.err
    wrong = run("diff", "shop", "--from", "1999-01-01")
    assert wrong.code == 2
    assert all(f"2025-03-0{day}" in wrong.err for day in (1, 2, 3))


def test_a_stored_policy_against_a_file(run: Run, revised: Path, tmp_path: Path) -> None:
    assert run("diff", "shop", tmp_path / "five.txt").code == 0
    assert run("diff", tmp_path / "seven.txt", "shop").code == 1
    both = run("diff", "shop", tmp_path / "five.txt", "--from", "2025-03-01")
    assert both.code == 2
    assert "two things are named" in both.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.txt", "shop"), "There is no file nowhere.txt"),
        (("nobody",), "No stored policy is called “nobody”"),
        (("five.txt",), "a comparison takes two"),
        (("five.txt", "empty.txt"), "empty.txt"),
    ],
)
def test_bad_input(run: Run, revised: Path, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    ran = run("diff", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


CHANGES = """PREFIX cg: <https://w3id.org/clausegraph/ontology#>
SELECT ?g ?aspect { GRAPH ?g { ?change a cg:Change ; cg:changeAspect ?aspect } }"""


def test_current_holds_the_changes_of_the_version_in_force_alone(run: Run, revised: Path, tmp_path: Path) -> None:
    def stored() -> list[dict[str, str]]:
        with open_store(revised) as store:
            answer = store.query(CHANGES)
            assert isinstance(answer, Solutions)
            return answer.texts()

    (row,) = stored()
    assert row["g"].endswith("/changes")
    assert row["aspect"].endswith("RetentionShortened")
    assert run("ingest", tmp_path / "five.txt", "--id", "shop", "--force").code == 0
    assert stored() == [row]
    assert run("ingest", tmp_path / "seven.txt", "--id", "shop").code == 0  # the first version again
    (again,) = stored()
    assert again["g"] != row["g"]
    assert again["aspect"].endswith("RetentionLengthened")
    assert run("remove", "shop", "--yes").code == 0
    assert stored() == []


def test_a_name_too_long_for_a_file_is_the_name_of_a_policy(run: Run, filled: Path) -> None:
    told = run("diff", "x" * 5000)
    assert told.code == 2
    assert "No stored policy" in told.err
