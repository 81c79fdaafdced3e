"""Readers: each finds one kind of date word at a place in the text and makes its nodes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from dialogs.understanding.times import days, years
from dialogs.understanding.times.festivals import read_festival
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.vocabulary import filled, vocabulary

Builder = Callable[[re.Match[str], date], years.Found]


@dataclass(frozen=True)
class Read:
    """What a reader found."""

    nodes: tuple[DateNode, ...]
    """The node, or several where one word says more (2026-12-05)."""
    finish: int
    """Where the words end."""


@dataclass(frozen=True)
class _Readers:
    any: re.Pattern[str]
    each: list[tuple[re.Pattern[str], Builder]]


@cache
def _readers() -> _Readers:
    """Every wording with its builder, and one pattern that matches wherever one of them does."""
    each: list[tuple[re.Pattern[str], Builder]] = []
    for wording in vocabulary()["wording"]:
        builder: Builder = getattr(days, wording["read"], None) or getattr(years, wording["read"])
        each.append((re.compile(filled(wording["say"])), builder))
    nameless = (re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern, _ in each)
    every = "|".join(pattern.replace("(?P=s)", "[-/.]") for pattern in nameless)
    return _Readers(re.compile(every), each)


def read_dates(text: str, at: int, today: date) -> list[Read]:
    """Everything that a date word at a place can be, longest first."""
    found: list[Read] = []
    readers = _readers()
    for pattern, build in readers.each if readers.any.match(text, at) else ():
        match = pattern.match(text, at)
        if match is None:
            continue
        made = build(match, today)
        if made is not None:
            found.append(Read(made, match.end()))
    festival = read_festival(text, at)
    if festival is not None:
        found.append(Read((festival[0],), festival[1]))
    return sorted(found, key=lambda read: -read.finish)
