"""Festivals and solar terms: which word is which day (festivals.toml), and the day in a given year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypedDict

from dialogs.understanding.times import frames, lunar
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import DAY
from dialogs.understanding.times.week_nodes import NthWeekday

DOG_DAYS = "heat 0"
"""The rule of the dog days as a whole."""


class Rule(TypedDict, total=False):
    """One entry of festivals.toml."""

    names: list[str]
    open: str
    bare: list[str]
    solar: list[int]
    lunar: list[int]
    nth: list[int]
    term: str
    heat: int
    cold: int


@dataclass(frozen=True)
class Festival:
    """A day with a name."""

    rule: str
    """Key of its rule: "solar 10 1", "lunar 8 15", "term 清明", "nth 5 2 6", "heat 1", "cold 3"."""
    doubt: str = ""
    """Why its name may mean another day."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "year"
    """See DateNode."""

    def narrow(self, frame: Frame | None, _today: date) -> Frame | None:
        """The day in that year (a lunar day: in the lunar year of that number); beside a date it must be that day."""
        if frame is None:
            return None
        if self.rule.startswith("cold") or self.rule == DOG_DAYS:
            return self._stretch(frame)
        if frame.grain == "day":
            return self._beside(frame)
        if frame.grain == "year":
            found = day_of(self.rule, frame.start.year)
            return None if found is None else frames.day(found).doubted(self.doubt, self._other(frame.start.year))
        near = (day_of(self.rule, frame.start.year + step) for step in (-1, 0, 1))  # 腊月 begins in the next year
        return next((frames.day(day) for day in near if day and frame.start <= day <= frame.end), None)

    def _other(self, year: int) -> date | None:
        """The day of the same numbers by the other calendar, where the name leaves open which."""
        kind, numbers = self.rule.split(maxsplit=1)
        return day_of(f"{'lunar' if kind == 'solar' else 'solar'} {numbers}", year) if self.doubt else None

    def _beside(self, frame: Frame) -> Frame | None:
        """The day said before, if it is this one; 七月十五中元节 told it in the moon's numbers."""
        if self.rule == f"lunar {frame.start.month} {frame.start.day}":
            found = day_of(self.rule, frame.start.year)
            return None if found is None else frames.day(found)
        days = [day_of(self.rule, frame.start.year + step) for step in (-1, 0, 1)]
        return frame if frame.start in days else None

    def _stretch(self, frame: Frame) -> Frame | None:
        """Nine days after the winter solstice, or all of the dog days."""
        found = day_of(self.rule, frame.start.year) if frame.grain == "year" else None
        if found is None:
            return None
        last = lunar.dog_days_end(found.year) if self.rule == DOG_DAYS else found + timedelta(8)
        return Frame(found, last, "part")


@cache
def day_of(rule: str, year: int) -> date | None:
    """The day on which a rule's festival falls in a year."""
    kind, *numbers = rule.split()
    if kind == "term":
        return lunar.solar_terms(year).get(numbers[0])
    if kind == "heat":
        return lunar.dog_days(year)[max(0, int(numbers[0]) - 1)]
    if kind == "cold":
        return lunar.nine_days(year, int(numbers[0]))
    month, number, *rest = (int(part) for part in numbers)
    if kind == "solar":
        return date(year, month, number)
    if kind == "nth":
        found = NthWeekday(number, rest[0]).narrow(frames.month(year, month), date(year, 1, 1))
        return None if found is None else found.start
    if number == 0:
        return lunar.new_years_eve(year)
    first = lunar.first_day(year, month)
    return None if first is None else first[0] + timedelta(number - 1)


def _key(rule: Rule) -> str:
    if "term" in rule:
        return f"term {rule['term']}"
    if "heat" in rule:
        return f"heat {rule['heat']}"
    if "cold" in rule:
        return f"cold {rule['cold']}"
    kind, numbers = next((kind, rule[kind]) for kind in ("solar", "lunar", "nth") if kind in rule)
    return " ".join([kind, *map(str, numbers)])


@dataclass(frozen=True)
class _Names:
    any: re.Pattern[str]
    each: list[tuple[re.Pattern[str], Festival]]


@cache
def _names() -> _Names:
    with (Path(__file__).parent / "festivals.toml").open("rb") as file:
        data = tomllib.load(file)
    rules: list[Rule] = data["day"]
    beside: dict[str, str] = data["beside"]
    no_name, no_thing = beside["no_name_before"], beside["no_thing_after"]
    each = []
    for rule in rules:
        festival = Festival(_key(rule), rule.get("open", ""))
        each.append((re.compile(f"{no_name}(?>{'|'.join(rule['names'])}){no_thing}"), festival))
        if "bare" in rule:
            names = "|".join(rule["bare"])
            bare = f"{no_name}{beside['no_number_before']}(?:{names})节?{no_thing}{beside['as_a_day']}"
            each.append((re.compile(bare), festival))
            each.append((re.compile(beside["after_year"].replace("{names}", names)), festival))
    every = "|".join(name for rule in rules for name in rule["names"] + rule.get("bare", []))
    return _Names(re.compile(every), each)


def read_festival(text: str, at: int) -> tuple[Festival, int] | None:
    """The festival that is named at a place, and where its name ends; the longest name wins."""
    names = _names()
    if names.any.match(text, at) is None:
        return None
    found = None
    for pattern, festival in names.each:
        match = pattern.match(text, at)
        if match and (found is None or match.end() > found[1]):
            found = (festival, match.end())
    return found
