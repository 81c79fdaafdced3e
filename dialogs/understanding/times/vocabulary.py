"""The words of dates (wording.toml), loaded once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TypedDict

from dialogs.understanding.times.digits import COUNT, DIGIT, SMALL
from dialogs.understanding.times.frames import Grain


class Wording(TypedDict):
    """A pattern and the function that makes nodes of what it matches."""

    read: str
    say: str


class Vocabulary(TypedDict):
    """wording.toml; what the tables hold is said there."""

    pieces: dict[str, str]
    years: dict[str, int]
    days: dict[str, int]
    year_parts: dict[str, tuple[int, int]]
    month_parts: dict[str, tuple[int, int]]
    units: dict[str, Grain]
    wording: list[Wording]


@cache
def vocabulary() -> Vocabulary:
    """The whole file."""
    with (Path(__file__).parent / "wording.toml").open("rb") as file:
        data: Vocabulary = tomllib.load(file)  # type: ignore[assignment]  # the shape is held by the tests
    return data


def filled(pattern: str) -> str:
    """A pattern with its {pieces} put in; pieces may hold others."""
    pieces = {"small": SMALL, "count": COUNT, "digit": DIGIT, **vocabulary()["pieces"]}
    return re.sub(r"\{([a-z_]+)\}", lambda match: filled(pieces[match[1]]), pattern)
