"""What a channel must be able to do to deliver messages, and what it means when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from storage.outbox import Button


class DeliveryError(Exception):
    """A message did not get through; the kinds below say what that means for the next try."""


class NotSent(DeliveryError):
    """It never reached the channel: trying again cannot double it."""


class PerhapsSent(DeliveryError):
    """The connection broke after the request: nobody knows."""


class Flooded(DeliveryError):
    """The channel wants a pause."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"pause of {seconds:g} s")
        self.seconds = seconds


class Refused(DeliveryError):
    """This chat takes no messages from us, now or later."""


class Unsendable(DeliveryError):
    """The channel will never take this message."""


class Courier(Protocol):
    """A channel's way of delivering. The sending methods raise a DeliveryError where they do not succeed."""

    def pieces(self, text: str) -> Sequence[str]:
        """A text in pieces as long as the channel takes them; at least one."""
        ...

    def speeches(self, spoken: str) -> Sequence[str]:
        """Words to be spoken in parts as long as a voice note may be; none where there are no words."""
        ...

    async def send_text(self, address: str, text: str, buttons: Sequence[Button]) -> str:
        """Send a text with buttons under it; returns the channel's own number for it."""
        ...

    async def send_picture(self, address: str, picture: bytes, caption: str) -> None:
        """Send a picture (PNG) with words under it. Raises Unsendable where the chat takes no pictures."""
        ...

    def recording(self, address: str) -> AbstractAsyncContextManager[None]:
        """Show, as far as the channel can, that a voice note is being made."""
        ...

    async def send_voice(self, address: str, sound: bytes) -> None:
        """Send a voice note (OGG/Opus). Raises Unsendable where the chat takes texts but no voice notes."""
        ...
