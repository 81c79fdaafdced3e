"""The ruled tables of a page of a PDF, and the page's text around them in the order in which it was written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import TracebackType

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table

from bot.documents import grids
from bot.documents.grids import Cell

LEAST_LINES = 8
"""Ruled lines on a page below which it has no table."""
MOST_PAGES = 60
"""Pages looked through for tables; each costs up to half a second."""
_NEAR = 2.0
"""Points by which two edges of cells may differ and be one."""
_LINE = 6.0
"""Points by which characters of one line may stand higher or lower."""
_Box = tuple[float, float, float, float]


class Tables:
    """A PDF open for its tables; used as a context, for it holds every page that was looked at."""

    def __init__(self, data: bytes) -> None:
        self._file = pdfplumber.open(io.BytesIO(data))
        self._looked = 0

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def text(self, number: int) -> str | None:
        """The page's text with a line for each row of its tables; None where it has no table (or enough were read)."""
        if self._looked >= MOST_PAGES:
            return None
        self._looked += 1
        page = self._file.pages[number]
        tables = sorted((each for each in page.find_tables() if _is_table(page, each)), key=lambda each: each.bbox[1])
        if not tables:
            return None
        said = "\n".join(_lines(page, tables))
        page.close()
        return said

    def in_place(self, number: int) -> list[str]:
        """The page's lines by where their characters stand; nothing where enough pages were looked at."""
        if self._looked >= MOST_PAGES:
            return []
        self._looked += 1
        page = self._file.pages[number]
        lines = page.extract_text().split("\n")
        page.close()
        return lines


def _is_table(page: Page, table: Table) -> bool:
    """Whether it has rows and columns and every character within it stands in a cell: a frame around text has not."""
    if len(table.cells) < 4 or len(table.rows) < 2 or len({cell[0] for cell in table.cells}) < 2:
        return False
    written = sum(not each["text"].isspace() for each in page.within_bbox(table.bbox, strict=False).chars)
    return sum(len(cell.text) for cell in {id(each): each for each in _places(table).values()}.values()) >= written


def _lines(page: Page, tables: list[Table]) -> Iterator[str]:
    top = float(page.bbox[1])
    for table in tables:
        yield _between(page, top, table.bbox[1])
        yield from grids.lines(_places(table))
        top = max(top, table.bbox[3])
    yield _between(page, top, float(page.bbox[3]))


def _between(page: Page, top: float, bottom: float) -> str:
    """The text of a strip of the page."""
    if bottom - top < _NEAR:
        return ""
    strip = page.within_bbox((page.bbox[0], top, page.bbox[2], bottom), strict=False)
    return strip.extract_text(use_text_flow=True, y_tolerance=_LINE) or ""


def _places(table: Table) -> dict[tuple[int, int], Cell]:
    """Which cell covers each row and column, told by its edges."""
    said: dict[_Box, str] = {}
    for row, texts in zip(table.rows, table.extract(), strict=True):
        said |= {box: "".join((text or "").split()) for box, text in zip(row.cells, texts, strict=True) if box}
    lefts, tops = _edges([box[0] for box in said]), _edges([box[1] for box in said])
    cells = {box: Cell(text) for box, text in said.items()}
    return {
        (row, column): cell
        for row, top in enumerate(tops)
        for column, left in enumerate(lefts)
        for box, cell in cells.items()
        if box[0] <= left + _NEAR < box[2] and box[1] <= top + _NEAR < box[3]
    }


def _edges(found: list[float]) -> list[float]:
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges
