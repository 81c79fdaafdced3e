"""What an engine takes and gives; every engine file in this folder fits one of the two protocols here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, amplitudes in -1..1."""

HEARING_RATE = 16_000
"""Samples a second that every recogniser takes."""


class SpeechError(Exception):
    """Hearing or speaking could not be done; the message names the thing and the remedy."""


class UnreadableAudio(SpeechError):
    """The bytes are no sound that can be decoded: empty, cut, a picture, random."""


class AudioTooLarge(SpeechError):
    """The bytes or the sound in them exceed a limit of `speech.audio.Limits`."""


class ModelMissing(SpeechError):
    """A model is not in the store, or its files are not the ones of the catalogue."""


class VoiceFailed(SpeechError):
    """A voice gave no sound, or sound of an implausible length."""


@dataclass(frozen=True)
class Recording:
    """A voice message, decoded."""

    samples: Samples
    """Mono sound at HEARING_RATE."""
    seconds: float
    """Length of `samples`."""
    complete: bool
    """False when the file announced more sound than could be decoded, or went over the limit."""


@dataclass(frozen=True)
class Hints:
    """What the recogniser may expect to hear; all of it optional."""

    prompt: str = ""
    """A sentence in the branch's words that sets the domain (Whisper)."""
    phrases: tuple[str, ...] = ()
    """The only phrases that can be said here (Vosk's phrase list); empty for anything."""
    likely: tuple[str, ...] = ()
    """Phrases that may well be among the words, such as names: where one sounds like what was heard, the sound itself
    is asked which it was (Whisper)."""
    usual: tuple[str, ...] = ()
    """Ordinary words that are often meant where another of nearly that sound is written (党课, 党费): taken where the
    sound is at least as likely to be them (Whisper)."""
    asked: Literal["", "amount"] = ""
    """What was asked for and is perhaps all that is said: a sum (Whisper)."""


@dataclass(frozen=True)
class Transcript:
    """What was heard."""

    text: str
    """The best reading."""
    alternatives: tuple[str, ...]
    """Other readings, best first, without `text`."""
    confidence: float
    """Mean probability of the best reading's tokens, 0..1."""
    audio_seconds: float
    """Length of the sound."""
    compute_seconds: float
    """Time taken to recognise it."""
    engine: str
    """Name of the engine that heard it."""
    complete: bool = True
    """False when sound was lost: a damaged file, or one over the limit."""
    unlikely: tuple[str, ...] = ()
    """Those of `Hints.likely` that something in the words sounds like, and that the sound itself speaks against."""


@dataclass(frozen=True)
class NothingHeard:
    """No words: never replaced by invented ones."""

    reason: Literal["too_short", "silence", "noise", "invented"]
    """Why: too short to be speech, no sound, sound but no speech, or text that a model is known to invent."""
    audio_seconds: float
    """Length of the sound."""
    compute_seconds: float
    """Time taken to find out."""
    engine: str
    """Name of the engine that listened."""
    complete: bool = True
    """False when sound was lost: a damaged file, or one over the limit."""


Heard = Transcript | NothingHeard


@dataclass(frozen=True)
class Manner:
    """How to speak, as the member likes it."""

    speed: float = 0.85
    """1.0 is the voice's own pace; old ears like it slower."""
    loudness: float = 1.0
    """Factor on the amplitude, limited so that nothing clips."""


class Recogniser(Protocol):
    """Turns sound into words."""

    name: str
    """The engine's name in the config."""

    def hear(self, samples: Samples, hints: Hints) -> Heard:
        """Recognise mono sound at HEARING_RATE; blocks, so it is called off the event loop."""


class Voice(Protocol):
    """Turns words into sound."""

    name: str
    """The engine's name in the config."""
    rate: int
    """Samples a second of the sound it makes."""

    def say(self, text: str, manner: Manner) -> Samples:
        """Speak text that is already written for the ear; blocks. Raises VoiceFailed."""
