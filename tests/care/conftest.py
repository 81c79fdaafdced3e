"""The branch at work, as the whole turn's tests know it."""

from __future__ import annotations

from tests.bot.conftest import office  # noqa: F401 - a fixture
