"""say and ask: one turn through the same entry as every channel."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.answer import Answer
from bot.app import App, open_app
from bot.commands.finding import find_officer, find_person
from bot.commands.options import ConfigOption, JsonOption, NowOption
from bot.commands.showing import show
from bot.console import OperatorError, at_the_edge, read_config
from bot.turn import Incoming
from storage import members
from storage.members import Member

LARGEST_FILE = 20 << 20
"""Bytes of a voice file; what Telegram lets a bot download, so the same everywhere."""


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


async def _talk(app: App, incoming: Incoming, speaker: Member, *, spoken: bool) -> tuple[Answer, bytes | None]:
    answer = await app.turn.take(incoming)
    listener = members.member(app.db, speaker.id) or speaker  # 慢一点 may just have changed how they like it
    return answer, await app.engines.speak(answer.spoken, listener) if spoken else None


def _clock(moment: datetime | None) -> Callable[[], datetime]:
    return (lambda: moment) if moment else clock.now
