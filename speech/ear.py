"""Text for the eye -> text for the ear: Chinese characters and pauses, nothing that a voice could stumble over."""

from __future__ import annotations

import re

from speech.ear_amounts import RULES as AMOUNTS
from speech.ear_digits import RULES as DIGITS
from speech.ear_money import RULES as MONEY
from speech.ear_rules import apply
from speech.ear_signs import AFTER, BEFORE, fold, word
from speech.ear_times import RULES as TIMES

_WIDE = str.maketrans({",": "，", "!": "！", "?": "？", ";": "；", ":": "：", "｡": "。", "．": "。"})
_UNSPOKEN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff。！？；：，、…]")
_MARKS = re.compile(r"[。！？；：，、…]{2,}")
_FULL_STOP = re.compile(r"\.(?=\s|$)")
_STRENGTH = "、，：；…。！？"
"""Of several marks in a row only the one furthest right in this list is kept."""
_WEAK = "、，：；"
_ENDS = "；…。！？"


def for_the_ear(text: str) -> str:
    """Write `text` as it is said in Mandarin: numbers, dates, money, units, letters and signs in characters.

    The answer holds Chinese characters and 。！？；：，、… only and may be empty; it is its own answer. Never raises.
    """
    folded = re.sub(r"(?<=\d)：(?=\d)", ":", fold(text))
    said = apply((*BEFORE, word, *TIMES, *MONEY, *DIGITS, *AMOUNTS, *AFTER), folded)
    return _tidy(said)


def _tidy(text: str) -> str:
    """Every line as a sentence; the last one ends as it was written."""
    lines = [line for line in map(_line, text.splitlines()) if line]
    sentences = "".join(line if line[-1] in _ENDS else f"{line}。" for line in lines[:-1])
    return _strongest(sentences + "".join(lines[-1:])).lstrip(_STRENGTH).rstrip(_WEAK)


def _line(line: str) -> str:
    """One line with Chinese punctuation only, each mark once; nothing where nothing can be spoken."""
    line = _FULL_STOP.sub("。", line.translate(_WIDE))
    return _strongest(_UNSPOKEN.sub("", line)).lstrip(_STRENGTH)


def _strongest(text: str) -> str:
    return _MARKS.sub(lambda run: max(run[0], key=_STRENGTH.index), text)
