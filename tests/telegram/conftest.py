"""A Bot API server of our own, the third-party emulator, and a branch beside each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from speech.models import default_models_folder
from tests.spoken import need_models
from tests.telegram.emulator import Emulated
from tests.telegram.fake_bot_api import FakeBotApi
from tests.telegram.house import House


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def emulated() -> AsyncIterator[Emulated]:
    async with Emulated() as server:
        yield server


@pytest.fixture
def house(api: FakeBotApi, tmp_path: Path) -> House:
    """A branch without speech models: its answers are texts."""
    return House(tmp_path / "data", api)


@pytest.fixture
def speaking_house(api: FakeBotApi, tmp_path: Path) -> House:
    """A branch that hears and speaks."""
    need_models()
    return House(tmp_path / "data", api, models=default_models_folder())
