"""Tables whose cells reach over several rows or columns, as plain rows: a wide cell holds for each of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_CELLS = 20_000
"""Cells of one table; a page may claim that a cell reaches over millions of columns."""
MOST_ACROSS = 100


@dataclass(frozen=True)
class Cell:
    """One cell as the file has it."""

    text: str
    """What stands in it, on one line."""
    down: int = 1
    """Rows it reaches over."""
    across: int = 1
    """Columns it reaches over."""


def placed(rows: Sequence[Sequence[Cell]]) -> dict[tuple[int, int], Cell]:
    """Which cell covers each place (row, column), if cells are given in the order of reading as in HTML."""
    found: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in found:
                column += 1
            for down in range(max(1, min(cell.down, len(rows) - at))):
                for across in range(max(1, min(cell.across, MOST_ACROSS))):
                    if len(found) < MOST_CELLS:
                        found.setdefault((at + down, column + across), cell)
            column += max(1, min(cell.across, MOST_ACROSS))
    return found


def lines(places: Mapping[tuple[int, int], Cell]) -> Iterator[str]:
    """One line a row, its cells parted by tabs; heads of several rows become one; what stands over all is a line."""
    if not places:
        return
    height, width = max(row for row, _ in places) + 1, max(column for _, column in places) + 1
    table = [[places.get((row, column)) for column in range(width)] for row in range(height)]
    while width > 1 and len(table) > 1 and _over_all(table[0]):
        first = table.pop(0)[0]
        yield first.text if first else ""
    if width == 1:
        yield from (row[0].text for row in table if row[0])
        return
    heads = min(_head_rows(table), len(table) - 1)
    if heads > 1:
        yield "\t".join(_together([row[column] for row in table[:heads]]) for column in range(width))
        table = table[heads:]
    for row in table:
        yield "\t".join(cell.text.replace("\t", " ") if cell else "" for cell in row)


def _over_all(row: Sequence[Cell | None]) -> bool:
    return row[0] is not None and all(cell is row[0] for cell in row)


def _head_rows(table: Sequence[Sequence[Cell | None]]) -> int:
    """Over how many rows the cells of the first row reach, if some of them part into several below."""
    reach = 1
    while reach < len(table) and any(cell and cell is table[0][at] for at, cell in enumerate(table[reach])):
        reach += 1
    wide = any(cell and sum(each is cell for each in table[0]) > 1 for cell in table[0])
    return reach if wide else 1


def _together(heads: Sequence[Cell | None]) -> str:
    """The heads over one column as one: 每月补贴（元）书记."""
    return "".join(dict.fromkeys(cell.text.replace("\t", " ") for cell in heads if cell))
