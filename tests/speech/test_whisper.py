"""The real recogniser on real and made sound: words that were said are heard, words that were not are never made up."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from speech.audio import decode
from speech.contracts import HEARING_RATE, Heard, Hints, NothingHeard, Samples, Transcript
from speech.voice_activity import even, find_speech
from speech.whisper import WhisperRecogniser
from tests.shared_data import shared
from tests.speech.conftest import not_speech

pytestmark = pytest.mark.models

_MARKS = re.compile(r"[^\w]")


def syllables(text: str) -> list[str]:
    """Pinyin without tones: what the rest of the product understands by."""
    return lazy_pinyin(_MARKS.sub("", text))


DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
"""一二线 may be written 12线: it is heard all the same."""


def wrong(said: str, heard: Heard) -> int:
    text = heard.text if isinstance(heard, Transcript) else ""
    return Levenshtein.distance(syllables(said), syllables(text.translate(DIGITS)))


def real(name: str) -> tuple[Samples, str]:
    """A recording of a real person and what was said."""
    rows = [json.loads(line) for line in shared("voice", "real", "manifest.jsonl").read_text("utf-8").splitlines()]
    said = next(row["text"] for row in rows if row["file"] == name)
    return decode(shared("voice", "real", name).read_bytes()).samples, said


@pytest.fixture
def sentence() -> tuple[Samples, str]:
    return real("aishell_0122.wav")


@pytest.mark.parametrize(
    ("name", "most_wrong"),
    [("aishell_0121.wav", 0), ("aishell_0122.wav", 0), ("wenet_net.wav", 1), ("ppasr_test.wav", 1)],
)
def test_real_people_are_understood(whisper: WhisperRecogniser, name: str, most_wrong: int) -> None:
    samples, said = real(name)
    heard = whisper.hear(samples, Hints())
    assert wrong(said, heard) <= most_wrong
    assert isinstance(heard, Transcript)
    assert 0.3 < heard.confidence <= 1
    assert heard.audio_seconds == pytest.approx(samples.size / HEARING_RATE)


def test_where_it_is_not_sure_it_gives_other_readings(whisper: WhisperRecogniser) -> None:
    samples, said = real("magic_it0011.wav")
    heard = whisper.hear(samples, Hints())
    assert isinstance(heard, Transcript)
    assert min(Levenshtein.distance(syllables(said), syllables(t)) for t in (heard.text, *heard.alternatives)) == 0
    assert heard.text not in heard.alternatives
    assert len(set(heard.alternatives)) == len(heard.alternatives)


@pytest.mark.parametrize("name", not_speech())
def test_where_nobody_speaks_no_words_are_invented(whisper: WhisperRecogniser, name: str) -> None:
    heard = whisper.hear(not_speech()[name], Hints())
    assert isinstance(heard, NothingHeard)
    assert heard.reason == ("silence" if name == "digital silence" else "noise")


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.1, 0.29])
def test_a_finger_that_slips_off_is_too_short(whisper: WhisperRecogniser, seconds: float) -> None:
    heard = whisper.hear(np.full(int(seconds * HEARING_RATE), 0.1, np.float32), Hints())
    assert isinstance(heard, NothingHeard)
    assert heard.reason == "too_short"


@pytest.mark.parametrize("decibels", [-30, -45, -60])
def test_a_weak_voice_is_heard_like_a_strong_one(
    whisper: WhisperRecogniser, sentence: tuple[Samples, str], decibels: int
) -> None:
    samples, said = sentence
    weak = samples * 10 ** (decibels / 20) / np.sqrt(np.mean(samples**2))
    sixteen_bit = (np.round(weak * 32768) / 32768).astype(np.float32)
    assert wrong(said, whisper.hear(sixteen_bit, Hints())) <= 1


def test_a_weak_voice_is_not_cut_away(sentence: tuple[Samples, str]) -> None:
    samples, _ = sentence
    whole = sum(stretch.end - stretch.start for stretch in find_speech(even(samples)))
    for decibels in (-20, -40, -50):
        weak = (samples * 10 ** (decibels / 20) / np.sqrt(np.mean(samples**2))).astype(np.float32)
        kept = sum(stretch.end - stretch.start for stretch in find_speech(even(weak)))
        assert kept >= 0.85 * whole


def test_a_long_wait_before_after_and_between_changes_nothing(
    whisper: WhisperRecogniser, sentence: tuple[Samples, str]
) -> None:
    samples, said = sentence
    hiss = np.random.default_rng(1).standard_normal(5 * HEARING_RATE).astype(np.float32) * 1e-4
    heard = whisper.hear(np.concatenate([hiss, samples, hiss, samples, hiss]), Hints())
    # A sentence said twice may be written once: nothing of it is lost.
    assert min(wrong(said, heard), wrong(said * 2, heard)) <= 0.2 * len(said)


@pytest.mark.parametrize(
    "seconds_long", [33, pytest.param(120, marks=pytest.mark.soak)], ids=["past one window", "two minutes"]
)
def test_long_messages_are_heard_to_the_end(whisper: WhisperRecogniser, seconds_long: int) -> None:
    parts = [real(name) for name in ("aishell_0121.wav", "ppasr_test.wav", "aishell_0122.wav")]
    rest = np.zeros(HEARING_RATE, np.float32)
    sound: list[Samples] = []
    said = ""
    while sum(map(len, sound)) < seconds_long * HEARING_RATE:
        samples, text = parts[len(sound) // 2 % len(parts)]
        sound += [samples, rest]
        said += text
    heard = whisper.hear(np.concatenate(sound)[: 120 * HEARING_RATE], Hints())
    assert wrong(said, heard) < 0.15 * len(said)


def test_text_is_plain_simplified_chinese_without_gaps(whisper: WhisperRecogniser) -> None:
    for name in ("aishell_0121.wav", "wenet_net.wav", "ppasr_test.wav", "wenet_meeting.wav"):
        heard = whisper.hear(real(name)[0], Hints())
        assert isinstance(heard, Transcript)
        for text in (heard.text, *heard.alternatives):
            assert not re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]|\ufffd", text)
            bare = _MARKS.sub("", text)
            assert bare.encode("gb2312", "ignore").decode("gb2312") == bare, "traditional characters"


def test_somebody_who_says_it_again_and_again_is_heard(
    whisper: WhisperRecogniser, sentence: tuple[Samples, str]
) -> None:
    samples, said = sentence
    heard = whisper.hear(np.concatenate([samples, samples, samples]), Hints())
    assert min(wrong(said * times, heard) for times in (1, 2, 3)) <= 0.2 * len(said)


@pytest.mark.soak
def test_spoken_requests_are_understood(whisper: WhisperRecogniser) -> None:
    rows = [json.loads(line) for line in shared("voice", "manifest.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["accent"] in ("standard", "weifang") and row["snr"] == 0][:16]
    errors = syllable_count = 0
    for row in rows:
        heard = whisper.hear(decode(shared("voice", row["file"]).read_bytes()).samples, Hints())
        errors += wrong(row["text"], heard)
        syllable_count += len(syllables(row["text"]))
    assert errors / syllable_count < 0.17
