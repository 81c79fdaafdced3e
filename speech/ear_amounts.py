"""Money, shares, telephone numbers, measures and every other number for the ear."""

from __future__ import annotations

import re
from collections.abc import Iterable

from speech.ear_numbers import MEASURE, NUMBER, counted, digits, grouped, number, whole
from speech.ear_rules import Rule, behind, rule
from speech.ear_tables import TABLES
from speech.ear_times import TO, ratio


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


UNITS = _either(TABLES.units)


@rule(r"血压(\D{0,4})(\d{2,3})/(\d{2,3})(?!\d)(?:\s*mmHg)?")
def blood_pressure(match: re.Match[str]) -> str:
    """血压150/90: the two numbers by name."""
    high, low = TABLES.pressure
    return f"血压{match[1]}{high}{number(match[2])}，{low}{number(match[3])}"


@rule(rf"({_either(TABLES.currencies)})\s*({NUMBER})\s*([万亿]?)元?")
def priced(match: re.Match[str]) -> str:
    """¥36.50, $20."""
    currency = TABLES.currencies[match[1]]
    return _money(match[2]) if currency == "元" and not match[3] else _amount(match[2], match[3]) + currency


@rule(rf"(?<![\d.,])({NUMBER})\s*元")
def yuan(match: re.Match[str]) -> str:
    """36.50元: 三十六元五角."""
    return _money(match[1])


@rule(rf"(?<![\d.,])({NUMBER})%?\s*{TO}\s*({NUMBER})([%‰])")
def shares(match: re.Match[str]) -> str:
    """80-90%."""
    return f"{_hundred(match[3])}分之{number(match[1])}到{number(match[2])}"


@rule(rf"(?<![\d.,])(-?)({NUMBER})([%‰])")
def share(match: re.Match[str]) -> str:
    """80%: 百分之八十."""
    said = "百" if match[2] == "100" and match[3] == "%" else number(match[2])
    return f"{'负' if match[1] else ''}{_hundred(match[3])}分之{said}"


