"""What a sentence stands under besides its numbered headings: a heading without number, an announcing sentence.

Documents leave unsaid what the words above have said: under 高龄津贴按下列标准发放： stands only 每人每月60元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.narration.model import Sentence

_ANNOUNCES = re.compile(
    r"(?:下列|以下|如下)[^。]*[：:]$"
    r"|(?:包括|标准|条件|情形|方式|办法|比例|范围|[为按有])[^，。]{0,8}[：:]$"
)
_WHOLE = tuple("。！？；：:")
_OPENS_ONLY = re.compile(r"现[将就把]|告诉|说明如下|通知如下|意见如下")


@dataclass(frozen=True)
class Surroundings:
    """What stands above one sentence."""

    named: int
    """Number of the heading without number above, 0 for none."""
    announced: int
    """Number of the sentence that announces this one with a colon, 0 for none."""


def surroundings(sentences: Sequence[Sentence]) -> list[Surroundings]:
    """For each sentence what it stands under besides its own labels."""
    found: list[Surroundings] = []
    named = announced = 0
    clause: tuple[str, ...] = ()
    headed: tuple[str, ...] = ()
    for sentence in sentences:
        if named and sentence.clause[: len(headed)] != headed:
            named = 0
        if is_named(sentence):
            named, headed, announced = sentence.number, sentence.clause, 0
        elif announced and (sentence.clause[: len(clause)] != clause or (sentence.clause and not clause)):
            announced = 0
        found.append(Surroundings(named, announced))
        if announces(sentence):
            announced, clause = sentence.number, sentence.clause
    return found


def headings_over(sentences: Sequence[Sentence], sentence: Sentence) -> list[Sentence]:
    """The headings that a sentence stands under, from the outermost."""
    over = {one.clause: one for one in sentences[: sentence.number - 1] if one.heading and one.clause}
    paths = (sentence.clause[:depth] for depth in range(1, len(sentence.clause) + 1))
    return [over[path] for path in paths if path in over]


def is_title(sentence: Sentence) -> bool:
    """Whether a sentence is what its document is called: the first, where it is no whole sentence."""
    return sentence.number == 1 and (sentence.heading or not sentence.text.endswith(_WHOLE))


def is_named(sentence: Sentence) -> bool:
    """Whether a sentence is a heading without number: 【申请材料】, 怎样报到？"""
    return sentence.heading and sentence.clause[-1:] == (sentence.text,)


def is_item(sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list: numbered, and without a mark at its end."""
    return bool(sentence.clause) and not sentence.heading and not sentence.text.endswith(_WHOLE)


def announces(sentence: Sentence) -> bool:
    """Whether a sentence says what the next ones are about: 标准为：; the opening of a notice or a letter does not."""
    return _ANNOUNCES.search(sentence.text) is not None and _OPENS_ONLY.search(sentence.text) is None
