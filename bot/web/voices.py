"""Spoken answers between the moment they are known and the moment the page fetches them.

An answer is spoken sentence by sentence, so that the first can be heard while the next is being made: a voice that
makes ten seconds of speech in five would otherwise leave an old person waiting in silence. The first is begun as soon
as the answer is known, each further one when the page fetches the one before: a page that has gone costs nothing.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from speech.contracts import SpeechError
from storage.members import Member

Speak = Callable[[str, Member], Awaitable[bytes]]
"""Words and listener to OGG/Opus."""

logger = logging.getLogger(__name__)

KEPT = 200
"""Answers whose voice is kept; a page fetches its own within seconds."""
SHORTEST = 12
"""Characters of the shortest part; a mere 好的。 sounds better with what follows."""
WHOLE = 0
"""Number of the part that is the whole answer."""
_SENTENCE = re.compile(r"[^。！？!?；]*[。！？!?；]+[”’」』）]*|[^。！？!?；]+$")


@dataclass(frozen=True)
class _Spoken:
    member: Member
    text: str
    sentences: list[str]
    parts: list[asyncio.Task[bytes]] = field(default_factory=list)


class Voices:
    """The latest answers, each under a handle that nobody can guess."""

    def __init__(self, speak: Speak) -> None:
        self._speak = speak
        self._kept: OrderedDict[str, _Spoken] = OrderedDict()

    def start(self, text: str, member: Member, parts: Sequence[str] | None = None) -> tuple[str, int]:
        """Begin to speak an answer, in these parts or in its sentences; returns its handle and the number of parts.

        Who says something new has heard enough of the old answer: what is not yet made of it is not made any more,
        so that the voices of others, and what people say, wait less.
        """
        for older in self._kept.values():
            if older.member.id == member.id:
                _end(older)
        spoken = _Spoken(member, text, sentences(text) if parts is None else list(parts))
        self._begin(spoken, 1)
        handle = secrets.token_urlsafe(16)
        self._kept[handle] = spoken
        while len(self._kept) > KEPT:
            _, oldest = self._kept.popitem(last=False)
            _end(oldest)
        return handle, len(spoken.sentences)

    async def get(self, handle: str, part: int, member: Member) -> bytes | None:
        """A part of this member's answer (1, 2, …, or WHOLE) as OGG/Opus; None where there is none."""
        spoken = self._kept.get(handle)
        if spoken is None or spoken.member.id != member.id or part > len(spoken.sentences):
            return None
        try:
            if part == WHOLE:
                return await self._speak(spoken.text, spoken.member)
            self._begin(spoken, part + 1)
            making = spoken.parts[part - 1]
            await asyncio.wait([making])
            return None if making.cancelled() else making.result()
        except SpeechError as error:  # the answer stands on the page in writing
            logger.warning("an answer could not be spoken: %s", type(error).__name__)
            return None

    def close(self) -> None:
        """Stop what is still being made."""
        for spoken in self._kept.values():
            _end(spoken)
        self._kept.clear()

    def _begin(self, spoken: _Spoken, count: int) -> None:
        """See that the first `count` parts are being made."""
        while len(spoken.parts) < min(count, len(spoken.sentences)):
            before = spoken.parts[-1] if spoken.parts else None
            part = asyncio.create_task(self._after(before, spoken.sentences[len(spoken.parts)], spoken.member))
            part.add_done_callback(_look_at)
            spoken.parts.append(part)

    async def _after(self, before: asyncio.Task[bytes] | None, sentence: str, member: Member) -> bytes:
        if before is not None:  # one after the other, so that nobody's long answer takes every worker
            await asyncio.wait([before])
        return await self._speak(sentence, member)


def sentences(text: str) -> list[str]:
    """The text in parts to be spoken one after the other, none much shorter than SHORTEST; joined they are the text."""
    parts: list[str] = []
    for sentence in _SENTENCE.findall(text):
        if parts and len(parts[-1]) < SHORTEST:
            parts[-1] += sentence
        else:
            parts.append(sentence)
    if len(parts) > 1 and len(parts[-1]) < SHORTEST:
        last = parts.pop()
        parts[-1] += last
    return parts


def _end(spoken: _Spoken) -> None:
    """Make no more of an answer than has been made."""
    del spoken.sentences[len(spoken.parts) :]
    for part in spoken.parts:
        part.cancel()


def _look_at(part: asyncio.Task[bytes]) -> None:
    """A voice that fails while no page asks for it is no error of the server."""
    if not part.cancelled():
        part.exception()
