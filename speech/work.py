"""The work that runs in an executor, here or on another machine: plain functions with plain arguments."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from speech.audio import decode
from speech.contracts import Heard, Hints, Manner, Recogniser
from speech.engines import VOICES, choose, open_recogniser, open_voice
from speech.models import ModelStore
from speech.speaking import Made, Speaker
from speech.voice_cache import VoiceCache


@dataclass(frozen=True)
class HearingSettings:
    """How to hear; the same settings share one loaded engine in a process."""

    engine: str
    """Name of a recogniser in `speech.engines.RECOGNISERS`."""
    models: Path
    """Folder of the model store."""
    threads: int = 1
    """Processor threads that one recognition may use; a second one makes a short request slower, not faster."""
    model: str = ""
    """A model's name in the store, or the path of a model's folder; empty for the engine's own."""


_loading = threading.Lock()


def hear(audio: bytes, settings: HearingSettings, hints: Hints) -> Heard:
    """Decode a voice message and recognise it; `complete` is False in the answer where sound was lost.

    Raises UnreadableAudio, AudioTooLarge and ModelMissing.
    """
    recording = decode(audio)
    heard = recogniser(settings).hear(recording.samples, hints)
    return heard if recording.complete else replace(heard, complete=False)


def recogniser(settings: HearingSettings) -> Recogniser:
    """The engine for these settings, loaded at the first call. Raises ModelMissing."""
    with _loading:  # two first recordings at once would load the model twice
        return _recogniser(settings)


@cache
def _recogniser(settings: HearingSettings) -> Recogniser:
    return open_recogniser(settings.engine, ModelStore(settings.models), settings.threads, settings.model)


@dataclass(frozen=True)
class VoiceSettings:
    """How to speak; the same settings share one loaded voice in a process."""

    engine: str
    """Name of a voice engine in `speech.engines.VOICES`."""
    voice: str
    """Name of a voice of that engine; empty for the engine's own."""
    models: Path
    """Folder of the model store."""
    cache: Path
    """Folder in which spoken clauses are kept."""
    cache_bytes: int = 200 << 20
    """Most bytes that folder may hold; 0 keeps nothing."""
    threads: int = 2
    """Processor threads that one clause may use."""


def speak(text: str, settings: VoiceSettings, manner: Manner) -> bytes:
    """A text as a voice note: OGG/Opus, mono. Raises VoiceFailed and ModelMissing; the caller then sends text."""
    return speaker(settings).note(text, manner)


def speak_clauses(text: str, settings: VoiceSettings, manner: Manner) -> Iterator[bytes]:
    """The same as one OGG/Opus a clause, the first as soon as it is made."""
    return speaker(settings).clauses(text, manner)


def note_kept(text: str, settings: VoiceSettings, manner: Manner) -> bool:
    """Whether the whole text is spoken already, as one voice note; False where no voice is loaded in this process."""
    return _speaker.cache_info().currsize > 0 and speaker(settings).kept(text, manner)


def make_clause(text: str, number: int, settings: VoiceSettings, manner: Manner) -> Made:
    """Speak one clause of a text ahead of time. Raises VoiceFailed and ModelMissing."""
    return speaker(settings).make_clause(text, number, manner)


def finish_note(text: str, settings: VoiceSettings, manner: Manner) -> int:
    """Join the clauses of a text into one voice note that is kept; returns its bytes."""
    return speaker(settings).finish(text, manner)


def speaker(settings: VoiceSettings) -> Speaker:
    """The voice for these settings with its cache, loaded at the first call. Raises ModelMissing."""
    with _loading:  # two first answers at once would load the model twice
        return _speaker(settings)


@cache
def _speaker(settings: VoiceSettings) -> Speaker:
    engine = choose(settings.engine, VOICES)
    voice = open_voice(settings.engine, ModelStore(settings.models), settings.voice, settings.threads)
    kept = VoiceCache(settings.cache, settings.cache_bytes)
    return Speaker(voice, settings.voice or engine.voice, kept, engine.mandarin_only)
