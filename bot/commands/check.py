"""check: the locality's rules applied to the branch's books."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table
from sqlite_utils import Database

from bot import clock
from bot.commands.finding import books, find_branch
from bot.commands.options import BranchOption, ConfigOption, JsonOption
from bot.console import at_the_edge, out, print_line, read_config, tell
from dialogs import rules
from storage import log
from storage.checks import Finding, check_branch
from storage.database import writing
from storage.profiles import Rule, load_profile
from storage.settings import profile_of

STYLES = {"unmet": "red", "unknown": "yellow", "met": ""}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


@at_the_edge
def check(
    profile: Annotated[
        str, typer.Option("--profile", help="Rules of which locality.", show_default="the branch's own", metavar="NAME")
    ] = "",
    branch: BranchOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Every rule of the locality against the branch's books: met, not met, not known; with source and remedy."""
    now = clock.now()
    with books(read_config(config)) as db:
        branch_id, name = find_branch(db, branch)
        rules_of = load_profile(profile) if profile else profile_of(db, branch_id)
        found = check_branch(db, branch_id, rules_of, now)
        _log(db, branch_id, now)
    if as_json:
        findings = [{**asdict(each), "own": each.own} for each in found]
        told = {"branch": name, "profile": rules_of.key, "at": now.isoformat(timespec="seconds"), "findings": findings}
        print_line(told)
        return
    table = Table(title=f"{name} · {rules_of.name}", show_lines=True)
    for column in tell("check_columns").split("|"):
        table.add_column(column, overflow="fold")
    for each in found:
        table.add_row(*_row(each), style=STYLES[each.state])
    out.print(table, soft_wrap=False)


def _row(finding: Finding) -> tuple[str, ...]:
    source = rules.source(Rule(finding.value, finding.document, finding.clause))
    entries = "、".join(str(number) for number in finding.entries)
    state = tell(f"check_{finding.state}")
    return finding.title, state, finding.said, finding.remedy, source, entries


def _log(db: Database, branch_id: int, now: datetime) -> None:
    """It names who was to be visited: that it was read is an entry."""
    with writing(db):
        sentence = tell("checked_entry", "zh")
        log.append(db, branch_id=branch_id, at=now, kind="read_check", sentence=sentence, channel="cli")
