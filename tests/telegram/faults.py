"""What can go wrong between a bot and Telegram."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Fault:
    """Something that goes wrong."""

    method: str
    """Methods it strikes, as a regular expression; FILE for downloads."""
    times: int = 1
    """How often it still strikes."""
    status: int = 0
    """Answer with this status instead."""
    body: bytes | None = None
    """With this body, which need not be JSON."""
    parameters: Mapping[str, int] = field(default_factory=dict)
    """retry_after, migrate_to_chat_id."""
    description: str = "injected"
    """What the answer says."""
    drop: str = ""
    """Cut the connection: "before" or "after" doing what was asked."""
    delay: float = 0.0
    """Wait so many seconds first."""
    chat: int = 0
    """Only calls for this chat."""
