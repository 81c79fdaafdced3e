"""The same talk on the web page, on Telegram and on the command line: the same answers, the same database."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import httpx
import pytest
from pydantic import SecretStr, TypeAdapter
from typer.testing import CliRunner

from bot import cli
from bot.app import open_app
from bot.config import Config, DataConfig, TelegramConfig, WebConfig
from bot.telegram.running import run_telegram
from bot.web.links import issue_links
from bot.web.site import site
from speech.models import default_models_folder
from storage import members
from storage.database import reading_copy
from tests.bot.conftest import NOW
from tests.conversations.stage import A_WHILE
from tests.conversations.talks import Line, Talk, read_folder
from tests.prepared import demo_database
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.people import Person

TALKS = [talk for talk in read_folder(Path(__file__).parent) if talk.everywhere]
NO_MODELS = default_models_folder().parent / "none"
"""An empty store: answers are texts, and nobody waits for a voice."""
CHAT = 7001


class Member(Protocol):
    """Somebody at one channel: says a thing, and is answered with a text and the labels of buttons."""

    async def say(self, text: str, now: datetime) -> tuple[str, list[str]]: ...

    async def press(self, label: str, now: datetime) -> tuple[str, list[str]]: ...


@dataclass(frozen=True)
class Labelled:
    """A button of a Telegram message."""

    text: str


@dataclass(frozen=True)
class Keyboard:
    """The buttons of a Telegram message, row by row."""

    inline_keyboard: tuple[tuple[Labelled, ...], ...] = ()


@dataclass(frozen=True)
class Message:
    """What a Telegram message holds besides its text."""

    reply_markup: Keyboard = field(default_factory=Keyboard)


MESSAGES = TypeAdapter(Message)


class OnTheWebPage:
    """Through the handler of the member's page."""

    def __init__(self, http: httpx.AsyncClient, path: str, clock: list[datetime]) -> None:
        self._http, self._path, self._clock = http, path, clock
        self._numbers = itertools.count(1)
        self._buttons: list[dict[str, str]] = []

    async def say(self, text: str, now: datetime) -> tuple[str, list[str]]:
        self._clock[0] = now
        form = {"update_id": (None, f"number-of-this-{next(self._numbers)}"), "text": (None, text)}
        answer = (await self._http.post(f"{self._path}/say", files=form)).json()
        self._buttons = answer["buttons"]
        return answer["text"], [button["label"] for button in self._buttons]

    async def press(self, label: str, now: datetime) -> tuple[str, list[str]]:
        return await self.say(next(each["value"] for each in self._buttons if label in each["label"]), now)


class OnTelegram:
    """Through the bot, against our own Bot API server."""

    def __init__(self, api: FakeBotApi, clock: list[datetime]) -> None:
        self._api, self._clock = api, clock
        self._phone = Person(api, CHAT, "somebody")

    async def say(self, text: str, now: datetime) -> tuple[str, list[str]]:
        self._clock[0] = now
        before = len(self._api.calls)
        await self._phone.says(text)
        return await self._answer(before)

    async def press(self, label: str, now: datetime) -> tuple[str, list[str]]:
        self._clock[0] = now
        before = len(self._api.calls)
        await self._phone.presses(label)
        return await self._answer(before)

    async def _answer(self, since: int) -> tuple[str, list[str]]:
        call = await self._api.wait("sendMessage", lambda call: call.chat == CHAT, since=since)
        message = MESSAGES.validate_python(call.result)
        return call.text, [button.text for row in message.reply_markup.inline_keyboard for button in row]


