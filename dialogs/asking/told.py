"""What an answer to a question is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs import words
from dialogs.asking.asked import Asked, Stretch
from dialogs.asking.sounded import SHARED
from dialogs.reply import Chart, Table
from dialogs.understanding.times import Time, say_time

LATELY = 31
"""Days that 最近 goes back: about a month."""
MOST_NAMES = 8
"""Names that are said in one breath; the table has them all."""
Cell = str | int | float | None


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


def spoken(stretch: Stretch, now: datetime) -> str:
    """A stretch as it is said: 十月, 第三季度, 昨天."""
    start, end = stretch.start, stretch.end
    if end.date() == now.date() and start.day == 1 and start.date() < now.date():
        first = {1: "year_so_far", now.month: "month_so_far"} if start.year == now.year else {}
        quarter = {(now.month - 1) // 3 * 3 + 1: "quarter_so_far"} if start.year == now.year else {}
        if key := {**quarter, **first}.get(start.month):
            return words.load(SHARED, "words").say(key)
    if start.date() == end.date():
        return say_time(Time("date", start, None, "day", "", 0, 0), now)
    return say_time(Time("period", start, end, "day", "", 0, 0), now)


def this_year(now: datetime) -> Stretch:
    """The year so far: what is meant where no time was said."""
    return Stretch(datetime(now.year, 1, 1), now)


def lately(now: datetime) -> Stretch:
    """What 最近 means where days are not said."""
    return Stretch(datetime(now.year, now.month, now.day) - timedelta(days=LATELY), now)


def before_that(stretch: Stretch) -> Stretch:
    """The stretch before: last month for a month, as many days for anything else."""
    start, end = stretch.start, stretch.end
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if (start.day == 1 and (end + timedelta(days=1)).day == 1) or (months > 1 and start.day == 1):
        at = start.year * 12 + start.month - 1 - months
        return Stretch(datetime(at // 12, at % 12 + 1, 1), start - timedelta(minutes=1))
    return Stretch(start - (end - start) - timedelta(minutes=1), start - timedelta(minutes=1))


def year_before(stretch: Stretch) -> Stretch:
    """The same stretch a year ago."""
    return Stretch(_last_year(stretch.start), _last_year(stretch.end))


def _last_year(moment: datetime) -> datetime:
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - 1, day=day)
