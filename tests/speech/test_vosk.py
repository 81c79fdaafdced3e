"""Vosk with a real model: Korean, which can be had everywhere; Mandarin is another folder of the same kind."""

from __future__ import annotations

import logging
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from speech.audio import decode
from speech.contracts import Hints, ModelMissing, NothingHeard, Samples, Transcript
from speech.vosk import VoskRecogniser
from tests.speech.conftest import model, not_speech

pytestmark = pytest.mark.models

HELLO, WEATHER, PARTY = "안녕하세요", "날씨", "회의"


@pytest.fixture(scope="module")
def vosk() -> VoskRecogniser:
    return VoskRecogniser(model("vosk-ko"))


@pytest.fixture(scope="module")
def say() -> dict[str, Samples]:
    """Three Korean words spoken by the machine."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    spoken = {}
    for word in (HELLO, WEATHER, PARTY):
        command = ["espeak-ng", "-v", "ko", "-s", "120", "--stdout", word]
        wav = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        spoken[word] = np.pad(decode(wav).samples, 4_000)
    return spoken


@pytest.mark.parametrize("word", [HELLO, WEATHER, PARTY])
def test_the_phrase_that_was_said_is_picked_from_the_list(
    vosk: VoskRecogniser, say: dict[str, Samples], word: str
) -> None:
    heard = vosk.hear(say[word], Hints(phrases=(HELLO, WEATHER, PARTY)))
    assert isinstance(heard, Transcript)
    assert heard.text == word
    assert heard.engine == "vosk"
    assert 0.3 <= heard.confidence <= 1


def test_without_a_list_it_hears_korean_with_other_readings_and_the_same_each_time(
    vosk: VoskRecogniser, say: dict[str, Samples]
) -> None:
    first, again = vosk.hear(say[WEATHER], Hints()), vosk.hear(say[WEATHER], Hints())
    assert isinstance(first, Transcript)
    assert isinstance(again, Transcript)
    assert any("\uac00" <= character <= "\ud7a3" for character in first.text)
    assert first.text == again.text
    assert set(first.alternatives) == set(again.alternatives), "readings of one likelihood change places"
    assert first.text not in first.alternatives
    assert bool(first.alternatives) == (first.confidence < 0.8)


@pytest.mark.parametrize("name", not_speech())
def test_noise_is_no_words(vosk: VoskRecogniser, name: str) -> None:
    heard = vosk.hear(not_speech()[name], Hints())
    assert isinstance(heard, NothingHeard)
    assert heard.reason == ("silence" if name == "digital silence" else "noise")


def test_words_that_the_model_does_not_know_are_reported(
    vosk: VoskRecogniser, say: dict[str, Samples], caplog: pytest.LogCaptureFixture
) -> None:
    phrases = (HELLO, WEATHER, f"{PARTY} 없는말이다")
    assert vosk.unknown_words(phrases) == ("없는말이다",)
    with caplog.at_level(logging.WARNING):
        heard = vosk.hear(say[WEATHER], Hints(phrases=phrases))
    assert isinstance(heard, Transcript)
    assert heard.text == WEATHER
    assert "1 words of the phrase list" in caplog.text


@pytest.mark.parametrize("phrase", ['"', "[", '"]', "\\", "{}", "'; drop"])
def test_no_phrase_can_break_the_engine(vosk: VoskRecogniser, say: dict[str, Samples], phrase: str) -> None:
    vosk.hear(say[WEATHER], Hints(phrases=(WEATHER, phrase)))


def test_a_list_of_which_no_word_can_be_heard_is_no_list(vosk: VoskRecogniser, say: dict[str, Samples]) -> None:
    assert isinstance(vosk.hear(say[WEATHER], Hints(phrases=("없는말이다",))), Transcript)


def test_a_folder_without_a_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="nuanyang models fetch"):
        VoskRecogniser(tmp_path)
