"""What goes out, as a row: a message, the choices under it, and when it is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Lane = Literal["alert", "reply", "routine"]
COLUMNS = (
    "id, lane, member_id, channel, address, text, spoken, buttons, recording_id, case_id, created_at, due_at, state, "
    "text_sent_at, attempts, chart, after_id"
)
"""Of a row, as a `Message` has them."""


@dataclass(frozen=True)
class Button:
    """A choice offered under a message."""

    label: str
    """What it says."""
    value: str
    """What a press means: words, as if they had been spoken, or an act such as ack:12."""


@dataclass(frozen=True)
class Message:
    """Something to be delivered."""

    id: int
    """Key."""
    lane: str
    """alert, reply or routine."""
    member_id: int | None
    """To whom."""
    channel: str
    """telegram or desk."""
    address: str
    """The chat on that channel."""
    text: str
    """What it says."""
    spoken: str
    """What is sent as a voice note besides; empty for none."""
    buttons: str
    """The choices, as JSON."""
    recording_id: int | None
    """A member's own voice message to send along."""
    case_id: int | None
    """The care case it is about."""
    created_at: str
    """ISO local."""
    due_at: str
    """ISO local: not to be tried before."""
    state: str
    """waiting, sent, failed, or cancelled because somebody has taken the case."""
    text_sent_at: str | None
    """When the text went out, while the voice note may still wait."""
    attempts: int
    """Tries so far."""
    chart: str
    """A picture to be drawn and sent, as JSON, with `text` under it; empty for a message of words."""
    after_id: int | None
    """The message of words that goes out before the picture."""

    @property
    def choices(self) -> tuple[Button, ...]:
        """The buttons under it."""
        return tuple(Button(**choice) for choice in json.loads(self.buttons))


def stamp(moment: datetime) -> str:
    """A moment as it stands in a row: ISO local, in whole seconds."""
    return moment.isoformat(timespec="seconds")
