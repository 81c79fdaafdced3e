"""backup, restore: copies of the branch's books."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import ConfigOption
from bot.console import OperatorError, at_the_edge, explain, out, read_config, tell
from storage.copies import check_database, copy_database
from storage.database import StorageError, only_server


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)


@at_the_edge
def backup(file: Annotated[Path, typer.Argument(help="The copy to write.")], config: ConfigOption = None) -> None:
    """Copy the database while it is in use, and check the copy."""
    settings = read_config(config)
    if not settings.database.exists():
        raise StorageError("no_database", folder=str(settings.data.folder))
    copy_database(settings.database, file)
    out.print(tell("backup_done", file=str(file)), markup=False)


@at_the_edge
def restore(file: Annotated[Path, typer.Argument(help="A backup.")], config: ConfigOption = None) -> None:
    """Put a backup in place of the database; the server must be stopped and the old file moved away."""
    settings = read_config(config)
    if settings.database.exists():
        raise OperatorError("restore_exists", file=str(settings.database))
    try:
        check_database(file)
    except StorageError as error:
        raise OperatorError("restore_bad", file=str(file), reason=explain(error)) from error
    with only_server(settings.data.folder):
        copy_database(file, settings.database)
    out.print(tell("restore_done", file=str(settings.database)), markup=False)
