"""A fresh branch in memory for every test."""

from __future__ import annotations

from tests.storage.conftest import branch  # noqa: F401 - a fixture
