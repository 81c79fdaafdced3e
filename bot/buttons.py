"""Buttons on a channel: a short handle goes out, and means only what was offered in that very chat."""

from __future__ import annotations

from sqlite_utils import Database

from storage import outbox
from storage.outbox import Button, Message


def handles(message: Message) -> list[Button]:
    """A message's buttons with a short handle in place of each value, which `pressed` turns back.

    A channel's button carries few bytes and can be forged.
    """
    return [Button(button.label, f"{message.id}.{index}") for index, button in enumerate(message.choices)]


def pressed(db: Database, channel: str, address: str, handle: str) -> Button | None:
    """The button that a handle stands for, or None where this chat was never offered it."""
    number, _, index = handle.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in (number, index)):
        return None
    message = outbox.message(db, int(number))
    if message is None or (message.channel, message.address) != (channel, address):
        return None
    return message.choices[int(index)] if int(index) < len(message.choices) else None
