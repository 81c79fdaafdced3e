"""What was heard, spelt in the words of the desk: 拖剑党费 is 拖欠党费 where nobody can read it otherwise.

A reading is cut at the least cost into the words of all questions, the branch's own names for things, names of people,
times and numbers: a known word as it is written is nearly free, one that only sounds so costs what the sounds differ,
and a character that belongs to nothing costs most. So nothing that was read well is ever spelt anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dialogs.asking.lexicon import Lexicon
from dialogs.asking.sounded import Place
from dialogs.understanding.accents import accent
from dialogs.understanding.ordinary import in_words
from dialogs.understanding.sound import HANZI, sounds

KNOWN, PARTICLE, ORDINARY, UNKNOWN = 0.05, 0.2, 0.35, 1.0
"""What a known word costs, a character that stands in every question, one of a pair that is often written in ours, and
one that belongs to nothing."""
ANEW, APART = 0.5, 1.2
"""What it costs to spell a word anew, and each whole syllable of difference."""
FARTHEST, MOST, NEARLY, SAME = 0.32, 1.3, 0.12, 0.01
"""Difference up to which a word may have been meant: a syllable, a word, a word where something stays unknown,
and one in the place of ordinary words."""
_NUMBERS = re.compile("第?[0-9一二两三四五六七八九十百零]+[次回场个位名岁天周月号块元季度年条件笔户家多]*")


@dataclass(frozen=True)
class Respelt:
    """A reading in the words of the desk."""

    text: str
    """The words."""
    cost: float
    """What the cheapest way to cut it costs."""
    unknown: int = 0
    """Characters that belong to nothing."""


@dataclass(frozen=True)
class _Step:
    """One word of a cut."""

    finish: int
    """Where it ends."""
    word: str
    """How it is spelt."""
    cost: float
    """What it adds."""
    apart: float = 0.0
    """Syllables of difference from what was heard."""


def respelt(text: str, lexicon: Lexicon, known: Sequence[Place] = ()) -> Respelt:
    """The cheapest spelling; what stands at the `known` places (names, times) is left alone.

    Where something is left that nobody knows the question may be about anything: then only words of nearly the same
    sound are spelt anew (流感疫苗 is no 建议).
    """
    cut = _cut(text, lexicon, known, MOST)
    return cut if not cut.unknown else _cut(text, lexicon, known, NEARLY)


def _cut(text: str, lexicon: Lexicon, known: Sequence[Place], most: float) -> Respelt:
    best = [Respelt("", 0.0), *(Respelt("", math.inf) for _ in text)]
    places = dict((*(each.span() for each in _NUMBERS.finditer(text)), *known))
    ordinary, near = in_words(text), _near(text, lexicon)
    for at in range(len(text)):
        so_far = best[at]
        for step in (*_written(text, at, lexicon, ordinary[at], places.get(at)), *near.get(at, ())):
            cost = so_far.cost + step.cost
            if step.apart <= most and cost < best[step.finish].cost:
                unknown = so_far.unknown + (step.cost == UNKNOWN)
                best[step.finish] = Respelt(so_far.text + step.word, cost, unknown)
    return best[-1]


def _written(text: str, at: int, lexicon: Lexicon, ordinary: bool, named: int | None) -> Iterator[_Step]:
    """What may stand here as it is written."""
    char = text[at]
    small = char in lexicon.small
    price = 0.0 if not HANZI.match(char) else PARTICLE if small else ORDINARY if ordinary else UNKNOWN
    yield _Step(at + 1, char, price)
    if named is not None:
        yield _Step(named, text[at:named], KNOWN)
    for length in lexicon.lengths:
        word = text[at : at + length]
        if word in lexicon.written:
            yield _Step(at + len(word), word, KNOWN)


def _near(text: str, lexicon: Lexicon) -> dict[int, list[_Step]]:
    """Where a word may stand that only sounds so; what makes ordinary words has to sound the very same."""
    ordinary, here, spoken = in_words(text), sounds(text), accent()
    rows = spoken.rows(here.syllables)
    found: dict[int, list[_Step]] = {}
    for length, known in lexicon.lengths.items():
        for start in range(len(rows) - length + 1):
            begin, finish = here.span(start, start + length)
            if finish - begin != length or text[begin:finish] in lexicon.written:
                continue
            bound = all(ordinary[begin:finish]) or any(_bound(text[at - 1 : at + 1], lexicon) for at in (begin, finish))
            apart = spoken.costs[known.rows, rows[start : start + length]].sum(axis=1)
            for n in np.flatnonzero(apart <= (SAME if bound else min(FARTHEST * length, MOST))).tolist():
                far = float(apart[n])
                found.setdefault(begin, []).append(_Step(finish, known.words[n], ANEW + APART * far, far))
    return found


def _bound(pair: str, lexicon: Lexicon) -> bool:
    """Whether two characters belong together, so that no word ends between them: 疫苗 in 有感疫苗 (感疫 is no 建议)."""
    return len(pair) > 1 and not lexicon.small.intersection(pair) and in_words(pair)[0]
