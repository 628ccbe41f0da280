"""Where sentences end, and where a stop ends none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausegraph.ingest.segment import sentences

from .trees import split


@pytest.mark.parametrize(
    "parts",
    [
        ["We collect names.", "We keep them for a year."],
        ["Do we sell data?", "No!", "We never do."],
        ["We use names, e.g. yours, to deliver.", "Then we delete them."],
        ["Lumen Kettle Inc. collects names.", "It keeps them."],
        ["Write to Mr. Reed or to Dr. Vale.", "They answer."],
        ["See sec. 4 and art. 6.", "Both apply."],
        ["We share data (e.g. names. And cities.) with couriers.", "We do not sell it."],
        ["We said “We never sell data.”", "That holds."],
        ["Version 2.5 applies.", "It replaces 2.4."],
        ["Údaje předáme dopravci, např. Rychlé poště, a tiskárně.", "Neprodáváme je."],
        ["Správcem je Kotlík s.r.o., se sídlem v Brně.", "Kontaktujte ho."],
        ["Postupujeme podle čl. 6 odst. 1 písm. b) nařízení.", "Souhlas není třeba."],
        ["Uchováváme je od 1. 5. 2023 do konce roku.", "Poté je smažeme."],
        ["Jméno, adresu atd. zpracováváme.", "Platí to od 3. května."],
        ["我們蒐集您的姓名。", "我們不會出售。"],
        ["您同意嗎？", "不同意請離開！", "謝謝。"],
        ["我们使用姓名（例如张三。或李四。）配送。", "随后删除。"],
        ["他說「我們不出售。」", "確實如此。"],
    ],
)
def test_sentences(parts: list[str]) -> None:
    glue = "" if "\u3002" in "".join(parts) else " "
    assert split(glue.join(parts)) == parts


def test_a_line_end_ends_a_sentence_and_blanks_belong_to_none() -> None:
    assert split("  We collect names\n\n  We keep them \n") == ["We collect names", "We keep them"]


def test_a_line_broken_at_a_width_runs_on() -> None:
    text = (
        "Your notes stay on your phone. We never collect, sell or\n  share them, and we do not ever pass your name on "
        "to\nGlimmer Metrics. We keep\nnothing."
    )
    assert split(text) == [
        "Your notes stay on your phone.",
        "We never collect, sell or\n  share them, and we do not ever pass your name on to\nGlimmer Metrics.",
        "We keep\nnothing.",
    ]
    assert len(split("Your name\nYour address\n- your photo\n1 day")) == 4


def test_a_bracket_that_never_closes_does_not_swallow_the_rest() -> None:
    text = "We share data (see below. " + "We use it to deliver kettles to you and to nobody else. " * 6
    assert len(split(text)) > 2


def test_only_the_range_that_was_asked_for_is_split() -> None:
    text = "One names. Two names. Three names."
    assert [text[a:b] for a, b in sentences(text, 11, 21)] == ["Two names."]


@given(st.text(alphabet="aB. 。！?\n\t(（)」”é個𠮷1\u3000", max_size=60), st.data())
def test_sentences_are_in_order_and_leave_out_nothing_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    rest, position = "", start
    for begin, stop in sentences(text, start, end):
        assert position <= begin < stop <= end
        assert text[begin:stop] == text[begin:stop].strip()
        rest += text[position:begin]
        position = stop
    assert not (rest + text[position:end]).strip()
