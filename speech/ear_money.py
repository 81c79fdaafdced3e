"""Blood pressure, money and shares for the ear."""

from __future__ import annotations

import re

from speech.ear_numbers import NUMBER, number
from speech.ear_rules import Rule, rule
from speech.ear_tables import CURRENCIES, TABLES
from speech.ear_times import TO


@rule(r"血压(\D{0,4})(\d{2,3})/(\d{2,3})(?!\d)(?:\s*mmHg)?")
def blood_pressure(match: re.Match[str]) -> str:
    """血压150/90: the two numbers by name."""
    high, low = TABLES.pressure
    return f"血压{match[1]}{high}{number(match[2])}，{low}{number(match[3])}"


@rule(rf"({CURRENCIES})\s*({NUMBER})\s*([万亿]?)元?")
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


RULES: tuple[Rule, ...] = (blood_pressure, priced, yuan, shares, share)
"""In the order in which they are applied."""


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
