"""minutes: the record of a session, as a file for the folder."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot import clock
from bot.commands.finding import books, find_branch, find_person
from bot.commands.options import BranchOption, ConfigOption, OfficerOption
from bot.console import OperatorError, at_the_edge, out, read_config, tell
from storage import sessions
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
    officer: OfficerOption = "",
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Write the record of a session: when, where, who came, who was excused, what was written down."""
    settings = read_config(config)
    if file.suffix != FORM:
        raise OperatorError("minutes_form", file=str(file))
    with books(settings) as db:
        branch_id, _ = find_branch(db, branch)
        taker = find_person(db, officer).id if officer else None
        session = _session(db, branch_id, day, title)
        record = export_record(db, settings.database, branch_id, session, file, clock.now(), taker)
    out.print(tell("minutes_written", title=record.session, day=record.day, file=str(file)), markup=False)


def _session(db: Database, branch_id: int, day: str, title: str) -> int:
    """The one session of that day. Raises OperatorError that names those there are."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise OperatorError("no_day", text=day) from error
    start, end = datetime.combine(wanted, time.min), datetime.combine(wanted, time.max)
    there = [each for each in sessions.between(db, branch_id, start, end) if title in each.title]
    if not there:
        raise OperatorError("no_session", day=day)
    if len(there) > 1:
        raise OperatorError("several_sessions", names="、".join(each.title for each in there))
    return there[0].id
