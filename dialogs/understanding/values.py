"""The values in what was said (people, titles, times, money, numbers), and the sentence with symbols in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.understanding.amounts import find_amount
from dialogs.understanding.features import AMOUNT, PERSON, PHONE, TIMES, TITLE
from dialogs.understanding.meaning import Said, Situation
from dialogs.understanding.names import PersonMatch, find_people
from dialogs.understanding.times import Time, find_times
from dialogs.understanding.titles import TitleMatch, find_title

SURE_TITLE = 0.6
"""Below this a stretch is too unlike a title to stand for it in the sentence."""

_DIGIT = "0-9零〇○一二三四五六七八九幺两"
_PHONE = re.compile(rf"[{_DIGIT}](?:[\s，、-]?[{_DIGIT}]){{6,}}")


@dataclass(frozen=True)
class Values:
    """What stands in one reading."""

    text: str
    """The reading."""
    now: datetime
    """Local time to which it refers."""
    people: tuple[PersonMatch, ...]
    """Members named in it, left to right."""
    title: TitleMatch | None
    """The document named in it."""
    times: tuple[Time, ...]
    """Times, left to right, without those inside a name or title."""

    def names(self) -> list[str]:
        """Stretches of the best reading that are a name or title and so no time."""
        names = [self.text[who.begin : who.finish] for who in self.people if who.reading == 0]
        if self.title and self.title.reading == 0 and self.title.score >= SURE_TITLE:
            names.append(self.title.said)
        return names

    def taken(self) -> list[tuple[int, int]]:
        """Where names, times, sums and the title stand, in the best reading."""
        spans = [(who.begin, who.finish) for who in self.people if who.reading == 0]
        spans += [(time.begin, time.finish) for time in self.times]
        if self.title and self.title.reading == 0:
            spans.append((self.title.begin, self.title.finish))
        amount = find_amount(self.text)
        return [*spans, (amount.begin, amount.finish)] if amount else spans

    def masked(self, without: Collection[str] = ()) -> str:
        """The reading with a symbol in the place of each value; those of the symbols `without` stay words."""
        spans: list[tuple[int, int, str]] = []
        if self.title and self.title.reading == 0 and self.title.score >= SURE_TITLE:
            spans.append((self.title.begin, self.title.finish, TITLE))
        spans += [(who.begin, who.finish, PERSON) for who in self.people if who.reading == 0 and not who.loose]
        spans += [(time.begin, time.finish, _time_symbol(time, self.now)) for time in self.times]
        spans += [(*found.span(), PHONE) for found in _PHONE.finditer(self.text)]
        amount = find_amount(self.text)
        if amount is not None:
            spans.append((amount.begin, amount.finish, AMOUNT))
        return put_symbols(self.text, [span for span in spans if span[2] not in without])


def find_values(said: Said, situation: Situation) -> Values:
    """Everything found in the best reading, helped by the others."""
    people = find_people(said.text, said.alternatives, situation.roster, situation.region, said.unlikely)
    title = find_title(said.text, said.alternatives, situation.titles, situation.region)
    found = Values(said.text, situation.now, tuple(people), title, ())
    return replace(found, times=tuple(find_times(said.text, situation.now, situation.prefer, found.names())))


def in_reading(values: Values, reading: str, number: int, situation: Situation) -> Values:
    """The values of another reading, as far as they were found there."""
    people = tuple(replace(who, reading=0) for who in values.people if who.reading == number)
    title = values.title if values.title and values.title.reading == number else None
    times = find_times(reading, situation.now, situation.prefer)
    return Values(reading, situation.now, people, title and replace(title, reading=0), tuple(times))


def put_symbols(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with each span replaced by its symbol; where spans overlap the one given first stands."""
    taken: list[tuple[int, int, str]] = []
    for begin, finish, symbol in spans:
        if begin < finish and all(finish <= other[0] or begin >= other[1] for other in taken):
            taken.append((begin, finish, symbol))
    parts: list[str] = []
    at = 0
    for begin, finish, symbol in sorted(taken):
        parts += [text[at:begin], symbol]
        at = finish
    return "".join([*parts, text[at:]])


def _time_symbol(time: Time, now: datetime) -> str:
    """Which way the time lies: what was is reported, what will be is planned."""
    if time.start <= now <= (time.end or time.start.replace(hour=23, minute=59)):
        return TIMES["now"]
    return TIMES["future" if time.start > now else "past"]
