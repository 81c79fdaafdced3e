"""Reads the word lists that stand in .toml beside this code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

Words = Mapping[str, tuple[str, ...]]


@cache
def load(name: str) -> Mapping[str, object]:
    """The tables of `NAME.toml` in this folder."""
    with (Path(__file__).parent / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def word_lists(name: str, table: str) -> Words:
    """A table of lists of words (or patterns) from `NAME.toml`."""
    lists = cast(Mapping[str, list[str]], load(name)[table])
    return {key: tuple(words) for key, words in lists.items()}


@cache
def phrases(name: str, table: str) -> Mapping[str, str]:
    """A table of single phrases from `NAME.toml`."""
    return cast(Mapping[str, str], load(name)[table])
