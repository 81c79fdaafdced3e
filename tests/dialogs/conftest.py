"""Talks need the branch that the turn tests open."""

from tests.bot.conftest import office  # noqa: F401
