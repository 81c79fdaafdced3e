"""The text of a Word file: paragraphs with the numbers that Word itself puts before them, and tables row by row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.word_numbers import Numbers

_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPED = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml"))
_NOT_SAID = (
    qn("w:drawing"),
    qn("w:pict"),
    qn("w:del"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
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
        elif element.tag == _TABLE:
            yield from _rows(element, numbers)
        elif element.tag in _WRAPPED:
            yield from _lines(element, numbers)


def _rows(table: BaseOxmlElement, numbers: Numbers) -> Iterator[str]:
    """One line a row, its cells parted by tabs; a table of one column is a box around text."""
    for row in table.iter(_ROW):
        cells = [" ".join(filter(None, _lines(cell, numbers))) for cell in row.iter(_CELL)]
        yield _row(cells)


def _row(cells: Sequence[str]) -> str:
    return "\t".join(cell.replace("\t", " ") for cell in cells)


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
