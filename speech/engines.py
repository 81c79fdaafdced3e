"""Which engines there are; each is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar, cast

from speech.contracts import Recogniser, SpeechError, Voice
from speech.models import ModelStore


class UnknownEngine(SpeechError):
    """The config names an engine that does not exist."""


@dataclass(frozen=True)
class Engine:
    """Where an engine lives."""

    place: str
    """Its class as `module:Class`."""
    model: str
    """The model of the store it uses unless told otherwise; empty for none."""


RECOGNISERS: Mapping[str, Engine] = {
    "whisper": Engine("speech.whisper:WhisperRecogniser", "whisper-base"),
    "vosk": Engine("speech.vosk:VoskRecogniser", "vosk-cn"),
}
"""Recognisers by the name that stands in the config."""


@dataclass(frozen=True)
class VoiceEngine:
    """Where a voice engine lives."""

    place: str
    """Its class as `module:Class`."""
    voice: str
    """The voice it speaks with unless told otherwise."""
    models: tuple[str, ...] = ()
    """The models of the store whose folders it takes."""
    mandarin_only: bool = True
    """Whether it can read nothing but Chinese characters."""


VOICES: Mapping[str, VoiceEngine] = {
    "kokoro": VoiceEngine("speech.kokoro:KokoroVoice", "zf_xiaobei", ("kokoro", "kokoro-voices")),
    "system": VoiceEngine("speech.system_voice:SystemVoice", "cmn", mandarin_only=False),
}
"""Voice engines by the name that stands in the config."""

E = TypeVar("E", Engine, VoiceEngine)


def choose(name: str, engines: Mapping[str, E]) -> E:
    """The engine of that name. Raises UnknownEngine, naming the engines there are."""
    if name not in engines:
        raise UnknownEngine(f"there is no engine {name!r}; choose one of: {', '.join(sorted(engines))}")
    return engines[name]


def open_recogniser(name: str, store: ModelStore, threads: int = 1, model: str = "") -> Recogniser:
    """Load a recogniser with a model of the store, or with the model in the folder `model`.

    Raises UnknownEngine and ModelMissing.
    """
    engine = choose(name, RECOGNISERS)
    wanted = model or engine.model
    folder = Path(wanted) if Path(wanted).is_absolute() else store.path(wanted)
    return cast(Recogniser, _class(engine)(folder, threads))


def open_voice(name: str, store: ModelStore, voice: str = "", threads: int = 2) -> Voice:
    """Load a voice engine with the voice of that name, or with the engine's own.

    Raises UnknownEngine and ModelMissing.
    """
    engine = choose(name, VOICES)
    folders = [store.path(model) for model in engine.models]
    return cast(Voice, _class(engine)(*folders, voice or engine.voice, threads))


def _class(engine: Engine | VoiceEngine) -> type:
    module, _, name = engine.place.partition(":")
    return cast(type, getattr(import_module(module), name))
