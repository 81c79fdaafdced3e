"""A branch on watch for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.care.watch import Watch


@pytest.fixture
def watch() -> Iterator[Watch]:
    each = Watch()
    yield each
    each.close()
