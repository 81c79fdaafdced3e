"""The text of a Word file: paragraphs with the numbers that Word itself puts before them, and tables row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents import grids
from bot.documents.grids import Cell
from bot.documents.word_numbers import Numbers

_TEXT, _RUN = qn("w:t"), qn("w:r")
_MARKS = {qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
_TAB, _HIDDEN, _STRUCK = qn("w:tab"), qn("w:vanish"), qn("w:del")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPED = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml"))
_SAID_OF = (qn("w:pPr"), qn("w:rPr"), qn("w:trPr"))
_PROPERTIES, _WIDE, _MERGED = qn("w:tcPr"), qn("w:gridSpan"), qn("w:vMerge")
_BOX = qn("w:txbxContent")
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SAID = (qn("w:drawing"), qn("w:pict"), _STRUCK, qn("w:moveFrom"), qn("w:rt"), _TWICE)
"""Pictures, what was struck out or moved away, how a word is read, and what stands there again for older programs."""


def read_docx(data: bytes) -> str:
    """The words as they are printed, without headers, notes, pictures, and what was struck out."""
    document: Document = docx.Document(io.BytesIO(data))
    numbers = Numbers(document)
    return "\n".join(_lines(document.element.body, numbers))


def _lines(block: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    for element in block:
        if element.tag == _PARAGRAPH:
            words = _words(element)
            if not numbers.contents(element) and (words or not _marked(element, _STRUCK)):
                yield numbers.before(element) + words
            for box in _boxes(element):
                yield from _lines(box, numbers)
        elif element.tag == _TABLE:
            yield from _rows(element, numbers)
        elif element.tag in _WRAPPED:
            yield from _lines(element, numbers)


def _boxes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """The text boxes that hang on a paragraph, each once."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in (_TWICE, _STRUCK):
            yield from _boxes(child)


def _rows(table: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    """One line a row, its cells parted by tabs; a table of one column is a box around text."""
    places: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(each for each in _of_kind(table, _ROW) if not _marked(each, _STRUCK)):
        column = 0
        for cell in _of_kind(row, _CELL):
            wide = _property(cell, _WIDE)
            across = min(int(wide), grids.MOST_ACROSS) if wide and wide.isdigit() else 1
            above = places.get((at - 1, column)) if _property(cell, _MERGED) == "continue" else None
            held = above or Cell(" ".join(filter(None, _lines(cell, numbers))))
            places |= {(at, column + more): held for more in range(max(1, across))}
            column += max(1, across)
    yield from grids.lines(places)


def _of_kind(element: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Rows of a table or cells of a row, those within a content control too, those of a table in a cell not."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPED:
            yield from _of_kind(child, tag)


def _property(cell: BaseOxmlElement, name: str) -> str:
    """The value of a cell's property; continue where Word leaves the value of a merged cell away; else empty."""
    properties = cell.find(_PROPERTIES)
    found = properties.find(name) if properties is not None else None
    return str(found.get(qn("w:val"), "continue")) if found is not None else ""


def _marked(element: BaseOxmlElement, mark: str) -> bool:
    """Whether what is said of a row, a paragraph's end or a run holds this mark."""
    return any(found.tag == mark for each in element if each.tag in _SAID_OF for found in each.iter())


def _words(paragraph: BaseOxmlElement) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == _TAB:
            yield "\t" if element.tag == _RUN else ""
        elif child.tag not in _NOT_SAID and not (child.tag == _RUN and _marked(child, _HIDDEN)):
            yield from _pieces(child)
