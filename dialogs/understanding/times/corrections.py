"""What a speaker takes back: times denied (不是下周三), corrected (周三，不对，周四) or moved (改到周五) fall out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from dialogs.understanding.times.digits import NUMERALS
from dialogs.understanding.times.time import ONE_OF_TWO, Kind, Time

_DENIED = re.compile(
    r"(?<!是)(?:不是说?|(?:还|都|我)以为|并非|别说?|没问|不看|不要|不问|除了|不查|不说|不算)(?:在|是)?的?$"
)
_OH_WORD = "(?:呃|嗯|哎|唉|啊|噢|哦|嗐)"
_WRONG = re.compile(
    r"^[^，,。]{0,4}[，, ]?(?:不对|错了|说错|记错|不是|哦不)"
    r"|^.{0,20}[，, ](?:哦|哎|啊|呃|噢)?(?:不对|(?:我)?(?:说|记|弄|搞)?错了)[，, ](?:应该)?是?$"
    rf"|^(?:那天|的|吧)?[，,。 …—-]*(?:{_OH_WORD}[，, ]*(?:不+|算了)|不{{2,}}|不(?=[，,。 …—-])|算了)"
    r"[，,。 …—-]*(?:是|还是|改|就)?$|^[，, …—-]+不$"
)
_OH = re.compile(r"^(?:的|吧)?[，, …—-]+(?:哦|噢|嗐|啊呀)[，, ]*(?:是|应该是|对)?$")
"""九点，哦，十点: it occurs to the speaker. What follows is of the same kind, or it is only said in two breaths."""
_MOVED = re.compile(r"(?:改|推|挪|换|调|移|延|变|提|提前|推迟|延期|改期)(?:到|成|至|为|在)了?$|(?:改|换|挪)了?$")
_REFUSED = re.compile(
    r"(?:我|咱|俺)?(?:可能|恐怕|实在|怕是|是)?(?:不行|不成|不中|不方便|没空|没时间|没工夫|不得闲"
    r"|(?P<cannot>有事|走不开|[去来走到赶]不[了成]|不能[去来]|没法儿?[去来]|参加不了|不[去来]|不参加|不报|(?:就)?算了))"
    r"(?:了|啊|呀|吧|，|,|。| |那|就|要不|还是|我|咱|换|改){0,4}"
)
"""What refuses a day when another follows at once: 今天不行，明天行."""
_INSTEAD = re.compile(
    r"的?(?:[上下中]午|早上|晚上)?(?:$|吧|再|行|成|好|可以|怎么样|[。？?]|的(?:$|那)|[去来报](?![不年过的])|参加(?!不)"
    r"|那[个场次天]?的?我?(?:去|来|参加|报)(?!不))"
)
"""What makes the other the day to come instead: 今天去不了，明天吧, but not 周三去不了，周五才回来."""
_NOT_THERE = re.compile(r"(?:不|别|甭|先不)(?:想|要|用)?(?:去|来|报|参加|安排|定|排|约|选|挑)$")
_BUT_THERE = re.compile(r"[，,。 ](?:我|咱|就|改|要)?(?:去|来|报|参加|安排|定|排|约|选|挑)?$")
"""不去星期二了，去星期四的."""
_BEFORE_THIS = re.compile(
    r"(?:上[回次]|前[回次]|上一[回次]|头[回次]|以前|以往|往常|往年|平时|平常|向来|一向|原先|原来|原本|本来|起先|先前"
    r"|(?:说|定|约|讲)好的?是?)[^，。,]{0,6}$"
)
_THIS_TIME = re.compile(
    r"(?:这[回次]|这一[回次]|今[回次]|眼下|现在|如今|今年|现而今|下[回次]|下一[回次]|改|换|后来|结果|[咋怎]又|又变)[^，。,]{0,6}$"
)
"""上回是周三，这回是周五: what was before gives way to what is now."""
_OUTSIDE = re.compile("(?:以外|之外)")
_IS = re.compile("(?:就|都|正好|正)?是")
LATE = 17
"""From this hour on the hour that replaces it is one of the evening too."""


def standing(text: str, times: Sequence[Time]) -> list[Time]:
    """The times that hold; one that replaces another keeps of it what it does not say itself."""
    denied = {t.start for t in times if _denied(text, t)}
    moved = max((t.begin for t in times if _MOVED.search(text[max(0, t.begin - 5) : t.begin])), default=0)
    kept: list[Time] = []
    gone: Time | None = None
    given_up: Time | None = None
    for time in times:
        if _given_up(text, time, times):
            given_up = gone = time
            continue
        if time.start in denied or time.begin < moved or _taken_back(text, time, times, denied):
            gone = time if time.day_said or gone is None else gone
        else:
            held = _in_place_of(gone, time) if gone and not kept else time
            kept.append(_or_rather(given_up, held) if given_up and not kept else held)
    return _without_stated(text, kept)


def _without_stated(text: str, times: list[Time]) -> list[Time]:
    """今天是周五，明天开会: a day that is only explained gives way to another."""
    stated = {
        one.start.date()
        for one, other in pairwise(times)
        if one.start.date() == other.start.date() and _IS.fullmatch(text, one.finish, other.begin)
    }
    others = [time for time in times if time.start.date() not in stated]
    return others if any(time.day_said for time in others) else times


def _denied(text: str, time: Time) -> bool:
    """不是星期三 and 星期三以外 are denied; 是不是星期三 and 不是星期三吗 ask."""
    if _OUTSIDE.match(text, time.finish):
        return True
    if text[time.finish : time.finish + 3].rstrip("？?。").endswith(("吗", "嘛", "么")):
        return False
    return _DENIED.search(text[max(0, time.begin - 6) : time.begin]) is not None


def _taken_back(text: str, time: Time, times: Sequence[Time], denied: set[datetime]) -> bool:
    """周三，不对，周四 takes 周三 back; in 明天不是后天 it is the second that is denied."""
    later = [t for t in times if t.begin >= time.finish]
    if not later or later[0].start in denied:
        return False
    between = text[time.finish : later[0].begin]
    if _BEFORE_THIS.search(text[max(0, time.begin - 12) : time.begin]) and _THIS_TIME.search(between):
        return True
    refused = _REFUSED.fullmatch(between)
    if refused and not refused["cannot"]:
        return True
    if _OH.match(between) and time.day_said == later[0].day_said:
        return True
    return _WRONG.match(between) is not None


def _given_up(text: str, time: Time, times: Sequence[Time]) -> bool:
    """今天去不了，明天去: another day is named for what was to be on this one."""
    other = next((t for t in times if t.begin >= time.finish), None)
    if other is None:
        return False
    between = text[time.finish : other.begin]
    not_there = _NOT_THERE.search(text[max(0, time.begin - 5) : time.begin]) and _BUT_THERE.search(between)
    return bool(refuses(between) or not_there) and _INSTEAD.match(text, other.finish) is not None


def refuses(between: str) -> bool:
    """Whether words between two days say that one cannot come on the first: 三号去不了，五号能去."""
    refused = _REFUSED.fullmatch(between)
    return refused is not None and refused["cannot"] is not None


def _or_rather(given_up: Time, time: Time) -> Time:
    """Whoever asks leave means the day that is given up, whoever signs up the other."""
    if time.doubt or not (given_up.day_said and time.day_said):
        return time
    return replace(time, doubt=ONE_OF_TWO, other=(given_up.start, given_up.end))


def _in_place_of(gone: Time, time: Time) -> Time:
    """A clock time keeps the day of the one it replaces, and its half: 明晚七点的会改到八点."""
    if time.day_said:
        return time
    late = timedelta(hours=12 * (gone.start.hour >= LATE and time.start.hour < 12 and time.matched[0] in NUMERALS))
    day = gone.start.date() if gone.day_said or late else time.start.date()
    start = datetime.combine(day, time.start.time()) + late
    end = None if time.end is None else start + (time.end - time.start)
    kind: Kind = "datetime" if gone.day_said and time.kind == "time" else time.kind
    return replace(time, kind=kind, start=start, end=end, day_said=gone.day_said)
