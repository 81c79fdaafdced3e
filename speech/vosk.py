"""Vosk: the small second recogniser, which can be told the only phrases that fit."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict, cast

import numpy as np
import vosk

from speech.contracts import HEARING_RATE, Heard, Hints, ModelMissing, NothingHeard, Samples, Transcript
from speech.guards import is_invented, tidy
from speech.voice_activity import even, find_speech, is_silent, windows

log = logging.getLogger(__name__)

LONGEST = 120.0
"""Seconds of speech that are recognised in one go."""

SURE = 0.8
"""Mean confidence of the words above which no other readings are sought."""

BELIEVABLE = 0.3
"""Mean confidence under which the words are taken for noise: Vosk always finds some."""

READINGS = 5
"""Readings sought where it is not sure."""


class _Word(TypedDict):
    word: str
    conf: float


class _Alternative(TypedDict):
    text: str


class _Result(TypedDict, total=False):
    text: str
    result: Sequence[_Word]
    alternatives: Sequence[_Alternative]


class VoskRecogniser:
    """A Vosk model of any language, from its folder."""

    name = "vosk"

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Load the model. Vosk decodes on one thread whatever is asked for. Raises ModelMissing."""
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(model))
        except Exception as error:  # Vosk raises nothing more precise
            raise ModelMissing(f"{model} holds no Vosk model; run: nuanyang models fetch vosk-cn") from error
        log.debug("loaded %s; %d threads asked for, 1 used", model.name, threads)

    def hear(self, samples: Samples, hints: Hints) -> Heard:
        """Recognise; with phrases in the hints, only those can be heard."""
        began, seconds = time.perf_counter(), samples.size / HEARING_RATE
        levelled = even(samples)
        speech = [] if is_silent(samples) else windows(levelled, find_speech(levelled), LONGEST)
        if not speech:
            took = time.perf_counter() - began
            return NothingHeard("silence" if is_silent(samples) else "noise", seconds, took, self.name)
        pcm = (np.concatenate(speech) * 32767).astype("<i2").tobytes()
        words = self._decode(pcm, hints.phrases).get("result", ())
        confidence = float(np.mean([word["conf"] for word in words])) if words else 0.0
        text = tidy(" ".join(word["word"] for word in words))
        if confidence < BELIEVABLE or is_invented(text):
            return NothingHeard("noise", seconds, time.perf_counter() - began, self.name)
        others = () if confidence >= SURE else self._others(pcm, hints.phrases, text)
        return Transcript(text, others, confidence, seconds, time.perf_counter() - began, self.name)

    def unknown_words(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Parts of phrases that are not in the model's vocabulary and so can never be heard in a phrase list."""
        pieces = (piece for phrase in phrases for piece in self._words(phrase))
        return tuple(dict.fromkeys(piece for piece in pieces if not self._knows(piece)))

    def _others(self, pcm: bytes, phrases: Sequence[str], text: str) -> tuple[str, ...]:
        found = self._decode(pcm, phrases, READINGS).get("alternatives", ())
        texts = dict.fromkeys(tidy(each["text"]) for each in found)
        return tuple(other for other in texts if other not in ("", text))

    def _decode(self, pcm: bytes, phrases: Sequence[str], readings: int = 0) -> _Result:
        """One pass with a recogniser of its own: a used one keeps memory and state."""
        known = self._phrase_list(phrases)
        arguments = [json.dumps(known, ensure_ascii=False)] if known else []
        recogniser = vosk.KaldiRecognizer(self._model, HEARING_RATE, *arguments)
        recogniser.SetWords(readings == 0)
        recogniser.SetMaxAlternatives(readings)
        recogniser.AcceptWaveform(pcm)
        return cast(_Result, json.loads(recogniser.FinalResult()))

    def _phrase_list(self, phrases: Sequence[str]) -> list[str]:
        missing = self.unknown_words(phrases)
        if missing:
            log.warning("%d words of the phrase list are not in the model's vocabulary", len(missing))
        spelled = (" ".join(word for word in self._words(phrase) if self._knows(word)) for phrase in phrases)
        return [phrase for phrase in spelled if phrase]

    def _words(self, phrase: str) -> list[str]:
        """The phrase in the words of the model; a run of Chinese is cut at the longest words it knows."""
        found = []
        for part in phrase.split():
            while part:
                length = next((n for n in range(len(part), 1, -1) if self._knows(part[:n])), 1)
                whole_is_unknown = part.isascii() or "\uac00" <= part[0] <= "\ud7a3"
                if whole_is_unknown and length < len(part):
                    length = len(part)
                found.append(part[:length])
                part = part[length:]
        return found

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)
