"""What the hearing tests share: the models, where they are on this machine, and sounds that are no speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from speech.contracts import HEARING_RATE, ModelMissing, Samples
from speech.models import ModelStore, default_models_folder
from speech.whisper import WhisperRecogniser


def model(name: str) -> Path:
    """Folder of a model of the store; skips the calling test where it is not there."""
    try:
        return ModelStore(default_models_folder()).path(name)
    except ModelMissing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def whisper() -> WhisperRecogniser:
    """The real recogniser, loaded once."""
    return WhisperRecogniser(model("whisper-base"), threads=2)


def seconds(length: float) -> Samples:
    """Points in time, one a sample."""
    return np.arange(int(length * HEARING_RATE), dtype=np.float32) / HEARING_RATE


def not_speech() -> dict[str, Samples]:
    """Sounds of a flat in which nobody speaks."""
    random = np.random.default_rng(5)
    t = seconds(6)
    white = random.standard_normal(t.size).astype(np.float32)
    brown = np.cumsum(white)
    brown = (brown - brown.mean()) / np.abs(brown).max()
    hum = sum(np.sin(2 * np.pi * 50 * n * t) / n for n in (1, 2, 3, 5))
    knocks = np.where((t % 0.7) < 0.02, white, 0)
    chords = sum(np.sin(2 * np.pi * f * t) for f in (262, 330, 392)) * (0.6 + 0.4 * np.sin(2 * np.pi * 2 * t))
    sounds = {
        "digital silence": np.zeros_like(t),
        "mains hum": 0.2 * hum,
        "faint hum": 0.002 * hum,
        "white noise": 0.2 * white,
        "faint white noise": 0.003 * white,
        "wind": 0.5 * brown,
        "knocking": 0.5 * knocks,
        "a held chord": 0.15 * chords,
        "a telephone tone": 0.2 * np.sin(2 * np.pi * 450 * t),
        "clipped hum": np.clip(5 * hum, -1, 1),
    }
    return {name: np.asarray(sound, np.float32) for name, sound in sounds.items()}
