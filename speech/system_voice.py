"""The voice of the operating system through pyttsx3: for other languages, and where there is no model.

Never the default for Mandarin: what espeak-ng says in it is not understood (99 % of syllables wrong when read back).
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

import av
import numpy as np

from speech import sound
from speech.contracts import Manner, Samples, VoiceFailed
from speech.system_voice_child import NO_VOICE

log = logging.getLogger(__name__)

RATE = 24_000
"""Samples a second, whatever the system writes."""
WORDS_A_MINUTE = 175
"""Pace of pyttsx3 that counts as speed 1.0."""
TRIES = 2
"""A child that failed is started once more: most failures of pyttsx3 are of the moment."""
_CHILD = Path(__file__).with_name("system_voice_child.py")


class SystemVoice:
    """pyttsx3 in a child process with a time-out (fits `speech.contracts.Voice`)."""

    name = "system"
    rate = RATE

    def __init__(self, voice: str = "cmn", threads: int = 1, child: Path = _CHILD, patience: float = 10.0) -> None:
        """`voice` is an identifier, name or language of the system's voices; `patience` in seconds.

        `threads` is there because every voice takes it; the system's voice needs one.
        """
        del threads
        self._voice = voice
        self._child = child
        self._patience = patience

    def say(self, text: str, manner: Manner) -> Samples:
        """Speak text as it stands. Raises VoiceFailed when no plausible sound came after TRIES."""
        if not any(character.isalnum() for character in text):
            raise VoiceFailed("there is nothing to say: the text has no character that can be spoken")
        for attempt in range(TRIES):
            try:
                samples = sound.trim(self._speak(text, manner.speed), RATE)
                _check(samples, text, manner.speed)
            except (VoiceFailed, subprocess.TimeoutExpired, OSError) as error:
                failure = error
                log.info("the system voice failed at try %d: %s", attempt + 1, type(error).__name__)
            else:
                return sound.louder(sound.soften(sound.even(samples, RATE), RATE), manner.loudness)
        raise VoiceFailed(f"the system voice gave no sound: {failure}") from failure

    def _speak(self, text: str, speed: float) -> Samples:
        with tempfile.TemporaryDirectory(prefix="nuanyang-voice-") as folder:
            file = Path(folder) / "speech.wav"
            wanted = {"text": text, "voice": self._voice, "rate": round(WORDS_A_MINUTE * speed), "file": str(file)}
            child = subprocess.run(
                [sys.executable, "-I", str(self._child)],
                input=json.dumps(wanted).encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=self._patience + 0.1 * len(text),
                check=False,
            )
            if child.returncode == NO_VOICE:
                there = child.stderr.decode("utf-8", "replace")
                raise VoiceFailed(f"the system has no voice {self._voice!r}; it has: {there or 'none'}")
            if child.returncode or not file.is_file():
                raise VoiceFailed(f"it ended with {child.returncode} and {'a' if file.is_file() else 'no'} file")
            return _read(file)


def _read(file: Path) -> Samples:
    """The sound of our own child, in the format the system likes (WAV, AIFF)."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    try:
        with av.open(str(file)) as container:
            frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
        frames += resampler.resample(None)
    except (av.FFmpegError, IndexError) as error:
        raise VoiceFailed("it wrote a file that holds no sound") from error
    parts = [frame.to_ndarray().ravel() for frame in frames]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)


def _check(samples: Samples, text: str, speed: float) -> None:
    """Between a letter in 25 ms and a Chinese character in a second."""
    seconds = samples.size / RATE
    if not 0.025 * len(text) / speed <= seconds <= (len(text) + 2) / speed:
        raise VoiceFailed(f"{len(text)} characters came out as {seconds:.2f} s of sound")
