"""A server, a browser and a microphone for all tests in this folder; without them the tests say what is missing."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from speech.audio import decode
from tests import spoken
from tests.web.browser.browsing import SILENCE_IN_FRONT, SPEECH
from tests.web.browser.served import Served, make_branch

CHROMIUM = Path("/usr/bin/chromium")
REQUEST = "我要报名参加学习会"


@pytest.fixture(scope="package")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's microphone hears: a member who wants to sign up, in a voice that is not the product's."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (apt install chromium)")
    spoken.need_models()
    file = tmp_path_factory.mktemp("microphone") / "request.wav"
    say_into(file, REQUEST)
    return file


def say_into(file: Path, text: str) -> None:
    """Put words into the file that the browser hears; it reads the file anew each time the microphone is opened."""
    samples = decode(spoken.speak(text, "zm_yunyang")).samples
    assert samples.size < SPEECH * 16_000
    before, after = np.zeros(int(SILENCE_IN_FRONT * 16_000)), np.zeros(8_000)
    sound = np.repeat(np.concatenate([before, samples, after]), 3)  # 16 kHz to the 48 kHz that Chromium wants
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


@pytest.fixture(scope="package")
def served(microphone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = make_branch(tmp_path_factory.mktemp("branch"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


def launch(playwright: Playwright, microphone: Path, permission: str = "") -> Browser:
    return playwright.chromium.launch(
        executable_path=str(CHROMIUM),
        args=[
            "--no-sandbox",
            f"--use-fake-ui-for-media-stream{permission}",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone}%noloop",
            "--disable-background-networking",
            "--host-resolver-rules=MAP phone.test 127.0.0.1",
        ],
    )


@pytest.fixture(scope="package")
def chromium(playwright: Playwright, microphone: Path) -> Iterator[Browser]:
    browser = launch(playwright, microphone)
    yield browser
    browser.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context
    context.close()
