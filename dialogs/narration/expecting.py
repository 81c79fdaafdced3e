"""What an answer must hold: an amount for 多少钱, a date for 哪天, a yes or no for 能不能, several things for 哪些."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import cast

from dialogs.narration.data import load, phrases, word_lists

Answers = Callable[[str], bool] | None
"""Whether a passage holds the kind of thing that is asked for; None where any passage may answer."""

_SEVERAL, _A_FEW = re.compile(r"[、；]|”“|（[二三2-9]）"), 2
_LIST = re.compile(r"哪([二两三四五六七八九十])|([二两三四五六七八九十])(?:样|句|个)是")
_CHAIN = re.compile("[—-]+")
_ITEMS = re.compile(r"[^，。；：！？“”‘’（）《》]+")


def expected(question: str) -> Answers:
    """A test for passages: an amount of money for 多少钱, a month for 几月, four things in a row for 哪四个."""
    counted = _counted().search(question)
    if counted:
        unit = _unit(counted[1])
        return lambda text: unit.search(text) is not None
    for ask, holds in _expectations():
        if ask.search(question):
            return lambda text, holds=holds: holds.search(text) is not None  # type: ignore[misc]
    listed = _LIST.search(question)
    if listed:
        count = "二两三四五六七八九十".index(listed[1] or listed[2])
        return lambda text: max(1, count) + 1 in _lengths_oflists(text)
    return _enumerates if lists(question) else None


@cache
def _counted() -> re.Pattern[str]:
    """几张照片, 多少个月: a figure of that unit is asked for."""
    units = "|".join(word_lists("synonyms", "counted")["units"])
    return re.compile(rf"(?:(?<![第哪])几|多少)({units})")


@cache
def _unit(named: str) -> re.Pattern[str]:
    own = next(each for each in word_lists("synonyms", "counted")["units"] if re.fullmatch(each, named))
    return re.compile(rf"[\d一二两三四五六七八九十百半][多余来]?(?:{own})|(?:{own})[^，。；]{{0,6}}\d")


def _enumerates(text: str) -> bool:
    """Whether a passage names several things: 甲、乙和丙, “甲”“乙”, or one after the other with semicolons."""
    return len(_SEVERAL.findall(text)) >= _A_FEW


def counts(question: str) -> bool:
    """Whether so many things by number are asked for (哪六有, 哪四个): a list of just that length is seldom another."""
    return _LIST.search(question) is not None


def whether(question: str) -> Answers:
    """A test for passages where 能不能 or 要不要 is asked: they must allow, forbid or bid."""
    table = phrases("synonyms", "whether")
    if not re.search(table["asked"], question):
        return None
    return lambda text: re.search(table["holds"], text) is not None


def lists(question: str) -> bool:
    """Whether all of several things are asked for: 哪些材料, 什么人."""
    return re.search(phrases("synonyms", "lists")["asked"], question) is not None


def _lengths_oflists(text: str) -> Iterator[int]:
    """How many things each list of a passage names (甲、乙, 甲——乙); the last may hang on 和."""
    for run in _ITEMS.findall(text):
        if "—" in run:
            yield len(_CHAIN.split(run))
        if "、" in run:
            yield run.count("、") + 1
            yield run.count("、") + 2 if re.search("[和及与]", run.rsplit("、", 1)[1]) else 0


@cache
def _expectations() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    tables = cast(Mapping[str, Mapping[str, str]], load("synonyms")["expected"])
    return tuple((re.compile(table["asked"]), re.compile(table["holds"])) for table in tables.values())
