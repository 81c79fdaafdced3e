"""Talks run on the demo branch, wired as in production."""

from __future__ import annotations

from tests.bot.conftest import office  # noqa: F401
