"""The branch at work, as the whole turn's tests know it; what was learnt is read once, for it never changes."""

from __future__ import annotations

from functools import cache

import pytest

from bot import app
from dialogs.understanding.understand import Understander
from tests.bot.conftest import office  # noqa: F401 - a fixture


class ReadOnce:
    """The real understanding, of which one is enough for all tests."""

    load = staticmethod(cache(Understander.load))


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "Understander", ReadOnce)
