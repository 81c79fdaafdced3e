"""A text becomes a voice note: written for the ear, spoken clause by clause, each clause spoken only once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from speech import sound
from speech.audio import encode_ogg
from speech.clauses import Clause, clauses, syllables
from speech.contracts import Manner, Samples, Voice
from speech.ear import for_the_ear
from speech.voice_cache import VoiceCache, key

VERSION = "2"
"""Part of every cache key; raised when the same text would now sound different."""
FULL = 32767
"""Amplitude 1.0 as it is kept in the cache."""


@dataclass(frozen=True)
class Made:
    """What speaking one clause ahead has brought."""

    count: int
    """Clauses of the whole text."""
    seconds: float
    """Length of this one with its pause; 0 beyond the last."""


class Speaker:
    """A voice with its cache."""

    def __init__(self, voice: Voice, voice_name: str, cache: VoiceCache, mandarin: bool) -> None:
        """`mandarin`: the voice can read nothing but Chinese characters, so every text is written in them."""
        self._voice = voice
        self._cache = cache
        self._mandarin = mandarin
        self._who = (VERSION, voice.name, voice_name)

    def note(self, text: str, manner: Manner) -> bytes:
        """The whole text as OGG/Opus. Raises VoiceFailed."""
        written = self._written(text)
        name = self._note_name(written, manner)
        kept = self._cache.get(name)
        if kept is None:
            pieces = ((self._clause(part, manner), part.pause / manner.speed) for part in _parts(written))
            whole = sound.join(pieces, self._voice.rate)
            kept = encode_ogg(sound.louder(whole, manner.loudness), self._voice.rate)
            self._cache.put(name, kept)
        return kept

    def kept(self, text: str, manner: Manner) -> bool:
        """Whether the whole text is spoken already."""
        return self._cache.get(self._note_name(self._written(text), manner)) is not None

    def make_clause(self, text: str, number: int, manner: Manner) -> Made:
        """Speak one clause (0, 1, …) of a text ahead of time, so that `note` has only to join them.

        Clause by clause, because a whole chapter would keep a worker from everybody else for a minute.
        """
        parts = _parts(self._written(text))
        if number >= len(parts):
            return Made(len(parts), 0.0)
        samples = self._clause(parts[number], manner)
        return Made(len(parts), samples.size / self._voice.rate + parts[number].pause / manner.speed)

    def finish(self, text: str, manner: Manner) -> int:
        """Join the clauses of a text into its note and let them go: the note takes a sixteenth of their room.

        Returns the bytes of the note.
        """
        note = self.note(text, manner)
        for part in _parts(self._written(text)):
            self._cache.drop(self._clause_name(part, manner))
        return len(note)

    def clauses(self, text: str, manner: Manner) -> Iterator[bytes]:
        """One OGG/Opus a clause, its pause included, so that the first can be heard while the next is made."""
        parts = _parts(self._written(text))
        for part in parts:
            silence = 0.0 if part is parts[-1] else part.pause / manner.speed
            pause = np.zeros(int(silence * self._voice.rate), np.float32)
            samples = np.concatenate([self._clause(part, manner), pause])
            yield encode_ogg(sound.louder(samples, manner.loudness), self._voice.rate)

    def _note_name(self, written: str, manner: Manner) -> str:
        return key("note", *self._who, manner.speed, manner.loudness, written)

    def _clause_name(self, part: Clause, manner: Manner) -> str:
        return key("clause", *self._who, manner.speed, part.text)

    def _written(self, text: str) -> str:
        return for_the_ear(text) if self._mandarin or syllables(text) else text.strip()

    def _clause(self, part: Clause, manner: Manner) -> Samples:
        """Loudness comes after the cache: a member who turns it up hears the same recording louder."""
        name = self._clause_name(part, manner)
        kept = self._cache.get(name)
        if kept is None:
            samples = self._voice.say(part.text, Manner(manner.speed, 1.0))
            kept = (np.clip(samples, -1, 1) * FULL).astype("<i2").tobytes()
            self._cache.put(name, kept)
        return np.frombuffer(kept, "<i2").astype(np.float32) / np.float32(FULL)


def _parts(written: str) -> list[Clause]:
    return clauses(written) or [Clause(written, 0.0)]
