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

_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPED = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml"))
_PROPERTIES, _WIDE, _MERGED = qn("w:tcPr"), qn("w:gridSpan"), qn("w:vMerge")
_BOX = qn("w:txbxContent")
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_SAID = (qn("w:drawing"), qn("w:pict"), qn("w:del"), _TWICE)
"""Pictures, what was struck out, and what stands there a second time for older programs."""


def read_docx(data: bytes) -> str:
    """The words as they are printed, without headers, notes, pictures, and what was struck out."""
    document: Document = docx.Document(io.BytesIO(data))
    numbers = Numbers(document)
    return "\n".join(_lines(document.element.body, numbers))


def _lines(block: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    for element in block:
        if element.tag == _PARAGRAPH:
            yield numbers.before(element) + _words(element)
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
        elif child.tag not in (_TWICE, qn("w:del")):
            yield from _boxes(child)


def _rows(table: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    """One line a row, its cells parted by tabs; a table of one column is a box around text."""
    places: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(_of_kind(table, _ROW)):
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


def _words(paragraph: BaseOxmlElement) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag == _TAB:
            yield "\t" if child.getparent().tag == qn("w:r") else ""
        elif child.tag == _BREAK:
            yield "\n"
        elif child.tag not in _NOT_SAID:
            yield from _pieces(child)
