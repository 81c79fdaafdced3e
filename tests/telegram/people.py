"""People with a phone: they write, speak, press buttons, and see what the bot sends them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from tests.telegram.fake_bot_api import Params
from tests.telegram.journal import Call


class Api(Protocol):
    """A Bot API server as people use it; our fake and the emulator both are."""

    token: str

    @property
    def base_url(self) -> str: ...

    @property
    def base_file_url(self) -> str: ...

    async def send(self, **update: Params) -> int: ...

    async def press(self, sender: Params, message: Params, data: str) -> int: ...

    def message(self, chat: Params, sender: Params, **content: object) -> Params: ...

    def keep_file(self, data: bytes) -> Params: ...

    def of(self, method: str, chat: int = 0, status: int = 200) -> list[Call]: ...

    async def wait(
        self,
        method: str,
        when: Callable[[Call], bool] = ...,
        *,
        since: int = 0,
        within: float = 8.0,
        status: int = 200,
    ) -> Call: ...


class Person:
    """One account and its private chat with the bot."""

    def __init__(self, api: Api, number: int, name: str) -> None:
        self.api = api
        self.number = number
        self.account: Params = {"id": number, "is_bot": False, "first_name": name}
        self.chat: Params = {"id": number, "type": "private", "first_name": name}

    async def says(self, text: str) -> int:
        """Write; a command as phones mark it."""
        marks: dict[str, Any] = {}
        command = re.match(r"/\w+", text)
        if command:
            marks["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        return await self.sends(text=text, **marks)

    async def speaks(self, sound: bytes) -> int:
        """Hold the button and speak."""
        file = self.api.keep_file(sound)
        return await self.sends(voice={**file, "duration": 3, "mime_type": "audio/ogg"})

    async def sends(self, **content: object) -> int:
        """Send a message of any kind."""
        return await self.api.send(message=self.api.message(self.chat, self.account, **content))

    async def presses(self, label: str) -> int:
        """Press a button that the bot has sent."""
        for call in reversed(self.api.of("sendMessage", self.number)):
            message: Any = call.result
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"]:
                        return await self.api.press(self.account, message, button["callback_data"])
        raise AssertionError(f"no button {label}")

    async def reads(self, words: str = "", *, since: int = 0, within: float = 8.0) -> str:
        """The first text in this chat that holds these words."""
        call = await self.api.wait(
            "sendMessage", lambda call: call.chat == self.number and words in call.text, since=since, within=within
        )
        return call.text

    async def hears(self, *, since: int = 0, within: float = 90.0) -> bytes:
        """The first voice note in this chat."""
        call = await self.api.wait("sendVoice", lambda call: call.chat == self.number, since=since, within=within)
        return call.files["voice"]

    async def sees(self, *, since: int = 0, within: float = 30.0) -> Call:
        """The first picture in this chat."""
        return await self.api.wait("sendPhoto", lambda call: call.chat == self.number, since=since, within=within)

    @property
    def texts(self) -> list[str]:
        """Everything written to this chat."""
        return [call.text for call in self.api.of("sendMessage", self.number)]
