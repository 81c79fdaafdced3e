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


@dataclass(frozen=True)
class Numbering:
    """One numbering of the file."""

    counted_as: str
    """Numberings of one name count on together: the list goes on behind a table."""
    levels: Mapping[int, Level]
    """How each depth is written."""
    begins: Mapping[int, int]
    """Depths that begin anew with this number where the numbering is first used."""


class Numbers:
    """Counts along while the paragraphs of a document are read in order."""

    def __init__(self, document: Document) -> None:
        self._numberings = _numberings(document)
        self._styles = _styles(document)
        self._contents = {
            each.get(qn("w:styleId"), "")
            for each in document.styles.element.findall(qn("w:style"))
            if _value(each, "w:name").lower().startswith("toc ")
        }
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._begun: set[str] = set()

    def contents(self, paragraph: BaseOxmlElement) -> bool:
        """Whether a paragraph is a line of the table of contents, which says nothing that does not come again."""
        return _style_of(paragraph) in self._contents

    def before(self, paragraph: BaseOxmlElement) -> str:
        """What stands before this paragraph in print; empty for one without number."""
        name, depth = _reference(paragraph, self._styles.get(_style_of(paragraph)))
        numbering = self._numberings.get(name)
        level = numbering.levels.get(depth) if numbering else None
        if numbering is None or level is None:
            return ""
        levels, counts = numbering.levels, self._counts[numbering.counted_as]
        if name not in self._begun:
            self._begun.add(name)
            for at, first in numbering.begins.items():
                counts[at] = first - 1
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


def _numberings(document: Document) -> Mapping[str, Numbering]:
    """The numberings of the file by name; none where it numbers nothing."""
    try:
        root: BaseOxmlElement = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        each.get(qn("w:abstractNumId")): {
            _depth(level): Level(
                _value(level, "w:lvlText"), _value(level, "w:numFmt") or "decimal", int(_value(level, "w:start") or 1)
            )
            for level in each.findall(qn("w:lvl"))
        }
        for each in root.findall(qn("w:abstractNum"))
    }
    found = {}
    for each in root.findall(qn("w:num")):
        counted_as = _value(each, "w:abstractNumId")
        anew = {_depth(level): _value(level, "w:startOverride") for level in each.findall(qn("w:lvlOverride"))}
        begins = {depth: int(first) for depth, first in anew.items() if first}
        found[each.get(qn("w:numId"), "")] = Numbering(counted_as, abstract.get(counted_as, {}), begins)
    return found


def _styles(document: Document) -> Mapping[str, tuple[str, int]]:
    """Paragraph styles that carry a number, their own or that of the style they are based on: headings, as a rule."""
    styles = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.findall(qn("w:style"))}
    found: dict[str, tuple[str, int]] = {}
    for name in styles:
        line = [name]
        while (based_on := _value(styles[line[-1]], "w:basedOn")) in styles and based_on not in line:
            line.append(based_on)
        for each in reversed(line):
            found[name] = _reference(styles[each], found.get(name))
    return found


def _reference(element: BaseOxmlElement, inherited: tuple[str, int] | None) -> tuple[str, int]:
    """The numbering that a paragraph or style names itself, else that it has from its style, and how deep it stands."""
    numbering, depth = inherited or ("", 0)
    properties = element.find(qn("w:pPr"))
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return numbering, depth
    return _value(numbered, "w:numId") or numbering, min(int(_value(numbered, "w:ilvl") or depth), _LEVELS - 1)


def _depth(level: BaseOxmlElement) -> int:
    return int(level.get(qn("w:ilvl"), "0"))


def _style_of(paragraph: BaseOxmlElement) -> str:
    properties = paragraph.find(qn("w:pPr"))
    return _value(properties, "w:pStyle") if properties is not None else ""


def _value(element: BaseOxmlElement, name: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val"), "")) if child is not None else ""
