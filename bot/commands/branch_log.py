"""log: looking into the branch log, checking it, and erasing what a member said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot import clock
from bot.commands.talk import JsonOption
from bot.config import Config
from bot.console import ConfigOption, OperatorError, at_the_edge, find_person, out, read_config, tell
from storage import log
from storage.database import open_database, writing
from storage.log import Anchor, Fault, NoAnchor, search

log_app = typer.Typer(help="The branch log.", no_args_is_help=True)
BranchOption = Annotated[str, typer.Option("--branch", help="Name or number of the branch, where there are several.")]
AnchorOption = Annotated[
    list[str] | None,
    typer.Option("--anchor", help="What was sent to a secretary: date/count/digits. May be given several times."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(log_app, name="log")


@log_app.command("verify")
@at_the_edge
def verify(
    anchor: AnchorOption = None, branch: BranchOption = "", as_json: JsonOption = False, config: ConfigOption = None
) -> None:
    """Check every chain, against anchors kept elsewhere if they are given; names the first bad entry."""
    settings = read_config(config)
    db = _open(settings)
    anchors = _anchors(anchor or [])
    chosen = list(_branches(db, branch, settings))
    if anchors and len(chosen) > 1:
        raise OperatorError(tell("which_branch", settings.language, names="、".join(name for _, name in chosen)))
    faults = 0
    for branch_id, name in chosen:
        fault = log.verify(db, branch_id, anchors)
        faults += fault is not None
        count, last = log.head(db, branch_id)
        if as_json:
            found = asdict(fault) if fault else None
            out.print_json(json.dumps({"branch": name, "count": count, "head": last, "fault": found}), indent=None)
        else:
            out.print(_verdict(fault, name, count, settings.language), style="red" if fault else "", markup=False)
    if faults:
        raise typer.Exit(1)


@log_app.command("anchor")
@at_the_edge
def anchor(branch: BranchOption = "", config: ConfigOption = None) -> None:
    """What to keep elsewhere today: date/count/digits of every branch, to be given to `log verify --anchor` later."""
    settings = read_config(config)
    db = _open(settings)
    for branch_id, name in _branches(db, branch, settings):
        out.print(f"{name}  {log.anchor(db, branch_id, clock.now())}", markup=False)


@log_app.command("find")
@at_the_edge
def find(
    text: Annotated[str, typer.Argument(help="Words; all of them are looked for, as written, else by their sound.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many entries.")] = 20,
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Entries in which these words stand, newest first."""
    settings = read_config(config)
    db = _open(settings)
    for branch_id, _ in _branches(db, branch, settings):
        for each in search.find(db, branch_id, text, limit=count):
            out.print(f"{each.number}  {each.at}  {each.sentence}", markup=False)


@log_app.command("erase")
@at_the_edge
def erase(
    member: Annotated[str, typer.Argument(help="Name or number of the member.")],
    yes: Annotated[bool, typer.Option("--yes", help="Without this nothing is erased.")] = False,
    config: ConfigOption = None,
) -> None:
    """Erase the words of every entry that concerns a member; the chain stays whole. It cannot be undone."""
    settings = read_config(config)
    db = _open(settings)
    person = find_person(db, member, settings.language)
    if not yes:
        raise OperatorError(tell("erase_sure", settings.language, name=person.name))
    with writing(db):
        count = log.erase_words(
            db, person.branch_id, person.id, clock.now(), sentence=tell("erased_entry", "zh"), actor_id=None,
            channel="cli",
        )  # fmt: skip
    log.settle(db)
    out.print(tell("erased", settings.language, name=person.name, count=count), markup=False)


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
    """Write every entry with its hash, so that it can be checked elsewhere; that it was done is an entry itself."""
    db = _open(read_config(config))
    with file.open("w", encoding="utf-8") as lines:
        for branch_id, _ in db.execute("SELECT id, name FROM branch").fetchall():
            with writing(db):
                log.append(
                    db, branch_id=branch_id, at=clock.now(), kind="log_exported", channel="cli",
                    sentence=tell("exported_entry", "zh"),
                )  # fmt: skip
            for entry in log.entries(db, branch_id):
                lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def _verdict(fault: Fault | None, name: str, count: int, language: str) -> str:
    if fault is None:
        return tell("log_ok", language, branch=name, count=count)
    key = {"cut": "log_cut", "anchor": "log_anchor"}.get(fault.reason, "log_bad")
    return tell(key, language, branch=name, number=fault.number, reason=fault.reason)


def _anchors(given: Sequence[str]) -> list[Anchor]:
    try:
        return [Anchor.read(each) for each in given]
    except NoAnchor as error:
        raise OperatorError(str(error)) from error


def _branches(db: Database, wanted: str, config: Config) -> Iterator[tuple[int, str]]:
    """Every branch, or the one that was named."""
    there = db.execute("SELECT id, name FROM branch ORDER BY id").fetchall()
    chosen = [(int(key), str(name)) for key, name in there if wanted in ("", str(key), name)]
    if not chosen:
        raise OperatorError(tell("which_branch", config.language, names="、".join(name for _, name in there)))
    yield from chosen


def _open(config: Config) -> Database:
    if not config.database.exists():
        raise OperatorError(tell("no_file", config.language, file=str(config.database)))
    return open_database(config.database)
