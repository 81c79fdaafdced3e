"""What an answer to a question is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from dialogs import words
from dialogs.asking.asked import Asked
from dialogs.asking.sounded import SHARED
from dialogs.reply import Chart, Table

MOST_NAMES = 8
"""Names that are said in one breath; the table has them all."""
WHEN, BESIDE = "when", "stretches"
"""What a way of answering heeds beside cues: the stretch that was said, more than one of them."""
Cell = str | int | float | None
Ways = ParamSpec("Ways")
Answer = TypeVar("Answer", bound="Told | None")


@dataclass(frozen=True)
class Told:
    """An answer before it is spoken."""

    said: str
    """The sentence."""
    table: Table | None = None
    """The rows it rests on."""
    names: tuple[str, ...] = ()
    """The members of whom it tells, for 其中."""
    chart: Chart | None = None
    """The same as a picture."""
    about: str = ""
    """The table of the rows it rests on."""
    keys: tuple[int, ...] = ()
    """Their keys: the entries about them are behind the answer."""
    entries: tuple[int, ...] = ()
    """Numbers of entries that are themselves the answer."""
    health: bool = False
    """Whether anything in it is about somebody's health: that it was read is then an entry of its own."""
    refused: bool = False
    """Whether it was not for the asker: that it was asked is then an entry."""
    answered: bool = True
    """False where the question itself was not answered, only the nearest that there is."""
    passed: str = ""
    """The word that was passed over; another reading of a recording may do without it."""
    heeds: tuple[str, ...] = ()
    """The cues that this way of answering makes use of; empty where whatever was looked for counts."""


def heeds(*keys: str) -> Callable[[Callable[Ways, Answer]], Callable[Ways, Answer]]:
    """That a way of answering makes use of these cues: another that stands in the question was passed over by it."""

    def marked(way: Callable[Ways, Answer]) -> Callable[Ways, Answer]:
        @wraps(way)
        def answer(*args: Ways.args, **values: Ways.kwargs) -> Answer:
            told = way(*args, **values)
            return told if told is None or told.heeds else replace(told, heeds=keys)

        return answer

    return marked


def say(asked: Asked, key: str, **values: str | int) -> str:
    """A sentence of the skill's [replies] or one of its [parts], else one that all questions share."""
    file = f"skills/{asked.intent}"
    tables = (words.load(file, "replies"), words.load(file, "parts"), words.load(SHARED, "words"))
    return next((each for each in tables if each.has(key)), tables[0]).say(key, **values)


def table(asked: Asked, key: str, lines: Iterable[Sequence[Cell]]) -> Table:
    """A table whose columns stand in [replies] under `columns_KEY`."""
    return Table(tuple(say(asked, f"columns_{key}").split("|")), tuple(tuple(line) for line in lines))


def named(asked: Asked, names: Sequence[str]) -> str:
    """Names for the ear: a few, and how many there are."""
    if len(names) <= MOST_NAMES:
        return "、".join(names)
    return say(asked, "and_more", names="、".join(names[:MOST_NAMES]), count=len(names))
