"""Plain text is kept as it stands, but for line ends and characters XML forbids."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from clausegraph.ingest.read.canonical import canonical
from clausegraph.ingest.records import SourceMap

FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
sources = st.text(
    alphabet=st.sampled_from("ab \r\n\t\x00\x0b\x0c\x85\xa0\u2028\ufeff\ufffe\ufffd\ud800個𠮷"), max_size=40
)


@given(sources)
@example("\ufeff\r\n")
@example("\ufeff")
@example("\r\r\n\n")
def test_canonical_text_leads_back(source: str) -> None:
    text, source_map = canonical(source)
    assert not FORBIDDEN.search(text)
    assert text == re.sub(r"\r\n?", "\n", FORBIDDEN.sub("", re.sub(r"\r\n?", "\n", source.removeprefix("\ufeff"))))
    for start in range(len(text)):
        first, last = source_map.to_source(start, start + 1)
        assert source[first:last] == text[start] or (text[start] == "\n" and source[first:last] in {"\r", "\r\n"})


@given(st.text(alphabet="ab \n\xa0\u3000個𠮷", max_size=40))
def test_what_is_canonical_stays_and_maps_to_itself(source: str) -> None:
    assert canonical(source) == (source, SourceMap())


@given(sources, st.data())
def test_a_range_leads_to_all_of_its_source(source: str, data: st.DataObject) -> None:
    text, source_map = canonical(source)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start < end:
        first, last = source_map.to_source(start, end)
        assert canonical("|" + source[first:last])[0] == "|" + text[start:end]
