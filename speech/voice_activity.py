"""Where somebody speaks in a recording: loudness made even, silence and noise told from speech, long speech cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps

from speech.contracts import HEARING_RATE, Samples

QUIETEST = 1e-4
"""Loudest sample (of full scale, -80 dB) under which a recording holds no sound at all."""

LOUDNESS = 0.1
"""Root mean square, of full scale, that loud stretches are brought to."""

MOST_GAIN = 1000.0
"""60 dB: a voice at -60 dB is brought up; what is fainter stays noise."""

SURE = VadOptions(threshold=0.35, min_speech_duration_ms=96, min_silence_duration_ms=600, speech_pad_ms=300)
"""For the Silero detector: whether anybody speaks at all; easy on weak voices."""

PERHAPS = VadOptions(threshold=0.15, min_speech_duration_ms=96, min_silence_duration_ms=600, speech_pad_ms=400)
"""For the same, how far speech reaches once somebody speaks. Over a telephone SURE alone cut off the first and the last
words of a sentence, and with them whose fall it was. Pauses of thought up to 0.6 s stay as they are."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of speech, in samples."""

    start: int
    """First sample."""
    end: int
    """One past the last."""


def is_silent(samples: Samples) -> bool:
    """Whether there is no sound at all."""
    return float(np.max(np.abs(samples), initial=0.0)) < QUIETEST


def even(samples: Samples) -> Samples:
    """The recording with its loud stretches at LOUDNESS and no offset: weak old voices count as much as strong ones."""
    centred: Samples = samples - np.float32(samples.mean())
    frame = HEARING_RATE // 50
    frames = centred[: centred.size // frame * frame].reshape(-1, frame)
    if frames.size == 0:
        return centred
    loud = float(np.percentile(np.sqrt(np.mean(frames**2, axis=1)), 90))
    if loud == 0.0:
        return centred
    louder: Samples = np.clip(centred * np.float32(min(LOUDNESS / loud, MOST_GAIN)), -1, 1)
    return louder


def find_speech(samples: Samples) -> tuple[Stretch, ...]:
    """Stretches in which somebody speaks, with a margin; none in silence, hum or noise."""
    if not get_speech_timestamps(samples, SURE):
        return ()
    found = get_speech_timestamps(samples, PERHAPS)
    return tuple(Stretch(int(each["start"]), int(each["end"])) for each in found)


def windows(samples: Samples, stretches: Sequence[Stretch], longest: float) -> list[Samples]:
    """The speech alone, in windows of at most `longest` seconds that begin and end in pauses where there are any."""
    most = int(longest * HEARING_RATE)
    found: list[list[Samples]] = [[]]
    filled = 0
    for stretch in stretches:
        for start in range(stretch.start, stretch.end, most):
            piece = samples[start : min(start + most, stretch.end)]
            if filled + piece.size > most and found[-1]:
                found.append([])
                filled = 0
            found[-1].append(piece)
            filled += piece.size
    return [np.concatenate(pieces) for pieces in found if pieces]


def halves(samples: Samples) -> tuple[Samples, Samples]:
    """The sound cut at the quietest moment of its middle half."""
    frame = HEARING_RATE // 20
    power = np.square(samples[: samples.size // frame * frame]).reshape(-1, frame).mean(axis=1)
    smooth = np.convolve(power, np.ones(3), "same")
    quarter = smooth.size // 4
    cut = (quarter + int(np.argmin(smooth[quarter : smooth.size - quarter]))) * frame + frame // 2
    return samples[:cut], samples[cut:]
