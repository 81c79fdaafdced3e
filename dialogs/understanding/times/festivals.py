"""Festivals and solar terms: which word is which day (festivals.toml), and the day in a given year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypedDict

from dialogs.understanding.times import frames, lunar
from dialogs.understanding.times.frames import Frame, Need
from dialogs.understanding.times.nodes import DAY, NthWeekday


class Rule(TypedDict, total=False):
    """One entry of festivals.toml."""

    names: list[str]
    bare: list[str]
    solar: list[int]
    lunar: list[int]
    nth: list[int]
    term: str


NO_NAME_BEFORE = r"(?<![王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢姜崔钟谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤])"
"""No festival right after a common surname (百家姓): 张国庆 and 李清明 are people."""
NO_THING_AFTER = r"(?!月饼|粽|糕|粥|蒜|饭|上河|叔|伯|爷|哥|姐|嫂|婶|同志|老师|书记|主任|大爷|大妈|老人|他|她|在家|请假)"
"""Food, pictures and people that borrow a festival's name."""
AS_A_DAY = (
    r"(?=$|[\s,，。.!！?？、;；]|节|那|当|这|[前后]|之|以|期间|假|长假|放|上午|下午|早|晚|中午|夜|凌晨|傍晚|[一二三四五六七八九十两0-9]+[点:]"
    r"|的|去|来|要|有|没|也|都|就|是|还|活动|慰问|表彰|座谈|大会|升旗|党课|开|我|你|咱|发|回|到|给|交|搞|过|吃|组织|支部|学|参)"
)
"""What may follow a name that is also a number or a thing (七一, 十一, 元宵)."""
NO_NUMBER_BEFORE = r"(?<![零〇一二两三四五六七八九十百千万0-9块元毛点第吃包煮下卖买路])"


@dataclass(frozen=True)
class Festival:
    """A day with a name."""

    rule: str
    """Key of its rule: "solar 10 1", "lunar 8 15", "term 清明", "nth 5 2 6"."""
    rank: int = DAY
    """See DateNode."""
    needs: Need = "year"
    """See DateNode."""

    def narrow(self, frame: Frame | None, today: date) -> Frame | None:
        """The day in that year (a lunar day: in the lunar year of that number); beside a date it must be that day."""
        if frame is None:
            return None
        if frame.grain == "day":
            near = (day_of(self.rule, frame.start.year + step) for step in (-1, 0, 1))
            return frame if frame.start in near else None
        found = day_of(self.rule, frame.start.year)
        if found is None:
            return None
        return frames.day(found) if frame.grain == "year" or frame.start <= found <= frame.end else None


@cache
def day_of(rule: str, year: int) -> date | None:
    """The day on which a rule's festival falls in a year."""
    kind, *numbers = rule.split()
    if kind == "term":
        return lunar.solar_terms(year).get(numbers[0])
    month, number, *rest = (int(part) for part in numbers)
    if kind == "solar":
        return date(year, month, number)
    if kind == "nth":
        found = NthWeekday(number, rest[0]).narrow(frames.month(year, month), date(year, 1, 1))
        return None if found is None else found.start
    if number == 0:
        return lunar.new_years_eve(year)
    first = lunar.first_day(year, month)
    return None if first is None else first[0] + timedelta(number - 1)


def _key(rule: Rule) -> str:
    if "term" in rule:
        return f"term {rule['term']}"
    kind, numbers = next((kind, rule[kind]) for kind in ("solar", "lunar", "nth") if kind in rule)
    return " ".join([kind, *map(str, numbers)])


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    with (Path(__file__).parent / "festivals.toml").open("rb") as file:
        rules: list[Rule] = tomllib.load(file)["day"]
    patterns = []
    for rule in rules:
        names = "|".join(rule["names"])
        patterns.append((re.compile(f"{NO_NAME_BEFORE}(?:{names}){NO_THING_AFTER}"), _key(rule)))
        if "bare" in rule:
            bare = f"{NO_NAME_BEFORE}{NO_NUMBER_BEFORE}(?:{'|'.join(rule['bare'])})节?{NO_THING_AFTER}{AS_A_DAY}"
            patterns.append((re.compile(bare), _key(rule)))
    return patterns


def read_festival(text: str, at: int) -> tuple[Festival, int] | None:
    """The festival that is named at a place, and where its name ends; the longest name wins."""
    found = None
    for pattern, key in _patterns():
        match = pattern.match(text, at)
        if match and (found is None or match.end() > found[1]):
            found = (Festival(key), match.end())
    return found
