"""What is done to a voice's sound before it is played: silence off the ends, one loudness, soft edges, joining."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from speech.contracts import Samples

FRAME_SECONDS = 0.01
"""Length of the frames in which level is measured."""
SPEECH_LEVEL = 0.12
"""Root mean square of the frames that hold speech, after `even`: about -18 dB below full scale."""
CEILING = 0.98
"""No sample leaves this folder with a larger amplitude."""
KNEE = 0.7
"""Amplitude from which a loud sample is bent rather than cut."""


def trim(samples: Samples, rate: int, margin: float = 0.03) -> Samples:
    """Without the silence at both ends, but for `margin` seconds; empty when there is nothing but silence."""
    levels = _levels(samples, rate)
    loud = np.flatnonzero(levels > max(0.003, 0.03 * levels.max(initial=0.0)))
    if loud.size == 0:
        return samples[:0]
    frame, edge = _frame(rate), int(margin * rate)
    start = max(0, int(loud[0]) * frame - edge)
    return samples[start : (int(loud[-1]) + 1) * frame + edge]


def even(samples: Samples, rate: int) -> Samples:
    """At SPEECH_LEVEL, whatever the voice or the sentence; peaks bent below CEILING."""
    levels = _levels(samples, rate)
    speech = levels[levels > 0.1 * levels.max(initial=0.0)]
    if speech.size == 0:
        return samples
    return louder(samples, SPEECH_LEVEL / float(np.sqrt(np.mean(speech**2))))


def louder(samples: Samples, factor: float) -> Samples:
    """Amplitudes times `factor`; what goes beyond KNEE is bent towards CEILING, so nothing clips."""
    scaled = samples * np.float32(factor)
    over = np.abs(scaled) > KNEE
    room = CEILING - KNEE
    scaled[over] = np.sign(scaled[over]) * (KNEE + room * np.tanh((np.abs(scaled[over]) - KNEE) / room))
    return scaled.astype(np.float32)


def soften(samples: Samples, rate: int, seconds: float = 0.008) -> Samples:
    """With a short fade at both ends, so that neither clicks."""
    length = min(int(seconds * rate), samples.size // 2)
    if length == 0:
        return samples
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[-length:] *= ramp[::-1]
    return faded


def join(pieces: Iterable[tuple[Samples, float]], rate: int) -> Samples:
    """Pieces of sound, each followed by its pause in seconds; the last pause is left out."""
    parts: list[Samples] = []
    for samples, pause in pieces:
        parts += [samples, np.zeros(int(pause * rate), np.float32)]
    return np.concatenate(parts[:-1]) if parts else np.zeros(0, np.float32)


def _frame(rate: int) -> int:
    return max(1, int(FRAME_SECONDS * rate))


def _levels(samples: Samples, rate: int) -> Samples:
    """Root mean square of each whole frame."""
    frame = _frame(rate)
    whole = samples[: samples.size // frame * frame].reshape(-1, frame)
    return np.sqrt(np.mean(np.square(whole), axis=1, dtype=np.float32))
