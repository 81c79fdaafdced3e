"""What is said about files; the sentences stand in documents.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def wording(table: str) -> Mapping[str, str]:
    """The sentences in one table of documents.toml, by key. Raises KeyError for a table that is not there."""
    return _tables()[table]


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("bot.documents").joinpath("documents.toml").read_text(encoding="utf-8"))
