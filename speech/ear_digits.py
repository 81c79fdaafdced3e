"""Numbers that are read digit by digit: of telephones, rooms, lines and whatever bears a number for a name."""

from __future__ import annotations

import re

from speech.ear_numbers import MEASURE, digits, grouped, whole
from speech.ear_rules import Rule, rule
from speech.ear_tables import TABLES, UNITS


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


RULES: tuple[Rule, ...] = (
    mobile, landline, hotline, emergency, labelled, name, known_name, joint, code, long, address,
)  # fmt: skip
"""In the order in which they are applied."""
