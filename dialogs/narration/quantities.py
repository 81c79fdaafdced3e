"""What a member says of himself in figures (我八十二了, 退休金六千块), and whether a passage is meant for such a one.

Rules part people by ranges: 80至89周岁, 5000元以上的, 党龄满40年不满50年的.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import cn2an

from dialogs.narration.data import phrases
from dialogs.narration.sentences import split_pieces

_FIGURE = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万零]+)"
_CHINESE = r"[一二两三四五六七八九十百千万]+"
_NUMBER = r"(\d+(?:\.\d+)?)(万?)"
_TO = r"[至到\-—~～]"


@dataclass(frozen=True)
class Quantity:
    """A figure that a question gives of its own."""

    kind: str
    """What it counts: a name in synonyms.toml, [quantities.asked]."""
    value: float
    """In the unit of its kind: years, yuan, people."""
    span: tuple[int, int]
    """Where the question says it."""


@dataclass(frozen=True)
class _Range:
    low: float
    high: float

    def meets(self, other: _Range) -> _Range:
        return _Range(max(self.low, other.low), min(self.high, other.high))

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def quantities_asked(question: str) -> list[Quantity]:
    """The figures with which a question says whom or what it is about."""
    found = []
    for kind in phrases("synonyms", "quantities_asked"):
        for match in _said(kind).finditer(question):
            value = _value(next(figure for figure in match.groups() if figure))
            if value is not None:
                found.append(Quantity(kind, value, match.span()))
                break
    return found


def without(question: str, own: Sequence[Quantity]) -> str:
    """The question with gaps where the asker speaks of his own figures."""
    for start, end in (each.span for each in own):
        question = question[:start] + "，" * (end - start) + question[end:]
    return question


def suits(text: str, quantity: Quantity) -> bool | None:
    """Whether a passage is meant for this quantity; None where it makes no difference between such quantities."""
    ranges = list(_ranges(text, quantity.kind))
    return any(each.holds(quantity.value) for each in ranges) if ranges else None


def _value(figure: str) -> float | None:
    try:
        return float(cn2an.cn2an(figure.replace("两百", "二百").replace("两千", "二千"), "smart"))
    except ValueError:
        return None


@cache
def _said(kind: str) -> re.Pattern[str]:
    return re.compile(phrases("synonyms", "quantities_asked")[kind].replace("FIGURE", f"({_FIGURE})"))


@cache
def _written(kind: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    unit = f"(?:{phrases('synonyms', 'quantities_written')[kind]})"
    return (
        ("between", re.compile(rf"{_NUMBER}{unit}?{_TO}{_NUMBER}{unit}")),
        ("under", re.compile(rf"{_NUMBER}{unit}[^，。；\d]{{0,2}}(?:以下|以内|之内)")),
        ("under", re.compile(rf"(?:不满|未满|不到|低于|不足|不超过){_NUMBER}{unit}")),
        ("over", re.compile(rf"{_NUMBER}{unit}[^，。；\d]{{0,2}}以上")),
        ("over", re.compile(rf"(?:不少于|不低于){_NUMBER}{unit}")),
        ("over", re.compile(rf"(?<![不未])(?:年满|超过|达到|高于|满|至少){_NUMBER}{unit}")),
        ("exactly", re.compile(rf"{_NUMBER}{unit}(?:的|党员|老人|老同志)(?![^，。；]{{0,3}}以)")),
    )


def _ranges(text: str, kind: str) -> Iterator[_Range]:
    """One range for each piece of the text that gives any: all that the piece says of it, together."""
    if kind not in phrases("synonyms", "quantities_written"):
        return
    for piece in split_pieces(_in_figures(text, kind)):
        met: _Range | None = None
        taken: list[tuple[int, int]] = []
        for how, pattern in _written(kind):
            for match in pattern.finditer(piece):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                figures = match.groups()
                each = _range(how, [_figure(*figures[at : at + 2]) for at in range(0, len(figures), 2)])
                met = each if met is None else met.meets(each)
        if met is not None:
            yield met


def _in_figures(text: str, kind: str) -> str:
    """A letter writes 八十岁以上 and 半年, where a notice writes 80 and 6个月."""

    def written(match: re.Match[str]) -> str:
        value = _value(match.group())
        return match.group() if value is None else f"{value:g}"

    unit = phrases("synonyms", "quantities_written")[kind]
    return re.sub(rf"{_CHINESE}(?=(?:{unit}))", written, text.replace("半年", "六个月"))


def _figure(digits: str, ten_thousands: str) -> float:
    return float(digits) * (10_000 if ten_thousands else 1)


def _range(how: str, values: Sequence[float]) -> _Range:
    if how == "between":
        return _Range(values[0], values[1])
    if how == "exactly":
        return _Range(values[0], values[0])
    return _Range(-math.inf, values[0]) if how == "under" else _Range(values[0], math.inf)
