"""documents add, documents list: what members can listen to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.commands.finding import books, find_officer
from bot.commands.options import ConfigOption, NowOption
from bot.console import OperatorError, at_the_edge, err, explain, out, read_config, tell
from bot.documents.reading import UnreadableDocument
from bot.documents.taking_in import PreparedFile, keep_file, prepare_file
from bot.progress import measured
from dialogs.documents.library import Kept
from storage import documents, listening
from storage.chapters import chapters_of

CHANNEL = "cli"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Documents that members can listen to.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_command)
    app.add_typer(group, name="documents")


@at_the_edge
def add(
    files: Annotated[list[Path], typer.Argument(help="Documents: .txt, .docx, .pdf, .html, .md.")],
    title: Annotated[str, typer.Option(help="For a text that names itself nowhere.")] = "",
    nicknames: Annotated[str, typer.Option(help="What members call it, parted by semicolons.")] = "",
    officer: Annotated[str, typer.Option("--as", help="Who puts it in; none: the secretary on duty.")] = "",
    now: NowOption = None,
    config: ConfigOption = None,
) -> None:
    """Take documents in: cleaned, summed up, in chapters; members are told once."""
    moment = now or clock.now()
    failed = False
    with books(read_config(config)) as db:
        by = find_officer(db, officer, moment)
        for path in files:
            try:
                ready = _prepared(path, title)
            except (UnreadableDocument, OperatorError) as fault:  # the others are taken in all the same
                err.print(_trouble(path, fault), style="red", markup=False)
                failed = True
                continue
            _tell(keep_file(db, by, ready, moment, CHANNEL, nicknames), ready)
    if failed:
        raise typer.Exit(1)


@at_the_edge
def list_command(config: ConfigOption = None) -> None:
    """Every document, with how many have heard of it."""
    with books(read_config(config)) as db:
        shelf = [each for row in db.execute("SELECT id FROM branch") for each in documents.documents(db, row[0])]
        for each in shelf:
            parts, heard = len(chapters_of(db, each.id)), len(listening.listeners(db, each.id))
            line = tell("document_line", number=each.id, title=each.title, parts=parts,
                        listeners=heard)  # fmt: skip
            out.print(line, markup=False)
        if not shelf:
            out.print(tell("document_none"))


def _prepared(path: Path, title: str) -> PreparedFile:
    """Read a file with a bar at the terminal."""
    if not path.is_file():
        raise OperatorError("no_file", file=str(path))
    with measured(tell("document_reading", file=path.name)) as told:
        return prepare_file(path.read_bytes(), title, told)


def _trouble(path: Path, fault: UnreadableDocument | OperatorError) -> str:
    if isinstance(fault, OperatorError):
        return explain(fault)
    return tell("document_failed", file=str(path), fault=fault.said(tell("language")))


def _tell(kept: Kept, ready: PreparedFile) -> None:
    told = ready.document
    said = tell(f"document_{kept.outcome}", title=told.title, kind=ready.kind, parts=len(told.chapters),
                characters=len(told.text))  # fmt: skip
    out.print(said, markup=False)
    for line in told.removed if kept.outcome != "standing" else ():
        out.print(tell("document_cut", line=line), markup=False)
