"""What the channel itself says; the sentences stand in bot/telegram.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from dialogs.words import Words


@cache
def words(table: str) -> Words:
    """The sentences in one table of bot/telegram.toml."""
    tables = tomllib.loads(files("bot").joinpath("telegram.toml").read_text(encoding="utf-8"))
    return Words(f"bot/telegram.toml [{table}]", tables[table])
