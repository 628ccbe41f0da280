"""What each unmarked line is: heading, list head, list item, paragraph, contents or boilerplate.

In: the lines of a document. Out: the same lines with `kind` settled: heading, item, row, paragraph,
continuation, contents, boilerplate or markup.
"""

from __future__ import annotations

import re
from collections import defaultdict

from .lines import Line

_SENTENCE_END = "。.;；,，、…!！"
_COLONS = ":：﹕"
_CJK = re.compile(r"[\u3400-\u9fff]")
_CONTACT = re.compile(r"https?://|www\.|@|\+?\d[\d \-/()]{6,}\d|©|\d{4}[年/-]\d{1,2}|\b(?:19|20)\d{2}\b", re.IGNORECASE)
_LIST_HEAD = re.compile(r"(?:[:：﹕]|(?:包括|如下|包含|including|zejména|tyto)[,，]?)\s*$", re.IGNORECASE)
_TITLE = re.compile(
    r"隱私|隐私|個人資料|个人信息|个人资料|個資|privacy|data protection|personal data|cookie|osobních údajů|soukromí|gdpr",
    re.IGNORECASE,
)
#: words of a sentence that announces a list, against a label that merely ends in a colon
_ANNOUNCES = re.compile(
    r"我[們们]|您|你|以下|下列|如下|包括|包含|\b(?:we|you|your|i|following|below|tyto|následující\w*|níže|\w+(?:áme|íme|eme|uji|áte|íte|ete|áš|íš|eš)|\w{2,}(?:uje|ává|ívá|írá|ují|ávají|ívají|írají)|jsou)\b",
    re.IGNORECASE,
)
#: styles whose numbers stand before headings or articles rather than before mere list items
_SECTION_STYLES = frozenset({"article", "cjk", "(cjk)", "decimal", "1.", "i."})


def judge(found: list[Line]) -> None:
    """Settle the kind of every line, in place."""
    heading_styles = _heading_styles(found)
    _menu(found)
    _unmarked(found, heading_styles)
    _contents(found)
    _footer(found)


def plain(line: Line) -> str:
    """A line's content without number, emphasis marks and links' targets."""
    content = line.text[line.body - line.start :]
    content = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", content)
    content = re.sub(r"</?\w+[^>]*>", "", content)
    return content.strip(" *_#\\\t\xa0").strip()


def is_list_head(line: Line) -> bool:
    """Whether the line announces what follows it."""
    return bool(_LIST_HEAD.search(plain(line)))


def is_short(line: Line) -> bool:
    """Whether the line could be a heading by its length."""
    content = plain(line)
    wide = len(_CJK.findall(content))
    if wide > len(content) * 0.3:
        return len(content) <= 36
    return len(content) <= 90 and len(content.split()) <= 13


def _ends_sentence(line: Line) -> bool:
    content = plain(line).rstrip("”」』\"')）")
    return bool(content) and content[-1] in _SENTENCE_END


def _looks_heading(line: Line) -> bool:
    content = plain(line)
    if not content or not is_short(line) or _ends_sentence(line) or "。" in content:
        return False
    if _CONTACT.search(content) and not line.label.number:
        return False
    return not (content[0].islower() and not line.label.number)


def _style(line: Line) -> str:
    """The number's style; an indented one is another than one at the margin (but not inside bullets)."""
    style = line.label.style
    return f" {style}" if style and line.indent and not line.label.bullet and line.kind in ("", "paragraph") else style


def _heading_styles(found: list[Line]) -> set[str]:
    """Number styles that stand before headings in this document: short lines with content of another style below."""
    seen: dict[str, list[bool]] = defaultdict(list)
    for index, line in enumerate(found):
        style = _style(line)
        if not style or line.kind not in ("", "item", "heading"):
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        holds = following is not None and _style(following) != style and following.kind != "heading"
        seen[style].append(_looks_heading(line) and (holds or _followed_deeper(found, index)))
    return {style for style, votes in seen.items() if style != "list" and sum(votes) >= max(1, len(votes) * 0.5)}


def _followed_deeper(found: list[Line], index: int) -> bool:
    following = found[index + 1] if index + 1 < len(found) else None
    return following is not None and following.label.depth > found[index].label.depth > 0


