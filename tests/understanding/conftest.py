"""What the tests of understanding share: an understander that learns once and is kept between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.understanding.understand import Understander


@pytest.fixture(scope="session")
def understander(request: pytest.FixtureRequest) -> Understander:
    cache = request.config.cache
    return Understander.load(Path(cache.mkdir("learnt")) if cache else None)
