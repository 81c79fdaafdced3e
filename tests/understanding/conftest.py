"""What the tests of understanding share: an understander that learns once and is kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.understanding.likeness import likeness
from dialogs.understanding.ordinary import prepare
from dialogs.understanding.understand import Understander


@pytest.fixture(scope="session")
def understander(request: pytest.FixtureRequest) -> Understander:
    cache = request.config.cache
    return Understander.load(Path(cache.mkdir("learnt")) if cache else None)


@pytest.fixture(scope="session", autouse=True)
def _counted() -> None:
    """What takes two seconds once is no part of any test's time."""
    prepare()
    likeness()
