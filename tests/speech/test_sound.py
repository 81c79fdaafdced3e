"""What is done to sound after the voice: no clicks, no clipping, one loudness."""

from __future__ import annotations

import numpy as np
import pytest

from speech import sound
from speech.contracts import Samples
from speech.onset import without_hum

RATE = 24_000


def tone(seconds: float, pitch: float = 220.0, amplitude: float = 0.3) -> Samples:
    return (amplitude * np.sin(2 * np.pi * pitch * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def hiss(seconds: float, amplitude: float = 0.2) -> Samples:
    noise = np.diff(np.random.default_rng(1).standard_normal(int(seconds * RATE) + 1))
    return (amplitude * noise / np.abs(noise).max()).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def test_silence_is_taken_off_both_ends_but_for_a_breath() -> None:
    trimmed = sound.trim(np.concatenate([silence(0.5), tone(1.0), silence(0.7)]), RATE)
    assert trimmed.size / RATE == pytest.approx(1.06, abs=0.02)


def test_nothing_but_silence_becomes_nothing() -> None:
    assert sound.trim(silence(1.0), RATE).size == 0
    assert sound.trim(silence(0.0), RATE).size == 0


@pytest.mark.parametrize("amplitude", [0.01, 0.1, 0.9])
def test_every_sentence_is_equally_loud(amplitude: float) -> None:
    evened = sound.even(np.concatenate([tone(1.0, amplitude=amplitude), silence(0.3)]), RATE)
    assert np.sqrt(np.mean(evened[:RATE] ** 2)) == pytest.approx(sound.SPEECH_LEVEL, rel=0.05)


@pytest.mark.parametrize("factor", [0.5, 1.0, 2.0, 10.0, 1000.0])
def test_louder_is_louder_and_never_clips(factor: float) -> None:
    made = sound.louder(tone(0.2), factor)
    assert np.abs(made).max() <= sound.CEILING
    assert np.sqrt(np.mean(made**2)) > np.sqrt(np.mean(sound.louder(tone(0.2), factor / 2) ** 2)) * 0.999


def test_the_ends_do_not_click() -> None:
    soft = sound.soften(tone(0.5, pitch=333.3), RATE)
    assert soft[0] == 0
    assert soft[-1] == 0
    assert np.abs(soft[RATE // 4]) == np.abs(tone(0.5, pitch=333.3)[RATE // 4])


def test_pieces_are_joined_with_their_pauses_and_none_at_the_end() -> None:
    joined = sound.join([(tone(0.5), 0.25), (tone(0.5), 0.4)], RATE)
    assert joined.size / RATE == pytest.approx(1.25)
    assert sound.join([], RATE).size == 0


def test_a_hum_before_a_voiceless_consonant_is_cut_off() -> None:
    hummed = np.concatenate([tone(0.09), hiss(0.08), tone(0.3)])
    mended = without_hum(hummed, RATE, "ʂou→", speed=1.0)
    assert mended.size / RATE == pytest.approx(0.38, abs=0.02)


@pytest.mark.parametrize("phonemes", ["ma→", "pa→", "ni↗n", ""])
def test_a_clause_that_begins_with_voice_keeps_it(phonemes: str) -> None:
    voiced = np.concatenate([tone(0.09), hiss(0.08), tone(0.3)])
    assert without_hum(voiced, RATE, phonemes, speed=1.0) is voiced


def test_the_first_syllable_is_never_taken_for_a_hum() -> None:
    syllable_first = np.concatenate([tone(0.25), hiss(0.1), tone(0.3)])
    assert without_hum(syllable_first, RATE, "xau↓", speed=1.0) is syllable_first
