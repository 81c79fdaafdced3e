"""A branch on watch, and the branch at work as the whole turn's tests know it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.conftest import office  # noqa: F401 - a fixture
from tests.care.watch import Watch


@pytest.fixture
def watch() -> Iterator[Watch]:
    each = Watch()
    yield each
    each.close()
