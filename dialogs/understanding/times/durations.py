"""Moments and stretches counted by a length of time: 三天后, 两个半小时前, 最近三个月, 元旦前一天."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from dialogs.understanding.times.lengths import Length, read_length
from dialogs.understanding.times.nodes import DateNode
from dialogs.understanding.times.steps import Rolling, Shift


@dataclass(frozen=True)
class Count:
    """A moment or stretch counted from now."""

    node: DateNode | None
    """For days and longer; None for hours and minutes, and for what is too vague."""
    delta: timedelta | None
    """For hours and minutes: from now."""
    finish: int
    """Where it ends in the text."""
    whole: bool = False
    """Whether all of the hours and minutes are meant (最近十分钟), not their end."""


_WAIT = re.compile(
    r"(?<![不通经超路度难错越当干做住待活教打走去来到见用坐听说看学读跑熬挺开吃写])(?:再|又)?(?:过|等|隔|(?<=再)有)上?整?整?(?!的|去|年|节)"
)
_AFTER = re.compile(r"(?:以后|之后|过后|往后|后)(?![面边悔门])")
_BEFORE = re.compile(r"(?:以前|之前|前头|前)(?![面边头线途列])")
_WITHIN = re.compile(r"(?:之内|以内|内)(?!科|部|容|向|衣|蒙)")
_SINCE = re.compile(r"(?:以来|来(?=[，,。 ]|$|我|的|一共|总共|共))")
_A_QUARTER = ("一季度", "二季度", "三季度", "四季度")
"""一季度来 is a visit too."""
_PAST = re.compile(r"最近这?|近|过去的?这?|(?<!年)前|上|头|这")
_COMING = re.compile(r"未来的?|今后的?|接下来的?这?|往后|随后|后|下")


def read_count(text: str, at: int) -> Count | None:
    """What is counted from now at a place."""
    return _read_waiting(text, at) or _read_stretch(text, at) or _read_length_then(text, at)


def _read_waiting(text: str, at: int) -> Count | None:
    wait = _WAIT.match(text, at)
    length = read_length(text, wait.end()) if wait else None
    if (
        length is None
        or text[length.finish : length.finish + 1] in ("了", "假")
        or text[length.finish :].startswith("的")
    ):
        return None
    after = _AFTER.match(text, length.finish)
    finish = after.end() if after else length.finish
    said = text[at:finish]
    vague = length.vague or re.search(r"[两俩][天日]", said) is not None
    return _counted(length, 1, vague, finish)


def _read_length_then(text: str, at: int) -> Count | None:
    length = read_length(text, at)
    if length is None:
        return None
    for pattern, sign in ((_AFTER, 1), (_BEFORE, -1)):
        end = pattern.match(text, length.finish)
        if end:
            return _counted(length, sign, length.vague, end.end())
    for pattern, sign in ((_WITHIN, 1), (_SINCE, -1)):
        end = pattern.match(text, length.finish)
        if end and not (pattern is _SINCE and text[at : length.finish].endswith(_A_QUARTER)):
            return _stretch(length, sign, length.vague, end.end())
    return None


def _read_stretch(text: str, at: int) -> Count | None:
    for pattern, sign in ((_PAST, -1), (_COMING, 1)):
        prefix = pattern.match(text, at)
        length = read_length(text, prefix.end()) if prefix else None
        if prefix is None or length is None or _AFTER.match(text, length.finish):
            continue
        if _BEFORE.match(text, length.finish):
            continue
        up_to_now = prefix.group().startswith(("最近", "近", "过去", "这"))
        since = _SINCE.match(text, length.finish) if up_to_now else None  # 下半年来 is a visit
        end = _WITHIN.match(text, length.finish) or since
        finish = end.end() if end else length.finish
        return _stretch(length, sign, length.vague or _loose(prefix.group(), text[at:finish]), finish)
    return None


def _loose(prefix: str, said: str) -> bool:
    """这两天, 前两天 and 这三天 are no count of days."""
    if prefix in "前头后上下" and re.search(r"一[天日]", said):  # 前一天: of what?
        return True
    if prefix == "这" and (said.endswith("天") or re.search("[两俩仨]个?(?:月|年|周|星期|礼拜)", said)):
        return True
    return prefix in tuple("这前头近上最近后下") and re.search(r"[两俩几]个?[天日]", said) is not None


def _stretch(length: Length, sign: int, vague: bool, finish: int) -> Count:
    if vague or (length.minutes and length.months):
        return Count(None, None, finish)
    if length.minutes:
        return Count(None, sign * timedelta(days=length.days, minutes=length.minutes), finish, whole=True)
    return Count(Rolling(sign * length.months, sign * length.days), None, finish)


def _counted(length: Length, sign: int, vague: bool, finish: int) -> Count:
    if vague:
        return Count(None, None, finish)
    if length.minutes:
        if length.months:
            return Count(None, None, finish)
        return Count(None, sign * timedelta(days=length.days, minutes=length.minutes), finish)
    return Count(Shift(sign * length.months, sign * length.days), None, finish)
