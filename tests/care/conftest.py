"""A branch on watch, and the branch at work as the whole turn's tests know it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bot import app
from dialogs.understanding.understand import Understander
from tests.bot.conftest import office  # noqa: F401 - a fixture
from tests.care.watch import Watch


@pytest.fixture
def watch() -> Iterator[Watch]:
    each = Watch()
    yield each
    each.close()


class ReadOnce:
    """The real understanding: what was learnt never changes, so one is enough for all tests."""

    load = staticmethod(cache(Understander.load))


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "Understander", ReadOnce)
