"""The numbers that Word puts before paragraphs: they stand in no paragraph, yet chapters are known by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import cn2an
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = ("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
        "japaneseCounting", "taiwaneseCountingThousand")  # fmt: skip
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_LEVELS = 9


@dataclass(frozen=True)
class Level:
    """How one depth of a numbering is written."""

    pattern: str
    """With %1 … %9 where the counters stand: （%1）."""
    style: str
    """Word's name for the kind of figures."""
    start: int
    """The first number."""


class Numbers:
    """Counts along while the paragraphs of a document are read in order."""

    def __init__(self, document: Document) -> None:
        self._levels = _numberings(document)
        self._styles = _styles(document)
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)

    def before(self, paragraph: BaseOxmlElement) -> str:
        """What stands before this paragraph in print; empty for one without number."""
        found = _reference(paragraph) or self._styles.get(_style_of(paragraph))
        if found is None or found[0] not in self._levels:
            return ""
        numbering, depth = found
        levels, counts = self._levels[numbering], self._counts[numbering]
        level = levels.get(depth)
        if level is None:
            return ""
        standing = counts[depth]
        counts[depth] = level.start if standing is None else standing + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        text = level.pattern
        for at in range(_LEVELS):
            own = levels.get(at, level)
            text = text.replace(f"%{at + 1}", _figure(counts[at] or own.start, own.style))
        return text if any(char.isalnum() or char in _CIRCLES for char in text) else ""


def _figure(number: int, style: str) -> str:
    if style in _HAN:
        return str(cn2an.an2cn(str(number), "low"))
    if style in _CIRCLED and number <= len(_CIRCLES):
        return _CIRCLES[number - 1]
    return "" if style in ("bullet", "none") else str(number)


def _numberings(document: Document) -> Mapping[str, Mapping[int, Level]]:
    """For each numbering of the file its levels; none where the file numbers nothing."""
    try:
        root: BaseOxmlElement = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        each.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"), "0")): Level(
                _value(level, "w:lvlText"), _value(level, "w:numFmt") or "decimal", int(_value(level, "w:start") or 1)
            )
            for level in each.findall(qn("w:lvl"))
        }
        for each in root.findall(qn("w:abstractNum"))
    }
    return {each.get(qn("w:numId"), ""): abstract.get(_value(each, "w:abstractNumId"), {})
            for each in root.findall(qn("w:num"))}  # fmt: skip


def _styles(document: Document) -> Mapping[str, tuple[str, int]]:
    """Paragraph styles that carry a number: headings, as a rule."""
    found = {}
    for style in document.styles.element.findall(qn("w:style")):
        reference = _reference(style)
        if reference:
            found[style.get(qn("w:styleId"), "")] = reference
    return found


def _reference(element: BaseOxmlElement) -> tuple[str, int] | None:
    """The numbering that a paragraph or style names itself, and how deep it stands in it."""
    properties = element.find(qn("w:pPr"))
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None
    depth = _value(numbered, "w:ilvl")
    return _value(numbered, "w:numId"), min(int(depth or 0), _LEVELS - 1)


def _style_of(paragraph: BaseOxmlElement) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return _value(properties, "w:pStyle") if properties is not None else ""


def _value(element: BaseOxmlElement, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val"), "")) if child is not None else ""
