"""The third-party emulator lo-bot-api-emulator, unmodified, in this process behind the recording proxy."""

from __future__ import annotations

import itertools
import time
from contextlib import AsyncExitStack

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.telegram.fake_bot_api import Params
from tests.telegram.recording_proxy import RecordingProxy

TOKEN = "123456789:AAE-emulated_emulated_emulated_emu1"


class Emulated:
    """What `FakeBotApi` lets people do, on the emulator."""

    token = TOKEN

    def __init__(self) -> None:
        self._emulator = LoBotApiEmulator(max_updates=10_000, max_assets=1000)
        self._stack = AsyncExitStack()
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Emulated:
        runner = web.AppRunner(self._emulator.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.journal = await self._stack.enter_async_context(
            RecordingProxy(f"http://127.0.0.1:{runner.addresses[0][1]}")
        )
        self.wait, self.of = self.journal.wait, self.journal.of
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @property
    def calls(self) -> list[object]:
        """What the bot asked so far."""
        return list(self.journal.calls)

    @property
    def base_url(self) -> str:
        """For `telegram.base_url`."""
        return f"http://127.0.0.1:{self.journal.port}/bot"

    @property
    def base_file_url(self) -> str:
        """For `telegram.base_file_url`."""
        return f"http://127.0.0.1:{self.journal.port}/file/bot"

    def message(self, chat: Params, sender: Params, **content: object) -> Params:
        """A message as a chat shows it."""
        number = next(self._numbers)
        return {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, **content}

    async def send(self, **update: Params) -> int:
        """Something that happens in a chat reaches the bot."""
        return int(await self._emulator.enqueue_update(update, token=self.token))

    async def press(self, sender: Params, message: Params, data: str) -> int:
        """A button under a message is pressed."""
        query = f"q{next(self._numbers)}"
        content = {"id": query, "from": sender, "chat_instance": "1", "data": data, "message": message}
        return await self.send(callback_query=content)

    def keep_file(self, data: bytes) -> Params:
        """A file that a person has uploaded."""
        reference = f"user-voice-{next(self._numbers)}"
        self._emulator.assets[reference] = {"filename": "voice.ogg", "data": data, "size": len(data)}
        return {"file_id": reference, "file_unique_id": reference, "file_size": len(data)}
