"""Hearing and speaking off the event loop; whoever is being heard or answered goes before what can wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TypeVar, TypeVarTuple

from speech import work
from speech.contracts import Heard, Hints, Manner, SpeechError
from speech.work import HearingSettings, VoiceSettings
from storage.members import Member

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

QUIET_SECONDS = 0.1
"""How often work that can wait looks whether somebody is being answered."""


class Engines:
    """The recogniser and the voice, as configured, on the workers of an executor."""

    def __init__(self, executor: Executor, hearing: HearingSettings, voice: VoiceSettings) -> None:
        self._executor = executor
        self._hearing = hearing
        self._voice = voice
        self._live = 0
        """Members who are being heard or answered at this moment."""

    async def warm(self) -> None:
        """Load both engines, so that the first member of the day does not wait for it. Raises ModelMissing."""
        await self._run(work.recogniser, self._hearing)
        await self._run(work.speaker, self._voice)

    async def hear(self, audio: bytes, hints: Hints) -> Heard:
        """What is said in a recording of any format. Raises SpeechError."""
        with self._somebody_waits():
            return await self._run(work.hear, audio, self._hearing, hints)

    async def speak(self, text: str, member: Member) -> bytes:
        """The words as a voice note (OGG/Opus), in the manner this member likes. Raises SpeechError."""
        with self._somebody_waits():
            return await self._run(work.speak, text, self._voice, _manner(member))

    async def kept(self, text: str, member: Member) -> bool:
        """Whether these words are spoken already, as one voice note; never where there is no voice.

        Looked up beside the workers: an answer waits.
        """
        try:
            return await asyncio.to_thread(work.note_kept, text, self._voice, _manner(member))
        except SpeechError:  # the words are read all the same, and `speak` says what is missing
            return False

    async def speak_ahead(self, text: str, member: Member, longest: float) -> int:
        """Speak a text before anybody asks for it, a clause at a time, so that whoever speaks now waits for one clause.

        Returns the bytes of a new voice note; 0 where there is one already, or where it would be longer than `longest`
        seconds and is left in clauses. Raises VoiceFailed and ModelMissing.
        """
        await self._run(work.speaker, self._voice)
        if await self.kept(text, member):
            return 0
        seconds, number, count = 0.0, 0, 1
        while number < count:
            while self._live:  # who speaks now goes first
                await asyncio.sleep(QUIET_SECONDS)
            made = await self._run(work.make_clause, text, number, self._voice, _manner(member))
            seconds, number, count = seconds + made.seconds, number + 1, made.count
            if seconds > longest:
                return 0
        return await self._run(work.finish_note, text, self._voice, _manner(member))

    @contextmanager
    def _somebody_waits(self) -> Iterator[None]:
        self._live += 1
        try:
            yield
        finally:
            self._live -= 1

    async def _run(self, function: Callable[[*Arguments], Result], *args: *Arguments) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *args)


def _manner(member: Member) -> Manner:
    return Manner(speed=member.speed, loudness=member.loudness)
