"""minutes: the record of a session, as a file for the folder."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

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
from storage import sessions
from storage.database import open_database
from storage.export.session_record import export_record

FORM = ".docx"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(minutes)


@at_the_edge
def minutes(
    day: Annotated[str, typer.Argument(help="2026-11-18; of two on a day the one with --title.")],
    file: Annotated[Path, typer.Argument(help="The .docx to write.")],
    title: Annotated[str, typer.Option("--title", help="Words of the session's title.")] = "",
    as_: Annotated[str, typer.Option("--as", help="Who takes it; stands in the log.", metavar="OFFICER")] = "",
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Write the record of a session: when, where, who came, who was excused, what was written down."""
    settings = read_config(config)
    language = settings.language
    if not settings.database.exists():
        raise OperatorError(tell("no_database", language, folder=str(settings.data.folder)))
    if file.suffix != FORM:
        raise OperatorError(tell("minutes_form", language, file=str(file)))
    db = open_database(settings.database)
    branch_id = find_branch(db, branch, language)
    actor = find_person(db, as_, language).id if as_ else None
    session = _session(db, branch_id, day, title, language)
    record = export_record(db, settings.database, branch_id, session, file, clock.now(), actor)
    out.print(tell("minutes_written", language, title=record.session, day=record.day, file=str(file)), markup=False)


def _session(db: Database, branch_id: int, day: str, title: str, language: str) -> int:
    """The one session of that day. Raises OperatorError that names those there are."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise OperatorError(tell("no_day", language, text=day)) from error
    start, end = datetime.combine(wanted, time.min), datetime.combine(wanted, time.max)
    there = [each for each in sessions.between(db, branch_id, start, end) if title in each.title]
    if not there:
        raise OperatorError(tell("no_session", language, day=day))
    if len(there) > 1:
        raise OperatorError(tell("several_sessions", language, names="、".join(each.title for each in there)))
    return there[0].id
