"""All times in a text, left to right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from dialogs.understanding.times.digits import NUMERALS
from dialogs.understanding.times.ranges import Near
from dialogs.understanding.times.reading import read_time
from dialogs.understanding.times.repair import Repaired, repair
from dialogs.understanding.times.time import Prefer, Time
from dialogs.understanding.times.unread import verdict

SAME = str.maketrans(
    "：～．／－０１２３４５６７８９〇○點週號後個時號歲間禮農曆節兩", ":~./-0123456789零零点周号后个时号岁间礼农历节两"
)
"""Full-width and traditional characters and what they are read as; one for one, so that places stay."""
UNREAD = "what stands beside it may move it"
"""The doubt of 周三 in 周三的会推迟一天."""


@cache
def _traps() -> tuple[re.Pattern[str], re.Pattern[str]]:
    with (Path(__file__).parent / "traps.toml").open("rb") as file:
        data = tomllib.load(file)
    return re.compile("|".join(f"(?:{phrase})" for phrase in data["phrases"])), re.compile(data["recurring"])


@dataclass(frozen=True)
class Scanned:
    """What a text says of times."""

    times: list[Time]
    """Every time that the grammar finds."""
    unfixed: bool
    """Whether a day was named that cannot be fixed: 外后天, 二月三十号, 八月十无."""


def scan(text: str, now: datetime, prefer: Prefer, names: Sequence[str] = ()) -> Scanned:
    """Reads a text from left to right; `names` are stretches that are no times, such as the roster's."""
    now = now.replace(second=0, microsecond=0)  # days end at 23:59
    kept = [place for place, char in enumerate(text) if char != " " or _between_numbers(text, place)]
    plain = "".join(text[place] for place in kept).translate(SAME)
    for name in filter(None, names):
        plain = plain.replace(name, "\0" * len(name))
    mended = repair(plain)
    plain = mended.text
    skips = {match.start(): match.end() for match in _traps()[0].finditer(plain)}
    found: list[Time] = []
    unfixed = False
    near = Near()
    place, since, after_number = 0, 0, False
    while place < len(plain):
        if place in skips:
            place, after_number = skips[place], False
            since = place
            continue
        read = None
        if not (after_number and plain[place] in NUMERALS):
            read = read_time(plain, place, now, prefer, near)
        if read is None:
            after_number = plain[place] in NUMERALS
            place += 1
            continue
        stands = verdict(plain, since, place, read.finish)
        if read.time is not None and stands != "lost" and not _recurring(plain, place):
            time = replace(read.time, doubt=read.time.doubt or UNREAD) if stands == "doubt" else read.time
            found.append(_as_written(time, text, kept, mended))
            near = read.near
        unfixed = unfixed or stands == "lost" or read.failed
        place, after_number = max(read.finish, place + 1), False
        since = place
    return Scanned(found, unfixed)


def _recurring(plain: str, place: int) -> bool:
    return _traps()[1].search(plain[max(0, place - 8) : place]) is not None


def _between_numbers(text: str, place: int) -> bool:
    """A space between two numbers keeps them apart; recognisers put the others between words."""
    return text[place - 1 : place] in NUMERALS and text[place + 1 : place + 2] in NUMERALS


def _as_written(time: Time, text: str, kept: list[int], mended: Repaired) -> Time:
    """The time with the words as they stand in the text, in doubt if only their sound spoke for it."""
    heard = not mended.unsure.isdisjoint(range(time.begin, time.finish))
    doubt = time.doubt or ("understood by its sound alone" if heard else "")
    begin, finish = kept[time.begin], kept[time.finish - 1] + 1
    return replace(time, begin=begin, finish=finish, matched=text[begin:finish], doubt=doubt)