def _unmarked(found: list[Line], heading_styles: set[str]) -> None:
    members: _Members | None = None
    listed = ""  # the number style of the list item before, while no heading comes between
    for index, line in enumerate(found):
        following = _content_after(found, index)
        if line.kind in ("heading", "row"):  # a table under a list head is its list
            members = None
        elif line.kind == "item":
            if (
                _numbered_heading(line, heading_styles)
                and following is not None
                and following.kind in ("", "paragraph", "continuation")
            ):
                line.kind = "heading"
            members = None
        elif line.kind in ("", "paragraph"):
            if (
                (line.bold and is_short(line) and following is not None and not is_list_item_like(line))
                or _numbered_heading(line, heading_styles)
                or _article_heading(line, following)
            ):
                line.kind = "heading"
                members = None
            elif line.label.number and _style(line) == listed:
                line.kind = "item"
                members = None
            elif members is not None and members.takes(line, following, numbered=bool(heading_styles)):
                line.kind = "item"
                members.add(line)
                if members.closed:
                    members = None
            elif line.label.number and (
                line.label.style not in _SECTION_STYLES or (line.indent and line.label.style == "1.")
            ):
                line.kind = "item"
                members = None
            elif _opens_document(found, index) or _plain_heading(line, following, found[index - 1] if index else None):
                line.kind = "heading"
                members = None
            else:
                line.kind = "paragraph"
                members = None
        if line.kind == "heading":
            listed = ""
        elif line.kind == "item" and line.label.number:
            listed = f" {line.label.style}" if line.indent and not line.label.bullet else line.label.style
        if (line.kind == "paragraph" and is_list_head(line)) or (line.kind == "heading" and _opens_list(found, index)):
            members = _Members()


def is_list_item_like(line: Line) -> bool:
    """A bold line that is a labelled item ("**Effective date: 1 May**"), not a heading."""
    return bool(_CONTACT.search(plain(line)))


def _numbered_heading(line: Line, heading_styles: set[str]) -> bool:
    return bool(line.label.number) and _style(line) in heading_styles and _looks_heading(line)


def _article_heading(line: Line, following: Line | None) -> bool:
    """A short numbered line that opens a section although most numbers of its style stand before sentences."""
    if (
        line.label.style not in ("decimal", "cjk", "article", "1.")
        or line.indent
        or not _looks_heading(line)
        or following is None
    ):
        return False
    if is_list_head(line) and _ANNOUNCES.search(plain(line)):
        return False
    return (
        following.label.style != line.label.style and _is_prose(following)
    ) or following.label.depth > line.label.depth > 0


def _opens_document(found: list[Line], index: int) -> bool:
    line = found[index]
    if any(other.kind not in ("boilerplate", "markup") for other in found[:index]) or not _looks_heading(line):
        return False
    after = found[index + 1] if index + 1 < len(found) else None
    return bool(_TITLE.search(plain(line))) or (after is not None and after.blank_before and line.blank_before)


def _plain_heading(line: Line, following: Line | None, before: Line | None) -> bool:
    if line.label.number or not _looks_heading(line) or following is None:
        return False
    content = plain(line)
    if content[-1] in _COLONS:
        wide = bool(_CJK.search(content))
        return (len(content) <= 18 if wide else len(content.split()) <= 4) and not _ANNOUNCES.search(content)
    announces = (
        len(content) > 14
        and bool(re.search("我[們们]|您", content))
        and not content.startswith(("对于", "對於", "针对", "針對"))
    )
    if announces and (following.kind == "item" or following.label.number):
        return False
    if following.kind in ("item", "row"):
        return True
    if following.kind == "heading" and not following.blank_before and before is not None and before.kind == "paragraph":
        return False
    return (
        _is_prose(following)
        or following.label.number != ""
        or (line.blank_before and following.blank_before and _looks_heading(following) and bool(_TITLE.search(content)))
    )


def _is_prose(line: Line) -> bool:
    return line.kind in ("", "paragraph", "continuation") and (
        _ends_sentence(line) or not is_short(line) or is_list_head(line)
    )


def _opens_list(found: list[Line], index: int) -> bool:
    """Whether unmarked short lines directly below a heading are its list (a run of two or more)."""
    run = 0
    for line in found[index + 1 : index + 4]:
        if line.kind != "" or not is_short(line) or _ends_sentence(line) or is_list_head(line):
            break
        run += 1
    return run >= 2


def _content_after(found: list[Line], index: int) -> Line | None:
    for line in found[index + 1 :]:
        if line.kind != "markup":
            return line
    return None


