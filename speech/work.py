"""The work that runs in an executor, here or on another machine: plain functions with plain arguments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from speech.audio import decode
from speech.contracts import Heard, Hints, Recogniser
from speech.engines import open_recogniser
from speech.models import ModelStore


@dataclass(frozen=True)
class HearingSettings:
    """How to hear; the same settings share one loaded engine in a process."""

    engine: str
    """Name of a recogniser in `speech.engines.RECOGNISERS`."""
    models: Path
    """Folder of the model store."""
    threads: int = 2
    """Processor threads that one recognition may use."""
    model: str = ""
    """A model's name in the store, or the path of a model's folder; empty for the engine's own."""


def hear(audio: bytes, settings: HearingSettings, hints: Hints) -> Heard:
    """Decode a voice message and recognise it; `complete` is False in the answer where sound was lost.

    Raises UnreadableAudio, AudioTooLarge and ModelMissing.
    """
    recording = decode(audio)
    heard = recogniser(settings).hear(recording.samples, hints)
    return heard if recording.complete else replace(heard, complete=False)


@cache
def recogniser(settings: HearingSettings) -> Recogniser:
    """The engine for these settings, loaded at the first call. Raises ModelMissing."""
    return open_recogniser(settings.engine, ModelStore(settings.models), settings.threads, settings.model)
