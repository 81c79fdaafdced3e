"""demo: a member says six things and the secretary asks three, with no person, microphone or browser."""

from __future__ import annotations

import asyncio
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.answer import Answer
from bot.app import App, open_app, voice_settings
from bot.commands.finding import find_person
from bot.commands.options import ConfigOption
from bot.commands.showing import show
from bot.console import OperatorError, at_the_edge, config_or_defaults, out, tell
from bot.demo import make_demo
from bot.turn import Incoming
from speech import work
from speech.contracts import Manner
from storage import log
from storage.database import open_database
from storage.members import Member

MEMBERS_VOICE = "zf_xiaoyi"
"""Who speaks for the member: never the product's own voice."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


@at_the_edge
def demo(
    folder: Annotated[Path, typer.Option("--out", help="Where the voice notes go; made anew.")] = Path("demo-talk"),
    config: ConfigOption = None,
) -> None:
    """Six spoken requests through the same entry as every channel, then the secretary's questions."""
    base = config_or_defaults(config)
    settings = base.model_copy(update={"data": base.data.model_copy(update={"folder": _fresh(folder)})})
    script = tomllib.loads(files("bot.demo").joinpath("script.toml").read_text(encoding="utf-8"))
    db = open_database(settings.database)
    make_demo(db, clock.now(), "wuxi")
    db.close()
    with open_app(settings) as app:
        member = find_person(app.db, script["member"])
        secretary = find_person(app.db, script["secretary"])
        out.print(tell("demo_title", name=member.name), style="bold")
        asyncio.run(_member(app, member, script["says"], folder))
        asyncio.run(_secretary(app, secretary, script["asks"]))
        for branch_id, name in app.db.execute("SELECT id, name FROM branch").fetchall():
            fault = log.verify(app.db, branch_id)
            if fault:
                raise OperatorError("log_bad", branch=name, number=fault.number, reason=fault.reason)
            out.print(tell("log_ok", branch=name, count=log.head(app.db, branch_id)[0]))
    out.print(tell("demo_files", folder=str(folder)))


async def _member(app: App, member: Member, sentences: list[str], folder: Path) -> None:
    """Speak each sentence in another voice, send the voice note, and print what came of it."""
    voice = replace(voice_settings(app.config), voice=MEMBERS_VOICE)
    for number, sentence in enumerate(sentences, 1):
        said = folder / f"{number}-{tell('file_said', 'zh')}.ogg"
        said.write_bytes(work.speak(sentence, voice, Manner(speed=0.9)))
        answer = await app.turn.take(Incoming("cli", f"demo-{number}", member.id, audio=said.read_bytes()))
        answered = folder / f"{number}-{tell('file_answered', 'zh')}.ogg"
        answered.write_bytes(await app.engines.speak(answer.spoken, member))
        for line in _told(answer, sentence, answered):
            out.print(line, markup=False)


async def _secretary(app: App, secretary: Member, questions: list[str]) -> None:
    for number, question in enumerate(questions, 1):
        out.print(f"\n❓ {question}", markup=False)
        answer = await app.turn.take(Incoming("cli", f"demo-ask-{number}", secretary.id, question))
        show(answer, None, as_json=False)


def _told(answer: Answer, sentence: str, file: Path) -> Iterator[str]:
    yield f"\n🗣  {sentence}"
    yield tell("heard", text=answer.heard)
    yield tell("understood", intent=answer.intent, slots=str(dict(answer.slots)))
    effects = ", ".join(f"{effect.kind} ({effect.table} {effect.id})" for effect in answer.effects)
    yield tell("done", effects=effects or "—")
    yield tell("answered", text=answer.text)
    yield tell("voice_note", file=str(file))


def _fresh(folder: Path) -> Path:
    """An empty folder for the demo's data, inside the one for its voice notes; only a demo's own is removed."""
    data = folder / "data"
    if data.exists():
        shutil.rmtree(data)
    data.mkdir(parents=True)
    return data.resolve()
