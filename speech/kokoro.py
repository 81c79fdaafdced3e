"""The Kokoro voice: Mandarin, offline, on the processor."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import onnxruntime as ort

from speech import sound
from speech.clauses import clauses, syllables
from speech.contracts import Manner, ModelMissing, Samples, VoiceFailed
from speech.onset import without_hum
from speech.pronunciation import phonemes

RATE = 24_000
"""Samples a second of Kokoro's sound."""
TOKENS = 509
"""Most phonemes the model takes at once."""
SYLLABLE_SECONDS = 0.23
"""Usual length of a syllable at speed 1.0, measured over the product's sentences."""
BREATH_SECONDS = 0.25
"""What every clause takes besides its syllables: a lone 是 lasts twice as long as one within a sentence."""
SHORT = 2
"""Syllables up to which a clause needs an ending: 对的 alone was swallowed (0.29 s), with a full stop it takes 0.44."""
ENDINGS = (".", "!")
"""Signs that end a short clause, in the order in which they are tried; none of them is heard."""
STYLE_SIZE = 256
"""Numbers that describe a voice, for each length of text."""


class KokoroVoice:
    """Kokoro-82M with one of its Mandarin voices (fits `speech.contracts.Voice`)."""

    name = "kokoro"
    rate = RATE

    def __init__(self, model_folder: Path, voices_folder: Path, voice: str = "zf_xiaobei", threads: int = 2) -> None:
        """Load the model, its alphabet and one voice. Raises ModelMissing naming what is not there."""
        self._styles = _read_voice(voices_folder, voice)
        self._session = _open_session(model_folder, threads)
        self._alphabet = _read_alphabet(model_folder)
        self._run = ort.RunOptions()
        # What a clause took is given back after it: a long one would otherwise keep half a gigabyte for good.
        self._run.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._lock = threading.Lock()
        phonemes("好")  # reads the dictionaries now, once, and not in the first two answers at the same time

    def say(self, text: str, manner: Manner) -> Samples:
        """Speak text for the ear, clause by clause. Raises VoiceFailed when a clause comes out wrong."""
        pieces = [(self._clause(clause.text, manner.speed), clause.pause / manner.speed) for clause in clauses(text)]
        if not pieces:
            raise VoiceFailed("there is nothing to say: the text has no character that can be spoken")
        return sound.louder(sound.join(pieces, RATE), manner.loudness)

    def _clause(self, text: str, speed: float) -> Samples:
        spoken, length = phonemes(text), syllables(text)
        seconds = 0.0
        for ending in ENDINGS if length <= SHORT else ("",):
            samples = without_hum(sound.trim(self._synthesise(spoken + ending, speed), RATE), RATE, spoken, speed)
            seconds = samples.size / RATE
            if _is_plausible(seconds, length, speed):
                return sound.soften(sound.even(samples, RATE), RATE)
        raise VoiceFailed(f"{length} syllables came out as {seconds:.2f} s of sound")

    def _synthesise(self, spoken: str, speed: float) -> Samples:
        tokens = [self._alphabet[sign] for sign in spoken if sign in self._alphabet]
        if not 0 < len(tokens) <= TOKENS:
            raise VoiceFailed(f"a clause has {len(tokens)} phonemes; the voice takes 1 to {TOKENS}")
        feeds = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._styles[len(tokens) - 1],
            "speed": np.array([speed], np.float32),
        }
        with self._lock:  # two sentences at once would need the memory of both
            audio = self._session.run(None, feeds, self._run)[0]
        return np.asarray(audio, np.float32).ravel()


def _is_plausible(seconds: float, length: int, speed: float) -> bool:
    """Whether so many syllables can take so long."""
    expected = (BREATH_SECONDS + length * SYLLABLE_SECONDS) / speed
    return 0.5 * expected <= seconds <= 2 * expected


def _read_voice(folder: Path, voice: str) -> Samples:
    path = folder / f"{voice}.bin"
    if not path.is_file():
        there = ", ".join(sorted(found.stem for found in folder.glob("z*.bin"))) or "none"
        raise ModelMissing(f"there is no voice {voice!r} in {folder}; there are: {there}")
    return np.fromfile(path, np.float32).reshape(-1, 1, STYLE_SIZE)


def _read_alphabet(folder: Path) -> dict[str, int]:
    vocabulary: dict[str, dict[str, int]] = json.loads((folder / "vocab.json").read_text("utf-8"))
    return vocabulary["vocab"]


def _open_session(folder: Path, threads: int) -> ort.InferenceSession:
    models = sorted(folder.glob("*.onnx"))
    if not models:
        raise ModelMissing(f"there is no Kokoro model in {folder}; run: nuanyang models fetch kokoro")
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that wait by spinning take the processor from the recogniser and from other members' answers:
    # measured on two busy cores, without them a clause takes half the time and 40 % less processor time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return ort.InferenceSession(str(models[0]), options, providers=["CPUExecutionProvider"])
