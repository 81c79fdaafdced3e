"""An answer at the command line: for people with its table, for machines as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from bot.answer import Answer
from bot.console import out, print_line, tell
from dialogs.reply import Table

LONGEST_LINE = 10_000
"""Characters in a line of a table that goes into a file."""


def show(answer: Answer, reply_file: Path | None, *, as_json: bool, picture: Path | None = None) -> None:
    """Print an answer for people or for machines."""
    if as_json:
        print_line(_as_contract(answer, reply_file, picture))
        return
    if answer.heard:
        out.print(tell("heard", text=answer.heard), markup=False)
    out.print(answer.text, markup=False)
    if answer.table:
        _show_table(answer.table)
    if answer.entries:
        out.print(tell("entries", numbers="、".join(map(str, answer.entries))), markup=False)
    if picture:
        out.print(tell("picture", file=str(picture)), markup=False)
    if reply_file:
        out.print(tell("voice_note", file=str(reply_file)), markup=False)


def _show_table(table: Table) -> None:
    """Every word of it: on a screen long cells are folded, in a file or pipe lines are as long as need be."""
    grid = Grid()
    for name in table.columns:
        grid.add_column(name, overflow="fold")
    for row in table.rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    unlimited = out.options.update(max_width=LONGEST_LINE)
    wide = out if out.is_terminal else Console(file=out.file, width=out.measure(grid, options=unlimited).maximum)
    wide.print(grid)


def _as_contract(answer: Answer, reply_file: Path | None, picture: Path | None) -> dict[str, object]:
    """Reply text, intent, slots, effects, rows, timings."""
    table = answer.table
    return {
        "text": answer.text,
        "heard": answer.heard,
        "intent": answer.intent,
        "slots": dict(answer.slots),
        "effects": [asdict(effect) for effect in answer.effects],
        "buttons": [asdict(button) for button in answer.buttons],
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else [],
        "entries": list(answer.entries),
        "answered": answer.answered,
        "picture": str(picture) if picture else None,
        "voice": str(reply_file) if reply_file else None,
        "timings": dict(answer.timings),
    }
