"""The words of the pages, from web.toml and desk.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

Wording = Mapping[str, str]


def wording(table: str) -> Wording:
    """The sentences in one table of web.toml or desk.toml, by key. Raises KeyError for a table that is not there."""
    return cast("Wording", _tables()[table])


def choices(table: str) -> list[Wording]:
    """The buttons in one list of web.toml, each with `label` and `say`."""
    return cast("list[Wording]", _tables()[table])


@cache
def _tables() -> Mapping[str, Wording | list[Wording]]:
    tables: dict[str, Wording | list[Wording]] = {}
    for name in ("web.toml", "desk.toml"):
        tables |= tomllib.loads(files("bot.web").joinpath(name).read_text(encoding="utf-8"))
    return tables
