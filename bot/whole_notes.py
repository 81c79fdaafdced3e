"""What was spoken ahead is heard in one piece: a chapter is one voice message, not twenty."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from storage.members import Member

Kept = Callable[[str, Member], Awaitable[bool]]
"""Whether these words are spoken already, as one voice note, in the manner this member likes."""

LEAST = 60
"""Characters below which it makes no difference."""
LINES_BEFORE = 3
"""Lines that may stand before a chapter: where the reading goes on, news."""


async def in_parts(text: str, member: Member, kept: Kept, split: Callable[[str], Sequence[str]]) -> list[str]:
    """The text in parts of one voice note each: what is spoken already whole, the rest as `split` has it."""
    at = 0
    for _ in range(LINES_BEFORE + 1):
        if len(text) - at < LEAST:
            break
        if await kept(text[at:], member):
            return [*(split(text[:at]) if at else ()), text[at:]]
        at = text.find("\n", at) + 1
        if not at:
            break
    return list(split(text))
