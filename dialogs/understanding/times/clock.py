"""Parts of the day and clock times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dialogs.understanding.times.digits import SMALL, value

Sun = Literal["night", "morning", "noon", "afternoon", "evening"]


@dataclass(frozen=True)
class Part:
    """A part of the day that was named."""

    name: str
    """凌晨, 早上, 上午, 中午, 下午, 傍晚, 晚上: the usual word for it."""
    finish: int
    """Where the word ends in the text."""


@dataclass(frozen=True)
class Hours:
    """From when to when a part of the day lasts, and how a bare hour in it is read."""

    start: int
    """Minutes after midnight."""
    end: int
    """Minutes after midnight."""
    sun: Sun
    """How 三点 in it is read: 下午三点 is 15:00."""


PARTS = {
    "凌晨": Hours(0, 5 * 60, "night"),
    "早上": Hours(6 * 60, 9 * 60, "morning"),
    "上午": Hours(8 * 60, 12 * 60, "morning"),
    "中午": Hours(11 * 60 + 30, 13 * 60 + 30, "noon"),
    "下午": Hours(13 * 60, 18 * 60, "afternoon"),
    "傍晚": Hours(17 * 60, 19 * 60, "afternoon"),
    "晚上": Hours(18 * 60, 22 * 60, "evening"),
}
"""The conventions of the reference list of spoken times."""

WORDS = {
    "凌晨": "凌晨|后半夜|下半夜|拂晓|黎明|天不亮|天没亮",
    "早上": "大?清早上?|一大?清?早上?|早上|早晨|清晨|早起(?!来)|早间|大早上?|早浪向?|早半天|一早起",
    "上午": "上午|半晌午|上半日|上半天|[前上]半晌|前晌|头晌午?|头午|上昼|午前|早半晌|前半天",
    "中午": "晌午饭(?:那|时|前后|的时候|口)|大?中午头?|正?晌午头?(?!错|后|过(?!来|去|生|不|得|年|节|日))"
    "|正午|晌饭|午间|日中",
    "下午": "下午|[后下]半?晌午?|下半日|下半天|下晌|过晌(?!午)|过晌午(?!饭)|午后|后半天|下昼"
    "|晌午(?:错|后|过(?!来|去|生|不|得|年|节|日))",
    "傍晚": "天?擦黑|傍晚|黄昏|傍黑|天黑前|晚半天|晚半晌|后晌黑",
    "晚上": "大?晚上|夜里|夜间|晚间|夜晚|半夜三更|大?半夜里?|黑夜里?|深夜|下晚|晚夕|夜头"
    "|晚黑|晚头|黑了|黑下|下黑儿?|夜到|夜快"
    "|夜里向|前半夜|上半夜"
    "|晚饭[以之]?[前后](?=[一二三四五六七八九十两0-9]+[点:])",
}
"""What people say for each part, dialects included."""
_PARTS = [(re.compile(f"(?:{words})(?![好饭茶觉])"), name) for name, words in WORDS.items()]
_A_LITTLE = r"(?!(?<![今明昨前].)一点(?![半钟零过一二三四五]))"
"""今天晚一点 is no hour, 今晚一点 is one."""
_SHORT = re.compile(
    rf"(?<=[今明昨后天日号儿个一二三四五六])(?:([早晨])(?![饭点操市就已在期知年])|([晚夜])(?![会饭辈年期点些霞景校])){_A_LITTLE}"
)
_EARLY = re.compile(rf"([早晚夜]){_A_LITTLE}(?=(?:{SMALL})点)")


def read_part(text: str, at: int) -> Part | None:
    """The part of the day named at a place."""
    found: Part | None = None
    for pattern, name in _PARTS:
        match = pattern.match(text, at)
        if match and (found is None or match.end() > found.finish):
            found = Part(name, match.end())
    if found is not None:
        return found
    short = _SHORT.match(text, at) or _EARLY.match(text, at)
    if short is None:
        return None
    return Part("早上" if short.group()[0] in "早晨" else "晚上", short.end())


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
            return hour + 24, "a small hour of the night: which day?"
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
