"""log: looking into the branch log, checking it, and erasing what a member said."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.commands.finding import books, branches, find_branch, find_person
from bot.commands.options import BranchOption, ConfigOption, JsonOption
from bot.console import OperatorError, at_the_edge, err, out, print_line, read_config, tell
from speech.voice_cache import VoiceCache
from storage import log
from storage.database import writing
from storage.erasing import erase_member
from storage.log import Anchor, Fault, search
from storage.recordings import Recordings

log_app = typer.Typer(help="The branch log.", no_args_is_help=True)
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
    anchors = [Anchor.read(each) for each in anchor or []]
    faults = 0
    with books(settings) as db:
        for branch_id, name in [find_branch(db, branch)] if anchors else branches(db, branch):
            fault = log.verify(db, branch_id, anchors)
            faults += fault is not None
            count, last = log.head(db, branch_id)
            if as_json:
                found = asdict(fault) if fault else None
                print_line({"branch": name, "count": count, "head": last, "fault": found})
            else:
                out.print(_verdict(fault, name, count), style="red" if fault else "", markup=False)
    if faults:
        raise typer.Exit(1)


@log_app.command("anchor")
@at_the_edge
def anchor(branch: BranchOption = "", config: ConfigOption = None) -> None:
    """What to keep elsewhere today: date/count/digits of every branch, to be given to `log verify --anchor` later."""
    with books(read_config(config)) as db:
        for branch_id, name in branches(db, branch):
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
    with books(read_config(config)) as db:
        found = [each for key, _ in branches(db, branch) for each in search.find(db, key, text, limit=count)]
    for each in found:
        out.print(f"{each.number}  {each.at}  {each.sentence}", markup=False)
    if not found:
        err.print(tell("nothing_found", words=text), markup=False)


@log_app.command("erase")
@at_the_edge
def erase(
    member: Annotated[str, typer.Argument(help="Name or number of the member.")],
    yes: Annotated[bool, typer.Option("--yes", help="Without this nothing is erased.")] = False,
    config: ConfigOption = None,
) -> None:
    """Erase what a member said, in writing and in sound; the chain stays whole. It cannot be undone."""
    settings = read_config(config)
    with books(settings) as db:
        person = find_person(db, member)
        if not yes:
            raise OperatorError("erase_sure", name=person.name)
        with writing(db):
            erased = erase_member(
                db, person, clock.now(), sentence=tell("erased_entry", "zh"), instead=tell("erased_instead", "zh"),
                actor_id=None, channel="cli",
            )  # fmt: skip
        log.settle(db)
        recordings = Recordings(db, settings.data.folder / "recordings")
        for file in erased.files:
            recordings.remove(file)
    VoiceCache(settings.data.folder / "cache" / "voice", limit=0).clear()  # what was said to the member is in there
    out.print(tell("erased", name=person.name, count=erased.entries, sounds=len(erased.files)), markup=False)
    if erased.open_cases:
        err.print(tell("erased_not_yet", name=person.name, count=erased.open_cases), style="yellow", markup=False)


@log_app.command("tail")
@at_the_edge
def tail(
    count: Annotated[int, typer.Option("-n", min=1, help="How many entries.")] = 20, config: ConfigOption = None
) -> None:
    """The last entries of every branch."""
    with books(read_config(config)) as db:
        last = [entry for branch_id, _ in branches(db) for entry in log.tail(db, branch_id, count)]
    for entry in last:
        out.print(f"{entry.number}  {entry.at}  {entry.sentence or '—'}", markup=False)
    if not last:
        err.print(tell("log_empty"), markup=False)


@log_app.command("export")
@at_the_edge
def export(
    file: Annotated[Path, typer.Argument(help="Where the entries go, one JSON object a line.")],
    config: ConfigOption = None,
) -> None:
    """Write every entry with its hash, so that it can be checked elsewhere; that it was done is an entry itself."""
    count = 0
    with books(read_config(config)) as db, file.open("w", encoding="utf-8") as lines:
        for branch_id, _ in branches(db):
            with writing(db):
                log.append(
                    db, branch_id=branch_id, at=clock.now(), kind="log_exported", channel="cli",
                    sentence=tell("exported_entry", "zh"),
                )  # fmt: skip
            for entry in log.entries(db, branch_id):
                lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
                count += 1
    out.print(tell("log_exported", count=count, file=str(file)), markup=False)


def _verdict(fault: Fault | None, name: str, count: int) -> str:
    if fault is None:
        return tell("log_ok", branch=name, count=count)
    key = {"cut": "log_cut", "anchor": "log_anchor"}.get(fault.reason, "log_bad")
    return tell(key, branch=name, number=fault.number, reason=fault.reason)
