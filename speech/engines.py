"""Which engines there are; each is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from speech.contracts import Recogniser, SpeechError
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


def choose(name: str, engines: Mapping[str, Engine]) -> Engine:
    """The engine of that name. Raises UnknownEngine, naming the engines there are."""
    if name not in engines:
        raise UnknownEngine(f"there is no engine {name!r}; choose one of: {', '.join(sorted(engines))}")
    return engines[name]


def open_recogniser(name: str, store: ModelStore, threads: int = 2, model: str = "") -> Recogniser:
    """Load a recogniser with a model of the store, or with the model in the folder `model`.

    Raises UnknownEngine and ModelMissing.
    """
    engine = choose(name, RECOGNISERS)
    wanted = model or engine.model
    folder = Path(wanted) if Path(wanted).is_absolute() else store.path(wanted)
    return cast(Recogniser, _class(engine)(folder, threads))


def _class(engine: Engine) -> type:
    module, _, name = engine.place.partition(":")
    return cast(type, getattr(import_module(module), name))
