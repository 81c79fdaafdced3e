"""Whisper through CTranslate2, fed only as much sound as there is: four times as fast as the stock call."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from speech.contracts import HEARING_RATE, Heard, Hints, NothingHeard, Samples, Transcript
from speech.guards import (
    bare,
    guards,
    is_doubtful,
    is_invented,
    is_too_little,
    is_too_much,
    loop,
)
from speech.numbers_heard import with_mobile, with_sum
from speech.phrases import weigh
from speech.voice_activity import even, find_speech, halves, is_silent, windows
from speech.whisper_model import WINDOW, Reading, Sound, WhisperModel

LONGEST = 28.0
"""Seconds of speech a window may hold, so that there is silence after it."""

PADDING = 4.0
"""Seconds of silence after the sound. With 2 the model loops on one short request in ten; measured over 107 requests
of one to four seconds, 4 has the fewest wrong syllables and takes a quarter of the time of a full window."""

SHORTEST = 0.3
"""Seconds under which a recording is no speech: a finger that slipped off the button."""

Reason = Literal["too_short", "silence", "noise", "invented"]


@dataclass(frozen=True)
class _Heard:
    readings: list[Reading]
    """Readings of a window, best first; none where the model only made something up."""
    unlikely: tuple[str, ...] = ()
    """Likely phrases that the sound speaks against."""


@dataclass(frozen=True)
class _Whole:
    readings: list[Reading]
    """Readings of the whole recording, best first."""
    unlikely: tuple[str, ...]
    """Likely phrases that the sound speaks against."""
    complete: bool
    """False where words of a window were withheld."""


class WhisperRecogniser:
    """A Whisper model in CTranslate2's format."""

    name = "whisper"

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Load the model from its folder; takes about half a second."""
        self._model = WhisperModel(model, threads)

    def hear(self, samples: Samples, hints: Hints) -> Heard:
        """Recognise Mandarin; words the model makes up on noise are withheld."""
        began = time.perf_counter()
        result = self._listen(samples, hints)
        seconds, took = samples.size / HEARING_RATE, time.perf_counter() - began
        if isinstance(result, str):
            return NothingHeard(result, seconds, took, self.name)
        text, *others = dict.fromkeys(reading.text for reading in result.readings)
        sure = result.readings[0].confidence
        return Transcript(text, tuple(others), sure, seconds, took, self.name, result.complete, result.unlikely)

    def _listen(self, samples: Samples, hints: Hints) -> _Whole | Reason:
        """Readings of the whole recording, best first, or why there are none."""
        if samples.size < SHORTEST * HEARING_RATE:
            return "too_short"
        if is_silent(samples):
            return "silence"
        levelled = even(samples)
        parts = windows(levelled, find_speech(levelled), LONGEST)
        if not parts:
            return "noise"
        tokens = self._model.prompt(hints.prompt or guards().prompt)
        read = [self._read(part, tokens, hints) for part in parts]
        kept = [heard for heard in read if heard.readings]
        if not kept:
            return "invented"
        unlikely = tuple(phrase for heard in kept for phrase in heard.unlikely)
        return _Whole(_join([heard.readings for heard in kept]), unlikely, complete=len(kept) == len(read))

    def _read(self, part: Samples, prompt: list[int], hints: Hints) -> _Heard:
        """What was heard in one window."""
        seconds = part.size / HEARING_RATE
        sound = self._model.encode(part, seconds + PADDING)
        readings = self._model.readings(sound, prompt)
        first = readings[0]
        if not _plausible(first.text, seconds) or is_doubtful(first.text):
            sound = self._model.encode(part, WINDOW)
            readings = self._model.readings(sound, prompt)
        elif is_too_little(first.text, seconds):
            more = [found for half in halves(part) if (found := self._read(half, prompt, hints)).readings]
            if more:
                return _Heard(_join([each.readings for each in more]), more[0].unlikely)
            return _Heard(readings)
        kept = [each for each in readings if _plausible(each.text, seconds, heard_before=loop(first.text))]
        if not kept:
            return _Heard(kept)
        kept = self._with_numbers(sound, prompt, kept, hints.asked)
        return self._weigh(sound, kept, hints) if hints.likely or hints.usual else _Heard(kept)

    def _with_numbers(self, sound: Sound, prompt: list[int], readings: list[Reading], asked: str) -> list[Reading]:
        """The readings, before them one with the number that the sound bears out."""
        texts, sure = [each.text for each in readings], readings[0].confidence

        def spoken(before: str, signs: str) -> list[tuple[str, float]]:
            return self._model.spoken(sound, prompt, before, signs)

        better = with_mobile(texts, spoken)
        if better is None:
            better = with_sum(
                texts[0], spoken, lambda text: self._model.likelihood(sound, text), asked_for=asked == "amount"
            )
        return [Reading(better, sure), *readings] if better else readings

    def _weigh(self, sound: Sound, readings: list[Reading], hints: Hints) -> _Heard:
        """The readings with the likely phrases that the sound bears out put where they were said."""
        first = readings[0]
        texts = [each.text for each in readings]
        weighed = weigh(texts, hints.likely, lambda text: self._model.likelihood(sound, text), hints.usual)
        sure = {each.text: each.confidence for each in readings}
        put = [Reading(text, sure.get(text, first.confidence)) for text in weighed.readings]
        return _Heard(put, weighed.unlikely)


def _plausible(text: str, seconds: float, heard_before: str = "") -> bool:
    """Whether somebody may have said it; a loop only where two looks at the sound found the same."""
    if not bare(text) or is_invented(text) or is_too_much(text, seconds):
        return False
    stuck = loop(text)
    return not stuck or stuck == heard_before


def _join(windows: Sequence[Sequence[Reading]]) -> list[Reading]:
    """Readings of the whole from readings of its windows: the nth best of each, side by side."""
    whole = []
    for n in range(max((len(readings) for readings in windows), default=0)):
        chosen = [readings[min(n, len(readings) - 1)] for readings in windows]
        text = "".join(reading.text for reading in chosen)
        whole.append(Reading(text, float(np.mean([reading.confidence for reading in chosen]))))
    return whole
