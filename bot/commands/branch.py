"""init, serve, links, invite: setting a branch up and keeping it open."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from bot import clock
from bot.app import open_app
from bot.commands.finding import find_person
from bot.commands.options import ConfigOption, NowOption
from bot.config import TOKEN_VARIABLE
from bot.console import OperatorError, at_the_edge, out, read_config, tell
from bot.demo import make_demo
from bot.example import example_config
from bot.serving import print_links, serve_everything
from bot.telegram.enrolment import issue_enrolment
from storage import log, members, offices
from storage.database import only_server, open_database, writing
from storage.profiles import load_profile


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(init)
    app.command()(serve)
    app.command()(links)
    app.command()(invite)


@at_the_edge
def init(
    folder: Annotated[Path, typer.Argument(help="Folder for the config and the branch's data.", metavar="DIR")],
    demo: Annotated[bool, typer.Option("--demo", help="With a branch of invented members.")] = False,
    profile: Annotated[str, typer.Option(help="The locality's rules.")] = "wuxi",
    name: Annotated[str, typer.Option(help="Name of the branch.")] = "",
    secretary: Annotated[str, typer.Option(help="Full name of the secretary.")] = "",
    now: NowOption = None,
) -> None:
    """Make a folder with a config and a database; in one that has a branch, --secretary fills an empty office."""
    load_profile(profile)
    moment = now or clock.now()
    folder.mkdir(parents=True, exist_ok=True)
    config_file = folder / "config.toml"
    if not config_file.exists():
        config_file.write_text(example_config(), encoding="utf-8")
    config = read_config(config_file)
    with closing(open_database(config.database)) as db:
        standing = db.execute("SELECT id FROM branch ORDER BY id").fetchone()
        branch_id = int(standing[0]) if standing else _found(db, moment, profile, name, demo=demo)
        appointed = bool(secretary) and not members.officers(db, branch_id, moment)
        if appointed:
            _appoint(db, branch_id, secretary, moment)
        nobody = not members.officers(db, branch_id, moment)
    said = "made" if not standing else "appointed" if appointed else "exists"
    out.print(tell(said, folder=str(folder), name=secretary), markup=False)
    if nobody:
        out.print(tell("no_officer"), style="yellow", markup=False)


def _found(db: Database, now: datetime, profile: str, name: str, *, demo: bool) -> int:
    if demo:
        return make_demo(db, now, profile)
    return members.add_branch(db, name or tell("branch_name", "zh"), profile, now)


def _appoint(db: Database, branch_id: int, secretary: str, now: datetime) -> None:
    """Somebody of the roster, or somebody new."""
    title = tell("secretary_title", "zh")
    with writing(db):
        there = members.named(db, branch_id, secretary)
        key = there[0].id if there else members.add_member(db, branch_id, secretary, now)
        offices.give(db, key, "secretary", title, 1, now.date())
        log.append(
            db,
            branch_id=branch_id,
            at=now,
            kind="office_given",
            sentence=tell("appointed_entry", "zh", name=secretary, title=title),
            member_id=key,
            channel="cli",
        )


@at_the_edge
def serve(config: ConfigOption = None) -> None:
    """Run every configured channel until stopped."""
    settings = read_config(config)
    with only_server(settings.data.folder), open_app(settings) as app:
        asyncio.run(serve_everything(app))


@at_the_edge
def links(config: ConfigOption = None) -> None:
    """Print everybody's page, and a new link to the desk for each who is on duty."""
    with open_app(read_config(config)) as app:
        print_links(app)


@at_the_edge
def invite(
    member: Annotated[str, typer.Argument(help="Name or number of the member.")], config: ConfigOption = None
) -> None:
    """Make a one-use link with which a member's Telegram chat is enrolled."""
    settings = read_config(config)
    if not settings.telegram.token.get_secret_value():
        raise OperatorError("no_token", variable=TOKEN_VARIABLE)
    with open_app(settings) as app:
        person = find_person(app.db, member)
        url = asyncio.run(issue_enrolment(app, person, clock.now()))
    out.print(tell("invite", name=person.name, url=url))
