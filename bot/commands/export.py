"""export: the work book and the reports, as files that other offices open."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.commands.finding import books, find_branch, find_person
from bot.commands.options import BranchOption, ConfigOption, OfficerOption
from bot.console import OperatorError, at_the_edge, out, read_config, tell
from bot.progress import counted
from storage.export.exporting import export as write_out
from storage.export.exporting import steps
from storage.export.files import KINDS
from storage.export.period import NoPeriod, Period, parse_period


class Kind(StrEnum):
    """What can be exported."""

    BOOK = "book"
    REPORT = "report"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


@at_the_edge
def export(
    kind: Annotated[Kind, typer.Argument(help="book: the whole work book; report: figures, visits and dues.")],
    period: Annotated[str, typer.Argument(help="2026, 2026Q4 or 2026-11.")],
    file: Annotated[Path, typer.Argument(help=".xlsx, .docx, or a folder for CSV files.")],
    officer: OfficerOption = "",
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Write the branch's work book or report for a period. It names people in need: the export stands in the log."""
    settings = read_config(config)
    if file.suffix not in KINDS:
        raise OperatorError("export_form", file=str(file))
    wanted = _period(period)
    with books(settings) as db, counted(tell("exporting"), steps(kind)) as step:
        branch_id, _ = find_branch(db, branch)
        actor = find_person(db, officer).id if officer else None
        book = write_out(db, settings.database, branch_id, kind, wanted, file, clock.now(), actor_id=actor, step=step)
    out.print(tell("exported", title=book.title, period=book.period, file=str(file)), markup=False)


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except NoPeriod as error:
        raise OperatorError("no_period", text=text) from error
