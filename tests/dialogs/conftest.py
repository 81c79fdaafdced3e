"""The demo branch at work, for every story about a skill."""

from tests.bot.conftest import office  # noqa: F401
