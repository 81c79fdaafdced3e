"""Readers: each finds one kind of date word at a place in the text and makes its node."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dialogs.understanding.times import nodes
from dialogs.understanding.times.digits import COUNT, DIGIT, SMALL, value
from dialogs.understanding.times.festivals import read_festival
from dialogs.understanding.times.frames import Grain
from dialogs.understanding.times.nodes import DateNode

Builder = Callable[[re.Match[str], date], "tuple[DateNode, ...] | None"]


@dataclass(frozen=True)
class Read:
    """What a reader found."""

    nodes: tuple[DateNode, ...]
    """The node, or several where one word says more (2026-12-05)."""
    finish: int
    """Where the words end."""


THIS = {"": 0, "这": 0, "这个": 0, "本": 0, "今": 0, "这一": 0, "这一个": 0, "当": 0, "眼下这个": 0}
_WHICH = r"(?P<which>(?:上|下){1,3}一?个?|这一?个?|本)"
WEEK_WORD = r"(?:周|星期|礼拜)"
WEEKDAYS = {**{char: n for n, char in enumerate("一二三四五六")}, **{str(n + 1): n for n in range(7)}, "日": 6, "天": 6}
_DAY_OF_WEEK = (
    r"(?P<weekday>[一二三四五六日天]|[1-7](?![0-9%]))(?!(?<=[一])(?:定|起(?!床)|共|直|般|样|块|些|点(?!半|钟|刻|[零一二三四五])|趟|切|边|下|家|律|鸣|凡|帆|诺|兵|飞|百|千|万)"
    r"|(?<=日)(?:程|常|历|记|志|报|子|本|语)|(?<=天)(?:天(?!气)|气))"
)


def _offset(which: str) -> int:
    """上上 is -2, 下 is 1, 这 and 本 are 0."""
    return which.count("下") - which.count("上")


def _year(match: re.Match[str], today: date) -> tuple[DateNode, ...] | None:
    said = match["year"]
    number = value(said)
    if number < 100:
        number += 2000 if 2000 + number <= today.year + 5 else 1900
    return (nodes.Year(number),)


YEARS = {
    "今": 0,
    "本": 0,
    "去": -1,
    "旧": -1,
    "头": -1,
    "上": -1,
    "前": -2,
    "大前": -3,
    "明": 1,
    "来": 1,
    "下": 1,
    "转": 1,
    "后": 2,
    "大后": 3,
    "上一": -1,
    "下一": 1,
    "这一": 0,
    "全": 0,
    "整": 0,
    "当": 0,
    "今个": 0,
    "这": 0,
}


def _relative_year(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.Year(YEARS[match["which"]], relative=True),)


def _half(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    first = 1 if match["which"] in "上前头" else 7
    return (nodes.Months(first, first + 5, "", "half"),)


def _quarter(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    number = value(match["number"])
    return (nodes.Months(3 * number - 2, 3 * number),) if 1 <= number <= 4 else None


def _relative_quarter(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.RelativeQuarter(_offset(match["which"])),)


YEAR_PARTS = {
    "初": (1, 1, ""),
    "头": (1, 1, ""),
    "底": (12, 12, ""),
    "末": (12, 12, ""),
    "尾": (12, 12, ""),
    "终": (12, 12, ""),
    "中": (6, 7, "the middle of the year is vague"),
}


def _year_part(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    first, last, doubt = YEAR_PARTS[match["part"]]
    return (nodes.Months(first, last, doubt=doubt),)


def _month(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    number = value(match["number"])
    return (nodes.Month(number),) if 1 <= number <= 12 else None


def _relative_month(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.RelativeMonth(_offset(match["which"])),)


LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _lunar_month(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    said = match["number"]
    number = LUNAR_MONTHS[said] if said in LUNAR_MONTHS else value(said)
    month = nodes.LunarMonth(number, leap=bool(match["leap"]))
    if not 1 <= number <= 12:
        return None
    day = match["day"]
    if not day:
        return (month,)
    return (month, nodes.LunarDay(lunar_number(day)))


def lunar_number(said: str) -> int:
    """初六 is 6, 廿三 23, 半 15."""
    return 15 if said == "半" else value(said.removeprefix("初"))


def _lunar_day(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    number = lunar_number(match["day"])
    return (nodes.LunarDay(number),) if 1 <= number <= 30 else None


def _new_year_day(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return nodes.LunarMonth(1), nodes.LunarDay(lunar_number(match["day"]))


def _half_month(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.MonthPart(1, 15) if match["which"] in "上前" else nodes.MonthPart(16, 31),)


def _quarter_part(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.Edge(1 if match["part"] in "初头" else -1, "month"),)


MONTH_PARTS = {
    "初": (1, 10),
    "头": (1, 10),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "半": (11, 20),
    "底": (21, 31),
    "末": (21, 31),
    "尾": (21, 31),
    "下旬": (21, 31),
}


def _month_part(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.MonthPart(*MONTH_PARTS[match["part"]]),)


def _relative_week(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.RelativeWeek(_offset(match["which"])),)


def _week_and_day(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.RelativeWeek(_offset(match["which"])), nodes.Weekday(WEEKDAYS[match["weekday"]]))


def _weekday(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.Weekday(WEEKDAYS[match["weekday"]]),)


def _weekend(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    which = match["which"]
    return (nodes.RelativeWeek(_offset(which)), nodes.Weekend()) if which else (nodes.Weekend(),)


def _ordinal(said: str) -> int:
    return -1 if said.startswith(("最后", "末")) else 1 if said in ("首", "头", "头一") else value(said.lstrip("第"))


_NTH = rf"(?P<nth>第?{SMALL}|最后一?|首|头一?|末)个?"


def _nth_weekday(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.NthWeekday(_ordinal(match["nth"]), WEEKDAYS[match["weekday"]]),)


def _nth_week(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.NthWeek(_ordinal(match["nth"])),)


def _nth_day(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.Edge(_ordinal(match["nth"]), "day", only=True),)


UNITS: dict[str, Grain] = {
    "季度": "quarter",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "天": "day",
    "日": "day",
}


def _edge(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    count = value(match["count"])
    unit = UNITS[match["unit"]]
    last = match["side"] in ("后", "最后", "末")
    if unit == "quarter" and count > 4:
        return None
    return (nodes.Edge(-count if last else count, unit, "" if unit == "quarter" and not last else "frame"),)


DAYS = {
    "本": 0,
    "今": 0,
    "今个": 0,
    "明": 1,
    "明个": 1,
    "后": 2,
    "大后": 3,
    "大大后": 4,
    "昨": -1,
    "昨个": -1,
    "夜": -1,
    "前": -2,
    "大前": -3,
    "大大前": -4,
    "夜来": -1,
    "前儿": -2,
}


def _relative_day(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    return (nodes.RelativeDay(DAYS[match["which"]]),)


def _two_days(match: re.Match[str], _: date) -> tuple[DateNode, ...]:
    first, last = sorted((DAYS[match["which"]], DAYS[match["other"]]))
    return (nodes.DayPair(first, last),)


def _day_number(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    number = value(match["number"])
    return (nodes.DayNumber(number),) if 1 <= number <= 31 else None


def _ymd(match: re.Match[str], _: date) -> tuple[DateNode, ...] | None:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = match["year"]
    dated = (nodes.Month(month), nodes.DayNumber(day))
    return (nodes.Year(int(year)), *dated) if year else dated


_NOT_A_DAY = r"(?!楼|院|单元|会议|门|房|室|病|床|线|车|桌|厅|店|柜|文|桥|码|选手|台|馆|井|机|公寓|大街|胡同|弄|村|厂|电池|人|称|召|位|宿舍|营|窗|诊|棋|通知|令|库|钟)"
_NOT_COUNTED = (
    r"(?![0-9块元毛角分点时个人次名位岁年天斤度页条遍本封张份件届级楼里号日%．.多来几、]|小时|钟头|公|万|千|百|十)"
)
_SOLAR = r"(?:阳历|公历|新历|国历)?的?"
_LUNAR = r"(?:农历|阴历|旧历|夏历|老历|古历)的?"

_TABLE: list[tuple[str, Builder]] = [
    # years
    (
        r"(?:公元)?(?P<year>(?:1[89]|20)[0-9]{2}|[一二][零一二三四五六七八九]{3}|两千(?:零[一二三四五六七八九]|[一二]十[一二三四五六七八九]?)?)年(?:度|份)?(?!轻|级|纪)",
        _year,
    ),
    (
        r"(?P<year>[零〇二三四五六七八九一][零一二三四五六七八九])年(?:度|份)?(?!轻|级|纪|(?!前[一二两三四五六七八九十]+(?:个?月|个?季))[来多前后]|以[前后来]|之[前后]|内|了|左右)",
        _year,
    ),
    (
        r"(?P<year>[1-9][0-9])年(?=的?(?:[上下]半年|第?[一二三四1-4]季|[0-9一二三四五六七八九十正腊]+月|第|[初底末中]|农历))",
        _year,
    ),
    (r"(?<![入干工])(?P<year>[3-9][0-9])年(?=[入生参退出]|毕业|的时候|那年)", _year),
    (
        r"(?P<which>大?前|大?后|今个|[今本去旧头明来后转]|[上下这]一)年(?:度|份)?(?!轻|纪|级|会|货|糕|画|夜|饭|龄|三十|初[一二三四五六七八九]|给我|给大家|一遍|一下)",
        _relative_year,
    ),
    (r"(?P<which>[全整])年(?:度)?(?!级)", _relative_year),
    (r"(?P<which>[上下本])年度", _relative_year),
    (r"(?P<year>零[零一二三四五六七八九]|0[0-9])年(?:度|份)?(?!轻|级|纪)", _year),
    # parts of years
    (r"(?P<which>[上下前后头])半年(?:度)?(?![以之]?[后前内来])", _half),
    (rf"第?(?P<number>{DIGIT})季度?(?!稻|节)", _quarter),
    (r"(?P<which>(?:上|下){1,2}一?个?|这一?个?|本)季度?(?!节|稻)", _relative_quarter),
    (
        r"(?:(?<=年)|年)(?:的)?(?P<part>[初底末尾终]|头(?=$|[里上]|的|[，。,]))(?!总结|[一二三四五六七八九十])",
        _year_part,
    ),
    (r"(?:(?<=年)|年)(?P<part>中)(?!秋|旬)", _year_part),
    # months
    (
        rf"{_LUNAR}(?P<leap>闰?)(?P<number>{SMALL}|[正冬腊])月(?P<day>初[一二三四五六七八九十]|{SMALL}|半|)[号日]?(?![0-9])",
        _lunar_month,
    ),
    (r"(?:大年|(?<!明|今|去|前)年)(?P<day>初[一二三四五六七八九十])", _new_year_day),
    (r"(?P<which>[上前下后])半个?月(?![以之]?[前后])", _half_month),
    (r"(?<=季度)的?(?P<part>[初头底末])", _quarter_part),
    (rf"(?P<leap>闰)(?P<number>{SMALL})月(?P<day>初[一二三四五六七八九十]|{SMALL}|半|)", _lunar_month),
    (
        rf"(?P<leap>)(?P<number>正|腊|冬(?=月[初一二十廿])|{SMALL}(?=月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?![号日])))月(?P<day>初[一二三四五六七八九十]|{SMALL}|半|)(?!肉|饭)",
        _lunar_month,
    ),
    (
        r"(?P<leap>)(?<![0-9零一二三四五六七八九]年)(?<![0-9零一二三四五六七八九]年的)(?P<number>[八8])月(?P<day>十五)(?![号日块元])",
        _lunar_month,
    ),
    (rf"{_SOLAR}(?P<number>{SMALL})月份?(?!饼|革命|嫂|一次|[一两]回|底薪)", _month),
    (rf"(?P<number>{SMALL})(?=(?:[到至]|[~—-]+){SMALL}月)", _month),
    (rf"第?(?P<number>{DIGIT})(?=(?:[到至]|[~—-]+)第?{DIGIT}季度)", _quarter),
    (r"(?P<which>(?:上|下){1,3}一?个?|这一?个?|本|当)月份?(?!饼|亮|薪|球|台|季)", _relative_month),
    (
        r"(?:(?<=月)|月)的?(?P<part>上旬|中旬|下旬|[初底末尾](?![一二三四五六七八九十])|[初头](?=[一二三四五六七八九十]号)|中(?!秋|旬)|头(?!条|牌))",
        _month_part,
    ),
    (r"(?<![一二三四五六七八九十])(?P<part>上旬|中旬|下旬)", _month_part),
    # weeks
    (rf"{_WHICH}(?:{WEEK_WORD})(?:的|，|,|里)?(?:{WEEK_WORD})?{_DAY_OF_WEEK}", _week_and_day),
    (rf"{_WHICH}{WEEK_WORD}(?!末|期)", _relative_week),
    (r"(?P<which>(?:(?:上|下){1,3}一?个?|这一?个?|本)?)(?:周|星期|礼拜)末", _weekend),
    (rf"(?<=从){_WHICH}{WEEK_WORD}(?P<weekday>一)(?=起)", _week_and_day),
    (rf"(?<=从){WEEK_WORD}(?P<weekday>一)(?=起)", _weekday),
    (rf"(?:{WEEK_WORD}){_DAY_OF_WEEK}", _weekday),
    (r"(?<!礼)拜(?P<weekday>一(?!下|会|次|番)|[二三四五六])(?!拜|访|年|托|见|位|个)", _weekday),
    (rf"{_NTH}(?:{WEEK_WORD}){_DAY_OF_WEEK}", _nth_weekday),
    (rf"(?P<nth>第{SMALL}|最后一|首|头一)个?{WEEK_WORD}(?![一二三四五六日天])", _nth_week),
    (rf"(?P<nth>第{SMALL}|最后一|头一)天", _nth_day),
    (rf"(?P<side>前|头|最后|后|末)(?P<count>{COUNT})个?(?P<unit>季度?|月|周|星期|礼拜|天|日)(?![以之]?[前后])", _edge),
    # days
    (r"(?P<which>[今明昨])(?P<other>[今明后前])(?:两)?[天日](?!花板)", _two_days),
    (r"(?P<which>今|明)天?(?:和|跟|与|同|、)?(?P<other>明|后)两天", _two_days),
    (
        r"(?P<which>今个|明个|昨个|夜来|前儿|[今明昨夜]|本(?=日)|大{0,2}[前后])(?:天|日子?|儿个?|朝|个)(?!报|本|益|常|的?花板|气预)",
        _relative_day,
    ),
    (r"(?P<which>[今明昨])(?=[早晚晨夜])(?![早晚]报)", _relative_day),
    (r"(?P<which>大?前)(?=[晚夜])", _relative_day),
    (r"(?P<which>夜)来(?!香|电|人|客)", _relative_day),
    (rf"(?<![路街巷弄道村苑同住])(?P<number>{SMALL})[号日]{_NOT_A_DAY}", _day_number),
    (rf"(?P<number>{SMALL})(?=(?:[到至]|[~—-]+){SMALL}[号日]{_NOT_A_DAY})", _day_number),
    (rf"(?<=月)份?(?P<number>{SMALL}){_NOT_COUNTED}", _day_number),
    (
        r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九])(?!中|级|次|步|恋|[一二三四五六七八九十号日年块元毛角个岁斤])",
        _lunar_day,
    ),
    (r"(?P<year>(?:19|20)[0-9]{2})(?P<s>[-/.])(?P<month>[0-9]{1,2})(?P=s)(?P<day>[0-9]{1,2})(?![0-9])T?", _ymd),
    (r"(?P<year>)(?P<month>1[0-2]|0?[1-9])[-/](?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9/.月号日点-])", _ymd),
]
_READERS = [(re.compile(pattern), build) for pattern, build in _TABLE]


def read_dates(text: str, at: int, today: date) -> list[Read]:
    """Everything that a date word at a place can be, longest first."""
    found: list[Read] = []
    for pattern, build in _READERS:
        match = pattern.match(text, at)
        if match is None:
            continue
        made = build(match, today)
        if made is not None:
            found.append(Read(made, match.end()))
    festival = read_festival(text, at)
    if festival is not None:
        found.append(Read((festival[0],), festival[1]))
    return sorted(found, key=lambda read: -read.finish)
