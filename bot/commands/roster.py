"""roster: taking a roster over from a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot import clock
from bot.commands.finding import books, find_branch
from bot.commands.options import BranchOption, ConfigOption, JsonOption
from bot.console import OperatorError, at_the_edge, out, print_line, read_config, tell
from storage.database import writing
from storage.roster.reading import Heading, NoHeading, Roster, read_roster
from storage.roster.rows import Fault
from storage.roster.taking import Taken, check_roster, look_at_roster, take_roster
from storage.spreadsheet import SpreadsheetError, read_table

roster_app = typer.Typer(help="The branch's roster.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(roster_app, name="roster")


@roster_app.command("import")
@at_the_edge
def import_(
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv with one person a row, columns in any order.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, write nothing.")] = False,
    branch: BranchOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Take a roster over: shows what each column was taken for; with a single fault nothing is written."""
    with books(read_config(config)) as db:
        roster = _read(file)
        branch_id, _ = find_branch(db, branch)
        faults = check_roster(db, branch_id, roster)
        taken = None if faults else _take(db, branch_id, roster, dry_run)
    if as_json:
        found = {"heading": asdict(roster.heading), "faults": [asdict(fault) for fault in faults]}
        print_line({**found, "taken": asdict(taken) if taken else None})
    else:
        _show_heading(roster.heading)
        _show(faults, taken, dry_run)
    if faults:
        raise typer.Exit(1)


def _read(file: Path) -> Roster:
    if not file.is_file():
        raise OperatorError("no_file", file=str(file))
    try:
        return read_roster(read_table(file.read_bytes()), clock.now().year)
    except SpreadsheetError as error:
        raise OperatorError(f"sheet_{error.kind}", file=str(file)) from error
    except NoHeading as error:
        raise OperatorError("roster_no_heading", file=str(file)) from error


def _take(db: Database, branch_id: int, roster: Roster, dry_run: bool) -> Taken:
    if dry_run:
        return look_at_roster(db, branch_id, roster)
    with writing(db):
        return take_roster(db, branch_id, roster, clock.now(), None)


def _show_heading(heading: Heading) -> None:
    for field, name in heading.names.items():
        out.print(tell("roster_column", field=tell(f"field_{field}"), name=name), markup=False)
    if heading.left_out:
        out.print(tell("roster_left_out", names="、".join(heading.left_out)), markup=False)


def _show(faults: tuple[Fault, ...], taken: Taken | None, dry_run: bool) -> None:
    if faults:
        out.print(tell("roster_faults", count=len(faults)), style="red", markup=False)
    for fault in faults:
        what = tell(f"roster_fault_{fault.kind}", value=fault.value)
        column = tell(f"field_{fault.column}")
        out.print(tell("roster_fault", row=fault.row, column=column, what=what), markup=False)
    if taken:
        said = tell(
            "roster_look" if dry_run else "roster_taken",
            added=len(taken.added),
            added_names="、".join(taken.added) or "—",
            changed=len(taken.changed),
            changed_names="、".join(taken.changed) or "—",
            unchanged=taken.unchanged,
        )
        out.print(said, markup=False)
