"""Clock times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.understanding.times.digits import SMALL, value
from dialogs.understanding.times.parts import PARTS, Sun


@dataclass(frozen=True)
class Clock:
    """A clock time as it was said, its half of the day perhaps still open."""

    hour: int
    """0..24."""
    minute: int
    """-59..59; negative for minutes that are lacking to the hour."""
    certain: bool
    """Whether the hour is on the 24-hour clock as it stands (15:30, 09:00, 零点)."""
    finish: int
    """Where it ends in the text."""

    def minutes(self, part: str) -> tuple[int, str]:
        """Minutes after the midnight that begins the day, and a doubt.

        Without a part of the day: 1 to 6 is the afternoon, 7 to 11 the morning, 12 noon (the conventions of the
        reference list). 晚上十二点 is the midnight at which the day ends.
        """
        hour, doubt = self.hour, ""
        if not (self.certain and hour != 12) and hour <= 12:
            hour, doubt = _on_the_clock(hour, PARTS[part].sun if part else None)
        return hour * 60 + self.minute, doubt


SMALL_HOUR = "a small hour of the night: which day?"
"""The doubt of 明天夜里一点."""


def _on_the_clock(hour: int, sun: Sun | None) -> tuple[int, str]:
    if sun is None:
        return (hour + 12 if 1 <= hour <= 6 else hour), ""
    if sun == "night":
        return hour % 12, ""
    if sun == "noon":
        return (hour + 12 if hour <= 3 else hour), ""
    if sun == "afternoon":
        return (hour + 12 if hour < 12 else 12), ""
    if sun == "evening":
        if 1 <= hour <= 4:
            return hour + 24, SMALL_HOUR
        return hour + 12, ""
    return hour, ""


_HOUR = rf"(?P<hour>二十[一二三四]?|{SMALL}|零)"
_NO_THING = (
    r"(?![一二三四五六七八九0-9](?![0-9十点月号日个分刻:起定块会些样直切同道过趟楼层组位名人家排间]))(?!意见|建议|要求|体会|希望|想法|看法|说明|内容|问题|感受|心得|心意|理由|原因|收获|启示|"
    r"分歧|变化|共识|提议|补充|经验|教训|好处|坏处|五[米公克斤]|点|水)"
    r"(?!(?<=(?<![十午上晨夜里晌晚])一点)(?:声|儿?[不没]|小|钱|东西|事|用|也|都|病|毛病|头|忙|药))"
)
_TAIL = (
    rf"(?:(?P<half>半)|(?P<quarter>[一三1-3])刻钟?|过?(?:零|0)(?P<few>[一二三四五六七八九1-9])分?"
    rf"|(?:过)?(?P<exact>{SMALL})分(?!之|钟以?[前后])|(?P<loose>[二三四五]?十[一二三四五六七八九]?|[1-5][0-9])(?![0-9块元个人岁号天]))"
)
_SAID = re.compile(
    rf"{_HOUR}(?:[点时]钟?|点整)(?![间候段代])(?:{_TAIL}|多钟?|来钟|整|钟|左右|前后)?(?:左右|多)?{_NO_THING}"
)
_BARE = re.compile(rf"{_HOUR}(?=[到至~-]{SMALL}(?:点|时))")
_COLON = re.compile(r"(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])")
_SOLDIERLY = re.compile(
    r"零(?P<hour>[一二三四五六七八九])(?P<minute>[一二三四五]十[一二三四五六七八九]?|零零)(?![一二三四五六七八九十号日月年])"
)
"""零八三十."""
_LACKING = re.compile(
    rf"(?:差|还差|不到)(?:(?P<quarter>[一1])刻钟?|(?P<few>{SMALL})分钟?)(?:到|就)?{_HOUR}[点时]钟?"
    rf"|{_HOUR.replace('hour', 'hour2')}[点时]钟?(?:差|还差|欠)(?:(?P<quarter2>[一1])刻钟?|(?P<few2>{SMALL})分钟?)"
)


def read_clock(text: str, at: int) -> Clock | None:
    """The clock time said at a place: 三点一刻, 差五分九点, 15:30, 十四时, 三点四十."""
    return _read_lacking(text, at) or _read_colon(text, at) or _read_soldierly(text, at) or _read_said(text, at)


def _read_colon(text: str, at: int) -> Clock | None:
    match = _COLON.match(text, at)
    if match is None:
        return None
    hour = match["hour"]
    return Clock(int(hour), int(match["minute"]), hour.startswith("0") or int(hour) > 12, match.end())


def _read_soldierly(text: str, at: int) -> Clock | None:
    match = _SOLDIERLY.match(text, at)
    if match is None:
        return None
    minute = 0 if match["minute"] == "零零" else value(match["minute"])
    return Clock(value(match["hour"]), minute, certain=True, finish=match.end())


def _read_said(text: str, at: int) -> Clock | None:
    match = _SAID.match(text, at) or _BARE.match(text, at)
    if match is None:
        return None
    hour = 0 if match["hour"] == "零" else value(match["hour"])
    minute = _minutes_past(match) if match.re is _SAID else 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour, minute, hour == 0 or hour > 12, match.end())


def _minutes_past(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 * value(match["quarter"])
    said = match["few"] or match["exact"] or match["loose"]
    return value(said) if said else 0


def _read_lacking(text: str, at: int) -> Clock | None:
    match = _LACKING.match(text, at)
    if match is None:
        return None
    hour = value(match["hour"] or match["hour2"])
    lacking = 15 if match["quarter"] or match["quarter2"] else value(match["few"] or match["few2"])
    if not 1 <= hour <= 24 or not 1 <= lacking <= 59:
        return None
    return Clock(hour, -lacking, hour > 12, match.end())
