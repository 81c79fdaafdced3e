"""The way of a turn, from top to bottom. Start reading here.

    channel -> inbox -> recognise -> understand -> dialogue -> one commit -> reply -> voice -> channel

Every channel (Telegram, web page, command line) makes an `Incoming` and calls `Turn.take`; nothing else acts. The voice
is made by `Engines.speak` when the words are out already.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from bot.answer import Answer
from bot.engines import Engines
from bot.replying import put_answer
from dialogs.listening import asks_for_sum, expected_words, likely_phrases, usual_words
from dialogs.manager import Manager
from dialogs.reply import Unheard
from dialogs.scene import Utterance
from dialogs.understanding.meaning import Said
from speech.contracts import AudioTooLarge, Hints, NothingHeard, SpeechError, UnreadableAudio
from storage import inbox, members
from storage.database import writing
from storage.inbox import Received
from storage.recordings import Recordings

logger = logging.getLogger(__name__)

LONGEST_RECOGNITION = 90.0
"""Seconds after which a recording goes to a human unheard."""


class UnknownPersonError(Exception):
    """The message is from nobody whom the branch knows."""


@dataclass(frozen=True)
class Incoming:
    """One message of one person, on any channel."""

    channel: str
    """telegram, web or cli."""
    update_id: str
    """The channel's own number for it, unique in the channel; a second delivery carries the same."""
    member_id: int
    """Who sends it."""
    text: str = ""
    """What was written or pressed; empty for a voice message."""
    audio: bytes | None = None
    """The voice message as it came."""
    address: str = ""
    """The chat to which the outbox delivers the answer; empty where the caller takes it from `take`."""


class Turn:
    """Everything a turn passes through, wired once."""

    def __init__(
        self,
        db: Database,
        recordings: Recordings,
        manager: Manager,
        engines: Engines,
        clock: Callable[[], datetime],
        committed: Callable[[], None],
    ) -> None:
        """`committed` is called after every commit: what is due or to be delivered does not wait for the next look."""
        self._db = db
        self._recordings = recordings
        self._manager = manager
        self._engines = engines
        self._clock = clock
        self._committed = committed
        self._queues: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take(self, incoming: Incoming) -> Answer:
        """One thing said, one answer. The same update again gives the same answer and changes nothing."""
        async with self._queues[incoming.member_id]:  # two messages of one member are handled in order
            received = self._store(incoming)
            if received.answer is not None:
                return Answer.from_json(received.answer)
            started = time.perf_counter()
            said = await self._recognise(incoming, self._expected(incoming.member_id))
            recognised = time.perf_counter()
            answer = self._respond(incoming, received, said)
            timings = {
                "recognise_ms": round((recognised - started) * 1000, 1),
                "respond_ms": round((time.perf_counter() - recognised) * 1000, 1),
            }
            return replace(answer, timings=timings)

    def _store(self, incoming: Incoming) -> Received:
        """Inbox: the message is durable before anything is done with it."""
        now = self._clock()
        with writing(self._db):
            recording_id = self._recordings.keep(incoming.audio, now) if incoming.audio else None
            received = inbox.accept(
                self._db,
                incoming.channel,
                incoming.update_id,
                now,
                raw=json.dumps({"text": incoming.text}, ensure_ascii=False),
                member_id=incoming.member_id,
                recording_id=recording_id,
            )
            if recording_id is not None and received.recording_id is None:
                inbox.keep_recording(self._db, received.id, recording_id)
                received = replace(received, recording_id=recording_id)
        return received

    def _expected(self, member_id: int) -> Hints:
        """What this person may say now, for the recogniser."""
        speaker = members.member(self._db, member_id)
        if speaker is None:
            return Hints()
        return Hints(
            prompt=expected_words(self._db, speaker),
            likely=likely_phrases(self._db, speaker),
            usual=usual_words(self._db, speaker, self._clock()),
            asked="amount" if asks_for_sum(self._db, speaker) else "",
        )

    async def _recognise(self, incoming: Incoming, hints: Hints) -> Said | Unheard:
        """Recognise: sound to words. What goes wrong is a reason, never the end of the turn."""
        if incoming.audio is None:
            return Said(incoming.text)
        try:
            async with asyncio.timeout(LONGEST_RECOGNITION):
                heard = await self._engines.hear(incoming.audio, hints)
        except UnreadableAudio:
            return Unheard("unreadable")
        except AudioTooLarge:
            return Unheard("too_large")
        except (SpeechError, TimeoutError) as error:
            logger.error("recognition failed: %s", type(error).__name__)
            return Unheard("failed")
        if isinstance(heard, NothingHeard):
            return Unheard(heard.reason)
        return Said(heard.text, heard.alternatives, heard.unlikely)

    def _respond(self, incoming: Incoming, received: Received, said: Said | Unheard) -> Answer:
        """Understand, dialogue, and ONE commit: effects, log, outbox and the answer stand together or not at all."""
        now = self._clock()
        with writing(self._db):
            speaker = members.member(self._db, incoming.member_id)
            if speaker is None:
                raise UnknownPersonError(f"member {incoming.member_id} is not on the roster")
            reply = self._manager.respond(
                self._db,
                Utterance(speaker, said, now, incoming.channel, received.id, received.recording_id),
            )
            answer = Answer.of(reply, {})
            if incoming.address:
                to = {"channel": incoming.channel, "address": incoming.address}
                put_answer(self._db, received, answer, member_id=speaker.id, now=now, **to)
            inbox.complete(self._db, received.id, answer.to_json(), speaker.id)
        self._committed()  # the outbox worker looks at once: an alert does not wait for the next tick
        return answer

    async def replay(self, channel: str) -> int:
        """Take up what a crash left unanswered on a channel that has no redelivery of its own; returns how many."""
        left = inbox.unanswered(self._db, channel)
        for received in left:
            words = json.loads(received.raw)
            audio = self._recordings.load(received.recording_id) if received.recording_id else None
            if received.member_id is not None:
                await self.take(Incoming(channel, received.update_id, received.member_id, words.get("text", ""), audio))
        return len(left)