class AtTheCommandLine:
    """Through `nuanyang say`."""

    def __init__(self, config: Path, name: str) -> None:
        self._config, self._name = config, name
        self._buttons: list[dict[str, str]] = []

    async def say(self, text: str, now: datetime) -> tuple[str, list[str]]:
        command = ["say", "--as", self._name, "--text", text, "--json", "--now", now.isoformat()]
        result = await asyncio.to_thread(CliRunner().invoke, cli.app, [*command, "--config", str(self._config)])
        assert result.exit_code == 0, result.output
        answer = json.loads(result.stdout)
        self._buttons = answer["buttons"]
        return answer["text"], [button["label"] for button in self._buttons]

    async def press(self, label: str, now: datetime) -> tuple[str, list[str]]:
        return await self.say(next(each["value"] for each in self._buttons if label in each["label"]), now)


def branch(folder: Path) -> Config:
    """A demo branch on disk and its config, with the command line's copy of it."""
    config = Config(data=DataConfig(folder=folder / "data", models=NO_MODELS))
    demo_database(config.database, NOW)
    (folder / "config.toml").write_text(
        f'[data]\nfolder = "{config.data.folder}"\nmodels = "{NO_MODELS}"\n', encoding="utf-8"
    )
    return config


@asynccontextmanager
async def on_the_web_page(folder: Path, name: str) -> AsyncIterator[Member]:
    clock = [NOW]
    with open_app(branch(folder), lambda: clock[0]) as app:
        page = httpx.URL({person.name: link for person, link in issue_links(app)}[name]).path
        web = site(app)
        transport = httpx.ASGITransport(app=web)
        async with (
            web.router.lifespan_context(web),
            httpx.AsyncClient(transport=transport, base_url=app.config.address) as http,
        ):
            yield OnTheWebPage(http, page, clock)


@asynccontextmanager
async def on_telegram(folder: Path, name: str) -> AsyncIterator[Member]:
    clock, stop = [NOW], asyncio.Event()
    async with FakeBotApi() as api:
        server = TelegramConfig(token=SecretStr(api.token), base_url=api.base_url, base_file_url=api.base_file_url)
        config = branch(folder).model_copy(update={"telegram": server, "web": WebConfig()})
        with open_app(config, lambda: clock[0]) as app:
            members.add_contact(app.db, members.find(app.db, name)[0].id, "telegram", str(CHAT), NOW)
            job = asyncio.create_task(run_telegram(app, stop))
            try:
                yield OnTelegram(api, clock)
            finally:
                stop.set()
                await asyncio.wait_for(job, 20)


@asynccontextmanager
async def at_the_command_line(folder: Path, name: str) -> AsyncIterator[Member]:
    branch(folder)
    yield AtTheCommandLine(folder, name)


CHANNELS = {"web": on_the_web_page, "telegram": on_telegram, "cli": at_the_command_line}


async def held(at: AbstractAsyncContextManager[Member], lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """Every answer of the talk, with the labels of its buttons."""
    now, answers = NOW, []
    async with at as member:
        for line in lines:
            now += A_WHILE
            said = member.press(line.press, now) if line.press else member.say(line.says, now)
            answers.append(await said)
    return answers


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_the_same_talk_is_the_same_everywhere(talk: Talk, tmp_path: Path) -> None:
    answers, rows = {}, {}
    for channel, place in CHANNELS.items():
        folder = tmp_path / channel
        folder.mkdir()
        answers[channel] = await held(place(folder, talk.by), talk.lines)
        db = reading_copy(folder / "data" / "nuanyang.db")
        queries = [query for line in talk.lines for query in line.holds]
        rows[channel] = [[list(row) for row in db.execute(query)] for query in queries]
    assert answers["web"] == answers["telegram"] == answers["cli"]
    assert rows["web"] == rows["telegram"] == rows["cli"]


def test_everything_a_member_does_is_among_them() -> None:
    """Something said, something pressed, a danger, a read-back and a document."""
    assert len(TALKS) >= 5
    assert any(line.press for talk in TALKS for line in talk.lines)
    assert {line.intent for talk in TALKS for line in talk.lines} >= {"care_emergency", "document_listen"}
    assert all(line.says or line.press for talk in TALKS for line in talk.lines)
    assert all(line.by == talk.by for talk in TALKS for line in talk.lines), "one member, in writing, at one go"
