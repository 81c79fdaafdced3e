"""Spreadsheets in and out: a roster kept elsewhere, the branch's books. openpyxl is used in this file alone."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 5 * 1024 * 1024
"""A roster of a thousand people takes 100 kB."""
MOST_UNPACKED = 60 * 1024 * 1024
"""An .xlsx is a ZIP file: what it unpacks to is looked at before it is unpacked."""
MOST_ROWS = 5_000
MOST_COLUMNS = 60
ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel in China saves CSV as GB 18030; every other program as UTF-8."""
WIDEST = 40
"""Characters; a longer cell is wrapped."""

Cell = str | int | float | date | None


class SpreadsheetError(Exception):
    """A file that cannot be read as a table; `kind` names what is wrong: too_big, unreadable, old_excel or empty."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Sheet:
    """One table of a book."""

    name: str
    """What stands on its tab."""
    header: tuple[str, ...]
    """What its columns are called."""
    rows: tuple[tuple[Cell, ...], ...]
    """Its lines."""


def read_table(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet of an .xlsx, or of a CSV, empty ones too; told apart by content, not by name.

    Raises SpreadsheetError.
    """
    if len(content) > MOST_BYTES:
        raise SpreadsheetError("too_big")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SpreadsheetError("old_excel")
    table = _read_xlsx(content) if content.startswith(b"PK") else _read_csv(content)
    if not any(cell not in (None, "") for row in table for cell in row):
        raise SpreadsheetError("empty")
    return table


def write_xlsx(sheets: Sequence[Sheet], file: Path, step: Callable[[], None] = lambda: None) -> None:
    """Write a workbook with a bold first line that stays in sight and prints on each page; `step` after each sheet."""
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name[:31]), sheet)
        step()
    book.save(file)


def _write(page: Worksheet, sheet: Sheet) -> None:
    page.append(list(sheet.header))
    for row in sheet.rows:
        page.append(list(row))
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE9E1D2")
    for number, name in enumerate(sheet.header, start=1):
        longest = max([len(name), *(len(str(row[number - 1] or "")) for row in sheet.rows)])
        # A Chinese character is as wide as two Latin ones.
        page.column_dimensions[get_column_letter(number)].width = min(longest, WIDEST) * 2 + 2
    for line in page.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.data_type == "f":  # what a member said may begin with = and must not become a formula
                cell.data_type = "s"
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _read_xlsx(content: bytes) -> list[list[Cell]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise SpreadsheetError("too_big")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        page = book.worksheets[0]
        lines = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return [_trimmed([_plain(cell) for cell in line]) for line in lines]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, EOFError, OSError) as error:
        raise SpreadsheetError("unreadable") from error


def _trimmed(row: list[Cell]) -> list[Cell]:
    """Without the empty cells up to the widest column that is looked at."""
    while row and row[-1] is None:
        row.pop()
    return row


def _plain(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float | date) else None


def _read_csv(content: bytes) -> list[list[Cell]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        lines = text.splitlines()
        marks = {mark: lines[0].count(mark) if lines else 0 for mark in (",", "\t", ";", "，")}
        mark = max(marks, key=lambda each: marks[each])
        return [list[Cell](row) for row in csv.reader(StringIO(text), delimiter=mark)][:MOST_ROWS]
    raise SpreadsheetError("unreadable")