@rule(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
def mobile(match: re.Match[str]) -> str:
    """138 0013 8000."""
    return grouped(match[1] + match[2] + match[3])


@rule(r"(?<![\d.])(0\d{2,3}|[48]00)[-） )](\d{3,4})[- ]?(\d{4})(?!\d)")
def landline(match: re.Match[str]) -> str:
    """0591-87551234."""
    return "，".join(digits(match[part], "幺") for part in (1, 2, 3))


@rule(rf"(?<![\d.])({TABLES.hotlines})(?![\d.]|{MEASURE})")
def hotline(match: re.Match[str]) -> str:
    """12345."""
    return digits(match[1], "幺")


@rule(
    rf"((?:{TABLES.callers})[了过通]?\s*)({TABLES.emergency})(?![\d.]|{MEASURE})"
    rf"|(?<![\d.])({TABLES.emergency})(?=\s*(?:{TABLES.called}))"
)
def emergency(match: re.Match[str]) -> str:
    """拨打120; 120人 is counted."""
    return (match[1] or "") + digits(match[2] or match[3], "幺")


@rule(
    rf"((?:{TABLES.labels})号?[是为：]?\s*)(\d{{3,}})(?![\d.%]|{MEASURE})|(?<![\d.])(\d{{3,4}})(?=号?(?:{TABLES.rooms}))"
)
def labelled(match: re.Match[str]) -> str:
    """验证码482913, 301室."""
    return match[1] + grouped(match[2]) if match[1] else digits(match[3], "幺")


@rule(rf"(?<=[“\"「『‘])(\d{{3,5}})(?=[”\"」』’])|(?<![\d.,])(?!\d*00)(\d{{3,4}})(?={TABLES.kinds})")
def name(match: re.Match[str]) -> str:
    """“1335”, 1335工作机制."""
    return digits(match[1] or match[2])


@rule(rf"(?<![\d.,])({TABLES.digit_names})(?![\d.%]|{MEASURE})(?=[\u4e00-\u9fff])")
def known_name(match: re.Match[str]) -> str:
    """985高校."""
    return digits(match[1])


@rule(r"(?<=[A-Za-z])-(?=\d)")
def joint(match: re.Match[str]) -> str:
    """CCTV-1."""
    del match
    return ""


@rule(r"(?<=[A-Za-z])(\d{3,})(?![\d.])|(?<![\d.])(\d{3,})(?=路)")
def code(match: re.Match[str]) -> str:
    """G123, 101路."""
    return digits(match[1] or match[2], "幺")


@rule(rf"(?<![\d.,])(\d{{7,}})(?![\d.,%]|\s*(?:[多余]?(?:{MEASURE})|{UNITS}))")
def long(match: re.Match[str]) -> str:
    """Seven digits and more that count nothing."""
    return grouped(match[1])


@rule(r"(?<![\d.])(\d+)-(\d+)-(\d+)(?![\d.])")
def address(match: re.Match[str]) -> str:
    """3-2-501: building, stair, door."""
    return "杠".join(digits(match[part], "幺") if len(match[part]) > 2 else whole(match[part]) for part in (1, 2, 3))


@rule(r"(?<![\d./])(\d{1,3})/(\d{1,3})(?![\d./])")
def fraction(match: re.Match[str]) -> str:
    """2/3: 三分之二; 24/7 is no fraction."""
    above, below = int(match[1]), int(match[2])
    if above < below and below > 1:
        return f"{number(str(below))}分之{number(str(above))}"
    return f"{number(match[1])}，{number(match[2])}"


@rule(rf"(?<![\d.,])({NUMBER})\s*[×xX*]\s*(?={NUMBER})")
def times(match: re.Match[str]) -> str:
    """3×5."""
    return f"{number(match[1])}乘"


@rule(rf"(?<![\d.,])({NUMBER})-(?={NUMBER}\s*=)")
def minus(match: re.Match[str]) -> str:
    """5-3=2."""
    return f"{number(match[1])}减"


@rule(rf"((?:^|(?<=[\s，。；：（(为是温约达到至于])))-({NUMBER})(?=(\s*{TO}\s*{NUMBER})?\s*(℃|°C|度)?)")
def negative(match: re.Match[str]) -> str:
    """-3, -3℃."""
    return f"{'零下' if match[4] else '负'}{match[2]}"


@rule(rf"(?<![\d.,])({NUMBER})\s*({UNITS})?\s*({TO})\s*(?=(?:零下|负)?({NUMBER})(.{{0,4}}))")
def span(match: re.Match[str]) -> str:
    """3-5年: the 2 of 2-3天 is 两, because days are counted."""
    unit = TABLES.units[match[2]] if match[2] else ""
    to = match[3] if match[3] in "至到" else "到"
    return f"{number(match[1], unit or _unit(match[5]))}{unit}{to}"


@rule(rf"(?<![\d.,])([1-9])、([1-9])(?={MEASURE})")
def about(match: re.Match[str]) -> str:
    """3、4个: 三四个."""
    if int(match[2]) - int(match[1]) != 1:
        return match[0]
    return f"{number(match[1], behind(match))}{whole(match[2])}"


@rule(rf"(?<![\d.,])({NUMBER})\s*({UNITS})(?![A-Za-z])")
def measured(match: re.Match[str]) -> str:
    """80m², 2km."""
    unit = TABLES.units[match[2]]
    return number(match[1], unit) + unit


@rule(r"(?<![\d.])\d+(?:\.\d+){2,}")
def version(match: re.Match[str]) -> str:
    """3.2.1."""
    return "点".join(counted(part) for part in match[0].split("."))


@rule(r"第\s*(\d+)")
def ordinal(match: re.Match[str]) -> str:
    """第2: 第二, never 第两."""
    said = whole(match[1])
    return "第" + ("二" + said[1:] if said[0] == "两" else said)


@rule(r"(?<=\d)\+(?![\dA-Za-z])")
def upwards(match: re.Match[str]) -> str:
    """60+."""
    del match
    return "以上"


@rule(NUMBER)
def plain(match: re.Match[str]) -> str:
    """Any number that is left."""
    return number(match[0], behind(match))


@rule(r"(?<=[元次个度克升米里瓦人])/(?=[人月年周天日次户场分]|小时|平方)")
def each(match: re.Match[str]) -> str:
    """元/月."""
    del match
    return "每"


RULES: tuple[Rule, ...] = (
    blood_pressure, priced, yuan, shares, share, mobile, landline, hotline, emergency, labelled, name, known_name,
    joint, code, long, address, fraction, times, minus, negative, span, about, measured, version, ordinal, upwards,
    ratio, plain, each,
)  # fmt: skip
"""In the order in which they are applied; every digit is gone after them."""


def _money(text: str) -> str:
    """Yuan with their tenths and hundredths by name; more decimals are read as a number."""
    integer, _, decimals = text.replace(",", "").partition(".")
    if len(decimals) > 2:
        return f"{number(text)}元"
    jiao, fen = int((decimals + "00")[0]), int((decimals + "00")[1])
    said = f"{number(integer, '元')}元" if int(integer) or not (jiao or fen) else ""
    if jiao:
        said += f"{number(str(jiao), '角')}角"
    elif fen and said:
        said += "零"
    return said + (f"{number(str(fen), '分')}分" if fen else "")


def _amount(text: str, myriads: str) -> str:
    return number(text, myriads or "元") + myriads


def _hundred(sign: str) -> str:
    return "百" if sign == "%" else "千"


def _unit(text: str) -> str:
    """The unit that stands behind the second number of a range, as it is said."""
    written = re.match(UNITS, text)
    return TABLES.units[written[0]] if written else text
