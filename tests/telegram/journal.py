"""What a bot asked of a Bot API server, call by call; both servers of these tests write one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Call:
    """One call of the bot."""

    method: str
    """sendMessage … or FILE for a download."""
    params: Mapping[str, str]
    """Its parameters as they were sent."""
    files: Mapping[str, bytes]
    """Its uploads, by parameter."""
    status: int
    """HTTP status of the answer; 0 where the connection was cut."""
    result: object
    """What was answered."""
    at: float = field(default_factory=time.monotonic)
    """When, on the monotonic clock."""

    @property
    def chat(self) -> int:
        """The chat it is for, 0 for none."""
        return int(self.params.get("chat_id", 0))

    @property
    def text(self) -> str:
        """The text of a message."""
        return self.params.get("text", "")


class Journal:
    """Every call, in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def of(self, method: str, chat: int = 0, status: int = 200) -> list[Call]:
        """The calls of one method that were answered so."""
        return [
            call
            for call in self.calls
            if call.method == method and call.status == status and (not chat or call.chat == chat)
        ]

    async def wait(
        self,
        method: str,
        when: Callable[[Call], bool] = lambda _: True,
        *,
        since: int = 0,
        within: float = 8.0,
        status: int = 200,
    ) -> Call:
        """The first such call after `since` calls; fails with what was called instead."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            for call in self.calls[since:]:
                if call.method == method and call.status == status and when(call):
                    return call
            await asyncio.sleep(0.01)
        seen = [(call.method, call.status, call.chat, call.text[:30]) for call in self.calls[since:]]
        raise AssertionError(f"no {method} in {within} s; there were {seen}")
