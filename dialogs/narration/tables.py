"""Tables read row by row: the name of each column, then what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CELLS = re.compile(r" *(?:\t|\|| {3,}) *")
_RULE = re.compile(r"^[\s|:+=-]+$")
_END = "。！？；"
_A_TELEPHONE, _SHORT_COLUMN = 7, 2


def cells_of(line: str) -> list[str]:
    """The cells of a line parted by tabs, bars or wide gaps; a single one for ordinary text."""
    return [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]


def read_tables(lines: Sequence[str]) -> list[str]:
    """The lines, each run of two or more table rows turned into one spoken sentence a row."""
    spoken: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if line and ((_RULE.match(line) is not None and run) or len(cells_of(line)) >= 2):
            run.append(line)
            continue
        if not line and len(run) == 1 and len(spoken) < len(lines):
            spoken += [" ".join(cells_of(run[0]))]
        elif run:
            spoken += _spoken_rows([cells_of(row) for row in run if _RULE.match(row) is None])
        run = []
        spoken.append(line)
    return spoken[:-1] if lines else []


def _spoken_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    if len(rows) < 2:
        return [" ".join(row) for row in rows]
    head, *body = rows
    above: list[str] = [""] * len(head)
    sentences = []
    for row in body:
        filled = [cell or (above[at] if at == 0 and at < len(above) else "") for at, cell in enumerate(row)]
        above = filled
        parts = [_named(column, cell) for column, cell in _together(head, filled) if cell]
        sentence = "，".join(part.rstrip(_END) for part in parts)
        if sentence:
            sentences.append(sentence + "。")
    return sentences


def _together(head: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """Each column's name and what stands in it; neighbours in which the same stands are said together."""
    said: list[tuple[str, str]] = []
    for at, cell in enumerate(row):
        column = head[at] if at < len(head) else ""
        if said and cell and said[-1][1] == cell and column and said[-1][0]:
            said[-1] = (f"{said[-1][0]}、{column}", cell)
        else:
            said.append((column, cell))
    return said


def _named(column: str, cell: str) -> str:
    bare_count = cell.isdigit() and len(cell) < _A_TELEPHONE and len(column) <= _SHORT_COLUMN
    return f"{column}：{cell}" if column and not bare_count else cell
