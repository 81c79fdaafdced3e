"""export: the work book and the reports, as files that other offices open."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.console import (
    BranchOption,
    ConfigOption,
    OperatorError,
    at_the_edge,
    find_branch,
    find_person,
    out,
    read_config,
    tell,
)
from bot.progress import counted
from storage.database import open_database
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
    as_: Annotated[str, typer.Option("--as", help="Who exports it; stands in the log.", metavar="OFFICER")] = "",
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Write the branch's work book or report for a period. It names people in need: the export stands in the log."""
    settings = read_config(config)
    language = settings.language
    if not settings.database.exists():
        raise OperatorError(tell("no_database", language, folder=str(settings.data.folder)))
    if file.suffix not in KINDS:
        raise OperatorError(tell("export_form", language, file=str(file)))
    wanted = _period(period, language)
    db = open_database(settings.database)
    branch_id = find_branch(db, branch, language)
    actor = find_person(db, as_, language).id if as_ else None
    with counted(tell("exporting", language), steps(kind)) as step:
        book = write_out(db, settings.database, branch_id, kind, wanted, file, clock.now(), actor_id=actor, step=step)
    out.print(tell("exported", language, title=book.title, period=book.period, file=str(file)), markup=False)


def _period(text: str, language: str) -> Period:
    try:
        return parse_period(text)
    except NoPeriod as error:
        raise OperatorError(tell("no_period", language, text=text)) from error
