"""log, backup, restore: looking after the branch's books."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot.commands.talk import JsonOption
from bot.config import Config
from bot.console import ConfigOption, OperatorError, at_the_edge, out, read_config, tell
from storage import log
from storage.database import StorageError, check_database, copy_database, only_server, open_database

log_app = typer.Typer(help="The branch log.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(log_app, name="log")
    app.command()(backup)
    app.command()(restore)


@log_app.command("verify")
@at_the_edge
def verify(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check every chain; names the first bad entry."""
    settings = read_config(config)
    db = _open(settings)
    faults = 0
    for branch_id, name in db.execute("SELECT id, name FROM branch").fetchall():
        fault = log.verify(db, branch_id)
        count, last = log.head(db, branch_id)
        faults += fault is not None
        if as_json:
            found = asdict(fault) if fault else None
            out.print_json(json.dumps({"branch": name, "count": count, "head": last, "fault": found}), indent=None)
        elif fault:
            said = tell("log_bad", settings.language, branch=name, number=fault.number, reason=fault.reason)
            out.print(said, style="red", markup=False)
        else:
            out.print(tell("log_ok", settings.language, branch=name, count=count), markup=False)
    if faults:
        raise typer.Exit(1)


@log_app.command("tail")
@at_the_edge
def tail(
    count: Annotated[int, typer.Option("-n", min=1, help="How many entries.")] = 20, config: ConfigOption = None
) -> None:
    """The last entries of every branch."""
    db = _open(read_config(config))
    for row in db.execute("SELECT id FROM branch").fetchall():
        for entry in log.tail(db, row[0], count):
            out.print(f"{entry.number}  {entry.at}  {entry.sentence or '—'}", markup=False)


@log_app.command("export")
@at_the_edge
def export(
    file: Annotated[Path, typer.Argument(help="Where the entries go, one JSON object a line.")],
    config: ConfigOption = None,
) -> None:
    """Write every entry with its hash, so that it can be checked elsewhere."""
    db = _open(read_config(config))
    with file.open("w", encoding="utf-8") as lines:
        for row in db.execute("SELECT id FROM branch").fetchall():
            for entry in log.entries(db, row[0]):
                lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


@at_the_edge
def backup(file: Annotated[Path, typer.Argument(help="The copy to write.")], config: ConfigOption = None) -> None:
    """Copy the database while it is in use, and check the copy."""
    settings = read_config(config)
    copy_database(settings.database, file)
    out.print(tell("backup_done", settings.language, file=str(file)), markup=False)


@at_the_edge
def restore(file: Annotated[Path, typer.Argument(help="A backup.")], config: ConfigOption = None) -> None:
    """Put a backup in place of the database; the server must be stopped and the old file moved away."""
    settings = read_config(config)
    if settings.database.exists():
        raise OperatorError(tell("restore_exists", settings.language, file=str(settings.database)))
    try:
        check_database(file)
    except StorageError as error:
        raise OperatorError(tell("restore_bad", settings.language, file=str(file), reason=str(error))) from error
    with only_server(settings.data.folder):
        copy_database(file, settings.database)
    out.print(tell("restore_done", settings.language, file=str(settings.database)), markup=False)


def _open(config: Config) -> Database:
    if not config.database.exists():
        raise OperatorError(tell("no_file", config.language, file=str(config.database)))
    return open_database(config.database)
