"""Sums of money as people say them: 三十六块五 is 36.5, 一百二十块零五毛, five notes of twenty; 百八十块 is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dialogs.understanding.numbers import DIGITS, ONES, SPOKEN, TAKEN_BACK, VAGUE_PAIRS, chinese_number, number_words


@dataclass(frozen=True)
class Amount:
    """A sum of money that was said."""

    yuan: float
    """In yuan, exact to the fen."""
    begin: int
    """Where it begins in the text."""
    finish: int
    """Where it ends (excluded)."""


def fen(yuan: float) -> int:
    """Yuan as whole fen, the unit in which money is stored."""
    return round(yuan * 100)


_THOUSANDS = r"[1-9][0-9]{0,2}(?:[,，.][0-9]{3})+(?![0-9])"
"""1,050 as it is written, and 1.050 as a recogniser writes it."""
_NUM = rf"(?:{_THOUSANDS}|[0-9]+(?:\.[0-9]{{1,2}})?|[{SPOKEN}]+(?:点[{ONES}]{{1,2}})?)"
_YUAN = r"(?:块钱?|元钱?|圆|园(?!林|区|子)|快(?!到|去|来|走|要|过|点|乐|些|递)钱?)"
_NOUGHT = "[零〇0铃临另灵领] ?"
"""零 as it is said, and as a recogniser writes it between yuan and jiao (60块铃5毛)."""
_AFTER_JIAO = rf"[{SPOKEN}月号点个人天年次块元季岁]"
_WORD = "(?<=一)[路共起样直定些]"
"""一 that begins a word is no jiao: 144块一路上."""
_TAIL = rf"(?:(?:{_NOUGHT})?(?P<jiao>[{ONES}])(?:[毛角](?:零?(?P<fen>[{ONES}])分?)?)?(?!{_AFTER_JIAO}|{_WORD}))?"
_MONEY = re.compile(
    rf"(?P<notes>[{ONES}十0-9]{{1,2}})张(?P<each>{_NUM})[块元]?的?"
    rf"|(?P<yuan>{_NUM})(?P<unit>{_YUAN}){_TAIL}"
    rf"|(?P<only_jiao>[{ONES}])[毛角]钱?(?:(?P<only_fen>[{ONES}])分?)?"
    rf"|[¥￥] ?(?P<sign>{_THOUSANDS}|[0-9]+(?:\.[0-9]{{1,2}})?)"
)
_TOGETHER = re.compile(r"一块(?:儿|(?=[去来走学坐过吃住开玩干搞聊活到报打唱参]))")
_THINGS = re.compile(r"地(?!$|[，,。])|牌|.?板|石|肉|布|糖|手?表|蛋糕|屏|砖|田|菜|玻璃")
_BARE = re.compile(
    rf"(?<![第零〇.\d{SPOKEN}压糖高低重+到住])(?P<bare>{_THOUSANDS}|[0-9]+(?:\.[0-9]{{1,2}})?|[{SPOKEN}]+)"
    rf"(?![.+\d{SPOKEN}]|[块元圆园快毛角张月号日点年季度岁个人次名位天斤趟回遍条本件届级楼里页周支多几来成分路％%]|小时|钟头|公|星期|礼拜|会一课|有一)"
)
_VAGUE = re.compile(
    rf"(?<![{SPOKEN}])百八十|[{SPOKEN}0-9]*(?:几|好几|来|多)[{SPOKEN}]*(?=[块元])|[一二三四五六七八九]{{2}}[十百](?=[块元])|几[块元毛]|多少"
)
_TOTAL = re.compile(r"(?:一共|总共|合计|共计|共|加起来|那?就是|就按|还?是按|按|改成|改为)(?:是|有|给|交|收)?$")
_EXTRA = re.compile(r"(?:多交了?|另外.{0,4}|找了?我?|找回|退了?我?|涨了?|多给了?|少了?|差了?|欠了?|减了?)$")


def find_amount(text: str, bare: bool = False) -> Amount | None:
    """The sum of money that is meant; None where there is none, or only a vague one (百八十块).

    A number without 块 or 元 counts if it reads like a sum (一百零二, 36.5); with `bare`, after an amount was asked
    for, any number does. After a self-correction only what follows it counts; a total wins over its parts.
    """
    text = _as_told(text)
    found = sorted(_with_unit(text) + _without_unit(text, bare), key=lambda pair: pair[0].begin)
    wrong = [match.end() for match in TAKEN_BACK.finditer(text) if any(a.begin >= match.end() for a, _ in found)]
    if wrong and any(amount.finish <= wrong[-1] for amount, _ in found):
        found = [(amount, unit) for amount, unit in found if amount.begin >= wrong[-1]]
    plain = [(a, unit) for a, unit in found if not _EXTRA.search(text[max(0, a.begin - 8) : a.begin])]
    totals = [a for a, _ in plain if _TOTAL.search(text[max(0, a.begin - 6) : a.begin])]
    if totals:
        return totals[-1]
    sums = [a for a, unit in plain if unit] or [a for a, _ in plain]
    return sums[0] if sums else None


def _as_told(text: str) -> str:
    """The text with digits of sums that were written as other words of their sound, character for character."""
    for pattern, digit in _misheard():
        text = pattern.sub(digit, text)
    return text


@cache
def _misheard() -> tuple[tuple[re.Pattern[str], str], ...]:
    around = {"tail": r"(?<=块)[{}](?=[吧啊]?(?:$|[，。,.!！?？]))", "last": "(?<=[十百])[{}](?=[块元快])",
              "first": rf"(?<![一对{SPOKEN}])[{{}}](?=十[{ONES}]?[块元])"}  # fmt: skip
    words = number_words()
    return tuple(
        (re.compile(pattern.format(written)), digit)
        for place, pattern in around.items()
        for digit, written in words[place].items()
    )


def _with_unit(text: str) -> list[tuple[Amount, bool]]:
    vague = [match.span() for match in _VAGUE.finditer(text)]
    found = []
    for match in _MONEY.finditer(text):
        hidden = any(begin < match.end() and match.start() < end for begin, end in vague)
        if hidden or _TOGETHER.match(text, match.start()) or _THINGS.match(text, match.end()):
            continue
        cents = _cents(match)
        if cents:
            found.append((Amount(cents / 100, match.start(), match.end()), True))
    return found


def _cents(match: re.Match[str]) -> int | None:
    if match["only_jiao"]:
        return 10 * _digit(match["only_jiao"]) + _digit(match["only_fen"])
    if match["sign"]:
        return fen(_decimal(match["sign"]) or 0)
    yuan = _decimal(match["yuan"] or match["each"])
    if yuan is None:
        return None
    if match["notes"]:
        return fen(yuan) * (chinese_number(match["notes"]) or 0)
    return fen(yuan) + 10 * _digit(match["jiao"]) + _digit(match["fen"])


def _stray(numeral: str) -> int:
    """How much stands before the longest numeral at the end of what is none: 四 of 四一百二, where 四 was 是."""
    if chinese_number(numeral) is not None or numeral[:2] in VAGUE_PAIRS:
        return 0
    ends = (at for at in range(1, len(numeral)) if numeral[at] in DIGITS or numeral[at] in "十拾")
    return next((at for at in ends if chinese_number(numeral[at:]) is not None), 0)


def _digit(said: str | None) -> int:
    return DIGITS[said] if said else 0


def _decimal(said: str) -> float | None:
    """36.5, 三十六点五, 一百二."""
    if re.fullmatch(_THOUSANDS, said):
        said = re.sub(r"\D", "", said)
    whole, point, part = said.replace("点", ".").partition(".")
    number = chinese_number(whole[_stray(whole) :])
    if number is None or not point:
        return number
    return float(f"{number}.{''.join(str(DIGITS[char]) for char in part)}")


def _without_unit(text: str, anything: bool) -> list[tuple[Amount, bool]]:
    found = []
    for match in _BARE.finditer(text):
        said = match["bare"]
        yuan = _decimal(said)
        written = said[0].isdigit()
        spelt = not written and len(said) > 1 and all(char in DIGITS for char in said)
        if yuan is None or spelt or yuan > 100_000 or not (anything or (yuan >= 10 and (written or len(said) > 1))):
            continue
        if _VAGUE.match(text, match.start()):
            continue
        found.append((Amount(float(yuan), match.start(), match.end()), False))
    return found
