"""Choosing an engine is a look into a table; the engine itself is imported only then."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest

from speech.contracts import Hints, ModelMissing, Transcript
from speech.engines import RECOGNISERS, VOICES, UnknownEngine, choose, open_recogniser
from speech.models import ModelStore, default_models_folder
from speech.work import HearingSettings, hear
from tests.shared_data import shared
from tests.speech.conftest import model


def test_every_engine_of_the_tables_is_there() -> None:
    for name, engine in {**RECOGNISERS, **VOICES}.items():
        module, _, class_name = engine.place.partition(":")
        assert getattr(import_module(module), class_name).name == name


def test_an_engine_that_does_not_exist_is_told_which_do() -> None:
    with pytest.raises(UnknownEngine, match="'wisper'; choose one of: vosk, whisper"):
        choose("wisper", RECOGNISERS)


def test_nothing_is_imported_before_an_engine_is_chosen() -> None:
    heavy = "ctranslate2", "vosk", "onnxruntime", "pyttsx3"
    look = f"import sys, speech.engines; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", look], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], check=True
    )
    assert found.stdout.strip() == b"[]"


def test_a_store_without_the_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="nuanyang models fetch whisper-base"):
        open_recogniser("whisper", ModelStore(tmp_path))


@pytest.mark.models
def test_hearing_works_in_another_process_as_it_would_on_another_machine() -> None:
    model("whisper-base")
    settings = HearingSettings("whisper", default_models_folder(), threads=1)
    note = shared("voice", "real", "aishell_0122.wav").read_bytes()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        heard = pool.submit(hear, note, settings, Hints()).result(timeout=60)
    assert isinstance(heard, Transcript)
    assert "城市" in heard.text


@pytest.mark.models
def test_a_damaged_recording_is_heard_as_far_as_it_goes_and_says_so() -> None:
    model("whisper-base")
    file = next(path for path in sorted(shared("voice").glob("*.ogg")) if path.stat().st_size > 25_000).read_bytes()
    third = len(file) // 3
    heard = hear(
        file[:third] + bytes(third) + file[2 * third :], HearingSettings("whisper", default_models_folder()), Hints()
    )
    assert not heard.complete
