"""Writing a book: .xlsx, .docx, or a folder of CSV files. python-docx is used in this file alone for writing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from storage.export.book import Book, file_names, load_words
from storage.spreadsheet import Cell, Sheet, write_xlsx

FONT = "SimSun"
"""The font of Chinese official papers; programs without it take their own."""
KINDS = (".xlsx", ".docx", "")
"""What a book can be written as; none is a folder of CSV files."""

Step = Callable[[], None]


def write_book(book: Book, file: Path, step: Step) -> None:
    """Write the book in the form that the file's name asks for, one of KINDS; `step` after each sheet."""
    if file.suffix == ".xlsx":
        write_xlsx(book.sheets, file, step)
    elif file.suffix == ".docx":
        _write_docx(book, file, step)
    else:
        _write_csv(book, file, step)


def _write_csv(book: Book, folder: Path, step: Step) -> None:
    """With a byte order mark, for Excel takes a CSV without one for its local encoding."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in zip(file_names(book), book.sheets, strict=True):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as lines:
            csv.writer(lines).writerows([sheet.header, *([_harmless(cell) for cell in row] for row in sheet.rows)])
        step()


def _harmless(cell: Cell) -> Cell:
    """What a member said may begin with = and must not become a formula when the file is opened."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _write_docx(book: Book, file: Path, step: Step) -> None:
    paper = Document()
    _look(paper)
    paper.add_heading(book.title, 0)
    paper.add_paragraph(f"{book.branch}　{book.period}")
    for sheet in book.sheets:
        paper.add_heading(sheet.name, 1)
        _table(paper, sheet)
        step()
    paper.save(str(file))


def write_record(
    title: str,
    subject: str,
    facts: Sequence[tuple[str, str]],
    text: Sequence[str],
    signs: Sequence[tuple[str, str]],
    file: Path,
) -> None:
    """Write a page of its own, upright: a title, facts in two columns, paragraphs, and who signs."""
    paper = Document()
    _fonts(paper)
    paper.add_heading(title, 0)
    paper.add_paragraph(subject)
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name, value in facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
        cells[0].width, cells[1].width = Cm(3), Cm(13)
    paper.add_paragraph()
    for paragraph in text:
        paper.add_paragraph(paragraph)
    for name, value in signs:
        paper.add_paragraph(f"{name}：{value}")
    paper.save(str(file))


def _look(paper: DocumentFile) -> None:
    """Landscape, and a Chinese font in every style that is used."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _fonts(paper)


def _fonts(paper: DocumentFile) -> None:
    for name, points in (("Normal", 11), ("Heading 1", 16), ("Title", 24)):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(points)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _table(paper: DocumentFile, sheet: Sheet) -> None:
    if not sheet.rows:
        paper.add_paragraph(str(load_words()["values"]["none"]))
        return
    table = paper.add_table(rows=1, cols=len(sheet.header))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, sheet.header, strict=True):
        cell.text = name
    for row in sheet.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = _words(value)


def _words(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:g}"
    return "" if cell is None else str(cell)