class _Members:
    """The items of a list that has no bullets: lines of one shape after a list head, until the shape changes."""

    def __init__(self) -> None:
        self.first: Line | None = None
        self.gap = False
        self.closed = False

    def takes(self, line: Line, following: Line | None, *, numbered: bool) -> bool:
        content = plain(line)
        if is_list_head(line) and self.first is not None and not self._like(line):
            return False
        wide = bool(_CJK.search(content))
        if len(content) > (200 if wide else 420):
            return False
        if self.first is None:
            return not (following is not None and following.label.bullet and not line.label.number)
        if line.blank_before and not self.gap:
            return False
        if not self._like(line):
            return False
        untied = (
            _terminal(self.first) == ""
            and following is not None
            and _is_prose(following)
            and _terminal(following) != ""
        )
        return numbered or not (untied and _is_title(content))

    def _like(self, line: Line) -> bool:
        assert self.first is not None
        mine, theirs = _terminal(self.first), _terminal(line)
        lower = plain(self.first)[:1].islower()
        if lower and not plain(line)[:1].islower():
            return False
        if mine in (";", ","):
            return theirs in (";", ",", ".", "")
        return mine == theirs

    def add(self, line: Line) -> None:
        if self.first is None:
            self.first = line
            self.gap = line.blank_before
        elif _terminal(self.first) in (";", ",") and _terminal(line) == ".":
            self.closed = True


def _is_title(content: str) -> bool:
    return content[:1].isupper() and len(content.split()) <= 6 and not re.search(r"[(（:：–\d,，、]", content)


def _terminal(line: Line) -> str:
    content = plain(line).rstrip("”」』\"')）")
    last = content[-1:] if content else ""
    if last in ";；":
        return ";"
    if last in ",，、" or content.endswith((" a", " nebo", " and", " or", "和", "或", "及")):
        return ","
    return "." if last in "。.!！" else ""


def _contents(found: list[Line]) -> None:
    """Mark a table of contents: three or more short lines running, each said again below."""
    later = {_key(line): index for index, line in enumerate(found)}

    def listed(index: int) -> bool:
        line = found[index]
        return line.kind not in ("markup", "row", "boilerplate") and is_short(line) and not _ends_sentence(line)

    index = 0
    while index < len(found):
        stop = index
        while stop < len(found) and listed(stop) and later[_key(found[stop])] > max(stop, index + 2):
            stop += 1
        if stop - index >= 3 and later[_key(found[index])] >= stop:
            style = found[index].label.style
            start = index
            while style and start and found[start - 1].label.style == style and listed(start - 1):
                start -= 1
            while style and stop < len(found) and found[stop].label.style == style and listed(stop):
                stop += 1
            for line in found[start:stop]:
                line.kind = "contents"
        index = max(stop, index + 1)


def _key(line: Line) -> str:
    return re.sub(r"[\W_]+", "", plain(line)).lower() or line.text


def _menu(found: list[Line]) -> None:
    """Mark the menu above the title, where the reader kept it."""
    if any(line.kind == "boilerplate" for line in found):
        return
    prose = next((i for i, line in enumerate(found[:40]) if not is_short(line) or _ends_sentence(line)), 0)
    named = [i for i in range(prose) if _TITLE.search(plain(found[i])) and not re.search("[›>»/]", found[i].text)]
    menu = found[: named[-1]] if named else []
    if menu and _TITLE.search(plain(menu[0])) and not re.search("[›>»]", menu[0].text):
        return
    if all(
        line.kind == "" and not line.label.number and not line.bold and not _DATED.search(line.text) for line in menu
    ):
        for line in menu:
            line.kind = "boilerplate"


def _footer(found: list[Line]) -> None:
    """Mark the links and the copyright line below the end."""
    start = len(found)
    while (
        start
        and is_short(found[start - 1])
        and (not _ends_sentence(found[start - 1]) or _COPYRIGHT.match(found[start - 1].text))
        and not found[start - 1].label.number
        and found[start - 1].rank == 0
        and plain(found[start - 1])[-1:] not in (":", "：")
    ):
        start -= 1
    tail = found[start:]
    tiny = sum(
        1 for line in tail if len(plain(line).split()) <= 3 and len(plain(line)) <= 25 and line.text == plain(line)
    )
    announced = start > 0 and plain(found[start - 1])[-1:] in (":", "：")  # a list, not the links of a footer
    if len(tail) >= 5 and tiny >= len(tail) * 0.7 and not announced:
        for line in tail:
            line.kind = "boilerplate"
    for index in range(len(found) - 1, max(0, len(found) - 12), -1):
        if _COPYRIGHT.match(found[index].text):
            for line in found[index:]:
                if is_short(line) or _COPYRIGHT.match(line.text):
                    line.kind = "boilerplate"
            break


_DATED = re.compile(r"\d{4}|\d{1,2}\.\s*\d")
_COPYRIGHT = re.compile(
    r"\s*(?:©|\(c\)\s|copyright\b|all rights reserved|版權所有|版权所有|všechna práva)", re.IGNORECASE
)
