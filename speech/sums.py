"""A sum of money that was told, and the sums it may have been: 五十字块 for 五十四块, 六十是快山谋 for 六十四块三毛.

What a recogniser writes beside a number are the commonest words of that sound. Asked how likely the sound is to be each
sum that could be meant, spelt as it is said, it tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from speech.likeness import alike

DIGITS = "一二三四五六七八九"
PARTS = "十百千零两" + DIGITS
NEAR = 0.25
"""Cost up to which a character may have been a part of a sum."""
STEPS = 4
"""How many places down their lists the syllables of a sum may stand, all together."""
LONGEST = 10
"""Characters of a sum as it is said."""
MOST = 12
"""Sums of one reading that are weighed."""

CLEAR = -1.25
"""Natural logarithm of the probability from which the likeliest is clearly a sum. Of 116 that were spoken 86 are clear:
76 are as written, of which 71 are right, and 10 are written otherwise and heard right."""
MONEY = PARTS + "块毛是吧。"
"""What a sum is told in, and what may end it."""
_UNITS = {"块": "块", "快": "块", "筷": "块", "元": "块", "圆": "块", "毛": "毛", "角": "毛"}
_NUMBER = f"(?:[{DIGITS}两]千零?)?(?:[{DIGITS}两]百零?)?(?:[{DIGITS}]?十)?[{DIGITS}两]?"
_SUM = re.compile(f"是?{_NUMBER}(?:(?<=.)块(?:零?[{DIGITS}]毛?)?)?|是?[{DIGITS}]毛")
_MONEY = re.compile(f"[百千][{DIGITS}]?$|块|毛")
_ARABIC = re.compile(r"[0-9]{1,4}")
_LITTLE = re.compile("一[点些下起]")
_ENDS = re.compile(r"[吧啊呀]?(?:$|[，。,.、!?！？])")


@dataclass(frozen=True)
class Sum:
    """What may have been a sum in a sentence."""

    begin: int
    """First character."""
    finish: int
    """Character after the last."""
    spelt: str
    """The sum as it is said."""
    written: bool
    """Whether it stands there so, in digits or characters."""
    inside: int
    """Syllables from the first that is written: words before it prove nothing, 是六块 is no 十六块."""


@dataclass(frozen=True)
class _Syllable:
    begin: int
    """First character behind it; a number in digits stands behind all of its syllables."""
    finish: int
    """Character after the last."""
    options: str
    """What it may have been: as written, or likeliest first."""
    written: bool
    """False for a word that only sounds so."""


def sums(text: str) -> list[Sum]:
    """All the sums that may have been told in one place of a sentence, the longest first; none where none was.

    Where several were told it is the last place: people put themselves right.
    """
    for run in reversed(list(_runs(text))):
        found = list(islice(_in_run(text, run), MOST))
        if found:
            return list(dict.fromkeys(found))
    return []


def clear_sum(heard: Sequence[tuple[str, float]]) -> str:
    """The likeliest of what was heard, with the natural logarithm of its probability, if it is clearly a sum; else
    empty. 是 before it may be written 四."""
    said, chance = heard[0]
    said = said.rstrip("吧。").removeprefix("是")
    candidates = (said, said[1:]) if said.startswith("四") else (said,)
    return next((each for each in candidates if _is_sum(each)), "") if chance >= CLEAR else ""


def _in_run(text: str, run: Sequence[_Syllable]) -> Iterator[Sum]:
    """The sums in a run, the longest first; words before it that only sound so may be no part of it, those after it are
    one only where a clause ends with them (块酒。)."""
    at = [number for number, each in enumerate(run) if each.written]
    last = [at[-1] + 1, *(end for end in range(at[-1] + 2, len(run) + 1) if _ENDS.match(text, run[end - 1].finish))]
    spans = [(begin, finish) for begin in range(at[0] + 1) for finish in last]
    for begin, finish in sorted(spans, key=lambda span: span[0] - span[1]):
        said = run[begin:finish]
        if len(said) > LONGEST:
            continue
        for chosen in _choices([len(each.options) for each in said]):
            spelt = "".join(each.options[which] for each, which in zip(said, chosen, strict=True))
            if _is_sum(spelt):
                exact = not any(chosen) and all(each.written for each in said)
                yield Sum(said[0].begin, said[-1].finish, spelt, exact, finish - at[0])


def _choices(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Which option of each syllable, the likeliest first."""
    for steps in range(STEPS + 1):
        yield from _so_far_off(counts, steps)


def _so_far_off(counts: Sequence[int], steps: int) -> Iterator[tuple[int, ...]]:
    if not counts:
        yield from [()] if steps == 0 else []
        return
    for first in range(min(steps, counts[0] - 1) + 1):
        yield from ((first, *others) for others in _so_far_off(counts[1:], steps - first))


def _is_sum(spelt: str) -> bool:
    return bool(_SUM.fullmatch(spelt) and _MONEY.search(spelt)) and not spelt.startswith(("块", "毛"))


def _runs(text: str) -> Iterator[list[_Syllable]]:
    """Runs of what may be a sum, with something of it written."""
    run: list[_Syllable] = []
    place = 0
    while place <= len(text):
        number = _ARABIC.match(text, place)
        finish = number.end() if number else place + 1
        little = _LITTLE.match(text, place)  # 快一点 is no sum
        said = "" if little else _called(int(number.group())) if number else text[place:finish]
        written = bool(number) or (said in PARTS or said in _UNITS)
        syllables = [_Syllable(place, finish, options, written) for each in said if (options := _options(each))]
        if not syllables and run:
            if len(run) > 1 and _has_money(run):
                yield run
            run = []
        run += syllables
        place = finish


def _has_money(run: Sequence[_Syllable]) -> bool:
    """Whether a digit is written in a run, and a unit of money, a hundred or a thousand."""
    written = "".join(each.options[0] for each in run if each.written)
    return any(char in "块毛百千" for char in written) and any(char in PARTS for char in written)


@lru_cache(maxsize=4096)
def _options(char: str) -> str:
    """What a character may have been, as written or likeliest first; empty for no part of a sum."""
    if not char or char < "\u3400":
        return ""
    if char in _UNITS or char in PARTS:
        own = _UNITS.get(char, char)
        return own + {"四": "是十", "十": "四是", "一": "七", "七": "一", "九": "六", "六": "九"}.get(own, "")
    costs = sorted((alike(char, part), part) for part in PARTS + "块毛是")
    near = "".join(part for cost, part in costs if cost <= NEAR) if char != "钱" else ""
    return near if near and near != "零" else ""


def _called(number: int) -> str:
    """A whole number below 10,000 as it is said: 一百零六, 十五."""
    said, nought = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            said += ("零" if nought and said else "") + f"{'零一二三四五六七八九'[digit]}{unit}"
            nought = False
        else:
            nought = bool(said)
    return (said[1:] if said.startswith("一十") else said) or "零"
