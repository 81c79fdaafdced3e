"""What a question asks: the features it is looked up under, and what an answer to it must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.narration.data import phrases
from dialogs.narration.expecting import Answers, counts, expected, lists, whether
from dialogs.narration.features import CHARACTER, SOUND, WRITING, concepts_asked, spoken_numbers
from dialogs.narration.places import elsewhere
from dialogs.narration.points import (
    GAP,
    HAN,
    Point,
    character_points,
    concept_points,
    nearness,
    pair,
    pattern,
    unaccounted,
)
from dialogs.narration.quantities import Quantity, quantities_asked, without

_BY_THE_WAY, _LITERAL = 0.15, 0.6
_DIALECT = ("几多", "多少")


@dataclass(frozen=True)
class Asked:
    """A question made ready to be looked up."""

    weights: Mapping[str, float]
    """Features and how much each counts, before rarity: passages are ranked by these."""
    points: tuple[Point, ...]
    """What an answer should speak of: by these it is judged whether the best passage is one."""
    answers: Answers
    """Whether a passage holds the kind of thing that is asked for; None where any passage may answer."""
    whether: Answers
    """Whether a passage allows or forbids; None where the question is not one of yes or no."""
    lists: bool = False
    """Whether all of several things are asked for: 哪些材料, 什么人."""
    counts: bool = False
    """Whether so many things by number are asked for."""
    strangers: tuple[str, ...] = ()
    """Patterns of kinds of people it asks about; a document that names none of them has nothing to say of them."""
    own: tuple[Quantity, ...] = ()
    """What the asker says of himself in figures: his age, his pension."""


def asked(question: str) -> Asked:
    """Read a question: what it is about, and what an answer must hold."""
    question = elsewhere(question.replace(*_DIALECT))
    own = quantities_asked(question)
    spoken = spoken_numbers(question)
    focus = [at for match in pattern("interrogatives").finditer(spoken) for at in range(match.start(), match.end())]
    found = concepts_asked(spoken)
    rest = unaccounted(without(spoken, own) if len(spoken) == len(question) else spoken, found)
    weights, points = concept_points(spoken, found, focus)
    for at in range(len(spoken) - 1):
        first, second = spoken[at], spoken[at + 1]
        if HAN.match(first) and HAN.match(second):
            kept = rest[at] != GAP and rest[at + 1] != GAP
            literal = any(start <= at and at + 1 < end for _, start, end in found)
            share = nearness(focus, at, at + 2) if kept else _LITERAL if literal else _BY_THE_WAY
            for name in pair(first, second):
                weights[name] = max(weights.get(name, 0.0), share * (WRITING if name[0] == "w" else SOUND))
    alone = character_points(spoken, rest, focus)
    weights |= {point.features[-1]: CHARACTER * point.weight for point in alone}
    points += alone
    return Asked(
        weights,
        tuple(points),
        expected(question),
        whether(question),
        lists=lists(question),
        counts=counts(question),
        strangers=strangers(question),
        own=tuple(own),
    )


def strangers(question: str) -> tuple[str, ...]:
    """How documents name the kinds of people that a question asks about: 残疾人, 企业退休的."""
    asked_of, named = phrases("synonyms", "strangers"), phrases("synonyms", "strangers_named")
    return tuple(named[kind] for kind, said in asked_of.items() if re.search(said, question))
