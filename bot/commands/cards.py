"""cards: the invitations to print and hand out."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.app import App, open_app
from bot.cards import Card, write_cards
from bot.commands.finding import find_branch, find_person
from bot.commands.options import BranchOption, ConfigOption
from bot.console import OperatorError, at_the_edge, out, read_config, tell
from bot.fonts import chinese_font
from bot.progress import counted
from bot.telegram.enrolment import bot_name, enrolment_link, new_code
from bot.web.links import issue_links
from storage.members import Member

LASTS = timedelta(days=30)
"""A card lies in a drawer before somebody's grandchild comes to set the phone up."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(cards)


@at_the_edge
def cards(
    file: Annotated[Path, typer.Argument(help="The PDF to write: one A5 page a member.")],
    member: Annotated[list[str] | None, typer.Option("--member", help="Only these; all where none is named.")] = None,
    branch: BranchOption = "",
    config: ConfigOption = None,
) -> None:
    """Write invitation cards to print. A code for Telegram works once, for thirty days."""
    settings = read_config(config)
    font = chinese_font()
    if font is None:
        raise OperatorError("no_font")
    with open_app(settings) as app:
        branch_id, name = find_branch(app.db, branch)
        wanted = {find_person(app.db, each).id for each in member or ()}
        bot = asyncio.run(bot_name(app)) if settings.telegram.token.get_secret_value() else ""
        made = [
            Card(person.name, link, _chat(app, person, bot))
            for person, link in issue_links(app)
            if person.branch_id == branch_id and (not wanted or person.id in wanted)
        ]
    with counted(tell("making_cards"), len(made)) as step:
        write_cards(made, name, clock.now().date(), font, file, step)
    out.print(tell("cards_made", count=len(made), file=str(file)), markup=False)
    if not settings.web.public_url:
        out.print(tell("cards_local", address=settings.address), style="yellow", markup=False)


def _chat(app: App, person: Member, bot: str) -> str:
    return enrolment_link(bot, new_code(app.db, person, clock.now(), LASTS)) if bot else ""
