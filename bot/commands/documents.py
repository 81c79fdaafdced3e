"""documents add, documents list: what members can listen to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot import clock
from bot.commands.talk import NowOption
from bot.config import Config
from bot.console import ConfigOption, OperatorError, at_the_edge, err, find_person, out, read_config, tell
from bot.documents.reading import UnreadableDocument
from bot.documents.taking_in import PreparedFile, keep_file, prepare_file
from bot.progress import measured
from dialogs.documents.library import Kept
from storage import documents, listening, members
from storage.chapters import chapters_of
from storage.database import open_database
from storage.members import Member

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
    settings = read_config(config)
    moment, language = now or clock.now(), settings.language
    failed = False
    with _books(settings) as db:
        by = find_person(db, officer, language) if officer else _on_duty(db, moment, language)
        for path in files:
            try:
                ready = _prepared(path, title, language)
            except UnreadableDocument as fault:
                said = tell("document_failed", language, file=str(path), fault=fault.said(tell("language", language)))
                err.print(said, style="red", markup=False)
                failed = True
                continue
            _tell(keep_file(db, by, ready, moment, CHANNEL, nicknames), ready, language)
    if failed:
        raise typer.Exit(1)


@at_the_edge
def list_command(config: ConfigOption = None) -> None:
    """Every document, with how many have heard of it."""
    settings = read_config(config)
    with _books(settings) as db:
        shelf = [each for row in db.execute("SELECT id FROM branch") for each in documents.documents(db, row[0])]
        for each in shelf:
            parts, heard = len(chapters_of(db, each.id)), len(listening.listeners(db, each.id))
            line = tell("document_line", settings.language, number=each.id, title=each.title, parts=parts,
                        listeners=heard)  # fmt: skip
            out.print(line, markup=False)
        if not shelf:
            out.print(tell("document_none", settings.language))


def _prepared(path: Path, title: str, language: str) -> PreparedFile:
    """Read a file with a bar at the terminal."""
    if not path.is_file():
        raise OperatorError(tell("no_file", language, file=str(path)))
    with measured(tell("document_reading", language, file=path.name)) as told:
        return prepare_file(path.read_bytes(), title, told)


def _tell(kept: Kept, ready: PreparedFile, language: str) -> None:
    told = ready.document
    said = tell(f"document_{kept.outcome}", language, title=told.title, kind=ready.kind, parts=len(told.chapters),
                characters=len(told.text))  # fmt: skip
    out.print(said, markup=False)
    for line in told.removed if kept.outcome != "standing" else ():
        out.print(tell("document_cut", language, line=line), markup=False)


def _on_duty(db: Database, now: datetime, language: str) -> Member:
    """The first officer on duty of the one branch there is, or of the first."""
    for row in db.execute("SELECT id FROM branch ORDER BY id").fetchall():
        for officer in members.officers(db, row[0], now):
            found = members.member(db, officer.id)
            if found is not None:
                return found
    raise OperatorError(tell("no_officer", language))


@contextmanager
def _books(settings: Config) -> Iterator[Database]:
    if not settings.database.exists():
        raise OperatorError(tell("no_database", settings.language, folder=str(settings.data.folder)))
    db = open_database(settings.database)
    try:
        yield db
    finally:
        db.close()
