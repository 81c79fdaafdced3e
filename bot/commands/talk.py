"""say and ask: one turn through the same entry as every channel."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from bot import clock
from bot.answer import Answer
from bot.app import App, open_app
from bot.commands.finding import find_officer, find_person
from bot.commands.options import ConfigOption, JsonOption, NowOption
from bot.console import OperatorError, at_the_edge, out, print_line, read_config, tell
from bot.turn import Incoming
from dialogs.reply import Table
from storage import members
from storage.members import Member

LARGEST_FILE = 20 << 20
"""Bytes of a voice file; what Telegram lets a bot download, so the same everywhere."""
LONGEST_LINE = 10_000
"""Characters in a line of a table that goes into a file."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(say)
    app.command()(ask)


@at_the_edge
def say(
    who: Annotated[str, typer.Option("--as", help="Name or number of the member.")],
    text: Annotated[str, typer.Option(help="What is said.")] = "",
    voice: Annotated[Path | None, typer.Option(help="A voice message, any format.")] = None,
    reply_file: Annotated[Path | None, typer.Option("--out", help="Where the answer's voice note goes.")] = None,
    as_json: JsonOption = False,
    update_id: Annotated[str, typer.Option(help="Number of the message; the same again changes nothing.")] = "",
    now: NowOption = None,
    config: ConfigOption = None,
) -> None:
    """One turn: something is said, the branch acts and answers."""
    settings = read_config(config)
    if not text and voice is None:
        raise OperatorError("say_what")
    audio = read_voice_file(voice) if voice else None
    with open_app(settings, _clock(now)) as app:
        speaker = find_person(app.db, who)
        incoming = Incoming("cli", update_id or uuid.uuid4().hex, speaker.id, text, audio)
        answer, ogg = asyncio.run(_talk(app, incoming, speaker, spoken=reply_file is not None))
    if reply_file and ogg:
        reply_file.parent.mkdir(parents=True, exist_ok=True)
        reply_file.write_bytes(ogg)
    show(answer, reply_file if ogg else None, as_json=as_json)


@at_the_edge
def ask(
    question: Annotated[str, typer.Argument(help="The question in plain Chinese.")],
    who: Annotated[str, typer.Option("--as", help="Name or number of the secretary; else the one on duty.")] = "",
    picture: Annotated[
        Path | None, typer.Option(help="Where the answer's picture goes (PNG), where it has one.")
    ] = None,
    as_json: JsonOption = False,
    now: NowOption = None,
    config: ConfigOption = None,
) -> None:
    """A secretary's question, answered with the rows behind it."""
    settings = read_config(config)
    with open_app(settings, _clock(now)) as app:
        speaker = find_officer(app.db, who, app.clock())
        if not members.is_officer(app.db, speaker, app.clock()):
            raise OperatorError("only_officers", name=speaker.name)
        answer, _ = asyncio.run(
            _talk(app, Incoming("cli", uuid.uuid4().hex, speaker.id, question), speaker, spoken=False)
        )
    drawn = _draw(answer, picture) if picture else None
    show(answer, None, as_json=as_json, picture=drawn)


def _draw(answer: Answer, file: Path) -> Path | None:
    """Write the answer's picture; None where it has none."""
    if answer.chart is None:
        return None
    from bot import pictures

    try:
        png = pictures.draw(answer.chart)
    except pictures.NoChineseFont as error:
        raise OperatorError(str(error)) from error
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(png)
    return file


def read_voice_file(path: Path) -> bytes:
    """The bytes of a voice file. Raises OperatorError that names file and remedy."""
    if not path.is_file():
        raise OperatorError("no_file", file=str(path))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise OperatorError("too_big", file=str(path), size=size >> 20)
    return path.read_bytes()


def show(answer: Answer, reply_file: Path | None, *, as_json: bool, picture: Path | None = None) -> None:
    """Print an answer for people or for machines."""
    if as_json:
        print_json(answer, reply_file, picture)
        return
    if answer.heard:
        out.print(tell("heard", text=answer.heard), markup=False)
    out.print(answer.text, markup=False)
    if answer.table:
        _show_table(answer.table)
    if answer.entries:
        out.print(tell("entries", numbers="、".join(map(str, answer.entries))), markup=False)
    if picture:
        out.print(tell("picture", file=str(picture)), markup=False)
    if reply_file:
        out.print(tell("voice_note", file=str(reply_file)), markup=False)


def _show_table(table: Table) -> None:
    """Every word of it: on a screen long cells are folded, in a file or pipe lines are as long as need be."""
    grid = Grid()
    for name in table.columns:
        grid.add_column(name, overflow="fold")
    for row in table.rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    unlimited = out.options.update(max_width=LONGEST_LINE)
    wide = out if out.is_terminal else Console(file=out.file, width=out.measure(grid, options=unlimited).maximum)
    wide.print(grid)


def print_json(answer: Answer, reply_file: Path | None, picture: Path | None = None) -> None:
    """The answer as one JSON object: reply text, intent, slots, effects, rows, timings."""
    table = answer.table
    print_line(
        {
            "text": answer.text,
            "heard": answer.heard,
            "intent": answer.intent,
            "slots": dict(answer.slots),
            "effects": [asdict(effect) for effect in answer.effects],
            "buttons": [asdict(button) for button in answer.buttons],
            "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows] if table else [],
            "entries": list(answer.entries),
            "answered": answer.answered,
            "picture": str(picture) if picture else None,
            "voice": str(reply_file) if reply_file else None,
            "timings": dict(answer.timings),
        },
    )


async def _talk(app: App, incoming: Incoming, speaker: Member, *, spoken: bool) -> tuple[Answer, bytes | None]:
    answer = await app.turn.take(incoming)
    listener = members.member(app.db, speaker.id) or speaker  # 慢一点 may just have changed how they like it
    return answer, await app.engines.speak(answer.spoken, listener) if spoken else None


def _clock(moment: datetime | None) -> Callable[[], datetime]:
    return (lambda: moment) if moment else clock.now
