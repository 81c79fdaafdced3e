"""The numbering with which Chinese documents mark their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HAN: Final = "一二三四五六七八九十百"
_KINDS: Final = (
    ("article", re.compile(rf"第([{_HAN}\d]+)条(?=[\s:：【（(\d\u4e00-\u9fff“《])")),
    ("book", re.compile(rf"第([{_HAN}\d]+)([编篇章节]|部分)(?=[\s:：、\d\u4e00-\u9fff]|$)")),
    ("han", re.compile(rf"([{_HAN}]+)(?:、|[．.](?!\d))\s*")),
    ("han_bracket", re.compile(rf"[（(]([{_HAN}]+)[）)][、．.]?\s*")),
    ("decimal", re.compile(r"§?\s*(\d{1,2}(?:\.\d{1,2})+)[、．.]?\s*(?=[\u4e00-\u9fff“《])(?![万亿元个年倍%])")),
    ("section_sign", re.compile(r"§\s*(\d{1,3})[、．.]?\s*")),
    ("arabic", re.compile(r"(\d{1,3})(?:[、．]|\.(?!\d))\s*")),
    ("arabic_bracket", re.compile(r"(?:[（(](\d{1,2})[）)]|(\d{1,2})[）)])[、．.]?\s*")),
    ("circle", re.compile(r"([①-⑳])[、．.]?\s*")),
    ("point", re.compile(rf"([{_HAN}]+)(?:是要?(?=[^否])|要(?=[\u4e00-\u9fff]))")),
    ("ordinal", re.compile(rf"第([{_HAN}])[，、](?=[\u4e00-\u9fff])")),
    ("letter", re.compile(r"[A-H][.．、]\s*(?=[\u4e00-\u9fff“\d])")),
    ("dash", re.compile(r"(?:——|--|—)\s*(?=[\u4e00-\u9fff“《])")),
)
_KIND_OF_DECIMALS = "decimal{}"
STRONG: Final = ("book", "article", "han")
"""Numbering that parts a whole document; other kinds may only count what stands in one part."""
_CITES = re.compile(rf"第[{_HAN}\d]+条(?:规定|的规定|之规定|、第|和第|至第|第[{_HAN}\d]+[款项])")


@dataclass(frozen=True)
class Label:
    """The numbering at the beginning of a line."""

    kind: str
    """Which style of numbering it is; lines of one style stand on one level."""
    text: str
    """The label as written, without the mark that parts it from the heading: 一, （二）, 10, 第三条."""
    length: int
    """How many characters of the line it takes, mark included."""


def label_of(line: str) -> Label | None:
    """The label that opens a line, or None."""
    for kind, pattern in _KINDS:
        match = pattern.match(line)
        if match is None or (kind == "article" and _CITES.match(line)):
            continue
        written = match.group().strip(" \u3000、，．.:：")
        if kind == "decimal":
            kind = _KIND_OF_DECIMALS.format(written.count("."))
        return Label(kind, "" if kind == "dash" else written.removesuffix("要"), match.end())
    return None


def inner_points(text: str) -> list[int]:
    """Where in a paragraph 一是, 二是, 三是 … (or ①②③) begin; empty unless they count up from one."""
    for pattern, order in ((_POINT, _HAN), (_CIRCLE, "①②③④⑤⑥⑦⑧⑨⑩")):
        starts: list[int] = []
        for match in pattern.finditer(text):
            if len(starts) < 10 and match.group(1) == order[len(starts)]:
                starts.append(match.start(1))
        if len(starts) >= 2:
            return starts
    return []


_POINT: Final = re.compile(rf"(?:^|(?<=[。；：，！])|(?<=[:;,]))([{_HAN}])[是要](?![一二三四五六七八九十、])")
_CIRCLE: Final = re.compile(r"([①-⑳])")
