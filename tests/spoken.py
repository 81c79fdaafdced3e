"""Voice messages for tests: spoken by voices the product never uses, then slowed, mixed with noise, or narrowed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from speech import work
from speech.audio import decode, encode_ogg
from speech.contracts import HEARING_RATE, Manner, ModelMissing, Samples
from speech.models import ModelStore, default_models_folder
from speech.work import VoiceSettings

MEMBERS_VOICES = ("zf_xiaoyi", "zm_yunyang")
"""Never zf_xiaobei: a product that only understands its own voice understands nobody."""
KEPT = Path(__file__).parents[1] / "artefacts" / "spoken"
"""Made once and kept, so that a warm run does not speak everything again."""


def need_models() -> None:
    """Skip where the speech models are not on this machine."""
    store = ModelStore(default_models_folder())
    try:
        for name in ("whisper-base", "kokoro", "kokoro-voices"):
            store.path(name)
    except ModelMissing as error:
        pytest.skip(str(error))


def share_voice(data: Path) -> None:
    """Let the branch with this data folder use what other branches, also of earlier runs, have had spoken: a clause
    takes seconds, and tests/speech speaks anew at every run."""
    cache = KEPT.parent / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    (data / "cache").symlink_to(cache)


def speak(text: str, voice: str = "zf_xiaoyi", speed: float = 0.9) -> bytes:
    """A voice note (OGG/Opus) of the text."""
    name = hashlib.sha256(f"{text}|{voice}|{speed}".encode()).hexdigest()[:24]
    file = KEPT / f"{name}.ogg"
    if not file.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        settings = VoiceSettings(
            engine="kokoro",
            voice=voice,
            models=default_models_folder(),
            cache=KEPT / "clauses",
            cache_bytes=0,
            threads=2,
        )
        file.write_bytes(work.speak(text, settings, Manner(speed=speed)))
    return file.read_bytes()


def noisy(ogg: bytes, snr_db: float, seed: int = 5) -> bytes:
    """The same with room noise."""
    samples = decode(ogg).samples
    noise = np.convolve(np.random.default_rng(seed).standard_normal(len(samples)), np.ones(8) / 8, "same")
    noise *= np.sqrt(np.mean(samples**2) / np.mean(noise**2) / 10 ** (snr_db / 10))
    return _encoded(samples + noise)


def over_telephone(ogg: bytes) -> bytes:
    """The same in the band of a telephone, 300 to 3400 Hz."""
    samples = decode(ogg).samples
    spectrum = np.fft.rfft(samples)
    pitch = np.fft.rfftfreq(len(samples), 1 / HEARING_RATE)
    spectrum[(pitch < 300) | (pitch > 3400)] = 0
    return _encoded(np.fft.irfft(spectrum, len(samples)))


def silence(seconds: float) -> bytes:
    """A voice note in which nothing is said."""
    return _encoded(np.zeros(round(seconds * HEARING_RATE)))


def hum(seconds: float) -> bytes:
    """A voice note of mains hum."""
    return _encoded(0.2 * np.sin(2 * np.pi * 50 * np.arange(round(seconds * HEARING_RATE)) / HEARING_RATE))


def white_noise(seconds: float) -> bytes:
    """A voice note of noise."""
    return _encoded(0.1 * np.random.default_rng(3).standard_normal(round(seconds * HEARING_RATE)))


def _encoded(samples: Samples) -> bytes:
    return encode_ogg(np.clip(samples, -1, 1).astype(np.float32), HEARING_RATE)
