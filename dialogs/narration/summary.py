"""What a document means for its members, in a minute and a half of speech, in its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dialogs.narration.candidates import Candidate, candidates, lists_of
from dialogs.narration.model import Narration, Summary, SummarySentence
from dialogs.narration.opening import opening

CHARACTERS_A_SECOND = 330 / 90
"""How fast a summary is spoken to old ears, pauses included."""
_PAUSE = 8
_SAID_AGAIN = 0.25
_SAME_TOPIC = 0.0
_LEAST_GAIN = 0.05
_SHORT_SUMMARY = 1 / 3


def summarise(narration: Narration, seconds: float = 90) -> Summary:
    """The sentences a member needs most, shortened, within `seconds` of speech; what concerns members first.

    Nothing is invented: every sentence keeps characters of its sources, in their order. A document shorter than
    the limit is still shortened, not read out whole.
    """
    budget = int(seconds * CHARACTERS_A_SECOND)
    first = opening(narration, budget // 4)
    left = budget - sum(len(sentence.text) for sentence in first)
    found = [*candidates(narration.sentences), *lists_of(narration.sentences)]
    chosen = _in_order(_choose(found, left))
    return Summary((*first, *(SummarySentence(one.text, one.sources) for one in chosen)))


def _choose(found: Sequence[Candidate], budget: int) -> list[Candidate]:
    """Again and again the candidate that tells most that is new for its length, until nothing worth telling fits."""
    chosen: list[Candidate] = []
    told: Counter[tuple[str, str]] = Counter()
    topics: Counter[str] = Counter()
    left, enough = budget, budget * _SHORT_SUMMARY
    while True:
        found = [one for one in found if len(one.text) <= left and not _overlaps(one, chosen[-1:])]
        gains = [_gain(one, told, topics) for one in found]
        best = max(range(len(found)), key=gains.__getitem__, default=None)
        if best is None or gains[best] <= (_LEAST_GAIN if left < enough else 0):
            return chosen
        chosen.append(found[best])
        left -= len(found[best].text)
        told.update(found[best].worth.facts.keys())
        topics.update({topic for topic, _ in found[best].worth.facts})


def _in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """What concerns members first; what comes from one sentence together, and neighbours there as one sentence."""
    first = {one.sources: one.worth.order for one in sorted(chosen, key=lambda one: -one.worth.order)}
    ordered: list[Candidate] = []
    for one in sorted(chosen, key=lambda one: (first[one.sources], one.sources, min(one.pieces))):
        before = ordered[-1] if ordered else None
        if before and before.sources == one.sources and before.statement == one.statement and _touch(before, one):
            text = f"{before.text.rstrip('。')}，{one.text}"
            ordered[-1] = replace(before, text=text, pieces=before.pieces | one.pieces)
        else:
            ordered.append(one)
    return ordered


def _touch(before: Candidate, one: Candidate) -> bool:
    (_, last), (_, first) = max(before.pieces), min(one.pieces)
    return last + 1 == first


def _gain(one: Candidate, told: Counter[tuple[str, str]], topics: Counter[str]) -> float:
    news = sum(
        weight * (_SAID_AGAIN if told[fact] else 1.0) / (1 + _SAME_TOPIC * topics[fact[0]])
        for fact, weight in one.worth.facts.items()
    )
    return (news - one.worth.cost) / (len(one.text) + _PAUSE)


def _overlaps(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    return any(one.pieces & other.pieces for other in chosen)
