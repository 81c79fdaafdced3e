"""What the tests of understanding share: the process's own understander, as `nuanyang models fetch` taught it."""

from __future__ import annotations

import pytest

from bot import app
from bot.config import Config
from dialogs.understanding.likeness import likeness
from dialogs.understanding.ordinary import prepare
from dialogs.understanding.understand import Understander


@pytest.fixture(scope="session")
def understander() -> Understander:
    return app.understander(app.learnt_folder(Config()))


@pytest.fixture(scope="session", autouse=True)
def _counted() -> None:
    """What takes two seconds once is no part of any test's time."""
    prepare()
    likeness()
