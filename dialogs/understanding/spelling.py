"""How what was heard is written: 教基督党费 sounds as 交季度党费, and that is what people say here.

A recogniser that knows every text there is writes the commonest homophones; a secretary has to read them. Here each
character gives way to another of the very same sound where the sentences that members say make it far likelier. The
sound never changes, so no meaning is made of it: what is understood is understood of what was heard.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from pypinyin.constants import PHRASES_DICT

from dialogs.narration.meanings import is_common
from dialogs.understanding.counted import Counted, Floats, Ids
from dialogs.understanding.meaning import SlotValue, Understanding
from dialogs.understanding.sentences import load_words
from dialogs.understanding.sound import sounds
from dialogs.understanding.templates import sample

COST = 4.0
"""By how much likelier (natural logarithm) another character must make the sentence. Of 162 recordings of the reference
set 72 are then written better and 6 worse, 27 instead of 34 % of the characters wrong; of 324 sentences written without
a fault 23 get one, nearly all of one small word (她 for 他)."""
KNOWN = 7.0
"""The same for a character of a word that everybody knows (上海, 记忆): the recogniser knew it, too."""
OFTEN = 8
"""Times that two characters in a row are said in the sentences to learn from, to be taken for a word."""
RARER = 8
"""How many times rarer than another pair of the very same sound what was misheard is in the sentences to learn from."""
MORE = 7000
"""Characters there are; those that nobody has said yet share what is left."""
PATHS = 12
"""Ways of writing that are followed side by side."""
LONGEST_WORD = 4
"""Characters of the longest word that is looked up."""
_PIECE = re.compile(r"[\u4e00-\u9fff]+")
_NUMERALS = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两几半幺点]+[块毛角元号点月年日岁]|[零一二三四五六七八九十百千万亿两几半幺点]{2,}"
)
_UNKNOWN, _EDGE = 0, 1


@dataclass(frozen=True)
class _Path:
    """One way of writing what was heard so far."""

    score: float
    """Natural logarithm of how likely it is."""
    before: int
    """Its last character but one."""
    last: int
    """Its last character."""
    letters: str
    """What is written."""


class Spelling:
    """Which characters follow each other in what people say here: counts of three in a row, as numbers."""

    def __init__(self, sentences: Iterable[str]) -> None:
        """`sentences` as people say them; what is no Chinese character parts them."""
        pieces = [piece for sentence in sentences for piece in _PIECE.findall(sentence)]
        letters = sorted({letter for piece in pieces for letter in piece})
        self._ids = {letter: number for number, letter in enumerate(letters, start=2)}
        self._letters = ["", "", *letters]
        self._size = len(self._letters)
        run = np.array([number for piece in pieces for number in (_EDGE, _EDGE, *(self._ids[each] for each in piece))])
        self._homophones = _by_sound(letters, self._ids)
        first, second, third = run[:-2], run[1:-1], run[2:]
        meant = ~self._misheard(run)
        inside = ((second != _EDGE) | (third != _EDGE)) & meant[:-1] & meant[1:]
        self._alone = np.bincount(third[inside], minlength=self._size).astype(np.float64)
        self._two = Counted(second[inside] * self._size + third[inside], self._size)
        self._three = Counted((first * self._size + second)[inside] * self._size + third[inside], self._size)

    def _misheard(self, run: Ids) -> NDArray[np.bool_]:
        """Which pairs in a row are written as they were once misheard: 主院 beside hundreds of 住院.

        The sentences to learn from hold what recognisers write, too; none of that is to be learnt here.
        """
        keys, places, counts = np.unique(run[:-1] * self._size + run[1:], return_inverse=True, return_counts=True)
        sound = np.arange(self._size)
        for number, numbers in enumerate(self._homophones.values(), start=self._size):
            sound[numbers] = number
        _, alike = np.unique(sound[keys // self._size] * 2 * self._size + sound[keys % self._size], return_inverse=True)
        commonest = np.zeros(alike.max() + 1, np.int64)
        np.maximum.at(commonest, alike, counts)
        return np.asarray((counts * RARER <= commonest[alike])[places])

    def written(self, heard: str, kept: Sequence[str] = ()) -> str:
        """The text as people here would write it, as long as it was; numbers and the `kept` words stay as they are."""
        costs = _costs(heard, kept)
        read = sounds(heard)
        spoken = dict(zip(read.places, read.syllables, strict=True))
        likelier = _PIECE.sub(lambda piece: self._piece(piece.group(), piece.start(), spoken, costs), heard)
        return "".join(
            likelier[first:last] if self._stands(likelier[max(0, first - 1) : last + 1]) else heard[first:last]
            for first, last in _runs(heard, likelier)
        )

    def _stands(self, letters: str) -> bool:
        """Whether there is a word, or a pair that is often said, among some letters: else nothing was made better."""
        pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
        return any(_is_word(pair) or self._two.count(*(self._ids.get(each, _UNKNOWN) for each in pair)) >= OFTEN
                   for pair in pairs)  # fmt: skip

    def _piece(self, heard: str, start: int, spoken: Mapping[int, str], costs: Sequence[float]) -> str:
        """One run of characters, which begins at that place of the text."""
        paths: list[_Path] = [_Path(0.0, _EDGE, _EDGE, "")]
        for place, letter in enumerate(heard, start):
            own = self._ids.get(letter, _UNKNOWN)
            others = self._homophones.get(spoken.get(place, ""), _NONE)
            choices = np.concatenate([np.array([own], np.int64), others[others != own]])
            cost = np.where(np.arange(choices.size) == 0, 0.0, costs[place])
            odds = self._chances(paths, choices) - cost
            paths = self._best(paths, odds, choices, letter)
        ended = self._chances(paths, np.array([_EDGE], np.int64))
        return paths[int(np.argmax(ended))].letters

    def _best(self, paths: Sequence[_Path], odds: Floats, choices: Ids, own: str) -> list[_Path]:
        """The likeliest ways to go on, one for each pair of last characters."""
        best: dict[tuple[int, int], _Path] = {}
        for place in map(int, np.argsort(-odds, axis=None)):
            path, choice = paths[place // choices.size], place % choices.size
            letter = own if choice == 0 else self._letters[choices[choice]]
            last = int(choices[choice])
            best.setdefault((path.last, last), _Path(float(odds.flat[place]), path.last, last, path.letters + letter))
            if len(best) == PATHS:
                break
        return list(best.values())

    def _chances(self, paths: Sequence[_Path], choices: Ids) -> Floats:
        """Natural logarithm of how likely each path goes on with each choice, by what was seen of one, two and three in
        a row.

        The weight of the shorter memory is the number of kinds of character seen after the longer (Witten and Bell,
        1991).
        """
        last = np.array([path.last for path in paths], np.int64)
        before = np.array([path.before for path in paths], np.int64)
        chance = (self._alone[choices] + 0.5) / (self._alone.sum() + 0.5 * MORE)
        chance = self._two.mixed(last, choices, chance)
        chance = self._three.mixed(before * self._size + last, choices, chance)
        return np.asarray(np.log(chance) + np.array([[path.score] for path in paths]))


_NONE: Ids = np.array([], np.int64)


def _by_sound(letters: Sequence[str], ids: Mapping[str, int]) -> dict[str, Ids]:
    """Toneless syllable -> the characters that are read so, each by its commonest reading."""
    found: dict[str, list[int]] = {}
    for letter in letters:
        for syllable in sounds(letter).syllables:
            found.setdefault(syllable, []).append(ids[letter])
    return {syllable: np.array(sorted(numbers), np.int64) for syllable, numbers in found.items()}


def _runs(one: str, other: str) -> list[tuple[int, int]]:
    """Where two texts of the same length are alike and where they differ, one after the other."""
    return [
        (run[0], run[-1] + 1)
        for _, places in groupby(range(len(one)), key=lambda at: one[at] == other[at])
        for run in [list(places)]
    ]


def _costs(heard: str, kept: Sequence[str]) -> list[float]:
    """What another character costs at each place: numbers and the kept words never give way."""
    costs = [COST] * len(heard)

    def raise_to(cost: float, start: int, end: int) -> None:
        costs[start:end] = [max(cost, each) for each in costs[start:end]]

    for length in range(2, LONGEST_WORD + 1):
        for start in range(len(heard) - length + 1):
            if _is_word(heard[start : start + length]):
                raise_to(KNOWN, start, start + length)
    never = [
        *_NUMERALS.finditer(heard),
        *(found for word in kept if word for found in re.finditer(re.escape(word), heard)),
    ]
    for found in never:
        raise_to(math.inf, *found.span())
    return costs


def _is_word(letters: str) -> bool:
    return letters in PHRASES_DICT or is_common(letters)


@cache
def spelling() -> Spelling:
    """Of everything that the skills' files say people say; a quarter of a second, once a process."""
    chance = random.Random(0)  # noqa: S311 - chooses wordings, guards nothing
    return Spelling(sample(template, chance) for words in load_words() for template in words.said)


def as_written(meant: Understanding, written: str) -> Understanding:
    """The understanding with its text and the words quoted from it as they are written; both are as long."""

    def quoted(value: SlotValue) -> SlotValue:
        place = meant.text.find(value) if isinstance(value, str) and value else -1
        return value if place < 0 else written[place : place + len(str(value))]

    return replace(meant, text=written, slots={name: quoted(value) for name, value in meant.slots.items()})
